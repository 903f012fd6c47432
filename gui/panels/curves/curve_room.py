"""Layout of the two plots and their legends for the available space."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.panels.curves.curve_head import BOTH, MOST_LINES, CurveHead, Titles
from gui.panels.curves.curve_legend import LEFT_OUT
from gui.panels.curves.metric_plot import MetricPlot
from gui.runtime.layout_items import nest
from gui.style import tokens
from gui.style.fonts import scale_of

_SIDE_BY_SIDE: Final = tokens.length("curve_room.side_by_side")
"""Of both plots, at 100 %: with less the legends take the height of the curves."""
_STACKED: Final = tokens.length("curve_room.stacked")


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """Where the parts stand.

    Attributes:
        plots: that are shown.
        titles: of the panel's line.
        is_parallel: whether two plots stand side by side; else one above the other.
        in_head: the plots whose legends stand beside their titles.
        brevity: of the legends.
    """

    plots: tuple[int, ...]
    titles: Titles
    is_parallel: bool
    in_head: tuple[int, ...]
    brevity: int

    @property
    def above(self) -> tuple[int, ...]:
        """The plots whose legends stand above them."""
        return tuple(k for k in self.plots if k not in self.in_head)


class CurveRoom:
    """Lays out a widget: plots side by side, stacked, or one of the two."""

    def __init__(
        self,
        content: QWidget,
        plots: tuple[MetricPlot, MetricPlot],
        head: CurveHead,
        notes: tuple[QWidget, ...],
    ) -> None:
        self._plots = plots
        self._head = head
        self._notes = notes
        self._pair = QGridLayout()
        self._pair.setHorizontalSpacing(0)
        self._pair.setVerticalSpacing(0)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.space("xs"))
        for note in notes:
            column.addWidget(note)
        nest(column, self._pair, 1)

    def arrange(self, size: QSize, *, has_accuracy: bool) -> None:
        """Choose the layout for this size; without accuracy there is one plot.

        The first one is taken that leaves the curves their height; with no such one the
        briefest.
        """
        plans = tuple(self._plans(size, has_accuracy=has_accuracy))
        plan = next((one for one in plans if self._fits(one, size)), plans[-1])
        self._head.arrange(plan.titles)
        for k, part in enumerate(self._plots):
            part.set_visible(k in plan.plots)
        self._place_plots(plan)
        self._place_legends(plan)

    def _plans(self, size: QSize, *, has_accuracy: bool) -> Iterator[RoomPlan]:
        """What there is to choose from, the best first."""
        scale = self._scale
        is_wide = size.width() >= _SIDE_BY_SIDE * scale
        is_high = size.height() >= _STACKED * scale
        if has_accuracy and (is_wide or is_high):
            titles = BOTH if is_wide else Titles((True, False))
            heads = (0, 1) if is_wide else (0,)
            for brevity in range(2):
                for in_head in (heads, ()):
                    yield RoomPlan((0, 1), titles, is_wide, in_head, brevity)
        chosen = self._head.switch.index if has_accuracy else 0
        one = Titles((chosen == 0, chosen == 1), is_switched=has_accuracy)
        for brevity in range(len(LEFT_OUT)):
            for in_head in ((chosen,), ()):
                yield RoomPlan((chosen,), one, False, in_head, brevity)

    def _fits(self, plan: RoomPlan, size: QSize) -> bool:
        """Whether legends have room beside the titles, and curves below the others."""
        lines = (
            self._plots[k].legend.lines_for(
                self._head.legend_width(k, plan.titles), plan.brevity
            )
            for k in plan.in_head
        )
        if any(line > MOST_LINES for line in lines):
            return False
        return not plan.above or self._left(plan, size) >= 0

    def _left(self, plan: RoomPlan, size: QSize) -> int:
        """Pixels of the height that nothing needs."""
        width = size.width() // (2 if plan.is_parallel else 1) - 2 * self._pad
        legends = {
            k: part.legend.lines_for(width, plan.brevity) * part.legend.loose_row
            for k, part in enumerate(self._plots)
            if k in plan.above
        }
        plots = [self._plots[k].plot.least_height for k in plan.plots]
        several = max if plan.is_parallel else sum
        notes = [_height(n, size.width()) for n in self._notes if not n.isHidden()]
        return size.height() - several(legends.values()) - several(plots) - sum(notes)

    @property
    def _scale(self) -> float:
        return scale_of(self._head.font())

    @property
    def _pad(self) -> int:
        return round(tokens.space("panel_pad") * self._scale)

    def _place_plots(self, plan: RoomPlan) -> None:
        for k, part in enumerate(self._plots):
            row, column = (0, k) if plan.is_parallel else (2 * k, 0)
            self._pair.addWidget(part.plot, row + 1, column)
        self._pair.setColumnStretch(0, 1)
        self._pair.setColumnStretch(1, 1 if plan.is_parallel else 0)

    def _place_legends(self, plan: RoomPlan) -> None:
        for k, part in enumerate(self._plots):
            part.legend.set_brevity(plan.brevity)
            # Above a plot the lines begin under the panel's title.
            part.legend.set_pad(0 if k in plan.in_head else self._pad)
            if k not in plan.in_head:
                part.legend.set_tight(False)
                row, column = (0, k) if plan.is_parallel else (2 * k, 0)
                self._pair.addWidget(part.legend, row, column)
            else:
                self._pair.removeWidget(part.legend)
        self._head.take(tuple(self._plots[k].legend for k in plan.in_head))


def _height(note: QWidget, width: int) -> int:
    """Of a line above the plots, with the space below it."""
    wrapped = note.heightForWidth(width)
    height = wrapped if wrapped >= 0 else note.sizeHint().height()
    return height + tokens.space("xs")
