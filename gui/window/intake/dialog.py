"""The dialog for own data: what was understood of a file, and what to change in it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.data.file import Understood, usual_experiment
from core.data.source import Source
from core.data.table.overview import Overview
from core.experiment.model import Experiment
from core.values.errors import ExperimentError
from core.values.words import tr
from gui.runtime.layout_items import nest
from gui.style import tokens
from gui.style.experiment_labels import in_window_words
from gui.style.fonts import scale_of
from gui.style.number_format import count
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.focus.focus_return import dialog_over
from gui.widgets.own_dialog import OwnDialog
from gui.widgets.plain_text import show_plainly
from gui.widgets.problem_label import ProblemLabel
from gui.window.intake.choices import Choices
from gui.window.intake.column_table import ColumnTable
from gui.window.intake.first_rows import FirstRows
from gui.window.intake.picture_list import PictureList
from gui.window.intake.reader import IntakeReader
from gui.window.intake.texts import about_file, consequence, lines_of, notes_of

SIZE: Final = QSize(*tokens.lengths("intake_dialog.size"))
KINDS: Final = tr(
    "Tables and arrays (*.csv *.tsv *.tab *.txt *.data *.parquet *.pq *.npz "
    "*.npy);;All files (*)"
)
_SHARE_OF_SCREEN: Final = 0.95
_PATIENCE_MS: Final = 500
_TRAIN_TIP: Final = tr("Begin a new run on these data")
_KEPT: Final = tr("The value of before is kept.")
_REFUSED: Final = tr("The file cannot be read so")


class IntakeDialog(OwnDialog):
    """Is deleted when it is closed.

    Signals:
        chosen: an Experiment to train, the path of its file, and whether it is a new
            one; else it is the one in force, read in another way.
    """

    chosen = Signal(object, object, bool)

    def __init__(
        self, experiment: Experiment, parent: QWidget, *, is_new: bool
    ) -> None:
        """Make it, and begin to read.

        Args:
            experiment: with data.name "file", read before or not.
            parent: the window.
            is_new: whether the experiment is made for the file.
        """
        super().__init__("", parent)
        self._understood: Understood | None = None
        self._overview: Overview | None = None
        self._build()
        self._connect()
        self.fit()
        self.begin(experiment, is_new=is_new)

    def begin(self, experiment: Experiment, *, is_new: bool) -> None:
        """Read the file of an experiment."""
        data = experiment.data
        self._is_new = is_new
        # What was found out is found out again where something else is chosen.
        self._answers = data.answers
        self._asked = experiment.with_values({"data.answers": ""})
        self._path = Path(data.path)
        self._understood = self._overview = None
        self._is_begun = self._is_wanted = False
        self.setWindowTitle(tr("Data from {path}", path=self._path.name))
        self.title.setText(self._path.name)
        self.train.setText(tr("Train") if is_new else tr("Apply"))
        self.choices.setEnabled(False)
        self.problem.show_problem("")
        self._show_lists()
        self._allow("")
        self.train.setFocus()
        self.reader.open(data)

    # --- its parts --------------------------------------------------------------

    def _build(self) -> None:
        self.reader = IntakeReader(self)
        self.title = ElidingLabel(parent=self)
        self.title.setObjectName("heading")
        self.other = QPushButton(tr("&Other file…"), self)
        self.other.setToolTip(tr("Choose another file"))
        self.other.setAutoDefault(False)
        self.columns = ColumnTable(self)
        self.rows = FirstRows(self)
        self.pictures = PictureList(self)
        self._empty = QWidget(self)
        self.choices = Choices(self)
        self.consequence = QLabel(self)
        self.consequence.setObjectName("title")
        self.consequence.setWordWrap(True)
        self.notes = QLabel(self)
        self.notes.setWordWrap(True)
        self.notes.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.problem = ProblemLabel(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.train = QPushButton(tr("Train"), self)
        self.train.setProperty("kind", "primary")
        self.train.setDefault(True)
        self.buttons.addButton(self.train, QDialogButtonBox.ButtonRole.AcceptRole)
        self._patience = QTimer(self)
        self._patience.setInterval(_PATIENCE_MS)
        self._clock = QElapsedTimer()
        self._lay_out()
        show_plainly(self)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.other)
        self._lists = QVBoxLayout()
        self._lists.addWidget(self.columns, 3)
        self._lists.addWidget(self.rows, 2)
        self._lists.addWidget(self.pictures, 3)
        self._lists.addWidget(self._empty, 1)
        self._side = QScrollArea(self)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(self.choices)
        self._side.setWidgetResizable(True)
        self._middle = QHBoxLayout()
        nest(self._middle, self._lists, 1)
        self._middle.addWidget(self._side)
        self._column = QVBoxLayout(self)
        nest(self._column, self._head)
        for widget in (self.consequence, self.notes, self.problem):
            self._column.addWidget(widget)
        nest(self._column, self._middle, 1)
        self._column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.other.clicked.connect(self._on_other_clicked)
        self.columns.columns.use_changed.connect(self._on_use_changed)
        self.choices.edited.connect(self._ask)
        self.choices.answers_chosen.connect(self._on_answers_chosen)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)
        self._patience.timeout.connect(self._show_time)
        self.reader.opened.connect(self._on_opened)
        self.reader.understood.connect(self._on_understood)
        self.reader.failed.connect(self._on_failed)
        self.reader.busy_changed.connect(self._on_busy_changed)

    def fit(self) -> None:
        scale = scale_of(self.font())
        pad = round(tokens.space("l") * scale)
        self._column.setContentsMargins(pad, pad, pad, pad)
        for layout in (self._column, self._lists, self._middle, self._head):
            layout.setSpacing(round(tokens.space("m") * scale))
        self._side.setFixedWidth(
            self.choices.width() + round(tokens.space("m") * scale)
        )
        most = self.screen().availableSize() * _SHARE_OF_SCREEN
        self.resize((SIZE * scale).boundedTo(most))

    # --- what is asked for, and what comes of it --------------------------------

    def _ask(self, values: Mapping[str, object]) -> None:
        """Read the file in another way."""
        if "data.target" in values:
            self._answers = ""
        try:
            self._asked = self._asked.with_values(values)
        except ExperimentError as error:
            self._refuse(str(error))
            return
        self._understand()

    def _refuse(self, reason: str) -> None:
        """Nothing was changed: what was understood before is still in force."""
        if self._understood is None:
            self._on_failed(reason)
            return
        found, data = self._understood.found, self._understood.experiment.data
        self.choices.show_settings(data, found.targets, found.answers)
        text = in_window_words(reason)
        self.problem.show_problem(f"{text[:1].upper()}{text[1:]}. {_KEPT}")

    def _understand(self) -> None:
        self.reader.understand(self._asked, self._answers)

    def _on_answers_chosen(self, answers: str) -> None:
        self._answers = answers
        self._understand()

    def _on_use_changed(self, name: str, used: bool) -> None:
        data = self._asked.data
        ignored = [other for other in data.ignore or () if other != name]
        included = [other for other in data.include or () if other != name]
        if not used:
            ignored.append(name)
        elif self._is_left_out(name):
            included.append(name)
        keys = {"data.ignore": ignored, "data.include": included}
        self._ask({key: tuple(names) or None for key, names in keys.items()})

    def _is_left_out(self, name: str) -> bool:
        """Whether a column is no input although nobody left it out."""
        read = () if self._understood is None else self._understood.found.columns
        return any(one.name == name and one.column is None for one in read)

    def _on_opened(self, source: Source) -> None:
        table = source.table
        self._overview = None if table is None else table.overview
        self.choices.show_file(self._overview, is_table=table is not None)
        self._show_file()
        self._show_lists()
        self._understand()

    def _on_understood(self, understood: Understood) -> None:
        self._is_begun = True
        self._understood = understood
        found, data = understood.found, understood.experiment.data
        if found.overview is not None:
            self._overview = found.overview
            self._show_file()
        self.choices.setEnabled(True)
        is_table = found.targets is not None
        self.choices.show_settings(data, found.targets, found.answers)
        self.choices.show_parts(has_columns=is_table, is_parted=found.is_parted)
        self.problem.show_problem("")
        self.consequence.setText(consequence(understood))
        notes = notes_of(understood)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        self._show_lists()
        self._allow("")
        if self._is_wanted:
            self._end()

    def _on_failed(self, reason: str) -> None:
        self._understood = None
        self._is_wanted = False
        # Whoever has another file or target to choose may do so.
        self.choices.setEnabled(self._overview is not None)
        if self._overview is not None:
            data = self._asked.data
            self.choices.show_settings(data, data.target, self._answers)
            self.choices.show_parts(has_columns=True, is_parted=bool(data.split_by))
        self.consequence.setText("")
        self.notes.hide()
        text = in_window_words(reason.removeprefix(f"{self._path}: "))
        self.problem.show_problem(text[:1].upper() + text[1:])
        self._show_lists()
        self._allow(_REFUSED)

    def _show_file(self) -> None:
        self.title.setText(about_file(self._path, self._overview))

    def _show_lists(self) -> None:
        understood, overview = self._understood, self._overview
        pictures = None if understood is None else understood.found.pictures
        has_columns = overview is not None
        data = self._asked.data
        lines = () if overview is None else lines_of(overview, data, understood)
        self.columns.show_lines(lines)
        self.rows.show_overview(overview)
        self.pictures.show_pictures(pictures)
        self.columns.setVisible(has_columns and pictures is None)
        self.rows.setVisible(has_columns and pictures is None)
        self.pictures.setVisible(pictures is not None)
        # A file that could not be opened has nothing to show or to choose.
        self._empty.setVisible(not has_columns and pictures is None)
        self._side.setVisible(has_columns or self._is_begun)

    def _allow(self, why_not: str) -> None:
        if why_not and self.train.hasFocus():
            # Qt would go on to Cancel, which the next Enter would press.
            has_target = self.choices.target.isVisibleTo(self)
            (self.choices.target if has_target else self.other).setFocus()
        self.train.setEnabled(not why_not)
        self.train.setToolTip(why_not or _TRAIN_TIP)

    def _on_busy_changed(self, busy: bool) -> None:
        if busy:
            self._clock.start()
            self._patience.start()
        else:
            self._patience.stop()

    def _show_time(self) -> None:
        """Only what takes long: a text that comes and goes at once would flicker."""
        seconds = round(self._clock.elapsed() / 1000)
        self.consequence.setText(
            tr(
                "Reading {path}: {seconds} s so far",
                path=self._path.name,
                seconds=count(seconds),
            )
        )

    def _on_other_clicked(self) -> None:
        with dialog_over(self):
            name, _ = QFileDialog.getOpenFileName(
                self, tr("Data"), str(self._path.parent), KINDS
            )
        if name:
            self.begin(usual_experiment(Path(name)), is_new=True)

    def _on_buttons_accepted(self) -> None:
        if self.reader.is_busy:
            # It trains as soon as is known on what.
            self._is_wanted = True
        elif self._understood is not None:
            self._end()

    def _end(self) -> None:
        assert self._understood is not None
        experiment = self._understood.experiment
        self.chosen.emit(experiment, self._path, self._is_new)
        self.accept()

    # --- Qt ---------------------------------------------------------------------

    def done(self, result: int) -> None:
        if result != QDialog.DialogCode.Accepted:
            self.reader.cancel()
        super().done(result)
