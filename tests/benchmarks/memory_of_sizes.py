"""Memory that networks of five sizes take, beside what the program tells of them.

`python -m tests.benchmarks.memory_of_sizes [--json FILE]` trains each in the window
(offscreen, looking at each workspace of a network) and on the command line, each in a
process of its own, and holds the largest resident memory above that of the smallest
preset against the estimate. Linux alone.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import gui  # noqa: F401
from core.experiment import memory
from core.experiment.memory import Place
from core.experiment.model import Experiment
from core.experiment.presets import load_preset

MEGABYTE: Final = 1e6
SIZES: Final = tuple((n, n) for n in (512, 1024, 2048, 4096, 8192))
OPTIMIZER: Final = "sgd"
STEPS: Final = 12
WORKSPACES_SEEN: Final = ("train", "step", "health", "train")
LONGEST_SECONDS: Final = 600.0


def experiment_of(hidden: tuple[int, ...], optimizer: str = OPTIMIZER) -> Experiment:
    """Digits with these layers; without any, the smallest thing that is trained."""
    if not hidden:
        return load_preset("xor").experiment
    return Experiment().with_values(
        {
            "network.hidden": list(hidden),
            "training.optimizer": optimizer,
            "training.learning_rate": 0.001,
        }
    )


def peak_bytes() -> int:
    """The most memory that this process has had at once."""
    status = Path("/proc/self/status").read_text("ascii")
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def in_the_window(experiment: Experiment) -> None:
    from gui.launch.app import Opening, close_window, make_application, open_window
    from gui.window.player.speed import SPEEDS
    from gui.window.window_settings import WindowSettings

    app = make_application()
    with tempfile.TemporaryDirectory(prefix="glassbox-") as folder:
        settings = WindowSettings(Path(folder) / "window.ini")
        settings.set_text("speed", str(SPEEDS.index(None)))
        window = open_window(app, Opening(experiment), settings)
        end = time.monotonic() + LONGEST_SECONDS

        def wait(ready: Callable[[], bool]) -> None:
            while not ready() and time.monotonic() < end:
                app.processEvents()
                time.sleep(0.002)

        def step() -> int:
            view = window.session.view
            return 0 if view is None else view.snapshot.step

        for workspace in WORKSPACES_SEEN:
            window.show_workspace(workspace)
            goal = step() + STEPS
            wait(lambda goal=goal: step() >= goal)  # type: ignore[misc]
        close_window(window)


def on_the_command_line(experiment: Experiment) -> None:
    from core.cli.main import main
    from core.experiment import toml_form

    with tempfile.TemporaryDirectory(prefix="glassbox-") as folder:
        path = Path(folder) / "experiment.toml"
        path.write_text(toml_form.dumps(experiment), encoding="utf-8")
        out = str(Path(folder) / "w.npz")
        main(["train", "--experiment", str(path), "--steps", str(STEPS), "--out", out])


PLACES: Final = {
    Place.WINDOW: in_the_window,
    Place.COMMAND_LINE: on_the_command_line,
}


def measured(place: Place, hidden: tuple[int, ...], optimizer: str) -> int:
    """Bytes of a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.memory_of_sizes"]
    layers = ",".join(map(str, hidden))
    command += ["--only", place.name, "--hidden", layers, "--optimizer", optimizer]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return int(done.stdout.splitlines()[-1])


def rows(optimizer: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for place in PLACES:
        own = measured(place, (), optimizer)
        print(f"{place.name}: {own / MEGABYTE:.0f} MB are the program's own")
        for hidden in SIZES:
            taken = measured(place, hidden, optimizer) - own
            told = memory.estimate(
                experiment_of(hidden, optimizer), 784, 10, place
            ).total
            name = "-".join(map(str, (784, *hidden, 10)))
            print(
                f"{place.name:13} {name:18} {taken / MEGABYTE:7.0f} MB, "
                f"told {told / MEGABYTE:7.0f} MB, {told / taken:5.2f}",
                flush=True,
            )
            found.append(
                {"place": place.name, "layers": name, "taken": taken, "told": told}
            )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--optimizer", default=OPTIMIZER)
    names = [place.name for place in PLACES]
    parser.add_argument("--only", choices=names, help=argparse.SUPPRESS)
    parser.add_argument("--hidden", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only:
        hidden = tuple(int(n) for n in args.hidden.split(",") if n)
        PLACES[Place[args.only]](experiment_of(hidden, args.optimizer))
        print(peak_bytes())
        return 0
    found = rows(args.optimizer)
    if args.json:
        args.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
