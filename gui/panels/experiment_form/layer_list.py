"""The layers of the network, one per row."""

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
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
from core.values.words import tr
from gui.panels.experiment_form.choice_plots import (
    activation_note,
    plot_of_activation,
)
from gui.panels.experiment_form.choice_popup import ChoicePopup
from gui.panels.experiment_form.editors import ChoiceBox, WholeBox
from gui.panels.experiment_form.field_grid import row_gap
from gui.session.document.layer_edit import LayerEdit
from gui.style import experiment_labels, tokens
from gui.style.fonts import scale_of
from gui.style.number_format import count
from gui.widgets.icon_button import IconButton
from gui.widgets.menu_buttons import give_menu
from gui.widgets.quiet_button import QuietButton
from gui.widgets.refusal import mark

_AROUND_UNITS: Final = tokens.space("xl")
"""Borders, pads and the text cursor of a number."""


class _HiddenRow:
    """The widgets of one hidden layer; the list places and owns them."""

    def __init__(self, number: int, parent: QWidget) -> None:
        self.is_stacked = False
        self.label = QLabel(tr("Hidden {number}", number=number), parent)
        self.units = WholeBox(1, MAX_UNITS, parent)
        self.units.valueChanged.connect(self.fit)
        self.units.lineEdit().textEdited.connect(self.fit)
        self.units.editingFinished.connect(self.fit)
        self.fit()
        self.units.setToolTip(tr("Units of this hidden layer"))
        self.units.setAccessibleName(
            tr("Units of hidden layer {number}", number=number)
        )
        self.label.setBuddy(self.units)
        self.activation = ChoiceBox(
            hidden_activations(), experiment_labels.activations(), parent
        )
        self.activation.setAccessibleName(
            tr("Activation of hidden layer {number}", number=number)
        )
        self.remove = IconButton(
            "remove",
            tr("Remove hidden layer {number}", number=number),
            tr("Remove this layer"),
            parent,
        )

    def fit(self) -> None:
        """Make room for the number: one that is cut off looks like another one."""
        line, metrics = self.units.lineEdit(), self.units.fontMetrics()
        needed = max(metrics.horizontalAdvance(t) for t in (line.text(), "000"))
        self.units.setFixedWidth(needed + round(_AROUND_UNITS * scale_of(line.font())))

    @property
    def widgets(self) -> tuple[QWidget, QWidget, QWidget, QWidget]:
        return self.label, self.units, self.activation, self.remove


