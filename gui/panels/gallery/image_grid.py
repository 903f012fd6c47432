"""A scrolling grid of thumbnails that handles only visible ones, in whole rows."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gui.style import theme, tokens
from gui.style.in_force import InForce, in_force
from gui.style.number_format import counted
from gui.widgets.accessible.events import tell_current
from gui.widgets.accessible.parts import AND, LazyParts, Part, Role
from gui.widgets.pictures.grey_image import grey_levels, pixel_qimage
from gui.widgets.pictures.tile_painting import TilePainter, TileSize, paint_frame
from gui.widgets.pictures.tiles import TileSource


class ImageGrid(QAbstractScrollArea):
    """Any number of image tiles, one of them framed.

    Signals:
        position_chosen: the user clicked a tile, or moved to it with the arrow keys.
    """

    position_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: TileSource | None = None
        self._size: TileSize | None = None
        self._current: int | None = None
        self._tile_painter: TilePainter | None = None
        self._mosaic: tuple[tuple[int, int, int, InForce], QImage] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.viewport().setAutoFillBackground(True)
        self.setMinimumSize(*tokens.lengths("image_grid.least"))

    @property
    def source(self) -> TileSource | None:
        return self._source

    @property
    def current(self) -> int | None:
        """The framed position."""
        return self._current

    def set_source(self, source: TileSource | None, top: int | None = None) -> None:
        """Show other examples.

        Args:
            source: None empties the grid.
            top: position to keep in the row that is now the top one; by default the
                scroll bar stays where it is.
        """
        bar = self.verticalScrollBar()
        within_row = bar.value() % self._pitch
        self._source = source
        self._mosaic = None
        self._measure()
        if top is not None and self._size is not None and bar.value() > 0:
            bar.setValue(top // self.columns * self._pitch + within_row)
        self.viewport().update()

    def set_current(self, position: int | None) -> None:
        """Frame this position without scrolling."""
        if position == self._current:
            return
        for changed in (self._current, position):
            if changed is not None:
                self.viewport().update(self.tile_rect(changed))
        self._current = position
        tell_current(self)

    def scroll_to(self, position: int) -> None:
        """Scroll as little as possible until a tile is visible."""
        if self._size is None:
            return
        bar = self.verticalScrollBar()
        row = position // self.columns
        if row < self._first_row:
            bar.setValue(row * self._pitch)
        elif row >= self._first_row + self._whole_rows:
            bar.setValue((row - self._whole_rows + 1) * self._pitch)

    def described(self) -> Part:
        """The examples in words, each with what its tooltip says."""
        chosen = () if self._current is None else (self._current,)
        tiles = LazyParts(self.count, self._described_tile)
        value = counted(self.count, "example")
        return Part(self.accessibleName(), value, Role.List, None, tiles, chosen)

    def _described_tile(self, position: int) -> Part:
        assert self._source is not None
        told = AND.join(self._source.tooltip(position).splitlines())
        return Part(told, "", Role.ListItem, QRectF(self.tile_rect(position)))

    @property
    def count(self) -> int:
        return 0 if self._source is None else len(self._source.order)

    @property
    def columns(self) -> int:
        if self._size is None:
            return 1
        return max(1, self.viewport().width() // self._size.width)

    @property
    def tile_height(self) -> int:
        """Height of a tile in pixels, 0 without images."""
        return self._size.height if self._size is not None else 0

    @property
    def visible_range(self) -> range:
        """Positions that are seen."""
        if self._size is None:
            return range(0)
        start = min(self._first_row * self.columns, self.count)
        return range(start, min(start + self._whole_rows * self.columns, self.count))

    @property
    def _whole_rows(self) -> int:
        """Rows that have room: a part of one would have no words below its images."""
        height = self._size.height if self._size is not None else 1
        return max(1, self.viewport().height() // height)

    @property
    def _pitch(self) -> int:
        """From a row to the next: what no further row has room in is shared out."""
        if self._size is None:
            return 1
        if -(-self.count // self.columns) <= self._whole_rows:
            return self._size.height
        return max(self._size.height, self.viewport().height() // self._whole_rows)

    @property
    def _first_row(self) -> int:
        """The row nearest to where the bar is."""
        return round(self.verticalScrollBar().value() / self._pitch)

    def tile_rect(self, position: int) -> QRect:
        """Rectangle of a tile in the viewport; empty without a source."""
        if self._size is None:
            return QRect()
        row, column = divmod(position, self.columns)
        cell = self.viewport().width() / self.columns
        left = int(column * cell + (cell - self._size.width) / 2)
        top = (row - self._first_row) * self._pitch
        return QRect(left, top, self._size.width, self._pitch)

    def position_at(self, point: QPoint) -> int | None:
        """The tile under a point of the viewport."""
        for position in self.visible_range:
            if self.tile_rect(position).contains(point):
                return position
        return None

    def _tile_font(self) -> QFont:
        return theme.figures_font(self.font())

    def _measure(self) -> None:
        bar = self.verticalScrollBar()
        if self._source is None or self._source.image_shape is None:
            self._size = None
            bar.setRange(0, 0)
            return
        self._size = TileSize.of(self._source, self._tile_font())
        rows = -(-self.count // self.columns)
        bar.setPageStep(self._whole_rows * self._pitch)
        bar.setSingleStep(max(1, self._pitch // 3))
        bar.setRange(0, max(0, rows - self._whole_rows) * self._pitch)

    def _key_target(self, key: int) -> int | None:
        """The position that a key goes to; None for other keys."""
        page = self._whole_rows
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns,
            Qt.Key.Key_Down: self.columns,
            Qt.Key.Key_PageUp: -page * self.columns,
            Qt.Key.Key_PageDown: page * self.columns,
            Qt.Key.Key_Home: -self.count,
            Qt.Key.Key_End: self.count,
        }
        if key not in moves or self.count == 0:
            return None
        if self._current is None:
            return self.visible_range.start
        target = self._current + moves[Qt.Key(key)]
        return min(max(target, 0), self.count - 1)

    def _mosaic_of(self, source: TileSource, visible: range) -> QImage:
        """The visible images as one image, laid out like the tiles.

        As wide as the grid, for QImage stops at 32,767 rows.
        """
        dark = theme.is_dark(self.palette())
        key = (visible.start, visible.stop, self.columns, in_force(dark=dark))
        if self._mosaic is None or self._mosaic[0] != key:
            rows, columns = source.image_shape or (1, 1)
            across, down = self.columns, -(-len(visible) // self.columns)
            positions = np.arange(visible.start, visible.stop, dtype=np.int32)
            levels = grey_levels(source.pictures(positions))
            colours = levels.shape[3:]
            room = np.zeros((down * across, rows, columns, *colours), np.uint8)
            room[: len(visible)] = levels
            laid = room.reshape(down, across, rows, columns, *colours).swapaxes(1, 2)
            whole = laid.reshape(down * rows, across * columns, *colours)
            image = pixel_qimage(np.ascontiguousarray(whole), dark=dark)
            self._mosaic = key, image
        return self._mosaic[1]

    def _text_painter(self, size: TileSize) -> TilePainter:
        ratio, dark = self.devicePixelRatioF(), theme.is_dark(self.palette())
        painter = self._tile_painter
        if painter is None or painter.made_for != (
            size,
            self._tile_font(),
            ratio,
            in_force(dark=dark),
        ):
            painter = TilePainter(size, self._tile_font(), ratio, dark=dark)
            self._tile_painter = painter
        return painter

    def _paint_tiles(
        self, painter: QPainter, source: TileSource, size: TileSize, dirty: QRect
    ) -> None:
        visible = self.visible_range
        image = self._mosaic_of(source, visible)
        rows, columns = source.image_shape or (1, 1)
        text_painter = self._text_painter(size)
        painter.setFont(self._tile_font())
        palette, across = self.palette(), self.columns
        for place, position in enumerate(visible):
            tile = self.tile_rect(position)
            if not tile.intersects(dirty):
                continue
            down, right = divmod(place, across)
            part = QRect(right * columns, down * rows, columns, rows)
            painter.drawImage(size.image_rect(tile.x(), tile.y()), image, part)
            text_painter.paint(painter, source.tile(position), tile, palette)
        if self._current is not None and self._current in visible:
            corner = self.tile_rect(self._current).topLeft()
            framed = size.image_rect(corner.x(), corner.y())
            paint_frame(painter, framed, theme.colours_of(self))

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key moves between images; see gui.widgets.focus.key_policy."""
        with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return not with_control and self._key_target(event.key()) is not None

    # --- Qt overrides -------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("image_grid.wished"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()
            self.viewport().update()

    def tip_at(self, point: QPointF) -> str:
        """What is known of the example at a place."""
        position = self.position_at(point.toPoint())
        if self._source is None or position is None:
            return ""
        return self._source.tooltip(position)

    def tip_rect(self, point: QPointF) -> QRect:
        """The tile at a place."""
        position = self.position_at(point.toPoint())
        return QRect() if position is None else self.tile_rect(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._key_target(event.key())
        if target is None:
            super().keyPressEvent(event)
            return
        self.scroll_to(target)
        self.position_chosen.emit(target)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self.position_at(event.position().toPoint())
        if position is None:
            super().mousePressEvent(event)  # the panel's, which gives the keys back
        elif event.button() == Qt.MouseButton.LeftButton:
            self.position_chosen.emit(position)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy  # whole rows move, and not pixels
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._source is not None and self._size is not None and self.count:
            with QPainter(self.viewport()) as painter:
                self._paint_tiles(painter, self._source, self._size, event.rect())
