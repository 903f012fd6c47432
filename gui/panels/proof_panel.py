"""Every derivative by three independent ways: do they agree?"""

from typing import ClassVar, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.parameter import Parameter
from core.proofs.values import Precision, ProofState, ProofTask
from gui import theme
from gui.controls.eliding_label import ElidingLabel
from gui.controls.placeholder import PlaceholderLayout
from gui.controls.segmented_control import SegmentedControl
from gui.panel import Panel
from gui.parameter_names import parameter_name
from gui.proof.error_histogram import ErrorHistogram
from gui.proof.one_table import OneTable
from gui.proof.proof_words import details, headline, selected_parameter, task_of
from gui.proof.worst_table import WorstTable
from gui.view_state import View

NOTHING_YET: Final = "No network yet. Start a run to prove its derivatives."
NO_LABEL: Final = (
    "A derivative of the cost needs the true class. The Backpropagation panel asks "
    "for it at the cost."
)
NOT_SELECTED: Final = "Select a weight or a bias to see it proved by itself."
INVITATION: Final = (
    "Prove differentiates the cost of the shown example by every weight and bias in "
    "three independent ways: autodiff (JAX), the explicit backward pass, and central "
    "differences."
)
_CHOICES: Final[tuple[tuple[Precision, str], ...]] = (
    ("float64", "Twice the digits: what is left is the error of the method"),
    ("float32", "As training computes: rounding spoils the central differences"),
)


class ProofPanel(Panel):
    """Asks the runner; what comes back is part of the view."""

    key: ClassVar[str] = "proof"
    title: ClassVar[str] = "Proof"

    proof_wished = Signal(object)
    proof_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: tuple[object, ...] = ()
        self._keeps_up = False
        self._run_id: int | None = None
        content = QWidget(self)
        self.button = QPushButton("&Prove", content)
        self.button.setToolTip("Differentiate in three ways and compare")
        self.precisions = SegmentedControl(
            list(_CHOICES), content, name="Precision of the proof of all"
        )
        self.progress = QProgressBar(content)
        self.cancel = QToolButton(content)
        self.cancel.setText("Cancel")
        self.one_title = ElidingLabel(content)
        self.one = OneTable(content)
        self.headline = QLabel(INVITATION, content)
        self.headline.setWordWrap(True)
        self.details = QLabel(content)
        self.details.setWordWrap(True)
        self.details.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.histogram = ErrorHistogram(content)
        self.worst = WorstTable(content)
        self._build(content)
        self._stack = PlaceholderLayout(self, content)
        self._stack.show_reason(NOTHING_YET)
        self._show_progress(None)
        self._show_whole(None, None)

    def _build(self, content: QWidget) -> None:
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(8)
        self.progress.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )
        bold = theme.figures_font(self.font(), bold=True)
        for label in (self.one_title, self.headline):
            label.setFont(bold)
        top = QHBoxLayout()
        for widget in (self.button, self.precisions, self.progress, self.cancel):
            top.addWidget(widget)
        top.setStretch(2, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(top)
        for widget in (self.one_title, self.one, self.headline, self.details):
            column.addWidget(widget)
        column.addWidget(self.histogram)
        column.addWidget(self.worst, 1)
        column.addStretch(0)
        self.button.clicked.connect(self._on_button_clicked)
        self.cancel.clicked.connect(self.proof_cancelled)
        self.precisions.segment_chosen.connect(self._on_precision_chosen)
        self.worst.thing_chosen.connect(self.selection_made)

    @property
    def precision(self) -> Precision:
        """Of the proof of all parameters."""
        return _CHOICES[self.precisions.index][0]

    def draw(self, view: View | None) -> None:
        if view is None or view.target is None:
            self._stack.show_reason(NOTHING_YET if view is None else NO_LABEL)
            return
        self._stack.show_content()
        if view.run.run_id != self._run_id:
            self._run_id, self._keeps_up, self._asked = view.run.run_id, False, ()
        state = view.proof
        self._show_progress(state)
        self._show_one(view, state)
        self._show_whole(view, state)
        if self._keeps_up and not view.snapshot.playing:
            self._ask_for_selected(view)

    def _show_progress(self, state: ProofState | None) -> None:
        under_way = state is not None and state.total > 0
        if under_way and state is not None:
            self.progress.setRange(0, state.total)
            self.progress.setValue(state.done)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.setVisible(under_way)
        self.cancel.setVisible(under_way)

    def _show_one(self, view: View, state: ProofState | None) -> None:
        parameter = selected_parameter(view)
        if parameter is None:
            self.one_title.setText(NOT_SELECTED)
            self.one.setVisible(False)
            return
        place = (parameter.layer, parameter.unit, parameter.source)
        title = parameter_name(view.run, *place)
        rows = () if state is None else state.one
        task = None if state is None else state.one_task
        if not _is_of(task, view, parameter):
            rows = ()
        elif task is not None and task.params is not view.params:
            title += f" (step {task.step:,})"
        self.one_title.setText(title)
        self.one.setVisible(bool(rows))
        self.one.show_rows(rows)

    def _show_whole(self, view: View | None, state: ProofState | None) -> None:
        report = None if state is None else state.whole
        for widget in (self.details, self.histogram, self.worst):
            widget.setVisible(report is not None)
        if report is None or view is None:
            self.headline.setText(INVITATION)
            return
        text = headline(report)
        if text != self.headline.text():
            self.headline.setText(text)
        more = details(report)
        if more != self.details.text():
            self.details.setText(more)
        self.histogram.show_report(report)
        self.worst.show_report(view.run, report)

    def _ask_for_selected(self, view: View) -> None:
        parameter = selected_parameter(view)
        asked = (parameter, view.params, view.example, view.held)
        if parameter is None or _same(asked, self._asked):
            return
        self._asked = asked
        self.proof_wished.emit(task_of(view, self.precision, parameter))

    def _on_button_clicked(self) -> None:
        view = self.view
        if view is None:
            return
        self._keeps_up, self._asked = True, ()
        self._ask_for_selected(view)
        self.proof_wished.emit(task_of(view, self.precision, None))

    def _on_precision_chosen(self, _index: int) -> None:
        view = self.view
        if self._keeps_up and view is not None:
            self.proof_wished.emit(task_of(view, self.precision, None))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)


def _same(asked: tuple[object, ...], before: tuple[object, ...]) -> bool:
    if not before:
        return False
    return asked[0] == before[0] and all(
        new is old for new, old in zip(asked[1:], before[1:], strict=True)
    )


def _is_of(task: ProofTask | None, view: View, parameter: Parameter) -> bool:
    return (
        task is not None
        and task.parameter == parameter
        and task.inputs is view.example.inputs
    )
