"""Glassbox with its window, in a process of its own that plays when it is asked to.

It is asked by a line with seconds to play. It shows the Train workspace, whose network
picture draws every edge, at full speed; offscreen where there is no display.
"""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gui  # noqa: F401  (it settles NumPy's threads before NumPy is there)
from tests.benchmarks.engines.problem import data_folders
from tests.benchmarks.engines.process import problem_of

MODULE = "tests.benchmarks.engines.window"
WARM_UP_SECONDS = 1.5


def main(arguments: list[str]) -> None:
    """The process: plays for as many seconds as each line of standard input says."""
    if platform.system() == "Linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from gui.launch.app import Opening, close_window, make_application, open_window
    from gui.window.player.speed import SPEEDS
    from gui.window.window_settings import WindowSettings

    problem = problem_of(arguments)
    app = make_application()
    settings = WindowSettings(Path(tempfile.mkdtemp(prefix="glassbox-")) / "window.ini")
    settings.set_text("speed", str(SPEEDS.index(None)))
    settings.set_text("workspace", "train")
    opening = Opening(problem.experiment, data_folders=data_folders(), play=False)
    window = open_window(app, opening, settings)
    _turn_until(app, lambda: window.session.view is not None)
    play = _player(app, window)
    play(WARM_UP_SECONDS)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        print(json.dumps(play(float(line))), flush=True)
    close_window(window)


def _player(app: Any, window: Any) -> Callable[[float], dict[str, float]]:
    from PySide6.QtCore import QEvent, QObject

    from gui.panels.network_picture.canvas import NetworkCanvas

    class Frames(QObject):
        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.count += event.type() == QEvent.Type.Paint
            return False

    session = window.session
    canvas = window.findChild(NetworkCanvas)
    assert canvas is not None
    assert canvas.isVisible()
    frames = Frames(canvas)
    canvas.installEventFilter(frames)

    def is_read(view: Any) -> bool:
        read = view.evaluation
        return read is not None and read.step == view.snapshot.step

    def play(seconds: float) -> dict[str, float]:
        at_rest = session.view.snapshot.step
        session.play()
        _turn_until(app, lambda: session.view.snapshot.step > at_rest)
        # Steps are counted between two snapshots, which say when they were taken.
        first, frames.count, begun = session.view.snapshot, 0, time.perf_counter()
        _turn_until(app, lambda: time.perf_counter() - begun > seconds)
        last, drawn, ended = session.view.snapshot, frames.count, time.perf_counter()
        session.pause()
        _turn_until(app, lambda: not session.playing)
        paused = time.perf_counter() - ended
        # At rest it reads the test set, which must not disturb the next engine.
        _turn_until(app, lambda: is_read(session.view))
        steps = (last.step - first.step) / (last.taken_at - first.taken_at)
        return {
            "steps_per_second": steps,
            "frames_per_second": drawn / (ended - begun),
            "pause_ms": 1000 * paused,
        }

    return play


def _turn_until(app: Any, done: Callable[[], bool], timeout: float = 120) -> None:
    from PySide6.QtCore import QEventLoop

    end = time.perf_counter() + timeout
    while not done():
        if time.perf_counter() > end:
            msg = "the window does not get on"
            raise TimeoutError(msg)
        # Waits for events, as the application's own loop does: no turn of ours is
        # taken from the cores.
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    main(sys.argv[1:])
