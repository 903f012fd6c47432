"""Several training runs that differ in one setting, side by side in one plot."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.experiment.model import Experiment
from core.experiment.presets import load_preset, preset_names
from core.protocol.jobs import JobAdvanced, JobEnded
from core.protocol.side_jobs.compare import (
    MOST_STEPS,
    CompareRequest,
    Comparison,
    Member,
)
from core.side_jobs.compare.variants import VARIATIONS, variation_for
from core.values.errors import GlassboxError
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.compare import COMPARE
from gui.panels.compare.member_plot import MEASURES, MemberPlot
from gui.panels.compare.member_table import MemberTable
from gui.runtime.layout_items import nest
from gui.session.jobs import JobSlot
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.experiment_names import short_name
from gui.style.fonts import is_seen_from_afar
from gui.style.number_format import count
from gui.widgets.empty_state import EmptyState
from gui.widgets.number_boxes import WholeSpinBox
from gui.widgets.problem_label import ProblemLabel
from gui.widgets.scaled_margins import ScaledMargins

KINDS: Final = tuple(VARIATIONS)
START: Final = tr("Train all")
AGAIN: Final = tr("Train all again")
STOP: Final = tr("Stop")
HINT: Final = tr("The curves of all variants, trained together step by step")
REMARK: Final = tr(
    "They start from the current experiment; the network in the window does not change."
)
MOST_BY_ITSELF: Final = 2_000_000
"""Parameters of all members up to which a first look trains them unasked."""
ROWS_WITH_QUESTION: Final = 24
"""Height of the panel in lines of text below which the question is left out."""
MOST_OF_HEIGHT: Final = 0.48
"""Share of the panel that the table may take from the plot."""
OF_ANOTHER: Final = tr("Not of the experiment that runs now, but of")
BUSY: Final = tr("Loading the data and compiling \N{HORIZONTAL ELLIPSIS}")


def examples_text(comparison: Comparison) -> str:
    """Of how many examples losses and accuracies are."""
    parts = (
        (tr("training"), comparison.n_train, comparison.all_train),
        (tr("test"), comparison.n_test, comparison.all_test),
    )
    texts = [
        tr("all {every} {name}", every=count(every), name=name)
        if read == every
        else tr(
            "the first {read} of {every} {name}",
            read=count(read),
            every=count(every),
            name=name,
        )
        for name, read, every in parts
    ]
    return tr("read on {texts} examples", texts=tr(" and ").join(texts))


def series_of(kind: str, members: Sequence[Member]) -> tuple[int, ...]:
    """The places of the members among the series; an optimiser keeps its own."""
    if kind == "optimizers":
        trainings = [member.experiment.training for member in members]
        return tuple(theme.series_of(training.optimizer) for training in trainings)
    return tuple(range(len(members)))


def preset_of(experiment: Experiment) -> str | None:
    """The preset that an experiment is, if it is one of those made to compare."""
    for variation in VARIATIONS.values():
        for name in variation.presets:
            if name in preset_names() and load_preset(name).experiment == experiment:
                return name
    return None


class ComparePanel(Panel):
    """Trains variants of the current experiment, beside the run of the window.

    Attributes:
        waits_to_be_asked: whether it trains nothing by itself at the first look.
    """

    entry: ClassVar[PanelEntry] = COMPARE
    has_strip = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = JobSlot()
        self._comparison: Comparison | None = None
        self._experiment: Experiment | None = None
        self._compared: Experiment | None = None
        self._preset: str | None = None
        self._series: tuple[int, ...] = ()
        self._is_first_look = True
        self.waits_to_be_asked = False
        self._build()
        self._on_kinds_chosen(0)

    def _build(self) -> None:
        self.kinds = QComboBox(self)
        self.kinds.addItems([VARIATIONS[key].title for key in KINDS])
        self.kinds.setAccessibleName(tr("What to compare"))
        self.kinds.activated.connect(self._on_kinds_chosen)
        self.measures = QComboBox(self)
        self.measures.addItems(list(MEASURES.values()))
        self.measures.setAccessibleName(tr("Which curve"))
        self.measures.activated.connect(self._on_measures_chosen)
        self.log_box = QCheckBox(tr("Log"), self)
        self.log_box.setToolTip(tr("Logarithmic scale"))
        self.log_box.toggled.connect(self._on_log_toggled)
        self.steps = WholeSpinBox(self)
        self.steps.setRange(1, MOST_STEPS)
        self.steps.setSuffix(tr(" steps"))
        self.steps.setAccessibleName(tr("Steps of each run"))
        self.button = QPushButton(START, self)
        self.button.clicked.connect(self._on_button_clicked)
        self.table_button = QToolButton(self)
        self.table_button.setText(tr("Table"))
        self.table_button.setToolTip(tr("What each of them has reached"))
        self.table_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self._show_table)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()
        self._build_rest()

    def _build_rest(self) -> None:
        self.problem = ProblemLabel(self)
        self.question = self._line()
        self.whose = self._line()
        self.plot = MemberPlot(self)
        self.empty = EmptyState("git-compare", START, self)
        self.empty.act_requested.connect(self._on_button_clicked)
        self.table = MemberTable(self)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        pad = tokens.space("panel_pad")
        for label in (self.question, self.whose, self.problem):
            texts.addWidget(label)
        above = QHBoxLayout()
        around = (pad, tokens.space("s"), pad, tokens.space("xs"))
        ScaledMargins(above, around, self)
        above.setSpacing(tokens.space("m"))
        nest(above, texts, 1)
        for widget in (self.measures, self.log_box):
            above.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        nest(column, self._controls())
        column.addWidget(self.progress)
        nest(column, above)
        column.addWidget(self.plot, 1)
        # The icons of the first column stand where all texts begin.
        beside = QHBoxLayout()
        ScaledMargins(beside, (pad - tokens.space("thin"), 0, 0, 0), self)
        beside.addWidget(self.table)
        nest(column, beside)
        column.addWidget(self.empty, 1)

    def _controls(self) -> QHBoxLayout:
        """What the header takes, where the panel has one."""
        row = QHBoxLayout()
        row.setSpacing(tokens.space("s"))
        for part in self.header_parts():
            for widget in part:
                row.addWidget(widget)
        return row

    def _line(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        label.setFont(theme.figures_font(self.font()))
        return label

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (self.kinds, self.steps, self.button), (self.table_button,)

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

    def choose_measure(self, measure: str) -> None:
        """Draw this curve, a field of MemberCurves."""
        self.measures.setCurrentIndex(list(MEASURES).index(measure))
        self._show()

    def _on_kinds_chosen(self, index: int) -> None:
        self._stop()
        variation = VARIATIONS[KINDS[index]]
        self.question.setText(variation.question)
        self.kinds.setToolTip(variation.question)
        self.steps.setValue(variation.steps)
        self.measures.setCurrentIndex(list(MEASURES).index(variation.measure))
        self._comparison = None
        self._is_first_look = True
        self.problem.show_problem("")
        self._show()
        self._take_first_look()

    def _on_measures_chosen(self, _index: int) -> None:
        self._show()

    def _on_log_toggled(self, _on: bool) -> None:
        self._show()

    def _on_button_clicked(self) -> None:
        if self._job.is_busy:
            self._stop()
            self._show()
            return
        self._begin()

    def _take_first_look(self) -> None:
        """Train without being asked, once for each kind, unless that takes long."""
        view = self.view
        if not self._is_first_look or view is None or not self.isVisible():
            return
        if self.waits_to_be_asked:
            return
        self._is_first_look = False
        try:
            members = VARIATIONS[self.kind].members(view.run.experiment)
        except GlassboxError:
            return
        if len(members) * view.spec.parameter_count <= MOST_BY_ITSELF:
            self._begin()

    def _begin(self) -> None:
        self._is_first_look = False
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
        self._series = series_of(self.kind, members)
        self._show_busy()
        self.progress.setRange(0, 0)
        self._show()

    def _stop(self) -> None:
        for command in self._job.end():
            self.job_requested.emit(command)
        self._show_busy()

    def _show_busy(self) -> None:
        busy = self._job.is_busy
        again = AGAIN if self._comparison is not None else START
        self.button.setText(STOP if busy else again)
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
        members = () if comparison is None else comparison.members
        series = self._series if len(self._series) == len(members) else ()
        self.plot.show_comparison(comparison, self.measure, series, is_log=is_log)
        self.table.show_members(members, self.measure, series)
        view = self.view
        if view is not None and view.run.experiment.data.tested_on != "test":
            self.table.hide_tests()
        self._show_table()
        self.plot.setVisible(comparison is not None)
        self._show_whose()
        self._fit_table()
        self.empty.setVisible(comparison is None)
        busy = self._job.is_busy
        self.empty.say(BUSY if busy else HINT, REMARK, can_act=not busy)

    def _show_table(self) -> None:
        """It is below the plot, or behind its button where text is large."""
        is_large = is_seen_from_afar(self.font())
        has_results = self._comparison is not None
        wanted = self.table_button.isChecked() or not is_large
        self.table_button.setVisible(is_large and has_results)
        self.table.setVisible(has_results and wanted)

    def _fit_table(self) -> None:
        """Every row where there is room, and the plot before the last rows."""
        most = round(MOST_OF_HEIGHT * self.height())
        self.table.setFixedHeight(self.table.height_within(most))
        # The plot before the question, which the choice tells, too.
        rows = self.height() / self.fontMetrics().height()
        self.question.setVisible(rows >= ROWS_WITH_QUESTION)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_table()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "table"):
            self._show_table()

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

    def forget_drawn(self) -> None:
        self._show()

    def draw(self, view: View | None) -> None:
        self.button.setEnabled(view is not None)
        if view is None:
            return
        if view.run.experiment != self._experiment:
            self._take_experiment(view)
        self._take_first_look()

    def _take_experiment(self, view: View) -> None:
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
