"""The experiment: data, layers and training, which can be edited at any time."""

from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QVBoxLayout, QWidget

from core.experiment import memory
from core.experiment.model import Experiment
from gui.panels.base import Panel, PanelEntry
from gui.panels.experiment_form import EXPERIMENT
from gui.panels.experiment_form.field_grid import problem_label
from gui.panels.experiment_form.preset_bar import PresetBar
from gui.panels.experiment_form.sections import DataSection, NetworkSection, Section
from gui.panels.experiment_form.training_section import TrainingSection
from gui.session.document.document import ExperimentDocument
from gui.session.document.draft import MEMORY
from gui.session.view_state import View
from gui.style.experiment_labels import OPTIMIZERS

_WIDTH = 280


class ExperimentPanel(Panel):
    """A column of fields that act at once: a view of the document."""

    entry: ClassVar[PanelEntry] = EXPERIMENT
    on_chrome = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: ExperimentDocument | None = None
        self._build()

    def _build(self) -> None:
        form = QWidget(self)
        self._presets = PresetBar(self)
        self._problem = problem_label(form)
        self._data = DataSection(form)
        self._network = NetworkSection(form)
        self._training = TrainingSection(form)
        column = QVBoxLayout(form)
        column.setContentsMargins(8, 4, 6, 8)
        column.setSpacing(14)
        column.addWidget(self._problem)
        for section in self._sections:
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

    def set_document(self, document: ExperimentDocument) -> None:
        self._document = document
        document.changed.connect(self._on_document_changed)
        document.undo_stack.undo_changed.connect(self._presets.show_undo)
        self._presets.preset_chosen.connect(document.choose_preset)
        self._presets.undo_requested.connect(document.undo_stack.undo)
        self._presets.redo_requested.connect(document.undo_stack.redo)
        self._data.download_requested.connect(document.download)
        document.finishers.append(self._data.inline_box.finish)
        self._network.layer_edited.connect(document.edit_layers)
        for section in self._sections:
            section.edited.connect(document.edit)
        self._presets.show_undo(
            document.undo_stack.undo_text, document.undo_stack.redo_text
        )
        self._show_document(document)

    def draw(self, view: View | None) -> None:
        if view is not None:
            snapshot = view.snapshot
            self._training.show_step(snapshot.step, snapshot.learning_rate)

    def _on_document_changed(self) -> None:
        if self._document is not None:
            self._show_document(self._document)

    def _show_document(self, document: ExperimentDocument) -> None:
        draft, experiment = document.draft, document.experiment
        sizes = document.sizes(experiment)
        for section in self._sections:
            section.show_draft(draft)
            section.show_remarks(document.notes)
        self._network.show_layers(draft, *sizes)
        self._network.show_size(_size_text(experiment, *sizes))
        self._network.show_file(document.weights_text)
        notice = document.notice
        self._data.show_notice(notice.text, offer_download=notice.offers_download)
        known = {MEMORY, "data.inputs"}
        known |= {f"network.{name}" for name in ("hidden", "activation", "output")}
        known.update(*(section.fields.keys for section in self._sections))
        rest = [text for key, text in draft.problems.items() if key not in known]
        self._problem.show_problem("\n".join(rest))
        self._presets.show_experiment(experiment)

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
        f"{memory.bytes_text(needed.total)} while training with {optimizer}, "
        "data included"
    )