class LayerList(QWidget):
    """Hidden layers with units and activation, output, and how many numbers these have.

    Signals:
        layer_edited: a LayerEdit.
        resized: there are more or fewer rows.
    """

    layer_edited = Signal(object)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_HiddenRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        self._curves = self._curve_button()
        self._card = ChoicePopup(self)
        self._ends = QWidget(self)
        self._classes = QLabel(self._ends)
        ends = QHBoxLayout(self._ends)
        ends.setContentsMargins(0, 0, 0, 0)
        ends.setSpacing(0)
        ends.addWidget(self._classes, 1)
        ends.addWidget(self._curves)
        self._end = QWidget(self)
        self._add = QuietButton("add", tr("Add la&yer"), self._end)
        self._add.setToolTip(tr("Add a hidden layer before the output"))
        self._add.clicked.connect(self._on_add_clicked)
        self._size = QLabel(self._end)
        self._size.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        end = QHBoxLayout(self._end)
        end.setContentsMargins(0, 0, 0, 0)
        end.addWidget(self._add)
        end.addStretch(1)
        end.addWidget(self._size)
        self._output = ChoiceBox(
            output_activations(), experiment_labels.activations(), self
        )
        self._output.setAccessibleName(tr("Activation of the output"))
        self._output.value_edited.connect(self._on_output_value_edited)
        self.all = ChoiceBox(
            hidden_activations(), experiment_labels.activations(), self
        )
        self.all.setPlaceholderText(tr("different ones"))
        self.all.setAccessibleName(tr("Activation of all hidden layers"))
        self.all.setToolTip(tr("Give every hidden layer this activation"))
        self.all.value_edited.connect(self._on_all_value_edited)
        self._all_label = QLabel(tr("All layers"), self)
        self._all_label.setBuddy(self.all)
        self._output_label = QLabel(tr("Outp&ut"), self)
        self._output_label.setBuddy(self._output)
        self._restyle()
        self._place_end()

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        self._grid.setHorizontalSpacing(round(tokens.space("xs") * scale))
        self._grid.setVerticalSpacing(row_gap(scale))
        pad = round(tokens.space("s") * scale)
        self._classes.setContentsMargins(pad, 0, 0, 0)

    def _curve_button(self) -> QToolButton:
        button = IconButton(
            "information",
            tr("About the activations"),
            tr("The curve of each activation, and what it is good for"),
            self,
        )
        button.setObjectName("activation cards")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for name, record in ACTIVATIONS.items():
            menu.addAction(record.title).setData(name)
        menu.triggered.connect(self._on_menu_triggered)
        give_menu(button, menu)
        return button

    def show_layers(self, network: NetworkSettings, n_outputs: int) -> None:
        """Show the layers before that many classes."""
        self._classes.setText(count(n_outputs))
        self._output.show_value(network.output)
        self._output.setToolTip(self._output.meaning)
        self._set_row_count(len(network.hidden))
        for row, units, name in zip(
            self._rows, network.hidden, network.activations, strict=True
        ):
            row.units.show_value(units)
            row.fit()
            # Leaky ReLUs of any slope stand in no list.
            row.activation.offer(name, experiment_labels.activation(name))
            row.activation.show_value(name)
            row.activation.setToolTip(row.activation.meaning)
        self._show_all(network)
        self._stack_long_names()

    def _show_all(self, network: NetworkSettings) -> None:
        """What all hidden layers have in common, where there are several."""
        names = set(network.activations)
        common = names.pop() if len(names) == 1 else ""
        if common:
            self.all.offer(common, experiment_labels.activation(common))
        self.all.show_value(common)
        for widget in (self._all_label, self.all):
            widget.setVisible(len(network.hidden) > 1)

    def is_typed_in(self, widget: QWidget) -> bool:
        """Whether the units of a layer are typed in this widget."""
        return any(row.units is widget for row in self._rows)

    def mark_typed(self, reason: str) -> None:
        """Mark the units that are being typed as refused, "" for what is possible."""
        for row in self._rows:
            mark(row.units, reason if row.units.hasFocus() else "")

    def show_size(self, text: str, meaning: str) -> None:
        """How many parameters there are, and what that means."""
        self._size.setText(text)
        self._size.setToolTip(meaning)
        self._size.setAccessibleDescription(meaning)

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
        self.resized.emit()

    def _append_row(self) -> None:
        row = _HiddenRow(len(self._rows) + 1, self)
        row.units.value_edited.connect(self._on_units_value_edited)
        row.activation.value_edited.connect(self._on_activation_value_edited)
        row.remove.clicked.connect(self._on_remove_clicked)
        self._rows.append(row)
        for column, widget in enumerate(row.widgets):
            self._grid.addWidget(widget, 2 * len(self._rows), column)

    def _place_end(self) -> None:
        after = 2 * len(self._rows) + 2
        self._grid.addWidget(self._all_label, after, 0, 1, 2)
        self._grid.addWidget(self.all, after, 2, 1, 2)
        after += 1
        self._grid.addWidget(self._output_label, after, 0)
        self._grid.addWidget(self._ends, after, 1)
        self._grid.addWidget(self._output, after, 2, 1, 2)
        self._grid.addWidget(self._end, after + 1, 0, 1, 4)

    def _stack_long_names(self) -> None:
        """Give an activation whose name would be cut a line of its own."""
        used = self._column_room()
        for k, row in enumerate(self._rows, start=1):
            stacked = row.activation.needed_width() > self.width() - used
            if stacked != row.is_stacked:
                row.is_stacked = stacked
                self._grid.removeWidget(row.activation)
                if stacked:
                    self._grid.addWidget(row.activation, 2 * k + 1, 1, 1, 3)
                else:
                    self._grid.addWidget(row.activation, 2 * k, 2)

    def _column_room(self) -> int:
        """What the other three columns take."""
        others = [
            max(row.widgets[k].sizeHint().width() for row in self._rows)
            if k != 1
            else max(row.units.minimumWidth() for row in self._rows)
            for k in (0, 1, 3)
            if self._rows
        ]
        return sum(others) + 3 * self._grid.horizontalSpacing()

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
        self._card.explain(self._curves, texts, plot_of_activation(record))

    def _on_remove_clicked(self) -> None:
        layer = self._index_of(self.sender()) + 1
        self.layer_edited.emit(LayerEdit("remove", layer))

    def _on_add_clicked(self) -> None:
        self.layer_edited.emit(LayerEdit("insert", len(self._rows)))

    def _on_all_value_edited(self, name: str) -> None:
        self.layer_edited.emit(LayerEdit("all", 1, 0, name))

    def _on_output_value_edited(self, name: str) -> None:
        self.layer_edited.emit(LayerEdit("output", len(self._rows) + 1, 0, name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack_long_names()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_output_label"):
            self._restyle()
            for row in self._rows:
                row.fit()
