"""The layers of the network, one per row."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from core.experiment.model import NetworkSettings
from core.experiment.rules import MAX_UNITS
from core.network.numpy.activations.table import (
    ACTIVATIONS,
    hidden_activations,
    output_activations,
)
from gui.panels.experiment_form.choice_plots import (
    activation_note,
    plot_of_activation,
)
from gui.panels.experiment_form.choice_popup import ChoicePopup
from gui.panels.experiment_form.editors import ChoiceBox, WholeBox
from gui.session.document.layer_edit import LayerEdit
from gui.style import experiment_labels
from gui.style.number_format import count


class _HiddenRow:
    """The widgets of one hidden layer; the list places and owns them."""

    def __init__(self, number: int, parent: QWidget) -> None:
        self.label = QLabel(f"Hidden {number}", parent)
        self.units = WholeBox(1, MAX_UNITS, parent)
        self.fit()
        self.units.setToolTip("Units of this hidden layer")
        self.units.setAccessibleName(f"Units of hidden layer {number}")
        self.label.setBuddy(self.units)
        self.activation = ChoiceBox(
            hidden_activations(), experiment_labels.activations(), parent
        )
        self.activation.setAccessibleName(f"Activation of hidden layer {number}")
        self.remove = QToolButton(parent)
        self.remove.setText("\N{MULTIPLICATION X}")
        self.remove.setAutoRaise(True)
        self.remove.setToolTip("Remove this layer")
        self.remove.setAccessibleName(f"Remove hidden layer {number}")

    def fit(self) -> None:
        """Make room for MAX_UNITS: a number that is cut off looks like another one."""
        digits = self.units.fontMetrics().horizontalAdvance(count(MAX_UNITS))
        self.units.setMinimumWidth(digits + 26)

    @property
    def widgets(self) -> tuple[QWidget, QWidget, QWidget, QWidget]:
        return self.label, self.units, self.activation, self.remove


class LayerList(QWidget):
    """Input, hidden layers with units and activation, output.

    Signals:
        layer_edited: a LayerEdit.
    """

    layer_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_HiddenRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._input = QLabel(self)
        self._curves = self._curve_button()
        self._card = ChoicePopup(self)
        self._classes = QLabel(self)
        self._add = QPushButton("+ Add la&yer", self)
        self._add.setToolTip("Add a hidden layer before the output")
        self._add.clicked.connect(self._on_add_clicked)
        self._output = ChoiceBox(
            output_activations(), experiment_labels.activations(), self
        )
        self._output.setAccessibleName("Activation of the output")
        self._output.value_edited.connect(self._on_output_value_edited)
        self._output_label = QLabel("Outp&ut", self)
        self._output_label.setBuddy(self._output)
        self._grid.addWidget(QLabel("Input", self), 0, 0)
        self._grid.addWidget(self._input, 0, 1)
        self._grid.addWidget(self._curves, 0, 2, 1, 2)
        self._place_end()

    def _curve_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("\N{SINE WAVE}")
        button.setObjectName("activation cards")
        button.setToolTip("The curve of each activation, and what it is good for")
        button.setAccessibleName("About the activations")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for name, record in ACTIVATIONS.items():
            menu.addAction(record.title).setData(name)
        menu.triggered.connect(self._on_menu_triggered)
        button.setMenu(menu)
        return button

    def show_layers(
        self, network: NetworkSettings, n_inputs: int, n_outputs: int
    ) -> None:
        """Show the layers between that many inputs and classes."""
        self._input.setText(count(n_inputs))
        self._classes.setText(count(n_outputs))
        self._output.show_value(network.output)
        self._output.setToolTip(self._output.meaning)
        self._set_row_count(len(network.hidden))
        for row, units, name in zip(
            self._rows, network.hidden, network.activations, strict=True
        ):
            row.units.show_value(units)
            # Leaky ReLUs of any slope stand in no list.
            row.activation.offer(name, experiment_labels.activation(name))
            row.activation.show_value(name)
            row.activation.setToolTip(row.activation.meaning)

    def _set_row_count(self, rows: int) -> None:
        if rows == len(self._rows):
            return
        while len(self._rows) > rows:
            for widget in self._rows.pop().widgets:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        while len(self._rows) < rows:
            self._append_row()
        self._place_end()

    def _append_row(self) -> None:
        row = _HiddenRow(len(self._rows) + 1, self)
        row.units.value_edited.connect(self._on_units_value_edited)
        row.activation.value_edited.connect(self._on_activation_value_edited)
        row.remove.clicked.connect(self._on_remove_clicked)
        self._rows.append(row)
        for column, widget in enumerate(row.widgets):
            self._grid.addWidget(widget, len(self._rows), column)

    def _place_end(self) -> None:
        after = len(self._rows) + 1
        self._grid.addWidget(self._add, after, 1, 1, 3)
        self._grid.addWidget(self._output_label, after + 1, 0)
        self._grid.addWidget(self._classes, after + 1, 1)
        self._grid.addWidget(self._output, after + 1, 2, 1, 2)

    def _index_of(self, widget: object) -> int:
        return next(k for k, row in enumerate(self._rows) if widget in row.widgets)

    def _on_units_value_edited(self, units: int) -> None:
        layer = self._index_of(self.sender()) + 1
        self.layer_edited.emit(LayerEdit("size", layer, units))

    def _on_activation_value_edited(self, name: str) -> None:
        layer = self._index_of(self.sender()) + 1
        self.layer_edited.emit(LayerEdit("activation", layer, 0, name))

    def _on_menu_triggered(self, action: QAction) -> None:
        record = ACTIVATIONS[str(action.data())]
        title = record.title[:1].upper() + record.title[1:]
        texts = (title, record.formula, activation_note(record))
        self._card.open_below(self._curves, texts, plot_of_activation(record))

    def _on_remove_clicked(self) -> None:
        layer = self._index_of(self.sender()) + 1
        self.layer_edited.emit(LayerEdit("remove", layer))

    def _on_add_clicked(self) -> None:
        self.layer_edited.emit(LayerEdit("insert", len(self._rows)))

    def _on_output_value_edited(self, name: str) -> None:
        self.layer_edited.emit(LayerEdit("output", len(self._rows) + 1, 0, name))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for row in self._rows:
                row.fit()
