"""Reads norms, dead and saturated units, and histograms of every layer."""

import time
from functools import partial
from typing import Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from core.network.jax.array_functions import JAX
from core.network.jax.network import Params, forward_trace
from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.table import ACTIVATIONS
from core.platform.compiling import jit
from core.protocol.health_record import (
    BINS,
    HIGHEST_DECADE,
    LOWEST_DECADE,
    SATURATED_SHARE,
    SATURATED_SLOPE,
    HealthRecord,
    Histogram,
    LayerHealth,
    Spacing,
    activation_spacing,
)
from core.training.dropout import Masks, dropout_masks
from core.training.program import Program
from core.training.run import TrainingRun
from core.training.run_state import RunState
from core.training.step import Examples, Rates, batch_loss, gather

MOST_EXAMPLES: Final = 256
MOST_COUNTED: Final = 65_536
"""In a larger array only every n-th value is counted."""
SMALLEST_REACH: Final = 2.0**-20
REST: Final = 9.0
"""While playing, pause between two readings as a multiple of a reading's time."""


class Counted(NamedTuple):
    """A histogram on the device, see core.protocol.health_record.Histogram."""

    counts: Int[Array, " bins"]
    zeros: Int[Array, ""]
    reach: Float[Array, ""]


class LayerValues(NamedTuple):
    """One layer on the device; flags without a meaning for its activation are False."""

    gradient_norm: Float[Array, ""]
    weight_norm: Float[Array, ""]
    update_norm: Float[Array, ""]
    dead: Array
    saturated: Array
    saturated_share: Float[Array, ""]
    weights: Counted
    activations: Counted
    gradients: Counted


@partial(jit, static_argnames="program")
def health_values(  # noqa: PLR0913
    program: Program,
    params: tuple[Params, Params],
    examples: Examples,
    batch: tuple[Int[Array, " batch"], Float[Array, " batch"]],
    rates: Rates,
    step: Int[Array, ""],
    probed: Int[Array, " probed"],
) -> tuple[LayerValues, ...]:
    """All layers, from the params before and after a step and the step's batch."""
    before, after = params
    taken = gather(examples, *batch)
    masks: Masks = dropout_masks(
        program, rates.dropout, rates.seed, step, len(taken.weights)
    )
    gradient, _ = jax.grad(batch_loss, has_aux=True)(
        before, program, taken, rates, masks
    )
    inputs = gather(examples, probed, jnp.ones(probed.shape, jnp.float32)).inputs
    if inputs.dtype == jnp.uint8:
        inputs = inputs.astype(jnp.float32) / 255
    values = zip(*forward_trace(program.spec, after, inputs), strict=True)
    layers = zip(program.spec.activations, before, after, gradient, values, strict=True)
    return tuple(_layer_values(*layer) for layer in layers)


def _layer_values(
    name: str,
    before: tuple[Array, Array],
    after: tuple[Array, Array],
    gradient: tuple[Array, Array],
    values: tuple[Float[Array, "probed units"], Float[Array, "probed units"]],
) -> LayerValues:
    z, activations = values
    update = tuple(new - old for new, old in zip(after, before, strict=True))
    saturated = _saturated(ACTIVATIONS[name], z)
    return LayerValues(
        _norm(gradient),
        _norm(before),
        _norm(update),
        jnp.all(activations == 0, axis=0),
        jnp.mean(saturated.astype(jnp.float32), axis=0) >= SATURATED_SHARE,
        jnp.mean(saturated.astype(jnp.float32)),
        _counts("signed", _some(after[0])),
        _counts(activation_spacing(name), _some(activations)),
        _counts("decades", _some(gradient[0])),
    )


def _norm(parts: tuple[Array, ...]) -> Float[Array, ""]:
    # Scaled first: squares of gradients below 1e-19 are 0 in float32.
    largest = jnp.maximum(jnp.max(jnp.abs(parts[0])), jnp.max(jnp.abs(parts[1])))
    scale = jnp.where(largest > 0, largest, 1.0)
    return scale * jnp.sqrt(sum(jnp.sum((part / scale) ** 2) for part in parts))


def _saturated(activation: Activation, z: Array) -> Array:
    """Whether the slope is below SATURATED_SLOPE of its maximum."""
    if not activation.saturates:
        return jnp.zeros(z.shape, bool)
    slope = jnp.abs(activation.slope(JAX, z))
    return slope < SATURATED_SLOPE * activation.steepest


