"""Paints the visible part of the table of requests."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen

from core.arrays import FloatArray
from core.values.words import tr
from gui.panels.requests.example_headers import ExampleHeaders
from gui.panels.requests.grid_geometry import GridGeometry
from gui.panels.requests.printed_row import Exponents, PrintedRow
from gui.panels.requests.request_table import RequestTable
from gui.panels.requests.sum_columns import SumColumn, sum_text
from gui.session.parameter_names import SEPARATOR
from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.picture_pass import fill_ground
from gui.style.signed_scale import code_colours, codes_of
from gui.widgets.pictures.code_image import image_of_codes, text_colour_on

MARGIN: Final = tokens.space("close")
FIRST: Final = tokens.space("panel_pad")
LAST: Final = tokens.space("page")
THUMBNAIL: Final = tokens.length("grid_painter.thumbnail")
HEADER_SPACE: Final = tokens.space("row")
_MARK: Final = tokens.length("grid_painter.mark")
_ABOVE_LINE: Final = tokens.length("grid_painter.above_line")
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True, eq=False)
class GridScene:
    """Everything that one repaint needs.

    Attributes:
        names: of the rows.
        limit: of the colours.
        figures: whether the cells have room for numbers.
        current_row: the selected parameter's row, or None.
        current_column: the shown example's column, or None.
    """

    geometry: GridGeometry
    table: RequestTable
    exponents: Exponents
    columns: tuple[SumColumn, ...]
    headers: ExampleHeaders
    names: tuple[str, ...]
    printed: dict[int, PrintedRow]
    limit: float
    figures: bool
    palette: QPalette
    current_row: int | None
    current_column: int | None

    @property
    def dark(self) -> bool:
        return theme.is_dark(self.palette)

    @property
    def ink(self) -> QColor:
        return theme.colour(theme.colours(dark=self.dark).ink1)

    @property
    def faint(self) -> QColor:
        return theme.colour(theme.colours(dark=self.dark).ink3)


def paint_grid(painter: QPainter, scene: GridScene) -> None:
    """Paint the rows, then the headers, then the selection."""
    geometry = scene.geometry
    plane = theme.colour(theme.colours(dark=scene.dark).plane)
    fill_ground(painter, QRect(0, 0, geometry.width, geometry.height), plane)
    painter.save()
    painter.setClipRect(geometry.cells_box())
    _paint_cells(painter, scene)
    _paint_headers(painter, scene)
    painter.restore()
    _paint_names(painter, scene)
    _paint_sums(painter, scene)
    _paint_rules(painter, scene)
    _paint_current(painter, scene)


def _paint_cells(painter: QPainter, scene: GridScene) -> None:
    geometry = scene.geometry
    rows, columns = geometry.shown_rows(), geometry.shown_columns()
    if not rows or not columns:
        return
    values: FloatArray = scene.table.cells[
        rows.start : rows.stop, columns.start : columns.stop
    ].astype(np.float32)
    codes = codes_of(values, scene.limit)
    image, pixels = image_of_codes(codes, code_colours(dark=scene.dark))
    box = QRect(
        geometry.cell_left(columns.start),
        geometry.row_top(rows.start),
        len(columns) * geometry.cell,
        len(rows) * geometry.row,
    )
    painter.drawImage(box, image)
    if not scene.figures:
        return
    colours: dict[int, QColor] = {}
    margin = grown(painter, MARGIN)
    for i, row in enumerate(rows):
        printed, top = scene.printed[row], geometry.row_top(row)
        for j, column in enumerate(columns):
            pixel = int(pixels[i, j])
            if pixel not in colours:
                colours[pixel] = text_colour_on(pixel)
            asks = scene.table.cells[row, column] != 0
            painter.setPen(colours[pixel] if asks else scene.faint)
            left = geometry.cell_left(column)
            area = QRect(left, top, geometry.cell - margin, geometry.row)
            painter.drawText(area, _RIGHT, printed.cell(column))


def _paint_headers(painter: QPainter, scene: GridScene) -> None:
    geometry = scene.geometry
    metrics = painter.fontMetrics()
    side = min(
        grown(painter, THUMBNAIL), geometry.cell - grown(painter, tokens.space("xs"))
    )
    dark = theme.is_dark(scene.palette)
    painter.setPen(scene.faint)
    for column in geometry.shown_columns():
        left = geometry.cell_left(column) + (geometry.cell - side) / 2
        painter.setPen(scene.faint)
        scene.headers.paint(
            painter,
            QRectF(left, grown(painter, tokens.space("thin")), side, side),
            column,
            dark=dark,
        )
        painter.setPen(scene.ink)
        end = Qt.TextElideMode.ElideRight
        text = metrics.elidedText(scene.headers.name(column), end, geometry.cell)
        area = QRect(
            geometry.cell_left(column),
            side + grown(painter, tokens.space("thin")),
            geometry.cell,
            metrics.height(),
        )
        right = scene.headers.is_right(column)
        if right is None or not scene.figures:
            painter.drawText(area, _CENTRE, text)
            continue
        mark = metrics.ascent()
        wide = metrics.horizontalAdvance(text)
        area.setLeft(
            area.center().x() - (wide + grown(painter, tokens.space("xs")) + mark) // 2
        )
        painter.drawText(area, _LEFT, text)
        colours = theme.colours(dark=dark)
        icon = ("check", colours.right) if right else ("x", colours.wrong)
        drawn = icons.pixmap(*icon, mark)
        at = QPoint(
            area.left() + wide + grown(painter, tokens.space("xs")),
            area.center().y() - mark // 2 + 1,
        )
        painter.drawPixmap(at, drawn)


def _paint_names(painter: QPainter, scene: GridScene) -> None:
    geometry = scene.geometry
    metrics = painter.fontMetrics()
    painter.setPen(scene.faint)
    room = geometry.name - geometry.pad - grown(painter, MARGIN)
    area = QRect(geometry.pad, 0, room, geometry.header - grown(painter, _ABOVE_LINE))
    bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, int(bottom), tr("Parameter"))
    middle = Qt.TextElideMode.ElideRight
    colours = theme.colours(dark=scene.dark)
    for row in geometry.shown_rows():
        top = geometry.row_top(row)
        if row == scene.current_row:
            _fill_current(painter, colours, QRect(0, top, geometry.name, geometry.row))
        text = metrics.elidedText(scene.names[row], middle, room)
        owner, separator, origin = text.rpartition(SEPARATOR)
        area = QRect(geometry.pad, top, room + grown(painter, MARGIN), geometry.row)
        painter.setPen(scene.ink)
        painter.drawText(area, _LEFT, f"{owner}{separator}")
        area.setLeft(geometry.pad + metrics.horizontalAdvance(f"{owner}{separator}"))
        painter.setPen(theme.colour(colours.ink2))
        painter.drawText(area, _LEFT, origin)


def _fill_current(painter: QPainter, colours: theme.Colours, place: QRect) -> None:
    """The ground of the chosen row; at the window's edge with a mark."""
    painter.fillRect(place, theme.colour(colours.selection_row))
    if place.left() == 0:
        place.setWidth(grown(painter, _MARK))
        painter.fillRect(place, theme.colour(colours.selection))


