"""The tempered loss: cross-entropy once the logits have the best scale there is.

A wrong scaling of the inputs, or a network stopped early, is too sure or not sure
enough. The loss after multiplying all logits by the one number b that makes it least
forgives that; b remembers it.
"""

from typing import Final

import numpy as np
from jaxtyping import Float, Int

_ROUNDS: Final = 14
_LOWEST: Final = 1e-3
_HIGHEST: Final = 1e3
_STEP: Final = 5.0


def tempered(
    logits: Float[np.ndarray, "readings batch outputs"],
    columns: Int[np.ndarray, "readings batch"],
    smoothing: float = 0.0,
) -> tuple[Float[np.ndarray, " readings"], Float[np.ndarray, " readings"]]:
    """Ln of the tempered loss of each reading, and ln b.

    The loss is convex in b: Newton's method between bounds that close in.

    Args:
        logits: of each reading.
        columns: the output that is right.
        smoothing: share of the labels that is spread over all outputs.
    """
    z = logits - logits.max(axis=-1, keepdims=True)
    true = np.take_along_axis(z, columns[..., np.newaxis], axis=-1)[..., 0]
    if smoothing:
        true = (1 - smoothing) * true + smoothing * z.mean(axis=-1)
    low = np.full(len(z), _LOWEST)
    high = np.full(len(z), _HIGHEST)
    b = np.clip(1 / np.maximum(z.std(axis=(1, 2)), 1e-6), _LOWEST, _HIGHEST)
    for _ in range(_ROUNDS):
        slope, bend = _derivatives(z, true, b)
        rising = slope > 0
        high = np.where(rising, b, high)
        low = np.where(rising, low, b)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            newton = b - slope / bend
        # Far from the minimum a step of Newton's may go anywhere.
        near = np.clip(np.where(np.isfinite(newton), newton, b), b / _STEP, b * _STEP)
        inside = (near >= low) & (near <= high)
        b = np.where(inside, near, np.sqrt(low * high))
    loss = _loss(z, true, b)
    return np.log(np.maximum(loss, 1e-12)), np.log(b)


def _derivatives(
    z: np.ndarray, true: np.ndarray, b: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    p = np.exp(b[:, np.newaxis, np.newaxis] * z)
    p /= p.sum(axis=-1, keepdims=True)
    mean = np.einsum("rnc,rnc->rn", p, z)
    square = np.einsum("rnc,rnc,rnc->rn", p, z, z)
    return (mean - true).mean(axis=1), (square - mean**2).mean(axis=1)


def _loss(z: np.ndarray, true: np.ndarray, b: np.ndarray) -> np.ndarray:
    scaled = b[:, np.newaxis, np.newaxis] * z
    total = np.log(np.exp(scaled).sum(axis=-1))
    losses: np.ndarray = (total - b[:, np.newaxis] * true).mean(axis=1)
    return losses


def separate_loss(
    logits: Float[np.ndarray, "batch outputs"], columns: Int[np.ndarray, " batch"]
) -> float:
    """Ln of the cross-entropy of separate sigmoids."""
    target = np.zeros_like(logits)
    target[np.arange(len(logits)), columns] = 1
    losses = np.logaddexp(0, np.where(target > 0, -logits, logits)).sum(axis=-1)
    return float(np.log(max(losses.mean(), 1e-12)))


def mean_sum_of_sigmoids(logits: Float[np.ndarray, "batch outputs"]) -> float:
    """Near 1 for outputs that were trained as separate sigmoids."""
    with np.errstate(over="ignore"):
        return float((1 / (1 + np.exp(-logits))).sum(axis=-1).mean())
