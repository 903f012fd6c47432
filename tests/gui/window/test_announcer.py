"""What is read out without having been asked for."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter, Unit
from gui.session.view_state import View
from gui.window import announcer as announcing
from gui.window.announcer import Announcer
from tests.gui.support.sample_views import sample_view


class Listener:
    """A clock that stands still, and all that was read out."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.heard: list[str] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        monkeypatch.setattr(announcing, "is_listened_to", lambda: True)
        monkeypatch.setattr(announcing, "announce", self.hear)
        self.announcer = Announcer(self.window, lambda: self.now)

    def hear(self, _of: QWidget, text: str) -> None:
        self.heard.append(text)


@pytest.fixture
def listener(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Listener:
    return Listener(qtbot, monkeypatch)


def at_step(step: int, *, playing: bool = False) -> View:
    view = sample_view()
    return replace(view, snapshot=replace(view.snapshot, step=step, playing=playing))


def test_each_step_of_a_paused_run_is_announced(listener: Listener) -> None:
    for step in (1, 2, 2, 3):
        listener.announcer.see_view(at_step(step))
    assert [text.split(",")[0] for text in listener.heard] == [
        *("step 1", "step 2", "step 3"),
    ]


def test_while_it_plays_a_step_is_announced_every_five_seconds(
    listener: Listener,
) -> None:
    for step in range(1, 121):
        listener.now += 0.1
        listener.announcer.see_view(at_step(step, playing=True))
    steps = [text.split(",")[0] for text in listener.heard]
    assert len(steps) == 3
    assert steps[0] == "step 1"


def test_what_is_selected_is_announced_once(listener: Listener) -> None:
    view = at_step(1)
    for selection in (None, Unit(1, 2), Unit(1, 2), Parameter(1, 2, 3), None):
        listener.announcer.see_view(replace(view, selection=selection))
    chosen = listener.heard[1:]
    assert len(chosen) == 2
    assert chosen[0].startswith("Hidden 1 · 2, z ")
    assert ", w " in chosen[1]


def test_nothing_is_done_where_nobody_listens(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener(qtbot, monkeypatch)
    monkeypatch.setattr(announcing, "is_listened_to", lambda: False)
    listener.announcer.see_view(at_step(1))
    assert listener.heard == []
