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

SMALLEST: Final = tokens.fine_length("plane_points.smallest")
LARGEST: Final = tokens.fine_length("plane_points.largest")
"""Sides of a point, with its casing, at 100 %."""
ACROSS: Final = 45
"""Number of points that stand side by side in a plane."""
CASING: Final = tokens.fine_length("plane_points.casing")
FEW: Final = 600
"""Number of points above which they are drawn smaller."""
_SMALLER: Final = 0.65


def point_radius(side: float, scale: float) -> float:
    """How far a point reaches, with its casing.

    Args:
        side: of the plane, with which points grow.
        scale: of the type, as which points grow, too.
    """
    return min(max(side / ACROSS, SMALLEST * scale), LARGEST * scale) / 2


@dataclass(frozen=True, slots=True)
class PointsRequest:
    """What is to be drawn; a data set equals only itself."""

    dataset: Dataset
    side: int
    ratio: float
    look: InForce
    scale: float
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
        look: tuple[float, bool, float],
        test: bool,
        limit: float = 1.0,
    ) -> None:
        """Paint the points.

        Args:
            painter: of the plane.
            dataset: of points.
            square: where the plane is drawn.
            look: device pixels in a logical one, whether the theme is dark, and the
                scale of the type.
            test: whether the test points are shown, too.
            limit: of the scale of points with numbers.
        """
        side, (ratio, dark, scale) = round(square.width()), look
        now = in_force(dark=dark)
        request = PointsRequest(dataset, side, ratio, now, scale, test, limit)
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
    reach = point_radius(request.side, request.scale)
    if len(split) > FEW:
        reach *= _SMALLER
    casing = CASING * request.scale
    radius = reach - casing
    places = place(points, request.side)
    groups, fills = _groups(split, request)
    for group, fill in fills.items():
        # Numbers have no classes: they are discs.
        mark = class_mark(max(group, 0) if dataset.has_classes else 0, radius)
        pens = _pens(fill, casing, request, test=test)
        # A test point is hollow: its class is the ring, the network's output inside.
        for x, y in places[groups == group].tolist():
            placed = mark.translated(x, y)
            for pen in pens:
                painter.strokePath(placed, pen)
            if not test:
                painter.fillPath(placed, fill)


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


def _pens(
    fill: QColor, casing: float, request: PointsRequest, *, test: bool
) -> list[QPen]:
    """The casing by which a point is seen on a ground of its own colour.

    A region of a class is its colour mixed into the plane, on which ink can always be
    read; at the ends of the scale of numbers only the plane can.
    """
    colours = theme.colours(dark=request.look.dark)
    ink, plane = theme.colour(colours.ink1), theme.colour(colours.plane)
    line = tokens.stroke("line") * request.scale if test else 0.0
    pens = [QPen(ink, 2 * casing + line)]
    if not request.dataset.has_classes:
        pens.insert(0, QPen(plane, 4 * casing + line))
    return [*pens, QPen(fill, line)] if test else pens
