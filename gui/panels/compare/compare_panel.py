"""Several training runs that differ in one setting, side by side in one plot."""

from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.experiment.model import Experiment
from core.experiment.presets import load_preset, preset_names
from core.protocol.jobs import JobAdvanced, JobEnded
from core.protocol.side_jobs.compare import MOST_STEPS, CompareRequest, Comparison
from core.side_jobs.compare.variants import VARIATIONS, variation_for
from core.values.errors import GlassboxError
from gui.panels.base import Panel, PanelEntry
from gui.panels.compare import COMPARE
from gui.panels.compare.member_plot import MEASURES, MemberPlot
from gui.panels.compare.member_table import MemberTable
from gui.session.jobs import JobSlot
from gui.session.view_state import View
from gui.style.experiment_names import short_name
from gui.style.number_format import count
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.number_boxes import WholeSpinBox
from gui.widgets.problem_label import ProblemLabel

KINDS: Final = tuple(VARIATIONS)
START: Final = "Train all"
STOP: Final = "Stop"
HINT: Final = (
    "Train all variants together, step by step. They start from the current "
    "experiment; the network in the window does not change."
)
OF_ANOTHER: Final = "Not of the experiment that runs now, but of"
BUSY: Final = "Loading the data and compiling \N{HORIZONTAL ELLIPSIS}"


def examples_text(comparison: Comparison) -> str:
    """Of how many examples losses and accuracies are."""
    parts = (
        ("training", comparison.n_train, comparison.all_train),
        ("test", comparison.n_test, comparison.all_test),
    )
    texts = [
        f"all {count(every)} {name}"
        if read == every
        else f"the first {count(read)} of {count(every)} {name}"
        for name, read, every in parts
    ]
    return f"read on {' and '.join(texts)} examples"


def preset_of(experiment: Experiment) -> str | None:
    """The preset that an experiment is, if it is one of those made to compare."""
    for variation in VARIATIONS.values():
        for name in variation.presets:
            if name in preset_names() and load_preset(name).experiment == experiment:
                return name
    return None


