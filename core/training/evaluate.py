"""Evaluation of a whole split: mean loss, accuracy, and every predicted class."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float, Int

from core.arrays import FloatArray, IntArray
from core.network.jax.activations import activate
from core.network.jax.array_functions import JAX
from core.network.jax.losses import has_classes
from core.network.jax.network import Params
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import YES, answers, largest, of_no
from core.platform.compiling import jit
from core.training.program import Program
from core.training.step import Examples, batch_logits, gather, program_losses
from core.values.words import tr

ROWS: Final = 2000
"""Most examples in one call, to bound the memory."""
PRODUCTS: Final = 5e8
"""Most products in one call, so that a command waits about 10 ms at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The result of an evaluation of a split.

    Attributes:
        loss: mean over the examples, without penalties.
        accuracy: share of correctly classified examples, 0 to 1; None
            without classes, and where the loss is not finite.
        predicted: (n,) the class that the network answers, or NO_ANSWER.
        confidence: (n,) the output of the largest z; of one output alone what it says
            for the class that is answered.
        outputs: (n, n_out) all of them where there are no classes, else None.
    """

    loss: float
    accuracy: float | None
    predicted: IntArray
    confidence: FloatArray
    outputs: FloatArray | None = None


class Rows(NamedTuple):
    """Results for some examples; `predicted` as in a Reading."""

    losses: Float[Array, " rows"]
    predicted: Int[Array, " rows"]
    confidence: Float[Array, " rows"]
    outputs: Float[Array, "rows outputs"]


@partial(jit, static_argnames="program")
def read_rows(
    program: Program,
    params: Params,
    examples: Examples,
    indices: Int[Array, " rows"],
) -> Rows:
    """Evaluate the chosen examples of a split."""
    batch = gather(examples, indices, jnp.ones(indices.shape, jnp.float32))
    logits = batch_logits(program, params, batch)
    losses = program_losses(program, logits, batch.labels)
    outputs = activate(program.output, logits)
    predicted = answers(JAX, ACTIVATIONS[program.output], logits).astype(jnp.int32)
    strongest = largest(JAX, logits)
    confidence = jnp.take_along_axis(outputs, strongest[:, None], axis=1)[:, 0]
    if logits.shape[1] == 1:
        for_no = of_no(ACTIVATIONS[program.output], confidence)
        confidence = jnp.where(predicted == YES, confidence, for_no)
    return Rows(losses, predicted, confidence, outputs)


def rows_at_once(program: Program, n: int) -> int:
    """How many of n examples are read in one part."""
    n_weights = sum(n_out * n_in for n_out, n_in in program.spec.weight_shapes)
    return min(ROWS, n, max(1, int(PRODUCTS / n_weights)))


def read_in_parts(
    program: Program, params: Params, examples: Examples
) -> Iterator[Reading | None]:
    """Evaluate a split in parts: None after each part, the result at the end."""
    n = len(examples.labels)
    rows = rows_at_once(program, n)
    is_classed = has_classes(examples.labels)
    parts: list[tuple[FloatArray | IntArray, ...]] = []
    for start in range(0, n, rows):
        indices = np.minimum(np.arange(start, start + rows, dtype=np.int32), n - 1)
        columns = read_rows(program, params, examples, indices)
        wanted = columns[:3] if is_classed else columns
        parts.append(tuple(np.asarray(column)[: n - start] for column in wanted))
        yield None
    losses, predicted, confidence, *outputs = map(
        np.concatenate, zip(*parts, strict=True)
    )
    loss = float(np.mean(losses, dtype=np.float64))
    if not is_classed:
        yield Reading(loss, None, predicted, confidence, outputs[0])
        return
    right = predicted == np.asarray(examples.labels)
    # A network that is no longer finite reads nothing, and NaN has no largest output.
    accuracy = float(np.mean(right)) if math.isfinite(loss) else None
    yield Reading(loss, accuracy, predicted, confidence)


def evaluate(program: Program, params: Params, examples: Examples) -> Reading:
    """Evaluate a whole split at once."""
    for reading in read_in_parts(program, params, examples):
        if reading is not None:
            return reading
    msg = tr("a split cannot be empty")
    raise ValueError(msg)
