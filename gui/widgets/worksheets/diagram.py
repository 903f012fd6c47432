"""A network on paper: negative weights dashed, numbers beside the lines."""

import re
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from core.worksheets.model import Cell, Diagram, Edge, Node
from gui.widgets.worksheets.ink import INK, PAPER, Paper

RADIUS: Final = 14.0
ROW: Final = 52.0
COLUMN: Final = 150.0
NAME: Final = 5.0
ARC: Final = 4.0
MOST_INSIDE: Final = 3
MISSING: Final = "......"


def draw_diagram(paper: Paper, block: Diagram, width: float) -> float:
    """Draw it in the middle; returns the height in dots."""
    most = max(len(layer) for layer in block.layers)
    height = most * ROW * paper.dots
    columns = len(block.layers)
    step = min(COLUMN * paper.dots, width / columns)
    left = (width - step * (columns - 1)) / 2
    row = ROW * paper.dots
    places = [
        [
            QPointF(left + k * step, height / 2 + (i - (len(layer) - 1) / 2) * row)
            for i in range(len(layer))
        ]
        for k, layer in enumerate(block.layers)
    ]
    for edge in block.edges:
        ends = places[edge.layer - 1][edge.source], places[edge.layer][edge.target]
        _draw_line(paper, edge, *ends)
    for edge in block.edges:
        ends = places[edge.layer - 1][edge.source], places[edge.layer][edge.target]
        _draw_weight(paper, edge, len(block.layers[edge.layer]), *ends)
    for layer, found in zip(block.layers, places, strict=True):
        for node, place in zip(layer, found, strict=True):
            _draw_node(paper, node, place)
    return height


def _draw_line(paper: Paper, edge: Edge, begin: QPointF, end: QPointF) -> None:
    pen = QPen(INK, paper.dots * 0.8)
    if edge.is_negative:
        pen.setStyle(Qt.PenStyle.DashLine)
    paper.painter.setPen(pen)
    paper.painter.drawLine(begin, end)


def _draw_weight(
    paper: Paper, edge: Edge, targets: int, begin: QPointF, end: QPointF
) -> None:
    text = _said(paper, edge.value)
    if text:
        # Lines that begin at one unit have their numbers at different places.
        along = 0.3 + 0.4 * (edge.target + 0.5) / targets
        place = begin + (end - begin) * along
        paper.text(text, place.x(), place.y(), on_paper=True)


def _draw_node(paper: Paper, node: Node, place: QPointF) -> None:
    painter, radius = paper.painter, RADIUS * paper.dots
    painter.setPen(QPen(INK, paper.dots))
    painter.setBrush(PAPER)
    painter.drawEllipse(place, radius, radius)
    if node.bias is not None:
        around = radius + ARC * paper.dots
        box = QRectF(place.x() - around, place.y() - around, 2 * around, 2 * around)
        painter.setPen(QPen(INK, 2 * paper.dots))
        painter.drawArc(box, -60 * 16, 120 * 16)
        below = place.y() + around + NAME * paper.dots
        bias = _said(paper, node.bias)
        label = f"b = {bias}" if node.name else bias
        paper.text(label, place.x() + radius, below, on_paper=True)
    fits = len(re.sub("<[^>]*>", "", node.name)) <= MOST_INSIDE
    if fits and node.value is None:
        paper.text(node.name, place.x(), place.y())
        return
    if node.value is not None:
        paper.text(_said(paper, node.value), place.x(), place.y())
    above = place.y() - radius - NAME * paper.dots
    paper.text(node.name, place.x(), above, on_paper=True)


def _said(paper: Paper, cell: Cell) -> str:
    return MISSING if cell.left_out and not paper.answers else paper.cell(cell)
