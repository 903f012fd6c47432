"""Microseconds of a training step, against peers and the bare matrix products.

Run as `python -m tests.benchmarks.training [--json FILE] [--quick] [--device gpu]`.
Every engine takes full training steps on shuffled real data, all of them in turn in
each round; the figures are medians over the rounds. PyTorch and scikit-learn (the
extra `bench`) are left out where they are not installed. With `--device gpu` Glassbox
and the products run there, and the table has the share of the chip's peak.
"""

import argparse
import contextlib
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jax

from core.compilation_cache import use_compilation_cache
from core.data.dataset import Dataset
from core.devices import choose_device, describe
from tests.benchmarks.engines import (
    glassbox_headless,
    numpy_by_hand,
    products,
    runner_answers,
)
from tests.benchmarks.engines.problem import Problem, Take, load_examples
from tests.benchmarks.engines.window import WindowProcess
from tests.benchmarks.gpu import compare_snapshots, with_peak
from tests.benchmarks.report import Row, in_rounds, print_table, spread, write_json

NETWORKS = (((16, 16), 32), ((128,), 64), ((512, 512), 128), ((2048, 2048), 256))
GPU_NETWORKS = (*NETWORKS, ((4096, 4096), 1024))
OPTIMIZERS = ("sgd", "adam")
ROUNDS = 7
SECONDS = 0.4
WINDOW_SECONDS = 2.0
COLUMNS = ("network", "batch_size", "optimizer", "engine", "microseconds_per_step")
COLUMNS += ("min", "max", "ratio_to_floor", "frames_per_second")

Measure = Callable[[], float]


