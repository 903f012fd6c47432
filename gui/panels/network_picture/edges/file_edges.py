"""The edges for a file: every one a line, or a picture as fine as the file is."""

from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from core.values.words import tr
from gui.panels.network_picture.edges.edge_picture import EdgePicture, LayerEdges
from gui.panels.network_picture.edges.edge_request import DrawnEdges, EdgeRequest
from gui.panels.network_picture.edges.layer_edges import LINE_WIDTH
from gui.panels.network_picture.edges.tone_map import MOST
from gui.style import theme
from gui.style.number_format import count
from gui.style.picture_pass import PicturePass

MOST_LINES: Final = 20_000
"""Edges of a network that a vector file holds as lines."""
FINEST: Final = 4.0
"""Most pixels for a logical one in which edges are drawn: they are soft anyway."""
_LEVELS: Final = 64
_FAINTEST: Final = 1 / 255


class FileEdges:
    """Draws on the thread of the window, which waits for it."""

    def __init__(self, request: EdgeRequest, one: PicturePass) -> None:
        """Draw the edges.

        Args:
            request: of the screen, at any ratio.
            one: the painting for a file.
        """
        edges = sum(weights.size for weights, _ in request.view.params)
        self._has_lines = one.is_vector and edges <= MOST_LINES
        ratio = 1.0 if self._has_lines else min(one.ratio, FINEST)
        wanted = EdgeRequest(
            request.view, request.quantity, request.layout, ratio, request.look
        )
        self._picture = EdgePicture(has_ground=not one.is_transparent)
        drawn = self._picture.draw(wanted, _never)
        assert drawn is not None
        self.drawn: DrawnEdges = drawn
        if one.is_vector and not self._has_lines:
            one.remark(
                tr(
                    "{edges} edges are an embedded picture; up to {most_lines} are "
                    "lines",
                    edges=count(edges),
                    most_lines=count(MOST_LINES),
                )
            )

    def paint(self, painter: QPainter) -> None:
        """Paint them over the ground."""
        painter.save()
        if self._has_lines:
            self._paint_lines(painter)
        else:
            self._paint_picture(painter)
        painter.restore()

    def _paint_picture(self, painter: QPainter) -> None:
        pixels = self.drawn.pixels
        height, width = pixels.shape
        layout = self.drawn.request.layout
        form = QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(pixels.data, width, height, 4 * width, form)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, layout.width, layout.height), image)

    def _paint_lines(self, painter: QPainter) -> None:
        layout = self.drawn.request.layout
        stage = layout.stage
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(0, stage.y, layout.width, stage.height))
        for gap in self._picture.gaps:
            _paint_gap(painter, gap, dark=self.drawn.request.dark, scale=layout.scale)


def _never() -> bool:
    return False


def _paint_gap(painter: QPainter, gap: LayerEdges, *, dark: bool, scale: float) -> None:
    """One line for all edges between two rows of units, the strongest on top."""
    colours, place = theme.colours(dark=dark), gap.raster.place
    positive, negative = gap.ink.real * gap.gain, gap.ink.imag * gap.gain
    opacity = 1 - np.exp(-np.clip(positive + negative, 0, MOST))
    levels = np.rint(opacity * _LEVELS).astype(np.intp)
    signs = positive >= negative
    key = 2 * levels + signs
    targets, sources = np.nonzero(opacity >= _FAINTEST)
    order = np.argsort(key[targets, sources], kind="stable")
    starts, ends = place.source.positions, place.target.positions
    pen_key = -1
    lines: list[QLineF] = []
    for target, source in zip(
        targets[order].tolist(), sources[order].tolist(), strict=True
    ):
        one = int(key[target, source])
        if one != pen_key:
            painter.drawLines(lines)
            lines, pen_key = [], one
            rgb = colours.positive if one % 2 else colours.negative
            ink = theme.colour(rgb)
            ink.setAlphaF(max(one // 2, 1) / _LEVELS)
            pen = QPen(ink, LINE_WIDTH * scale)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
        left = QPointF(place.left, float(starts[source]))
        lines.append(QLineF(left, QPointF(place.right, float(ends[target]))))
    painter.drawLines(lines)
