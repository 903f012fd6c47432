"""What the runner puts out reaches the window in its order, and survives the thread."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from core.protocol.jobs import BeginJob, JobEnded
from core.protocol.messages import (
    Compiled,
    Compiling,
    Failed,
    Play,
    PlayingChanged,
    Start,
    Started,
)
from core.protocol.side_jobs.descents import DescentRequest
from core.protocol.snapshot import Snapshot
from core.runner import loop
from core.runner.thread import Runner
from gui.session.session import Session
from gui.session.session_texts import BEGUN_ANEW
from tests.gui.support.sample_views import sample_params, sample_run
from tests.gui.support.whole_window import Glass, GlassMaker

RUN = sample_run()
PARAMS = sample_params(RUN.spec)


@pytest.fixture
def runner() -> Runner:
    return Runner()


@pytest.fixture
def session(qtbot: QtBot, runner: Runner) -> Session:
    """Without a thread: the test puts in what a runner would."""
    session = Session(runner)
    session._is_listening = True
    runner.channel.wake_by(session._leave_note)
    return session


def put_run(runner: Runner, run_id: int = 1) -> None:
    started = Started(run_id, RUN.experiment, RUN.spec, RUN.dataset, "cpu")
    runner.channel.post(started)
    runner.channel.publish(snapshot(run_id, 0))


def snapshot(run_id: int, step: int) -> Snapshot:
    return Snapshot(run_id, step, 10, PARAMS)


def begin(session: Session) -> None:
    """As `start`, which finds no thread to post to."""
    session._run_id += 1


def test_nobody_waits_for_what_was_compiled_for_a_run_that_is_over(
    session: Session, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Runner, "is_alive", True)
    told: list[str] = []
    session.waiting.changed.connect(told.append)
    session.start(RUN.experiment)
    put_run(runner)
    runner.channel.post(Compiling(1, "training of 2-8-2"))
    session.receive()
    assert told[-1] == "Preparing the training of 2-8-2"
    session.start(RUN.experiment)
    runner.channel.post(Compiled(1, 0.5))
    put_run(runner, 2)
    session.receive()
    assert told[-1] == ""


def test_a_run_that_begins_while_news_is_told_shows_its_first_snapshot(
    session: Session, runner: Runner, qtbot: QtBot
) -> None:
    begin(session)
    session.job_advanced.connect(lambda _event: put_run(runner))
    runner.channel.post(JobEnded(0, 1))
    qtbot.waitUntil(lambda: session.view is not None)
    assert session.view is not None
    assert session.view.snapshot.step == 0


def test_an_event_is_told_before_the_snapshot_that_came_after_it(
    session: Session, runner: Runner, qtbot: QtBot
) -> None:
    begin(session)
    told: list[object] = []
    session.playing_changed.connect(told.append)
    session.view_changed.connect(lambda view: told.append(view.snapshot.step))
    put_run(runner)
    qtbot.waitUntil(lambda: told == [0])
    runner.channel.post(PlayingChanged(1, True))
    runner.channel.publish(snapshot(1, 5))
    runner.channel.post(PlayingChanged(1, False))
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == [0, True, 5, False]


def test_an_error_in_between_loses_no_news(
    session: Session,
    runner: Runner,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin(session)
    put_run(runner)
    qtbot.waitUntil(lambda: session.view is not None)
    failures: list[Failed] = []
    session.failed.connect(failures.append)

    def fail(_playing: bool) -> None:
        monkeypatch.undo()
        msg = "by the test"
        raise ValueError(msg)

    monkeypatch.setattr(session, "_set_playing", fail)
    with qtbot.capture_exceptions() as errors:
        runner.channel.post(PlayingChanged(1, True))
        runner.channel.post(Failed(1, "told all the same"))
        qtbot.waitUntil(lambda: bool(failures))
    assert len(errors) == 1


def test_nothing_polls_the_runner(session: Session) -> None:
    assert session.findChildren(QTimer) == []


def test_nothing_is_heard_any_more_after_the_end(
    session: Session, runner: Runner, qtbot: QtBot
) -> None:
    begin(session)
    put_run(runner)
    assert session.shut_down()
    QCoreApplication.processEvents()
    assert session.view is None


# --- the end of the thread ---------------------------------------------------------


class KilledError(BaseException):
    """No Exception: what nothing in the loop can make a message of."""


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set it, and the runner thread dies of its next start or play."""
    should_die = threading.Event()
    obey = loop.Loop._obey

    def obey_or_die(self: loop.Loop, command: object) -> None:
        # Not of those that come before: the start would begin another thread.
        if should_die.is_set() and isinstance(command, Start | Play):
            should_die.clear()
            raise KilledError
        obey(self, command)  # type: ignore[arg-type]

    monkeypatch.setattr(loop.Loop, "_obey", obey_or_die)
    return should_die


def until(glass: Glass, true: object) -> None:
    """Without the usual check that the thread lives."""
    glass.qtbot.waitUntil(true, timeout=40_000)  # type: ignore[arg-type]


def test_a_thread_that_died_is_started_again_and_the_user_goes_on(
    glass: GlassMaker, dying: threading.Event
) -> None:
    window = glass()
    window.session.take_steps(4)
    window.rest_at(4)
    ended: list[JobEnded] = []
    window.session.job_advanced.connect(
        lambda event: ended.append(event) if isinstance(event, JobEnded) else None
    )
    window.session.send_job(BeginJob(7, DescentRequest(10_000)))
    dying.set()
    window.session.toggle_playing()
    until(window, lambda: BEGUN_ANEW in window.says)
    assert "killed error" in window.says
    assert [event.job_id for event in ended] == [7]
    until(window, lambda: window.run_id == 2 and window.step == 0)
    assert not window.session.playing
    window.session.take_steps(3)
    until(window, lambda: window.step == 3 and not window.session.playing)


def test_a_thread_that_dies_before_any_run_is_started_again_by_the_user(
    glass: GlassMaker, dying: threading.Event
) -> None:
    dying.set()
    window = glass(wait=False)
    until(window, lambda: "Training has ended" in window.says)
    assert window.session.view is None
    window.session.reset()
    until(window, lambda: window.session.view is not None)
