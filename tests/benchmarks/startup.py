"""From the start of the process to a painted window and to the first training step.

`python -m tests.benchmarks.startup [--json FILE] [--rounds N]` starts fresh processes
in turn: Glassbox with an empty and with a filled cache of compiled programs, and a
bare window with an empty pyqtgraph plot, the floor. Milliseconds since the process
began.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

BARE: Final = """
import sys, time
begun = float(sys.argv[1])
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph as pg
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(pg.PlotWidget())
window.resize(1600, 1000)
window.show()
app.processEvents()
print("window", time.time() - begun)
"""

GLASSBOX: Final = """
import sys, time, tempfile
begun = float(sys.argv[1])
from pathlib import Path
from core.experiment.presets import load_preset
from gui.launch.app import Opening, close_window, make_application, open_window
from gui.window.window_settings import WindowSettings
app = make_application()
remembered = WindowSettings(Path(tempfile.mkdtemp()) / "window.ini")
window = open_window(app, Opening(load_preset("digits").experiment), remembered)
app.processEvents()
print("window", time.time() - begun, flush=True)
while window.session.view is None or window.session.view.snapshot.step == 0:
    app.processEvents()
    time.sleep(0.001)
print("first_step", time.time() - begun, flush=True)
close_window(window)
"""


def run_once(code: str, cache: Path) -> dict[str, float]:
    """Milliseconds to each mark that the code prints."""
    environment = dict(os.environ, GLASSBOX_CACHE=str(cache))
    # As a user has it: the modules' bytecode is there from the first start on.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if platform.system() == "Linux" and not os.environ.get("DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, "-c", code, repr(time.time())],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    lines = (line.split() for line in done.stdout.splitlines())
    return {name: 1000 * float(seconds) for name, seconds in lines}


def measure(rounds: int) -> list[dict[str, object]]:
    figures: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm"
        run_once(GLASSBOX, warm)
        for number in range(rounds):
            cold = Path(folder) / f"cold{number}"
            cold.mkdir()
            # The digits are there: drawing them, once, is a job of its own.
            for path in warm.glob("digits*"):
                (cold / path.name).write_bytes(path.read_bytes())
            cases = (
                ("bare", BARE, warm),
                ("warm", GLASSBOX, warm),
                ("cold", GLASSBOX, cold),
            )
            for name, code, cache in cases:
                for mark, value in run_once(code, cache).items():
                    figures.setdefault((name, mark), []).append(value)
    floor = statistics.median(figures["bare", "window"])
    return [
        {
            "case": name,
            "mark": mark,
            "ms_median": statistics.median(values),
            "ms_min": min(values),
            "ms_max": max(values),
            "ratio_to_bare_window": statistics.median(values) / floor,
        }
        for (name, mark), values in figures.items()
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    rows = measure(args.rounds)
    for row in rows:
        print(
            f"{row['case']:6} {row['mark']:11} {row['ms_median']:8.0f} ms"
            f"  ({row['ms_min']:.0f} to {row['ms_max']:.0f})"
            f"  {row['ratio_to_bare_window']:5.2f} of a bare window"
        )
    if args.json:
        args.json.write_text(json.dumps({"rows": rows}, indent=2) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
