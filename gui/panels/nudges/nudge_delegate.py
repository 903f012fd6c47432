"""Paints the cells of the nudge table, straight from the model's arrays.

A style's own delegate asks a Python model for ten roles a cell; thirty times a second
that costs more than all the rest.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.panels.nudges.nudge_model import NudgeModel
from gui.panels.nudges.nudge_rows import COLUMNS
from gui.session.parameter_names import SEPARATOR
from gui.style import theme, tokens
from gui.style.fonts import scale_of

MARGIN = 6
WIDEST_WORDS = "lower a little"
FIRST = tokens.space("panel_pad")
LAST = 18
MARK = 3
NAME = COLUMNS.index("parameter")
NUDGE = COLUMNS.index("nudge")
ASKS_FOR = COLUMNS.index("asks for")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
LONGEST_BAR = 76.0


class NudgeDelegate(QStyledItemDelegate):
    """Names left, numbers right, and a signed bar before what a nudge asks for."""

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
        colours = theme.colours(dark=theme.is_dark(palette))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour(colours.selection_row))
            if column == NAME:
                mark = QRectF(rect.left(), rect.top(), MARK, rect.height())
                painter.fillRect(mark, theme.colour(colours.selection))
        line = QRectF(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, theme.colour(colours.line))
        painter.setPen(theme.colour(colours.ink1))
        first, last = column == NAME, column == len(COLUMNS) - 1
        scale = scale_of(option.font)
        left = FIRST * scale if first else MARGIN
        area = QRectF(rect).adjusted(left, 0, -LAST * scale if last else -MARGIN, 0)
        if column == NAME:
            _paint_name(painter, colours, area, model.names(row))
            return
        text = model.text(row, column)
        share = model.share(row)
        if column == ASKS_FOR:
            _paint_request(painter, colours, area, text, share)
            return
        if column == NUDGE and share:
            ink = colours.positive_text if share > 0 else colours.negative_text
            painter.setPen(theme.colour(ink))
        painter.drawText(area, int(RIGHT), text)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del index
        height = option.fontMetrics.height()
        return QSize(80, height + 6)


def _paint_name(
    painter: QPainter, colours: theme.Colours, area: QRectF, names: tuple[str, str]
) -> None:
    """The unit, and fainter where the weight comes from."""
    metrics = painter.fontMetrics()
    text, compact = names
    if metrics.horizontalAdvance(text) > area.width():
        end = Qt.TextElideMode.ElideRight
        text = metrics.elidedText(compact, end, int(area.width()))
    owner, separator, origin = text.rpartition(SEPARATOR)
    painter.drawText(area, int(LEFT), f"{owner}{separator}")
    rest = area.adjusted(metrics.horizontalAdvance(f"{owner}{separator}"), 0, 0, 0)
    painter.setPen(theme.colour(colours.ink2))
    painter.drawText(rest, int(LEFT), origin)


def _paint_request(
    painter: QPainter, colours: theme.Colours, area: QRectF, text: str, share: float
) -> None:
    """A bar from the middle, left lower and right raise, and after it the words."""
    words_width = painter.fontMetrics().horizontalAdvance(WIDEST_WORDS) + MARGIN
    room = area.width() - words_width
    bar = QRectF(area.left(), area.top(), min(room, LONGEST_BAR), area.height())
    if bar.width() < 12:
        painter.setPen(theme.colour(colours.ink2))
        painter.drawText(area, int(LEFT), text)
        return
    thick = max(6.0, 0.4 * bar.height())
    middle = bar.center()
    length = share * bar.width() / 2
    colour = theme.colour(colours.positive if share > 0 else colours.negative)
    left = middle.x() if share > 0 else middle.x() + length
    painter.fillRect(QRectF(left, middle.y() - thick / 2, abs(length), thick), colour)
    axis = QRectF(round(middle.x()), middle.y() - thick, 1, 2 * thick)
    painter.fillRect(axis, theme.colour(colours.ink3))
    words = area.adjusted(bar.width() + MARGIN, 0, 0, 0)
    painter.setPen(theme.colour(colours.ink2))
    painter.drawText(words, int(LEFT), text)
