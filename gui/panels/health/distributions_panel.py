"""Histograms of weights, activations and gradients over the steps, layer by layer."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.protocol.snapshot import Need
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.health import DISTRIBUTIONS
from gui.panels.health.share_map import KINDS, ShareMaps, layer_maps
from gui.runtime.layout_items import nest
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins
from gui.widgets.segmented_control import SegmentedControl

NO_RUN: Final = tr("No network yet. Start a run to see its distributions.")
WAITING: Final = tr("Reading the layers …")
BRIGHTNESS: Final = tr("brightness: square root of the share")
FULL: Final = tr("the brightness is full at the largest share of each step")
NOTES: Final = (
    tr("Biases are left out"),
    tr("Of a sample of the training examples"),
    tr("Sizes of the weights' derivatives, log axis"),
)


class DistributionsPanel(Panel):
    """A picture for each layer: step to the right, value upwards."""

    entry: ClassVar[PanelEntry] = DISTRIBUTIONS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: tuple[object, ...] = ()
        self.maps = ShareMaps(self)
        self.note_label = QLabel(self)
        self.choice = SegmentedControl(
            (
                (tr("Weights"), tr("Distribution of each layer's weights")),
                (tr("Activations"), tr("Distribution of each layer's activations")),
                (
                    tr("Gradients"),
                    tr("Distribution of the sizes of each layer's weight gradients"),
                ),
            ),
            self,
            name=tr("Which values"),
        )
        self._arrange()
        self.choice.segment_chosen.connect(self._on_choice_segment_chosen)

    def needs(self) -> frozenset[Need]:
        return frozenset({"health"})

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (self.choice,), (self.note_label,)

    def _arrange(self) -> None:
        self.note_label.setFont(theme.figures_font(self.font()))
        self.note_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.note_label.setText(BRIGHTNESS)
        row = QHBoxLayout()
        row.setSpacing(tokens.space("s"))
        row.addWidget(self.choice)
        row.addWidget(self.note_label, 1)
        content = QWidget(self)
        column = QVBoxLayout(content)
        pad = tokens.space("panel_pad")
        ScaledMargins(column, (pad, 0, pad, tokens.space("xs")), content)
        column.setSpacing(tokens.space("xs"))
        nest(column, row)
        column.addWidget(self.maps, 1)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)

    def forget_drawn(self) -> None:
        self._drawn = ()

    def draw(self, view: View | None) -> None:
        shown = None if view is None else view.run.health.shown
        if view is None or shown is None:
            self._drawn = ()
            self._layout.show_reason(NO_RUN if view is None else WAITING)
            return
        log, chosen = view.run.health, self.choice.index
        state = (view.run.run_id, log.version, chosen)
        if state == self._drawn:
            return
        self._drawn = state
        maps = layer_maps(view.spec, log.records, KINDS[chosen], shown.step)
        self.maps.show_maps(maps, shown.step)
        self.note_label.setToolTip(f"{NOTES[chosen]}; {FULL}")
        self._layout.show_content()

    def _on_choice_segment_chosen(self, _index: int) -> None:
        self.draw(self.view)
