"""The experiment: data, layers and training, which can be edited at any time."""

from collections.abc import Callable, Sequence
from typing import ClassVar, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from core.experiment import memory
from core.experiment.model import Experiment
from core.values.words import plural, tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.experiment_form import EXPERIMENT
from gui.panels.experiment_form.field_grid import problem_label
from gui.panels.experiment_form.folding import FoldableRow, folded_rows
from gui.panels.experiment_form.preset_bar import PresetBar
from gui.panels.experiment_form.section import Section
from gui.panels.experiment_form.sections import DataSection, NetworkSection
from gui.panels.experiment_form.training_section import TrainingSection
from gui.session.document.document import ExperimentDocument
from gui.session.document.draft import MEMORY
from gui.session.view_state import View
from gui.style import tokens
from gui.style.experiment_labels import OPTIMIZERS
from gui.widgets.focus.fields import finish
from gui.widgets.hairline import Hairline

_WIDTH = tokens.length("experiment_panel.width")


class ExperimentPanel(Panel):
    """A column of fields that act at once: a view of the document."""

    entry: ClassVar[PanelEntry] = EXPERIMENT
    on_chrome = True
    fills_header = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: ExperimentDocument | None = None
        self._is_fitting = False
        self._build()

    def _build(self) -> None:
        form = QWidget(self)
        self._presets = PresetBar(self)
        self._problem = problem_label(form)
        self._data = DataSection(form)
        self._network = NetworkSection(form)
        self._training = TrainingSection(form)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._problem)
        for section in self._sections:
            column.addWidget(Hairline(form))
            column.addWidget(section)
            section.refit_wanted.connect(self._fit)
            section.disclosure.opened_changed.connect(self._on_opened_changed)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(form)
        scroll.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._on_focus_changed)
        self._form, self._scroll = form, scroll
        self._asked = 0
        form.installEventFilter(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return self._presets.parts, ()

    def recall(self, is_on: Callable[[str], bool]) -> None:
        for section in self._sections:
            section.disclosure.open(on=is_on(section.disclosure.objectName()))
        self._fit()

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
        self._data.data_choice_requested.connect(self.data_choice_requested)
        document.finishers += [self._data.inline_box.finish, self._finish_field]
        document.in_hand = self._keys_in_hand
        self._network.layer_edited.connect(document.edit_layers)
        for section in self._sections:
            section.edited.connect(document.edit)
        self._presets.show_undo(
            document.undo_stack.undo_text, document.undo_stack.redo_text
        )
        self._show_document(document)

    def draw(self, view: View | None) -> None:
        if view is None:
            return
        snapshot, run = view.snapshot, view.run
        self._training.show_step(snapshot.step, snapshot.learning_rate)
        document = self._document
        is_meant = (
            document is not None and document.experiment.data == run.experiment.data
        )
        has_test = run.experiment.data.tested_on == "test"
        held = run.dataset.validation
        counts = (
            len(run.dataset.train),
            0 if held is None else len(held),
            len(run.dataset.test) if has_test else 0,
        )
        self._data.show_counts(counts if is_meant else None)

    def bring_to_sight(self, key: str) -> QWidget | None:
        """The field of a key, unfolded and scrolled to; None without one."""
        field = self.findChild(QWidget, key)
        if field is None:
            return None
        for section in self._sections:
            is_folded = not field.isVisibleTo(section)
            if section.isAncestorOf(field) and is_folded:
                section.disclosure.open(on=True)
        self._fit()
        layout = self._form.layout()
        assert layout is not None
        layout.activate()
        self._scroll.ensureWidgetVisible(field)
        return field

    def _fit(self) -> None:
        """Fold away what does not fit the height, where that can be seen."""
        if self._is_fitting or not self.isVisible():
            return
        self._is_fitting = True
        room = self._scroll.viewport().height()
        sections = self._sections
        rows = [r for k, s in enumerate(sections) for r in s.foldable_rows(k)]
        line = self._data.line_height()
        spare = 0
        for _ in rows:
            # What is measured with words below its row may be higher than reckoned.
            folded = folded_rows(rows, self._room_for(rows, room) - spare, line)
            self._fold(folded)
            beyond = self._needed_height() - room
            if not folded or beyond <= 0:
                break
            spare += line * -(-beyond // line)
        if self._needed_height() > room:
            for section in sections:
                if section.disclosure.opened:
                    section.offer_fewer()
        self._is_fitting = False

    def _room_for(self, rows: Sequence[FoldableRow], room: int) -> int:
        """What the rows that are always shown leave."""
        used = self._needed_height()
        for section in self._sections:
            used -= section.height_of_foldable()
        return room - used

    def _fold(self, folded: Sequence[str]) -> None:
        for section in self._sections:
            section.fold(folded)

    def _needed_height(self) -> int:
        for section in self._sections:
            # Qt does so by itself, but not before the next turn of its loop.
            section.fields.updateGeometry()
            section.updateGeometry()
        layout = self._form.layout()
        assert layout is not None
        needed = layout.totalSizeHint().height()
        if layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(self._form.width())
        # The scroll area asks for this, which a wrapped text makes the larger one.
        return max(needed, layout.totalMinimumSize().height())

    def _on_opened_changed(self, opened: bool) -> None:
        self.remembered.emit(self.sender().objectName(), opened)

    def _on_scroll_range_changed(self, low: int, high: int) -> None:
        bar = self._scroll.verticalScrollBar()
        width = bar.sizeHint().width() if high > low else 0
        for section in self._sections:
            section.make_room_for_bar(width)
        focused = QApplication.focusWidget()
        if focused is not None and self._form.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _keys_typed_in(self, widget: QWidget | None) -> tuple[str, ...]:
        if widget is None or not self._form.isAncestorOf(widget):
            return ()
        return tuple(
            key for section in self._sections for key in section.keys_typed_in(widget)
        )

    def _keys_in_hand(self) -> tuple[str, ...]:
        return self._keys_typed_in(QApplication.focusWidget())

    def _finish_field(self) -> bool:
        """Apply what is being typed in a field; whether it is not refused."""
        field = QApplication.focusWidget()
        if field is None or not self._keys_typed_in(field):
            return True
        return finish(field)

    def _on_focus_changed(self, old: QWidget | None, _new: QWidget | None) -> None:
        if self._document is None or old is None or not isValid(old):
            return
        keys = self._keys_typed_in(old)
        if keys:
            self._document.put_back(keys)

    def _on_document_changed(self) -> None:
        if self._document is not None:
            self._show_document(self._document)

    def _show_document(self, document: ExperimentDocument) -> None:
        draft, experiment = document.draft, document.experiment
        sizes = document.sizes(experiment)
        for section in self._sections:
            section.show_draft(draft)
            section.show_remarks(document.notes)
        self._network.show_layers(draft, sizes[1])
        self._network.show_size(*_size_texts(experiment, *sizes))
        self._network.show_file(document.weights_text)
        notice = document.notice
        self._data.show_notice(notice.text, notice.missing_data)
        known = {MEMORY, "data.inputs"}
        known |= {f"network.{name}" for name in ("hidden", "activation", "output")}
        known.update(*(section.shown_keys for section in self._sections))
        rest = [text for key, text in draft.problems.items() if key not in known]
        self._problem.show_problem("\n".join(rest))
        self._presets.show_experiment(experiment)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._form and event.type() == QEvent.Type.LayoutRequest:
            self._ask_for_width()
        return False

    def _ask_for_width(self) -> None:
        """Tell the dock what the form needs: it does not hear of what is scrolled."""
        width = self.minimumSizeHint().width()
        if width != self._asked:
            self._asked = width
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        # One width with the scroll bar and without: it stands in what the sections
        # leave free at the right, which is no longer part of the form then.
        beside = max(section.left_to_bar for section in self._sections)
        return QSize(
            max(_WIDTH, self._form.minimumSizeHint().width() + beside),
            tokens.length("experiment_panel.least_height"),
        )

    def sizeHint(self) -> QSize:
        return QSize(
            self.minimumSizeHint().width(), tokens.length("experiment_panel.height")
        )


def _size_texts(
    experiment: Experiment, n_inputs: int, n_outputs: int
) -> tuple[str, str, str]:
    """The parameters, the memory, and what this is for."""
    needed = memory.estimate(experiment, n_inputs, n_outputs)
    optimizer = OPTIMIZERS[experiment.training.optimizer].name
    return (
        plural(
            needed.parameter_count,
            "{count} parameter",
            "{count} parameters",
            count=memory.count_text(needed.parameter_count),
        ),
        tr("about {bytes}", bytes=memory.bytes_text(needed.total)),
        tr("while training with {optimizer}, data included", optimizer=optimizer),
    )
