"""How often the threads of an open window wake up while nothing happens.

`python -m tests.benchmarks.wakeups [--json FILE] [--seconds N]` opens the real window
(offscreen where there is no display), trains for a moment, pauses, lets everything come
to rest, and counts the voluntary context switches of each thread: each is a thread that
has slept and is woken. A program at rest should sleep; what ticks costs battery.
"""

import argparse  # noqa: I001  (gui settles NumPy's threads before NumPy is there)
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import gui  # noqa: F401
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from core.experiment.presets import load_preset
from gui.launch.app import (
    Opening,
    close_window,
    make_application,
    make_panels_ahead,
    open_window,
)
from gui.window.window_settings import WindowSettings

TASKS: Final = Path("/proc/self/task")
REST_SECONDS: Final = 12.0
"""Until the panels of other workspaces are made and freed memory is given back."""


def switches() -> dict[int, tuple[str, int]]:
    """Of each thread its name and how often it has gone to sleep by itself."""
    found = {}
    for task in TASKS.iterdir():
        try:
            lines = (task / "status").read_text("ascii").splitlines()
        except OSError:  # it has just ended
            continue
        values = dict(line.split(":", 1) for line in lines)
        count = int(values["voluntary_ctxt_switches"])
        found[int(task.name)] = (values["Name"].strip(), count)
    return found


def turn_for(app: QApplication, seconds: float) -> None:
    """Run the event loop as the program does, which sleeps until something comes."""
    loop = QEventLoop(app)
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def turn_until(app: QApplication, done: Callable[[], bool]) -> None:
    end = time.perf_counter() + 120
    while not done():
        if time.perf_counter() > end:
            msg = "the window does not get on"
            raise TimeoutError(msg)
        turn_for(app, 0.05)


def wakeups(app: QApplication, seconds: float) -> dict[str, float]:
    """Wake-ups a second by thread: "main", and the others by name, added up."""
    before = switches()
    turn_for(app, seconds)
    found: dict[str, float] = {}
    for number, (name, count) in switches().items():
        more = count - before.get(number, ("", 0))[1]
        key = "main" if number == os.getpid() else name
        found[key] = found.get(key, 0.0) + more / seconds
    return found


def measure(preset: str, seconds: float) -> dict[str, dict[str, float]]:
    """Wake-ups a second at rest and at play."""
    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = WindowSettings(Path(folder) / "window.ini")
        opening = Opening(load_preset(preset).experiment, play=True)
        window = open_window(app, opening, settings)
        make_panels_ahead(window)
        session = window.session
        try:
            turn_until(
                app, lambda: session.view is not None and session.view.snapshot.step > 9
            )
            turn_for(app, 2.0)
            playing = wakeups(app, min(seconds, 4.0))
            session.pause()
            turn_until(app, lambda: not session.playing)
            turn_for(app, REST_SECONDS)
            at_rest = wakeups(app, seconds)
        finally:
            close_window(window)
    return {"at rest": at_rest, "playing": playing}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the numbers to this file")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--preset", default="xor")
    arguments = parser.parse_args()
    if not TASKS.exists():
        sys.exit("this system does not tell how often a thread wakes up")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = measure(arguments.preset, arguments.seconds)
    for when, rates in found.items():
        print(f"wake-ups a second {when}:")
        for name, rate in sorted(rates.items(), key=lambda item: -item[1]):
            if rate >= 0.05:
                print(f"  {name:20} {rate:8.1f}")
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
