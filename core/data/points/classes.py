"""More classes in the plane: checkerboard, moons, clouds and rings of many classes."""

import math
from typing import Final

import numpy as np

from core.data.points.playground import RADIUS, Drawn

SQUARES: Final = 4
"""Squares in a row of the checkerboard."""


def checkerboard(random: np.random.Generator, noise: float, n: int) -> Drawn:
    """Four by four squares; the label is that of the point displaced by the noise."""
    points = random.uniform(-RADIUS, RADIUS, (2, n))
    moved = points + noise * random.uniform(-RADIUS, RADIUS, points.shape)
    square = np.floor((moved + RADIUS) * (SQUARES / (2 * RADIUS))).astype(np.int32)
    return points, (square.sum(axis=0) % 2).astype(np.int32)


def moons(random: np.random.Generator, noise: float, n: int) -> Drawn:
    """Two interlocking half circles; normal noise with deviation 2 noise."""
    is_blue = np.arange(n) < n // 2
    angle = random.uniform(0.0, math.pi, n)
    upper = np.stack([np.cos(angle), np.sin(angle)])
    lower = np.stack([1.0 - np.cos(angle), 0.5 - np.sin(angle)])
    points = 3.0 * (np.where(is_blue, lower, upper) - np.array([[0.5], [0.25]]))
    points += 2.0 * noise * random.standard_normal((2, n))
    return points, is_blue.astype(np.int32)


def clouds(random: np.random.Generator, noise: float, n: int, n_classes: int) -> Drawn:
    """Gaussians on a circle of radius 3.5, the first on top; variance 0.5 + 7 noise."""
    labels = np.arange(n) * n_classes // n
    angle = 2.0 * math.pi * labels / n_classes
    centre = 3.5 * np.stack([np.sin(angle), np.cos(angle)])
    deviation = math.sqrt(0.5 + 7.0 * noise) * min(1.0, 4.0 / n_classes)
    points = centre + deviation * random.standard_normal((2, n))
    return points, labels.astype(np.int32)


def rings(random: np.random.Generator, noise: float, n: int, n_classes: int) -> Drawn:
    """Concentric rings, the first one inside; normal noise with deviation noise."""
    labels = np.arange(n) * n_classes // n
    width = RADIUS / n_classes
    radius = width * (labels + random.uniform(0.0, 0.7, n))
    angle = random.uniform(0.0, 2.0 * math.pi, n)
    points = radius * np.stack([np.sin(angle), np.cos(angle)])
    points += noise * random.standard_normal((2, n))
    return points, labels.astype(np.int32)
