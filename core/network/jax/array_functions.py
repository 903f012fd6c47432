"""What formulas are written with, by JAX: traced, differentiated, compiled.

Each derivative at a kink is that of `core.network.numpy.array_functions`.
"""

from typing import Final

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from core.network.numpy.array_functions import ArrayFunctions


@jax.custom_jvp
def absolute(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """|x|, with slope 0 at 0; that of jnp.abs is 1."""
    return jnp.abs(x)


@absolute.defjvp
def _absolute_jvp(
    at: tuple[Float[Array, "*shape"]], moved: tuple[Float[Array, "*shape"]]
) -> tuple[Float[Array, "*shape"], Float[Array, "*shape"]]:
    (x,), (by,) = at, moved
    rising_or_falling = jnp.where(x >= 0, by, -by)
    return absolute(x), jnp.where(x == 0, jnp.zeros_like(by), rising_or_falling)


JAX: Final = ArrayFunctions(
    where=jnp.where,
    exp=jnp.exp,
    expm1=jnp.expm1,
    log=jnp.log,
    tanh=jnp.tanh,
    sign=jnp.sign,
    clip=jnp.clip,
    sum=jnp.sum,
    arange=jnp.arange,
    argmax=jnp.argmax,
    ones_like=jnp.ones_like,
    zeros_like=jnp.zeros_like,
    take_along_axis=jnp.take_along_axis,
    absolute=absolute,
    relu=jax.nn.relu,
    sigmoid=jax.nn.sigmoid,
    softplus=jax.nn.softplus,
    softmax=jax.nn.softmax,
    log_softmax=jax.nn.log_softmax,
    erfc=jax.scipy.special.erfc,
)
