"""Every derivative by three independent methods: do they agree?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.protocol.jobs import (
    PROOF_OF_ALL,
    PROOF_OF_ONE,
    BeginJob,
    EndJob,
    JobAdvanced,
    JobEnded,
)
from core.protocol.side_jobs.proofs import (
    NO_PROOF,
    OneProof,
    Precision,
    ProofProgress,
    ProofReport,
    ProofState,
    ProofTask,
    advanced,
)
from core.values.parameter import Parameter
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.proof import PROOF
from gui.panels.proof.derivative_table import OneTable
from gui.panels.proof.error_histogram import ErrorHistogram
from gui.panels.proof.proof_texts import details, headline, selected_parameter, task_of
from gui.panels.proof.worst_table import WorstTable
from gui.runtime.layout_items import nest
from gui.session.parameter_names import name_of
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.number_format import count, counted
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing
from gui.widgets.segmented_control import SegmentedControl

NOTHING_YET: Final = tr("No network yet. Start a run to prove its derivatives.")
NO_LABEL: Final = tr(
    "A derivative of the cost needs a target. Choose it in the Backpropagation panel, "
    "at stage Cost."
)
NOT_SELECTED: Final = tr("Select a weight or a bias to see its own proof.")
UNPROVED: Final = tr("Here every derivative is found in three ways, and compared")
THE_WAYS: Final = tr("Autodiff (JAX), the explicit backward pass, central differences")
PROVE: Final = tr("Prove")
NOT_ALL: Final = tr("Not all of them are proved yet")
_TWO_COLUMNS: Final = 95
"""Width in characters from which two columns fit."""
_CHOICES: Final[tuple[tuple[Precision, str], ...]] = (
    ("float64", tr("Twice the digits: the remaining error is that of the method")),
    (
        "float32",
        tr("The precision of training: rounding dominates the central differences"),
    ),
)


class ProofPanel(Panel):
    """Requests proofs from the runner, and keeps the results of this run."""

    entry: ClassVar[PanelEntry] = PROOF
    in_step = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: tuple[object, ...] = ()
        self._keeps_up = False
        self._run_id: int | None = None
        self._state: ProofState = NO_PROOF
        content = QWidget(self)
        self.button = QPushButton(PROVE, content)
        self.button.setToolTip(tr("Differentiate by three methods and compare"))
        self.precisions = SegmentedControl(
            list(_CHOICES),
            content,
            name=tr("Precision of the proof of all derivatives"),
        )
        self.progress = QProgressBar(content)
        self.cancel = QToolButton(content)
        self.cancel.setText(tr("Cancel"))
        self.one_title = ElidingLabel(content)
        self.one = OneTable(content)
        self.headline = QLabel(content)
        self.headline.setWordWrap(True)
        self.details = QLabel(content)
        self.details.setWordWrap(True)
        self.details.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.histogram = ErrorHistogram(content)
        self.worst = WorstTable(content)
        self._build(content)
        self._stack = PlaceholderLayout(self, content)
        self._stack.show_reason(NOTHING_YET)
        self._stack.act_requested.connect(self._on_button_clicked)
        self._show_progress(NO_PROOF)
        self._show_whole(None, NO_PROOF)

    def _build(self, content: QWidget) -> None:
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(tokens.length("proof_panel.most_height"))
        self.progress.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )
        bold = theme.figures_font(self.font(), bold=True)
        for label in (self.one_title, self.headline):
            label.setFont(bold)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        top = QHBoxLayout()
        top.addWidget(self.button)
        top.addWidget(self.precisions)
        top.addWidget(self.progress, 1)
        top.addWidget(self.cancel)
        top.addStretch(0)
        page = QWidget(content)
        below = QVBoxLayout(page)
        below.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(below, tokens.space("xs"), self)
        nest(below, self._build_parts())
        below.addWidget(self.worst, 1)
        below.addStretch(0)
        scroll = QScrollArea(content)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(content)
        pad, thin = tokens.space("panel_pad"), tokens.space("xs")
        ScaledMargins(column, (pad, 0, pad, thin), content)
        column.setSpacing(thin)
        nest(column, top)
        column.addWidget(scroll, 1)
        self.button.clicked.connect(self._on_button_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        self.precisions.segment_chosen.connect(self._on_precision_chosen)
        self.worst.parameter_chosen.connect(self.selection_made)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (), (self.button, self.precisions)

    def _build_parts(self) -> QBoxLayout:
        """One derivative, and all of them: side by side where there is space."""
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        ScaledSpacing(self._parts, tokens.space("panel_pad"), self)
        one, whole = QVBoxLayout(), QVBoxLayout()
        one.addWidget(self.one_title)
        one.addWidget(self.one)
        one.addStretch(1)
        whole.addWidget(self.headline)
        whole.addWidget(self.details)
        whole.addWidget(self.histogram)
        whole.addStretch(1)
        nest(self._parts, one, 1)
        nest(self._parts, whole, 1)
        return self._parts

    @property
    def precision(self) -> Precision:
        """Precision of the proof of all parameters."""
        return _CHOICES[self.precisions.index][0]

    @property
    def state(self) -> ProofState:
        """The proofs so far."""
        return self._state

    def take_job(self, event: JobAdvanced | JobEnded) -> None:
        if event.job_id not in (PROOF_OF_ALL, PROOF_OF_ONE):
            return
        if event.run_id != self._run_id:
            return
        if isinstance(event, JobEnded):
            if event.reason:
                self._set_state(
                    replace(self._state, progress=None, failure=event.reason)
                )
        elif isinstance(event.result, OneProof | ProofProgress | ProofReport):
            is_late = event.job_id == PROOF_OF_ALL and self._state.progress is None
            if (
                not is_late
            ):  # otherwise it was cancelled while this result was under way
                self._set_state(advanced(self._state, event.result))

    def _set_state(self, state: ProofState) -> None:
        self._state = state
        if self.isVisible():
            self.draw(self.view)

    def _begin(self, task: ProofTask | None) -> None:
        if task is None:
            return
        if task.parameter is None:
            progress = ProofProgress(0, task.spec.parameter_count)
            self._set_state(replace(self._state, progress=progress, failure=""))
        job = PROOF_OF_ALL if task.parameter is None else PROOF_OF_ONE
        self.job_requested.emit(BeginJob(job, task))

    def forget_drawn(self) -> None:
        self.worst.forget()
        self.histogram.update()

    def draw(self, view: View | None) -> None:
        if view is None or view.target is None:
            self._stack.show_reason(NOTHING_YET if view is None else NO_LABEL)
            return
        if view.run.run_id != self._run_id:
            self._run_id, self._keeps_up, self._asked = view.run.run_id, False, ()
            self._state = NO_PROOF
        state = self._state
        if state == NO_PROOF:
            self._stack.show_offer("check", UNPROVED, THE_WAYS, PROVE)
            return
        self._stack.show_content()
        self._show_progress(state)
        self._show_one(view, state)
        self._show_whole(view, state)
        if self._keeps_up and not view.snapshot.playing:
            self._ask_for_selected(view)

    def _show_progress(self, state: ProofState) -> None:
        progress = state.progress
        if progress is not None:
            self.progress.setRange(0, progress.total)
            self.progress.setValue(progress.done)
        self.progress.setVisible(progress is not None)
        self.cancel.setVisible(progress is not None)

    def _show_one(self, view: View, state: ProofState) -> None:
        parameter = selected_parameter(view)
        found = state.one
        if parameter is None:
            self.one_title.setText(NOT_SELECTED)
            self.one.setVisible(False)
            return
        title = name_of(view.run, parameter)
        if not _is_of(found, view, parameter):
            found = None
        elif found is not None and found.task.params is not view.params:
            title += tr(" at step {step}", step=count(found.task.step))
        self.one_title.setText(title)
        self.one.setVisible(found is not None)
        self.one.show_rows(() if found is None else found.rows)

    def _show_whole(self, view: View | None, state: ProofState) -> None:
        report = state.whole
        for widget in (self.details, self.histogram, self.worst):
            widget.setVisible(report is not None)
        text = NOT_ALL
        if state.failure:
            text = state.failure
        elif state.progress is not None:
            done, total = state.progress.done, state.progress.total
            text = tr(
                "{done} of {total} proved",
                done=count(done),
                total=counted(total, "derivative"),
            )
        elif report is not None:
            text = headline(report)
        if text != self.headline.text():
            self.headline.setText(text)
        if report is None or view is None:
            return
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
        self._begin(task_of(view, self.precision, parameter))

    def _prove_all(self, view: View) -> None:
        self._begin(task_of(view, self.precision, None))

    def _on_button_clicked(self) -> None:
        if self.view is not None:
            self._keeps_up, self._asked = True, ()
            self._ask_for_selected(self.view)
            self._prove_all(self.view)

    def _on_cancel_clicked(self) -> None:
        self.job_requested.emit(EndJob(PROOF_OF_ALL))
        self._set_state(replace(self._state, progress=None))

    def _on_precision_chosen(self, _index: int) -> None:
        if self._keeps_up and self.view is not None:
            self._prove_all(self.view)

    def minimumSizeHint(self) -> QSize:
        return QSize(*tokens.lengths("proof_panel.least"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = (
            event.size().width() > _TWO_COLUMNS * self.fontMetrics().averageCharWidth()
        )
        direction = QBoxLayout.Direction
        self._parts.setDirection(
            direction.LeftToRight if wide else direction.TopToBottom
        )


def _same(asked: tuple[object, ...], before: tuple[object, ...]) -> bool:
    if not before:
        return False
    return asked[0] == before[0] and all(
        new is old for new, old in zip(asked[1:], before[1:], strict=True)
    )


def _is_of(proof: OneProof | None, view: View, parameter: Parameter) -> bool:
    return (
        proof is not None
        and proof.task.parameter == parameter
        and proof.task.inputs is view.example.inputs
    )
