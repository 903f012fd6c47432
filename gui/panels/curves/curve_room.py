"""Layout of the two plots and their controls for the available space."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QTabBar, QVBoxLayout, QWidget

from gui.panels.curves.curve_controls import Arrangement, CurveControls
from gui.panels.curves.metric_plot import MetricPlot

_SIDE_BY_SIDE: Final = 560
_CONTROLS_BESIDE: Final = 760
_STACKED: Final = 420
_ONE_ROW: Final = 600
_MARGIN: Final = 2


class CurveRoom:
    """Lays out a widget: plots side by side, stacked, or on tabs.

    Attributes:
        tabs: shown where there is room for one plot only.
    """

    def __init__(
        self,
        content: QWidget,
        plots: tuple[MetricPlot, MetricPlot],
        controls: CurveControls,
        notes: tuple[QWidget, ...],
    ) -> None:
        self._plots = plots
        self._controls = controls
        self.tabs = QTabBar(content)
        self.tabs.addTab("Loss")
        self.tabs.addTab("Accuracy")
        self.tabs.setDrawBase(False)
        self._pair = QGridLayout()
        self._pair.setHorizontalSpacing(8)
        self._pair.setVerticalSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(2)
        for note in notes:
            column.addWidget(note)
        column.addWidget(self.tabs)
        column.addLayout(self._pair, 1)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._whole.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._whole.setSpacing(2)
        self._whole.addLayout(column, 1)
        self._whole.addWidget(controls)

    def arrange(self, size: QSize, *, has_accuracy: bool) -> None:
        """Choose the layout for this size; without accuracy there is one plot."""
        width, height = size.width(), size.height()
        arrangement = self._arrangement(width, height)
        run_parallel = width >= _SIDE_BY_SIDE and has_accuracy
        stacked = not run_parallel and height >= _STACKED
        self._whole.setDirection(
            QBoxLayout.Direction.LeftToRight
            if arrangement in ("column", "short column")
            else QBoxLayout.Direction.BottomToTop
        )
        self._controls.arrange(arrangement)
        self._place_plots(run_parallel=run_parallel)
        on_tabs = has_accuracy and not (run_parallel or stacked)
        self.tabs.setVisible(on_tabs)
        loss, accuracy = self._plots
        loss.set_visible(not on_tabs or self.tabs.currentIndex() == 0)
        second = not on_tabs or self.tabs.currentIndex() == 1
        accuracy.set_visible(has_accuracy and second)

    def _arrangement(self, width: int, height: int) -> Arrangement:
        """Beside the plots if the controls have room there, else above them."""
        if width >= _CONTROLS_BESIDE:
            room = height - 2 * _MARGIN
            if room >= self._controls.column_height(is_short=False):
                return "column"
            if room >= self._controls.column_height(is_short=True):
                return "short column"
        return "row" if width >= _ONE_ROW else "two rows"

    def _place_plots(self, *, run_parallel: bool) -> None:
        for k, part in enumerate(self._plots):
            row, column = (0, k) if run_parallel else (2 * k, 0)
            self._pair.addWidget(part.legend, row, column)
            self._pair.addWidget(part.plot, row + 1, column)
        self._pair.setColumnStretch(0, 1)
        self._pair.setColumnStretch(1, 1 if run_parallel else 0)
