"""A mark for each class, so that no class is told by its colour alone."""

import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF, QTransform

from gui.style import tokens

_THICK: Final = 0.36
"""Half the width of the arms of a plus."""


def _polygon(points: Iterable[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _disc() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), 1.0, 1.0)
    return path


def _square() -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(-0.9, -0.9, 1.8, 1.8))
    return path


def _triangle() -> QPainterPath:
    return _polygon([(0, -1.15), (1.1, 0.85), (-1.1, 0.85)])


def _diamond() -> QPainterPath:
    return _polygon([(0, -1.25), (1.0, 0), (0, 1.25), (-1.0, 0)])


def _plus() -> QPainterPath:
    a, b = _THICK, 1.15
    corners = [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a)]
    return _polygon([*corners, *((-x, -y) for x, y in corners)])


def _cross() -> QPainterPath:
    return QTransform().rotate(45).map(_plus())


def _ring() -> QPainterPath:
    path = _disc()
    path.addEllipse(QPointF(0, 0), 0.5, 0.5)
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


def _down() -> QPainterPath:
    return QTransform().rotate(180).map(_triangle())


def _star() -> QPainterPath:
    turns = [math.pi * k / 5 for k in range(10)]
    radii = [1.3 if k % 2 == 0 else 0.55 for k in range(10)]
    return _polygon(
        [(r * math.sin(t), -r * math.cos(t)) for r, t in zip(radii, turns, strict=True)]
    )


def _bar() -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(-1.2, -0.5, 2.4, 1.0))
    return path


_SHAPES: Final[dict[str, Callable[[], QPainterPath]]] = {
    "disc": _disc,
    "square": _square,
    "triangle": _triangle,
    "diamond": _diamond,
    "cross": _cross,
    "ring": _ring,
    "plus": _plus,
    "down": _down,
    "star": _star,
    "bar": _bar,
}


@cache
def _shape(name: str) -> QPainterPath:
    return _SHAPES[name]()


def class_mark(label: int, radius: float) -> QPainterPath:
    """The mark of a class around the origin, about as large as a disc of a radius."""
    names: list[str] = tokens.values()["marks"]["classes"]
    return QTransform().scale(radius, radius).map(_shape(names[label % len(names)]))
