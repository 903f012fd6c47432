"""Paints the cells of the nudge table, straight from the model's arrays.

A style's own delegate asks a Python model for ten roles a cell; thirty times a second
that costs more than all the rest.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.panels.nudges.nudge_model import NudgeModel
from gui.panels.nudges.nudge_rows import COLUMNS
from gui.style import theme

MARGIN = 6
NAME = COLUMNS.index("parameter")
ASKS_FOR = COLUMNS.index("asks for")
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class NudgeDelegate(QStyledItemDelegate):
    """Names left, numbers right, and a signed bar beside what a nudge asks for."""

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
        state = option.state
        row, column = index.row(), index.column()
        role = QPalette.ColorRole.Text
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.brush(QPalette.ColorRole.Highlight))
            role = QPalette.ColorRole.HighlightedText
        painter.setPen(palette.color(role))
        area = QRectF(rect).adjusted(MARGIN, 0, -MARGIN, 0)
        if column == NAME:
            metrics = option.fontMetrics
            text, compact = model.names(row)
            if metrics.horizontalAdvance(text) > area.width():
                end = Qt.TextElideMode.ElideRight
                text = metrics.elidedText(compact, end, int(area.width()))
            painter.drawText(area, int(LEFT), text)
            return
        text = model.text(row, column)
        if column == ASKS_FOR:
            colours = theme.colours(dark=theme.is_dark(palette))
            _paint_request(painter, colours, area, text, model.share(row))
        else:
            painter.drawText(area, int(RIGHT), text)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del index
        height = option.fontMetrics.height()
        return QSize(80, height + 6)


def _paint_request(
    painter: QPainter, colours: theme.Colours, area: QRectF, text: str, share: float
) -> None:
    """The words, and right of them a bar from the middle: left lower, right raise."""
    words_width = painter.fontMetrics().horizontalAdvance("lower a little") + MARGIN
    painter.drawText(area, int(LEFT), text)
    bar = area.adjusted(words_width, 4, 0, -4)
    if bar.width() < 12:
        return
    middle = bar.center().x()
    length = share * bar.width() / 2
    colour = theme.colour(colours.positive if share > 0 else colours.negative)
    left = middle if share > 0 else middle + length
    painter.fillRect(QRectF(left, bar.top(), abs(length), bar.height()), colour)
    pen = painter.pen()
    painter.setPen(theme.colour(colours.ink3))
    painter.drawLine(
        round(middle), round(bar.top()), round(middle), round(bar.bottom())
    )
    painter.setPen(pen)
