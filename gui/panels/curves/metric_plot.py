"""One of the two plots of a run: its curves, legend and vertical range."""

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from core.arrays import DoubleArray
from core.values.words import tr
from gui.panels.curves.curve_data import stretch
from gui.panels.curves.curve_legend import CurveLegend, LegendEntry
from gui.panels.curves.metric_curves import (
    Points,
    ShownPoints,
    with_gaps,
    with_strokes,
)
from gui.session.decimation import finite_or_nan, thin_points
from gui.session.smoothing import broken, smoothed_bins
from gui.session.step_series import Bins
from gui.style import tokens
from gui.style.series import curve_dashes
from gui.widgets.plots.curve_plot import CurvePlot
from gui.widgets.plots.ranges import Range, fitted_range, percent_range

_DENSEST = 2.0
"""Room of a dot, as a multiple of its width: closer, they would be a thick line."""
_ROOM = 1.6
"""How far other lines may raise the plot, as a multiple of its own curves."""
_LONE_PIXELS = tokens.fine_length("metric_plot.lone_pixels")
"""Length of a curve of one step, which would be no line at all."""
_NONE = (np.empty(0), np.empty(0))


class MetricPlot(QObject):
    """A plot and its legend, two widgets that the owner places.

    They are separate so that a grid can align the plots of two neighbours.
    """

    def __init__(
        self,
        title: tuple[str, str],
        entries: tuple[LegendEntry, ...],
        *,
        is_percent: bool = False,
        index: int = 0,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._is_percent = is_percent
        self._factor = 100.0 if is_percent else 1.0
        self._fitted: Range | None = None
        self.fits_heights = True
        self.name_at_end = tr("test")
        self.legend = CurveLegend(entries, parent, index=index)
        self.plot = CurvePlot(*title, unit=" %" if is_percent else "", parent=parent)
        self._before = self.plot.add_line(
            "curve_test", strength=0.35, dash=curve_dashes("before")
        )
        self._raw = self.plot.add_line(
            "ink3", strength=tokens.opacity("raw_curve"), is_noisy=True
        )
        self._abandoned = self.plot.add_line(
            "curve_branch", width=tokens.stroke("line"), dash=curve_dashes("branch")
        )
        self._smoothed = self.plot.add_line("curve_train", width=tokens.stroke("line"))
        self._validation = self.plot.add_line(
            "curve_validation",
            width=tokens.stroke("light"),
            dash=curve_dashes("validation"),
        )
        self._test = self.plot.add_line("curve_test", width=tokens.stroke("light"))
        self._dots = self.plot.add_points("curve_test")
        self._before_dots = self.plot.add_points("curve_test", strength=0.5)
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
        shown = shown.without(self.legend.off)
        own = [
            self._draw_raw(shown),
            self._draw_smoothed(shown),
            self._draw_tests(shown),
            self._draw_validations(shown),
        ]
        others = [self._draw_before(shown.before), self._draw_abandoned(shown)]
        self.plot.show_best(shown.best_step)
        if self.fits_heights:
            self._fit(np.concatenate(own), np.concatenate(others))
        self._name_ends()

    def _name_ends(self) -> None:
        drawn = self._shown.values()
        self.plot.show_ends(
            [
                (name, token, end)
                for name, token, line in (
                    (tr("train"), "curve_train", self._smoothed),
                    (self.name_at_end, "curve_test", self._test),
                    (tr("valid."), "curve_validation", self._validation),
                )
                if (end := self._end_of(line)) is not None
            ],
            reach=max((float(x[-1]) for x, _ in drawn if len(x)), default=0.0),
        )

    def _end_of(self, line: object) -> tuple[float, float] | None:
        """The last point that is drawn of a line."""
        x, y = self._shown.get(line, _NONE)
        finite = np.flatnonzero(np.isfinite(y))
        if len(finite) == 0:
            return None
        return float(x[finite[-1]]), float(y[finite[-1]])

    def _draw_raw(self, shown: ShownPoints) -> DoubleArray:
        if not shown.with_raw:
            return self._set_line(self._raw, *_NONE)
        bins = shown.series.bins(*self._visible(), self.plot.pixels)
        return self._draw_bins(self._raw, broken(bins, shown.breaks), shown.breaks)

    def _draw_smoothed(self, shown: ShownPoints) -> DoubleArray:
        if not shown.with_smoothed:
            return self._set_line(self._smoothed, *_NONE)
        bins = smoothed_bins(
            shown.series,
            shown.half_life,
            *self._visible(),
            self.plot.pixels,
            breaks=shown.breaks,
        )
        return self._draw_bins(self._smoothed, bins, shown.breaks)

    def _visible(self) -> tuple[int, int]:
        start, stop = self.plot.steps
        return int(start) - 2, int(stop) + 2

    def _draw_bins(
        self, line: object, bins: Bins, breaks: tuple[int, ...]
    ) -> DoubleArray:
        # The batch of step k + 1 is read with the settings after step k.
        first_steps = [step + 1 for step in breaks]
        return self._set_line(line, *with_gaps(*bins.polyline(), first_steps))

    def _draw_tests(self, shown: ShownPoints) -> DoubleArray:
        x, y = self._thinned(shown.tests)
        self._draw_dots(self._dots, x, y)
        return self._set_line(self._test, *with_gaps(x, y, shown.test_breaks))

    def _draw_dots(self, item: object, x: DoubleArray, y: DoubleArray) -> None:
        """Mark the measured values, unless they are too close to each other."""
        drawn = self.plot.drawn(finite_or_nan(y) * self._factor)
        most = self.plot.pixels / (_DENSEST * self.plot.dot)
        is_dot = np.isfinite(drawn) & (len(x) <= most)
        self._show(item, x[is_dot], drawn[is_dot])

    def _draw_validations(self, shown: ShownPoints) -> DoubleArray:
        points = self._thinned(shown.validations)
        return self._set_line(self._validation, *with_gaps(*points, shown.test_breaks))

    def _thinned(self, points: Points) -> Points:
        visible = stretch(*points, *self.plot.steps)
        return thin_points(*visible, self.plot.pixels)

    def _draw_before(self, before: Points | None) -> DoubleArray:
        x, y = self._thinned(before or _NONE)
        # Where they are few, only there is it known how that run went.
        self._draw_dots(self._before_dots, x, y)
        return self._set_line(self._before, x, y)

    def _draw_abandoned(self, shown: ShownPoints) -> DoubleArray:
        """The averages of all branches that were left, as one line with gaps."""
        start, stop = self._visible()
        xs, ys = [np.empty(0)], [np.empty(0)]
        for series, first, last, unsorted in shown.abandoned:
            low, high = max(start, first), min(stop, last)
            breaks = sorted(set(unsorted))
            if low < high:
                bins = smoothed_bins(
                    series,
                    shown.half_life,
                    max(0, low - 1),  # from the last step that both lines share
                    high,
                    self.plot.pixels,
                    breaks=breaks,
                )
                x, y = with_gaps(*bins.polyline(), [step + 1 for step in breaks])
                inside = x >= first
                xs += [x[inside], np.full(1, last)]
                ys += [y[inside], np.full(1, np.nan)]
        return self._set_line(self._abandoned, np.concatenate(xs), np.concatenate(ys))

    def _set_line(self, line: object, x: DoubleArray, y: DoubleArray) -> DoubleArray:
        drawn = self.plot.drawn(finite_or_nan(y) * self._factor)
        if np.isnan(drawn).all():
            x = drawn = np.empty(0)
        start, stop = self.plot.steps
        half = _LONE_PIXELS / 2 * (stop - start) / max(1, self.plot.pixels)
        self._show(line, *with_strokes(x, drawn, half))
        return drawn

    def _show(self, item: object, x: DoubleArray, y: DoubleArray) -> None:
        """Pass on only points that have changed, hide empty items: both save time."""
        old = self._shown.get(item)
        if old is not None and _same(old[0], x) and _same(old[1], y):
            return
        self._shown[item] = x, y
        item.setData(x=x, y=y)  # type: ignore[attr-defined]
        item.setVisible(len(x) > 0)  # type: ignore[attr-defined]

    def _fit(self, own: DoubleArray, others: DoubleArray) -> None:
        """The present line decides on the range: what diverged elsewhere leaves it."""
        own, others = own[np.isfinite(own)], others[np.isfinite(others)]
        if len(own):
            low, high = float(own.min()), float(own.max())
            beside = 1.0 if self.plot.is_log else (_ROOM - 1) * abs(high)
            others = others[(others >= low - beside) & (others <= high + beside)]
        finite = np.concatenate((own, others))
        if len(finite) == 0:
            return
        low, high = float(finite.min()), float(finite.max())
        self._fitted = (
            percent_range(low, self._fitted)
            if self._is_percent
            else fitted_range(low, high, self._fitted, is_log=self.plot.is_log)
        )
        self.plot.set_heights(self._fitted)

    def mark(self, step: int | None, marks: list[tuple[float | None, str]]) -> None:
        """Crosshair at a step, with a dot at each known value."""
        known = [(v * self._factor, colour) for v, colour in marks if v is not None]
        self.plot.show_marks(step, known)


def _same(one: DoubleArray, other: DoubleArray) -> bool:
    return len(one) == len(other) and np.array_equal(one, other, equal_nan=True)
