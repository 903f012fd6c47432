"""Whether things may move into place: one answer for the program."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)
_reduced = False


def is_reduced() -> bool:
    """Whether nothing may move that the user did not ask to move."""
    return _reduced


def use(wish: str) -> None:
    """Take a wish: "full", "reduced", or "system", which Qt knows as its effects."""
    global _reduced
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    has_effects = any(map(_are_usual, _EFFECTS))
    _reduced = wish == "reduced" or (wish == "system" and not has_effects)
    for effect in _EFFECTS:
        wanted = _are_usual(effect) if wish == "system" else wish == "full"
        if app.isEffectEnabled(effect) != wanted:
            app.setEffectEnabled(effect, wanted)


_usual: dict[Qt.UIEffect, bool] = {}


def _are_usual(effect: Qt.UIEffect) -> bool:
    """As the system had it before anything was changed."""
    if effect not in _usual:
        _usual[effect] = QApplication.isEffectEnabled(effect)
    return _usual[effect]
