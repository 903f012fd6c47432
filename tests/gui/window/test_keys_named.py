"""Every key that is named in help, a menu or a tooltip exists and is free to work."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget

import gui
from gui.style import key_names
from gui.style.key_names import key_text, with_modifier
from gui.window.help_texts import shortcuts_text
from gui.window.panel_table import PANELS
from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import Glass, GlassMaker

MODIFIED = re.compile(r"(?:(?:Ctrl|Alt|Shift|Meta)\+)+\S+?(?=[\s,;.):<]|$)")
QTS_OWN = {"Tab", "Shift+Tab", "Ctrl+wheel"}


def named_keys(text: str) -> set[str]:
    """The key sequences in a text for people, with their modifiers."""
    return set(MODIFIED.findall(text))


def tooltips(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        yield widget.toolTip()
        if isinstance(widget, QTabBar):
            yield from (widget.tabToolTip(k) for k in range(widget.count()))
    for action in window.findChildren(QAction):
        yield action.toolTip()


def shortcuts(window: QWidget) -> list[QKeySequence]:
    found = [key for a in window.findChildren(QAction) for key in a.shortcuts()]
    return found + [shortcut.key() for shortcut in window.findChildren(QShortcut)]


def is_done_by_a_control(window: QWidget, keys: str) -> bool:
    """Whether some control claims the keys while it has the focus."""
    chord = QKeySequence(keys)[0]
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, chord.key(), chord.keyboardModifiers()
    )
    claims = [getattr(w, "keeps_key", None) for w in window.findChildren(QWidget)]
    return any(claim is not None and claim(event) for claim in claims)


@pytest.fixture
def whole(glass: GlassMaker) -> Glass:
    window = glass("digits")
    for entry in PANELS:
        window.panel(entry.key)
    return window


def test_every_key_named_in_help_and_tooltips_does_something(whole: Glass) -> None:
    window = whole.window
    named = named_keys(shortcuts_text(window.actions_by_key))
    for tip in tooltips(window):
        named |= named_keys(tip)
    assert {"Ctrl+E", "Ctrl+0", "Alt+P", "Ctrl+Shift+Z"} <= named
    known = {key.toString() for key in shortcuts(window)} | QTS_OWN
    # The editor of own examples takes its keys itself.
    known.add("Ctrl+Return")
    lost = {k for k in named - known if not is_done_by_a_control(window, k)}
    assert lost == set()


def test_no_two_actions_of_the_window_share_a_key(whole: Glass) -> None:
    context = Qt.ShortcutContext.WindowShortcut
    actions = [
        (key.toString(), action.text())
        for action in set(whole.window.findChildren(QAction))
        if action.shortcutContext() == context
        for key in action.shortcuts()
    ]
    actions += [
        (shortcut.key().toString(), "shortcut")
        for shortcut in whole.window.findChildren(QShortcut)
        if shortcut.context() == context
    ]
    keys = [key for key, _ in actions]
    assert sorted(keys) == sorted(set(keys))


def test_only_ten_workspaces_have_a_key_and_the_tenth_is_0(whole: Glass) -> None:
    tabs = whole.window.tabs
    tips = [tabs.tabToolTip(k) for k in range(tabs.count())]
    assert len(tips) == len(WORKSPACES)
    assert "(Ctrl+0)" in tips[9]
    assert not any("Ctrl" in tip for tip in tips[10:])


def test_the_keys_of_backpropagation_work_in_its_workspace(glass: GlassMaker) -> None:
    window = glass(workspace="backprop")
    stepper = window.panel("backprop").stepper
    window.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert stepper.is_playing
    window.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert not stepper.is_playing
    window.press(Qt.Key.Key_End, Qt.KeyboardModifier.AltModifier)
    assert stepper.position > 0
    window.press(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert stepper.position == 0


def test_no_letter_in_a_panel_takes_a_key_of_the_menus_or_a_shortcut(
    whole: Glass,
) -> None:
    window = whole.window
    taken = {QKeySequence.mnemonic(a.text()) for a in window.menu_bar.actions()}
    taken |= set(shortcuts(window))
    texts = [w.text() for w in window.findChildren(QAbstractButton)]
    texts += [w.text() for w in window.findChildren(QLabel) if w.buddy() is not None]
    letters = {text: QKeySequence.mnemonic(text) for text in texts}
    clashing = {
        text for text, key in letters.items() if key in taken and not key.isEmpty()
    }
    assert clashing == set()


def test_keys_are_printed_with_the_signs_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert key_text("Ctrl+Shift+Z") == "Ctrl+Shift+Z"
    assert with_modifier("Ctrl", "wheel") == "Ctrl+wheel"

    class OnMac(QKeySequence):
        def toString(self, _form: object = None) -> str:  # noqa: N802
            return super().toString().replace("Ctrl+", "\N{PLACE OF INTEREST SIGN}")

    monkeypatch.setattr(key_names, "QKeySequence", OnMac)
    OnMac.SequenceFormat = QKeySequence.SequenceFormat  # type: ignore[misc]
    assert with_modifier("Ctrl", "wheel") == "\N{PLACE OF INTEREST SIGN}wheel"


def _printed_strings(tree: ast.AST) -> Iterator[str]:
    """String constants that are neither docstrings nor keys for Qt or key_text."""
    kept: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            kept.add(node.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            only_keys = QKeySequence(node.value).toString() == node.value
            if node not in kept and not (only_keys or node.value == "Ctrl+"):
                yield node.value


def test_no_text_spells_a_modifier_by_itself() -> None:
    root = Path(gui.__path__[0])
    spelled = [
        (path.name, text)
        for path in root.rglob("*.py")
        for text in _printed_strings(ast.parse(path.read_text(encoding="utf-8")))
        if re.search(r"\b(Ctrl|Alt|Meta)\+", text)
    ]
    assert spelled == []
