"""What formulas are written with, by JAX: traced, differentiated, compiled.

Each derivative at a kink is that of `core.network.numpy.array_functions`, and those of
saturated functions keep their digits (`core.network.numpy.saturated`).
"""

import math
from typing import Final

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from core.network.numpy.array_functions import ArrayFunctions
from core.network.numpy.saturated import sigmoid_slope, tanh_slope


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


@jax.custom_jvp
def _sigmoid(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """1 / (1 + exp(-x)); JAX's own slope a (1 - a) is 0 where a rounds to 1."""
    return jax.nn.sigmoid(x)


@_sigmoid.defjvp
def _sigmoid_jvp(
    at: tuple[Float[Array, "*shape"]], moved: tuple[Float[Array, "*shape"]]
) -> tuple[Float[Array, "*shape"], Float[Array, "*shape"]]:
    (x,), (by,) = at, moved
    return _sigmoid(x), by * sigmoid_slope(JAX, x)


@jax.custom_jvp
def _tanh(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """The tanh; JAX's own slope 1 - a^2 is 0 where a rounds to 1."""
    return jnp.tanh(x)


@_tanh.defjvp
def _tanh_jvp(
    at: tuple[Float[Array, "*shape"]], moved: tuple[Float[Array, "*shape"]]
) -> tuple[Float[Array, "*shape"], Float[Array, "*shape"]]:
    (x,), (by,) = at, moved
    return _tanh(x), by * tanh_slope(JAX, x)


@jax.custom_jvp
def _softplus(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """log(1 + exp(x)), whose slope is the sigmoid."""
    return jax.nn.softplus(x)


@_softplus.defjvp
def _softplus_jvp(
    at: tuple[Float[Array, "*shape"]], moved: tuple[Float[Array, "*shape"]]
) -> tuple[Float[Array, "*shape"], Float[Array, "*shape"]]:
    (x,), (by,) = at, moved
    return _softplus(x), by * _sigmoid(x)


@jax.custom_jvp
def _expm1(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """exp(x) - 1; JAX takes its slope as that plus 1, which is 0 below -17."""
    return jnp.expm1(x)


@_expm1.defjvp
def _expm1_jvp(
    at: tuple[Float[Array, "*shape"]], moved: tuple[Float[Array, "*shape"]]
) -> tuple[Float[Array, "*shape"], Float[Array, "*shape"]]:
    (x,), (by,) = at, moved
    return _expm1(x), by * jnp.exp(x)


def _normal_share(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """The share of a normal distribution below x."""
    # By erfc: 1 + erf(x / sqrt 2) has no digits left far below 0.
    share: Array = 0.5 * jax.scipy.special.erfc(-math.sqrt(0.5) * x)
    return share


JAX: Final = ArrayFunctions(
    where=jnp.where,
    exp=jnp.exp,
    expm1=_expm1,
    log=jnp.log,
    tanh=_tanh,
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
    sigmoid=_sigmoid,
    softplus=_softplus,
    softmax=jax.nn.softmax,
    log_softmax=jax.nn.log_softmax,
    normal_share=_normal_share,
)
