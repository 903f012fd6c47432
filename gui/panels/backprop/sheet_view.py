"""A table of numbers with bars, custom painted so that a frame costs little."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from gui.panels.backprop.sheet import Sheet
from gui.style import theme
from gui.style.number_format import full
from gui.widgets.plain_text import tip as plain_tip

_GAP: Final = 8
_PAD: Final = 6
_SHORTEST_BAR: Final = 14
_LONGEST_BAR: Final = 120
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
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        self.viewport().update()

    def row_rect(self, row: int) -> QRect:
        """Rectangle of a row, in the viewport."""
        top = (row + 1) * self._row_height() - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._row_height())

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

    def reveal_marked(self) -> None:
        """Scroll until the marked row is visible."""
        if self._sheet is None or self._sheet.marked is None:
            return
        rect, bar = self.row_rect(self._sheet.marked), self.verticalScrollBar()
        below = rect.bottom() - self.viewport().height()
        above = self._row_height() - rect.top()
        if below > 0:
            bar.setValue(bar.value() + below + self._row_height())
        elif above > 0:
            bar.setValue(bar.value() - above)

    def whole_height(self) -> int:
        """The height at which all rows are visible."""
        rows = 0 if self._sheet is None else self._sheet.row_count + 1
        return rows * self._row_height()

    def _row_height(self) -> int:
        return self._metrics().height() + 6

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(theme.figures_font(self.font()))

    def _measure(self) -> None:
        """Widths of the numbers, and the range of the scroll bar."""
        sheet = self._sheet
        if sheet is None:
            return
        metrics = self._metrics()
        self._widths = []
        for k, part in enumerate(sheet.columns):
            largest = max(abs(part.limit), 1.0 if part.exponent == 0 else 0.0)
            texts = [part.text(-largest), part.title]
            for extra in sheet.extras:
                number = extra.numbers[k]
                texts += [] if number is None else [part.text(number)]
            self._widths.append(max(metrics.horizontalAdvance(t) for t in texts))
        height = (sheet.row_count + 1) * self._row_height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._row_height())

    def _name_width(self, sheet: Sheet) -> int:
        metrics = self._metrics()
        rows = range(min(sheet.count, _NAMES_MEASURED))
        names = [sheet.name(row) for row in rows] + [sheet.header]
        names += [sheet.name(sheet.count - 1)] if sheet.count else []
        # A little beyond the advance, or Qt elides what just fits.
        return 4 + max(metrics.horizontalAdvance(name) for name in names)

    def _layout(self, sheet: Sheet) -> tuple[int, list[tuple[int, int, int]]]:
        """Width of the names; left end, number width and bar length of each column."""
        across = self.viewport().width() - 2 * _PAD
        numbers = sum(self._widths) + 2 * _GAP * len(self._widths)
        narrow = numbers - _GAP * len(self._widths)
        names = min(self._name_width(sheet), max(40, across - narrow))
        free = across - numbers - names
        bar = max(0, min(_LONGEST_BAR, free // max(1, len(self._widths))))
        bar = bar if bar >= _SHORTEST_BAR else 0
        x, columns = _PAD + names, []
        for width in self._widths:
            columns.append((x + _GAP, width, bar))
            x += width + _GAP + (bar + _GAP if bar else 0)
        return names, columns

    def _row_at(self, y: float) -> int:
        row = int((y + self.verticalScrollBar().value()) // self._row_height()) - 1
        inside = self._sheet is not None and 0 <= row < self._sheet.row_count
        return row if inside and y >= self._row_height() else -1

    def _paint(self, painter: QPainter, sheet: Sheet) -> None:
        colours = theme.colours_of(self)
        names, columns = self._layout(sheet)
        limits = [part.limit for part in sheet.columns]
        signed = [part.is_signed for part in sheet.columns]
        first = max(0, self._row_at(self._row_height() + 1))
        ink = theme.colour(colours.ink1)
        faint = theme.colour(colours.ink3)
        for row in range(first, sheet.row_count):
            rect = self.row_rect(row)
            if rect.top() > self.viewport().height():
                break
            self._paint_back(painter, sheet, row, rect, faint)
            texts = self.texts(row)
            style = sheet.extras[row - sheet.count].style if row >= sheet.count else ""
            bold = style == "sum"
            painter.setFont(theme.figures_font(self.font(), bold=bold))
            painter.setPen(faint if style == "rest" else ink)
            self._paint_name(painter, rect, texts, (names, columns))
            for k, (x, width, bar) in enumerate(columns):
                box = QRect(x, rect.top(), width, rect.height())
                painter.drawText(box, _ALIGN_RIGHT, texts[k + 1])
                number = sheet.number(row, k)
                if bar and row < sheet.count and number is not None:
                    place = QRectF(x + width + _GAP, rect.top(), bar - 2, rect.height())
                    share = number / limits[k]
                    _paint_bar(painter, colours, place, share, signed=signed[k])
        self._paint_header(painter, sheet, names, columns, faint)

    def _paint_name(
        self,
        painter: QPainter,
        rect: QRect,
        texts: list[str],
        layout: tuple[int, list[tuple[int, int, int]]],
    ) -> None:
        """A name may use the space of numbers that its row does not have."""
        names, columns = layout
        width = names
        for (x, number, _), text in zip(columns, texts[1:], strict=True):
            if text:
                room = painter.fontMetrics().horizontalAdvance(text)
                width = max(names, x + number - room - _GAP - _PAD)
                break
        box = QRect(_PAD, rect.top(), width, rect.height())
        mode = Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(texts[0], mode, width)
        painter.drawText(box, _ALIGN_LEFT, text)

    def _paint_back(
        self, painter: QPainter, sheet: Sheet, row: int, rect: QRect, faint: QColor
    ) -> None:
        if row == sheet.marked:
            painter.fillRect(rect, theme.colour(theme.colours_of(self).selection, 60))
            painter.fillRect(
                rect.x(),
                rect.y(),
                3,
                rect.height(),
                theme.colour(theme.colours_of(self).selection),
            )
        elif row == self._hovered:
            painter.fillRect(rect, theme.colour(theme.colours_of(self).selection, 24))
        if row >= sheet.count and sheet.extras[row - sheet.count].style == "sum":
            painter.setPen(QPen(faint, 1))
            painter.drawLine(rect.topLeft(), rect.topRight())

    def _paint_header(
        self,
        painter: QPainter,
        sheet: Sheet,
        names: int,
        columns: list[tuple[int, int, int]],
        faint: QColor,
    ) -> None:
        height = self._row_height()
        whole = QRect(0, 0, self.viewport().width(), height)
        painter.fillRect(whole, self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.setFont(theme.figures_font(self.font()))
        painter.setPen(faint)
        mode = Qt.TextElideMode.ElideRight
        header = painter.fontMetrics().elidedText(sheet.header, mode, names)
        painter.drawText(QRect(_PAD, 0, names, height), _ALIGN_LEFT, header)
        for part, (x, width, _) in zip(sheet.columns, columns, strict=True):
            painter.drawText(QRect(x, 0, width, height), _ALIGN_RIGHT, part.title)

    def _on_scrolled(self, _value: int) -> None:
        self.viewport().update()

    def _tip_at(self, at: QPointF) -> str:
        sheet = self._sheet
        if sheet is None:
            return ""
        row = self._row_at(at.y())
        _, columns = self._layout(sheet)
        if row < 0:
            for part, (x, width, bar) in zip(sheet.columns, columns, strict=True):
                if x <= at.x() <= x + width + bar:
                    return part.tip
            return ""
        lines = [sheet.name(row)]
        for k, part in enumerate(sheet.columns):
            number = sheet.number(row, k)
            if number is not None:
                lines.append(f"{part.header} = {full(number)}")
        return "\n".join(lines)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._tip_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
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

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 3 * self._row_height())

    def sizeHint(self) -> QSize:
        rows = 9 if self._sheet is None else self._sheet.row_count + 1
        return QSize(320, min(rows, 18) * self._row_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            dark = theme.is_dark(self.palette())
            plane = theme.colour(theme.colours(dark=dark).plane)
            painter.fillRect(self.viewport().rect(), plane)
            if self._sheet is not None:
                self._paint(painter, self._sheet)


def _paint_bar(
    painter: QPainter,
    colours: theme.Colours,
    place: QRectF,
    share: float,
    *,
    signed: bool,
) -> None:
    """A bar of a share of the scale; from the middle where there are both signs."""
    if share != share or abs(share) == float("inf"):
        painter.fillRect(place.adjusted(0, 6, 0, -6), theme.colour(colours.not_finite))
        return
    length = share * (place.width() / 2 if signed else place.width())
    zero = place.center().x() if signed else place.left()
    thick = max(6.0, place.height() * 0.42)
    box = QRectF(zero, place.center().y() - thick / 2, length, thick).normalized()
    colour = colours.positive if share >= 0 else colours.negative
    painter.fillRect(box, theme.colour(colour))
    painter.fillRect(
        QRectF(zero, place.top() + 3, 1, place.height() - 6), theme.colour(colours.ink3)
    )
