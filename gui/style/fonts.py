"""The bundled font, Inter, in the three weights that the design uses.

Static files and not the variable one: Qt finds no weights in a variable font that an
application brings along, and thickens the plain one by itself.
"""

import logging
from functools import cache
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from core.platform.asset_files import asset_path
from gui.style import tokens

logger = logging.getLogger(__name__)

FILES: Final = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")
POINTS_ARE_PIXELS: Final = 72.0
"""Logical dots per inch of macOS, where a point is a pixel."""
SHARP_RATIO: Final = 1.25
"""Pixel ratio above which hinting only distorts."""


@cache
def load() -> None:
    """Make the font known to Qt; to be called before the first widget."""
    for name in FILES:
        if QFontDatabase.addApplicationFont(str(asset_path("fonts", name))) < 0:
            logger.warning("the bundled font %s cannot be read", name)


def label_points() -> float:
    """Points of a label on this screen, at a scale of 100 %."""
    role = tokens.type_role("label")
    screen = QGuiApplication.primaryScreen()
    if screen.logicalDotsPerInch() <= POINTS_ARE_PIXELS:
        return role.px
    return role.pt


def role_points(name: str) -> float:
    """Points of a role on this screen, at a scale of 100 %."""
    return label_points() * tokens.type_role(name).pt / tokens.type_role("label").pt


def label_font(scale: float) -> QFont:
    """The application's font: of labels, with figures of one width."""
    load()
    type_ = tokens.values()["type"]
    font = QFont([type_["family"], *type_["fallback"]])
    font.setPointSizeF(label_points() * scale)
    for feature, value in type_["features"].items():
        font.setFeature(QFont.Tag(feature), value)
    screen = QGuiApplication.primaryScreen()
    if screen.devicePixelRatio() > SHARP_RATIO:
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def role_font(base: QFont, name: str, *, strong: bool = False) -> QFont:
    """`base`, which is as large as a label, in the size and weight of a role."""
    label, role = tokens.type_role("label"), tokens.type_role(name)
    font = QFont(base)
    if role.pt != label.pt:
        font.setPointSizeF(base.pointSizeF() * role.pt / label.pt)
    font.setWeight(QFont.Weight(role.strong if strong else role.weight))
    return font


def scale_of(font: QFont) -> float:
    """How much larger than 100 % a label's font is; lengths grow with it."""
    return font.pointSizeF() / label_points()


def is_seen_from_afar(font: QFont) -> bool:
    """Whether text is as large as in a lecture: what is looked at goes first then."""
    return scale_of(font) >= tokens.SCALE_OF_LECTURES
