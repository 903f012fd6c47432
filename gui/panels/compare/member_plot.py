"""The curves of a comparison's members over the steps, one measure at a time."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QGraphicsSimpleTextItem, QWidget

from core.protocol.side_jobs.compare import Comparison, MemberCurves, Readings
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.contrast import name_colour
from gui.style.experiment_labels import listed
from gui.style.fonts import role_font
from gui.style.lengths import grown
from gui.style.number_format import count, numbers_in, short
from gui.style.series import series_pen
from gui.widgets.accessible.parts import Part, table_row
from gui.widgets.plots.curve_plot import CurvePlot
from gui.widgets.plots.end_labels import pushed_apart
from gui.widgets.plots.ranges import fitted_range, percent_range
from gui.widgets.plots.tick_axis import EDGE_PIXELS

ROOM: Final = 1.25
"""Upper limit of the plot, as a multiple of the highest first value."""
MEASURES: Final = {
    "train_loss": tr("Training set loss"),
    "test_loss": tr("Test loss"),
    "train_accuracy": tr("Training set accuracy, %"),
    "test_accuracy": tr("Test accuracy, %"),
    "largest_error": tr("Largest error"),
}
BESIDE: Final = float(tokens.space("s"))
"""Between the end of a curve and its name."""
MOST_OF_WIDTH: Final = 0.3
"""Share of the plot that names may take; the table names the curves, too."""


def measured(member: MemberCurves, measure: str) -> Readings:
    """One measure of a member, accuracies in per cent."""
    values: Readings = getattr(member, measure)
    return 100 * values if measure.endswith("accuracy") else values


class MemberPlot(CurvePlot):
    """Draws a Comparison; both axes follow the curves, whose names stand at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._curves: list[pg.PlotCurveItem] = []
        self._names: list[QGraphicsSimpleTextItem] = []
        self._member_ends: list[tuple[float, float] | None] = []
        self._series: tuple[int, ...] = ()
        self._comparison: Comparison | None = None
        self._measure = "train_loss"
        self._beyond = QGraphicsSimpleTextItem()
        super().__init__("", "", parent)
        self.scene().addItem(self._beyond)
        self.getPlotItem().hideAxis("top")
        self.describer = self._described_members
        # The table beside it has all that could be read off.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(*tokens.lengths("member_plot.least"))
        self.plotItem.vb.sigResized.connect(self._place_names)

    @property
    def names(self) -> list[str]:
        """The names that stand at the ends of curves."""
        return [name.text() for name in self._names if name.isVisible()]

    @property
    def beyond(self) -> str:
        """Which curves leave the plot at the top, and how far they go."""
        return self._beyond.text()

    def show_comparison(
        self,
        comparison: Comparison | None,
        measure: str,
        series: Sequence[int] = (),
        *,
        is_log: bool,
    ) -> None:
        """Draw one measure of all members; None empties the plot.

        Args:
            comparison: the newest result.
            measure: a field of MemberCurves.
            series: the place of each member among the series; in order if left out.
            is_log: whether the heights follow the logarithm.
        """
        self.set_log(is_log)
        members = () if comparison is None else comparison.members
        self._comparison, self._measure = comparison, measure
        self.set_titles(MEASURES[measure], MEASURES[measure])
        self._series = tuple(series) or tuple(range(len(members)))
        while len(self._curves) < len(members):
            self._add_member()
        for index, curve in enumerate(self._curves):
            curve.setVisible(index < len(members))
        drawn = [self.drawn(measured(member, measure)) for member in members]
        for curve, member, heights in zip(self._curves, members, drawn, strict=False):
            curve.setData(member.steps.astype(np.float64), heights)
        if comparison is not None:
            self.set_steps((0.0, max(1.0, float(comparison.steps))))
            limited = not measure.endswith("accuracy")
            self._fit(drawn, is_log=is_log, limited=limited)
        self._member_ends = [
            _end(member.steps.astype(np.float64), heights)
            for member, heights in zip(members, drawn, strict=True)
        ]
        for name, member in zip(self._names, members, strict=False):
            name.setText(numbers_in(member.name))
        self._beyond.setText(
            "" if comparison is None else self._left_out(comparison, measure)
        )
        self._draw_members()
        self._place_names()

    def _left_out(self, comparison: Comparison, measure: str) -> str:
        """A scale that leaves something out says so, with the number."""
        top = self.heights[1]
        found = []
        for member in comparison.members:
            values = measured(member, measure)
            finite = values[np.isfinite(values)]
            if finite.size and self.drawn(finite).max() > top:
                found.append(
                    tr(
                        "{name} up to {number}",
                        name=numbers_in(member.name),
                        number=short(float(finite.max())),
                    )
                )
        if not found:
            return ""
        return tr("above: {curves}", curves=listed(found))

    def _described_members(self) -> Sequence[Part]:
        """Each member's value at the end of its curve."""
        if self._comparison is None:
            return ()
        return tuple(
            table_row(
                numbers_in(member.name),
                [
                    (tr("step {step}", step=count(int(step))), short(float(value)))
                    for step, value in zip(
                        member.steps[-1:],
                        measured(member, self._measure)[-1:],
                        strict=True,
                    )
                ],
            )
            for member in self._comparison.members
        )

    def _add_member(self) -> None:
        self._curves.append(self.add_line("ink1", width=tokens.stroke("line")))
        name = QGraphicsSimpleTextItem()
        self.scene().addItem(name)
        self._names.append(name)

    def _draw_members(self) -> None:
        colours = theme.colours_of(self)
        font = role_font(self.font(), "label", strong=True)
        for place, curve, name in zip(
            self._series, self._curves, self._names, strict=False
        ):
            rgb = colours.named(f"series.{place}")
            pen = series_pen(place, rgb, grown(self, tokens.stroke("line")))
            pen.setCosmetic(True)
            curve.setPen(pen)
            name.setBrush(theme.colour(name_colour(rgb, colours)))
            name.setFont(font)
        self._beyond.setFont(theme.figures_font(self.font()))
        self._beyond.setBrush(theme.colour(colours.ink2))

    def _place_names(self) -> None:
        """Put the names beside the ends, moved apart so that they can be read."""
        metrics = QFontMetricsF(role_font(self.font(), "label", strong=True))
        shown = self._names[: len(self._member_ends)]
        widths = [metrics.horizontalAdvance(name.text()) for name in shown]
        widest = max(widths, default=0.0)
        fits = widest <= MOST_OF_WIDTH * self.width()
        right = widest + 2 * grown(self, BESIDE) if shown and fits else EDGE_PIXELS
        self.getPlotItem().setContentsMargins(0, 0, right, 0)
        for name in self._names:
            name.hide()
        box = self._view_box.sceneBoundingRect()
        aside = self._beyond.boundingRect().width()
        self._beyond.setPos(box.right() - aside, box.top())
        if not fits or not self._member_ends:
            return
        pixels = {
            k: self._view_box.mapViewToScene(QPointF(*end)).y()
            for k, end in enumerate(self._member_ends)
            if end is not None
        }
        order = sorted(pixels, key=lambda k: pixels[k])
        if len(order) * metrics.height() > box.height() + metrics.height():
            return
        ends = [pixels[k] for k in order]
        row = metrics.height()
        for k, y in zip(
            order,
            pushed_apart(ends, row, box.top(), box.bottom() - row / 2),
            strict=True,
        ):
            self._names[k].setPos(box.right() + grown(self, BESIDE), y - row / 2)
            self._names[k].show()

    def _restyle(self) -> None:
        super()._restyle()
        self._draw_members()

    def resizeEvent(self, ev: QResizeEvent) -> None:
        super().resizeEvent(ev)
        if self._ready:
            self._place_names()

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
        if self._measure.endswith("accuracy") and not is_log:
            self.set_heights(percent_range(low, None))
        else:
            self.set_heights(fitted_range(low, high, None, is_log=is_log))


def _end(steps: Readings, heights: Readings) -> tuple[float, float] | None:
    """The last point of a curve that can be drawn."""
    finite = np.flatnonzero(np.isfinite(heights))
    if not len(finite):
        return None
    return float(steps[finite[-1]]), float(heights[finite[-1]])
