"""A small window with a text, which scrolls if the screen is too small."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gui.style import tokens
from gui.widgets.own_dialog import OwnDialog

_MARGINS: Final = tokens.space("l")
_SHARE_OF_SCREEN: Final = 0.85


class TextDialog(OwnDialog):
    """Is deleted when it is closed."""

    def __init__(self, title: str, html: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.text = QTextBrowser(self)
        self.text.setObjectName("dialogText")
        self.text.setAccessibleName(title)
        self.text.setHtml(html)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        requested = self._size_of_text() + QSize(4 * _MARGINS, 5 * _MARGINS)
        self.resize(
            requested.boundedTo(self.screen().availableSize() * _SHARE_OF_SCREEN)
        )

    def _size_of_text(self) -> QSize:
        document = QTextDocument(self)
        document.setDefaultFont(self.font())
        document.setHtml(self.text.toHtml())
        return document.size().toSize()
