"""How soon the runner thread obeys a pause, and takes a changed network's first step.

`measure(problem)` asks a new process, because a program is compiled once in each.
"""

import json
import subprocess
import sys
import time
from collections import deque
from typing import cast

from core.protocol.messages import (
    Event,
    Metrics,
    Pause,
    Play,
    PlayingChanged,
    Start,
    Step,
)
from core.runner.channel import News
from core.runner.thread import Runner
from tests.benchmarks.engines.problem import Problem, data_folders
from tests.benchmarks.engines.process import arguments_of, problem_of

PAUSES = 12
PLAYING_SECONDS = 0.4
_unread: deque[News] = deque()


def measure(problem: Problem) -> dict[str, list[float]]:
    """Milliseconds of each pause, and of the first step after another network's.

    The first step is counted from the Start command, with a warm cache of compiled
    programs and the data in memory.
    """
    command = [sys.executable, "-m", __name__, *map(str, arguments_of(problem))]
    for _ in range(2):  # the first one warms the cache
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return cast("dict[str, list[float]]", json.loads(answer.stdout))


def main(arguments: list[str]) -> None:
    problem = problem_of(arguments)
    other = Problem(problem.dataset, (24, 24), problem.batch_size, problem.optimizer)
    runner = Runner()
    runner.start()
    try:
        first_step_ms(runner, other, 1)
        answer = {"first_step_ms": [first_step_ms(runner, problem, 2)]}
        answer["pause_ms"] = pauses_ms(runner)
    finally:
        runner.stop()
    print(json.dumps(answer))


def first_step_ms(runner: Runner, problem: Problem, run_id: int) -> float:
    begun = time.perf_counter()
    folders = data_folders()
    runner.post(Start(run_id, problem.experiment, data_folders=folders))
    runner.post(Step())
    wait_for(runner, Metrics)
    taken = 1000 * (time.perf_counter() - begun)
    wait_for(runner, PlayingChanged, playing=False)
    return taken


def pauses_ms(runner: Runner) -> list[float]:
    delays = []
    for number in range(PAUSES + 1):
        runner.post(Play())
        wait_for(runner, PlayingChanged, playing=True)
        look_until(runner, time.perf_counter() + PLAYING_SECONDS * (1 + number / 37))
        begun = time.perf_counter()
        runner.post(Pause())
        wait_for(runner, PlayingChanged, playing=False)
        delays.append(1000 * (time.perf_counter() - begun))
    return delays[1:]  # while it plays for the first time it compiles


def look_until(runner: Runner, end: float) -> None:
    """Take what comes, as a window does."""
    while time.perf_counter() < end:
        _unread.extend(runner.take_news())
        time.sleep(0.008)


def wait_for(runner: Runner, kind: type[Event], *, playing: bool | None = None) -> None:
    end = time.perf_counter() + 120
    while time.perf_counter() < end:
        _unread.extend(runner.take_news())
        while _unread:
            event = _unread.popleft()
            if not isinstance(event, kind):
                continue
            if not isinstance(event, PlayingChanged) or event.playing == playing:
                return
        time.sleep(0.0002)
    msg = f"no {kind.__name__} comes"
    raise TimeoutError(msg)


if __name__ == "__main__":
    main(sys.argv[1:])
