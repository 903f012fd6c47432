"""What the bar of progress says of a wait: in words, and only of a long one."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.protocol.messages import Progress
from gui.session.waiting import Waiting
from gui.style import motion
from gui.window.player.job_bar import JobBar
from tests.gui.support.whole_window import GlassMaker

PREPARING = "Preparing the network 2-3-1"


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[JobBar]:
    window = QWidget()
    qtbot.addWidget(window)
    bar = JobBar(window)
    motion.use("full")
    window.show()
    yield bar
    window.hide()


def test_a_short_wait_is_over_without_a_word(bar: JobBar) -> None:
    bar.show_waiting(PREPARING)
    assert bar.isHidden()
    assert bar._patience.isActive()
    assert bar._patience.interval() == 500
    bar.show_waiting("")
    assert not bar._patience.isActive()
    bar.show_progress(Progress(1, "Drawing digits", 1, 10))
    bar.show_progress(None)
    assert bar.isHidden()


def test_a_long_wait_is_told_in_words_until_it_is_over(
    bar: JobBar, qtbot: QtBot
) -> None:
    bar.show_waiting(PREPARING)
    qtbot.waitUntil(lambda: not bar.isHidden())
    assert bar._job.text() == f"{PREPARING}\N{HORIZONTAL ELLIPSIS}"
    assert bar._bar.maximum() == 0
    assert bar._cancel.isHidden()
    # How far it is says more than what it is.
    bar.show_progress(Progress(1, "Drawing digits", 3, 10))
    assert bar._job.text() == "Drawing digits\N{HORIZONTAL ELLIPSIS}"
    assert (bar._bar.value(), bar._bar.maximum()) == (3, 10)
    assert not bar._cancel.isHidden()
    bar.show_progress(None)
    assert bar._job.text() == f"{PREPARING}\N{HORIZONTAL ELLIPSIS}"
    bar.show_waiting("")
    assert bar.isHidden()


def test_a_changed_network_and_its_first_steps_are_waited_for_in_words(
    glass: GlassMaker,
) -> None:
    window = glass()
    told: list[str] = []
    window.session.waiting.changed.connect(told.append)
    window.session.document.edit({"network.hidden": [7, 3]})
    assert told == ["Preparing the network 2-7-3-2"]
    window.wait_for_run(after=1)
    assert told[-1] == ""
    window.session.step_batch()
    window.rest_at(1)
    assert told[2:] == ["Preparing the training of 2-7-3-2", ""]
    window.session.go_to_step(0)
    assert told[-1] == "Going to step 0"
    window.wait_until(lambda: window.step == 0)
    assert told[-1] == ""


def test_a_file_that_is_written_can_be_cancelled_and_other_waits_say_what_they_are(
    bar: JobBar, qtbot: QtBot
) -> None:
    waiting = Waiting()
    bar.follow(waiting)
    cancel = bar.findChild(QPushButton)
    assert cancel is not None
    waiting.begin("saving", "Saving run.safetensors")
    qtbot.waitUntil(cancel.isVisible)
    with qtbot.waitSignal(bar.wait_cancelled):
        cancel.click()
    waiting.begin("seek", "Going to step 3")
    assert not cancel.isVisible()
    waiting.end()


def test_with_reduced_motion_the_bar_stands_still(bar: JobBar, qtbot: QtBot) -> None:
    motion.use("reduced")
    try:
        bar.show_waiting(PREPARING)
        progress = bar.findChild(QProgressBar)
        assert progress is not None
        qtbot.waitUntil(progress.isVisible)
        assert progress.maximum() > 0
    finally:
        motion.use("full")
