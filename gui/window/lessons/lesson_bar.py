"""The place of the lesson panel: a bar over the full height at the right.

No dock: the layouts of the workspaces know nothing of it, and stay as they were.
"""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QToolBar, QWidget

from core.values.words import tr
from gui.style import theme, tokens
from gui.style.fonts import scale_of

WIDTH: Final = tokens.length("lesson_bar.width")
WIDE: Final = tokens.length("lesson_bar.wide")
WIDE_WINDOW: Final = tokens.length("lesson_bar.wide_window")
MOST_OF_WINDOW: Final = 3
"""It takes no more than this part of a window."""


def width_in(window: QWidget) -> int:
    """The width of the panel in a window of this size and type."""
    scale = scale_of(window.font())
    base = WIDE if window.width() >= WIDE_WINDOW * scale else WIDTH
    return max(WIDTH, min(round(base * scale), window.width() // MOST_OF_WINDOW))


class LessonBar(QToolBar):
    """As wide as its window allows."""

    def __init__(self, panel: QWidget, window: QMainWindow) -> None:
        super().__init__(tr("Lesson"), window)
        self.setObjectName("lessons")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self._window = window
        self._content = _Content(self)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(1, 0, 0, 0)
        row.addWidget(panel)
        self.addWidget(self._content)
        window.addToolBar(Qt.ToolBarArea.RightToolBarArea, self)
        self.fit()
        self.hide()

    def fit(self) -> None:
        """The window has another size, or its type has."""
        self._content.setFixedWidth(width_in(self._window))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_content"):
            self.fit()


class _Content(QWidget):
    """With a hairline at its left."""

    def minimumSizeHint(self) -> QSize:
        return QSize(self.width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            colours = theme.colours_of(self)
            painter.fillRect(self.rect(), theme.colour(colours.chrome))
            painter.fillRect(0, 0, 1, self.height(), theme.colour(colours.line))
