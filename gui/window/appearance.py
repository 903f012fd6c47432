"""Light and dark, and the lecture mode: the look of the whole window."""

from typing import Final

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

LECTURE_SCALE: Final = 1.5
MIN_POINTS: Final = 10.0
SCHEMES: Final = ("system", "light", "dark")

Colours = dict[QPalette.ColorRole, str]
_ROLE = QPalette.ColorRole
_DARK: Final[Colours] = {
    _ROLE.Window: "#25282e",
    _ROLE.WindowText: "#e4e6eb",
    _ROLE.Base: "#181a1f",
    _ROLE.AlternateBase: "#1f2227",
    _ROLE.Text: "#e4e6eb",
    _ROLE.Button: "#33373f",
    _ROLE.ButtonText: "#e4e6eb",
    _ROLE.BrightText: "#ffffff",
    _ROLE.ToolTipBase: "#33373f",
    _ROLE.ToolTipText: "#e4e6eb",
    _ROLE.PlaceholderText: "#9ea3ae",
    _ROLE.Link: "#7ab8f5",
    _ROLE.Highlight: "#2e86de",
    _ROLE.HighlightedText: "#ffffff",
    _ROLE.Light: "#434852",
    _ROLE.Midlight: "#3a3f48",
    _ROLE.Mid: "#2b2e35",
    _ROLE.Dark: "#17191d",
    _ROLE.Shadow: "#0c0d0f",
}
_LIGHT: Final[Colours] = {
    _ROLE.Window: "#eff0f2",
    _ROLE.WindowText: "#1c1e24",
    _ROLE.Base: "#fafafb",
    _ROLE.AlternateBase: "#f2f3f5",
    _ROLE.Text: "#1c1e24",
    _ROLE.Button: "#e6e8eb",
    _ROLE.ButtonText: "#1c1e24",
    _ROLE.BrightText: "#ffffff",
    _ROLE.ToolTipBase: "#ffffff",
    _ROLE.ToolTipText: "#1c1e24",
    _ROLE.PlaceholderText: "#5e636e",
    _ROLE.Link: "#1f6fbf",
    _ROLE.Highlight: "#2e86de",
    _ROLE.HighlightedText: "#ffffff",
    _ROLE.Light: "#ffffff",
    _ROLE.Midlight: "#f3f4f6",
    _ROLE.Mid: "#c3c7ce",
    _ROLE.Dark: "#9ca1ab",
    _ROLE.Shadow: "#6c717b",
}
_FAINT: Final = {"dark": "#7d828d", "light": "#8b909a"}


def set_scheme(app: QApplication, name: str) -> None:
    """Follow the system's colours, or always be light or dark."""
    if name not in ("light", "dark"):
        app.setPalette(app.style().standardPalette())
        return
    app.setPalette(_palette(name))


def _palette(name: str) -> QPalette:
    palette = QPalette()
    for role, colour in (_DARK if name == "dark" else _LIGHT).items():
        palette.setColor(role, QColor(colour))
    for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_FAINT[name]))
    return palette


class TypeSize:
    """The size of all text: the system's, or larger for a lecture hall."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._base = QFont(app.font())
        if self._base.pointSizeF() < MIN_POINTS:
            self._base.setPointSizeF(MIN_POINTS)
        self.set_lecture_mode(on=False)

    def set_lecture_mode(self, *, on: bool) -> None:
        """Switch between 150 % and the usual size."""
        font = QFont(self._base)
        if on:
            font.setPointSizeF(self._base.pointSizeF() * LECTURE_SCALE)
        self._app.setFont(font)
        QToolTip.setFont(font)
