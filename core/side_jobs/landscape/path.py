"""The path of training through weight space, recorded in bounded memory."""

from typing import Any

import numpy as np

from core.arrays import FloatArray, HostParams
from core.experiment.memory import path_points
from core.values.network_spec import NetworkSpec, flat_parts

AnyParams = tuple[tuple[Any, Any], ...]
"""Params as NumPy or as JAX arrays."""


class WeightPath:
    """Mutable: weights of about evenly spaced steps, the first one always kept.

    When it is full every other point is dropped, and half as many are added later.
    Which steps they are depends on their numbers alone, if each chunk of steps ends
    where `until_next` says at the latest. It
    keeps the arrays as they are: those of a chunk in flight may not be ready.
    """

    def __init__(self) -> None:
        self._steps: list[int] = []
        self._points: list[AnyParams] = []
        self._stride = 1

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def steps(self) -> tuple[int, ...]:
        return tuple(self._steps)

    def forget(self) -> None:
        """Start again: another run begins."""
        self._steps.clear()
        self._points.clear()
        self._stride = 1

    def forget_after(self, step: int) -> None:
        """The run has gone to another line of steps, which parts here."""
        kept = sum(noted <= step for noted in self._steps)
        del self._steps[kept:], self._points[kept:]

    def note(self, step: int, params: AnyParams) -> None:
        """Record the weights of a step, if the newest recorded one is far enough back.

        Recorded steps at or above this one belong to a branch that was left.
        """
        self.forget_after(step - 1)
        if self._steps and step - self._steps[-1] < self._stride:
            return
        self._steps.append(step)
        self._points.append(params)
        n_bytes = sum(part.nbytes for layer in params for part in layer)
        if len(self._steps) > path_points(n_bytes):
            del self._steps[1::2], self._points[1::2]
            span = self._steps[-1] - self._steps[0]
            self._stride = max(1, span // max(1, len(self._steps) - 1))

    def until_next(self, step: int) -> int:
        """Steps to the next one to record."""
        if not self._steps or self._steps[-1] > step:
            return 1
        return max(1, self._steps[-1] + self._stride - step)

    def with_newest(
        self, step: int, params: AnyParams
    ) -> tuple[tuple[int, ...], list[HostParams]]:
        """Steps (k,) and their weights, the given ones last."""
        kept = sum(noted < step for noted in self._steps)
        points = [_on_host(point) for point in (*self._points[:kept], params)]
        return (*self._steps[:kept], step), points


def stacked(spec: NetworkSpec, points: list[HostParams]) -> FloatArray:
    """(k, n_params) from k points, in the flat numbering."""
    return np.stack([np.concatenate(flat_parts(spec, point)) for point in points])


def _on_host(params: AnyParams) -> HostParams:
    return tuple((np.asarray(w), np.asarray(b)) for w, b in params)
