"""The state while painting: current points, previous strokes, and what was sent."""

from dataclasses import replace

import numpy as np

from core.data.dataset import Dataset, Split
from core.data.point_space import PointSpace
from core.experiment.features import DEFAULT_FEATURES
from core.experiment.rows import Rows
from gui.panels.playground.painted import SPACING, Painted


class Brush:
    """Mutable: strokes are added to `now` and can be undone."""

    def __init__(self) -> None:
        self.now = Painted()
        self.sent: Rows | None = None
        self._dataset: Dataset | None = None
        self._before: list[Painted] = []
        self._stroke: Painted | None = None
        self._last: tuple[float, float] | None = None

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def take(self, dataset: Dataset, inputs: Rows | None) -> bool:
        """Continue from a data set, unless it is the one that was sent, or is known."""
        if dataset is self._dataset:
            return False
        self._dataset = dataset
        if self._stroke is not None:
            return False
        was_sent = inputs is not None and inputs == self.sent
        # Only once: an undo may bring other points, and redo these again.
        self.sent = None
        if was_sent:
            return False
        self.now = Painted.of(dataset)
        self._before = []
        return True

    def paint(self, point: tuple[float, float], label: int, *, erases: bool) -> bool:
        """Add a point, or erase those near it; False when nothing has changed."""
        if self._stroke is None:
            self._stroke = self.now
        if erases:
            self.now = self.now.erased(point)
            return True
        last = self._last
        if last is not None and np.hypot(*np.subtract(point, last)) < SPACING:
            return False
        self._last = point
        self.now = self.now.added(point, label)
        return True

    def end_stroke(self) -> None:
        if self._stroke is not None and self._stroke != self.now:
            self._before.append(self._stroke)
        self._stroke = self._last = None

    def undo(self) -> None:
        if self._before:
            self.now = self._before.pop()

    def clear(self) -> None:
        self._before.append(self.now)
        self.now = Painted()


def shown_points(dataset: Dataset, painted: Painted) -> Dataset:
    """A data set with the painted points, to be drawn."""
    points = np.asarray(painted.points, np.float32).reshape(-1, 2)
    tests = np.asarray(painted.test_points, np.float32).reshape(-1, 2)
    return replace(
        dataset,
        train=Split(points, np.asarray(painted.labels, np.int32)),
        test=Split(tests, np.asarray(painted.test_labels, np.int32)),
        space=PointSpace(points, tests, DEFAULT_FEATURES[2]),
    )
