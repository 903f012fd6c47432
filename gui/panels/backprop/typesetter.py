"""Formulas set by ziamath as images: one in each turn of the event loop."""

import re
from collections import OrderedDict
from typing import Final, NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from gui.runtime.slow_import import SlowImport

MOST_KEPT: Final = 600
AXIS: Final = 0.258
"""Height of the bars of fractions above the baseline, in the font's size."""
_VIEW_BOX: Final = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')


class Setting(NamedTuple):
    """A formula and its appearance; `pixels` is the size of its letters."""

    latex: str
    pixels: float
    colour: str
    ratio: float


class Typesetter(QObject):
    """Keeps what it has set.

    Setting a symbol takes some milliseconds, so one is done in each turn of the event
    loop; importing ziamath takes longer than a frame and has a thread of its own.

    Signals:
        caught_up: every requested formula is ready.
    """

    caught_up = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Setting, QImage] = OrderedDict()
        self._waiting: list[Setting] = []
        self._import = SlowImport("ziamath", self)
        self._import.ended.connect(self._on_import_ended)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def image(self, setting: Setting) -> QImage | None:
        """The formula, fraction bars at half its height; None until it is ready."""
        found = self._kept.get(setting)
        if found is not None:
            self._kept.move_to_end(setting)
            return found
        if setting not in self._waiting:
            self._waiting.append(setting)
        if self._import.is_done:
            self._timer.start()
        else:
            self._import.start()
        return None

    @property
    def is_waiting(self) -> bool:
        """Whether something that was asked for is still to be set."""
        return bool(self._waiting)

    def forget_waiting(self) -> None:
        """Drop the formulas that are not needed any more."""
        self._waiting.clear()

    def _on_import_ended(self) -> None:
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        if self._waiting:
            setting = self._waiting.pop(0)
            self._kept[setting] = set_formula(setting)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        if not self._waiting:
            self._timer.stop()
            self.caught_up.emit()


def set_formula(setting: Setting) -> QImage:
    """Set one formula now; the first time it imports ziamath."""
    from ziamath.config import config
    from ziamath.zmath import Latex

    # Qt draws paths; it does not know the symbols of SVG 2.
    config.svg2 = False
    formula = Latex(setting.latex, size=setting.pixels, color=setting.colour)
    svg = formula.svg()
    found = _VIEW_BOX.search(svg)
    assert found is not None
    _, top, width, height = (float(number) for number in found.groups())
    # The baseline is at 0 and y grows downwards.
    axis = -AXIS * setting.pixels
    half = max(axis - top, top + height - axis)
    size = (width * setting.ratio, 2 * half * setting.ratio)
    image = QImage(
        max(1, round(size[0])),
        max(1, round(size[1])),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(setting.ratio)
    image.fill(0)
    painter = QPainter(image)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    renderer.render(painter, QRectF(0, half - (axis - top), width, height))
    painter.end()
    return image
