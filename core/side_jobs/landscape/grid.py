"""The mean loss at many points of a plane through the weights, in parts.

The weights are affine in the two coordinates, W = W0 + a W1 + b W2, so the first
layer's products with the examples, by far its largest cost, are computed three times
for the whole plane and not once for each point.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from core.arrays import DoubleArray, FloatArray, IntArray
from core.network.jax.activations import activate
from core.network.jax.losses import example_losses
from core.platform.compiling import jit
from core.protocol.side_jobs.landscape import EXAMPLES
from core.side_jobs.landscape.plane import Plane
from core.training.program import Program
from core.training.step import Examples, gather
from core.values.network_spec import NetworkSpec, flat_blocks

PRODUCTS_OF_A_CALL: Final = 1.5e7
"""Products of a part, so that a command waits 10 ms at most."""
MOST_POINTS_OF_A_CALL: Final = 64
SAMPLE_SEED: Final = 7


class Spread(NamedTuple):
    """The data for the losses over a plane.

    Attributes:
        first: (3, units, n): the first layer's pre-activations at the centre, and
            what each of the two directions adds to them.
        rest: of each further layer, centre and directions: (3, out, in), (3, out).
        labels: of the n examples, or their targets.
    """

    first: Float[Array, "three units n"]
    rest: tuple[tuple[Array, Array], ...]
    labels: Array


def _stacked(spec: NetworkSpec, plane: Plane) -> tuple[tuple[Array, Array], ...]:
    """Centre and directions of each layer: (3, out, in) and (3, out)."""
    rows = np.stack([plane.centre, plane.first, plane.second])
    layers = [
        # A layer without biases keeps these zeros: no direction moves them.
        [np.empty(0, rows.dtype), np.zeros((3, shape[0]), rows.dtype)]
        for shape in spec.weight_shapes
    ]
    for layer, is_bias, start, stop in flat_blocks(spec):
        shape = spec.weight_shapes[layer - 1][: 1 if is_bias else 2]
        layers[layer - 1][is_bias] = rows[:, start:stop].reshape(3, *shape)
    # Not jnp.asarray: it compiles a program for each shape.
    placed: tuple[tuple[Array, Array], ...] = jax.device_put(
        tuple((weights, biases) for weights, biases in layers)
    )
    return placed


@jit
def _spread(
    layers: tuple[tuple[Array, Array], ...],
    examples: Examples,
    chosen: Int[Array, " n"],
) -> Spread:
    batch = gather(examples, chosen, jnp.ones(chosen.shape, jnp.float32))
    inputs = batch.inputs
    if inputs.dtype == jnp.uint8:
        inputs = inputs.astype(jnp.float32) / 255
    weights, biases = layers[0]
    first = jnp.einsum("kui,ni->kun", weights, inputs) + biases[:, :, None]
    return Spread(first, layers[1:], batch.labels)


def sample_indices(n_available: int, n_parameters: int) -> IntArray:
    """Indices of the examples: always the same, fewer for many weights."""
    fitting = int(PRODUCTS_OF_A_CALL // max(1, n_parameters))
    count = min(n_available, EXAMPLES, max(16, fitting))
    order = np.random.default_rng(SAMPLE_SEED).permutation(n_available)
    return np.sort(order[:count]).astype(np.int32)


def _products_of_a_point(spec: NetworkSpec, n: int) -> int:
    """Estimate: the matrix products after the first layer, and the activations."""
    products = sum(n_out * n_in for n_out, n_in in spec.weight_shapes[1:])
    return n * (products + 12 * sum(spec.layer_sizes[1:]))


class GridLosses:
    """Mean losses over one plane, for any number of points."""

    def __init__(self, program: Program, plane: Plane, examples: Examples) -> None:
        spec = program.spec
        behind = sum(n_out * n_in for n_out, n_in in spec.weight_shapes[1:])
        chosen = sample_indices(len(examples.labels), behind)
        self.n_examples = len(chosen)
        self._program = program
        self._plane = plane
        self._spread = _spread(_stacked(spec, plane), examples, chosen)
        fitting = PRODUCTS_OF_A_CALL / _products_of_a_point(spec, len(chosen))
        self._size = int(np.clip(fitting, 1, MOST_POINTS_OF_A_CALL))

    def in_parts(self, points: DoubleArray) -> Iterator[FloatArray]:
        """Losses at coordinates (p, 2), a few points at a time."""
        moves = (points - np.asarray(self._plane.origin)).astype(np.float32)
        for start in range(0, len(moves), self._size):
            part = moves[start : start + self._size]
            # Padded to one size, so that one compilation serves all parts.
            padded = np.resize(part, (self._size, 2))
            losses = _losses(self._program, self._spread, padded)
            yield np.asarray(losses)[: len(part)]

    def at(self, points: DoubleArray) -> FloatArray:
        """Losses (p,) at coordinates (p, 2), all at once."""
        return np.concatenate(list(self.in_parts(points)))


@partial(jit, static_argnames="program")
def _losses(
    program: Program, spread: Spread, moves: Float[Array, "p 2"]
) -> Float[Array, " p"]:
    # Not vmap: one point at a time, each product fits the cache and the fast path of
    # XLA's matrix product; ten times as fast on a CPU.
    losses: Array = jax.lax.map(lambda move: _loss(program, spread, move), moves)
    return losses


def _loss(
    program: Program, spread: Spread, move: Float[Array, " 2"]
) -> Float[Array, ""]:
    """Mean loss at one point; activations are (units, n)."""

    def moved(parts: Array) -> Array:
        return parts[0] + move[0] * parts[1] + move[1] * parts[2]

    z = moved(spread.first)
    for name, (weights, biases) in zip(
        program.spec.activations, spread.rest, strict=False
    ):
        z = moved(weights) @ activate(name, z) + moved(biases)[:, None]
    losses = example_losses(
        program.loss, program.output, z.T, spread.labels, rho=program.rho
    )
    return jnp.mean(losses)