def _some(values: Array) -> Array:
    flat = values.reshape(-1)
    return flat[:: -(-flat.size // MOST_COUNTED)]


def _counts(spacing: Spacing, values: Float[Array, " values"]) -> Counted:
    sizes = jnp.where(jnp.isfinite(values), jnp.abs(values), 0.0)
    least = 10.0**LOWEST_DECADE
    left_out = jnp.zeros(values.shape, bool)
    reach = jnp.float32(1.0)
    if spacing == "unit":
        place = values
    elif spacing == "symmetric":
        place = (values + 1) / 2
    elif spacing == "decades":
        left_out = sizes < least
        decade = jnp.log10(jnp.maximum(sizes, least))
        place = (decade - LOWEST_DECADE) / (HIGHEST_DECADE - LOWEST_DECADE)
    else:
        left_out = values == 0
        largest = jnp.maximum(jnp.max(sizes), SMALLEST_REACH)
        reach = jnp.exp2(jnp.ceil(jnp.log2(largest)))
        place = (values / reach + 1) / 2
    bins = jnp.clip(jnp.floor(place * BINS), 0, BINS - 1).astype(jnp.int32)
    counted = jnp.isfinite(values) & ~left_out
    counts = jnp.zeros(BINS, jnp.int32).at[bins].add(counted.astype(jnp.int32))
    return Counted(counts, jnp.sum(left_out), reach)


def read_health(run: TrainingRun, before: RunState) -> HealthRecord:
    """The run's health at its newest step, which began at `before`."""
    settings = before.settings
    program, rates = settings.program, settings.rates._replace(frozen=None)
    indices, weights = settings.order.batches(before.step, 1)
    n = len(run.dataset.train)
    probed = np.linspace(0, n - 1, min(n, MOST_EXAMPLES)).astype(np.int32)
    with jax.default_device(run.device):
        values = health_values(
            program,
            (before.state.params, run.params),
            run.train_examples,
            (indices[0], weights[0]),
            rates,
            before.clock(1).step[0],
            probed,
        )
    host: tuple[LayerValues, ...] = jax.tree.map(np.asarray, values)
    is_taken = before.step < run.step
    names = program.spec.activations
    layers = tuple(
        _record(name, layer, is_taken=is_taken)
        for name, layer in zip(names, host, strict=True)
    )
    return HealthRecord(run.step, len(probed), layers)


def _record(name: str, values: LayerValues, *, is_taken: bool) -> LayerHealth:
    activation = ACTIVATIONS[name]
    saturates = activation.saturates
    return LayerHealth(
        float(values.gradient_norm),
        float(values.weight_norm),
        float(values.update_norm) if is_taken else None,
        values.dead if activation.can_die else None,  # type: ignore[arg-type]
        values.saturated if saturates else None,  # type: ignore[arg-type]
        float(values.saturated_share) if saturates else None,
        _histogram("signed", values.weights),
        _histogram(activation_spacing(name), values.activations),
        _histogram("decades", values.gradients),
    )


def _histogram(spacing: Spacing, counted: Counted) -> Histogram:
    counts = np.asarray(counted.counts)
    return Histogram(spacing, counts, int(counted.zeros), float(counted.reach))


class HealthReader:
    """Mutable: the newest reading, and when the next one is due."""

    def __init__(self) -> None:
        self._run: TrainingRun | None = None
        self._record: HealthRecord | None = None
        self._due_at = 0.0

    def forget(self) -> None:
        """Another run begins: the last one is kept no longer."""
        self._run = self._record = None
        self._due_at = 0.0

    def read(
        self,
        run: TrainingRun,
        before: RunState,
        *,
        playing: bool,
        at_mark: bool | None = None,
    ) -> HealthRecord:
        """A new reading; while playing the last one, if a new one would cost much.

        Args:
            run: to read at its newest step.
            before: the state before that step.
            playing: whether it trains.
            at_mark: whether this is a step to read at; None leaves it to the clock.
        """
        known = self._record if self._run is run else None
        begun = time.perf_counter()
        is_due = begun >= self._due_at if at_mark is None else at_mark
        if playing and known is not None and not is_due:
            return known
        if known is None or known.step != run.step or not playing:
            known = read_health(run, before)
        now = time.perf_counter()
        self._due_at = now + REST * (now - begun) if self._run is run else now
        self._run, self._record = run, known
        return known
