"""The look of the whole application: theme, type and style sheet, set in one go."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
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
_SAME: Final = 0.01
"""Points by which two sizes may differ, from rounding."""


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
        restyling: the style sheet is about to be replaced.
        restyled: it was.
    """

    theme_changed = Signal()
    restyling = Signal()
    restyled = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._wanted = Wanted()
        self._shown: tuple[bool, float, str] | None = None
        # Not Qt's own: whose Python object dies with the process, it stays.
        self._folder = TemporaryDirectory(prefix="glassbox-")
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

    @contextmanager
    def borrowed(self, *, dark: bool) -> Iterator[None]:
        """All widgets in a theme, which no window shows meanwhile.

        What they look like on the screen stays there, until they are again as before.
        """
        shown = self._shown
        if shown is None or shown[0] == dark:
            yield
            return
        windows = [w for w in self._app.topLevelWidgets() if w.isVisible()]
        for window in windows:
            window.setUpdatesEnabled(False)
        try:
            self._restyle_all(dark=dark, scale=shown[1])
            yield
        finally:
            # The system's theme may have changed meanwhile.
            was_dark, scale, _ = self._shown or shown
            self._restyle_all(dark=was_dark, scale=scale)
            for window in windows:
                if isValid(window):
                    window.setUpdatesEnabled(True)

    def _restyle_all(self, *, dark: bool, scale: float) -> None:
        self.restyling.emit()
        self._restyle(dark=dark, scale=scale)
        self.restyled.emit()

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
            self._restyle_all(dark=dark, scale=scale)
        for window in windows:
            window.setUpdatesEnabled(True)
        self.theme_changed.emit()

    def _tell_of_colours(self) -> None:
        """The palette is the same, so that Qt tells no widget of the other maps."""
        for widget in self._app.allWidgets():
            QApplication.sendEvent(widget, QEvent(QEvent.Type.PaletteChange))

    def _restyle(self, *, dark: bool, scale: float) -> None:
        fonts, before = self._fonts(), self._app.font().pointSizeF()
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
        growth = font.pointSizeF() / before
        for widget, own in fonts:
            # Qt goes back to the first font that was set while there was a sheet.
            if isValid(widget) and not _is_like(widget.font(), own, growth):
                own.setPointSizeF(own.pointSizeF() * growth)
                widget.setFont(own)

    def _fonts(self) -> list[tuple[QWidget, QFont]]:
        """The fonts that widgets have of their own; they grow with the window's."""
        own = Qt.WidgetAttribute.WA_SetFont
        widgets: list[object] = list(self._app.allWidgets())
        # PySide may know an address by an item of a layout that was there before.
        sound = (one for one in widgets if isinstance(one, QWidget))
        return [(one, one.font()) for one in sound if one.testAttribute(own)]

    def _images(self, *, dark: bool) -> dict[str, str]:
        """Files for the two images that a style sheet cannot take otherwise."""
        colours = theme.colours(dark=dark)
        paths = {}
        for name, (icon, token) in _IMAGES.items():
            shade = "dark" if dark else "light"
            path = Path(self._folder.name) / f"{icon}-{shade}.svg"
            if not path.exists():
                path.write_text(svg_text(icon, colours.named(token)), encoding="utf-8")
            paths[name] = path.as_posix()
        return paths


def _is_like(font: QFont, before: QFont, growth: float) -> bool:
    """Whether a font is as heavy as before, and has grown as it should."""
    size = before.pointSizeF() * growth
    return font.weight() == before.weight() and abs(font.pointSizeF() - size) < _SAME
