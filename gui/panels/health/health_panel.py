"""Gradient health: each layer's norms, dead and saturated units, over the steps."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.protocol.snapshot import Need
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.health import HEALTH
from gui.panels.health.layer_curves import QUANTITIES, LayerCurves
from gui.panels.health.layer_strips import LayerStrips
from gui.runtime.layout_items import nest
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.number_format import count, counted
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins
from gui.widgets.segmented_control import SegmentedControl

NO_RUN: Final = tr("No network yet. Start a run to see the health of its layers.")
_NARROWEST: Final = tokens.length("health_panel.narrowest")
WAITING: Final = tr("Reading the layers …")


class HealthPanel(Panel):
    """Above each layer at the newest step, below one quantity over the steps."""

    entry: ClassVar[PanelEntry] = HEALTH

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn: tuple[object, ...] = ()
        self.strips = LayerStrips(self)
        self.curves = LayerCurves(self)
        self.choice = SegmentedControl(
            [(quantity.title, quantity.tip) for quantity in QUANTITIES],
            self,
            name=tr("Quantity to plot over the steps"),
        )
        self.step_label = QLabel(self)
        self._arrange()
        self.choice.segment_chosen.connect(self._on_choice_segment_chosen)
        self.curves.resized.connect(self._show_signs)

    def _show_signs(self) -> None:
        """Have the table say whose each line is, where the lines cannot."""
        self.strips.show_signs(not self.curves.is_named)

    def _fit_choice(self) -> None:
        """Shorter names where the whole ones would be cut, or a list."""
        pad = round(tokens.space("panel_pad") * scale_of(self.font()))
        room = self.width() - 2 * pad
        for titles in ([q.title for q in QUANTITIES], [q.short for q in QUANTITIES]):
            for k, title in enumerate(titles):
                button = self.choice.button(k)
                if button.text() != title:
                    button.setText(title)
            if self.choice.full_width() <= room:
                self.choice.show_list(on=False)
                return
        self.choice.show_list(on=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_choice()

    def needs(self) -> frozenset[Need]:
        return frozenset({"health"})

    def minimumSizeHint(self) -> QSize:
        # The names of the quantities may become narrower than they ask for.
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (self.step_label,), ()

    def _arrange(self) -> None:
        self.step_label.setFont(theme.figures_font(self.font()))
        self.step_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.step_label.setToolTip(
            tr(
                "Dead and saturated units are counted over these training examples, "
                "the same at each step; gradient and update are those of the step's "
                "batch"
            )
        )
        pad = tokens.space("panel_pad")
        row = QHBoxLayout()
        ScaledMargins(row, (pad, tokens.space("m"), pad, 0), self)
        row.addWidget(self.choice)
        row.addStretch(1)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, tokens.space("xs"))
        column.setSpacing(tokens.space("xs"))
        # What the header takes, where the panel has one.
        above = QHBoxLayout()
        above.addWidget(self.step_label)
        nest(column, above)
        column.addWidget(self.strips)
        nest(column, row)
        column.addWidget(self.curves, 1)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)

    def forget_drawn(self) -> None:
        self._drawn = ()

    def draw(self, view: View | None) -> None:
        record = None if view is None else view.run.health.shown
        if view is None or record is None:
            self._drawn = ()
            self.step_label.setText("")
            self._layout.show_reason(NO_RUN if view is None else WAITING)
            return
        log = view.run.health
        state = (view.run.run_id, log.version, self.choice.index)
        if state == self._drawn:
            return
        self._drawn = state
        self.strips.show_record(view.spec, record, log.records)
        quantity = QUANTITIES[self.choice.index]
        self.curves.show_log(view.spec, log.records, quantity, shown=record.step)
        self._show_signs()
        self.step_label.setText(
            tr(
                "step {step} \N{MIDDLE DOT} units over {examples}",
                step=count(record.step),
                examples=counted(record.examples, "training example"),
            )
        )
        self._layout.show_content()

    def _on_choice_segment_chosen(self, _index: int) -> None:
        self.draw(self.view)
