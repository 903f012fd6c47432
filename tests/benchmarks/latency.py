"""Pen stroke to new probabilities on screen, and how long the main thread is blocked.

`python -m tests.benchmarks.latency [--json FILE] [--seconds N] [--preset P]` opens the
real window (offscreen where there is no display), trains at full speed, and lets a
second thread put down and move a pen at random moments. A stroke's latency ends when
the event loop has painted the probability bars that follow it. A block is the time
between two turns of the event loop; the run covers start, data loading, compilation,
changes of the network and of the workspace.
"""

import argparse  # noqa: I001  (gui settles NumPy's threads before NumPy is there)
import json
import os
import platform
import random
import sys
import tempfile
import threading
import time
from collections import deque
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import gui  # noqa: F401
import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from core.data.mnist_family import search_folders
from core.experiment.presets import load_preset
from gui.launch.app import (
    Opening,
    close_window,
    make_application,
    make_panels_ahead,
    open_window,
)
from gui.widgets.probability_bars import ProbabilityBars
from gui.panels.drawing.drawing_pad import DrawingPad
from gui.window.main_window import MainWindow
from gui.window.window_settings import WindowSettings
from gui.window.player.speed import SPEEDS

BLOCK_GOAL: Final = 0.050
MOVES_IN_A_STROKE: Final = 6


class Pen(threading.Thread):
    """Posts mouse events from outside, as the system does, with the time of posting."""

    def __init__(self, pad: DrawingPad, strokes: int) -> None:
        super().__init__(name="pen")
        self._pad = pad
        self._strokes = strokes
        self.posted: deque[tuple[str, float]] = deque()

    def run(self) -> None:
        chance = random.Random(0)
        side = min(self._pad.width(), self._pad.height())
        for _ in range(self._strokes):
            time.sleep(chance.uniform(0.15, 0.35))
            at = QPointF(
                chance.uniform(0.3, 0.7) * side, chance.uniform(0.2, 0.8) * side
            )
            self._post(QEvent.Type.MouseButtonPress, at, "press")
            for _ in range(MOVES_IN_A_STROKE):
                time.sleep(chance.uniform(0.03, 0.06))
                at += QPointF(chance.uniform(-12, 12), chance.uniform(-12, 12))
                self._post(QEvent.Type.MouseMove, at, "move")
            self._post(QEvent.Type.MouseButtonRelease, at, "")

    def _post(self, kind: QEvent.Type, at: QPointF, name: str) -> None:
        held = Qt.MouseButton.LeftButton
        button = Qt.MouseButton.NoButton if name == "move" else held
        buttons = held if name else Qt.MouseButton.NoButton
        event = QMouseEvent(
            kind, at, at, button, buttons, Qt.KeyboardModifier.NoModifier
        )
        if name:
            self.posted.append((name, time.perf_counter()))
        QCoreApplication.postEvent(self._pad, event)


class Watch(QObject):
    """Sees when the pad has taken an event and when the bars were painted after it."""

    def __init__(self, pad: DrawingPad, bars: ProbabilityBars, pen: Pen) -> None:
        super().__init__()
        self._pad, self._bars, self._pen = pad, bars, pen
        self._taken: list[tuple[str, float]] = []
        self._painted = False
        self.latencies: dict[str, list[float]] = {"press": [], "move": []}
        pad.installEventFilter(self)
        bars.installEventFilter(self)

    def turn(self) -> None:
        """After a turn of the event loop: what was painted is handed over by now."""
        if self._painted:
            now = time.perf_counter()
            for name, posted in self._taken:
                self.latencies[name].append(now - posted)
            self._taken.clear()
        self._painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove)
        if watched is self._pad and event.type() in kinds and self._pen.posted:
            self._taken.append(self._pen.posted.popleft())
        elif watched is self._bars and event.type() == QEvent.Type.Paint:
            self._painted = bool(self._taken)
        return False


