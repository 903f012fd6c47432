"""The first minute: the sheet with its doors, and three hints."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from core.experiment.presets import load_preset
from core.values.parameter import Unit
from gui.launch.app import Opening, begin
from gui.window.first_start.welcome import is_wanted
from gui.window.player.speed import SPEEDS
from gui.window.window_settings import WindowSettings
from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import Glass, GlassMaker


@pytest.fixture
def first(glass: GlassMaker) -> Glass:
    """A window with the sheet over it."""
    window = glass("digits")
    window.window.actions_by_key["welcome"].trigger()
    assert window.window.welcome.is_open
    return window


def workspace_of(window: Glass) -> str:
    return WORKSPACES[window.window.tabs.currentIndex()].key


def door(window: Glass, key: str) -> None:
    veil = window.window.welcome.veil
    assert veil is not None
    QTest.mouseClick(veil.first.doors[key], Qt.MouseButton.LeftButton)
    assert not window.window.welcome.is_open


def test_the_sheet_waits_for_one_press_and_then_it_learns(first: Glass) -> None:
    veil = first.window.welcome.veil
    assert veil is not None
    assert first.step == 0
    assert not first.session.playing
    assert veil.first.watch.hasFocus()
    texts = [label.text() for label in veil.first.findChildren(QLabel)]
    assert any(text.startswith("13,002 numbers") for text in texts)
    first.press(Qt.Key.Key_Return)
    assert not first.window.welcome.is_open
    first.wait_until(lambda: first.step > 3)


def test_playing_by_its_key_takes_the_sheet_away(first: Glass) -> None:
    first.session.toggle_playing()
    assert not first.window.welcome.is_open
    assert first.window.welcome.strip.now == "colours"


def test_each_hint_goes_when_it_was_followed(first: Glass) -> None:
    strip = first.window.welcome.strip
    first.press(Qt.Key.Key_Return)
    assert "orange one a negative" in strip.text
    first.wait_until(lambda: first.step > 1)
    first.session.select(Unit(1, 0))
    first.wait_until(lambda: strip.now == "step")
    first.press(Qt.Key.Key_Space)
    first.wait_until(lambda: not first.view.snapshot.playing)
    assert strip.now == "step"
    first.press(Qt.Key.Key_Right)
    first.wait_until(lambda: strip.now == "draw")
    first.show_workspace("digits")
    assert strip.now == ""
    assert not strip.isVisible()


def test_hints_can_be_passed_over_and_ended(first: Glass) -> None:
    strip = first.window.welcome.strip
    first.press(Qt.Key.Key_Return)
    strip._next.click()
    assert strip.now == "step"
    strip._end.click()
    assert strip.now == ""
    assert not strip.isVisible()


def test_escape_and_a_click_beside_the_sheet_leave_it(first: Glass) -> None:
    first.press(Qt.Key.Key_Escape)
    assert not first.window.welcome.is_open
    assert first.step == 0
    first.window.actions_by_key["welcome"].trigger()
    veil = first.window.welcome.veil
    assert veil is not None
    QTest.mouseClick(veil, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not first.window.welcome.is_open


def test_tab_stays_on_the_sheet(first: Glass) -> None:
    veil = first.window.welcome.veil
    assert veil is not None
    seen = set()
    for _ in range(9):
        focus = first.window.focusWidget()
        assert focus is not None
        assert veil.isAncestorOf(focus)
        seen.add(focus)
        first.press(Qt.Key.Key_Tab)
    assert {veil.first.watch, veil.first.again, *veil.first.doors.values()} < seen


def test_the_door_of_the_lessons_opens_the_first(first: Glass) -> None:
    door(first, "lesson")
    lesson = first.window.lessons.session.lesson
    assert lesson is not None
    assert lesson.key == "first-look"


def test_a_lesson_ends_the_hints_however_it_is_opened(first: Glass) -> None:
    first.press(Qt.Key.Key_Return)
    assert first.window.welcome.strip.now
    first.window.lessons.open_key("one-unit")
    assert first.window.welcome.strip.now == ""


def test_the_doors_of_digits_and_points_train_there(first: Glass) -> None:
    door(first, "digits")
    assert workspace_of(first) == "digits"
    first.wait_until(lambda: first.step > 0)
    first.window.actions_by_key["welcome"].trigger()
    door(first, "playground")
    assert workspace_of(first) == "playground"
    first.wait_until(lambda: first.view.run.dataset.space is not None)
    first.wait_until(lambda: first.step > 0)


def test_the_door_of_own_files_asks_for_one(
    first: Glass, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, title: str, *_: object) -> tuple[str, str]:
        asked.append(title)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    door(first, "open")
    assert len(asked) == 1


def test_it_is_shown_once_and_again_only_where_asked_for(
    glass: GlassMaker, tmp_path: Path
) -> None:
    path = tmp_path / "other.ini"
    assert is_wanted(WindowSettings(path))
    window = glass("xor")
    for again in (True, False):
        window.window.actions_by_key["welcome"].trigger()
        veil = window.window.welcome.veil
        assert veil is not None
        veil.first.again.setChecked(again)
        veil.first.close_button.click()
        assert is_wanted(window.window.settings) == again
    glass.close(window)
    assert not is_wanted(WindowSettings(glass.ini))


@pytest.mark.parametrize("used_before", [False, True])
def test_a_start_waits_with_the_sheet_or_trains_at_a_speed_to_follow(
    glass: GlassMaker, qtbot: QtBot, qapp: QApplication, used_before: bool
) -> None:
    settings = WindowSettings(glass.ini)
    settings.set_text("speed", str(SPEEDS.index(None)))
    settings.set_flag("first_sheet", value=not used_before)
    opening = Opening(load_preset("xor").experiment, welcome=True)
    hook = sys.excepthook
    window = Glass(qtbot, begin(qapp, opening, settings))
    sys.excepthook = hook
    glass.open_ones.append(window)
    window.wait_for_run()
    assert window.window.welcome.is_open != used_before
    assert window.session.playing == used_before
    assert window.window.speed.speed == 50


@pytest.mark.parametrize(
    ("size", "lecture"),
    [
        ((1280, 720), "no"),
        ((1280, 720), "yes"),
        ((1024, 600), "no"),
        ((640, 480), "no"),
    ],
)
def test_all_of_the_sheet_is_on_the_window(
    glass: GlassMaker, size: tuple[int, int], lecture: str
) -> None:
    window = glass("xor", size=size, lecture_mode=lecture)
    window.window.actions_by_key["welcome"].trigger()
    veil = window.window.welcome.veil
    assert veil is not None
    window.wait_until(lambda: veil.size() == window.window.size())
    assert window.window.rect().contains(veil.first.geometry())
    for part in (veil.first.watch, veil.first.close_button, *veil.first.doors.values()):
        assert veil.first.rect().contains(part.geometry())
        assert part.height() >= part.minimumSizeHint().height()
        assert part.width() >= part.minimumSizeHint().width()
    labels = [label for label in veil.first.findChildren(QLabel) if label.isVisible()]
    for label in labels:
        wraps, width = label.wordWrap(), label.width()
        needed = label.heightForWidth(width) if wraps else label.sizeHint().height()
        assert label.height() >= needed - 1, label.text()
