"""What the player's row says of the run, and the room that it gives to that."""

from dataclasses import replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from core.protocol.branch import Branch
from core.values.parameter import Parameter
from gui.window.player.player import STARTS, STEPS, Player
from tests.gui.support.sample_views import sample_view


def test_notes_of_the_run_are_whole_and_the_pace_makes_room_for_them(
    qtbot: QtBot,
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = {key: QAction(key, window) for key in ("toggle_playing", *STEPS, *STARTS)}
    player = Player(window, actions, window)
    window.setCentralWidget(player)
    window.resize(1280, 80)
    window.show()
    pace, timeline = player.figures.pace, player.timeline
    view = sample_view(step=2000)
    later = replace(view.snapshot, end=3050)
    player.set_view(replace(view, snapshot=later), None)
    assert not pace.isHidden()
    assert "later steps are kept" in timeline._of.toolTip()
    edited = {Parameter(1, 0, 0): 1050}
    told = replace(later, edited=edited, branches=(Branch(1, 1050, 4031),))
    player.set_view(replace(view, snapshot=told), None)
    qtbot.waitUntil(lambda: timeline.width() >= timeline.wanted_width)
    assert pace.isHidden()
    for note in (timeline.interventions, timeline.branches):
        assert note.isVisible()
        assert note.width() >= note.fontMetrics().horizontalAdvance(note.text())
    assert QLabel.text(timeline.interventions) == "edited at 1,050"
    player.set_view(replace(view, snapshot=later), None)
    assert not pace.isHidden()
