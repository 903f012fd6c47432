"""Microseconds of a training step, against peers and the bare matrix products.

Run as `python -m tests.benchmarks.training [--json FILE] [--quick] [--device gpu]`.
Every engine, in a process of its own, takes full training steps on shuffled real data,
all of them in turn in each round; the figures are medians over the rounds. PyTorch and
scikit-learn (the extra `bench`) are left out where they are not installed. With
`--device gpu` Glassbox and the products run there, and the table has the share of the
chip's peak.
"""

import argparse
import importlib.util
import statistics
from collections.abc import Sequence
from pathlib import Path

from core.data.dataset import Dataset
from core.platform.compilation_cache import use_compilation_cache
from core.platform.devices import choose_device, describe
from tests.benchmarks.engines import process, products, runner_answers, window
from tests.benchmarks.engines.problem import Problem, load_examples
from tests.benchmarks.engines.process import EngineProcess, arguments_of
from tests.benchmarks.gpu import compare_snapshots, with_peak
from tests.benchmarks.report import Row, in_rounds, print_table, spread, write_json

NETWORKS = (((16, 16), 32), ((128,), 64), ((512, 512), 128), ((2048, 2048), 256))
GPU_NETWORKS = (*NETWORKS, ((4096, 4096), 1024))
OPTIMIZERS = ("sgd", "adam")
ROUNDS = 7
SECONDS = 0.4
WINDOW_FACTOR = 10
"""The window plays longer: its steps are counted between snapshots."""
COLUMNS = ("network", "batch_size", "optimizer", "engine", "microseconds_per_step")
COLUMNS += ("min", "max", "ratio_to_floor", "frames_per_second")


def engine_names(device_name: str) -> list[str]:
    """Every engine that is at hand, but the window."""
    names = ["glassbox"]
    if device_name == "cpu":
        names.append("numpy")
        if importlib.util.find_spec("sklearn") is not None:
            names.append("scikit-learn")
        if importlib.util.find_spec("torch") is not None:
            names += ["torch:eager", "torch:compile"]
    return names + [f"floor:{way}" for way in products.libraries(device_name)]


class Engine:
    """One process; remembers the frames if it draws some."""

    def __init__(
        self, name: str, problem: Problem, device: str, seconds: float
    ) -> None:
        self._seconds = seconds
        self.is_window = name == "glassbox-window"
        self.frames: list[float] = []
        of_problem = arguments_of(problem)
        if self.is_window:
            self._process = EngineProcess(window.MODULE, *of_problem)
        else:
            self._process = EngineProcess(
                process.MODULE, name, *of_problem, device, seconds
            )
        self._process.read()  # ready: one process after the other warms up

    def measure(self) -> float:
        """Microseconds of a step."""
        if not self.is_window:
            return float(self._process.ask(""))
        played = self._process.ask(self._seconds * WINDOW_FACTOR)
        self.frames.append(played["frames_per_second"])
        return 1e6 / float(played["steps_per_second"])

    def close(self) -> None:
        self._process.close()


def measure_problem(
    problem: Problem, device: str, *, rounds: int, seconds: float, with_window: bool
) -> list[Row]:
    """All engines and the floor in turn; one row for each."""
    names = engine_names(device) + (["glassbox-window"] if with_window else [])
    engines: dict[str, Engine] = {}
    try:
        for name in names:
            engines[name] = Engine(name, problem, device, seconds)
        figures = in_rounds(
            {name: engine.measure for name, engine in engines.items()}, rounds
        )
    finally:
        for engine in engines.values():
            engine.close()
    floors = [name for name in names if name.startswith("floor:")]
    fastest = min(floors, key=lambda name: statistics.median(figures[name]))
    figures["floor"] = figures[fastest]
    rows = make_rows(problem, figures, by=fastest.removeprefix("floor:"))
    for row in rows:
        if row["engine"] == "glassbox-window":
            frames = spread(engines["glassbox-window"].frames)
            row["frames_per_second"] = frames["median"]
            row["fewest_frames_per_second"] = frames["min"]
    return rows


def make_rows(
    problem: Problem, figures: dict[str, list[float]], *, by: str
) -> list[Row]:
    floor = statistics.median(figures["floor"])
    rows: list[Row] = []
    for engine, measured in figures.items():
        if engine.startswith("floor:"):
            continue
        found = spread(measured, digits=2)
        microseconds = found.pop("median")
        row: Row = {
            "network": str(problem.spec),
            "batch_size": problem.batch_size,
            "optimizer": problem.optimizer,
            "engine": engine.replace(":", "-"),
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
            args.device,
            rounds=2 if args.quick else ROUNDS,
            seconds=SECONDS / 4 if args.quick else SECONDS,
            with_window=not on_gpu and not args.no_window,
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
