"""The training and test points over the plane, drawn once for a size."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from core.data.dataset import Dataset
from core.data.point_space import LIMIT
from core.network_spec import FloatArray
from gui import theme
from gui.playground.colours import class_colour

RADIUS: Final = 3.4
FEW: Final = 600
"""More points than this are drawn smaller."""


@dataclass(frozen=True, slots=True)
class PointsRequest:
    """What is to be drawn, compared by value and the data set by identity."""

    dataset_id: int
    side: int
    ratio: float
    dark: bool
    with_test: bool


class PointsPicture:
    """Keeps the picture of the points until another one is asked for."""

    def __init__(self) -> None:
        self._shown: PointsRequest | None = None
        self._dataset: Dataset | None = None
        self._image = QImage()

    def image(
        self, dataset: Dataset, square: QRectF, *, ratio: float, dark: bool, test: bool
    ) -> QImage:
        """The points on nothing, as large as the square."""
        request = PointsRequest(id(dataset), round(square.width()), ratio, dark, test)
        if request != self._shown:
            # The data set is held on to, so that its id stays its own.
            self._shown, self._dataset = request, dataset
            self._image = _draw(dataset, request)
        return self._image


def place(points: FloatArray, side: float) -> FloatArray:
    """(n, 2) coordinates as x and y in a square of that side, y downwards."""
    share = (points / np.float32(LIMIT) + 1) / 2
    places = np.stack([share[:, 0], 1 - share[:, 1]], axis=1) * np.float32(side)
    return places.astype(np.float32)


def place_in(point: tuple[float, ...], side: float) -> tuple[float, float]:
    """One point of the plane as x and y in a square of that side."""
    x, y = ((value / LIMIT + 1) / 2 for value in point)
    return x * side, (1 - y) * side


def _draw(dataset: Dataset, request: PointsRequest) -> QImage:
    size = max(round(request.side * request.ratio), 1)
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(request.ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    space = dataset.space
    if space is not None:
        if request.with_test:
            _paint(painter, dataset, space.test, request, test=True)
        _paint(painter, dataset, space.train, request, test=False)
    painter.end()
    return image


def _paint(
    painter: QPainter,
    dataset: Dataset,
    points: FloatArray,
    request: PointsRequest,
    *,
    test: bool,
) -> None:
    labels = (dataset.test if test else dataset.train).labels
    radius = RADIUS if len(labels) <= FEW else 2.2
    edge = theme.colour(theme.plane_colour(dark=request.dark))
    places = place(points, request.side)
    for label in range(max(dataset.n_classes, 1)):
        fill = theme.colour(class_colour(label))
        # A test point is hollow: its class is the ring, the network's answer inside.
        painter.setBrush(Qt.BrushStyle.NoBrush if test else fill)
        chosen = places[labels == label].tolist()
        for width, colour in _pens(fill, edge, test=test):
            painter.setPen(QPen(colour, width))
            for x, y in chosen:
                painter.drawEllipse(QPointF(x, y), radius, radius)


def _pens(fill: QColor, edge: QColor, *, test: bool) -> list[tuple[float, QColor]]:
    return [(3.4, edge), (1.8, fill)] if test else [(1.1, edge)]
