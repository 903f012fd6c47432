"""The gradient of the whole training set, in parts."""

import dataclasses
import time
from collections.abc import Generator, Iterator
from functools import partial
from typing import Final

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from core.arrays import HostParams
from core.network.jax.network import Params
from core.platform.compiling import jit
from core.probes.batch import gradient_at
from core.protocol.side_jobs.descents import GradientAngle
from core.side_jobs.finite import require_finite
from core.training.program import Program
from core.training.run import TrainingRun, to_numpy
from core.training.step import Examples, Rates, batch_loss, gather, penalty
from core.values.network_spec import flatten

PRODUCTS: Final = 1.6e7
"""Examples times weights of one part: some 10 ms on a slow processor."""
MOST_ROWS: Final = 2048
FEWEST_ROWS: Final = 8


@partial(jit, static_argnames="program")
def _part(
    program: Program,
    params: Params,
    examples: Examples,
    chosen: tuple[Int[Array, " rows"], Float[Array, " rows"]],
    rates: Rates,
    total: tuple[Float[Array, ""], Params],
) -> tuple[Float[Array, ""], Params]:
    """Adds the loss and gradient of some examples, summed, to a total."""
    batch = gather(examples, *chosen)
    count = jnp.sum(chosen[1])
    (loss, _), gradient = jax.value_and_grad(batch_loss, has_aux=True)(
        params, program, batch, rates
    )
    return total[0] + count * loss, jax.tree.map(
        lambda t, g: t + count * g, total[1], gradient
    )


@partial(jit, static_argnames="program")
def _whole(
    program: Program,
    params: Params,
    total: tuple[Float[Array, ""], Params],
    rates: Rates,
    count: Float[Array, ""],
) -> tuple[Float[Array, ""], Params]:
    """The mean of a total, and the penalties."""
    loss, gradient = jax.tree.map(lambda t: t / count, total)
    if not program.penalised:
        return loss, gradient
    more, slopes = jax.value_and_grad(penalty)(params, rates)
    return loss + more, jax.tree.map(jnp.add, gradient, slopes)


def full_gradient(
    program: Program,
    params: Params,
    examples: Examples,
    rates: Rates,
    *,
    rows: int | None = None,
) -> Iterator[tuple[float, Params] | None]:
    """None after each part, then the mean loss and its gradient.

    Penalties are included; dropout, which differs for each batch, is not applied.
    """
    n = len(examples.labels)
    n_weights = sum(n_out * n_in for n_out, n_in in program.spec.weight_shapes)
    fitting = max(FEWEST_ROWS, min(MOST_ROWS, int(PRODUCTS / n_weights)))
    rows = min(n, fitting if rows is None else rows)
    plain = dataclasses.replace(program, penalised=False, has_dropout=False)
    rates = rates._replace(frozen=None)
    # On the examples' device, like every further total: one compilation for all parts.
    zeros = jax.tree.map(lambda p: np.zeros(p.shape, p.dtype), params)
    total = jax.device_put((np.float32(0), zeros), examples.labels.sharding)
    for start in range(0, n, rows):
        places = np.arange(start, start + rows, dtype=np.int32)
        weights = (places < n).astype(np.float32)
        chosen = (np.minimum(places, n - 1), weights)
        total = _part(plain, params, examples, chosen, rates, total)
        # Without waiting, all parts would be queued and a command would wait for them.
        jax.block_until_ready(total)
        yield None
    loss, gradient = _whole(program, params, total, rates, np.float32(n))
    yield float(loss), gradient


def angle_in_parts(run: TrainingRun) -> Generator[GradientAngle | None, None, None]:
    """The newest step's gradient beside that of all examples; None after each part.

    Raises:
        GlassboxError: the weights are not finite.
    """
    before = run.before_last_step()
    require_finite(to_numpy(before.state.params), before.step)
    batch = flatten(gradient_at(run, before)).astype(np.float64)
    settings = before.settings
    _, weights = settings.order.batches(before.step, 1)
    seconds = 0.0
    begun = time.perf_counter()
    with jax.default_device(run.device):
        parts = full_gradient(
            settings.program, before.state.params, run.train_examples, settings.rates
        )
    for result in parts:
        seconds += time.perf_counter() - begun
        if result is None:
            yield None
        else:
            full = _flat(to_numpy(result[1]))
            yield _compared(
                before.step + 1,
                (len(run.dataset.train), int(np.count_nonzero(weights))),
                (full, batch),
                seconds,
            )
        begun = time.perf_counter()


def _flat(params: HostParams) -> np.ndarray:
    return flatten(params).astype(np.float64)


def _compared(
    step: int,
    counts: tuple[int, int],
    gradients: tuple[np.ndarray, np.ndarray],
    seconds: float,
) -> GradientAngle:
    full, batch = gradients
    lengths = float(np.linalg.norm(full)), float(np.linalg.norm(batch))
    with np.errstate(all="ignore"):
        cosine = float(np.dot(full, batch) / np.float64(lengths[0] * lengths[1]))
    return GradientAngle(step, *counts, *lengths, cosine, seconds)
