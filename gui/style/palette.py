"""The palette of one theme, from the tokens."""

from typing import Final

from PySide6.QtGui import QPalette

from gui.style import theme, tokens

_ROLE = QPalette.ColorRole
_TOKENS: Final = {
    _ROLE.Window: "chrome",
    _ROLE.Base: "plane",
    _ROLE.AlternateBase: "chrome",
    _ROLE.Button: "raised",
    _ROLE.WindowText: "ink1",
    _ROLE.Text: "ink1",
    _ROLE.ButtonText: "ink1",
    _ROLE.BrightText: "ink1",
    _ROLE.PlaceholderText: "ink3",
    _ROLE.Highlight: "accent",
    _ROLE.Accent: "accent",
    _ROLE.HighlightedText: "on_accent",
    _ROLE.Link: "accent",
    _ROLE.LinkVisited: "accent",
    _ROLE.ToolTipBase: "raised",
    _ROLE.ToolTipText: "ink1",
    _ROLE.Light: "pressed",
    _ROLE.Midlight: "raised",
    _ROLE.Mid: "line",
    _ROLE.Dark: "edge",
    _ROLE.Shadow: "edge",
}
_FADED: Final = (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText, _ROLE.PlaceholderText)


def palette_of(*, dark: bool) -> QPalette:
    """What Fusion paints with."""
    colours = theme.colours(dark=dark)
    palette = QPalette()
    for role, token in _TOKENS.items():
        palette.setColor(role, theme.colour(colours.named(token)))
    share = tokens.opacity("disabled")
    for role in _FADED:
        ink, ground = colours.named(_TOKENS[role]), colours.chrome
        red, green, blue = (
            round(share * i + (1 - share) * g) for i, g in zip(ink, ground, strict=True)
        )
        faded = theme.colour((red, green, blue))
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return palette
