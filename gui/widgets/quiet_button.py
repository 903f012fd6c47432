"""A flat button with an icon and a word, for what is seldom done."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from gui.style import tokens
from gui.widgets.glyph_button import GlyphButton


class QuietButton(GlyphButton):
    """Its text is its name."""

    def __init__(self, key: str, text: str, parent: QWidget) -> None:
        """Make the button.

        Args:
            key: of the icon, in the table [icon.action] of the tokens.
            text: beside it.
            parent: owner.
        """
        super().__init__(key, parent)
        self.setProperty("kind", "quiet")
        self.setText(text)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def fit(self, scale: float) -> None:
        self.setFixedHeight(round(tokens.size("control") * scale))
