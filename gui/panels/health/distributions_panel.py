"""Histograms of weights, activations and gradients over the steps, layer by layer."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.protocol.snapshot import Need
from gui.panels.base import Panel, PanelEntry
from gui.panels.health import DISTRIBUTIONS
from gui.panels.health.share_map import KINDS, ShareMaps, layer_maps
from gui.session.view_state import View
from gui.style import theme
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.segmented_control import SegmentedControl

NO_RUN: Final = "No network yet. Start a run to see its distributions."
WAITING: Final = "Reading the layers …"
NOTES: Final = (
    "biases are left out",
    "of a sample of the training examples",
    "sizes of the weights' derivatives, log axis",
)


class DistributionsPanel(Panel):
    """A picture for each layer: step to the right, value upwards."""

    entry: ClassVar[PanelEntry] = DISTRIBUTIONS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: tuple[object, ...] = ()
        self.maps = ShareMaps(self)
        self.note_label = ElidingLabel(self)
        self.choice = SegmentedControl(
            (
                ("Weights", "Distribution of each layer's weights"),
                ("Activations", "Distribution of each layer's activations"),
                (
                    "Gradients",
                    "Distribution of the sizes of each layer's weight gradients",
                ),
            ),
            self,
            name="Which values",
        )
        self._arrange()
        self.choice.segment_chosen.connect(self._on_choice_segment_chosen)

    def needs(self) -> frozenset[Need]:
        return frozenset({"health"})

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (self.choice,), ()

    def _arrange(self) -> None:
        self.note_label.setFont(theme.figures_font(self.font()))
        self.note_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice)
        row.addWidget(self.note_label, 1)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.maps, 1)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)

    def draw(self, view: View | None) -> None:
        if view is None or view.run.health.newest is None:
            self._drawn = ()
            self._layout.show_reason(NO_RUN if view is None else WAITING)
            return
        log, chosen = view.run.health, self.choice.index
        state = (view.run.run_id, log.version, chosen)
        if state == self._drawn:
            return
        self._drawn = state
        self.maps.show_maps(layer_maps(view.spec, log.records, KINDS[chosen]))
        self.note_label.setText(
            f"{NOTES[chosen]}; brightness is the square root of the share, full at the "
            "largest of each step"
        )
        self._layout.show_content()

    def _on_choice_segment_chosen(self, _index: int) -> None:
        self.draw(self.view)