def _paint_sums(painter: QPainter, scene: GridScene) -> None:
    geometry = scene.geometry
    metrics = painter.fontMetrics()
    height = metrics.height()
    colours = theme.colours(dark=scene.dark)
    row = scene.current_row
    if row is not None and row in geometry.shown_rows():
        wide = sum(geometry.sums)
        place_ = QRect(geometry.cells_right, geometry.row_top(row), wide, geometry.row)
        _fill_current(painter, colours, place_)
    for place, column in enumerate(scene.columns):
        is_last = place == len(scene.columns) - 1
        end = geometry.end if is_last else grown(painter, MARGIN)
        left, width = geometry.sum_left(place), geometry.sums[place] - end
        lines = 2 if column.unit else 1
        top = geometry.header - lines * height - grown(painter, _ABOVE_LINE)
        painter.setPen(scene.faint)
        painter.drawText(QRect(left, top, width, height), _RIGHT, column.title)
        painter.drawText(QRect(left, top + height, width, height), _RIGHT, column.unit)
        for row in geometry.shown_rows():
            painter.setPen(scene.ink)
            if column.kind == "mean" and scene.table.mean[row]:
                rises = scene.table.mean[row] > 0
                ink = colours.positive_text if rises else colours.negative_text
                painter.setPen(theme.colour(ink))
            printed = scene.printed[row]
            text = sum_text(column, scene.table, scene.exponents, printed, row)
            area = QRect(left, geometry.row_top(row), width, geometry.row)
            painter.drawText(area, _RIGHT, text)


def _paint_rules(painter: QPainter, scene: GridScene) -> None:
    """Lines between the parts, and marks where more examples are to a side."""
    geometry = scene.geometry
    painter.setPen(QPen(theme.colour(theme.colours(dark=scene.dark).line), 1))
    bottom = min(geometry.height, geometry.row_top(geometry.rows))
    for row in geometry.shown_rows():
        y = geometry.row_top(row + 1) - 1
        painter.drawLine(0, y, geometry.name, y)
        painter.drawLine(geometry.cells_right, y, geometry.width, y)
    right = geometry.cells_right + sum(geometry.sums)
    painter.drawLine(0, geometry.header - 1, right, geometry.header - 1)
    painter.drawLine(geometry.name - 1, 0, geometry.name - 1, bottom)
    painter.drawLine(geometry.cells_right, 0, geometry.cells_right, bottom)


def _paint_current(painter: QPainter, scene: GridScene) -> None:
    geometry = scene.geometry
    painter.setPen(
        QPen(
            theme.colour(theme.colours(dark=theme.is_dark(scene.palette)).selection),
            grown(painter, tokens.stroke("line")),
        )
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    column = scene.current_column
    if column is not None and column in geometry.shown_columns():
        painter.save()
        painter.setClipRect(geometry.cells_box())
        left = geometry.cell_left(column)
        painter.drawRect(
            left + 1,
            1,
            geometry.cell - tokens.space("hair"),
            geometry.header - tokens.space("thin"),
        )
        painter.restore()


def widths(
    font: QFont, scene_texts: tuple[str, ...], headers: tuple[str, ...]
) -> tuple[int, ...]:
    """Widths for columns with these widest texts and headers."""
    metrics, around = QFontMetrics(font), 2 * round(MARGIN * scale_of(font))
    return tuple(
        max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(header)) + around
        for text, header in zip(scene_texts, headers, strict=True)
    )
