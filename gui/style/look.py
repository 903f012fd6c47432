"""The look of the whole application: theme, type and style sheet, set in one go."""

import logging
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtWidgets import QApplication, QToolTip

from gui.style import theme, tokens
from gui.style.fonts import label_font
from gui.style.icons import svg_text
from gui.style.palette import palette_of
from gui.style.sheet import filled_sheet

logger = logging.getLogger(__name__)

THEMES: Final = ("system", "light", "dark")


class Wanted(NamedTuple):
    """How the window is to look.

    Attributes:
        theme: one of THEMES.
        maps: which colours the signs have, such as "deutan".
        scale: of type, lengths and strokes; 1 for 100 %.
    """

    theme: str = "system"
    maps: str = tokens.USUAL_MAPS
    scale: float = 1.0


_IMAGES: Final = {"chevron": ("chevron-down", "ink2"), "check": ("check", "on_accent")}


class Look(QObject):
    """Applies a theme and a scale, and follows the system where it is to choose.

    Signals:
        theme_changed: every widget has its new colours.
        scale_changed: every widget has its new size of type.
    """

    theme_changed = Signal()
    scale_changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._wanted = Wanted()
        self._shown: tuple[bool, float, str] | None = None
        self._folder = QTemporaryDir()
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    @property
    def is_dark(self) -> bool:
        """Whether the theme in force is the dark one."""
        if self._wanted.theme == "system":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._wanted.theme == "dark"

    @property
    def wanted(self) -> Wanted:
        """What was asked for last."""
        return self._wanted

    def use(self, wanted: Wanted) -> None:
        """Change the look; before the first widget, which is then styled once."""
        self._wanted = wanted
        self._apply()

    def _on_system_scheme_changed(self) -> None:
        if self._wanted.theme == "system":
            self._apply()

    def _apply(self) -> None:
        wanted = (self.is_dark, self._wanted.scale, self._wanted.maps)
        before = self._shown
        if wanted == before:
            return
        self._shown = wanted
        # No half of the window is painted in the old theme and half in the new one.
        windows = [w for w in self._app.topLevelWidgets() if w.isVisible()]
        for window in windows:
            window.setUpdatesEnabled(False)
        dark, scale, maps = wanted
        tokens.use_maps(maps)
        if before is not None and before[:2] == wanted[:2]:
            self._tell_of_colours()
        else:
            self._restyle(dark=dark, scale=scale)
        for window in windows:
            window.setUpdatesEnabled(True)
        if before is None or before[1] != scale:
            self.scale_changed.emit()
        self.theme_changed.emit()

    def _tell_of_colours(self) -> None:
        """The palette is the same, so that Qt tells no widget of the other maps."""
        for widget in self._app.allWidgets():
            QApplication.sendEvent(widget, QEvent(QEvent.Type.PaletteChange))

    def _restyle(self, *, dark: bool, scale: float) -> None:
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
