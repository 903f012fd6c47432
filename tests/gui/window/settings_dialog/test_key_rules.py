"""Which keys an action may have."""

import pytest

from gui.session.preferences.model import Preferences
from gui.window.actions import ACTIONS, keys_of, spec_of
from gui.window.settings_dialog.key_rules import (
    as_it_came,
    owner_of,
    why_never,
    with_keys,
)


def test_no_two_actions_come_with_the_same_key_and_none_with_a_forbidden_one() -> None:
    usual = Preferences()
    for spec in ACTIONS:
        for keys in keys_of(spec, usual):
            assert owner_of(keys, usual, but=spec.key) is None
            assert why_never(keys) == "", keys


@pytest.mark.parametrize("keys", ["Tab", "Esc", "Return", "Alt+P", "Ctrl+K, Ctrl+S"])
def test_keys_that_something_else_needs_are_refused(keys: str) -> None:
    assert why_never(keys)


def test_keys_move_from_one_action_to_another_and_back() -> None:
    moved = with_keys(Preferences(), "reset", "Ctrl+Y")
    # Redo has two keys, and gives up both rather than half of them.
    assert keys_of(spec_of("redo"), moved) == ()
    assert keys_of(spec_of("reset"), moved) == ("Ctrl+Y",)
    again = as_it_came(as_it_came(moved, "reset"), "redo")
    assert again == Preferences()


def test_no_keys_at_all_are_possible() -> None:
    none = with_keys(Preferences(), "reset", "")
    assert keys_of(spec_of("reset"), none) == ()
    assert owner_of("R", none) is None
