"""The jitted training step and the jitted chunk of many steps."""

import math
from functools import partial
from typing import Final, NamedTuple, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jaxtyping import Array, Bool, Float, Int, UInt8

from core.data.dataset import Split
from core.experiment.model import TrainingSettings
from core.network.jax.array_functions import JAX
from core.network.jax.losses import Labels, example_losses, share_right
from core.network.jax.network import Params, output_logits
from core.network.jax.optimizers import DEFAULT_NUMBERS, OptimizerNumbers, direction_of
from core.platform.compiling import jit
from core.training.dropout import Masks, dropout_masks
from core.training.program import Program

BLOCK_STEPS: Final = 64
"""Most steps whose examples are gathered at once, if cores can share the work."""
BLOCK_PRODUCTS: Final = 100_000_000
"""Weights times examples of a block: more would be gathered than is used."""
T = TypeVar("T")


class TrainState(NamedTuple):
    """Everything that a step changes."""

    params: Params
    opt_state: optax.OptState


Mask = tuple[
    tuple[Bool[Array, "_out_features _in_features"], Bool[Array, " _out_features"]], ...
]
"""True for each frozen parameter, shaped like params."""


class Rates(NamedTuple):
    """Numbers that can change between any two steps without a compilation.

    Attributes:
        frozen: where a step changes nothing; with None, which compiles to a program of
            its own, freezing costs nothing.
    """

    l1: Float[Array, ""]
    l2: Float[Array, ""]
    dropout: Float[Array, ""]
    seed: Int[Array, ""]
    optimizer: OptimizerNumbers = DEFAULT_NUMBERS
    frozen: Mask | None = None


def rates_of(training: TrainingSettings) -> Rates:
    """The numbers of an experiment as arrays."""
    numbers = (getattr(training, name) for name in OptimizerNumbers._fields)
    rates: Rates = jax.device_put(
        Rates(
            np.float32(training.l1),  # type: ignore[arg-type]
            np.float32(training.l2),  # type: ignore[arg-type]
            np.float32(training.dropout),  # type: ignore[arg-type]
            np.int32(training.seed),  # type: ignore[arg-type]
            OptimizerNumbers(*(np.float32(number) for number in numbers)),  # type: ignore[arg-type]
        )
    )
    return rates


class Clock(NamedTuple):
    """What differs from step to step besides the batch.

    Attributes:
        learning_rate: of the step, by the schedule.
        step: steps taken before it.
    """

    learning_rate: Float[Array, "*steps"]
    step: Int[Array, "*steps"]


class Examples(NamedTuple):
    """A split on the device: uint8 grey levels or float32 inputs, labels or targets.

    `labels` are class numbers, or targets where the data have no classes.
    """

    inputs: UInt8[Array, "n in_features"] | Float[Array, "n in_features"]
    labels: Int[Array, " n"] | Float[Array, "n outputs"]


def examples_on(device: jax.Device, split: Split) -> Examples:
    """A split on a device."""
    parts = (split.inputs, split.answers)
    return Examples(*(jax.device_put(part, device) for part in parts))


class Batch(NamedTuple):
    """Examples of one step, as they are stored.

    `weights` are 1 for an example and 0 for the padding of a ragged last batch.
    """

    inputs: (
        UInt8[Array, "*steps batch in_features"]
        | Float[Array, "*steps batch in_features"]
    )
    labels: Int[Array, "*steps batch"] | Float[Array, "*steps batch outputs"]
    weights: Float[Array, "*steps batch"]


@partial(jit, static_argnames="program")
def with_params(program: Program, params: Params) -> TrainState:
    """A new optimiser state for given weights."""
    opt_state: optax.OptState = direction_of(program.optimizer).init(params)
    return TrainState(params, opt_state)


def gather(
    examples: Examples,
    indices: Int[Array, "*steps batch"],
    weights: Float[Array, "*steps batch"],
) -> Batch:
    """Collect examples as they are stored; the indices have to be valid."""

    def rows(values: Array) -> Array:
        picked = values.at[indices]
        return picked.get(mode="promise_in_bounds", wrap_negative_indices=False)

    return Batch(rows(examples.inputs), rows(examples.labels), weights)


def batch_logits(
    program: Program, params: Params, batch: Batch, masks: Masks = ()
) -> Float[Array, "batch classes"]:
    """Pre-activations of the output layer for a batch; grey levels become 0 to 1."""
    inputs = batch.inputs
    if inputs.dtype == jnp.uint8:
        inputs = inputs.astype(jnp.float32) / 255
    logits: Float[Array, "batch classes"] = output_logits(
        program.spec, params, inputs, masks
    )
    return logits


def program_losses(
    program: Program,
    logits: Float[Array, "batch classes"],
    labels: Labels,
) -> Float[Array, " batch"]:
    """The program's loss of each example."""
    losses: Array = example_losses(
        program.loss, program.output, logits, labels, rho=program.rho
    )
    return losses


def penalty(params: Params, rates: Rates) -> Float[Array, ""]:
    """l1 * sum |w| + l2 / 2 * sum w^2 over the weights; biases are not penalised."""
    absolute = sum(jnp.sum(JAX.absolute(w)) for w, _ in params)
    squares = sum(jnp.sum(w**2) for w, _ in params)
    return rates.l1 * absolute + rates.l2 / 2 * squares


def batch_loss(
    params: Params, program: Program, batch: Batch, rates: Rates, masks: Masks = ()
) -> tuple[Float[Array, ""], tuple[Float[Array, ""], Float[Array, ""]]]:
    """The minimised loss; besides, without penalties, the loss and accuracy.

    All three are means over the examples that are not padding.
    """
    logits = batch_logits(program, params, batch, masks)
    losses = program_losses(program, logits, batch.labels)
    count = jnp.sum(batch.weights)
    loss = jnp.sum(losses * batch.weights) / count
    accuracy = share_right(logits, batch.labels, batch.weights, program.output)
    total = loss + penalty(params, rates) if program.penalised else loss
    return total, (loss, accuracy)


