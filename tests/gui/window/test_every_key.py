"""Each key in the help does what it says there, in a window as it is used."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from core.lessons.library import lesson_of
from core.values.parameter import Edit, Parameter, Unit
from gui.session.lessons.lesson_session import LessonSession
from gui.session.lessons.step_state import DO_NOT_KNOW
from gui.window.actions import ACTIONS
from gui.window.help_texts import KEYS
from gui.window.pictures.dialog import PictureDialog
from gui.window.text_dialog import TextDialog
from gui.window.workspaces import WORKSPACES, panels_of, shortcut_of
from tests.gui.support.whole_window import Glass, GlassMaker

TESTS = Path(__file__).parents[1]
ELSEWHERE = {
    " in own examples": "panels/experiment_form/test_inline_form.py",
    " where a panel fills the window": "window/test_window_looks.py",
}
"""Where keys of these places are tested."""
Check = Callable[["Keyboard"], None]


@dataclass
class Keyboard:
    """A window, and the file dialogs that it asked for instead of opening them."""

    glass: Glass
    asked: list[str]

    def press(self, keys: str) -> None:
        chord = QKeySequence(keys)[0]
        self.glass.press(chord.key(), chord.keyboardModifiers())


@pytest.fixture
def keyboard(glass: GlassMaker, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyboard]:
    asked: list[str] = []

    def ask(_parent: QWidget, title: str, *_: object) -> tuple[str, str]:
        asked.append(title)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *args: ask(*args)[0]
    )
    yield Keyboard(glass(), asked)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, TextDialog):
            widget.close()


def opens_a_file_dialog(keys: str) -> Check:
    def check(board: Keyboard) -> None:
        board.press(keys)
        assert len(board.asked) == 1

    return check


def opens_the_dialog_of_pictures(board: Keyboard) -> None:
    board.press("Ctrl+P")
    (dialog,) = board.glass.window.findChildren(PictureDialog)
    assert dialog.isVisible()
    dialog.reject()


def steps_to(keys: str, step: int) -> Check:
    """From step 1 of a run of 2 steps."""

    def check(board: Keyboard) -> None:
        glass = board.glass
        glass.session.take_steps(2)
        glass.rest_at(2)
        glass.session.go_to_step(1)
        glass.wait_until(lambda: glass.step == 1)
        board.press(keys)
        glass.wait_until(lambda: glass.step == step)

    return check


def goes_to_the_branch_that_was_left(board: Keyboard) -> None:
    glass = board.glass
    glass.session.take_steps(2)
    glass.rest_at(2)
    glass.session.go_to_step(1)
    glass.wait_until(lambda: glass.step == 1)
    glass.session.interventions.edit_params((Edit(Parameter(1, 0, 1), 0.5),))
    branch = glass.window.actions_by_key["go_to_branch"]
    glass.wait_until(branch.isEnabled)
    board.press("Ctrl+B")
    glass.wait_until(lambda: glass.step == 2)


def starts_anew(keys: str, *, other_weights: bool) -> Check:
    def check(board: Keyboard) -> None:
        glass = board.glass
        seed = glass.view.run.experiment.training.seed
        glass.session.take_steps(2)
        glass.rest_at(2)
        board.press(keys)
        glass.wait_for_run(after=1)
        assert glass.step == 0
        assert (glass.view.run.experiment.training.seed != seed) == other_weights

    return check


def changes_speed(keys: str, by: int) -> Check:
    def check(board: Keyboard) -> None:
        speed = board.glass.window.speed
        before = speed.position
        board.press(keys)
        assert speed.position == before + by

    return check


def switches(keys: str, action: str) -> Check:
    def check(board: Keyboard) -> None:
        switch = board.glass.window.actions_by_key[action]
        for on in (True, False):
            board.press(keys)
            assert switch.isChecked() == on

    return check


def shows_workspaces(board: Keyboard) -> None:
    """All of them in one window."""
    window = board.glass.window
    for index in range(10):
        window.show_workspace(WORKSPACES[index - 1].key)
        board.press(shortcut_of(index + 1))
        assert window.tabs.currentIndex() == index
        shown = panels_of(WORKSPACES[index].area)[0]
        assert window.docks[shown].isVisible()


def shows_stage(keys: str, position: int) -> Check:
    """From the second of the stages."""

    def check(board: Keyboard) -> None:
        board.glass.show_workspace("backprop")
        stepper = board.glass.panel("backprop").stepper
        stepper.go_to(1)
        board.press(keys)
        count = len(board.glass.panel("backprop")._stages)
        assert stepper.position == position % count

    return check


def undo(board: Keyboard) -> None:
    glass = board.glass
    before = glass.session.experiment
    glass.session.document.edit({"training.learning_rate": 0.5})
    board.press("Ctrl+Z")
    assert glass.session.experiment == before


def redo(board: Keyboard) -> None:
    glass = board.glass
    for keys in ("Ctrl+Shift+Z", "Ctrl+Y"):
        glass.session.document.edit({"training.learning_rate": 0.5})
        after = glass.session.experiment
        glass.session.document.undo_stack.undo()
        board.press(keys)
        assert glass.session.experiment == after
        glass.session.document.undo_stack.undo()


def play(board: Keyboard) -> None:
    board.press("Space")
    assert board.glass.session.playing
    board.press("Space")
    assert not board.glass.session.playing


def step_epoch(board: Keyboard) -> None:
    glass = board.glass
    board.press("Shift+Right")
    glass.rest_at(glass.view.snapshot.steps_per_epoch)


def step(board: Keyboard) -> None:
    board.press("Right")
    board.glass.rest_at(1)


def quit_program(board: Keyboard) -> None:
    board.press("Ctrl+Q")
    assert not board.glass.window.isVisible()


def show_help(board: Keyboard) -> None:
    board.press("F1")
    (dialog,) = board.glass.window.findChildren(TextDialog)
    assert dialog.isVisible()
    assert "Ctrl+Shift+Z" in dialog.text.toPlainText()


def opens_the_menu(board: Keyboard) -> None:
    board.press("F10")
    menu = board.glass.window.header.mark.menu()
    assert menu.isVisible()
    menu.close()


def walk_by_tab(board: Keyboard) -> None:
    board.press("Tab")
    first = QApplication.focusWidget()
    board.press("Tab")
    assert QApplication.focusWidget() not in (first, board.glass.window)
    board.press("Shift+Tab")
    assert QApplication.focusWidget() is first


def leave_field(board: Keyboard) -> None:
    field = board.glass.window.player.timeline.field
    board.glass.focus(field)
    board.glass.type("12")
    board.press("Esc")
    assert not field.hasFocus()
    assert field.text() == "0"


def select_nothing(board: Keyboard) -> None:
    glass = board.glass
    glass.session.select(Unit(1, 0))
    glass.focus(glass.panel("network").canvas)
    board.press("Esc")
    assert glass.view.selection is None


def play_stages(board: Keyboard) -> None:
    board.glass.show_workspace("backprop")
    stepper = board.glass.panel("backprop").stepper
    for playing in (True, False):
        board.press("Alt+P")
        assert stepper.is_playing == playing


def shows_lessons(board: Keyboard) -> None:
    board.press("F2")
    panel = board.glass.window.lessons.panel
    assert panel is not None
    assert panel.isVisible()
    board.press("F2")
    assert not panel.isVisible()


def in_a_lesson(keys: str, place: int) -> Check:
    """From the second step."""

    def check(board: Keyboard) -> None:
        session = open_a_lesson(board)
        session.go_to(1)
        board.press(keys)
        assert session.place == place

    return check


def triggers(keys: str, action: str) -> Check:
    """What it then does is held by tests of its own."""

    def check(board: Keyboard) -> None:
        acted = board.glass.window.actions_by_key[action]
        heard: list[str] = []
        acted.triggered.disconnect()
        acted.triggered.connect(lambda *_: heard.append(action))
        board.press(keys)
        assert heard == [action]

    return check


def answers(number: int) -> Check:
    def check(board: Keyboard) -> None:
        session = open_a_lesson(board)
        board.press(str(number))
        # The lesson has two answers, and after them that one does not know.
        chosen = {1: 0, 2: 1, 3: DO_NOT_KNOW}
        assert session.state.answer == chosen.get(number)

    return check


def tells_the_answer(keys: str) -> Check:
    def check(board: Keyboard) -> None:
        session = open_a_lesson(board)
        board.press(keys)
        assert session.state.is_revealed

    return check


def open_a_lesson(board: Keyboard) -> LessonSession:
    lessons = board.glass.window.lessons
    lessons.open(lesson_of("one-unit"))
    return lessons.session


def copies(keys: str) -> Check:
    """Numbers, or a picture; which ones is held by the tests of copying."""

    def check(board: Keyboard) -> None:
        clipboard = QApplication.clipboard()
        board.glass.session.select(Unit(1, 2))
        clipboard.clear()
        board.press(keys)
        if keys == "Ctrl+C":
            assert "z⁽¹⁾₂" in clipboard.text()
        else:
            assert not clipboard.image().isNull()

    return check


CHECKS: dict[tuple[str, str], Check] = {
    ("Ctrl+O", ""): opens_a_file_dialog("Ctrl+O"),
    ("Ctrl+Shift+O", ""): opens_a_file_dialog("Ctrl+Shift+O"),
    ("F2", ""): shows_lessons,
    ("PgDown", " in a lesson"): in_a_lesson("PgDown", 2),
    ("PgUp", " in a lesson"): in_a_lesson("PgUp", 0),
    ("1", " in a lesson"): answers(1),
    ("2", " in a lesson"): answers(2),
    ("3", " in a lesson"): answers(3),
    ("4", " in a lesson"): answers(4),
    ("5", " in a lesson"): answers(5),
    ("Return", " in a lesson"): tells_the_answer("Return"),
    ("Enter", " in a lesson"): tells_the_answer("Enter"),
    ("Ctrl+S", ""): opens_a_file_dialog("Ctrl+S"),
    ("Ctrl+Shift+S", ""): opens_a_file_dialog("Ctrl+Shift+S"),
    ("Ctrl+E", ""): opens_a_file_dialog("Ctrl+E"),
    ("Ctrl+P", ""): opens_the_dialog_of_pictures,
    ("Ctrl+Q", ""): quit_program,
    ("Ctrl+Z", ""): undo,
    ("Ctrl+Shift+Z", ""): redo,
    ("Space", ""): play,
    ("Right", ""): step,
    ("Shift+Right", ""): step_epoch,
    ("Left", ""): steps_to("Left", 0),
    ("Ctrl+Right", ""): steps_to("Ctrl+Right", 2),
    ("Ctrl+End", ""): steps_to("Ctrl+End", 2),
    ("Ctrl+B", ""): goes_to_the_branch_that_was_left,
    ("R", ""): starts_anew("R", other_weights=False),
    ("N", ""): starts_anew("N", other_weights=True),
    ("-", ""): changes_speed("-", -1),
    ("+", ""): changes_speed("+", 1),
    ("F9", ""): switches("F9", "lecture_mode"),
    ("F11", ""): switches("F11", "full_screen"),
    ("F10", ""): opens_the_menu,
    ("F1", ""): show_help,
    ("Ctrl+C", ""): copies("Ctrl+C"),
    ("Ctrl+Shift+C", ""): copies("Ctrl+Shift+C"),
    ("Ctrl+K", ""): triggers("Ctrl+K", "find"),
    ("Ctrl+V", ""): triggers("Ctrl+V", "paste"),
    ("Shift+F1", ""): triggers("Shift+F1", "panel_help"),
    ("Ctrl+M", ""): triggers("Ctrl+M", "messages"),
    ("Ctrl+,", ""): triggers("Ctrl+,", "settings"),
    (shortcut_of(1), ""): shows_workspaces,
    ("Tab", ""): walk_by_tab,
    ("Shift+Tab", ""): walk_by_tab,
    ("Esc", " in a field"): leave_field,
    ("Esc", " in the network"): select_nothing,
    ("Alt+Left", " in Backprop"): shows_stage("Alt+Left", 0),
    ("Alt+Right", " in Backprop"): shows_stage("Alt+Right", 2),
    ("Alt+Home", " in Backprop"): shows_stage("Alt+Home", 0),
    ("Alt+End", " in Backprop"): shows_stage("Alt+End", -1),
    ("Alt+P", " in Backprop"): play_stages,
}

WITH_ANOTHER = {
    **{(shortcut_of(k + 1), ""): (shortcut_of(1), "") for k in range(1, 10)},
}
"""Keys that are pressed in the check of another."""


def test_every_key_of_the_help_has_its_check() -> None:
    keys = {(action.shortcut, "") for action in ACTIONS if action.shortcut}
    keys |= {(shortcut_of(k + 1), "") for k in range(len(WORKSPACES))} - {("", "")}
    for row in KEYS:
        # What a control does with its keys is held by the tests of its panel.
        if not row.control and row.where not in ELSEWHERE:
            keys |= {(key, row.where) for key in row.keys}
    assert {*CHECKS, *WITH_ANOTHER} == keys | {("Esc", " in the network")}
    assert set(WITH_ANOTHER.values()) <= set(CHECKS)
    assert all((TESTS / path).is_file() for path in ELSEWHERE.values())


@pytest.mark.parametrize("key", CHECKS, ids=lambda key: "".join(key))
def test_a_key_does_what_the_help_says(
    keyboard: Keyboard, key: tuple[str, str]
) -> None:
    CHECKS[key](keyboard)