def timed(take: Take, seconds: float) -> Measure:
    """Microseconds of a step; the number of steps is found out here, once."""
    take(1)
    steps, spent = 1, 0.0
    while True:
        begun = time.perf_counter()
        take(steps)
        spent = time.perf_counter() - begun
        if spent > seconds / 4:
            break
        steps *= 2
    steps = max(1, round(steps * seconds / spent))
    take(steps)

    def measure() -> float:
        take(max(1, steps // 10))
        begun = time.perf_counter()
        take(steps)
        return 1e6 * (time.perf_counter() - begun) / steps

    return measure


class Window:
    """The engine with the window; remembers the frames that it drew."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        self._process = WindowProcess(problem)
        self._seconds = seconds
        self.frames: list[float] = []

    def measure(self) -> float:
        played = self._process.play(self._seconds)
        self.frames.append(played["frames_per_second"])
        return 1e6 / played["steps_per_second"]

    def close(self) -> None:
        self._process.close()


def engines(problem: Problem, device: jax.Device, seconds: float) -> dict[str, Measure]:
    """Every engine but the window."""
    takes = {"glassbox": glassbox_headless.make(problem, device)}
    if device.platform == "cpu":
        takes["numpy"] = numpy_by_hand.make(problem)
        with contextlib.suppress(ImportError):
            from tests.benchmarks.engines import scikit_learn

            takes["scikit-learn"] = scikit_learn.make(problem)
        with contextlib.suppress(ImportError):
            from tests.benchmarks.engines import pytorch

            takes["torch-eager"] = pytorch.make(problem, compiled=False)
            takes["torch-compile"] = pytorch.make(problem, compiled=True)
    return {name: timed(take, seconds) for name, take in takes.items()}


def measure_problem(
    problem: Problem, device: jax.Device, *, rounds: int, seconds: float, window: bool
) -> list[Row]:
    """All engines and the floor in turn; one row for each."""
    floors = {
        f"floor ({name})": timed(take, seconds)
        for name, take in products.makers(problem, device).items()
    }
    measures = engines(problem, device, seconds) | floors
    shown = None
    if window:
        shown = Window(problem, WINDOW_SECONDS * seconds / SECONDS)
        measures["glassbox-window"] = shown.measure
    try:
        figures = in_rounds(measures, rounds)
    finally:
        if shown is not None:
            shown.close()
    fastest = min(floors, key=lambda name: statistics.median(figures[name]))
    figures["floor"] = figures[fastest]
    rows = make_rows(problem, figures, by=fastest)
    if shown is not None:
        frames = spread(shown.frames)
        for row in rows:
            if row["engine"] == "glassbox-window":
                row["frames_per_second"] = frames["median"]
                row["fewest_frames_per_second"] = frames["min"]
    return rows


def make_rows(
    problem: Problem, figures: dict[str, list[float]], *, by: str
) -> list[Row]:
    floor = statistics.median(figures["floor"])
    rows: list[Row] = []
    for engine, measured in figures.items():
        if engine.startswith("floor ("):
            continue
        found = spread(measured, digits=2)
        microseconds = found.pop("median")
        row: Row = {
            "network": str(problem.spec),
            "batch_size": problem.batch_size,
            "optimizer": problem.optimizer,
            "engine": engine,
            "microseconds_per_step": microseconds,
            "ratio_to_floor": round(statistics.median(measured) / floor, 3),
            **found,
        }
        if engine == "floor":
            row["products_by"] = by
        rows.append(row)
    return rows


def measure_answers(problems: Sequence[Problem]) -> list[Row]:
    """How soon commands are obeyed, and a changed network takes its first step."""
    rows: list[Row] = []
    for problem in problems:
        answers = runner_answers.measure(problem)
        pauses = spread(answers["pause_ms"])
        rows.append(
            {
                "network": str(problem.spec),
                "optimizer": problem.optimizer,
                "pause_ms": pauses["median"],
                "longest_pause_ms": pauses["max"],
                "first_step_ms": round(answers["first_step_ms"][0]),
            }
        )
    return rows


def chosen_problems(args: argparse.Namespace, dataset: Dataset) -> list[Problem]:
    networks = GPU_NETWORKS if args.device == "gpu" else NETWORKS
    if args.networks:
        networks = tuple(networks[int(number)] for number in args.networks.split(","))
    elif args.quick:
        networks = networks[:2]
    return [
        Problem(dataset, hidden, batch_size, optimizer)
        for hidden, batch_size in networks
        for optimizer in OPTIMIZERS
    ]


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the rows to this file")
    parser.add_argument(
        "--quick", action="store_true", help="two small networks, two short rounds"
    )
    parser.add_argument("--device", choices=("cpu", "gpu"), default="cpu")
    parser.add_argument("--networks", help="numbers from 0, e.g. 0,2")
    parser.add_argument("--no-window", action="store_true")
    parser.add_argument("--peak", type=float, help="the chip's peak, TFLOP/s")
    return parser.parse_args()


def main() -> None:
    args = parse()
    use_compilation_cache()
    device = choose_device(args.device)
    dataset = load_examples()
    print(f"{dataset.name}, {len(dataset.train):,} examples, on {describe(device)}\n")
    problems = chosen_problems(args, dataset)
    rows: list[Row] = []
    on_gpu = args.device == "gpu"
    for problem in problems:
        found = measure_problem(
            problem,
            device,
            rounds=2 if args.quick else ROUNDS,
            seconds=SECONDS / 4 if args.quick else SECONDS,
            window=not on_gpu and not args.no_window,
        )
        if on_gpu:
            found = with_peak(found, problem, device, args.peak)
        columns = (*COLUMNS, "tflop_per_second", "share_of_peak") if on_gpu else COLUMNS
        print_table(found, columns)
        rows += found
    more: dict[str, object] = {"data": dataset.name, "device": describe(device)}
    if on_gpu:
        more["snapshots"] = [compare_snapshots(problem, device) for problem in problems]
        print_table(more["snapshots"], tuple(more["snapshots"][0]))
    else:
        answers = measure_answers(problems)
        print_table(answers, tuple(answers[0]))
        more["answers"] = answers
    write_json(args.json, rows, **more)


if __name__ == "__main__":
    main()
