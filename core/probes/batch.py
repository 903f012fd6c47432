"""The current batch with its losses and outputs, and its gradient."""

from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from core.arrays import FloatArray, HostParams, IntArray
from core.network.jax.network import Params
from core.platform.compiling import jit
from core.protocol.snapshot import BatchRecord
from core.training.dropout import Masks, dropout_masks
from core.training.evaluate import read_rows
from core.training.program import Program
from core.training.run import TrainingRun, to_numpy
from core.training.run_state import RunState
from core.training.step import (
    Examples,
    Rates,
    batch_gradient,
    batch_logits,
    gather,
    program_losses,
)


def gradient_at(run: TrainingRun, point: RunState) -> HostParams:
    """dC/dparams of the batch that the step after `point` uses."""
    indices, weights = point.settings.order.batches(point.step, 1)
    with jax.default_device(run.device):
        gradient = batch_gradient(
            point.settings.program,
            point.state.params,
            run.train_examples,
            indices[0],
            weights[0],
            point.settings.rates._replace(frozen=None),
            jax.tree.map(lambda numbers: numbers[0], point.clock(1)),
        )
    return to_numpy(gradient)


def batch_after(run: TrainingRun, point: RunState) -> BatchRecord:
    """The batch of the step after `point`, evaluated before and after that step."""
    indices, weights = point.settings.order.batches(point.step, 1)
    chosen = indices[0, : int(np.count_nonzero(weights))]
    split = run.dataset.train.rows(chosen)
    read = partial(_read, run, point.settings.program, indices[0], len(chosen))
    losses, predicted, outputs = read(point.state.params)
    record = BatchRecord(
        step=point.step + 1,
        indices=chosen,
        inputs=run.dataset.train.network_inputs(chosen),
        labels=split.labels,
        losses_before=losses,
        predicted_before=predicted,
        targets=split.targets,
        outputs_before=outputs,
        training=point.settings.experiment.training,
        learning_rate=point.learning_rate,
        losses_thinned=_thinned(run, point, indices[0], len(chosen)),
    )
    if point.step == run.step:
        return record
    losses, predicted, outputs = read(run.params)
    return replace(
        record,
        losses_after=losses,
        predicted_after=predicted,
        outputs_after=outputs,
    )


def _thinned(
    run: TrainingRun, point: RunState, indices: IntArray, count: int
) -> FloatArray | None:
    """Losses of the pass whose gradient the step takes; None without dropout."""
    program, rates = point.settings.program, point.settings.rates
    if not program.has_dropout:
        return None
    with jax.default_device(run.device):
        losses = thinned_losses(
            program,
            point.state.params,
            run.train_examples,
            indices,
            rates._replace(frozen=None),
            np.int32(point.step),
        )
    return np.asarray(losses)[:count]


@partial(jit, static_argnames="program")
def thinned_losses(
    program: Program,
    params: Params,
    examples: Examples,
    indices: Int[Array, " batch"],
    rates: Rates,
    step: Int[Array, ""],
) -> Float[Array, " batch"]:
    """The loss of each example with the masks of the step after `step` steps."""
    batch = gather(examples, indices, jnp.ones(indices.shape, jnp.float32))
    masks: Masks = dropout_masks(program, rates.dropout, rates.seed, step, len(indices))
    logits = batch_logits(program, params, batch, masks)
    losses: Array = program_losses(program, logits, batch.labels)
    return losses


def _read(
    run: TrainingRun, program: Program, indices: IntArray, count: int, params: Params
) -> tuple[FloatArray, IntArray, FloatArray]:
    with jax.default_device(run.device):
        rows = read_rows(program, params, run.train_examples, indices)
    read = (rows.losses, rows.predicted, rows.outputs)
    losses, predicted, outputs = (np.asarray(column)[:count] for column in read)
    return losses, predicted, outputs
