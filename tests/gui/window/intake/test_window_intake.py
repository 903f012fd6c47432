"""Own data in the whole window: dropped, pasted, changed, undone."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog

from core.experiment.presets import load_preset
from core.files.weights import load_weights
from gui.panels.experiment_form.file_row import FileRow
from gui.runtime.clipboard import new_content
from gui.window.intake.dialog import IntakeDialog
from gui.window.save_requests import weights_request
from tests.gui.support.whole_window import Glass, GlassMaker

XOR = load_preset("xor").experiment
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    path = tmp_path / "flowers.csv"
    rows = (f"{k},{k % 7}.5,{k % 3},{'rose' if k % 2 else 'lily'}" for k in range(50))
    path.write_text("\n".join(["id,width,place,kind", *rows]))
    return path


def dialog_of(window: Glass) -> IntakeDialog:
    """The dialog, when it has read what it was asked for."""
    intakes = window.window.openings.intakes
    window.wait_until(lambda: intakes.dialog is not None)
    window.wait_until(lambda: intakes.dialog.reader._worker.is_idle)
    assert intakes.dialog is not None
    return intakes.dialog


def train_on(window: Glass, path: Path, after: int) -> None:
    window.drop(path)
    dialog = dialog_of(window)
    window.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    window.wait_for_run(after=after)
    window.wait_until(lambda: window.step > 0)
    window.session.pause()
    window.wait_until(lambda: not window.session.playing)


def test_a_dropped_table_opens_the_dialog_and_enter_trains(
    glass: GlassMaker, flowers: Path, tmp_path: Path
) -> None:
    window = glass()
    window.window.show_workspace("digits")
    train_on(window, flowers, after=1)
    # A table has no digits to be drawn.
    assert window.window.layouts.current == "train"
    window.wait_until(lambda: "they are shown in Train" in window.says)
    data = window.view.run.experiment.data
    assert (data.name, data.target, data.path) == ("file", ("kind",), str(flowers))
    assert window.view.run.dataset.class_names == ("lily", "rose")
    window.wait_until(lambda: f"Opened {flowers}." in window.says)
    assert window.window.settings.recent_files()[0] == flowers
    kept_preparation(window, tmp_path / "w.npz")
    name = weights_request(window.view).name
    assert name.startswith(f"{flowers.stem}-step-")
    window.session.document.undo_stack.undo()
    window.wait_until(lambda: window.session.experiment == XOR)


def kept_preparation(window: Glass, path: Path) -> None:
    """A network that was exported takes rows as the table's."""
    window.window.saver.save(weights_request(window.view), path)
    window.wait_until(lambda: path.exists() and not window.window.saver.is_busy)
    assert load_weights(path).preparation == window.view.run.dataset.preparation


def test_a_dialog_that_is_cancelled_leaves_all_as_it_was(
    glass: GlassMaker, flowers: Path
) -> None:
    window = glass()
    run = window.run_id
    window.drop(flowers)
    dialog = dialog_of(window)
    window.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    window.wait_until(lambda: window.window.openings.intakes.dialog is None)
    assert window.session.experiment == XOR
    assert window.run_id == run
    assert not window.session.document.undo_stack.undo_text
    assert flowers not in window.window.settings.recent_files()


def test_a_file_of_another_kind_is_named_in_the_dialog(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass()
    path = tmp_path / "login.csv"
    path.write_text("<!DOCTYPE html><html><body>Please log in</body></html>")
    window.window.files.open(path)
    dialog = dialog_of(window)
    assert "an HTML page, perhaps of a login" in dialog.problem.text()
    assert window.session.experiment == XOR


def test_a_copied_path_is_opened_as_the_file_itself(
    glass: GlassMaker, flowers: Path
) -> None:
    window = glass()
    copied = new_content()
    copied.setText(f'"{flowers}"\n')
    window.window.openings.intakes.paste(copied)
    assert dialog_of(window).choices.target.currentText() == "kind"


def test_a_folder_of_pictures_is_opened_by_its_own_command(
    glass: GlassMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("cat", "dog"):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for k in range(6):
            shade = 40 * k + (10 if name == "cat" else 30)
            picture = Image.new("L", (9, 9), shade)
            picture.save(tmp_path / "pets" / name / f"{k}.png")
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "pets")
    )
    window = glass()
    window.window.actions_by_key["open_folder"].trigger()
    dialog = dialog_of(window)
    assert dialog.problem.text() == ""
    window.wait_until(dialog.train.isEnabled)
    dialog.train.click()
    window.wait_for_run(after=1)
    assert window.view.run.dataset.class_names == ("cat", "dog")


