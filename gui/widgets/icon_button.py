"""A flat button that is nothing but its icon."""

from PySide6.QtWidgets import QWidget

from gui.style import tokens
from gui.widgets.glyph_button import GlyphButton


class IconButton(GlyphButton):
    """Square; its name is read by screen readers, its tip says what it does."""

    def __init__(
        self, key: str, name: str, tip: str, parent: QWidget, *, fades: bool = False
    ) -> None:
        """Make the button.

        Args:
            key: of the icon, in the table [icon.action] of the tokens.
            name: for screen readers.
            tip: the tooltip.
            parent: owner.
            fades: whether it can be disabled.
        """
        super().__init__(key, parent, fades=fades)
        self.setAccessibleName(name)
        self.setToolTip(tip)

    def fit(self, scale: float) -> None:
        side = round(tokens.size("icon_button") * scale)
        self.setFixedSize(side, side)
