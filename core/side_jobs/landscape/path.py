"""The path of training through weight space, recorded in bounded memory."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from core.arrays import FloatArray, HostParams
from core.experiment.memory import path_points
from core.history.key_frames import KeyFrame
from core.training.run_state import RunState
from core.values.network_spec import NetworkSpec, flat_parts

AnyParams = tuple[tuple[Any, Any], ...]
"""Params as NumPy or as JAX arrays."""
NEVER: Final = 2**62


class WeightPath:
    """Mutable: weights of evenly spaced steps, without a gap, from step 0 on.

    When it is full every third point is kept, and a third as many are added later: an
    odd stride, or a zigzag from side to side with each step would look like a line.
    Which steps they are depends on their numbers alone, if each chunk of steps ends
    where `until_next` says at the latest. Steps that it cannot reach without a gap it
    leaves out: those of a run that came out of a file, or back from where it was left.
    It keeps the arrays as they are: those of a chunk in flight may not be ready.

    Attributes:
        turns: how often the run has gone to another line of steps.
        way: how far steps that it lacks were taken again; None where none are missing.
    """

    def __init__(self) -> None:
        self._steps: list[int] = []
        self._points: list[AnyParams] = []
        self._stride = 1
        self.turns = 0
        self.way: KeyFrame[RunState] | None = None

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
        self.turns += 1
        self.way = None

    def forget_from(self, step: int) -> None:
        """The run has gone to another line of steps, which parts here.

        The weights of the step itself may have been edited on one of the lines.
        """
        self.turns += 1
        self.way = None
        kept = sum(noted < step for noted in self._steps)
        del self._steps[kept:], self._points[kept:]

    @property
    def due(self) -> int:
        """The next step to record."""
        return self._steps[-1] + self._stride if self._steps else 0

    def reaches(self, step: int) -> bool:
        """Whether nothing is missing up to this step."""
        return bool(self._steps) and step <= self.due

    def note(self, step: int, params: AnyParams) -> None:
        """Record the weights of a step if it is the next one to record.

        Those of a recorded step are replaced: they may have been edited there.
        """
        if self._steps and step == self._steps[-1]:
            self._points[-1] = params
            return
        if step != self.due:
            return
        self._steps.append(step)
        self._points.append(params)
        if len(self._steps) > most_points(params):
            self._steps, self._points = self._steps[::3], self._points[::3]
            span = self._steps[-1] - self._steps[0]
            self._stride = max(1, span // max(1, len(self._steps) - 1))

    def until_next(self, step: int) -> int:
        """Steps to the next one to record, from this one."""
        return self.due - step if self.due > step else NEVER

    def with_newest(
        self, step: int, params: AnyParams, beyond: Sequence[tuple[int, AnyParams]] = ()
    ) -> tuple[tuple[int, ...], list[HostParams]]:
        """Steps (k,) and their weights, the given ones last.

        Args:
            step: of the newest weights.
            params: the newest weights.
            beyond: steps that the path does not reach, with their weights, in order.
        """
        kept = sum(noted < step for noted in self._steps)
        known = list(zip(self._steps[:kept], self._points, strict=False))
        last = known[-1][0] if known else -1
        more = [each for each in beyond if last < each[0] < step]
        room = max(0, most_points(params) - len(known))
        known += more[:: -(-len(more) // room) | 1] if more and room else []
        points = [_on_host(point) for _, point in known]
        return (*(noted for noted, _ in known), step), [*points, _on_host(params)]


def most_points(params: AnyParams) -> int:
    """Points that are kept of weights of this size."""
    return path_points(sum(part.nbytes for layer in params for part in layer))


def stacked(spec: NetworkSpec, points: list[HostParams]) -> FloatArray:
    """(k, n_params) from k points, in the flat numbering."""
    return np.stack([np.concatenate(flat_parts(spec, point)) for point in points])


def _on_host(params: AnyParams) -> HostParams:
    return tuple((np.asarray(w), np.asarray(b)) for w, b in params)
