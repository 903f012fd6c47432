"""What Qt writes as SVG, in a form that every program draws rightly.

A line whose width does not grow with its picture has `vector-effect` of
"non-scaling-stroke", which browsers know and several other programs do not: those
draw it as wide as the plot. Its points are written as they lie in the picture instead.
"""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

_GROUP: Final = re.compile(
    r'(<g [^>]*?)transform="matrix\(([^)]*)\)"([^>]*>)(.*?)(</g>)', re.DOTALL
)
_EMPTY: Final = re.compile(r"(<g clip-path=[^>]*>)?<g [^>]*>\s*</g>\s*(?(1)</g>\s*)")
_FIXED: Final = ' vector-effect="non-scaling-stroke"'
_USUAL: Final = ' vector-effect="none"'
_POINTS: Final = re.compile(r'( (?:points|d)=")([^"]*)(")')
_POINT: Final = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?),(-?[\d.]+(?:e[-+]?\d+)?)")
_ELEMENT: Final = re.compile(r"<(\w+)")
_WITH_POINTS: Final = frozenset({"polyline", "polygon", "path"})


def with_plain_strokes(svg: str) -> str:
    """The same picture without lines of a fixed width, and without empty groups."""
    svg = _GROUP.sub(_plain_group, svg)
    svg = svg.replace(_FIXED, "").replace(_USUAL, "")
    return _EMPTY.sub("", svg)


def _plain_group(match: re.Match[str]) -> str:
    begin, matrix, rest, body, end = match.groups()
    if _FIXED not in body or not _has_points_only(body):
        return match[0]
    moved = QTransform(*_numbers(matrix))

    def points(found: re.Match[str]) -> str:
        text = _POINT.sub(lambda one: _mapped(one, moved), found[2])
        return f"{found[1]}{text}{found[3]}"

    return f"{begin}{rest}{_POINTS.sub(points, body)}{end}"


def _has_points_only(body: str) -> bool:
    return set(_ELEMENT.findall(body)) <= _WITH_POINTS


def _numbers(text: str) -> Sequence[float]:
    return [float(one) for one in text.split(",")]


def _mapped(point: re.Match[str], moved: QTransform) -> str:
    place = moved.map(QPointF(float(point[1]), float(point[2])))
    return f"{place.x():.6g},{place.y():.6g}"
