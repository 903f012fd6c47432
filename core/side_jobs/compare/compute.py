"""Trains several experiments side by side, in parts."""

import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from core.data.dataset import Dataset, Split
from core.data.load import load_dataset
from core.experiment.memory import Place, refusal
from core.experiment.model import DataSettings
from core.network.jax.activations import activate
from core.network.jax.losses import example_losses, has_classes, share_right, targets
from core.network.jax.network import Params
from core.platform.compiling import jit
from core.platform.devices import free_bytes
from core.protocol.side_jobs.compare import (
    CompareRequest,
    Comparison,
    Member,
    MemberCurves,
)
from core.side_jobs.beside import Check, Waiting, done_beside
from core.side_jobs.context import JobContext
from core.training.program import Program
from core.training.run import TrainingRun
from core.training.step import Examples, batch_logits, examples_on, gather
from core.values.errors import ExperimentError

READ: Final = 2000
"""Examples of each split in an evaluation."""
READINGS: Final = 80
"""Evaluations of each member over the whole comparison; closer together at first."""
CHUNK: Final = 16
"""Steps of a part: a turn of the runner takes at least one part."""
REPORT_SECONDS: Final = 0.15


class _Reading(NamedTuple):
    loss: Float[Array, ""]
    accuracy: Float[Array, ""]
    largest_error: Float[Array, ""]


@partial(jit, static_argnames="program")
def _read(program: Program, params: Params, examples: Examples) -> _Reading:
    n = len(examples.labels)
    weights = jnp.ones(n, jnp.float32)
    batch = gather(examples, jnp.arange(n, dtype=jnp.int32), weights)
    logits = batch_logits(program, params, batch)
    losses = example_losses(
        program.loss, program.output, logits, batch.labels, rho=program.rho
    )
    accuracy = share_right(logits, batch.labels, weights, program.output)
    largest = jnp.full((), jnp.nan, jnp.float32)
    if not has_classes(batch.labels):
        target = targets(batch.labels, logits.shape[1], program.output)
        largest = jnp.max(jnp.abs(activate(program.output, logits) - target))
    return _Reading(jnp.mean(losses), accuracy, largest)


@dataclass(eq=False)
class _MemberRun:
    """Mutable: one member during training."""

    member: Member
    run: TrainingRun
    train: Examples
    test: Examples
    steps: list[int] = field(default_factory=list)
    rows: list[tuple[float, ...]] = field(default_factory=list)
    diverged_at: int | None = None

    def read(self) -> None:
        """Evaluate both splits at the newest step."""
        program, params = self.run.program, self.run.params
        train = _read(program, params, self.train)
        test = _read(program, params, self.test)
        row = (train.loss, test.loss, train.accuracy, test.accuracy)
        values = tuple(float(value) for value in (*row, test.largest_error))
        if not np.isfinite(values[0]):
            self.diverged_at = self.run.step
            return
        self.steps.append(self.run.step)
        self.rows.append(values)

    def curves(self) -> MemberCurves:
        table = np.asarray(self.rows, np.float64).reshape(-1, 5)
        steps = np.asarray(self.steps, np.int64)
        train_loss, test_loss, train_accuracy, test_accuracy, largest = table.T.copy()
        return MemberCurves(
            name=self.member.name,
            steps=steps,
            train_loss=train_loss,
            test_loss=test_loss,
            train_accuracy=train_accuracy,
            test_accuracy=test_accuracy,
            largest_error=largest,
            diverged_at=self.diverged_at,
        )


def reading_steps(steps: int) -> tuple[int, ...]:
    """Steps to evaluate at: 0, the last step, and others, closer together at first."""
    target = np.rint(steps * np.linspace(0, 1, READINGS) ** 1.5)
    whole = np.where(target > 2 * CHUNK, target // CHUNK * CHUNK, target)
    whole[-1] = steps
    return tuple(int(k) for k in np.unique(whole.astype(np.int64)))


Parts = Generator[Comparison | Waiting | None, None, None]


def compare_in_parts(request: CompareRequest, context: JobContext) -> Parts:
    """Train all members, each to the same step before any continues: None after a part.

    Raises:
        GlassboxError: data are missing, or a network cannot fit into memory.
    """
    runners: list[_MemberRun] = []
    datasets = dict(context.loaded)
    for member in request.members:
        data = member.experiment.data
        if data not in datasets:
            datasets[data] = yield from done_beside(partial(_load, data, context))
        runners.append(_prepared(member, datasets[data], context.device))
        yield None
    reported_at = 0.0
    for step in reading_steps(request.steps):
        for runner in runners:
            yield from _advanced(runner, step)
        now = time.perf_counter()
        if now - reported_at >= REPORT_SECONDS or step == request.steps:
            reported_at = now
            yield _comparison(runners, step, request.steps)


def _advanced(runner: _MemberRun, step: int) -> Iterator[None]:
    run = runner.run
    while runner.diverged_at is None and run.step < step:
        result = run.advance(min(CHUNK, step - run.step))
        if not np.isfinite(np.asarray(result.losses)).all():
            bad = int(np.argmin(np.isfinite(np.asarray(result.losses))))
            runner.diverged_at = result.first_step + bad
        yield None
    if runner.diverged_at is None:
        runner.read()
        yield None


def _comparison(runners: list[_MemberRun], step: int, steps: int) -> Comparison:
    first = runners[0]
    return Comparison(
        tuple(runner.curves() for runner in runners),
        step,
        steps,
        len(first.train.labels),
        len(first.test.labels),
        len(first.run.train_examples.labels),
        len(first.run.test_examples.labels),
    )


def _first(split: Split) -> Split:
    return split.rows(np.arange(min(READ, len(split))))


def _load(data: DataSettings, context: JobContext, check: Check) -> Dataset:
    return load_dataset(data, data_folders=context.data_folders, progress=check)


def _prepared(member: Member, dataset: Dataset, device: jax.Device) -> _MemberRun:
    experiment = member.experiment
    sizes = (dataset.n_inputs, dataset.n_outputs)
    free = free_bytes(device)
    reason = refusal(experiment, *sizes, free, Place.COMMAND_LINE)
    if reason is not None:
        raise ExperimentError(f"{member.name}: {reason}")
    run = TrainingRun(experiment, dataset, device)
    parts = (_first(dataset.train), _first(dataset.test))
    train, test = (examples_on(device, split) for split in parts)
    return _MemberRun(member, run, train, test)
