"""The header's way to the command palette: an icon, a word, and the keys."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

from core.values.words import tr
from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of

WIDTH: Final = tokens.length("find_button.width")
WIDE: Final = tokens.length("find_button.wide")
WIDE_FROM: Final = tokens.length("find_button.wide_window")
"""Width of a window with so much room."""
PAD: Final = tokens.length("find_button.pad")
GAP: Final = tokens.space("close")


class FindButton(QToolButton):
    """A field to look at, a button to press; only its icon where there is no room."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self.setDefaultAction(action)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("Find"))
        self.has_words = True

    @property
    def _keys(self) -> str:
        form = QKeySequence.SequenceFormat.NativeText
        return self.defaultAction().shortcut().toString(form).replace("+", " ")

    def width_of(self, window: int, *, words: bool) -> int:
        """How wide it is in a window of this width."""
        scale = scale_of(self.font())
        if not words:
            return round(tokens.size("icon_button_header") * scale)
        room = WIDE if window >= WIDE_FROM * scale else WIDTH
        return max(round(room * scale), self._text_width())

    def _text_width(self) -> int:
        scale, metrics = scale_of(self.font()), self.fontMetrics()
        texts = metrics.horizontalAdvance(self.text() + self._keys)
        glyph = tokens.icon_size("panel")
        return texts + round((glyph + 2 * PAD + 3 * GAP) * scale)

    def fit(self, window: int, *, words: bool) -> None:
        """Take the room that there is."""
        self.has_words = words
        height = round(tokens.size("icon_button_header") * scale_of(self.font()))
        self.setFixedSize(QSize(self.width_of(window, words=words), height))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        parent: QWidget | None = self.parentWidget()
        if event.type() == QEvent.Type.FontChange and parent is not None:
            # Its size is fixed: only so does the header hear of it.
            QApplication.postEvent(parent, QEvent(QEvent.Type.LayoutRequest))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        scale, colours = scale_of(self.font()), theme.colours_of(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.icon, option.text = icons.icon("search", colours.ink2, 1), ""
        side = round(tokens.icon_size("panel") * scale)
        glyph = icons.pixmap("search", colours.ink2, side)
        with QPainter(self) as painter:
            panel = QStyle.PrimitiveElement.PE_PanelButtonTool
            self.style().drawPrimitive(panel, option, painter, self)
            left = round((PAD if self.has_words else 0) * scale)
            if not self.has_words:
                left = (self.width() - side) // 2
            painter.drawPixmap(left, (self.height() - side) // 2, glyph)
            if self.has_words:
                self._paint_words(painter, left + side + round(GAP * scale))

    def _paint_words(self, painter: QPainter, left: int) -> None:
        pad = round(PAD * scale_of(self.font()))
        room = QRect(left, 0, self.width() - left - pad, self.height())
        middle, edges = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag
        colours = theme.colours_of(self)
        painter.setPen(theme.colour(colours.ink2))
        painter.drawText(room, middle | edges.AlignLeft, self.text().rstrip("…"))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(room, middle | edges.AlignRight, self._keys)
