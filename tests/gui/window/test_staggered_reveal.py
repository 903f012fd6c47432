"""Panels of a workspace that comes into sight are drawn one after the other."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.panels.base import Panel, PanelEntry
from gui.session.view_state import View
from gui.window import staggered_reveal
from gui.window.staggered_reveal import StaggeredReveal
from tests.gui.support.sample_views import sample_view


class Counting(Panel):
    """Notes when it is drawn."""

    entry = PanelEntry("counting", "Counting", __name__, "Counting")

    def __init__(self, parent: QWidget, drawn: list[str], name: str) -> None:
        super().__init__(parent)
        self._drawn = drawn
        self.name = name

    def draw(self, view: View | None) -> None:
        self._drawn.append(self.name)


class Eager(Counting):
    """Does not give way."""

    yields_to_training = False


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    monkeypatch.setattr(staggered_reveal, "TURN_MILLISECONDS", 80)
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_those_that_give_way_wait_for_their_turn_and_are_drawn_once(
    qtbot: QtBot, window: QWidget
) -> None:
    drawn: list[str] = []
    kinds = {"a": Counting, "network": Eager, "b": Counting, "hidden": Counting}
    panels = {name: kind(window, drawn, name) for name, kind in kinds.items()}
    for panel in panels.values():
        panel.hide()
        panel.set_view(sample_view())
    looks = StaggeredReveal(window)
    looks.hold(panels.values())
    window.show()
    for name in ("a", "network", "b"):
        panels[name].show()
    looks.begin()
    assert drawn == ["network"]
    assert not panels["a"].updatesEnabled()
    assert panels["hidden"].updatesEnabled()
    qtbot.waitUntil(lambda: len(drawn) > 1)
    assert drawn == ["network", "a"]
    assert not looks.is_over
    panels["b"].set_view(sample_view())
    qtbot.waitUntil(lambda: looks.is_over)
    assert drawn == ["network", "a", "b"]
    assert all(panel.updatesEnabled() for panel in panels.values())


def test_one_that_is_hidden_again_before_its_turn_is_let_go(
    qtbot: QtBot, window: QWidget
) -> None:
    drawn: list[str] = []
    first, second = (Counting(window, drawn, name) for name in "ab")
    looks = StaggeredReveal(window)
    for panel in (first, second):
        panel.hide()
        panel.set_view(sample_view())
    looks.hold((first, second))
    window.show()
    first.show()
    second.show()
    looks.begin()
    second.hide()
    qtbot.waitUntil(lambda: looks.is_over)
    assert drawn == ["a"]
    second.show()
    assert drawn == ["a", "b"]


def test_all_may_be_hidden_again_before_their_turn(
    qtbot: QtBot, window: QWidget
) -> None:
    drawn: list[str] = []
    panel = Counting(window, drawn, "a")
    panel.hide()
    looks = StaggeredReveal(window)
    looks.hold((panel,))
    window.show()
    panel.show()
    looks.begin()
    panel.hide()
    looks.begin()
    assert looks.is_over
    qtbot.wait(2 * staggered_reveal.TURN_MILLISECONDS)
    assert drawn == []


def test_after_its_first_look_a_panel_waits_as_after_any_other_drawing(
    qtbot: QtBot, window: QWidget
) -> None:
    drawn: list[str] = []
    panel = Counting(window, drawn, "a")
    panel.hide()
    view = sample_view()
    playing = replace(view.snapshot, playing=True, cores_busy=True)
    panel.set_view(replace(view, snapshot=playing))
    panel.suspend_drawing()
    window.show()
    panel.show()
    panel.release()
    panel.set_view(replace(view, snapshot=replace(playing, step=playing.step + 1)))
    assert drawn == ["a"]
    qtbot.waitUntil(lambda: drawn == ["a", "a"])
