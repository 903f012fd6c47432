"""Two classes in the plane as TensorFlow Playground draws them.

Circle, xor, two gaussians and spiral with its sizes and its noise, so that results from
there can be reproduced here. Class 1 is Playground's positive class.
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

RADIUS: Final = 5.0

Coordinates = npt.NDArray[np.float64]
Drawn = tuple[Coordinates, npt.NDArray[np.int32]]
"""(n_coordinates, n) and the class of each point."""


def circle(random: np.random.Generator, noise: float, n: int) -> Drawn:
    """Blue disc, orange ring; the label is that of the point displaced by noise."""
    inner = random.uniform(0.0, 0.5 * RADIUS, n // 2)
    outer = random.uniform(0.7 * RADIUS, RADIUS, n - n // 2)
    radius = np.concatenate([inner, outer])
    angle = random.uniform(0.0, 2.0 * math.pi, n)
    points = radius * np.stack([np.sin(angle), np.cos(angle)])
    moved = points + noise * random.uniform(-RADIUS, RADIUS, points.shape)
    return points, (np.hypot(*moved) < 0.5 * RADIUS).astype(np.int32)


def xor(random: np.random.Generator, noise: float, n: int) -> Drawn:
    """Blue where the signs agree; the label is that of the point displaced by noise."""
    points = random.uniform(-5.0, 5.0, (2, n))
    points += np.where(points > 0, 0.3, -0.3)
    moved = points + noise * random.uniform(-5.0, 5.0, points.shape)
    return points, (moved[0] * moved[1] >= 0).astype(np.int32)


def gaussians(random: np.random.Generator, noise: float, n: int) -> Drawn:
    """Clouds around (2, 2) and (-2, -2) with variance 0.5 + 7 noise."""
    is_blue = np.arange(n) < n // 2
    centre = np.where(is_blue, 2.0, -2.0)
    deviation = math.sqrt(0.5 + 7.0 * noise)
    points = centre + deviation * random.standard_normal((2, n))
    return points, is_blue.astype(np.int32)


def spiral(random: np.random.Generator, noise: float, n: int) -> Drawn:
    """Two arms; each coordinate is displaced by up to `noise`."""
    half, is_blue = n // 2, np.arange(n) < n // 2
    along = np.concatenate([np.arange(m) / m for m in (half, n - half)])
    angle = 3.5 * math.pi * along + np.where(is_blue, 0.0, math.pi)
    points = RADIUS * along * np.stack([np.sin(angle), np.cos(angle)])
    points += noise * random.uniform(-1.0, 1.0, points.shape)
    return points, is_blue.astype(np.int32)
