"""Glassbox without a window: the run that `glassbox train` uses."""

from collections import deque

import jax

from core.cli.training_loop import CHUNKS_IN_FLIGHT
from core.training.run import TrainingRun
from core.training.stepping import ChunkResult
from tests.benchmarks.engines.problem import Problem, Take


def make_run(problem: Problem, device: jax.Device) -> TrainingRun:
    return TrainingRun(problem.experiment, problem.dataset, device)


def make(problem: Problem, device: jax.Device) -> Take:
    run = make_run(problem, device)
    run.advance(1)  # compiles ahead of the measurement

    def take(steps: int) -> None:
        in_flight: deque[ChunkResult] = deque()
        wanted = run.step + steps
        while run.step < wanted:
            in_flight.append(run.advance(wanted - run.step))
            if len(in_flight) == CHUNKS_IN_FLIGHT:
                _ = in_flight.popleft().losses
        for chunk in in_flight:
            _ = chunk.losses

    return take
