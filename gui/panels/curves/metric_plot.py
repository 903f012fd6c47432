"""One of the two plots of a run: its curves, legend and vertical range."""

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.arrays import DoubleArray
from gui.panels.curves.curve_data import stretch
from gui.panels.curves.curve_legend import CurveLegend, LegendEntry
from gui.panels.curves.metric_curves import Points, ShownPoints
from gui.session.decimation import finite_or_nan, thin_points
from gui.session.smoothing import smoothed_bins
from gui.session.step_series import Bins
from gui.widgets.plots.curve_plot import CurvePlot
from gui.widgets.plots.ranges import Range, fitted_range

_MAX_DOTS = 120


class MetricPlot(QObject):
    """A plot and its legend, two widgets that the owner places.

    They are separate so that a grid can align the plots of two neighbours.
    """

    def __init__(
        self,
        title: tuple[str, str],
        colour: str,
        entries: tuple[LegendEntry, ...],
        *,
        factor: float = 1.0,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._factor = factor
        self._fitted: Range | None = None
        self.fits_heights = True
        self.legend = CurveLegend(entries, parent)
        self.plot = CurvePlot(*title, parent=parent)
        self._before = self.plot.add_line("curve_test", strength=0.35)
        self._raw = self.plot.add_line(colour, strength=0.42)
        self._abandoned = self.plot.add_line("curve_branch", width=2)
        self._smoothed = self.plot.add_line(colour, width=2)
        self._validation = self.plot.add_line("curve_validation")
        self._test = self.plot.add_line("curve_test")
        self._dots = self.plot.add_points("curve_test")
        self._shown: dict[object, tuple[DoubleArray, DoubleArray]] = {}

    def set_visible(self, visible: bool) -> None:
        self.legend.setVisible(visible)
        self.plot.setVisible(visible)

    @property
    def is_hidden(self) -> bool:
        """Whether the owner has hidden it, as on the tab that is not in front."""
        return bool(self.plot.isHidden())

    def forget_fit(self) -> None:
        """Forget the vertical range: another run or another scale."""
        self._fitted = None

    def draw(self, shown: ShownPoints) -> None:
        """Draw the visible part of every curve."""
        heights = [
            self._draw_raw(shown),
            self._draw_smoothed(shown),
            self._draw_tests(stretch(*shown.tests, *self.plot.steps)),
            self._draw_before(shown.before),
            self._draw_abandoned(shown),
            self._draw_validations(stretch(*shown.validations, *self.plot.steps)),
        ]
        self.plot.show_best(shown.best_step)
        if self.fits_heights:
            self._fit(np.concatenate(heights))

    def _draw_raw(self, shown: ShownPoints) -> DoubleArray:
        if not shown.with_raw:
            return np.empty(0)
        bins = shown.series.bins(*self._visible(), self.plot.pixels)
        return self._draw_bins(self._raw, bins)

    def _draw_smoothed(self, shown: ShownPoints) -> DoubleArray:
        bins = smoothed_bins(
            shown.series, shown.half_life, *self._visible(), self.plot.pixels
        )
        return self._draw_bins(self._smoothed, bins)

    def _visible(self) -> tuple[int, int]:
        start, stop = self.plot.steps
        return int(start) - 2, int(stop) + 2

    def _draw_bins(self, line: object, bins: Bins) -> DoubleArray:
        return self._set_line(line, *bins.polyline())

    def _draw_tests(self, points: Points) -> DoubleArray:
        x, y = thin_points(*points, 2 * self.plot.pixels)
        drawn = self._set_line(self._test, x, y)
        dotted = np.isfinite(drawn) & (len(x) <= _MAX_DOTS)
        self._show(self._dots, x[dotted], drawn[dotted])
        return drawn

    def _draw_validations(self, points: Points) -> DoubleArray:
        x, y = thin_points(*points, 2 * self.plot.pixels)
        return self._set_line(self._validation, x, y)

    def _draw_before(self, before: Points | None) -> DoubleArray:
        points = before or (np.empty(0), np.empty(0))
        points = stretch(*points, *self.plot.steps)
        return self._set_line(self._before, *thin_points(*points, 2 * self.plot.pixels))

    def _draw_abandoned(self, shown: ShownPoints) -> DoubleArray:
        """The averages of all branches that were left, as one line with gaps."""
        start, stop = self._visible()
        xs, ys = [np.empty(0)], [np.empty(0)]
        for series, first, last in shown.abandoned:
            low, high = max(start, first), min(stop, last)
            if low < high:
                bins = smoothed_bins(
                    series, shown.half_life, low, high, self.plot.pixels
                )
                x, y = bins.polyline()
                inside = x > first
                xs += [x[inside], np.full(1, last)]
                ys += [y[inside], np.full(1, np.nan)]
        return self._set_line(self._abandoned, np.concatenate(xs), np.concatenate(ys))

    def _set_line(self, line: object, x: DoubleArray, y: DoubleArray) -> DoubleArray:
        drawn = self.plot.drawn(finite_or_nan(y) * self._factor)
        if np.isnan(drawn).all():
            x = drawn = np.empty(0)
        self._show(line, x, drawn)
        return drawn

    def _show(self, item: object, x: DoubleArray, y: DoubleArray) -> None:
        """Pass on only points that have changed, hide empty items: both save time."""
        old = self._shown.get(item)
        if old is not None and _same(old[0], x) and _same(old[1], y):
            return
        self._shown[item] = x, y
        item.setData(x=x, y=y)  # type: ignore[attr-defined]
        item.setVisible(len(x) > 0)  # type: ignore[attr-defined]

    def _fit(self, heights: DoubleArray) -> None:
        finite = heights[np.isfinite(heights)]
        if len(finite) == 0:
            return
        self._fitted = fitted_range(
            float(finite.min()),
            float(finite.max()),
            self._fitted,
            from_zero=not self.plot.is_log,
        )
        self.plot.set_heights(self._fitted)

    def mark(self, step: int | None, marks: list[tuple[float | None, str]]) -> None:
        """Crosshair at a step, with a dot at each known value."""
        known = [(v * self._factor, colour) for v, colour in marks if v is not None]
        self.plot.show_marks(step, known)


def _same(one: DoubleArray, other: DoubleArray) -> bool:
    return len(one) == len(other) and np.array_equal(one, other, equal_nan=True)
