"""Planes through the weights: their directions, and the path projected onto them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import DoubleArray, FloatArray
from core.protocol.side_jobs.landscape import LandscapeRequest, PlaneKind, PlaneView
from core.values.errors import GlassboxError
from core.values.network_spec import NetworkSpec, flat_blocks
from core.values.shares import percent_text
from core.values.words import tr

MARGIN: Final = 0.25
"""Margin around the path, as a share of its extent."""
SMALLEST_SPAN: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """The points centre + (x - origin[0]) first + (y - origin[1]) second.

    Attributes:
        centre: (n_params,) the weights at its centre.
        first: (n_params,) direction of the first axis.
        second: (n_params,) direction of the second axis.
        origin: coordinates of the centre.
        x_range: the visible range of the first axis.
        y_range: that of the second.
        view: the same for the window.
    """

    centre: FloatArray
    first: FloatArray
    second: FloatArray
    origin: tuple[float, float]
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    view: PlaneView


def make_plane(
    request: LandscapeRequest,
    spec: NetworkSpec,
    steps: tuple[int, ...],
    points: FloatArray,
) -> Plane:
    """The requested plane, through the last of the points.

    Args:
        request: kind, weights, zoom, seed.
        spec: the network.
        steps: (k,) of the path.
        points: (k, n_params) along the path, numbered as in `flat_blocks`, the
            newest last.

    Raises:
        GlassboxError: the two weights are missing, the same, or not of this network;
            or the path has not moved yet.
    """
    centre = points[-1]
    moved = points.astype(np.float64) - centre
    first, second, labels, origin = _SPANS[request.kind](request, spec, points)
    path = _projected(moved, first, second) + np.asarray(origin)
    shares, share = _variance_shares(moved, first, second)
    if request.kind == "path" and shares is not None:
        named = zip(labels, shares, strict=True)
        labels = tuple(f"{name} ({percent_text(part, 1)})" for name, part in named)
    view = PlaneView(
        request.kind,
        (labels[0], labels[1]),
        np.asarray(steps, np.int64),
        path,
        origin,
        shares,
        share,
    )
    ranges = _ranges(request, path, origin)
    return Plane(
        centre,
        first.astype(np.float32),
        second.astype(np.float32),
        origin,
        *ranges,
        view,
    )


Span = tuple[DoubleArray, DoubleArray, tuple[str, ...], tuple[float, float]]


def principal_directions(points: FloatArray) -> tuple[DoubleArray, DoubleArray]:
    """The two unit vectors along which points (k, n) vary most, by variance.

    From the eigenvectors of the k x k matrix of inner products (k is far below n).
    The sign is such that the last point lies on the positive side of the first.

    Raises:
        GlassboxError: all points are the same.
    """
    deviations = points.astype(np.float64)
    deviations -= deviations.mean(axis=0)
    values, vectors = np.linalg.eigh(deviations @ deviations.T)
    if values[-1] <= SMALLEST_SPAN**2:
        msg = tr("The weights have not moved yet. Train some steps, or choose Random.")
        raise GlassboxError(msg)
    first = _unit(deviations.T @ vectors[:, -1])
    if values.size < 3 or values[-2] <= 1e-10 * values[-1]:
        # A path of two points is a line; any direction perpendicular to it is suitable.
        second = np.random.default_rng(0).standard_normal(first.shape)
    else:
        second = deviations.T @ vectors[:, -2]
    second = _unit(second - (second @ first) * first)
    towards = deviations[-1] - deviations[0]
    return (
        first if towards @ first >= 0 else -first,
        second if towards @ second >= 0 else -second,
    )


def filter_normalised(
    spec: NetworkSpec, weights: FloatArray, random: np.random.Generator
) -> DoubleArray:
    """A random direction in which each unit's row is as long as its weights.

    Li et al. (2018), "Visualizing the Loss Landscape of Neural Nets"; biases stay.
    """
    direction = np.zeros(len(weights))
    for layer, is_bias, start, stop in flat_blocks(spec):
        if is_bias:
            continue
        shape = spec.weight_shapes[layer - 1]
        rows = random.standard_normal(shape)
        lengths = np.linalg.norm(weights[start:stop].reshape(shape), axis=1)
        rows *= (lengths / np.linalg.norm(rows, axis=1))[:, None]
        direction[start:stop] = rows.ravel()
    return direction


def _path_span(
    request: LandscapeRequest, spec: NetworkSpec, points: FloatArray
) -> Span:
    del request, spec
    first, second = principal_directions(points)
    names = (tr("first principal direction"), tr("second principal direction"))
    return first, second, names, (0.0, 0.0)


def _random_span(
    request: LandscapeRequest, spec: NetworkSpec, points: FloatArray
) -> Span:
    random = np.random.default_rng(request.seed)
    first = filter_normalised(spec, points[-1], random)
    second = filter_normalised(spec, points[-1], random)
    return first, second, ("random direction 1", "random direction 2"), (0.0, 0.0)


def _weights_span(
    request: LandscapeRequest, spec: NetworkSpec, points: FloatArray
) -> Span:
    if request.weights is None or request.weights[0] == request.weights[1]:
        msg = tr(
            "Two different weights are needed. Click another weight in "
            "the network picture."
        )
        raise GlassboxError(msg)
    if not all(weight.is_in(spec) for weight in request.weights):
        msg = tr(
            "This network does not have the weight that was chosen; choose another."
        )
        raise GlassboxError(msg)
    indices = [weight.flat_index(spec) for weight in request.weights]
    first, second = np.zeros((2, points.shape[1]))
    first[indices[0]] = second[indices[1]] = 1.0
    x, y = (float(points[-1, i]) for i in indices)
    labels = tuple(str(weight) for weight in request.weights)
    return first, second, labels, (x, y)


_SPANS: Final[
    dict[PlaneKind, Callable[[LandscapeRequest, NetworkSpec, FloatArray], Span]]
] = {"path": _path_span, "random": _random_span, "weights": _weights_span}


def _unit(vector: DoubleArray) -> DoubleArray:
    return vector / max(float(np.linalg.norm(vector)), 1e-300)


def _projected(
    moved: DoubleArray, first: DoubleArray, second: DoubleArray
) -> DoubleArray:
    """Coordinates (k, 2) of the nearest points of the plane, by least squares."""
    basis = np.stack([first, second])
    gram = basis @ basis.T
    if np.linalg.det(gram) <= 1e-12 * gram[0, 0] * gram[1, 1]:
        gram = gram + np.eye(2) * max(float(np.trace(gram)), 1.0) * 1e-9
    return np.asarray(np.linalg.solve(gram, basis @ moved.T).T, np.float64)


def _variance_shares(
    moved: DoubleArray, first: DoubleArray, second: DoubleArray
) -> tuple[tuple[float, float] | None, float | None]:
    """Of the path's variance: along each direction, and within the plane."""
    deviations = moved - moved.mean(axis=0)
    total = float(np.sum(deviations**2))
    if total <= SMALLEST_SPAN**2:
        return None, None
    along = [
        float(np.sum((deviations @ _unit(d)) ** 2)) / total for d in (first, second)
    ]
    across = _unit(second - (second @ _unit(first)) * _unit(first))
    rest = float(np.sum((deviations @ across) ** 2)) / total
    return (along[0], along[1]), along[0] + rest


def _ranges(
    request: LandscapeRequest, path: DoubleArray, origin: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    if request.kind == "path":
        low, high = path.min(axis=0), path.max(axis=0)
        longest = float(np.max(high - low))
        # At least a quarter as wide as long, or nothing is visible across the path.
        half = np.maximum((high - low) / 2, longest / 4) * (1 + 2 * MARGIN)
        # Zooming in moves from the middle of the path to the weights.
        out = min(1.0, 1 / request.zoom)
        middle = out * (low + high) / 2 + (1 - out) * np.asarray(origin)
    else:
        middle = np.asarray(origin)
        half = np.ones(2)
        if request.kind == "weights":
            half = np.full(2, max(2.0, 1.5 * float(np.max(np.abs(origin)))))
            half = np.maximum(half, 1.2 * np.max(np.abs(path - middle), axis=0))
    half = half / request.zoom
    (x0, x1), (y0, y1) = (
        (float(m - h), float(m + h)) for m, h in zip(middle, half, strict=True)
    )
    return (x0, x1), (y0, y1)
