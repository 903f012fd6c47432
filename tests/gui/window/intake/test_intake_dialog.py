"""The dialog for own data alone: what it shows of a file, and what follows a choice."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core.data.file import understand, usual_experiment
from core.experiment.model import Experiment
from gui.window.intake import reader
from gui.window.intake.choices import SEVERAL
from gui.window.intake.dialog import IntakeDialog
from gui.window.intake.texts import ColumnLine

PATIENCE = 20_000
CITIES = ("Graz", "Lyon", "Oslo")
PARTS = ("train", "test", "train", "validation")


class Shown:
    """The dialog over an empty window, and waiting for what it has read."""

    def __init__(self, qtbot: QtBot, experiment: Experiment, *, is_new: bool) -> None:
        self.qtbot = qtbot
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.parent.show()
        self.dialog = IntakeDialog(experiment, self.parent, is_new=is_new)
        told: list[tuple[object, ...]] = []
        # Not through `self`, which holds the parent of the dialog that is deleted.
        self.dialog.chosen.connect(lambda *values: told.append(values))
        self.chosen = told
        self.dialog.show()
        self.dialog.activateWindow()
        qtbot.waitActive(self.dialog, timeout=PATIENCE)
        self.wait()

    def wait(self) -> None:
        """Until it has read what it was asked for."""
        idle = self.dialog.reader._worker
        self.qtbot.waitUntil(lambda: idle.is_idle, timeout=PATIENCE)

    @property
    def says(self) -> str:
        return self.dialog.consequence.text()

    @property
    def problem(self) -> str:
        label = self.dialog.problem
        return label.text() if label.isVisible() else ""

    @property
    def lines(self) -> dict[str, ColumnLine]:
        return {line.name: line for line in self.dialog.columns.columns.lines}

    def choose_target(self, name: str) -> None:
        box = self.dialog.choices.target
        box.setCurrentIndex(box.findText(name))
        box.activated.emit(box.currentIndex())
        self.wait()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.dialog.focusWidget() or self.dialog, key)
        self.wait()

    def train(self) -> Experiment:
        QTest.keyClick(self.dialog.focusWidget() or self.dialog, Qt.Key.Key_Return)
        experiment = self.chosen[0][0]
        assert isinstance(experiment, Experiment)
        return experiment


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    rows = (
        f"{k + 1},{'' if k % 10 == 3 else k % 7},{CITIES[k % 3] if k % 20 else ''},"
        f"{PARTS[k % 4]},{'yes' if k % 2 else 'no'}"
        for k in range(40)
    )
    path.write_text("\n".join(["id,age,city,part,bought", *rows]))
    return path


@pytest.fixture
def shown(qtbot: QtBot, table: Path) -> Shown:
    return Shown(qtbot, usual_experiment(table), is_new=True)


def test_a_table_is_shown_with_what_becomes_of_each_column(shown: Shown):
    assert (
        shown.dialog.title.text() == "people.csv: CSV (comma) of 40 rows and 5 columns"
    )
    lines = shown.lines
    assert lines["id"].becomes == "left out: it counts the rows"
    assert (lines["id"].is_used, lines["id"].can_change) == (False, True)
    assert lines["age"].becomes == "1 input, standardised"
    assert lines["age"].missing == "4, filled by 3"
    assert lines["city"].becomes == "4 inputs, one-hot: Graz, Lyon, Oslo, (missing)"
    assert lines["city"].missing == "2, own category"
    assert lines["bought"].becomes == "target, 2 classes: no, yes"
    assert shown.says == "8 inputs, 2 classes · 32 to train, 8 to test"
    model = shown.dialog.rows.model()
    assert model.headerData(2, Qt.Orientation.Horizontal) == "city"
    assert model.index(0, 2).data() == "missing"
    assert model.index(1, 2).data() == "Lyon"


def test_what_is_shown_is_what_is_trained(shown: Shown, table: Path):
    experiment = shown.train()
    assert experiment == understand(usual_experiment(table)).experiment
    assert shown.chosen[0][1:] == (table, True)
    intakes = shown.parent.findChildren(IntakeDialog)
    assert not any(dialog.isVisible() for dialog in intakes)


def test_another_target_changes_what_is_learned_at_once(shown: Shown):
    shown.choose_target("age")
    assert shown.lines["age"].becomes.startswith("target, 7 classes")
    assert shown.lines["bought"].becomes == "2 inputs, one-hot: no, yes"
    shown.dialog.choices.answers.button(1).click()
    shown.wait()
    assert shown.lines["age"].becomes == "target, a number"
    assert "1 number to predict" in shown.says
    assert shown.train().training.loss == "squared-error"


def test_a_target_of_another_kind_is_taken_as_it_is_usual(shown: Shown):
    shown.choose_target("age")
    shown.dialog.choices.answers.button(1).click()
    shown.wait()
    shown.choose_target("bought")
    assert not shown.problem
    assert shown.dialog.choices.answers.index == 0
    assert shown.train().training.loss == "cross-entropy"


def test_a_column_is_left_out_and_taken_back_by_its_tick(shown: Shown):
    table = shown.dialog.columns
    table.setFocus()
    table.setCurrentIndex(table.columns.index(2, 3))
    shown.press(Qt.Key.Key_Space)
    assert shown.lines["city"].becomes == "left out"
    assert shown.says.startswith("4 inputs")
    assert table.currentIndex().row() == 2
    first = table.columns.index(2, 0)
    assert table.columns.setData(
        first, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole
    )
    shown.wait()
    assert shown.says.startswith("8 inputs")
    # A column that the program leaves out by a guess is taken all the same.
    table.setCurrentIndex(table.columns.index(0, 0))
    shown.press(Qt.Key.Key_Space)
    assert shown.lines["id"].becomes == "1 input, standardised"
    assert shown.says.startswith("9 inputs")
    data = shown.train().data
    assert (data.ignore, data.include) == (None, ("id",))


def test_several_columns_of_numbers_are_predicted_together(shown: Shown):
    choices = shown.dialog.choices
    shown.choose_target(SEVERAL)
    assert choices.several is not None
    ticks = choices.several.list
    assert [ticks.item(k).text() for k in range(ticks.count())] == ["id", "age"]
    ok = choices.several.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    for k in range(2):
        ticks.item(k).setCheckState(Qt.CheckState.Checked)
    ok.click()
    shown.wait()
    assert choices.target.currentText() == "id, age"
    assert shown.lines["age"].becomes == "target, a number"
    assert shown.lines["bought"].becomes == "2 inputs, one-hot: no, yes"
    assert "2 numbers to predict" in shown.says
    shown.choose_target(SEVERAL)
    assert choices.several.chosen == ("id", "age")
    choices.several.reject()
    assert choices.target.currentText() == "id, age"
    experiment = shown.train()
    assert experiment.data.target == ("id", "age")
    assert experiment.spec.n_outputs == 2


def test_share_seed_and_validation_are_shown_in_rows(shown: Shown):
    choices = shown.dialog.choices
    for box, text in ((choices.share, "0.5"), (choices.validation, "0.25")):
        box.setFocus()
        box.lineEdit().selectAll()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, Qt.Key.Key_Return)
        shown.wait()
    assert shown.says.endswith("15 to train, 5 to validate, 20 to test")
    assert shown.dialog.isVisible(), "Enter in a field finishes that field"
    choices.seed.value_edited.emit(7)
    shown.wait()
    data = shown.train().data
    assert (data.train_fraction, data.validation_fraction, data.seed) == (0.5, 0.25, 7)


def test_a_column_of_the_words_of_parts_can_part_the_rows(shown: Shown):
    box = shown.dialog.choices.split_by
    assert [box.itemText(k) for k in range(box.count())] == ["By a share", "By part"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    shown.wait()
    assert shown.says.endswith("20 to train, 10 to validate, 10 to test")
    assert shown.lines["part"].becomes == "says which part a row belongs to"
    assert not shown.dialog.choices.share.isVisible()
    assert shown.train().data.split_by == "part"


def test_the_scaling_is_shown_at_the_columns_it_changes(shown: Shown):
    shown.dialog.choices.scaling.value_edited.emit("0..1")
    shown.wait()
    assert shown.lines["age"].becomes == "1 input, scaled to 0 to 1"
    assert shown.train().data.scaling == "0..1"


def test_a_target_that_cannot_be_learned_is_said_and_another_one_helps(
    qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "t.csv"
    rows = (f"{k % 5},{k % 3},same" for k in range(30))
    path.write_text("\n".join(["a,b,kind", *rows]))
    shown = Shown(qtbot, usual_experiment(path), is_new=True)
    assert shown.problem.startswith("Column 'kind' has 1 different value")
    assert not shown.dialog.train.isEnabled()
    assert shown.dialog.train.toolTip() == "The file cannot be read so"
    assert not shown.says
    shown.choose_target("b")
    assert not shown.problem
    assert shown.train().data.target == ("b",)


def test_an_impossible_share_is_refused_in_the_dialog(shown: Shown):
    shown.dialog.choices.share.value_edited.emit(7.0)
    assert "Train share: invalid value 7.0" in shown.problem
    assert "The value of before is kept" in shown.problem
    # As nothing was changed, everything else stays, and it can be trained.
    assert shown.dialog.columns.columns.rowCount() > 0
    assert shown.dialog.train.isEnabled()
    assert shown.train().data.train_fraction is None


def test_a_file_of_another_kind_is_named_in_the_dialog(qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "login.csv"
    path.write_text("<!DOCTYPE html><html><body>Please log in</body></html>")
    shown = Shown(qtbot, usual_experiment(path), is_new=True)
    assert shown.problem.startswith("This is an HTML page, perhaps of a login")
    assert not shown.dialog.columns.isVisible()
    assert not shown.dialog.choices.isVisible()
    shown.press(Qt.Key.Key_Return)
    assert not shown.chosen


def test_another_file_is_read_in_the_same_dialog(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    other = tmp_path / "other.csv"
    other.write_text("a,y\n" + "\n".join(f"{k % 7},{k % 2}" for k in range(20)))
    monkeypatch.setattr(
        "gui.window.intake.dialog.QFileDialog.getOpenFileName",
        lambda *_: (str(other), ""),
    )
    shown.dialog.other.click()
    shown.wait()
    assert shown.dialog.windowTitle() == "Data from other.csv"
    assert list(shown.lines) == ["a", "y"]
    shown.dialog.choices.target.setFocus()
    assert shown.train().data.path == str(other)


def test_pictures_are_shown_with_their_classes(qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "p.npz"
    images = np.random.default_rng(0).integers(0, 256, (30, 6, 5), np.uint8)
    np.savez(path, x=images, y=np.arange(30) % 3)
    shown = Shown(qtbot, usual_experiment(path), is_new=True)
    pictures = shown.dialog.pictures
    assert pictures.isVisible()
    assert not shown.dialog.columns.isVisible()
    assert [pictures.item(k).text() for k in (0, 1)] == ["0", "1"]
    assert not pictures.item(0).icon().isNull()
    notes = shown.dialog.notes.text()
    assert notes == "Grey levels are divided by 255. The classes are 0, 1, 2."
    assert shown.says == "30 inputs, 3 classes · 24 to train, 6 to test"
    assert not shown.dialog.choices.target.isVisible()
    shown.dialog.choices.scaling.value_edited.emit("standardised overall")
    shown.wait()
    assert "Scaling: standardised overall" in shown.dialog.notes.text()
    assert pictures.isVisible(), "they are shown as they stand in the file"
    assert shown.train().data.scaling == "standardised overall"


def test_rows_of_numbers_are_shown_as_a_table(qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "rows.npz"
    x = np.random.default_rng(0).normal(size=(30, 4))
    np.savez(path, x_train=x, y_train=np.arange(30) % 3, x_test=x, y_test=x[:, 0] > 0)
    shown = Shown(qtbot, usual_experiment(path), is_new=True)
    assert list(shown.lines) == ["x1", "x2", "x3", "x4", "y"]
    assert shown.lines["x1"].becomes == "1 input, standardised"
    assert not shown.lines["x1"].can_change
    assert shown.lines["y"].becomes.startswith("target, 3 classes")
    assert not shown.dialog.choices.share.isVisible(), "the file parts them itself"


def test_the_choices_in_force_are_shown_again(qtbot: QtBot, table: Path):
    asked = usual_experiment(table).with_values(
        {
            "data.target": "age",
            "data.answers": "numbers",
            "data.ignore": ["city"],
            "data.seed": 4,
            "data.scaling": "none",
            "training.loss": "squared-error",
            "network.output": "identity",
            "network.hidden": [5],
        }
    )
    in_force = understand(asked).experiment
    shown = Shown(qtbot, in_force, is_new=False)
    choices = shown.dialog.choices
    assert choices.target.currentText() == "age"
    assert choices.answers.index == 1
    assert shown.lines["city"].becomes == "left out"
    assert choices.scaling.currentData() == "none"
    assert shown.train() == in_force
    assert shown.chosen[0][2] is False


def test_a_file_that_has_changed_since_is_noticed(qtbot: QtBot, table: Path):
    in_force = understand(usual_experiment(table)).experiment
    table.write_text(table.read_text() + "\n41,3,Graz,train,no")
    shown = Shown(qtbot, in_force, is_new=False)
    notes = shown.dialog.notes.text()
    assert notes == "The file has changed since it was first read."


def test_what_takes_long_is_told_and_can_be_cancelled(
    qtbot: QtBot, table: Path, monkeypatch: pytest.MonkeyPatch
):
    may_end, whole = threading.Event(), reader.open_source

    def slow(*args: object) -> object:
        may_end.wait()
        return whole(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "open_source", slow)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = IntakeDialog(usual_experiment(table), parent, is_new=True)
    chosen: list[object] = []
    dialog.chosen.connect(chosen.append)
    dialog.show()
    try:
        text = dialog.consequence.text
        qtbot.waitUntil(lambda: text().startswith("Reading people.csv"), timeout=20_000)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not isValid(dialog), timeout=PATIENCE)
    finally:
        may_end.set()
    assert not chosen


def test_enter_before_the_file_is_read_trains_when_it_is(qtbot: QtBot, table: Path):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = IntakeDialog(usual_experiment(table), parent, is_new=True)
    dialog.show()
    with qtbot.waitSignal(dialog.chosen, timeout=PATIENCE) as chosen:
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args[0].data.target == ("bought",)


def test_a_refused_choice_leaves_the_focus_where_enter_does_no_harm(
    qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "t.csv"
    rows = (f"{k % 5},{k % 3},same" for k in range(30))
    path.write_text("\n".join(["a,kind,same", *rows]))
    shown = Shown(qtbot, usual_experiment(path), is_new=True)
    dialog = shown.dialog
    shown.choose_target("a")
    dialog.train.setFocus()
    shown.choose_target("same")
    assert shown.problem
    assert dialog.focusWidget() is dialog.choices.target
    shown.press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not shown.chosen


def test_names_from_files_are_shown_as_they_are(qtbot: QtBot, tmp_path: Path):
    path = tmp_path / "<b>t<b>.csv"
    rows = (f"{k % 5},{'xy'[k % 2]}" for k in range(30))
    path.write_text("\n".join(["<i>a</i>,kind", *rows]))
    shown = Shown(qtbot, usual_experiment(path), is_new=True)
    labels = shown.dialog.findChildren(QLabel)
    assert shown.dialog.title in labels
    plain = Qt.TextFormat.PlainText
    assert {label.textFormat() for label in labels} == {plain}
    model, tip = shown.dialog.columns.columns, Qt.ItemDataRole.ToolTipRole
    assert shown.dialog.title.text().startswith("<b>t<b>.csv: CSV")
    shown.choose_target("<i>a</i>")
    assert "&lt;i&gt;" in model.index(0, 0).data(tip)


def test_keys_reach_everything_and_everything_has_a_name(shown: Shown):
    dialog = shown.dialog
    dialog.train.setFocus()
    reached: list[QWidget] = []
    while dialog.focusWidget() not in reached:
        reached.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    choices = dialog.choices
    for wanted in (
        dialog.columns,
        dialog.rows,
        dialog.train,
        dialog.other,
        choices.target,
        choices.split_by,
        choices.share,
        choices.validation,
        choices.scaling,
    ):
        assert wanted in reached
    for widget in reached:
        named = widget.accessibleName() or getattr(widget, "text", str)()
        assert named, widget
