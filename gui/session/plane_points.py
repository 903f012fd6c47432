"""The training and test points over the plane, drawn once for a size."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from core.arrays import FloatArray
from core.data.dataset import Dataset, Split
from core.data.point_space import LIMIT
from gui.style import theme, tokens
from gui.style.colours import class_colour
from gui.style.in_force import InForce, in_force
from gui.style.marks import class_mark
from gui.style.picture_pass import for_file
from gui.style.signed_scale import code_colours, codes_of

RADIUS: Final = tokens.fine_length("plane_points.radius")
FEW: Final = 600
"""Number of points above which they are drawn smaller."""


@dataclass(frozen=True, slots=True)
class PointsRequest:
    """What is to be drawn; a data set equals only itself."""

    dataset: Dataset
    side: int
    ratio: float
    look: InForce
    with_test: bool
    limit: float


class PointsPicture:
    """Keeps the picture of the points until another one is requested."""

    def __init__(self) -> None:
        self._shown: PointsRequest | None = None
        self._image = QImage()

    def paint(
        self,
        painter: QPainter,
        dataset: Dataset,
        square: QRectF,
        *,
        look: tuple[float, bool],
        test: bool,
        limit: float = 1.0,
    ) -> None:
        """Paint the points.

        Args:
            painter: of the plane.
            dataset: of points.
            square: where the plane is drawn.
            look: device pixels in a logical one, and whether the theme is dark.
            test: whether the test points are shown, too.
            limit: of the scale of points with numbers.
        """
        side, (ratio, dark) = round(square.width()), look
        now = in_force(dark=dark)
        request = PointsRequest(dataset, side, ratio, now, test, limit)
        if for_file() is not None:
            painter.save()
            painter.translate(square.topLeft())
            _paint_all(painter, request)
            painter.restore()
            return
        if request != self._shown:
            self._shown = request
            self._image = _draw(request)
        painter.drawImage(square.topLeft(), self._image)


def place(points: FloatArray, side: float) -> FloatArray:
    """(n, 2) coordinates as x and y in a square of that side, y downwards."""
    share = (points / np.float32(LIMIT) + 1) / 2
    places = np.stack([share[:, 0], 1 - share[:, 1]], axis=1) * np.float32(side)
    return places.astype(np.float32)


def place_in(point: tuple[float, ...], side: float) -> tuple[float, float]:
    """One point of the plane as x and y in a square of that side."""
    x, y = ((value / LIMIT + 1) / 2 for value in point)
    return x * side, (1 - y) * side


def _draw(request: PointsRequest) -> QImage:
    size = max(round(request.side * request.ratio), 1)
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(request.ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        _paint_all(painter, request)
    return image


def _paint_all(painter: QPainter, request: PointsRequest) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    space = request.dataset.space
    if space is not None:
        if request.with_test:
            _paint(painter, space.test, request, test=True)
        _paint(painter, space.train, request, test=False)


def _paint(
    painter: QPainter,
    points: FloatArray,
    request: PointsRequest,
    *,
    test: bool,
) -> None:
    dataset = request.dataset
    split = dataset.test if test else dataset.train
    radius = RADIUS if len(split) <= FEW else 2.2
    edge = theme.colour(theme.colours(dark=request.look.dark).plane)
    if not dataset.has_classes:
        edge = theme.colour(theme.colours(dark=request.look.dark).ink1, 170)
    places = place(points, request.side)
    groups, fills = _groups(split, request)
    for group, fill in fills.items():
        # A test point is hollow: its class is the ring, the network's output inside.
        painter.setBrush(Qt.BrushStyle.NoBrush if test else fill)
        chosen = places[groups == group].tolist()
        # Numbers have no classes: they are discs.
        mark = class_mark(max(group, 0) if dataset.has_classes else 0, radius)
        for width, colour in _pens(fill, edge, test=test):
            painter.setPen(QPen(colour, width))
            for x, y in chosen:
                painter.drawPath(mark.translated(x, y))


def _groups(
    split: Split, request: PointsRequest
) -> tuple[npt.NDArray[np.integer[Any]], dict[int, QColor]]:
    """Points of one colour each: of a class, or of a number on the scale."""
    if split.targets is None:
        numbers = np.unique(split.labels).tolist()
        return split.labels, {
            k: theme.colour(class_colour(k, dark=request.look.dark)) for k in numbers
        }
    codes = codes_of(split.targets[:, 0], request.limit)
    colours = code_colours(dark=request.look.dark)
    shown = np.unique(codes).tolist()
    return codes, {k: QColor.fromRgb(int(colours[k])) for k in shown}


def _pens(fill: QColor, edge: QColor, *, test: bool) -> list[tuple[float, QColor]]:
    return [(3.4, edge), (1.8, fill)] if test else [(1.1, edge)]
