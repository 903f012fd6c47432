"""Layout of the two plots and their legends for the available space."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.panels.curves.curve_head import MOST_LINES, CurveHead
from gui.panels.curves.metric_plot import MetricPlot
from gui.runtime.layout_items import nest
from gui.style import tokens
from gui.style.fonts import scale_of

_SIDE_BY_SIDE: Final = tokens.length("curve_room.side_by_side")
"""Of both plots, at 100 %: with less the legends take the height of the curves."""
_STACKED: Final = tokens.length("curve_room.stacked")


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
        """Choose the layout for this size; without accuracy there is one plot."""
        width, height = size.width(), size.height()
        scale = scale_of(self._head.font())
        run_parallel = width >= _SIDE_BY_SIDE * scale and has_accuracy
        high = height >= _STACKED * scale
        stacked = has_accuracy and not run_parallel and high
        switched = has_accuracy and not (run_parallel or stacked)
        chosen = self._head.switch.index if switched else 0
        self._head.arrange(
            shown=(chosen == 0, run_parallel or chosen == 1), is_switched=switched
        )
        for k, part in enumerate(self._plots):
            both = run_parallel or stacked
            part.set_visible(both or k == chosen)
        self._place_plots(run_parallel=run_parallel)
        self._place_legends(chosen, run_parallel=run_parallel, stacked=stacked)

    def _place_plots(self, *, run_parallel: bool) -> None:
        for k, part in enumerate(self._plots):
            row, column = (0, k) if run_parallel else (2 * k, 0)
            self._pair.addWidget(part.plot, row + 1, column)
        self._pair.setColumnStretch(0, 1)
        self._pair.setColumnStretch(1, 1 if run_parallel else 0)

    def _place_legends(self, chosen: int, *, run_parallel: bool, stacked: bool) -> None:
        """Beside the titles where two lines are enough, else above the plots."""
        above = (0, 1) if run_parallel else (0,) if stacked else (chosen,)
        fit = all(
            self._plots[k].legend.lines_for(self._head.legend_width(k)) <= MOST_LINES
            for k in above
        )
        in_head = above if fit else ()
        pad = round(tokens.space("panel_pad") * scale_of(self._head.font()))
        for k, part in enumerate(self._plots):
            # Above a plot the lines begin under the panel's title.
            part.legend.set_pad(0 if k in in_head else pad)
            if k not in in_head:
                row, column = (0, k) if run_parallel else (2 * k, 0)
                self._pair.addWidget(part.legend, row, column)
            else:
                self._pair.removeWidget(part.legend)
        self._head.take(tuple(self._plots[k].legend for k in in_head))
