"""TensorFlow Playground's largest network in the real window, with every picture drawn.

`python -m tests.benchmarks.playground [--seconds N] [--rounds N] [--json FILE]`

Seven inputs, six hidden layers of eight, batches of 10 from 250 training points. One
step of Playground is an epoch: 25 batches, the losses of both halves, then the heat map
of every unit at 100x100. Its engine was measured apart (nn.ts and playground.ts without
a browser under Node 20 on two cores): 52 ms, about 19 epochs a second, without drawing.
Here the window trains at full speed in the Playground workspace, with the response of
every unit, the plane at 200x200, its boundary, the network, the hidden space and the
curves drawn as they are for a user; the pictures follow at their own pace.
"""

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.experiment.model import Experiment
from tests.benchmarks.report import machine, spread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.window.main_window import MainWindow

PLAYGROUND_EPOCHS: Final = 19.0
"""Epochs a second of Playground's engine with its heat maps, nothing drawn."""
FEATURES: Final = ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)")
EXPERIMENT: Final = {
    "data.name": "spiral",
    "data.features": FEATURES,
    "network.hidden": (8,) * 6,
    "network.activation": "tanh",
    "training.batch_size": 10,
    "training.learning_rate": 0.03,
    "training.optimizer": "sgd",
}
WARM_UP_SECONDS: Final = 2.0
WARM_UP_STEPS: Final = 5000
"""By then all that training needs is compiled."""

Figures = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="of each round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    if platform.system() == "Linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rounds = measured(options.rounds, options.seconds)
    rows = {name: spread([r[name] for r in rounds]) for name in rounds[0]}
    for name, row in rows.items():
        print(f"{name:32} {row['median']:>10}  ({row['min']} to {row['max']})")
    if options.json is not None:
        report = {"machine": machine(), "figures": rows}
        options.json.write_text(json.dumps(report, indent=2), encoding="utf-8")


def measured(rounds: int, seconds: float) -> list[Figures]:
    """Open the window, play so many rounds, close it."""
    from gui.launch.app import Opening, close_window, make_application, open_window
    from gui.window.player.speed import SPEEDS
    from gui.window.window_settings import WindowSettings

    app = make_application()
    settings = WindowSettings(Path(tempfile.mkdtemp(prefix="glassbox-")) / "window.ini")
    settings.set_text("speed", str(SPEEDS.index(None)))
    settings.set_text("workspace", "playground")
    opening = Opening(Experiment().with_values(EXPERIMENT), play=False)
    window = open_window(app, opening, settings)
    window.resize(1600, 1000)
    turn_until(app, lambda: window.session.view is not None)
    window.session.play()
    turn_until(app, lambda: _step(window) > WARM_UP_STEPS)
    turn_for(app, WARM_UP_SECONDS)
    counted = Counted(window)
    figures = [counted.play(app, seconds) for _ in range(rounds)]
    window.session.pause()
    turn_until(app, lambda: not window.session.playing)
    window.close()
    close_window(window)
    return figures


def _step(window: "MainWindow") -> int:
    view = window.session.view
    return 0 if view is None else view.snapshot.step


class Counted:
    """Counts what a playing window draws."""

    def __init__(self, window: "MainWindow") -> None:
        from gui.panels.network_picture.canvas import NetworkCanvas
        from gui.panels.network_picture.scene.unit_maps import UnitMapSource
        from gui.panels.playground.plane_canvas import PlaneCanvas

        self._window = window
        self._drawn = {"plane": 0, "maps": 0}
        plane = window.findChild(PlaneCanvas)
        network = window.findChild(NetworkCanvas)
        assert plane is not None
        assert network is not None
        assert plane.isVisible()
        self._plane = plane
        plane.picture_drawn.connect(self._on_picture_drawn)
        maps = network.findChild(UnitMapSource)
        assert maps is not None
        maps.maps_drawn.connect(self._on_maps_drawn)

    def _on_picture_drawn(self) -> None:
        self._drawn["plane"] += 1

    def _on_maps_drawn(self) -> None:
        self._drawn["maps"] += 1

    def play(self, app: "QApplication", seconds: float) -> Figures:
        """What a window that plays does in so many seconds."""
        session = self._window.session
        assert session.view is not None
        first = session.view.snapshot
        self._drawn = {"plane": 0, "maps": 0}
        begun = time.perf_counter()
        turn_for(app, seconds)
        took = time.perf_counter() - begun
        last = session.view.snapshot
        steps = (last.step - first.step) / (last.taken_at - first.taken_at)
        epochs = steps / last.steps_per_epoch
        assert self._plane.picture is not None
        return {
            "steps a second": steps,
            "epochs a second": epochs,
            "epochs against Playground's": epochs / PLAYGROUND_EPOCHS,
            "pictures of the plane a second": self._drawn["plane"] / took,
            "their points on a side": float(len(self._plane.picture.pixels)),
            "heat maps of all units a second": self._drawn["maps"] / took,
        }


def turn_for(app: "QApplication", seconds: float) -> None:
    """Let the window live."""
    end = time.perf_counter() + seconds
    turn_until(app, lambda: time.perf_counter() >= end)


def turn_until(
    app: "QApplication", done: Callable[[], bool], timeout: float = 120
) -> None:
    """Let the window live until something is true.

    Raises:
        TimeoutError: it does not become true.
    """
    from PySide6.QtCore import QEventLoop

    end = time.perf_counter() + timeout
    while not done():
        if time.perf_counter() > end:
            msg = "the window does not get on"
            raise TimeoutError(msg)
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    main()
