"""Frames a second are what was painted."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.window.frame_meter import FrameMeter
from tests.gui.support.whole_window import GlassMaker


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    return window


def paint(window: QWidget) -> None:
    window.update()
    QApplication.processEvents()


def test_views_that_were_overtaken_before_a_painting_are_one_frame(
    window: QWidget,
) -> None:
    meter = FrameMeter(window, Clock())
    for _ in range(5):
        meter.expect()
    assert meter.frames_per_second == 0
    paint(window)
    assert meter.frames_per_second == 1


def test_a_painting_that_shows_no_new_view_is_no_frame(window: QWidget) -> None:
    meter = FrameMeter(window, Clock())
    paint(window)
    assert meter.frames_per_second == 0


def test_a_frame_counts_for_a_second(window: QWidget) -> None:
    clock = Clock()
    meter = FrameMeter(window, clock)
    for _ in range(3):
        meter.expect()
        paint(window)
        clock.now += 0.4
    clock.now = 0.9
    assert meter.frames_per_second == 3
    clock.now = 1.3
    assert meter.frames_per_second == 2
    clock.now = 3.0
    assert meter.frames_per_second == 0


def test_a_window_that_is_not_seen_paints_no_frames(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    meter = FrameMeter(window, Clock())
    meter.expect()
    paint(window)
    assert meter.frames_per_second == 0


def test_the_player_does_not_tick_at_rest(glass: GlassMaker) -> None:
    window = glass(play=True)
    window.wait_until(lambda: window.step > 3)
    timers = window.window.player.figures.findChildren(QTimer)
    window.wait_until(lambda: any(timer.isActive() for timer in timers))
    window.session.pause()
    # A picture on its way is still counted, and told for a second.
    window.wait_until(lambda: "0 frames/s" in window.status_texts)
    assert not any(timer.isActive() for timer in timers)
