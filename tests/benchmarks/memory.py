"""Resident memory of the real window while it trains at full speed.

`python -m tests.benchmarks.memory [--minutes M] [--json FILE] [--traced]` opens the
window (offscreen where there is no display) on MNIST, from GLASSBOX_DATA or the usual
folders, opens every workspace and the window of a unit, and plays at full speed. It
reads the resident memory every ten seconds and prints how it grew. Time in which the
process is stopped does not count. `--traced` lists what Python allocated and kept
between the end of the warm-up and the end.
"""

import argparse  # noqa: I001  (gui settles NumPy's threads before NumPy is there)
import gc
import json
import os
import platform
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Final

import gui  # noqa: F401
import numpy as np
from PySide6.QtWidgets import QApplication

from core.values.parameter import Unit
from core.data.mnist_family import search_folders
from core.experiment.presets import load_preset
from gui.runtime import freed_memory
from gui.launch.app import Opening, close_window, make_application, open_window
from gui.panels.weight_images.weight_images_panel import WeightImagesPanel
from gui.window.main_window import MainWindow
from gui.window.window_settings import WindowSettings
from gui.window.player.speed import SPEEDS
from gui.window.workspaces import WORKSPACES

MEGABYTE: Final = 1e6
SAMPLE_SECONDS: Final = 10.0
LONGEST_TURN: Final = 1.0
"""Of the event loop, in seconds: what lies beyond it, the process was stopped."""
WARM_UP_STEPS: Final = 1_200_000
"""After these the curves' log has its full size."""


def resident_bytes() -> int:
    """Memory of this process that is in the machine's memory now."""
    if platform.system() == "Linux":
        return freed_memory.resident_bytes()
    import resource

    # The largest so far, in bytes on macOS; there is nothing better without help.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def file_bytes() -> int:
    """The part of it that is libraries and fonts as they lie on disk; 0: not known."""
    if platform.system() != "Linux":
        return 0
    status = Path("/proc/self/status").read_text("ascii")
    return 1024 * int(status.partition("RssFile:")[2].split()[0])


def linger(app: QApplication, seconds: float) -> None:
    """Turn the event loop as it turns by itself, a frame at a time.

    A process that was stopped for an hour goes on with the time that it had left.
    """
    left, last = seconds, time.perf_counter()
    while left > 0:
        app.processEvents()
        time.sleep(0.002)
        now = time.perf_counter()
        left -= min(now - last, LONGEST_TURN)
        last = now


def step_of(window: MainWindow) -> int:
    view = window.session.view
    return 0 if view is None else view.snapshot.step


def open_everything(app: QApplication) -> MainWindow:
    """The window at full speed, each workspace visited, a unit's window open."""
    folder = Path(tempfile.mkdtemp(prefix="glassbox-"))
    settings = WindowSettings(folder / "window.ini")
    settings.set_text("speed", str(SPEEDS.index(None)))
    experiment = load_preset("mnist").experiment
    opening = Opening(experiment, data_folders=search_folders())
    window = open_window(app, opening, settings)
    while step_of(window) == 0:
        linger(app, 0.1)
    visit_all(app, window)
    panel = window.panels["weight_images"]
    assert isinstance(panel, WeightImagesPanel)
    panel.atlas.unit_opened.emit(Unit(1, 0))
    return window


def visit_all(app: QApplication, window: MainWindow) -> None:
    """Look at every workspace for a while; the first one stays in front."""
    for workspace in (*WORKSPACES, WORKSPACES[0]):
        window.show_workspace(workspace.key)
        linger(app, 1.5)


def warm_up(app: QApplication, window: MainWindow, seconds: float) -> None:
    for _ in range(round(seconds)):
        if step_of(window) < WARM_UP_STEPS:
            linger(app, 1.0)
    visit_all(app, window)


def measure(minutes: float, *, traced: bool) -> dict[str, object]:
    bare = resident_bytes()
    app = make_application()
    window = open_everything(app)
    warm_up(app, window, seconds=120)
    gc.collect()
    before = look_at_rest(app, window) if traced else None
    first_step = step_of(window)
    samples = [(0.0, resident_bytes())]
    while samples[-1][0] < 60 * minutes:
        linger(app, SAMPLE_SECONDS)
        samples.append((samples[-1][0] + SAMPLE_SECONDS, resident_bytes()))
        print(
            f"{samples[-1][0]:6.0f} s  step {step_of(window):12,}"
            f"  {samples[-1][1] / MEGABYTE:7.1f} MB",
            flush=True,
        )
    steps = step_of(window) - first_step
    if before is not None:
        before.print_growth(look_at_rest(app, window))
    assert window.session.view is not None
    known: dict[str, object] = {
        "data": window.session.view.run.dataset.name,
        "imports_mb": bare / MEGABYTE,
        "files_mb": file_bytes() / MEGABYTE,
    }
    close_window(window)
    return known | summary(samples, steps)


def look_at_rest(app: QApplication, window: MainWindow) -> "Kept":
    """What is alive, while no other thread builds a tuple: it must not be seen."""
    window.session.pause()
    linger(app, 2.0)
    gc.collect()
    kept = Kept.now()
    window.session.play()
    return kept


def summary(samples: list[tuple[float, int]], steps: int) -> dict[str, object]:
    seconds = np.asarray([at for at, _ in samples])
    sizes = np.asarray([size for _, size in samples]) / MEGABYTE
    slope = float(np.polyfit(seconds, sizes, 1)[0])
    return {
        "seconds": float(seconds[-1]),
        "steps": steps,
        "first_mb": float(sizes[0]),
        "last_mb": float(sizes[-1]),
        "max_mb": float(sizes.max()),
        "slope_mb_per_hour": 3600 * slope,
        "growth_percent": 100 * float(sizes[-1] / sizes[0] - 1),
    }


class Kept:
    """What is alive at one moment, to be compared with what is alive later."""

    def __init__(self, objects: Counter[str], trace: tracemalloc.Snapshot) -> None:
        self._objects = objects
        self._trace = trace

    @staticmethod
    def now() -> "Kept":
        if not tracemalloc.is_tracing():
            tracemalloc.start(12)
        trace = tracemalloc.take_snapshot()
        return Kept(Counter(type(o).__name__ for o in gc.get_objects()), trace)

    def print_growth(self, now: "Kept") -> None:
        print("\nobjects that have become more")
        for name, count in (now._objects - self._objects).most_common(15):
            print(f"  {count:7,}  {name}")
        print("\nallocations that have grown")
        for growth in now._trace.compare_to(self._trace, "traceback")[:8]:
            print(f"  {growth.size_diff / 1000:9.1f} kB  {growth.count_diff:+6,}")
            for line in growth.traceback.format()[-6:]:
                print("     ", line)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--traced", action="store_true")
    args = parser.parse_args()
    if platform.system() == "Linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    result = measure(args.minutes, traced=args.traced)
    for name, value in result.items():
        text = f"{value:12,.1f}" if isinstance(value, float) else f"{value:>12}"
        print(f"{name:18} {text}")
    if args.json:
        args.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
