"""Opens every workspace with every preset at many sizes, and says what cannot be read.

Run as `python -m tests.sweeps.windows [--preset NAME ...] [--pairwise] [--size WxH ...]
[--text PERCENT] [--json FILE]`. A ratio of 2 is tried with QT_SCALE_FACTOR=2 in the
environment. The exit code is 1 where something is wrong.
"""

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import core.runner.loop  # noqa: F401  # two threads must not parse at once
from core.experiment.presets import load_preset
from gui.launch.app import Opening, close_window, make_application, open_window
from gui.window.window_settings import WindowSettings
from tests.sweeps.window_cases import SIZES, WindowCase, all_cases, pairwise
from tests.sweeps.window_stage import WindowStage


def main() -> int:
    options = _options()
    sizes = tuple(options.size or SIZES)
    cases = pairwise(sizes=sizes) if options.pairwise else all_cases(sizes)
    if options.preset:
        cases = [case for case in cases if case.preset in options.preset]
    faults: dict[str, list[str]] = {}
    for preset in dict.fromkeys(case.preset for case in cases):
        of_preset = [case for case in cases if case.preset == preset]
        faults |= _try_preset(of_preset, options.text)
    _tell(len(cases), faults)
    if options.json:
        options.json.write_text(json.dumps(faults, indent=1), encoding="utf-8")
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preset", action="append", help="only this one, or these")
    parser.add_argument("--pairwise", action="store_true", help="only each pair")
    parser.add_argument(
        "--size", action="append", type=_size, metavar="WxH", help="in place of usual"
    )
    parser.add_argument(
        "--text", type=int, default=100, metavar="PERCENT", help="its size"
    )
    parser.add_argument("--json", type=Path, help="write what is wrong to a file")
    return parser.parse_args()


def _size(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


def _try_preset(cases: list[WindowCase], text: int) -> dict[str, list[str]]:
    """Faults of each case in a window of its own; only cases that have some."""
    app = make_application()
    experiment = load_preset(cases[0].preset).experiment
    with TemporaryDirectory() as folder:
        settings = WindowSettings(Path(folder, "window.ini"))
        window = open_window(app, Opening(experiment), settings)
        window.preferences.set_value("font_scale", text)
        stage = WindowStage(window)
        found = {}
        try:
            if stage.has_run():
                for case in cases:
                    if faults := stage.faults_of(case):
                        found[str(case)] = faults
            else:
                print(f"{cases[0].preset}: {window.message_bar.text}", file=sys.stderr)
        finally:
            close_window(window)
            window.deleteLater()
    print(f"{cases[0].preset}: {len(found)} of {len(cases)} with faults", flush=True)
    return found


def _tell(tried: int, faults: dict[str, list[str]]) -> None:
    kinds = Counter(fault for of_case in faults.values() for fault in of_case)
    for fault, count in kinds.most_common(60):
        print(f"{count:5}  {fault}")
    print(f"{len(faults)} of {tried} windows have faults")


if __name__ == "__main__":
    sys.exit(main())
