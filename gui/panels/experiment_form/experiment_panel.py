"""The experiment: data, layers and training, which can be edited at any time."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QVBoxLayout, QWidget

from core.experiment import memory
from core.experiment.model import Experiment
from gui.panels.base import Panel, PanelEntry
from gui.panels.experiment_form import EXPERIMENT
from gui.panels.experiment_form.dependent_edits import with_dependent_edits
from gui.panels.experiment_form.draft import MEMORY, Draft
from gui.panels.experiment_form.edit_history import EditHistory
from gui.panels.experiment_form.field_grid import problem_label
from gui.panels.experiment_form.preset_bar import PresetBar
from gui.panels.experiment_form.sections import DataSection, NetworkSection, Section
from gui.panels.experiment_form.training_section import TrainingSection
from gui.session.layer_edit import LayerEdit, edited_values
from gui.session.view_state import View
from gui.style.experiment_labels import OPTIMIZERS

_WIDTH = 280


class ExperimentPanel(Panel):
    """A column of fields that take effect at once.

    Signals:
        experiment_edited: the Experiment that the user has made; always valid.
        download_requested: the name of a data set to fetch.
    """

    entry: ClassVar[PanelEntry] = EXPERIMENT

    experiment_edited = Signal(object)
    download_requested = Signal(str)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        free_memory: Callable[[], int | None] = memory.available_bytes,
    ) -> None:
        super().__init__(parent)
        self._free_memory = free_memory
        self._draft = Draft(Experiment(), self._refuse)
        self._history = EditHistory(self._draft.in_force)
        self._shown_run: tuple[int, Experiment] | None = None
        self._announced: list[Experiment] = []
        self._build()
        self._refresh()

    def _build(self) -> None:
        form = QWidget(self)
        self._presets = PresetBar(self)
        self._presets.preset_chosen.connect(self._on_presets_preset_chosen)
        self._presets.undo_requested.connect(self._on_presets_undo_requested)
        self._presets.redo_requested.connect(self._on_presets_redo_requested)
        self._problem = problem_label(form)
        self._data = DataSection(form)
        self._data.download_requested.connect(self.download_requested)
        self._network = NetworkSection(form)
        self._training = TrainingSection(form)
        column = QVBoxLayout(form)
        column.setContentsMargins(8, 4, 6, 8)
        column.setSpacing(14)
        column.addWidget(self._problem)
        for section in self._sections:
            section.edited.connect(self._on_section_edited)
            column.addWidget(section)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(form)
        self._form = form
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(4)
        self._presets.setContentsMargins(8, 0, 8, 0)
        whole.addWidget(self._presets)
        whole.addWidget(scroll, 1)

    @property
    def _sections(self) -> tuple[Section, ...]:
        return self._data, self._network, self._training

    @property
    def experiment(self) -> Experiment:
        """The experiment in force: the last valid one."""
        return self._draft.in_force

    def set_experiment(self, experiment: Experiment) -> None:
        """Show an experiment from elsewhere; emits nothing."""
        self._draft.replace(experiment)
        self._history.push(experiment)
        self._refresh()

    def edit_layers(self, edit: LayerEdit) -> None:
        """Change the network as requested in another panel; can be undone."""
        values = edited_values(self._draft.in_force.network, edit)
        if values:
            self._on_section_edited(values)

    def edit_values(self, values: dict[str, object]) -> None:
        """Change keys as requested in another panel; can be undone."""
        self._on_section_edited(values)

    def show_notice(self, text: str, offer_download: bool = False) -> None:
        """Show a sentence above the data, or none, with or without an offer."""
        self._data.show_notice(text, offer_download=offer_download)

    def draw(self, view: View | None) -> None:
        if view is None:
            return
        self._training.show_step(view.snapshot.step, view.snapshot.learning_rate)
        run = (view.run.run_id, view.run.experiment)
        if run == self._shown_run:
            return
        self._shown_run = run
        # A run that is older than the newest edits must not reset the form.
        if view.run.experiment in self._announced[:-1]:
            return
        self._announced.clear()
        if view.run.experiment != self._draft.in_force:
            self.set_experiment(view.run.experiment)
        else:
            self._refresh()

    def _sizes(self, experiment: Experiment) -> tuple[int, int]:
        """Inputs and classes of an experiment's data, before it is loaded."""
        view = self.view
        if view is not None and view.run.experiment.data == experiment.data:
            return view.run.dataset.n_inputs, view.run.dataset.n_outputs
        shape = experiment.data.shape
        return shape.n_inputs, shape.n_outputs

    def _refuse(self, experiment: Experiment) -> str | None:
        sizes = self._sizes(experiment)
        return memory.refusal(experiment, *sizes, self._free_memory())

    def _refresh(self) -> None:
        experiment = self._draft.in_force
        sizes = self._sizes(experiment)
        for section in self._sections:
            section.show_draft(self._draft)
        self._network.show_layers(self._draft, *sizes)
        self._network.show_size(_size_text(experiment, *sizes))
        known = {MEMORY, "data.inputs"}
        known |= {f"network.{name}" for name in ("hidden", "activation", "output")}
        known.update(*(section.fields.keys for section in self._sections))
        rest = [text for key, text in self._draft.problems.items() if key not in known]
        self._problem.show_problem("\n".join(rest))
        self._presets.show_state(
            experiment,
            can_undo=self._history.can_undo,
            can_redo=self._history.can_redo,
        )

    def _announce(self) -> None:
        self._announced.append(self._draft.in_force)
        self.experiment_edited.emit(self._draft.in_force)

    def _on_section_edited(self, values: dict[str, object]) -> None:
        name_before = self._draft.value("data.name")
        changed = self._draft.edit(with_dependent_edits(values, self._draft.in_force))
        if changed:
            self._history.push(self._draft.in_force)
        if self._draft.value("data.name") != name_before:
            self.show_notice("")
        self._refresh()
        if changed:
            self._announce()

    def _on_presets_preset_chosen(self, experiment: Experiment) -> None:
        changed = experiment != self._draft.in_force
        self.show_notice("")
        self.set_experiment(experiment)
        if changed:
            self._announce()

    def _on_presets_undo_requested(self) -> None:
        self._travel(self._history.undo())

    def _on_presets_redo_requested(self) -> None:
        self._travel(self._history.redo())

    def _travel(self, experiment: Experiment | None) -> None:
        if experiment is None:
            return
        self._draft.replace(experiment)
        self._refresh()
        self._announce()

    def minimumSizeHint(self) -> QSize:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return QSize(self._form.minimumSizeHint().width() + bar, 150)

    def sizeHint(self) -> QSize:
        return QSize(max(_WIDTH, self.minimumSizeHint().width()), 600)


def _size_text(experiment: Experiment, n_inputs: int, n_outputs: int) -> str:
    needed = memory.estimate(experiment, n_inputs, n_outputs)
    optimizer = OPTIMIZERS[experiment.training.optimizer].name
    return (
        f"{memory.count_text(needed.parameter_count)} parameters · about "
        f"{memory.size_text(needed.total)} while training with {optimizer}, "
        "data included"
    )
