"""All units' incoming weights as images in one scrolled atlas.

Only visible tiles are turned into colours and painted, so a layer of thousands of
units costs as much as a screenful of them.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from core.values.parameter import Parameter, Unit
from gui.session.selection import Selection
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.style.picture_pass import fill_ground
from gui.widgets.accessible.events import tell_current
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.pictures.atlas_geometry import AtlasGeometry
from gui.widgets.pictures.atlas_picture import AtlasContent, AtlasPicture
from gui.widgets.pictures.cells import Cells
from gui.widgets.pictures.tile_grid import TileGrid, fit_matrix, fit_pictures

MAX_ZOOM: Final = 16.0
ZOOM_STEP: Final = 1.25
WEIGHT_CLICK_SIDE: Final = tokens.fine_length("unit_atlas.weight_click_side")
"""A cell of this many pixels is large enough to be clicked."""

ARROWS: Final = {
    int(Qt.Key.Key_Left): (0, -1),
    int(Qt.Key.Key_Right): (0, 1),
    int(Qt.Key.Key_Up): (-1, 0),
    int(Qt.Key.Key_Down): (1, 0),
}
NO_TILES: Final = TileGrid(0, 1, 1, 1)


class UnitAtlas(QAbstractScrollArea):
    """Images of units that can be hovered, clicked, opened and reached by arrow keys.

    Signals:
        selection_clicked: a Unit; or a Parameter, the weight of a large cell, of a cell
            of the marked unit, or with Shift.
        unit_opened: a Unit, by a double click or Enter.
        cleared: Escape.
        hover_changed: `hovered` is another weight.
    """

    selection_clicked = Signal(object)
    unit_opened = Signal(object)
    cleared = Signal()
    hover_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = 1
        self._content: AtlasContent | None = None
        self._message = ""
        self._grid = NO_TILES
        self._picture = AtlasPicture()
        self._zoom = 1.0
        self._unit: int | None = None
        self._source: int | None = None
        self.hovered: Parameter | None = None
        self.describer: Callable[[], Part] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFont(theme.figures_font(self.font()))
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(*tokens.lengths("unit_atlas.least"))

    @property
    def content(self) -> AtlasContent | None:
        return self._content

    def described(self) -> Part:
        """The images in words; their owner knows what the units are called."""
        if self._content is None or self.describer is None:
            return Part(self.accessibleName(), self._message, Role.Graphic)
        return self.describer()

    @property
    def message(self) -> str:
        """The text while there is no content."""
        return self._message

    @property
    def zoom(self) -> float:
        return self._zoom

    def show_content(self, content: AtlasContent, layer: int) -> None:
        """Show these values of a layer; fast while the shapes stay the same."""
        if layer != self._layer:
            self._layer = layer
            self._set_hovered(None)
        old, self._content, self._message = self._content, content, ""
        if old is None or old.values.shape != content.values.shape:
            self._zoom = 1.0
            self._set_hovered(None)
            self._arrange()
        elif old.shape != content.shape or old.input_names != content.input_names:
            self._arrange()
        self.viewport().update()

    def show_message(self, text: str) -> None:
        """Show why there is no content."""
        self._content, self._message, self._grid = None, text, NO_TILES
        self._set_hovered(None)
        self._set_scroll_ranges()
        self.viewport().update()

    def mark(self, selection: Selection | None) -> None:
        """Frame a unit and mark the input of a weight, or an input of all units."""
        unit, source = None, None
        if selection is not None and selection.layer == self._layer:
            unit = selection.unit
            source = selection.source if isinstance(selection, Parameter) else None
        elif selection is not None and selection.layer == self._layer - 1:
            source = selection.unit
        if (unit, source) == (self._unit, self._source):
            return
        moved = unit != self._unit
        self._unit, self._source = unit, source
        if moved:
            self._reveal_marked()
        self.viewport().update()
        tell_current(self)

    def set_zoom(self, zoom: float) -> None:
        """Enlarge the tiles beyond what fits; 1 fits them."""
        zoom = min(MAX_ZOOM, max(1.0, zoom))
        if zoom != self._zoom:
            self._zoom = zoom
            self._arrange()
            self._reveal_marked()

    def geometry_shown(self) -> AtlasGeometry:
        """The current layout."""
        cells = self._content.cells if self._content is not None else Cells(1, 1)
        return AtlasGeometry(
            self._grid,
            cells,
            self._is_matrix(),
            self._margins(),
            (self.horizontalScrollBar().value(), self.verticalScrollBar().value()),
            self._room(),
            self.viewport().devicePixelRatioF(),
        )

    def _is_matrix(self) -> bool:
        return self._content is not None and self._content.shape is None

    def _margins(self) -> tuple[int, int]:
        """Space for the headers of a matrix at the left and the top."""
        if self._content is None or not self._is_matrix():
            return 0, 0
        metrics = self.fontMetrics()
        ratio = self.viewport().devicePixelRatioF()
        widest = metrics.horizontalAdvance(f"{len(self._content.values)}0")
        wide = widest + grown(self, tokens.space("s"))
        tall = metrics.height() + grown(self, tokens.space("xs"))
        return int(wide * ratio), int(tall * ratio)

    def _room(self) -> tuple[int, int]:
        left, top = self._margins()
        size, ratio = self.viewport().size(), self.viewport().devicePixelRatioF()
        return (
            max(1, int(size.width() * ratio) - left),
            max(1, int(size.height() * ratio) - top),
        )

    def _arrange(self) -> None:
        if self._content is None:
            return
        count, n_inputs = self._content.values.shape
        ratio = self.viewport().devicePixelRatioF()
        line = int((self.fontMetrics().height() + 1) * ratio)
        shape, room, zoom = self._content.shape, self._room(), self._zoom
        if shape is not None:
            cells = shape.rows, shape.columns
            self._grid = fit_pictures(
                count, cells, room, label=line, pixel=ratio, zoom=zoom
            )
        else:
            self._grid = fit_matrix(
                count, n_inputs, room, line=line, pixel=ratio, zoom=zoom
            )
        self._set_scroll_ranges()
        self.viewport().update()

    def _set_scroll_ranges(self) -> None:
        width, height = self._room()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, self._grid.width - width))
        across.setPageStep(width)
        across.setSingleStep(max(1, width // 10))
        down.setRange(0, max(0, self._grid.height - height))
        down.setPageStep(height)
        down.setSingleStep(max(1, self._grid.pitch_y // 3))

    def _reveal_marked(self) -> None:
        """Scroll so that the marked unit's image is visible."""
        if self._unit is None or self._unit >= self._grid.count:
            return
        left, top = self._grid.origin(self._unit)
        top -= self._grid.label_height
        width, height = self._room()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bottom = top + self._grid.pitch_y
        down.setValue(min(max(down.value(), bottom - height), top - self._grid.gap))
        if self._grid.pitch_x < width:
            right = left + self._grid.pitch_x
            across.setValue(min(max(across.value(), right - width), left))

    def _unit_beside(self, key: int) -> int | None:
        """The unit to go to by an arrow key, Home or End."""
        count = self._grid.count
        if count == 0 or not (key in ARROWS or key in _ENDS):
            return None
        if key in _ENDS:
            return count - 1 if key == Qt.Key.Key_End else 0
        if self._unit is None:
            return self._picture.tiles.start
        down, right = ARROWS[key]
        target = self._unit + down * self._grid.columns + right
        return target if 0 <= target < count else self._unit

    def _source_beside(self, key: int) -> int | None:
        """The input to go to by Shift and an arrow key."""
        if self._content is None or self._unit is None or key not in ARROWS:
            return None
        cells = self._content.cells
        row, column = cells.place(self._source or 0)
        down, right = ARROWS[key]
        row = min(max(row + down, 0), cells.rows - 1)
        return cells.position(row, min(max(column + right, 0), cells.columns - 1))

    def _zoom_by_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_zoom(self._zoom * ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.set_zoom(self._zoom / ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.set_zoom(1.0)
        else:
            return False
        return True

    def _click(self, selection: Selection) -> None:
        self.selection_clicked.emit(selection)

    def _weight_at(self, event: QMouseEvent) -> Parameter | None:
        found = self.geometry_shown().weight_at(event.position())
        return None if found is None else Parameter(self._layer, *found)

    def _set_hovered(self, hovered: Parameter | None) -> None:
        if hovered != self.hovered:
            self.hovered = hovered
            self.viewport().update()
            self.hover_changed.emit()

    def _faint(self) -> QColor:
        dark = theme.is_dark(self.palette())
        return theme.colour(theme.colours(dark=dark).ink3)

    def _paint_content(
        self, painter: QPainter, content: AtlasContent, *, dark: bool
    ) -> None:
        geometry, picture = self.geometry_shown(), self._picture
        picture.compose(content, geometry, dark=dark)
        if geometry.is_matrix:
            painter.setPen(self._faint())
            picture.paint_unit_headers(painter, geometry)
            picture.paint_input_headers(painter, geometry, content.input_names)
            left, top = (int(size) - 2 for size in geometry.header_size)
            painter.setClipRect(QRect(left, top, self.width(), self.height()))
        picture.paint_tiles(painter, geometry)
        if geometry.label_height:
            painter.setPen(self._faint())
            picture.paint_labels(painter, geometry)
        picture.paint_numbers(painter, geometry, content)
        if self.hovered is not None and self.hovered.unit in picture.tiles:
            painter.setPen(QPen(self._faint(), 1))
            hovered = geometry.tile_rect(self.hovered.unit)
            painter.drawRect(hovered.adjusted(-1, -1, 0, 0))
        colours = theme.colours_of(self)
        picture.paint_marks(painter, geometry, self._unit, self._source, colours)

    def tip_rect(self, point: QPointF) -> QRect:
        """The image at a place."""
        shown = self.geometry_shown()
        found = shown.weight_at(point)
        place = QRectF(point, QSizeF(1, 1))
        return (place if found is None else shown.tile_rect(found[0])).toAlignedRect()

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key moves or zooms; see gui.widgets.focus.key_policy."""
        with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ZOOMS:
            return not with_control
        return event.key() in ARROWS or event.key() in _ENDS

    # --- Qt -------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        source = self._source_beside(key) if shift else None
        unit = self._unit_beside(key)
        if source is not None and self._unit is not None:
            self._click(Parameter(self._layer, self._unit, source))
        elif unit is not None:
            self._click(Unit(self._layer, unit))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._unit is not None:
            self.unit_opened.emit(Unit(self._layer, self._unit))
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
        elif not self._zoom_by_key(key):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        geometry = self.geometry_shown()
        header = geometry.header_at(event.position())
        if header is not None:
            self._click(Unit(self._layer, header))
        found = self._weight_at(event)
        if found is None:
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        large = min(geometry.cell_size) >= WEIGHT_CLICK_SIDE
        is_meant = shift or large or found.unit == self._unit
        self._click(found if is_meant else found.owner)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._weight_at(event)
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.unit_opened.emit(found.owner)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hovered(self._weight_at(event))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._set_hovered(None)
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * 1.0015 ** event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            dark = theme.is_dark(self.palette())
            plane = theme.colour(theme.colours(dark=dark).plane)
            fill_ground(painter, self.viewport().rect(), plane)
            if self._content is not None:
                self._paint_content(painter, self._content, dark=dark)
                return
            painter.setPen(theme.colour(theme.colours(dark=dark).ink1))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            area = (
                self.viewport()
                .rect()
                .adjusted(
                    grown(self, tokens.space("l")),
                    grown(self, tokens.space("s")),
                    -grown(self, tokens.space("l")),
                    -grown(self, tokens.space("s")),
                )
            )
            painter.drawText(area, int(flags), self._message)

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("unit_atlas.wished"))


_ZOOMS: Final = (
    int(Qt.Key.Key_Plus),
    int(Qt.Key.Key_Equal),
    int(Qt.Key.Key_Minus),
    int(Qt.Key.Key_0),
)
_ENDS: Final = (int(Qt.Key.Key_Home), int(Qt.Key.Key_End))
