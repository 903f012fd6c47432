"""What formulas are written with, once by NumPy and once by JAX.

An activation or a loss is one formula over such a table: training differentiates it
with JAX's functions, the window and the proofs compute it with NumPy's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

Array = Any
"""Of NumPy, or of JAX while it traces."""
Function = Callable[..., Array]


@dataclass(frozen=True, slots=True)
class ArrayFunctions:
    """Functions of the same names and values as numpy's, and some that it lacks.

    Attributes:
        absolute: |x|, with slope 0 at 0.
        relu: max(x, 0), with slope 0 at 0; NaN stays NaN.
        sigmoid: 1 / (1 + exp(-x)), to the last digits for every x.
        softplus: log(1 + exp(x)), which neither overflows nor rounds to 0.
        softmax: over the last axis.
        log_softmax: its logarithm.
        normal_share: the share of a normal distribution below x.
    """

    where: Function
    exp: Function
    expm1: Function
    log: Function
    tanh: Function
    sign: Function
    clip: Function
    sum: Function
    arange: Function
    argmax: Function
    ones_like: Function
    zeros_like: Function
    take_along_axis: Function
    absolute: Function
    relu: Function
    sigmoid: Function
    softplus: Function
    softmax: Function
    log_softmax: Function
    normal_share: Function


_ROOT: Final = float(np.sqrt(0.5))
_TINY: Final = -80.0
"""Below it 1 + exp(-x) is exp(-x) in every precision, and before long overflows."""


def _relu(x: Array) -> Array:
    return np.maximum(x, np.float32(0))


def _sigmoid(x: Array) -> Array:
    values = 1 / (1 + np.exp(-np.maximum(x, _TINY)))
    if np.fmin.reduce(x, axis=None, initial=0) < _TINY:
        return np.where(x < _TINY, np.exp(np.minimum(x, _TINY)), values)
    return values


def _softplus(x: Array) -> Array:
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def _softmax(x: Array) -> Array:
    # In float64: far below the largest x, a difference rounded to float32 costs the
    # exponential as many digits as it is large.
    wide = np.asarray(x, np.float64)
    exponentials = np.exp(wide - np.max(wide, axis=-1, keepdims=True))
    shares = exponentials / np.sum(exponentials, axis=-1, keepdims=True)
    return shares.astype(x.dtype)


def _log_softmax(x: Array) -> Array:
    shifted = x - np.max(x, axis=-1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))


def _normal_share(x: Array) -> Array:
    # Imported here: it would take a twentieth of a second of every start.
    from scipy.special import erfc

    # In float64: far below 0 it falls faster than float32 can tell x / sqrt 2. By erfc,
    # as 1 + erf has no digits left there.
    share = 0.5 * erfc(-_ROOT * np.asarray(x, np.float64))
    return share.astype(x.dtype)


NUMPY: Final = ArrayFunctions(
    where=np.where,
    exp=np.exp,
    expm1=np.expm1,
    log=np.log,
    tanh=np.tanh,
    sign=np.sign,
    clip=np.clip,
    sum=np.sum,
    arange=np.arange,
    argmax=np.argmax,
    ones_like=np.ones_like,
    zeros_like=np.zeros_like,
    take_along_axis=np.take_along_axis,
    absolute=np.abs,
    relu=_relu,
    sigmoid=_sigmoid,
    softplus=_softplus,
    softmax=_softmax,
    log_softmax=_log_softmax,
    normal_share=_normal_share,
)
