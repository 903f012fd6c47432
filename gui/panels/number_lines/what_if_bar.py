"""The actions for the selected weight, bias or unit."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.panels.number_lines.value_field import ValueField
from gui.session.parameter_names import name_of
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.number_format import shortest
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.scaled_margins import ScaledSpacing


class WhatIfBar(QWidget):
    """Shows the value of the selection, and accepts a new one.

    Signals:
        value_entered: a number for the parameter, or for the unit's activation.
        stepped: by how many small steps to move it.
        freezing_requested: whether to freeze the parameter.
        ablation_requested: whether to ablate the unit.
        release_requested: release the held activation.
        pin_requested: keep it for comparison with the next one.
        zoomed: +1 for a narrower and -1 for a wider range.
    """

    value_entered = Signal(float)
    stepped = Signal(float)
    freezing_requested = Signal(bool)
    ablation_requested = Signal(bool)
    release_requested = Signal()
    pin_requested = Signal()
    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidingLabel(self)
        self.name.setFont(theme.figures_font(self.font(), bold=True))
        self.field = ValueField(self)
        self.field.setAccessibleName(tr("New value"))
        self.zero = self._button(tr("Set 0"), tr("Set it to 0"))
        self.freeze = self._button(
            tr("Freeze"), tr("Training leaves it unchanged"), checkable=True
        )
        self.ablate = self._button(
            tr("Ablate"),
            tr("Set the unit's outgoing weights to 0 and freeze them"),
            checkable=True,
        )
        self.release = self._button(tr("Release"), tr("Compute the activation again"))
        self.pin = self._button(
            tr("Pin"), tr("Keep it for comparison, then select another parameter")
        )
        self.wider = self._button("\N{MINUS SIGN}", tr("A wider range of values"))
        self.narrower = self._button("+", tr("A narrower range of values"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(row, tokens.space("xs"), self)
        row.addWidget(self.name, 1)
        for widget in (self.field, self.zero, self.freeze, self.ablate, self.release):
            row.addWidget(widget)
        row.addSpacing(tokens.space("close"))
        for button in (self.pin, self.wider, self.narrower):
            row.addWidget(button)
        self._connect()

    def _button(self, text: str, tip: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(checkable)
        return button

    def _connect(self) -> None:
        self.field.value_entered.connect(self.value_entered)
        self.field.stepped.connect(self.stepped)
        self.zero.clicked.connect(self._on_zero_clicked)
        self.freeze.clicked.connect(self.freezing_requested)
        self.ablate.clicked.connect(self.ablation_requested)
        self.release.clicked.connect(self.release_requested)
        self.pin.clicked.connect(self.pin_requested)
        self.wider.clicked.connect(self._on_wider_clicked)
        self.narrower.clicked.connect(self._on_narrower_clicked)

    def show_selection(
        self, view: View, selection: Selection, parameter: Parameter | None
    ) -> None:
        """Show the value of a weight or bias, or a unit's activation."""
        name = name_of(view.run, selection)
        is_unit = isinstance(selection, Unit)
        if isinstance(selection, Unit):
            self._set_name(f"{name}: a =")
            value = float(view.trace.layer(selection.layer)[selection.unit])
        else:
            self._set_name(f"{name} =")
            value = selection.value_in(view.params)
        self.field.show_value(shortest(value))
        is_output = selection.layer == view.spec.n_layers
        self.field.setEnabled(not (is_unit and is_output))
        self.zero.setEnabled(self.field.isEnabled())
        self.freeze.setVisible(not is_unit)
        self.freeze.setChecked(parameter in view.frozen)
        self.ablate.setVisible(is_unit and not is_output)
        self.ablate.setChecked(selection in view.ablated)
        self.release.setVisible(is_unit and selection in view.held)
        self.pin.setVisible(not is_unit)

    def _set_name(self, text: str) -> None:
        if self.name.text() != text:
            self.name.setText(text)

    def _on_zero_clicked(self) -> None:
        self.value_entered.emit(0.0)

    def _on_wider_clicked(self) -> None:
        self.zoomed.emit(-1)

    def _on_narrower_clicked(self) -> None:
        self.zoomed.emit(1)