def train_step(
    program: Program, state: TrainState, batch: Batch, rates: Rates, clock: Clock
) -> tuple[TrainState, tuple[Array, Array]]:
    """One step of gradient descent; returns the batch's loss and accuracy before it."""
    masks = _masks(program, batch, rates, clock)
    gradient, read = jax.grad(batch_loss, has_aux=True)(
        state.params, program, batch, rates, masks
    )
    return apply_gradient(program, state, gradient, rates, clock.learning_rate), read


def apply_gradient(
    program: Program,
    state: TrainState,
    gradient: Params,
    rates: Rates,
    learning_rate: Float[Array, ""],
) -> TrainState:
    """Apply the optimiser's update for a gradient."""
    if rates.frozen is not None:
        gradient = without(rates.frozen, gradient)
    direction, opt_state = direction_of(program.optimizer, rates.optimizer).update(
        gradient, state.opt_state, state.params
    )
    if rates.frozen is not None:
        # Masked again: a velocity from before the freezing decays only slowly.
        direction = without(rates.frozen, direction)
    params = jax.tree.map(lambda p, d: p - learning_rate * d, state.params, direction)
    return TrainState(params, opt_state)


def _masks(program: Program, batch: Batch, rates: Rates, clock: Clock) -> Masks:
    masks: Masks = dropout_masks(
        program, rates.dropout, rates.seed, clock.step, len(batch.weights)
    )
    return masks


def without(mask: Mask, values: Params) -> Params:
    """The values, 0 where the mask is true."""
    kept: Params = jax.tree.map(lambda m, v: jnp.where(m, 0, v), mask, values)
    return kept


@partial(jit, static_argnames="program")
def train_chunk(  # noqa: PLR0913
    program: Program,
    state: TrainState,
    examples: Examples,
    indices: Int[Array, "room batch"],
    weights: Float[Array, "room batch"],
    rates: Rates,
    clock: Clock,
    count: Int[Array, ""],
) -> tuple[TrainState, tuple[Float[Array, " room"], Float[Array, " room"]]]:
    """The first `count` of these steps: one compilation for any number of them.

    Examples are gathered a block of steps ahead, and are converted to floats in their
    step: a quarter of the memory to write and read.

    Returns:
        The state after the last step, and loss and accuracy of each batch before its
        step, 0 from `count` on.
    """
    room = len(indices)
    length = math.gcd(room, block_steps(program, indices.shape[1]))

    def block(
        number: Array, carry: tuple[TrainState, tuple[Array, Array]]
    ) -> tuple[TrainState, tuple[Array, Array]]:
        first = number * length
        chosen, now = _rows(((indices, weights), clock), first, length)
        steps = jnp.minimum(length, count - first)
        batches = gather(examples, *chosen)
        state, read = _train_block(program, carry[0], batches, rates, now, steps)
        whole = [
            jax.lax.dynamic_update_slice_in_dim(values, part, first, 0)
            for values, part in zip(carry[1], read, strict=True)
        ]
        return state, (whole[0], whole[1])

    nothing = jnp.zeros(room, jnp.float32)
    blocks = (count + length - 1) // length
    trained: tuple[TrainState, tuple[Array, Array]] = jax.lax.fori_loop(
        0, blocks, block, (state, (nothing, nothing))
    )
    return trained


def block_steps(program: Program, batch_size: int) -> int:
    """Steps whose examples are gathered at once: a power of two."""
    products = batch_size * program.spec.parameter_count
    most = min(BLOCK_STEPS, max(1, BLOCK_PRODUCTS // products))
    return 1 << (most.bit_length() - 1)


def _train_block(
    program: Program,
    state: TrainState,
    batches: Batch,
    rates: Rates,
    clock: Clock,
    count: Int[Array, ""],
) -> tuple[TrainState, tuple[Float[Array, " steps"], Float[Array, " steps"]]]:
    """The first `count` of these steps, with their losses and accuracies."""

    def body(
        k: Array, carry: tuple[TrainState, tuple[Array, Array]]
    ) -> tuple[TrainState, tuple[Array, Array]]:
        state, (losses, accuracies) = carry
        batch, now = jax.tree.map(lambda values: values[k], (batches, clock))
        state, (loss, accuracy) = train_step(program, state, batch, rates, now)
        return state, (losses.at[k].set(loss), accuracies.at[k].set(accuracy))

    nothing = jnp.zeros(len(batches.weights), jnp.float32)
    trained: tuple[TrainState, tuple[Array, Array]] = jax.lax.fori_loop(
        0, count, body, (state, (nothing, nothing))
    )
    return trained


def _rows(values: T, first: Array, length: int) -> T:
    """This many rows of each array."""
    rows: T = jax.tree.map(
        lambda array: jax.lax.dynamic_slice_in_dim(array, first, length), values
    )
    return rows


@partial(jit, static_argnames="program")
def batch_gradient(  # noqa: PLR0913
    program: Program,
    params: Params,
    examples: Examples,
    indices: Int[Array, " batch"],
    weights: Float[Array, " batch"],
    rates: Rates,
    clock: Clock,
) -> Params:
    """dC/dparams of one batch, penalties included, as in its step."""
    batch = gather(examples, indices, weights)
    masks = _masks(program, batch, rates, clock)
    gradient: Params
    gradient, _ = jax.grad(batch_loss, has_aux=True)(
        params, program, batch, rates, masks
    )
    return gradient
