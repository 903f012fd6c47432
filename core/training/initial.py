"""The initial weights of a run: drawn from the seed, or given."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Int

from core.experiment.model import Experiment
from core.network.jax.network import Params, init_params
from core.values.network_spec import NetworkSpec


@partial(jax.jit, static_argnames="spec")
def _drawn(spec: NetworkSpec, seed: Int[Array, ""]) -> Params:
    """One program for the key and all layers, since each delays the start."""
    params: Params = init_params(spec, jax.random.key(seed))
    return params


def initial_params(experiment: Experiment, spec: NetworkSpec) -> Params:
    """Given values of the experiment; the others are drawn by the initialiser.

    With given weights the biases are 0 unless they are given too.
    """
    network = experiment.network
    drawn: Params = _drawn(spec, np.int32(experiment.training.seed))
    weights = [w for w, _ in drawn]
    biases = [b for _, b in drawn]
    if network.initial_weights is not None:
        weights = [jnp.asarray(rows, jnp.float32) for rows in network.initial_weights]
        biases = [jnp.zeros_like(b) for b in biases]
    if network.initial_biases is not None:
        biases = [jnp.asarray(row, jnp.float32) for row in network.initial_biases]
    return tuple(zip(weights, biases, strict=True))
