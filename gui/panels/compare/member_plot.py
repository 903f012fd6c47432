"""The curves of a comparison's members over the steps, one measure at a time."""

from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from core.protocol.side_jobs.compare import Comparison, MemberCurves, Readings
from gui.panels.compare.member_table import member_colour
from gui.widgets.plots.curve_plot import CurvePlot
from gui.widgets.plots.ranges import fitted_range

ROOM: Final = 1.6
"""Upper limit of the plot, as a multiple of the highest first value."""
MEASURES: Final = {
    "train_loss": "Train loss",
    "test_loss": "Test loss",
    "train_accuracy": "Train accuracy",
    "test_accuracy": "Test accuracy",
    "largest_error": "Largest error",
}


def measured(member: MemberCurves, measure: str) -> Readings:
    """One measure of a member, accuracies in per cent."""
    values: Readings = getattr(member, measure)
    return 100 * values if measure.endswith("accuracy") else values


class MemberPlot(CurvePlot):
    """Draws a Comparison; both axes follow the curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._curves: list[pg.PlotCurveItem] = []
        self.getPlotItem().hideAxis("top")

    def show_comparison(
        self, comparison: Comparison | None, measure: str, *, is_log: bool
    ) -> None:
        """Draw one measure of all members; None empties the plot."""
        title = MEASURES[measure].lower()
        title += " (%)" if measure.endswith("accuracy") else ""
        self.set_titles(title, title)
        self.set_log(is_log)
        members = () if comparison is None else comparison.members
        while len(self._curves) < len(members):
            index = len(self._curves)
            self._curves.append(self.add_line(member_colour(index), width=2))
        for index, curve in enumerate(self._curves):
            curve.setVisible(index < len(members))
        drawn = [self.drawn(measured(member, measure)) for member in members]
        for curve, member, heights in zip(self._curves, members, drawn, strict=False):
            curve.setData(member.steps.astype(np.float64), heights)
        if comparison is not None:
            self.set_steps((0.0, max(1.0, float(comparison.steps))))
            limited = not measure.endswith("accuracy")
            self._fit(drawn, is_log=is_log, limited=limited)

    def _fit(self, drawn: list[Readings], *, is_log: bool, limited: bool) -> None:
        values = np.concatenate(drawn) if drawn else np.zeros(0)
        values = values[np.isfinite(values)]
        if not values.size:
            return
        low, high = float(values.min()), float(values.max())
        begun = [heights[0] for heights in drawn if len(heights)]
        if limited and low < (top := max(begun)) and top > 0:
            # A diverging curve leaves the plot instead of flattening all others.
            high = min(high, top + 1.0 if is_log else ROOM * top)
        self.set_heights(fitted_range(low, high, None, from_zero=not is_log))
