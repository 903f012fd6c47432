"""Optimisers by hand, in float64, one array at a time: each formula as in its paper."""

from collections.abc import Callable

import numpy as np

Array = np.ndarray
Step = Callable[[Array, Array, int, float], Array]
"""Takes w, g, the number of the step from 1 and the rate; returns the new w."""


def sgd(**_: float) -> Step:
    return lambda w, g, t, rate: w - rate * g


def momentum(mu: float = 0.9, **_: float) -> Step:
    """The lectures' form: m = mu m - alpha g, w += m."""
    m = 0.0

    def step(w: Array, g: Array, t: int, rate: float) -> Array:
        nonlocal m
        m = mu * m - rate * g
        return w + m

    return step


def averaged_momentum(mu: float = 0.9, decay: float = 0.01, **_: float) -> Step:
    m = 0.0

    def step(w: Array, g: Array, t: int, rate: float) -> Array:
        nonlocal m
        m = mu * m + (1 - mu) * g
        return w - rate * (m + (decay * w if w.ndim == 2 else 0.0))

    return step


def nesterov(mu: float = 0.9, **_: float) -> Step:
    v = 0.0

    def step(w: Array, g: Array, t: int, rate: float) -> Array:
        nonlocal v
        v = mu * v + g
        return w - rate * (g + mu * v)

    return step


def adagrad(epsilon: float = 1e-8, **_: float) -> Step:
    s = 0.0

    def step(w: Array, g: Array, t: int, rate: float) -> Array:
        nonlocal s
        s = s + g * g
        return w - rate * g / (np.sqrt(s) + epsilon)

    return step


def rmsprop(rho: float = 0.99, epsilon: float = 1e-8, **_: float) -> Step:
    s = 0.0

    def step(w: Array, g: Array, t: int, rate: float) -> Array:
        nonlocal s
        s = rho * s + (1 - rho) * g * g
        return w - rate * g / (np.sqrt(s) + epsilon)

    return step


def adam(
    beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-8, **rest: float
) -> Step:
    m, v = 0.0, 0.0
    decay = rest.get("adamw_decay", 0.0)

    def step(w: Array, g: Array, t: int, rate: float) -> Array:
        nonlocal m, v
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        direction = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        return w - rate * (direction + (decay * w if w.ndim == 2 else 0.0))

    return step


def adamw(decay: float = 0.01, **numbers: float) -> Step:
    return adam(**numbers, adamw_decay=decay)


STEPS: dict[str, Callable[..., Step]] = {
    "sgd": sgd,
    "momentum": momentum,
    "averaged-momentum": averaged_momentum,
    "nesterov": nesterov,
    "adagrad": adagrad,
    "rmsprop": rmsprop,
    "adam": adam,
    "adamw": adamw,
}