def test_the_data_in_force_are_changed_from_the_form(
    glass: GlassMaker, flowers: Path
) -> None:
    window = glass()
    train_on(window, flowers, after=1)
    row = window.panel("experiment").findChild(FileRow)
    assert row.isVisible()
    assert row.name.text() == "flowers.csv"
    row.change_button.click()
    dialog = dialog_of(window)
    assert dialog.choices.target.currentText() == "kind"
    assert dialog.train.text() == "Apply"
    dialog.columns.columns.use_changed.emit("place", False)
    dialog_of(window)
    before = window.session.experiment
    window.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    window.wait_for_run(after=2)
    assert window.session.experiment.data.ignore == ("place",)
    assert window.view.spec.layer_sizes[0] == 1
    window.session.document.undo_stack.undo()
    window.wait_until(lambda: window.session.experiment == before)
    window.session.document.edit({"data.name": "circle"})
    window.wait_until(lambda: not row.isVisible())


def test_the_scaling_is_set_in_the_form(glass: GlassMaker, flowers: Path) -> None:
    window = glass()
    train_on(window, flowers, after=1)
    fields = window.panel("experiment")._data.fields
    assert fields.is_wanted("data.scaling")
    window.session.document.edit({"data.scaling": "none"})
    window.wait_for_run(after=2)
    inputs = window.view.run.dataset.train.inputs
    assert set(inputs[:, 1].tolist()) == {0.0, 1.0, 2.0}
    window.session.document.edit({"data.name": "circle"})
    window.wait_until(lambda: not fields.is_wanted("data.scaling"))


def test_rows_of_a_spreadsheet_are_pasted(
    glass: GlassMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLASSBOX_STATE", str(tmp_path / "state"))
    window = glass()
    rows = (f"{k}.5\t{k % 2}" for k in range(30))
    QApplication.clipboard().setText("\r\n".join(["width\tkind", *rows]))
    window.press(Qt.Key.Key_V, CONTROL)
    dialog = dialog_of(window)
    (kept,) = (tmp_path / "state" / "pasted").iterdir()
    window.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    window.wait_until(lambda: window.window.openings.intakes.dialog is None)
    assert not kept.exists(), "what is not wanted is not kept"
    window.wait_until(window.window.isActiveWindow)
    window.press(Qt.Key.Key_V, CONTROL)
    window.qtbot.keyClick(dialog_of(window), Qt.Key.Key_Return)
    window.wait_for_run(after=1)
    assert window.session.experiment.data.path == str(kept)
    assert kept.exists()


def test_a_copied_file_is_opened_and_other_texts_are_refused(
    glass: GlassMaker, flowers: Path
) -> None:
    window = glass()
    QApplication.clipboard().setText("only a word")
    window.press(Qt.Key.Key_V, CONTROL)
    assert "There is no table and no picture in the clipboard" in window.says
    copied = new_content()
    copied.setUrls([QUrl.fromLocalFile(str(flowers))])
    QApplication.clipboard().setMimeData(copied)
    window.press(Qt.Key.Key_V, CONTROL)
    assert dialog_of(window).windowTitle() == "Data from flowers.csv"


def test_the_dialog_fits_the_window_of_a_lecture(
    glass: GlassMaker, flowers: Path
) -> None:
    window = glass(size=(1280, 720))
    window.window.actions_by_key["lecture_mode"].trigger()
    window.drop(flowers)
    dialog = dialog_of(window)
    room = dialog.minimumSizeHint()
    assert room.width() <= 1280
    assert room.height() <= 720
    width = dialog.choices.width()
    assert dialog._side.viewport().width() >= width
    window.window.actions_by_key["lecture_mode"].trigger()
    assert dialog.choices.width() < width
