"""Two of the three sections of the form: data and network."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.experiment import rules
from core.experiment.inline import INLINE
from core.experiment.model import NetworkSettings
from core.values.network_spec import INITIALIZERS
from gui.panels.experiment_form.editors import (
    ChoiceBox,
    FlagBox,
    FolderBox,
    NumberBox,
    SeedBox,
    WholeBox,
)
from gui.panels.experiment_form.feature_box import FeatureBox
from gui.panels.experiment_form.field_grid import (
    FieldGrid,
    problem_label,
    quiet_label,
    show_text,
    wrapped_label,
)
from gui.panels.experiment_form.formula_box import FormulaBox
from gui.panels.experiment_form.inline_box import InlineBox
from gui.panels.experiment_form.layer_list import LayerList
from gui.session.document.dependent_edits import DRAWN
from gui.session.document.draft import MEMORY, Draft, values_of
from gui.style import experiment_labels
from gui.style.number_format import editable

_MOST_SHOWN: Final = 8
_STARTS_OVER = "Changes here restart training"
_DOWNLOADABLE = ("mnist", "fashion-mnist")
_CHOSEN_BY_NAME: Final = tuple(name for name in rules.DATASETS if name != rules.FILE)
"""A file is opened; it is among the choices where it was."""


class Section(QWidget):
    """A heading, a line about the effect of a change, and some fields.

    Signals:
        edited: dotted keys with their new values, when the user has finished an edit.
    """

    edited = Signal(dict)

    def __init__(
        self, heading: str, effect: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = QLabel(heading, self)
        title.setObjectName("heading")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(title)
        self._column.addWidget(quiet_label(self, effect))
        self.fields = FieldGrid(self)
        self.fields.field_edited.connect(self._on_fields_field_edited)

    def show_draft(self, draft: Draft) -> None:
        """Show the values that are in force or pending, and the errors."""
        in_force = values_of(draft.in_force)
        for key in self.fields.keys:
            self.fields.show_in_force(key, in_force[key])
            self.fields.show_value(key, draft.value(key))
            self.fields.show_problem(key, draft.problems.get(key, ""))
            self.fields.mark_refused(key, refused=key in draft.refused)

    def show_remarks(self, notes: Mapping[str, str]) -> None:
        """Show what there is to say of the values, each at its row."""
        for key in self.fields.keys:
            self.fields.show_remark(key, notes.get(key, ""))

    def _on_fields_field_edited(self, key: str, value: object) -> None:
        self.edited.emit({key: value})


class DataSection(Section):
    """The choice of examples, and the offer to download missing ones.

    Signals:
        download_requested: the name of the data set.
    """

    download_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Data", _STARTS_OVER, parent)
        self._name = ChoiceBox(_CHOSEN_BY_NAME, experiment_labels.DATASETS, self)
        self._meaning = quiet_label(self)
        self._notice = wrapped_label(self)
        self._download = QPushButton(self)
        self._download.clicked.connect(self._on_download_clicked)
        self._offered = False
        self.fields.add("data.name", self._name)
        self.fields.add_note(self._meaning)
        self.fields.add("data.path", FolderBox(self))
        share = NumberBox(step=0.1, placeholder="data set's own", parent=self)
        self.fields.add("data.train_fraction", share)
        self.fields.add("data.validation_fraction", NumberBox(step=0.1, parent=self))
        self.fields.add("data.noise", NumberBox(step=0.05, parent=self))
        self._add_point_fields()
        self.fields.add("data.shuffled_labels", FlagBox(self))
        self.inline_box = InlineBox(self)
        self.inline_box.edited.connect(self.edited)
        for widget in (self._notice, self._download, self.fields, self.inline_box):
            self._column.addWidget(widget)
        self.show_notice("", offer_download=False)

    def _add_point_fields(self) -> None:
        add = self.fields.add
        add("data.classes", WholeBox(2, rules.MAX_CLASSES, self))
        add("data.n_points", WholeBox(2, rules.MAX_POINTS, self))
        add("data.formula", FormulaBox(self))
        add(
            "data.seed",
            SeedBox(rules.MAX_SEED, self, tip="Draw a new sample of points"),
        )
        self._features = FeatureBox(self)
        add("data.features", self._features)

    def show_notice(self, text: str, *, offer_download: bool) -> None:
        show_text(self._notice, text)
        self._offered = offer_download
        self._show_offer()

    def show_draft(self, draft: Draft) -> None:
        super().show_draft(draft)
        name = str(draft.value("data.name"))
        self._meaning.setText(self._name.meaning)
        self.fields.set_row_visible("data.path", name in _DOWNLOADABLE)
        self.fields.set_row_visible("data.classes", name in rules.MANY_CLASSES)
        self.fields.set_row_visible("data.formula", name == "formula")
        self._features.show_coordinates(1 if name in rules.LINE_DATASETS else 2)
        self._features.show_value(draft.value("data.features"))
        for key in ("data.n_points", "data.seed", "data.features"):
            self.fields.set_row_visible(key, name in rules.POINT_DATASETS)
        self.fields.set_row_visible("data.noise", name not in (INLINE, rules.FILE))
        problem = draft.problems.get("data.inputs", "")
        self.inline_box.show_examples(draft.in_force.data.inline_examples, problem)
        self._show_offer()

    def _show_offer(self) -> None:
        name = self._name.currentData()
        self._download.setText(f"Download {self._name.currentText()}…")
        self._download.setVisible(self._offered and name in _DOWNLOADABLE)

    def _on_download_clicked(self) -> None:
        self.download_requested.emit(self._name.currentData())


class NetworkSection(Section):
    """The layers, how their weights are drawn, and the memory they need.

    Signals:
        layer_edited: a LayerEdit.
    """

    layer_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Network", _STARTS_OVER, parent)
        self._layers = LayerList(self)
        self._layers.layer_edited.connect(self.layer_edited)
        self._problems = {
            key: problem_label(self)
            for key in ("network.hidden", "network.activation", "network.output")
        }
        self._memory_problem = problem_label(self)
        self._size = quiet_label(self)
        initializer = ChoiceBox(INITIALIZERS, experiment_labels.initializers(), self)
        self.fields.add("network.initializer", initializer)
        self.fields.add("network.bias", FlagBox(self))
        self.fields.add("training.seed", SeedBox(rules.MAX_SEED, self))
        self._file = wrapped_label(self)
        self._given = quiet_label(self)
        self.draw_button = QPushButton("Draw randomly instead", self)
        self.draw_button.setObjectName("draw weights")
        self.draw_button.setToolTip("Draw the initial weights at random, by the seed")
        self.draw_button.clicked.connect(self._on_draw_button_clicked)
        self._column.addWidget(self._layers)
        for label in self._problems.values():
            self._column.addWidget(label)
        for widget in (
            self._memory_problem,
            self._size,
            self._file,
            self._given,
            self.draw_button,
            self.fields,
        ):
            self._column.addWidget(widget)

    def show_size(self, text: str) -> None:
        """Show how large the network in force is."""
        self._size.setText(text)

    def show_file(self, text: str) -> None:
        """Show which file the initial weights come from; empty for none."""
        show_text(self._file, text)

    def show_layers(self, draft: Draft, n_inputs: int, n_outputs: int) -> None:
        """Show the layers that are in force or pending."""
        self._layers.show_layers(draft.layers, n_inputs, n_outputs)

    def show_draft(self, draft: Draft) -> None:
        super().show_draft(draft)
        for key, label in self._problems.items():
            label.show_problem(draft.problems.get(key, ""))
        reason = draft.problems.get(MEMORY, "")
        if reason:
            reason = f"Too large: {reason}. The previous network stays in force."
        self._memory_problem.show_problem(reason)
        given = given_text(draft.in_force.network)
        show_text(self._given, given)
        self.draw_button.setVisible(bool(given))
        is_given = draft.in_force.network.initial_weights is not None
        self.fields.set_row_visible("network.initializer", not is_given)

    def _on_draw_button_clicked(self) -> None:
        self.edited.emit(dict(DRAWN))


def given_text(network: NetworkSettings) -> str:
    """Initial weights that are written in the experiment; empty for none."""
    parts = []
    for name, layers in (
        ("weights", [v for m in network.initial_weights or () for v in m]),
        ("biases", list(network.initial_biases or ())),
    ):
        values = [value for row in layers for value in row]
        if values:
            shown = ", ".join(editable(value) for value in values[:_MOST_SHOWN])
            more = ", \N{HORIZONTAL ELLIPSIS}" if len(values) > _MOST_SHOWN else ""
            parts.append(f"{name} {shown}{more}")
    return f"Starts with the {' and the '.join(parts)}" if parts else ""
