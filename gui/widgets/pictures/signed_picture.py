"""One enlarged array of signed values: colours on its own scale, hover and click."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.arrays import FloatArray
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.style.number_format import FIGURE_SPACE, fixed, short
from gui.style.picture_pass import fill_ground
from gui.style.signed_scale import Pixels, code_colours, codes_of, decimals
from gui.widgets.accessible.parts import LazyParts, Part, Role
from gui.widgets.pictures.atlas_picture import paint_ring
from gui.widgets.pictures.cells import Cells
from gui.widgets.pictures.code_image import image_of_codes, text_colour_on

LARGEST_CELL = tokens.length("signed_picture.largest_cell")


class SignedPicture(QWidget):
    """Cells in rows and columns, as large as fits.

    Signals:
        cell_clicked: position of the value in the flat array.
        hover_changed: `hovered` is another position, or None.
    """

    cell_clicked = Signal(int)
    hover_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: FloatArray | None = None
        self._cells = Cells(1, 1)
        self._limit = 1.0
        self._marked: int | None = None
        self._message = ""
        self._names: tuple[str, ...] = ()
        self._image = QImage()
        self._pixels: Pixels | None = None
        self._dirty = True
        self.hovered: int | None = None
        self.setMouseTracking(True)
        self.setFont(theme.figures_font(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_values(self, values: FloatArray, cells: Cells, limit: float) -> None:
        """Show a flat array in cells, from -limit to limit."""
        self._values, self._cells, self._limit = values, cells, limit
        if self.hovered is not None and self.hovered >= len(values):
            self.hovered = None
        self._message = ""
        self._dirty = True
        self.update()

    def set_names(self, names: tuple[str, ...]) -> None:
        """Set the names above the numbers of large cells; empty for none."""
        if names != self._names:
            self._names = names
            self.update()

    def show_message(self, text: str) -> None:
        """Show why there is no content."""
        self._values, self._message = None, text
        self.update()

    def mark(self, position: int | None) -> None:
        """Ring one cell."""
        if position != self._marked:
            self._marked = position
            self.update()

    def set_hovered(self, position: int | None) -> None:
        """Mark a cell as hovered, also when the mouse is on another picture."""
        if position != self.hovered:
            self.hovered = position
            self.update()

    def described(self) -> Part:
        """The picture in words: a cell for each value."""
        values, name = self._values, self.accessibleName()
        if values is None or not len(values):
            return Part(name, self._message, Role.Graphic)
        low, high = short(float(values.min())), short(float(values.max()))
        cells = LazyParts(len(values), self._described_cell)
        chosen = () if self._marked is None else (self._marked,)
        return Part(
            name,
            tr("from {low} to {high}", low=low, high=high),
            Role.Graphic,
            None,
            cells,
            chosen,
        )

    def _described_cell(self, position: int) -> Part:
        assert self._values is not None
        row, column = self._cells.place(position)
        name = tr("row {row}, column {column}", row=row, column=column)
        if self._names:
            name = self._names[position]
        value = fixed(float(self._values[position]), decimals(self._limit))
        box = self.cell_rect(position)
        return Part(name, value.strip(FIGURE_SPACE), Role.Cell, box)

    def cell_rect(self, position: int) -> QRectF:
        """Rectangle of one value."""
        area = self._area()
        row, column = self._cells.place(position)
        side = area.width() / self._cells.columns
        return QRectF(area.left() + column * side, area.top() + row * side, side, side)

    def _area(self) -> QRectF:
        rows, columns = self._cells.rows, self._cells.columns
        side = min(self.width() / columns, self.height() / rows, LARGEST_CELL)
        width, height = side * columns, side * rows
        left, top = (self.width() - width) / 2, (self.height() - height) / 2
        return QRectF(round(left), round(top), width, height)

    def _position_at(self, point: QPointF) -> int | None:
        area = self._area()
        if self._values is None or not area.contains(point):
            return None
        cells = self._cells
        side = area.width() / cells.columns
        column = min(int((point.x() - area.left()) / side), cells.columns - 1)
        row = min(int((point.y() - area.top()) / side), cells.rows - 1)
        position = cells.position(row, column)
        return position if position < len(self._values) else None

    def _compose(self, values: FloatArray) -> None:
        codes = codes_of(self._cells.laid_out(values), self._limit)
        dark = theme.is_dark(self.palette())
        self._image, self._pixels = image_of_codes(codes, code_colours(dark=dark))
        self._dirty = False

    def _paint_numbers(self, painter: QPainter, values: FloatArray) -> None:
        needed = painter.fontMetrics().horizontalAdvance("\N{MINUS SIGN}0.00000")
        if self._pixels is None or self.cell_rect(0).width() < needed:
            return
        digits = decimals(self._limit)
        for position, value in enumerate(values):
            pixel = int(self._pixels[self._cells.place(position)])
            painter.setPen(text_colour_on(pixel))
            name = self._names[position] if self._names else ""
            text = f"{name}\n{fixed(float(value), digits)}".strip("\n")
            rect = self.cell_rect(position)
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dirty = True
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self._position_at(event.position())
        if position is not None and event.button() == Qt.MouseButton.LeftButton:
            self.cell_clicked.emit(position)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = self._position_at(event.position())
        if position != self.hovered:
            self.set_hovered(position)
            self.hover_changed.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self.set_hovered(None)
        self.hover_changed.emit()
        super().leaveEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("signed_picture.wished"))

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("signed_picture.least"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            dark = theme.is_dark(self.palette())
            fill_ground(
                painter, self.rect(), theme.colour(theme.colours(dark=dark).plane)
            )
            faint = theme.colour(theme.colours(dark=dark).ink3)
            painter.setPen(faint)
            if self._values is None:
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(
                    self.rect().adjusted(
                        grown(self, tokens.space("s")),
                        grown(self, tokens.space("xs")),
                        -grown(self, tokens.space("s")),
                        -grown(self, tokens.space("xs")),
                    ),
                    int(flags),
                    self._message,
                )
                return
            if self._dirty:
                self._compose(self._values)
            area = self._area()
            painter.drawImage(area, self._image)
            painter.drawRect(area.adjusted(0, 0, -1, -1))
            self._paint_numbers(painter, self._values)
            if self.hovered is not None and self.hovered < len(self._values):
                painter.setPen(theme.colour(theme.colours(dark=dark).ink1))
                painter.drawRect(self.cell_rect(self.hovered).adjusted(-1, -1, 0, 0))
            if self._marked is not None and self._marked < len(self._values):
                cell = self.cell_rect(self._marked)
                paint_ring(painter, cell, theme.colours(dark=dark))
