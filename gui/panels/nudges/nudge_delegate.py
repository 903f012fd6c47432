"""Paints the cells of the nudge table, straight from the model's arrays.

A style's own delegate asks a Python model for ten roles a cell; thirty times a second
that costs more than all the rest.
"""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.values.words import tr
from gui.panels.nudges.nudge_model import NudgeModel
from gui.panels.nudges.nudge_rows import COLUMNS
from gui.session.parameter_names import SEPARATOR
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown, past

MARGIN = tokens.space("close")
WIDEST_WORDS = tr("lower a little")
FIRST = tokens.space("panel_pad")
LAST = tokens.space("page")
MARK = tokens.length("nudge_delegate.mark")
NAME = COLUMNS.index("parameter")
NUDGE = COLUMNS.index("nudge")
ASKS_FOR = COLUMNS.index("asks for")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
LONGEST_BAR = tokens.fine_length("nudge_delegate.longest_bar")
MOST_WIDTHS = 4096
TOKENS = (
    "ink1",
    "ink2",
    "ink3",
    "line",
    "selection",
    "selection_row",
    "positive",
    "negative",
    "positive_text",
    "negative_text",
)

Inks = dict[str, QColor]


class NudgeDelegate(QStyledItemDelegate):
    """Names left, numbers right, and a signed bar before what a nudge asks for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._palette_key: tuple[int, str] = (-1, "")
        self._inks: dict[str, QColor] = {}
        self.set_scale(1.0)

    def set_scale(self, scale: float) -> None:
        """How much larger than at 100 % everything is."""
        self._first, self._last = FIRST * scale, LAST * scale
        self._margin = MARGIN * scale
        self._widths: dict[str, float] = {}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        if not isinstance(model, NudgeModel):
            return
        rect, palette = option.rect, option.palette
        row, column = index.row(), index.column()
        inks = self._inks_of(palette)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, inks["selection_row"])
            if column == NAME:
                mark = QRectF(rect.left(), rect.top(), MARK, rect.height())
                painter.fillRect(mark, inks["selection"])
        if column == NAME:
            # Across the whole row: once is cheaper than in each cell.
            width = painter.window().width()
            line = QRectF(rect.left(), rect.bottom(), width, 1)
            painter.fillRect(line, inks["line"])
        painter.setPen(inks["ink1"])
        last = column == len(COLUMNS) - 1
        area = QRectF(rect).adjusted(
            self._first if column == NAME else self._margin,
            0,
            -self._last if last else -self._margin,
            0,
        )
        if column == NAME:
            self._paint_name(painter, inks, area, model, row)
            return
        text = model.text(row, column)
        share = model.share(row)
        if column == ASKS_FOR:
            words = self._width(painter, WIDEST_WORDS) + self._margin
            paint_request(painter, inks, area, text, share, words)
            return
        if column == NUDGE and share:
            ink = "positive_text" if share > 0 else "negative_text"
            painter.setPen(inks[ink])
        painter.drawText(area, int(RIGHT), text)

    def _inks_of(self, palette: QPalette) -> Inks:
        """The colours of the theme, made once for each."""
        key = (palette.cacheKey(), tokens.maps_in_force())
        if key != self._palette_key:
            self._palette_key = key
            colours = theme.colours(dark=theme.is_dark(palette))
            self._inks = {name: theme.colour(colours.named(name)) for name in TOKENS}
        return self._inks

    def _paint_name(
        self,
        painter: QPainter,
        inks: Inks,
        area: QRectF,
        model: NudgeModel,
        row: int,
    ) -> None:
        """The unit, and fainter where the weight comes from; all rows in one form."""
        text, compact = model.names(row)
        widest = max(self._width(painter, name) for name in (text, model.widest_name))
        if widest > area.width():
            end = Qt.TextElideMode.ElideRight
            metrics = painter.fontMetrics()
            text = metrics.elidedText(compact, end, int(area.width()))
        owner, separator, origin = text.rpartition(SEPARATOR)
        owner += separator
        painter.drawText(area, int(LEFT), owner)
        painter.setPen(inks["ink2"])
        rest = past(area, self._width(painter, owner), painter)
        painter.drawText(rest, int(LEFT), origin)

    def _width(self, painter: QPainter, text: str) -> float:
        """Names come back in each frame, so their widths are kept."""
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) >= MOST_WIDTHS:
                self._widths.clear()
            width = float(painter.fontMetrics().horizontalAdvance(text))
            self._widths[text] = width
        return width

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del index
        height = option.fontMetrics.height()
        return QSize(
            tokens.length("nudge_delegate.width"),
            height + round(tokens.space("close") * scale_of(option.font)),
        )


def paint_request(
    painter: QPainter,
    inks: Inks,
    area: QRectF,
    text: str,
    share: float,
    words_width: float,
) -> None:
    """A bar from the middle, left lower and right raise, and after it the words."""
    room = area.width() - words_width
    longest = grown(painter, LONGEST_BAR)
    bar = QRectF(area.left(), area.top(), min(room, longest), area.height())
    if bar.width() < grown(painter, tokens.space("m")):
        painter.setPen(inks["ink2"])
        painter.drawText(area, int(LEFT), text)
        return
    thick = max(grown(painter, tokens.space("close")), 0.4 * bar.height())
    middle = bar.center()
    length = share * bar.width() / 2
    colour = inks["positive" if share > 0 else "negative"]
    # Beside the axis, which would cover the whole of a small one.
    zero = round(middle.x())
    left = zero + 1 if share > 0 else zero + length
    painter.fillRect(QRectF(left, middle.y() - thick / 2, abs(length), thick), colour)
    axis = QRectF(zero, middle.y() - thick, 1, 2 * thick)
    painter.fillRect(axis, inks["ink3"])
    words = area.adjusted(bar.width() + grown(painter, MARGIN), 0, 0, 0)
    painter.setPen(inks["ink2"])
    painter.drawText(words, int(LEFT), text)
