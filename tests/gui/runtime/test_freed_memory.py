"""What was freed goes back to the system."""

import threading

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from gui.launch.app import close_window
from gui.runtime import freed_memory
from gui.runtime.freed_memory import (
    LONGEST_PAUSE,
    SLACK,
    FreedMemory,
    give_back,
    resident_bytes,
)
from tests.gui.support.whole_window import GlassMaker

needs_glibc = pytest.mark.skipif(
    not freed_memory.can_give_back(), reason="only glibc keeps and gives back"
)


@needs_glibc
def test_freed_blocks_below_one_in_use_leave_the_resident_memory():
    blocks = [b"x" * 100_000 for _ in range(1000)]
    full = resident_bytes()
    del blocks[:-1]  # glibc gives back by itself only what lies above the last block
    give_back()
    assert full - resident_bytes() > 80_000_000
    assert blocks[0] == b"x" * 100_000


class Process:
    """Stands for the program: how much it holds, and how often it gave back."""

    def __init__(self) -> None:
        self.resident = 500_000_000
        self.after = self.resident
        self.times = 0

    def give_back(self) -> None:
        assert threading.current_thread() is not threading.main_thread()
        self.times += 1
        self.resident = self.after


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Process:
    made = Process()
    monkeypatch.setattr(freed_memory, "resident_bytes", lambda: made.resident)
    monkeypatch.setattr(freed_memory, "give_back", made.give_back)
    return made


def look(memory: FreedMemory, times: int) -> None:
    for _ in range(times):
        memory.look()
        memory._worker.finish()


def looks_by_itself(memory: FreedMemory) -> bool:
    """By its own clock; its worker has one for what was asked last."""
    own = (child for child in memory.children() if isinstance(child, QTimer))
    return any(timer.isActive() for timer in own)


def test_it_is_given_back_by_another_thread_when_the_program_has_grown(
    qtbot: QtBot, process: Process
):
    parent = QObject()
    memory = FreedMemory(parent)
    process.resident += SLACK
    look(memory, 3)
    assert process.times == 0, "the first look only measures"
    process.resident += SLACK + 1
    look(memory, 3)
    assert process.times == 1
    assert process.resident == process.after


def test_growth_that_stays_is_not_fought(qtbot: QtBot, process: Process):
    parent = QObject()
    memory = FreedMemory(parent)
    look(memory, 1)
    process.resident = process.after = process.resident + 5 * SLACK
    look(memory, 10)
    assert process.times == 1


def test_it_is_given_back_now_and_then_without_growth(qtbot: QtBot, process: Process):
    parent = QObject()
    memory = FreedMemory(parent)
    look(memory, LONGEST_PAUSE)
    assert process.times == 0
    look(memory, LONGEST_PAUSE)
    assert process.times == 1


@needs_glibc
def test_it_looks_from_start_to_stop(
    qtbot: QtBot, process: Process, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(freed_memory, "LOOK_MILLISECONDS", 1)
    parent = QObject()
    memory = FreedMemory(parent)
    look(memory, 1)
    process.resident += 2 * SLACK
    memory.start()
    qtbot.waitUntil(lambda: process.times == 1, timeout=5000)
    memory.stop()
    look(memory, 1)
    process.resident += 2 * SLACK
    assert not any(timer.isActive() for timer in memory.findChildren(QTimer))
    assert process.times == 1


@needs_glibc
def test_a_window_gives_back_until_it_is_closed(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(freed_memory, "LOOK_MILLISECONDS", 1)
    looks: list[int] = []
    monkeypatch.setattr(
        freed_memory, "resident_bytes", lambda: looks.append(1) or 500_000_000
    )
    window = glass()
    window.qtbot.waitUntil(lambda: len(looks) > 3, timeout=5000)
    memory = window.window.findChild(FreedMemory)
    assert looks_by_itself(memory)
    close_window(window.window)
    assert not looks_by_itself(memory)
