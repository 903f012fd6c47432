"""Which keys an action may have: pure rules over the one table of actions."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from core.values.words import tr
from gui.session.preferences.model import Preferences
from gui.window.actions import ACTIONS, ActionSpec, keys_of, spec_of
from gui.window.help_texts import KEYS

_FIXED: Final = ("Return", "Enter", "Backspace", "Delete")
_MODIFIERS: Final = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
)


def why_never(keys: str) -> str:
    """Why no action may have these keys; empty where one may."""
    sequence = QKeySequence(keys)
    if sequence.isEmpty():
        return ""
    if sequence.count() > 1:
        return tr("One press is one key: give it one key, with Ctrl, Shift or Alt")
    if sequence[0].key() in _MODIFIERS:  # type: ignore[index]
        return tr("Press another key with it")
    for row in KEYS:
        # A control takes its keys only where it has the focus.
        is_fixed = any(QKeySequence(key) == sequence for key in row.keys)
        if is_fixed and not row.control:
            return tr(
                "It is needed{where}: {what}{row_what}",
                where=row.where,
                what=row.what[0].lower(),
                row_what=row.what[1:],
            )
    if any(QKeySequence(key) == sequence for key in _FIXED):
        return tr("Fields and tables need it")
    return ""


def owner_of(keys: str, settings: Preferences, *, but: str = "") -> ActionSpec | None:
    """The action that has these keys already.

    Args:
        keys: a key sequence.
        settings: in force.
        but: the key of an action that is not meant.
    """
    wanted = QKeySequence(keys)
    if wanted.isEmpty():
        return None
    for spec in ACTIONS:
        taken = map(QKeySequence, keys_of(spec, settings))
        if spec.key != but and any(wanted == one for one in taken):
            return spec
    return None


def places_of(keys: str) -> tuple[str, ...]:
    """Where a control with the focus takes these keys itself, as "in the network"."""
    wanted = QKeySequence(keys)
    rows = [row for row in KEYS if row.control]
    found = [r for r in rows if any(QKeySequence(key) == wanted for key in r.keys)]
    return tuple(dict.fromkeys(row.where.strip() for row in found))


def with_keys(settings: Preferences, key: str, keys: str) -> Preferences:
    """The same with other keys for an action, which no other action keeps."""
    owner = owner_of(keys, settings, but=key)
    if owner is not None:
        settings = settings.with_shortcut(owner.key, "", owner.shortcut)
    return settings.with_shortcut(key, keys, spec_of(key).shortcut)


def as_it_came(settings: Preferences, key: str) -> Preferences:
    """The same with the keys that an action came with."""
    return with_keys(settings, key, spec_of(key).shortcut)
