"""Each example's own derivatives in the current batch, and the optimiser's state."""

import dataclasses
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jaxtyping import Array, Float, Int

from core.network.jax.network import Params, forward_trace
from core.network.jax.optimizers import state_trees
from core.platform.compiling import jit
from core.protocol.probe_records import OptimizerState, RequestRecord
from core.training.dropout import Masks, dropout_masks
from core.training.program import Program
from core.training.run import TrainingRun, to_numpy
from core.training.run_state import RunState
from core.training.step import Batch, Examples, Rates, batch_loss, gather


class ExampleValues(NamedTuple):
    """(batch, n) each: activations of layers 0 to n_layers - 1, deltas of 1 to n."""

    activations: tuple[Array, ...]
    deltas: tuple[Array, ...]


@partial(jit, static_argnames="program")
def example_values(
    program: Program,
    params: Params,
    examples: Examples,
    indices: Int[Array, " batch"],
    rates: Rates,
    step: Int[Array, ""],
) -> ExampleValues:
    """Forward and backward pass of each example separately.

    An example's delta dC/dz is its dC/db: so the training's own loss is differentiated
    by the biases, one example at a time; the penalties do not depend on those.
    """
    # A layer without biases has deltas too; its zeros change nothing.
    spec = dataclasses.replace(program.spec, biases=())
    unbiased = dataclasses.replace(program, spec=spec)
    weights = tuple(w for w, _ in params)
    batch = gather(examples, indices, jnp.ones(indices.shape, jnp.float32))

    def loss(biases: tuple[Array, ...], one: Batch, mask: Masks) -> Float[Array, ""]:
        layers = tuple(zip(weights, biases, strict=True))
        alone, mask = jax.tree.map(lambda values: values[None], (one, mask))
        total: Float[Array, ""] = batch_loss(layers, unbiased, alone, rates, mask)[0]
        return total

    masks: Masks = dropout_masks(program, rates.dropout, rates.seed, step, len(indices))
    biases = tuple(b for _, b in params)
    deltas = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(biases, batch, masks)
    inputs = batch.inputs
    if inputs.dtype == jnp.uint8:
        inputs = inputs.astype(jnp.float32) / 255
    _, activations = forward_trace(program.spec, params, inputs, masks)
    return ExampleValues((inputs, *activations[:-1]), deltas)


def read_requests(run: TrainingRun, before: RunState) -> RequestRecord:
    """The requests of the batch of the step after `before`."""
    program, rates, order = before.settings[:3]
    rates = rates._replace(frozen=None)
    indices, weights = order.batches(before.step, 1)
    count = int(np.count_nonzero(weights))
    with jax.default_device(run.device):
        values = example_values(
            program,
            before.state.params,
            run.train_examples,
            indices[0],
            rates,
            np.int32(before.step),
        )
    host = jax.tree.map(lambda rows: np.asarray(rows)[:count], values)
    return RequestRecord(
        host.activations,
        host.deltas,
        program.optimizer,
        before.step < run.step,
        before.learning_rate,
        float(rates.l1),
        float(rates.l2),
        _states(before, run.newest),
        {name: float(one) for name, one in rates.optimizer._asdict().items()},
        _steps_taken(before, run.newest),
    )


def _steps_taken(before: RunState, after: RunState) -> int:
    """By the optimiser since it began; 0 of one that does not count."""
    same = after.settings.program.optimizer == before.settings.program.optimizer
    state = (after if same else before).state.opt_state
    return int(optax.tree_utils.tree_get(state, "count", 0))


def _states(before: RunState, after: RunState) -> tuple[OptimizerState, ...]:
    optimizer = before.settings.program.optimizer
    old = state_trees(optimizer, before.state.opt_state)
    new = old
    if after.settings.program.optimizer == optimizer:
        new = state_trees(optimizer, after.state.opt_state)
    return tuple(
        OptimizerState(name, to_numpy(values), to_numpy(new[name]))
        for name, values in old.items()
    )
