"""A table of numbers with bars, custom painted so that a frame costs little."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from core.arrays import RealArray
from core.values.words import tr
from gui.panels.backprop.sheet import Sheet
from gui.panels.backprop.sheet_layout import GAP as _GAP
from gui.panels.backprop.sheet_layout import SheetLayout, laid_out
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.number_format import FIGURE_SPACE, full
from gui.style.picture_pass import fill_ground
from gui.style.signed_scale import largest_size, round_up
from gui.widgets.accessible.events import tell_current
from gui.widgets.accessible.parts import LazyParts, Part, Role, table_row
from gui.widgets.focus.key_policy import is_plain

WORDS: Final = (tr("lower"), tr("raise"))
_CLOSE: Final = tokens.space("close")
_KEYS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
_MARK: Final = tokens.length("sheet_view.mark")
_NAMES_MEASURED: Final = 40
_ALIGN_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ALIGN_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class SheetView(QAbstractScrollArea):
    """Signals: selection_clicked, with the Selection of the clicked row."""

    selection_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._hovered = -1
        self._widths: list[int] = []
        self._colours = theme.colours_of(self)
        self._fonts: tuple[QFont, ...] = ()
        self._measure_heights()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def sheet(self) -> Sheet | None:
        return self._sheet

    def show_sheet(self, sheet: Sheet, *, start: bool = False) -> None:
        """Show another table, or newer numbers of the same; `start` scrolls up."""
        is_other_mark = self._sheet is None or sheet.marked != self._sheet.marked
        self._sheet = sheet
        self._measure()
        if start:
            self.verticalScrollBar().setValue(0)
        if start or is_other_mark:
            self.reveal_marked()
            tell_current(self)
        self.viewport().update()

    def row_rect(self, row: int) -> QRect:
        """Rectangle of a row, in the viewport."""
        below = row * self._row_height - self.verticalScrollBar().value()
        top = self._header_height + below
        return QRect(0, top, self.viewport().width(), self._row_height)

    def texts(self, row: int) -> list[str]:
        """The texts of a row: its name and its numbers."""
        sheet = self._sheet
        if sheet is None:
            return []
        printed = [sheet.name(row)]
        for k, part in enumerate(sheet.columns):
            number = sheet.number(row, k)
            printed.append("" if number is None else part.text(number))
        return printed

    def described(self) -> Part:
        """The table in words."""
        sheet, name = self._sheet, self.accessibleName()
        if sheet is None:
            return Part(name, role=Role.Table)
        rows = LazyParts(sheet.row_count, self._described_row)
        chosen = () if sheet.marked is None else (sheet.marked,)
        return Part(sheet.header or name, "", Role.Table, None, rows, chosen)

    def _described_row(self, place: int) -> Part:
        assert self._sheet is not None
        name, *numbers = self.texts(place)
        titles = [part.title for part in self._sheet.columns]
        shown = (text.strip(FIGURE_SPACE) for text in numbers)
        cells = list(zip(titles, shown, strict=True))
        asks = self._sheet.asks
        if asks is not None and place < self._sheet.count and asks[place]:
            cells.append((tr("asks for"), WORDS[asks[place] > 0]))
        return table_row(name, cells, QRectF(self.row_rect(place)))

    def reveal_marked(self) -> None:
        """Scroll until the marked row is visible."""
        if self._sheet is None or self._sheet.marked is None:
            return
        rect, bar = self.row_rect(self._sheet.marked), self.verticalScrollBar()
        below = rect.bottom() - self.viewport().height()
        above = self._header_height - rect.top()
        if below > 0:
            bar.setValue(bar.value() + below + self._row_height)
        elif above > 0:
            bar.setValue(bar.value() - above)

    def whole_height(self) -> int:
        """The height at which all rows are visible, with room between them."""
        rows = 0 if self._sheet is None else self._sheet.row_count
        return self._header_height + rows * self._roomy_row

    def _measure_heights(self) -> None:
        """Rows are lower where all are in sight only then, or not even then."""
        scale = scale_of(self.font())
        self._header_height = round(tokens.size("table_header") * scale)
        self._roomy_row = round(tokens.size("table_row") * scale)
        self._row_height = self._roomy_row
        if self.whole_height() > self.viewport().height():
            self._row_height = self._metrics().height() + round(_CLOSE * scale)

    def _metrics(self, *, bold: bool = False) -> QFontMetrics:
        return QFontMetrics(theme.figures_font(self.font(), bold=bold))

    def _measure(self) -> None:
        """Widths of the numbers, and the range of the scroll bar."""
        self._measure_heights()
        sheet = self._sheet
        if sheet is None:
            return
        metrics, bold = self._metrics(), self._metrics(bold=True)
        self._widths = []
        for k, part in enumerate(sheet.columns):
            largest = max(abs(part.limit), 1.0 if part.exponent == 0 else 0.0)
            texts = [part.text(-largest), part.title]
            widths = [metrics.horizontalAdvance(text) for text in texts]
            for extra in sheet.extras:
                number = extra.numbers[k]
                if number is not None:
                    own = bold if extra.style == "sum" else metrics
                    widths.append(own.horizontalAdvance(part.text(number)))
            self._widths.append(max(widths))
        height = self._header_height + sheet.row_count * self._row_height
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._row_height)

    def _name_width(self, sheet: Sheet) -> int:
        metrics = self._metrics()
        rows = range(min(sheet.count, _NAMES_MEASURED))
        names = [sheet.name(row) for row in rows] + [sheet.header]
        names += [sheet.name(sheet.count - 1)] if sheet.count else []
        # A little beyond the advance, or Qt elides what just fits.
        widest = max(metrics.horizontalAdvance(name) for name in names)
        return widest + grown(self, tokens.space("xs"))

    def _layout(self, sheet: Sheet) -> SheetLayout:
        words, scale = 0, scale_of(self.font())
        if sheet.asks is not None:
            words = grown(self, _GAP) + max(
                self._metrics().horizontalAdvance(w) for w in WORDS
            )
        return laid_out(
            self.viewport().width(), self._name_width(sheet), self._widths, words, scale
        )

    def _row_at(self, y: float) -> int:
        below = y - self._header_height
        row = int((below + self.verticalScrollBar().value()) // self._row_height)
        inside = self._sheet is not None and 0 <= row < self._sheet.row_count
        return row if inside and below >= 0 else -1

    def _paint(self, painter: QPainter, sheet: Sheet) -> None:
        # Asked for once a frame, and not in each row.
        self._colours = theme.colours_of(self)
        self._fonts = tuple(
            theme.figures_font(self.font(), bold=bold) for bold in (False, True)
        )
        layout = self._layout(sheet)
        first = max(0, self._row_at(self._header_height + 1))
        shares = _shares(sheet)
        for row in range(first, sheet.row_count):
            rect = self.row_rect(row)
            if rect.top() > self.viewport().height():
                break
            self._paint_row(painter, sheet, row, layout)
            if layout.bar and row < sheet.count and shares is not None:
                self._paint_bar(painter, rect, layout, float(shares[row]))
        self._paint_header(painter, sheet, layout)

    def _paint_row(
        self, painter: QPainter, sheet: Sheet, row: int, layout: SheetLayout
    ) -> None:
        colours = self._colours
        rect = self.row_rect(row)
        self._paint_back(painter, sheet, row, rect)
        style = sheet.extras[row - sheet.count].style if row >= sheet.count else ""
        painter.setFont(self._fonts[style == "sum"])
        painter.setPen(theme.colour(colours.ink3 if style == "rest" else colours.ink1))
        texts = self.texts(row)
        self._paint_name(painter, rect, texts, layout)
        for (x, width), text in zip(layout.columns, texts[1:], strict=True):
            box = QRect(x, rect.top(), width, rect.height())
            painter.drawText(box, _ALIGN_RIGHT, text)

    def _paint_bar(
        self, painter: QPainter, rect: QRect, layout: SheetLayout, share: float
    ) -> None:
        sheet, colours = self._sheet, self._colours
        assert sheet is not None
        place = QRectF(layout.bar_left, rect.top(), layout.bar, rect.height())
        diverges = sheet.asks is not None or sheet.columns[-1].is_signed
        _paint_bar(painter, colours, place, share, signed=diverges)
        if sheet.asks is None or not share:
            return
        left = layout.bar_left + layout.bar + grown(self, _GAP)
        box = QRect(left, rect.top(), self.viewport().width() - left, rect.height())
        painter.setPen(theme.colour(colours.ink2))
        painter.drawText(box, _ALIGN_LEFT, WORDS[share > 0])

    def _paint_name(
        self, painter: QPainter, rect: QRect, texts: list[str], layout: SheetLayout
    ) -> None:
        """A name may use the space of numbers that its row does not have."""
        width = layout.names
        for (x, number), text in zip(layout.columns, texts[1:], strict=True):
            if text:
                room = painter.fontMetrics().horizontalAdvance(text)
                end = x + number - room - grown(self, _GAP)
                width = max(layout.names, end - layout.pad)
                break
        box = QRect(layout.pad, rect.top(), width, rect.height())
        mode = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(texts[0], mode, width)
        painter.drawText(box, _ALIGN_LEFT, text)

    def _paint_back(
        self, painter: QPainter, sheet: Sheet, row: int, rect: QRect
    ) -> None:
        colours = self._colours
        if row == sheet.marked:
            painter.fillRect(rect, theme.colour(colours.selection_row))
            mark = QRect(rect.x(), rect.y(), _MARK, rect.height())
            painter.fillRect(mark, theme.colour(colours.selection))
        elif row == self._hovered:
            painter.fillRect(rect, theme.colour(colours.control))
        is_sum = row >= sheet.count and sheet.extras[row - sheet.count].style == "sum"
        if is_sum:
            painter.setPen(QPen(theme.colour(colours.ink3), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
        painter.setPen(QPen(theme.colour(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_header(
        self, painter: QPainter, sheet: Sheet, layout: SheetLayout
    ) -> None:
        colours = self._colours
        height, width = self._header_height, self.viewport().width()
        fill_ground(painter, QRect(0, 0, width, height), theme.colour(colours.plane))
        painter.setPen(QPen(theme.colour(colours.line), 1))
        painter.drawLine(0, height - 1, width, height - 1)
        painter.setFont(self._fonts[False])
        painter.setPen(theme.colour(colours.ink3))
        mode = Qt.TextElideMode.ElideRight
        header = painter.fontMetrics().elidedText(sheet.header, mode, layout.names)
        painter.drawText(
            QRect(layout.pad, 0, layout.names, height), _ALIGN_LEFT, header
        )
        for part, (x, wide) in zip(sheet.columns, layout.columns, strict=True):
            painter.drawText(QRect(x, 0, wide, height), _ALIGN_RIGHT, part.title)
        if layout.bar and sheet.asks is not None:
            box = QRect(layout.bar_left, 0, width - layout.bar_left, height)
            painter.drawText(box, _ALIGN_LEFT, tr("asks for"))

    def _on_scrolled(self, _value: int) -> None:
        self.viewport().update()

    def tip_at(self, at: QPointF) -> str:
        """The exact numbers of a row; over the header, what a column is."""
        sheet = self._sheet
        if sheet is None:
            return ""
        row = self._row_at(at.y())
        if row < 0:
            places = self._layout(sheet).columns
            for part, (x, width) in zip(sheet.columns, places, strict=True):
                if x <= at.x() <= x + width:
                    return part.tip
            return ""
        lines = []
        for k, part in enumerate(sheet.columns):
            number = sheet.number(row, k)
            if number is not None:
                lines.append(f"{part.header} = {full(number)}")
        lines.insert(1, sheet.name(row))
        return "\n".join(lines)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hovered = -1
            self.viewport().update()
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if self._sheet is None or row < 0:
            return
        selection = self._sheet.selection(row)
        if selection is not None and event.button() == Qt.MouseButton.LeftButton:
            self.selection_clicked.emit(selection)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key goes to another row; see gui.widgets.focus.key_policy."""
        return is_plain(event) and self._row_by_key(Qt.Key(event.key())) is not None

    def _row_by_key(self, key: Qt.Key) -> int | None:
        """The row that a key leads to; rows that select nothing are passed over."""
        sheet = self._sheet
        if sheet is None or key not in _KEYS:
            return None
        rows = [k for k in range(sheet.row_count) if sheet.selection(k) is not None]
        here = -1 if sheet.marked is None else sheet.marked
        ahead = {
            Qt.Key.Key_Up: [k for k in rows if k < here][-1:],
            Qt.Key.Key_Down: [k for k in rows if k > here][:1],
            Qt.Key.Key_Home: rows[:1],
            Qt.Key.Key_End: rows[-1:],
        }[key]
        return ahead[0] if ahead else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._row_by_key(Qt.Key(event.key()))
        if self._sheet is None or row is None:
            event.ignore()
            return
        self.selection_clicked.emit(self._sheet.selection(row))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def minimumSizeHint(self) -> QSize:
        return QSize(
            tokens.length("sheet_view.least_width"),
            self._header_height + 2 * self._roomy_row,
        )

    def sizeHint(self) -> QSize:
        return QSize(
            tokens.length("sheet_view.width"),
            min(self.whole_height(), 18 * self._roomy_row),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            dark = theme.is_dark(self.palette())
            plane = theme.colour(theme.colours(dark=dark).plane)
            fill_ground(painter, self.viewport().rect(), plane)
            if self._sheet is not None:
                self._paint(painter, self._sheet)


def _shares(sheet: Sheet) -> RealArray | None:
    """The length of each row's bar: of what it asks for, or of its last number."""
    if not sheet.columns:
        return None
    values = sheet.columns[-1].values if sheet.asks is None else sheet.asks
    return values / round_up(largest_size(values))


def _paint_bar(
    painter: QPainter,
    colours: theme.Colours,
    place: QRectF,
    share: float,
    *,
    signed: bool,
) -> None:
    """A bar of a share of the scale; in a sign's colour where there are both signs."""
    close = grown(painter, tokens.space("close"))
    if share != share or abs(share) == float("inf"):
        painter.fillRect(
            place.adjusted(0, close, 0, -close),
            theme.colour(colours.not_finite),
        )
        return
    length = share * (place.width() / 2 if signed else place.width())
    zero = place.center().x() if signed else place.left()
    thick = max(close, place.height() * 0.4)
    box = QRectF(zero, place.center().y() - thick / 2, length, thick).normalized()
    colour = colours.positive if share >= 0 else colours.negative
    painter.fillRect(box, theme.colour(colour if signed else colours.ink2))
    axis = QRectF(zero, place.center().y() - thick, 1, 2 * thick)
    painter.fillRect(axis, theme.colour(colours.ink3))
