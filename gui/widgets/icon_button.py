"""A flat button with one of the bundled icons, renewed when the theme changes."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of


class IconButton(QToolButton):
    """Square; its name is read by screen readers, its tip says what it does."""

    def __init__(self, key: str, name: str, tip: str, parent: QWidget) -> None:
        """Make the button.

        Args:
            key: of the icon, in the table [icon.action] of the tokens.
            name: for screen readers.
            tip: the tooltip.
            parent: owner.
        """
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._restyle()

    def show_icon(self, key: str) -> None:
        """Change to another icon."""
        if key != self._key:
            self._key = key
            self._restyle()

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        side = round(tokens.size("icon_button") * scale)
        glyph = round(tokens.icon_size("panel") * scale)
        self.setFixedSize(side, side)
        self.setIconSize(QSize(glyph, glyph))
        self._is_drawn = False
        if self.isVisible():
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._is_drawn = True
        glyph = self.iconSize().width()
        name = tokens.icon_name("action", self._key)
        self.setIcon(icons.icon(name, theme.colours_of(self).ink2, glyph, fades=False))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Most panels are hidden when the window is built.
        if not self._is_drawn:
            self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_key"):
            self._restyle()
