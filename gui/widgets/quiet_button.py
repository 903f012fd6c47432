"""A flat button with an icon and a word, for what is seldom done."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of


class QuietButton(QToolButton):
    """Its text is its name; the icon is renewed when the theme changes."""

    def __init__(self, key: str, text: str, parent: QWidget) -> None:
        """Make the button.

        Args:
            key: of the icon, in the table [icon.action] of the tokens.
            text: beside it.
            parent: owner.
        """
        super().__init__(parent)
        self._key = key
        self._is_drawn = False
        self.setProperty("kind", "quiet")
        self.setText(text)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_icon(self, key: str) -> None:
        """Change to another icon."""
        if key != self._key:
            self._key = key
            self._restyle()

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        self.setFixedHeight(round(tokens.size("control") * scale))
        glyph = round(tokens.icon_size("panel") * scale)
        self.setIconSize(QSize(glyph, glyph))
        self._is_drawn = False
        if self.isVisible():
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._is_drawn = True
        name = tokens.icon_name("action", self._key)
        ink = theme.colours_of(self).ink2
        self.setIcon(icons.icon(name, ink, self.iconSize().width(), fades=False))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_drawn:
            self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_key"):
            self._restyle()
