"""An engine in a process of its own, where no other library's threads spin.

`EngineProcess` asks by a line and is answered by a line. The process started
with ENGINE HIDDEN BATCH OPTIMIZER DEVICE SECONDS.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.engines.problem import Problem, Take, load_examples

MODULE = "tests.benchmarks.engines.process"


class EngineProcess:
    """The other process; `close` ends it."""

    def __init__(self, module: str, *arguments: object) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Several processes share a GPU's memory.
            env={**os.environ, "XLA_PYTHON_CLIENT_PREALLOCATE": "false"},
        )

    def ask(self, question: object) -> Any:
        """Send a line, wait for the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{question}\n")
        self._process.stdin.flush()
        return self.read()

    def read(self) -> Any:
        """The next line of the process."""
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate(timeout=60)


def arguments_of(problem: Problem) -> tuple[object, ...]:
    """A problem as arguments of a process."""
    hidden = ",".join(map(str, problem.hidden))
    return hidden, problem.batch_size, problem.optimizer


def problem_of(arguments: list[str]) -> Problem:
    hidden = tuple(int(units) for units in arguments[0].split(","))
    return Problem(load_examples(), hidden, int(arguments[1]), arguments[2])


def make(engine: str, problem: Problem, device_name: str) -> Take:
    """The function that takes an engine's steps."""
    # Each process imports its own library alone.
    kind, _, way = engine.partition(":")
    if kind == "glassbox":
        from core.platform.compilation_cache import use_compilation_cache
        from core.platform.devices import choose_device
        from tests.benchmarks.engines import glassbox_headless

        use_compilation_cache()
        return glassbox_headless.make(problem, choose_device(device_name))
    if kind == "numpy":
        from tests.benchmarks.engines import numpy_by_hand

        return numpy_by_hand.make(problem)
    if kind == "scikit-learn":
        from tests.benchmarks.engines import scikit_learn

        return scikit_learn.make(problem)
    if kind == "torch":
        from tests.benchmarks.engines import pytorch

        return pytorch.make(problem, compiled=way == "compile")
    from tests.benchmarks.engines import products

    return products.make(way, problem, device_name)


def timed(take: Take, seconds: float) -> Callable[[], float]:
    """Microseconds of a step; the number of steps is found out here, once."""
    take(1)
    steps = 1
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


def main(arguments: list[str]) -> None:
    engine, *of_problem, device_name, seconds = arguments
    measure = timed(make(engine, problem_of(of_problem), device_name), float(seconds))
    print(json.dumps("ready"), flush=True)
    for _ in sys.stdin:
        print(json.dumps(measure()), flush=True)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(sys.argv[1:])