class ComparePanel(Panel):
    """Trains variants of the current experiment, beside the run of the window."""

    entry: ClassVar[PanelEntry] = COMPARE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = JobSlot()
        self._comparison: Comparison | None = None
        self._experiment: Experiment | None = None
        self._compared: Experiment | None = None
        self._preset: str | None = None
        self._build()
        self._on_kinds_chosen(0)

    def _build(self) -> None:
        self.kinds = QComboBox(self)
        self.kinds.addItems([VARIATIONS[key].title for key in KINDS])
        self.kinds.setAccessibleName("What to compare")
        self.kinds.activated.connect(self._on_kinds_chosen)
        self.measures = QComboBox(self)
        self.measures.addItems(list(MEASURES.values()))
        self.measures.setAccessibleName("Which curve")
        self.measures.activated.connect(self._on_measures_chosen)
        self.log_box = QCheckBox("Log", self)
        self.log_box.setToolTip("Logarithmic scale")
        self.log_box.toggled.connect(self._on_log_toggled)
        self.steps = WholeSpinBox(self)
        self.steps.setRange(1, MOST_STEPS)
        self.steps.setSuffix(" steps")
        self.steps.setAccessibleName("Steps of each run")
        self.button = QPushButton(START, self)
        self.button.clicked.connect(self._on_button_clicked)
        self.progress = QProgressBar(self)
        self.progress.setMaximumWidth(140)
        self.progress.hide()
        self._build_rest()

    def _build_rest(self) -> None:
        self.problem = ProblemLabel(self)
        self.question = ElidingLabel(self)
        self.question.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.whose = ElidingLabel(self)
        self.plot = MemberPlot(self)
        self.hint = QLabel(self)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.table = MemberTable(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addLayout(self._row(self.kinds, self.steps, self.button, self.progress))
        column.addLayout(self._row(self.measures, self.log_box))
        column.addWidget(self.question)
        column.addWidget(self.whose)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(self.plot, 1)
        body.addWidget(self.table)
        body.addWidget(self.hint, 1)
        column.addLayout(body, 1)
        column.addWidget(self.problem)

    def _row(self, *widgets: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        return row

    @property
    def kind(self) -> str:
        """Key of the comparison that is chosen."""
        return KINDS[self.kinds.currentIndex()]

    @property
    def measure(self) -> str:
        """The curve that is shown, a field of MemberCurves."""
        return tuple(MEASURES)[self.measures.currentIndex()]

    @property
    def comparison(self) -> Comparison | None:
        """The newest result."""
        return self._comparison

    def choose(self, kind: str) -> None:
        """Choose a comparison by its key."""
        self.kinds.setCurrentIndex(KINDS.index(kind))
        self._on_kinds_chosen(self.kinds.currentIndex())

    def _on_kinds_chosen(self, index: int) -> None:
        self._stop()
        variation = VARIATIONS[KINDS[index]]
        self.question.setText(variation.question)
        self.question.setToolTip(variation.question)
        self.steps.setValue(variation.steps)
        self.measures.setCurrentIndex(list(MEASURES).index(variation.measure))
        self._comparison = None
        self.problem.show_problem("")
        self._show()

    def _on_measures_chosen(self, _index: int) -> None:
        self._show()

    def _on_log_toggled(self, _on: bool) -> None:
        self._show()

    def _on_button_clicked(self) -> None:
        if self._job.is_busy:
            self._stop()
            return
        if self._experiment is None:
            return
        try:
            members = VARIATIONS[self.kind].members(self._experiment)
        except GlassboxError as error:
            self.problem.show_problem(str(error))
            return
        self.problem.show_problem("")
        for command in self._job.begin(CompareRequest(members, self.steps.value())):
            self.job_requested.emit(command)
        self._comparison = None
        self._compared = self._experiment
        self._show_busy()
        self.progress.setRange(0, 0)
        self._show()

    def _stop(self) -> None:
        for command in self._job.end():
            self.job_requested.emit(command)
        self._show_busy()

    def _show_busy(self) -> None:
        busy = self._job.is_busy
        self.button.setText(STOP if busy else START)
        self.progress.setVisible(busy)

    def take_job(self, event: JobAdvanced | JobEnded) -> None:
        if not self._job.accepts(event):
            return
        if isinstance(event, JobEnded):
            self.problem.show_problem(event.reason)
            self._show_busy()
        elif isinstance(event.result, Comparison):
            self._comparison = event.result
            self.progress.setRange(0, event.result.steps)
            self.progress.setValue(event.result.step)
            self._show()

    def _show(self) -> None:
        comparison = self._comparison
        is_log = self.log_box.isChecked()
        self.plot.show_comparison(comparison, self.measure, is_log=is_log)
        self.table.show_members(() if comparison is None else comparison.members)
        view = self.view
        if view is not None and view.run.experiment.data.tested_on != "test":
            self.table.hide_tests()
        self.table.setVisible(comparison is not None)
        self.plot.setVisible(comparison is not None)
        self._show_whose()
        self.hint.setVisible(comparison is None)
        self.hint.setText(BUSY if self._job.is_busy else HINT)

    def _show_whose(self) -> None:
        """Whose results these are, and of how many examples."""
        comparison, compared = self._comparison, self._compared
        is_known = comparison is not None and compared is not None
        self.whose.setVisible(is_known)
        if comparison is None or compared is None:
            return
        text = f"{short_name(compared)} · {examples_text(comparison)}"
        if compared != self._experiment:
            text = f"{OF_ANOTHER} {text}"
        self.whose.setText(text)
        self.whose.setToolTip(text)

    def draw(self, view: View | None) -> None:
        self.button.setEnabled(view is not None)
        if view is None or view.run.experiment == self._experiment:
            return
        self._experiment = view.run.experiment
        self._show_whose()
        preset = preset_of(self._experiment)
        # An edit and its undo lead back to the same preset, not to another one.
        if not preset or preset == self._preset:
            return
        self._preset = preset
        kind = variation_for(preset)
        if kind is not None and kind != self.kind and not self._job.is_busy:
            self.choose(kind)
