"""Every colour that carries data, and the sizes of type: one table for all panels.

The window's chrome takes its colours from the palette. Data colours are the same on a
dark and on a light palette, except for `neutral`, the colour of zero, which is the
background's. Blue stands for positive, orange-red for negative: safe for the common
kinds of colour blindness.
"""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QFont, QPalette

ByteTable = npt.NDArray[np.uint8]

POSITIVE: Final = (46, 134, 222)
NEGATIVE: Final = (230, 92, 35)
CORRECT: Final = (43, 160, 110)
WRONG: Final = (208, 60, 70)
SELECTED: Final = (245, 180, 30)
NOT_FINITE: Final = (214, 40, 214)
TRAIN_CURVE: Final = (46, 134, 222)
TEST_CURVE: Final = (230, 92, 35)
VALIDATION_CURVE: Final = (168, 104, 210)
ACCURACY_CURVE: Final = (43, 160, 110)
BRANCH_CURVE: Final = (140, 144, 154)
"""Colour of the curve of a branch that was left."""
CLASS_COLOURS: Final = (
    (46, 134, 222),
    (230, 92, 35),
    (43, 160, 110),
    (168, 104, 210),
    (214, 162, 30),
    (100, 180, 210),
    (208, 60, 110),
    (120, 130, 60),
    (150, 110, 80),
    (130, 130, 140),
)
LEVELS: Final = 256

DARK_PLANE: Final = (24, 26, 31)
LIGHT_PLANE: Final = (250, 250, 251)


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than its background."""
    window = palette.color(QPalette.ColorRole.Window).lightness()
    return palette.color(QPalette.ColorRole.WindowText).lightness() > window


def plane_colour(*, dark: bool) -> tuple[int, int, int]:
    """Background of pictures and plots, and the colour of a zero weight."""
    return DARK_PLANE if dark else LIGHT_PLANE


def ink_colour(*, dark: bool) -> tuple[int, int, int]:
    """Text and axes on a plane."""
    return (228, 230, 235) if dark else (28, 30, 36)


def faint_ink_colour(*, dark: bool) -> tuple[int, int, int]:
    """Secondary text and grid lines on a plane; 4.5:1 against it or better."""
    return (158, 163, 174) if dark else (94, 99, 110)


def _ramp(stops: list[tuple[int, int, int]]) -> ByteTable:
    position = np.linspace(0, len(stops) - 1, LEVELS)
    channels = np.asarray(stops, dtype=np.float64).T
    columns = [np.interp(position, np.arange(len(stops)), c) for c in channels]
    return np.ascontiguousarray(np.rint(np.stack(columns, axis=1)).astype(np.uint8))


@cache
def diverging_table(*, dark: bool) -> ByteTable:
    """(256, 3) for signed values on symmetric levels; the middle is the plane."""
    middle = plane_colour(dark=dark)
    far_negative = (255, 170, 110) if dark else (150, 44, 8)
    far_positive = (140, 205, 255) if dark else (10, 66, 140)
    return _ramp([far_negative, NEGATIVE, middle, POSITIVE, far_positive])


@cache
def activation_table(*, dark: bool) -> ByteTable:
    """(256, 3) for activations from 0 to full, dark to bright, in both themes.

    The same in both themes, like the grey levels of an image: black is 0.
    """
    del dark
    return _ramp([(16, 17, 20), (92, 80, 62), (196, 160, 88), (255, 236, 180)])


@cache
def landscape_table(*, dark: bool) -> ByteTable:
    """(256, 3) for heights, from deep blue valleys to pale heights, in both themes."""
    del dark
    return _ramp(
        [(20, 34, 84), (30, 78, 140), (38, 128, 150), (96, 172, 140), (212, 212, 140)]
    )


@cache
def grey_table() -> ByteTable:
    """(256, 3) black to white, for images as the network receives them."""
    return _ramp([(0, 0, 0), (255, 255, 255)])


def colour(rgb: tuple[int, int, int], alpha: int = 255) -> QColor:
    """A Qt colour of a table entry."""
    return QColor(*rgb, alpha)


def figures_font(base: QFont, *, scale: float = 1.0, bold: bool = False) -> QFont:
    """`base` with tabular figures, so that live numbers do not jump."""
    font = QFont(base)
    size = max(10.0, base.pointSizeF() * scale)
    if size != base.pointSizeF():
        # Only if it has one: a widget whose font has no size follows the window's size.
        font.setPointSizeF(size)
    font.setBold(bold)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
