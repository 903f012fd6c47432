"""Write many digits, each one differently: jitter, bend, slant, pen and pressure."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray, IntArray
from core.data.digits.render import draw_ink, fit_in_box
from core.data.digits.skeletons import SKELETONS, Skeleton
from core.data.digits.strokes import SAMPLES, PenPath, pen_path

Progress = Callable[[int, int], None]
"""Called with (done, total) images; whatever it raises ends the work."""

_CHUNK = 250


def generate(
    count: int, *, seed: int, progress: Progress | None = None
) -> tuple[npt.NDArray[np.uint8], IntArray]:
    """Draw digits with balanced labels in random order.

    Args:
        count: how many images.
        seed: the same seed and count give the same images.
        progress: told after every few hundred images.

    Returns:
        Images (count, 28, 28) and their labels (count,).
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(count, dtype=np.int32) % 10)
    images = np.empty((count, 28, 28), np.uint8)
    done = 0
    for skeleton, places in _assignments(labels, rng):
        images[places] = draw_digits(skeleton, len(places), rng)
        done += len(places)
        if progress is not None:
            progress(done, count)
    return images, labels


def _assignments(
    labels: IntArray, rng: np.random.Generator
) -> Iterator[tuple[Skeleton, npt.NDArray[np.intp]]]:
    """Which skeleton draws which images, in chunks of at most `_CHUNK`."""
    for digit in range(10):
        styles = [skeleton for skeleton in SKELETONS if skeleton.digit == digit]
        shares = np.asarray([skeleton.share for skeleton in styles])
        places = np.flatnonzero(labels == digit)
        chosen = rng.choice(len(styles), size=len(places), p=shares / shares.sum())
        for index, skeleton in enumerate(styles):
            own = places[chosen == index]
            for start in range(0, len(own), _CHUNK):
                yield skeleton, own[start : start + _CHUNK]


def draw_digits(
    skeleton: Skeleton, count: int, rng: np.random.Generator
) -> npt.NDArray[np.uint8]:
    """Write one digit in one style `count` times, (count, 28, 28)."""
    path = pen_path(skeleton)
    # Most hands are steady and a few are not.
    wildness = rng.gamma(5, skeleton.freedom / 5, count).astype(np.float32).clip(0, 2)
    points = _end_loosely(_written(path, wildness, rng), path, rng)
    points = _slant(_bend(points, wildness, rng), rng)
    radii = _pen_radii(count, rng)
    points = fit_in_box(_tremble(points, rng), radii)
    ink = draw_ink(points, radii, _uniform(rng, count, 0.8, 1.3))
    return np.rint(ink * 255).astype(np.uint8)


def _uniform(rng: np.random.Generator, n: int, low: float, high: float) -> FloatArray:
    return rng.uniform(low, high, n).astype(np.float32)


def _normal(rng: np.random.Generator, n: int, deviation: float) -> FloatArray:
    """Normal numbers without the far tails, which give unreadable digits."""
    numbers: FloatArray = rng.standard_normal(n, np.float32).clip(-2.2, 2.2)
    numbers *= np.float32(deviation)
    return numbers


def _written(
    path: PenPath, wildness: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Points of the path through jittered knots, (count, SAMPLES, 2)."""
    noise = rng.standard_normal((len(wildness), *path.knots.shape), np.float32)
    noise = noise.clip(-2, 2)
    jitter = np.matmul(path.sway, noise) * (np.float32(0.05) * wildness[:, None, None])
    points: FloatArray = np.matmul(path.curve, path.knots + jitter)
    return points


def _end_loosely(
    points: FloatArray, path: PenPath, rng: np.random.Generator
) -> FloatArray:
    """Begin and end strokes early by up to a tenth, at random."""
    n = len(points)
    position = np.empty((n, SAMPLES), np.float32)
    for first, end in pairwise(path.stroke_ends.tolist()):
        last = end - first - 1
        cut = np.abs(_normal(rng, 2 * n, 0.04)).clip(0, 0.1).reshape(2, n, 1) * last
        even = np.linspace(0, 1, last + 1, dtype=np.float32)
        position[:, first:end] = first + cut[0] + even * (last - cut[0] - cut[1])
    low = np.minimum(position.astype(np.intp), SAMPLES - 2)
    part = (position - low.astype(np.float32))[:, :, None]
    rows = np.arange(n)[:, None]
    trimmed: FloatArray = (1 - part) * points[rows, low] + part * points[rows, low + 1]
    return trimmed


def _bend(
    points: FloatArray, wildness: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Warp the sheet smoothly: waist up or down, top wider, slow waves."""
    n = len(points)
    x, y = points[:, :, 0], points[:, :, 1]
    waist = _normal(rng, n, 0.12)[:, None]
    taper = _normal(rng, n, 0.18)[:, None]
    y = y + waist * y * (1 - y) * 2
    middle = x.mean(axis=1, keepdims=True)
    x = middle + (x - middle) * (1 + taper * (y - 0.5) * 2)
    bent = np.stack([x, y], axis=2)
    for frequency, size in ((2.5, 0.05), (5.0, 0.015)):
        direction = rng.standard_normal((n, 2), np.float32) * frequency
        phase = np.einsum("nsd,nd->ns", points, direction)
        phase += _uniform(rng, n, 0.0, 2 * np.pi)[:, None]
        push = rng.standard_normal((n, 1, 2), np.float32).clip(-2, 2) * size
        push *= wildness[:, None, None]
        bent = bent + np.sin(phase)[:, :, None] * push
    return bent


def _slant(points: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Turn, slant and stretch the whole digit."""
    n = len(points)
    slant = np.float32(0.12) + _normal(rng, n, 0.22)
    angle = _normal(rng, n, 0.12)
    stretch = np.exp(_normal(rng, n, 0.18))
    cos, sin = np.cos(angle), np.sin(angle)
    x = points[:, :, 0] * stretch[:, None] - points[:, :, 1] * slant[:, None]
    y = points[:, :, 1]
    return np.stack(
        [
            cos[:, None] * x - sin[:, None] * y,
            sin[:, None] * x + cos[:, None] * y,
        ],
        axis=2,
    )


def _tremble(points: FloatArray, rng: np.random.Generator) -> FloatArray:
    """The small unsteadiness of a hand along the stroke."""
    n = len(points)
    along = np.linspace(0, 1, SAMPLES, dtype=np.float32)
    for _ in range(2):
        rate = _uniform(rng, n, 8.0, 35.0)[:, None]
        wave = np.sin(rate * along + _uniform(rng, n, 0.0, 2 * np.pi)[:, None])
        push = rng.standard_normal((n, 1, 2), np.float32) * np.float32(0.004)
        points = points + wave[:, :, None] * push
    return points


def _pen_radii(count: int, rng: np.random.Generator) -> FloatArray:
    """Half the pen's width in pixels along the path, (count, SAMPLES)."""
    width = 2.5 * np.exp(_normal(rng, count, 0.28)).clip(0.55, 1.9)
    along = np.linspace(0, 1, SAMPLES, dtype=np.float32)
    rate = _uniform(rng, count, 4.0, 14.0)[:, None]
    phase = _uniform(rng, count, 0.0, 2 * np.pi)[:, None]
    pressure = np.abs(_normal(rng, count, 0.1))[:, None]
    radii: FloatArray = (
        width[:, None] / 2 * (1 + pressure * np.sin(rate * along + phase))
    )
    return radii
