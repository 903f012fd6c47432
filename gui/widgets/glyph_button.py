"""A flat button with one of the bundled icons, renewed when the theme changes."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of


class GlyphButton(QToolButton):
    """The icon is drawn when it is first seen: most panels are hidden at first."""

    def __init__(self, key: str, parent: QWidget, *, fades: bool = False) -> None:
        """Make the button.

        Args:
            key: of the icon, in the table [icon.action] of the tokens.
            parent: owner.
            fades: whether it can be disabled.
        """
        super().__init__(parent)
        self._key = key
        self._fades = fades
        self._is_drawn = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._restyle()

    def show_icon(self, key: str) -> None:
        """Change to another icon."""
        if key != self._key:
            self._key = key
            self._restyle()

    def fit(self, scale: float) -> None:
        """Take the size that goes with text of this scale."""

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        self.fit(scale)
        glyph = round(tokens.icon_size("panel") * scale)
        self.setIconSize(QSize(glyph, glyph))
        self._is_drawn = False
        if self.isVisible():
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._is_drawn = True
        name = tokens.icon_name("action", self._key)
        ink = theme.colours_of(self).ink2
        glyph = self.iconSize().width()
        self.setIcon(icons.icon(name, ink, glyph, fades=self._fades))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_drawn:
            self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_is_drawn"):
            self._restyle()
