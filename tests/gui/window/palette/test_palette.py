"""The command palette in the window: by keys, by the mouse, with reasons."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.values.parameter import Unit
from gui.window.actions import ACTIONS
from gui.window.palette.matching import Hit
from gui.window.palette.palette import CommandPalette
from gui.window.palette.row_painter import shown_remark
from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import Glass, GlassMaker

KEY = Qt.Key


class Opened:
    """A window whose palette is open."""

    def __init__(self, glass: Glass) -> None:
        self.glass = glass
        glass.press(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert self.palette.isVisible()
        assert self.palette.line.hasFocus()

    @property
    def palette(self) -> CommandPalette:
        return self.glass.window.command_palette

    @property
    def titles(self) -> list[str]:
        return [hit.entry.title for hit in self.palette.results.hits]

    @property
    def chosen(self) -> str:
        hit = self.palette.results.chosen
        return "" if hit is None else hit.entry.title

    @property
    def foot(self) -> str:
        return self.palette.card._foot.text()

    def type(self, text: str) -> None:
        self.palette.line.clear()
        QTest.keyClicks(self.palette.line, text)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key)


@pytest.fixture
def opened(glass: GlassMaker) -> Opened:
    return Opened(glass())


def test_a_setting_is_changed_in_its_row_and_a_wrong_value_says_why(
    opened: Opened,
) -> None:
    opened.type("learn rate")
    assert opened.chosen == "Learning rate"
    opened.press(KEY.Key_Tab)
    editor = QApplication.focusWidget()
    assert editor is not opened.palette.line
    editor.selectAll()
    QTest.keyClicks(editor, "-3")
    opened.press(KEY.Key_Return)
    before = opened.glass.session.experiment.training.learning_rate
    assert "\N{MINUS SIGN}3" in opened.foot
    # What was refused does not wait in the form, either.
    assert opened.glass.session.document.draft.pending == {}
    editor.selectAll()
    QTest.keyClicks(editor, "0.25")
    opened.press(KEY.Key_Return)
    assert opened.glass.session.experiment.training.learning_rate == 0.25 != before
    assert opened.palette.line.hasFocus()
    opened.press(KEY.Key_Escape)
    assert not opened.palette.isVisible()


def test_a_choice_goes_through_its_values_and_is_in_force_at_once(
    opened: Opened,
) -> None:
    window = opened.glass.window
    opened.type("theme")
    opened.press(KEY.Key_Tab, KEY.Key_Right, KEY.Key_Escape)
    assert window.preferences.now.theme == "system"
    opened.press(KEY.Key_Tab, KEY.Key_Right, KEY.Key_Return)
    assert window.preferences.now.theme == "dark"
    assert window.look.is_dark
    hit = opened.palette.results.chosen
    assert hit is not None
    assert hit.entry.change is not None
    assert hit.entry.change.text == "Dark"


def test_places_are_found_by_what_they_are_called(opened: Opened) -> None:
    opened.type("hidden 1 · 2")
    opened.press(KEY.Key_Return)
    assert opened.glass.view.selection == Unit(1, 2)
    again = Opened(opened.glass)
    again.type("hidden 1 99")
    assert "The units of this layer are 0 to" in again.foot
    again.press(KEY.Key_Return)
    assert again.palette.isVisible()
    again.type("step 1200")
    assert again.chosen == "Step 1,200"
    assert "The run has 0 steps so far" in again.foot
    again.press(KEY.Key_Escape)
    opened.glass.window.actions_by_key["step_batch"].trigger()
    opened.glass.rest_at(1)
    third = Opened(opened.glass)
    third.type("step 0")
    third.press(KEY.Key_Return)
    third.glass.wait_until(lambda: third.glass.step == 0)


def test_it_lists_every_action_of_the_one_table_and_says_why_one_is_disabled(
    opened: Opened,
) -> None:
    listed = {entry.key for entry in opened.palette._contents.entries()}
    assert {spec.key for spec in ACTIONS} - listed == {"find"}
    assert {f"workspace_{w.key}" for w in WORKSPACES} <= listed
    opened.type("step back")
    assert opened.chosen == "Step back"
    opened.press(KEY.Key_Return)
    assert opened.foot == "This is step 0: there is none before it"
    assert opened.palette.isVisible()
    tip = opened.glass.window.actions_by_key["step_back"].toolTip()
    assert "This is step 0" in tip


def test_every_action_that_may_be_disabled_has_a_reason() -> None:
    may_be = {"undo", "redo", "step_back", "step_forward", "go_to_end", "go_to_branch"}
    assert {spec.key for spec in ACTIONS if spec.missing} == may_be


def test_a_click_runs_a_row_and_one_beside_the_card_closes(opened: Opened) -> None:
    opened.type("workspace health")
    results = opened.palette.results
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    middle = results.visualRect(results.currentIndex()).center()
    QTest.mouseClick(results.viewport(), left, none, middle)
    assert opened.glass.window.tabs.currentIndex() == 4
    assert not opened.palette.isVisible()
    again = Opened(opened.glass)
    QTest.mouseClick(again.palette, left, none, QPoint(5, 300))
    assert not again.palette.isVisible()


def test_no_key_of_the_window_works_while_it_is_open(opened: Opened) -> None:
    opened.type("r n+ ")
    assert opened.palette.line.text() == "r n+ "
    assert not opened.glass.session.playing
    assert opened.glass.run_id == 1
    opened.press(KEY.Key_Down, KEY.Key_Escape)
    assert QApplication.focusWidget() is opened.glass.window


def test_a_lesson_is_found_by_its_title_and_opened(opened: Opened) -> None:
    opened.type("chain rule")
    assert "Lesson: The chain rule on four units" in opened.titles
    opened.type("lesson first look")
    opened.press(KEY.Key_Return)
    lesson = opened.glass.window.lessons.session.lesson
    assert lesson is not None
    assert lesson.key == "first-look"


def test_a_number_alone_is_no_step_that_the_run_does_not_have(opened: Opened):
    opened.type("13,002")
    assert "The 13,002 dials" in opened.chosen
    assert not any(title.startswith("Step ") for title in opened.titles)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_row_shows_whole_clauses_of_what_it_says_of_itself(
    opened: Opened, scale: float
) -> None:
    """Also where a row was found by what it means, which is its longest text."""
    opened.glass.window.resize(1280, 720)
    look = opened.glass.window.look
    look.use(look.wanted._replace(scale=scale))
    opened.type("a")
    results = opened.palette.results
    entries = {hit.entry.key: hit.entry for hit in results.hits}
    for text in "eiou":
        opened.type(text)
        entries |= {hit.entry.key: hit.entry for hit in results.hits}
    assert len(entries) > 80
    row = QRect(0, 0, results.viewport().width(), 40)
    for entry in entries.values():
        for hit in (Hit(entry), Hit(entry, by_meaning=bool(entry.meaning))):
            shown = shown_remark(row, hit, results.font())
            assert shown or not hit.remark, hit.remark
            assert hit.remark.startswith(shown)
            assert hit.remark[len(shown) :][:1] in ("", ".", ";", ":"), shown
