"""The look of the whole application: theme, type and style sheet, set in one go."""

import logging
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from gui.style import theme, tokens
from gui.style.fonts import label_font
from gui.style.icons import svg_text
from gui.style.palette import palette_of
from gui.style.sheet import filled_sheet

logger = logging.getLogger(__name__)

THEMES: Final = ("system", "light", "dark")
_IMAGES: Final = {"chevron": ("chevron-down", "ink2"), "check": ("check", "on_accent")}


class Look(QObject):
    """Applies a theme and a scale, and follows the system where it is to choose.

    Signals:
        theme_changed: every widget has its new colours.
    """

    theme_changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._theme = "system"
        self._scale = 1.0
        self._shown: tuple[bool, float] | None = None
        self._folder = QTemporaryDir()
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    @property
    def is_dark(self) -> bool:
        """Whether the theme in force is the dark one."""
        if self._theme == "system":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._theme == "dark"

    def begin(self, name: str, *, lecture: bool) -> None:
        """Set everything before the first widget, which is then styled once."""
        self._theme = name if name in THEMES else THEMES[0]
        self._scale = tokens.SCALE_OF_LECTURES if lecture else 1.0
        self._apply()

    def set_theme(self, name: str) -> None:
        """Always be light or dark, or follow the system."""
        self._theme = name if name in THEMES else THEMES[0]
        self._apply()

    def set_lecture_mode(self, *, on: bool) -> None:
        """Enlarge type, lengths and strokes, or take it back."""
        self._scale = tokens.SCALE_OF_LECTURES if on else 1.0
        self._apply()

    def _on_system_scheme_changed(self) -> None:
        if self._theme == "system":
            self._apply()

    def _apply(self) -> None:
        wanted = (self.is_dark, self._scale)
        if wanted == self._shown:
            return
        self._shown = wanted
        # No half of the window is painted in the old theme and half in the new one.
        windows = [w for w in self._app.topLevelWidgets() if w.isVisible()]
        for window in windows:
            window.setUpdatesEnabled(False)
        self._restyle(dark=wanted[0], scale=wanted[1])
        for window in windows:
            window.setUpdatesEnabled(True)
        self.theme_changed.emit()

    def _restyle(self, *, dark: bool, scale: float) -> None:
        weights = self._weights()
        # From one sheet to another takes Qt three times as long as by way of none.
        self._app.setStyleSheet("")
        self._app.setPalette(palette_of(dark=dark))
        images = self._images(dark=dark)
        sheet = filled_sheet(dark=dark, scale=scale, images=images)
        font = label_font(scale)
        if font != self._app.font():
            self._app.setFont(font)
            QToolTip.setFont(font)
        self._app.setStyleSheet(sheet)
        for widget, font in weights:
            # Qt goes back to the first font that was set while there was a sheet.
            if isValid(widget) and widget.font().weight() != font.weight():
                widget.setFont(font)

    def _weights(self) -> list[tuple[QWidget, QFont]]:
        """The fonts that widgets have of their own; their sizes follow the window's."""
        own = Qt.WidgetAttribute.WA_SetFont
        widgets = self._app.allWidgets()
        return [(one, one.font()) for one in widgets if one.testAttribute(own)]

    def _images(self, *, dark: bool) -> dict[str, str]:
        """Files for the two images that a style sheet cannot take otherwise."""
        colours = theme.colours(dark=dark)
        paths = {}
        for name, (icon, token) in _IMAGES.items():
            shade = "dark" if dark else "light"
            path = Path(self._folder.path()) / f"{icon}-{shade}.svg"
            if not path.exists():
                path.write_text(svg_text(icon, colours.named(token)), encoding="utf-8")
            paths[name] = path.as_posix()
        return paths