class Blocks:
    """Gaps between turns of the event loop, with what was going on."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.phase = "start"
        self.longest: dict[str, float] = {}
        self.over_goal = 0

    def turn(self) -> None:
        now = time.perf_counter()
        gap = now - self._last
        self._last = now
        self.longest[self.phase] = max(self.longest.get(self.phase, 0.0), gap)
        self.over_goal += gap > BLOCK_GOAL


def wait_until_trained(app: QApplication, window: MainWindow, blocks: Blocks) -> None:
    """Turn the event loop until the run has taken a few hundred steps."""
    end = time.perf_counter() + 60
    while time.perf_counter() < end:
        turn(app, blocks)
        view = window.session.view
        if view is not None and view.snapshot.step > 300:
            return


def turn(app: QApplication, blocks: Blocks, watch: Watch | None = None) -> None:
    app.processEvents()
    if watch is not None:
        watch.turn()
    blocks.turn()
    time.sleep(0.0005)


def measure(preset: str, seconds: float) -> dict[str, object]:
    app = make_application()
    settings = WindowSettings(Path(tempfile.mkdtemp(prefix="glassbox-")) / "window.ini")
    settings.set_text("speed", str(SPEEDS.index(None)))
    settings.set_text("workspace", "digits")
    begun = time.perf_counter()
    blocks = Blocks()
    opening = Opening(load_preset(preset).experiment, data_folders=search_folders())
    window = open_window(app, opening, settings)
    make_panels_ahead(window)
    app.processEvents()
    opened = time.perf_counter() - begun
    blocks.turn()
    blocks.phase = "loading and compiling"
    wait_until_trained(app, window, blocks)
    blocks.phase = "drawing"
    pad = window.panels["draw"].findChild(DrawingPad)
    bars = window.panels["draw"].findChild(ProbabilityBars)
    assert pad is not None
    assert bars is not None
    pen = Pen(pad, strokes=max(5, int(seconds / 0.6)))
    watch = Watch(pad, bars, pen)
    pen.start()
    while pen.is_alive():
        turn(app, blocks, watch)
    steps_per_second = window.session.view.snapshot.steps_per_second
    go_round(app, window, blocks)
    close_window(window)
    return {
        "preset": preset,
        "opened_ms": 1000 * opened,
        "steps_per_second_while_drawing": steps_per_second,
        "strokes": {name: percentiles(v) for name, v in watch.latencies.items()},
        "longest_block_ms": {k: 1000 * v for k, v in blocks.longest.items()},
        "blocks_over_50_ms": blocks.over_goal,
    }


def go_round(app: QApplication, window: MainWindow, blocks: Blocks) -> None:
    """Change the workspace, the network and the optimiser while it trains."""
    for key in ("train", "step", "digits"):
        blocks.phase = f"workspace {key}"
        # From the event loop, as a click on the tab comes.
        QTimer.singleShot(0, window, partial(window.show_workspace, key))
        linger(app, blocks, 1.5)
    session = window.session
    for phase, network in (("other layers", {"network.hidden": (64, 32)}),):
        blocks.phase = phase
        session.edit(session.experiment.with_values(network))
        linger(app, blocks, 4)
    blocks.phase = "other optimiser"
    training = replace(
        session.experiment.training, optimizer="adam", learning_rate=1e-3
    )
    session.edit(replace(session.experiment, training=training))
    linger(app, blocks, 4)


def linger(app: QApplication, blocks: Blocks, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        turn(app, blocks)


def percentiles(seconds: list[float]) -> dict[str, float]:
    values = 1000 * np.asarray(seconds)
    return {
        "count": len(values),
        "ms_p50": float(np.percentile(values, 50)),
        "ms_p99": float(np.percentile(values, 99)),
        "ms_max": float(values.max()),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--seconds", type=float, default=30, help="of drawing")
    parser.add_argument("--preset", default="digits")
    args = parser.parse_args()
    if platform.system() == "Linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    result = measure(args.preset, args.seconds)
    QTimer.singleShot(0, QApplication.quit)
    if args.json:
        args.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
