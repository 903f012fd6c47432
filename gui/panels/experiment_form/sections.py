"""Two of the three sections of the form: data and network."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.experiment import rules
from core.experiment.effects import FILE_DATASETS
from core.experiment.inline import INLINE
from core.experiment.model import NetworkSettings
from core.values.network_spec import INITIALIZERS
from core.values.words import tr
from gui.panels.experiment_form.editors import (
    ChoiceBox,
    FlagBox,
    FolderBox,
    NumberBox,
    OneOutputBox,
    SeedBox,
    WholeBox,
)
from gui.panels.experiment_form.feature_box import FeatureBox
from gui.panels.experiment_form.field_grid import (
    problem_label,
    quiet_label,
    show_text,
    wrapped_label,
)
from gui.panels.experiment_form.file_row import FileRow
from gui.panels.experiment_form.folding import MEMORY_ROW
from gui.panels.experiment_form.formula_box import FormulaBox
from gui.panels.experiment_form.inline_box import InlineBox
from gui.panels.experiment_form.layer_list import LayerList
from gui.panels.experiment_form.scaling_box import ScalingBox
from gui.panels.experiment_form.section import Section
from gui.session.document.dependent_edits import DRAWN
from gui.session.document.draft import LAYER_KEYS, MEMORY, Draft
from gui.style import experiment_labels
from gui.style.number_format import count, editable

_MOST_SHOWN: Final = 8
_DOWNLOADABLE = ("mnist", "fashion-mnist")
_CHOSEN_BY_NAME: Final = tuple(
    name for name in rules.DATASETS if name not in (rules.FILE, *rules.FAMILY_DATASETS)
)
"""Files and folders are opened; those are among the choices where they were."""


class DataSection(Section):
    """The choice of examples, and the offer to download missing ones.

    Signals:
        download_requested: the name of the data set.
        data_choice_requested: the user wants to say how the file is read.
    """

    download_requested = Signal(str)
    data_choice_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Data"), restarts=True, parent=parent)
        self._name = ChoiceBox(_CHOSEN_BY_NAME, experiment_labels.DATASETS, self)
        self._counts = QLabel(self)
        self._counts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._counts.hide()
        self._notice = wrapped_label(self)
        self._download = QPushButton(self)
        self._download.setObjectName("download")
        self._download.clicked.connect(self._on_download_clicked)
        self._offered = ""
        self.fields.add("data.name", self._name)
        self._file = FileRow(self)
        self._file.change_button.clicked.connect(self.data_choice_requested)
        self.fields.add_note("data.name", _column_of(self._file, self._counts))
        self.fields.add("data.path", FolderBox(self))
        share = NumberBox(step=0.1, placeholder=tr("data set's own"), parent=self)
        self.fields.add("data.train_fraction", share)
        self.fields.add("data.validation_fraction", NumberBox(step=0.1, parent=self))
        self.fields.add("data.noise", NumberBox(step=0.05, parent=self))
        self.fields.add("data.scaling", ScalingBox(self))
        self._add_point_fields()
        self.fields.add("data.shuffled_labels", FlagBox(self))
        self.inline_box = InlineBox(self)
        self.inline_box.edited.connect(self.edited)
        for widget in (self._notice, self._download, self.fields, self.inline_box):
            self._column.addWidget(widget)
        self._end()
        self.show_notice("", "")

    def _add_point_fields(self) -> None:
        add = self.fields.add
        add("data.classes", WholeBox(2, rules.MAX_CLASSES, self))
        add("data.outputs", OneOutputBox(self))
        add("data.n_points", WholeBox(2, rules.MAX_POINTS, self))
        add("data.formula", FormulaBox(self))
        add(
            "data.seed",
            SeedBox(rules.MAX_SEED, self, tip=tr("Draw a new sample of points")),
        )
        self._features = FeatureBox(self)
        add("data.features", self._features, is_stacked=True)

    def show_notice(self, text: str, missing_data: str) -> None:
        """Show a remark, and offer to fetch a set that is not here, "" for none."""
        show_text(self._notice, text)
        is_offered = missing_data in _DOWNLOADABLE
        self._offered = missing_data if is_offered else ""
        if is_offered:
            name = experiment_labels.DATASETS[missing_data].name
            self._download.setText(tr("Download {name}…", name=name))
        self._download.setVisible(is_offered)

    def show_counts(self, counts: tuple[int, int, int] | None) -> None:
        """How many examples train, validate and test; None while unknown."""
        text = ""
        if counts is not None:
            trained, validate, tested = counts
            held = tr(" · {held} to validate", held=count(validate)) if validate else ""
            text = tr(
                "{trained} to train{held} · {tested}",
                trained=count(trained),
                held=held,
                tested=count(tested) if tested else tr("none"),
            )
            text += tr(" to test")
        if text != self._counts.text():
            show_text(self._counts, text)
            self.refit_wanted.emit()

    def show_draft(self, draft: Draft) -> None:
        super().show_draft(draft)
        name = str(draft.value("data.name"))
        self._name.setToolTip(self._name.meaning)
        self.fields.set_row_wanted("data.path", name in FILE_DATASETS)
        self._file.show_path(draft.in_force.data.path)
        is_own = draft.in_force.data.name == name == rules.FILE
        if self._file.isHidden() == is_own:
            self._file.setVisible(is_own)
            self.refit_wanted.emit()
        has_scaling = name in (*rules.IMAGE_DATASETS, rules.FILE)
        self.fields.set_row_wanted("data.scaling", has_scaling)
        self.fields.set_row_wanted("data.classes", name in rules.MANY_CLASSES)
        has_two = draft.in_force.data.has_two_classes
        self.fields.set_row_wanted("data.outputs", has_two)
        self.fields.set_row_wanted("data.formula", name == "formula")
        self._features.show_coordinates(1 if name in rules.LINE_DATASETS else 2)
        self._features.show_value(draft.value("data.features"))
        for key in ("data.n_points", "data.seed", "data.features"):
            self.fields.set_row_wanted(key, name in rules.POINT_DATASETS)
        self.fields.set_row_wanted("data.noise", name not in (INLINE, rules.FILE))
        problem = draft.problems.get("data.inputs", "")
        self.inline_box.show_examples(draft.in_force.data.inline_examples, problem)

    def _on_download_clicked(self) -> None:
        self.download_requested.emit(self._offered)


class NetworkSection(Section):
    """The layers, how their weights are drawn, and the memory they need.

    Signals:
        layer_edited: a LayerEdit.
    """

    layer_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Network"), restarts=True, parent=parent)
        self._layers = LayerList(self)
        self._layers.layer_edited.connect(self.layer_edited)
        self._layers.resized.connect(self.refit_wanted)
        self._problems = {
            key: problem_label(self)
            for key in ("network.hidden", "network.activation", "network.output")
        }
        self._memory_problem = problem_label(self)
        self._memory = QLabel(self)
        initializer = ChoiceBox(INITIALIZERS, experiment_labels.initializers(), self)
        self.fields.add("network.initializer", initializer)
        self.fields.add("network.bias", FlagBox(self))
        self.fields.add("training.seed", SeedBox(rules.MAX_SEED, self))
        self._file = wrapped_label(self)
        self._given = quiet_label(self)
        self.draw_button = QPushButton(tr("Draw randomly instead"), self)
        self.draw_button.setObjectName("draw weights")
        self.draw_button.setToolTip(
            tr("Draw the initial weights at random, by the seed")
        )
        self.draw_button.clicked.connect(self._on_draw_button_clicked)
        self._column.addWidget(self._layers)
        for label in self._problems.values():
            self._column.addWidget(label)
        for widget in (
            self._memory_problem,
            self._file,
            self._given,
            self.draw_button,
            self.fields,
        ):
            self._column.addWidget(widget)
        self.fields.add_shown(MEMORY_ROW, tr("Memory"), self._memory)
        self._end()

    def show_size(self, parameters: str, memory: str, meaning: str) -> None:
        """Show how large the network in force is, and what is in its memory."""
        self._layers.show_size(parameters, f"{parameters}, {memory} {meaning}")
        self._memory.setText(memory)
        self._memory.setToolTip(f"{memory} {meaning}")

    def show_file(self, text: str) -> None:
        """Show which file the initial weights come from; empty for none."""
        show_text(self._file, text)

    def show_layers(self, draft: Draft, n_outputs: int) -> None:
        """Show the layers that are in force or pending."""
        self._layers.show_layers(draft.layers, n_outputs)
        self._layers.mark_typed(draft.refusal_of("network.hidden"))

    def show_draft(self, draft: Draft) -> None:
        super().show_draft(draft)
        for key, label in self._problems.items():
            label.show_problem(draft.problems.get(key, ""))
        reason = draft.problems.get(MEMORY, "")
        if reason:
            reason = tr(
                "Too large: {reason}. The previous network stays in force.",
                reason=reason,
            )
        self._memory_problem.show_problem(reason)
        given = given_text(draft.in_force.network)
        show_text(self._given, given)
        self.draw_button.setVisible(bool(given))
        is_given = draft.in_force.network.initial_weights is not None
        self.fields.set_row_wanted("network.initializer", not is_given)

    def keys_typed_in(self, widget: QWidget) -> tuple[str, ...]:
        if self._layers.is_typed_in(widget):
            return LAYER_KEYS
        return super().keys_typed_in(widget)

    def _on_draw_button_clicked(self) -> None:
        self.edited.emit(dict(DRAWN))


def _column_of(*widgets: QWidget) -> QWidget:
    """One below the other, in the place of one."""
    whole = QWidget(widgets[0].parentWidget())
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return whole


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
    return (
        tr("Starts with the {parts}", parts=tr(" and the ").join(parts))
        if parts
        else ""
    )
