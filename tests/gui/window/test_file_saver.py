"""Whatever is saved goes one way: asked for, written, told."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.experiment.model import DataSettings
from core.experiment.presets import load_preset
from core.files.export.forms import FORMS
from core.platform import atomic
from gui.session.save_request import FileKind, SaveRequest
from gui.window import file_saver
from gui.window.file_saver import FileSaver
from gui.window.pictures.request import picture_request
from gui.window.save_requests import (
    NETWORK_KINDS,
    experiment_request,
    weights_request,
)
from gui.window.window_settings import WindowSettings
from tests.gui.support.sample_views import sample_view
from tests.gui.support.whole_window import PATIENCE, Glass, GlassMaker

PICTURE = QImage(4, 3, QImage.Format.Format_RGB32)
XOR = load_preset("xor").experiment
KINDS = (FileKind("Text", ".txt"), FileKind("Table", ".csv"))


def text_request(text: bytes = b"new") -> SaveRequest:
    def write(path: Path) -> None:
        atomic.write_bytes(path, text)

    return SaveRequest("Text", "text.txt", KINDS, write)


class User:
    """Answers the dialogs at once; `names` are taken one after the other."""

    def __init__(self) -> None:
        self.names: list[Path] = []
        self.kind = ""
        self.may_replace = False
        self.questions: list[str] = []
        self.suggested: list[str] = []

    def getSaveFileName(  # noqa: N802
        self, _parent: QWidget, _title: str, suggested: str, _kinds: str
    ) -> tuple[str, str]:
        self.suggested.append(suggested)
        return (str(self.names.pop(0)) if self.names else ""), self.kind

    def question(self, _parent: QWidget, _title: str, text: str, *_: object) -> object:
        self.questions.append(text)
        buttons = file_saver.QMessageBox.StandardButton
        return buttons.Yes if self.may_replace else buttons.No


class Saving:
    """A saver, and what it has told."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        self.settings = WindowSettings(folder / "config" / "window.ini")
        self.saver = FileSaver(self.settings, parent)
        self.saved: list[str] = []
        self.failed: list[str] = []
        self.saver.saved.connect(self.saved.append)
        self.saver.failed.connect(self.failed.append)

    def ask(self, request: SaveRequest) -> None:
        self.saver.ask_and_save(request)
        self.saver.finish()


@pytest.fixture
def user(monkeypatch: pytest.MonkeyPatch) -> User:
    made = User()
    monkeypatch.setattr(file_saver.QFileDialog, "getSaveFileName", made.getSaveFileName)
    monkeypatch.setattr(file_saver.QMessageBox, "question", made.question)
    return made


@pytest.fixture
def saving(qtbot: QtBot, tmp_path: Path) -> Saving:
    window = QWidget()
    qtbot.addWidget(window)
    return Saving(tmp_path, window)


def test_nothing_is_written_over_the_data_in_use(
    qtbot: QtBot, user: User, tmp_path: Path
) -> None:
    """The system's dialog has asked whether to replace a file, not which one it is."""
    table = tmp_path / "flowers.csv"
    table.write_text("a,b\n1,2\n")
    data = DataSettings(name="file", path=str(table))
    window = QWidget()
    qtbot.addWidget(window)
    saver = FileSaver(WindowSettings(tmp_path / "window.ini"), window, lambda: data)
    failed: list[str] = []
    saver.failed.connect(failed.append)
    user.names = [tmp_path / "." / "flowers.csv", table]
    user.kind = "Table (*.csv)"
    saver.ask_and_save(text_request())
    saver.finish()
    assert "holds the data of this experiment" in failed[0]
    assert saver.ask_path("Film", "x", KINDS) is None
    assert len(failed) == 2
    assert table.read_text() == "a,b\n1,2\n"


@pytest.mark.parametrize(
    ("request_of", "ending"),
    [
        (lambda: experiment_request(XOR), ".toml"),
        (lambda: weights_request(sample_view()), ".safetensors"),
        (
            lambda: picture_request(QImage(4, 3, QImage.Format.Format_RGB32), "x"),
            ".png",
        ),
    ],
    ids=["experiment", "weights", "picture"],
)
def test_a_full_stop_in_a_name_is_no_ending(
    saving: Saving, user: User, tmp_path: Path, request_of: object, ending: str
) -> None:
    assert callable(request_of)
    user.names = [tmp_path / "xor-lr0.5"]
    saving.ask(request_of())
    assert saving.failed == []
    path = tmp_path / f"xor-lr0.5{ending}"
    assert path.stat().st_size > 0
    assert not (tmp_path / "xor-lr0.5").exists()
    assert str(path) in saving.saved[0]


def test_a_name_without_an_ending_gets_that_of_the_chosen_kind(
    saving: Saving, user: User, tmp_path: Path
) -> None:
    user.names, user.kind = [tmp_path / "a"], "Table (*.csv)"
    saving.ask(text_request())
    assert (tmp_path / "a.csv").exists()


def test_a_file_that_the_added_ending_leads_to_is_asked_about(
    saving: Saving, user: User, tmp_path: Path
) -> None:
    there = tmp_path / "a.txt"
    there.write_bytes(b"old")
    user.names = [tmp_path / "a"]
    saving.ask(text_request())
    assert "a.txt" in user.questions[0]
    assert there.read_bytes() == b"old"
    # The dialog came again, with that name, and was cancelled.
    assert user.suggested[1:] == [str(there)]
    user.names, user.may_replace = [tmp_path / "a"], True
    saving.ask(text_request())
    assert there.read_bytes() == b"new"


def test_what_the_dialog_has_asked_about_is_not_asked_again(
    saving: Saving, user: User, tmp_path: Path
) -> None:
    there = tmp_path / "a.txt"
    there.write_bytes(b"old")
    user.names = [there]
    saving.ask(text_request())
    assert user.questions == []
    assert there.read_bytes() == b"new"


def test_an_ending_that_is_not_written_is_refused_and_those_that_are_are_named(
    saving: Saving, user: User, tmp_path: Path
) -> None:
    user.names = [tmp_path / "network.svg"]
    saving.ask(picture_request(PICTURE, "network"))
    assert not list(tmp_path.glob("network*"))
    assert "network.svg" in saving.failed[0]
    assert ".png" in saving.failed[0]


def test_a_picture_that_qt_cannot_write_is_told(
    saving: Saving, user: User, tmp_path: Path
) -> None:
    user.names = [tmp_path / "empty.png"]
    saving.ask(picture_request(QImage(), "empty"))
    assert saving.saved == []
    assert "0 by 0 pixels" in saving.failed[0]
    assert not (tmp_path / "empty.png").exists()


def test_what_was_not_saved_can_be_saved_elsewhere(
    saving: Saving, user: User, tmp_path: Path
) -> None:
    user.names = [tmp_path / "nowhere" / "a.txt"]
    saving.ask(text_request())
    assert saving.saved == []
    assert "does not exist" in saving.failed[0]
    user.names = [tmp_path / "a.txt"]
    saving.saver.ask_again()
    saving.saver.finish()
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert len(saving.saved) == 1


def test_an_unexpected_error_is_told_too(
    saving: Saving, user: User, qtbot: QtBot, tmp_path: Path
) -> None:
    def write(_path: Path) -> None:
        raise ZeroDivisionError("oops")

    user.names = [tmp_path / "a.txt"]
    with qtbot.captureExceptions() as errors:
        saving.saver.ask_and_save(SaveRequest("Text", "a.txt", KINDS, write))
        qtbot.waitUntil(lambda: not saving.saver.is_busy)
    assert "oops" in saving.failed[0]
    assert len(errors) == 1


def test_the_next_dialog_opens_where_the_last_file_was_saved(
    saving: Saving, user: User, tmp_path: Path
) -> None:
    (tmp_path / "deep").mkdir()
    user.names = [tmp_path / "deep" / "a.txt"]
    saving.ask(text_request())
    saving.ask(text_request())
    assert user.suggested[1] == str(tmp_path / "deep" / "text.txt")


# --- in the window --------------------------------------------------------------


def test_every_panel_saves_through_the_window(
    glass: GlassMaker, user: User, tmp_path: Path
) -> None:
    window = glass()
    user.names = [tmp_path / "none" / "a.txt", tmp_path / "a.txt"]
    window.panel("network").save_requested.emit(text_request())
    window.wait_until(lambda: "does not exist" in window.says)
    assert "Text not saved" in window.says
    window.window.message_bar._offer_button.click()
    window.wait_until(lambda: window.says == f"Text saved as {tmp_path / 'a.txt'}")


class SlowFile:
    """A file that is written when the test says so."""

    def __init__(self, *, fails: bool = False) -> None:
        self.go_on = threading.Event()
        self.request = SaveRequest("Text", "a.txt", KINDS, self.write)
        self.content = b"" if fails else b"whole"

    def write(self, path: Path) -> None:
        assert self.go_on.wait(20)
        atomic.write_bytes(path if self.content else path / "no", self.content)


def close_while_saving(window: Glass, slow: SlowFile, *paths: Path) -> None:
    for path in paths:
        window.window.saver.save(slow.request, path)
    assert not window.window.close()
    assert window.window.isVisible()
    assert all(path.name in window.says for path in paths)


def test_a_window_closes_when_its_files_are_written(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window, slow = glass(), SlowFile()
    paths = [tmp_path / name for name in ("a.txt", "b.txt")]
    close_while_saving(window, slow, *paths)
    slow.go_on.set()
    window.wait_until(lambda: not window.window.isVisible())
    assert [path.read_bytes() for path in paths] == [b"whole", b"whole"]


def test_a_window_stays_when_its_file_cannot_be_written(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window, slow = glass(), SlowFile(fails=True)
    close_while_saving(window, slow, tmp_path / "a.txt")
    slow.go_on.set()
    window.wait_until(lambda: "Text not saved" in window.says)
    assert window.window.isVisible()


def test_whoever_closes_again_does_not_wait(
    glass: GlassMaker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    window, slow = glass(), SlowFile()
    close_while_saving(window, slow, tmp_path / "a.txt")
    assert window.window.close()
    assert "a.txt" in caplog.text
    slow.go_on.set()


def test_a_success_leaves_by_itself_and_an_older_error_comes_back(
    glass: GlassMaker,
) -> None:
    window = glass()
    bar = window.window.message_bar
    bar._leave.setInterval(1)
    bar.show_success("saved")
    assert window.says == "saved"
    window.wait_until(lambda: window.says == "")
    bar.show_error("torn")
    assert not bar._leave.isActive()
    bar.show_success("saved")
    assert window.says == "saved"
    window.wait_until(lambda: window.says == "torn")


def test_a_very_long_message_leaves_the_window_as_high_as_it_was(
    glass: GlassMaker,
) -> None:
    window = glass(size=(1024, 700))
    size = window.window.size()
    text = "an odd file with much to say; " * 500 + "that is all"
    window.window.message_bar.show_error(text)
    window.wait_until(lambda: window.says != "")
    label = window.window.message_bar._text
    window.wait_until(lambda: label.height() > 2 * label.fontMetrics().lineSpacing())
    QApplication.processEvents()
    assert window.window.size() == size
    assert label.heightForWidth(label.width()) <= label.height()
    assert window.says == text


def test_a_network_is_offered_in_every_form_that_the_command_writes() -> None:
    offered = [(kind.ending, kind.variant) for kind in NETWORK_KINDS]
    written = [
        (form.ending, language)
        for form in FORMS.values()
        for language in (form.languages if len(form.languages) > 1 else ("",))
    ]
    assert sorted(offered) == sorted([*written, (".safetensors", "torch")])
    for kind in NETWORK_KINDS:
        assert kind.is_openable == FORMS[kind.ending].is_whole


@pytest.mark.parametrize("kind", NETWORK_KINDS, ids=lambda kind: kind.title)
def test_each_form_is_written_and_the_largest_difference_said(
    saving: Saving, user: User, tmp_path: Path, kind: FileKind
) -> None:
    opened: list[Path] = []
    saving.saver.openable_saved.connect(opened.append)
    user.names, user.kind = [tmp_path / "net"], f"{kind.title} (*{kind.ending})"
    saving.ask(weights_request(sample_view()))
    assert saving.failed == []
    path = tmp_path / f"net{kind.ending}"
    assert path.stat().st_size > 0
    (said,) = saving.saved
    assert said.startswith(f"Weights of step 300 saved as {path}. ")
    assert "the largest difference of a weight is 0" in said
    assert opened == ([path] if kind.is_openable else [])
    if kind.variant:
        script = path if kind.ending != ".safetensors" else tmp_path / "net.py"
        library = {"numpy": "numpy as np", "jax": "jax", "torch": "torch"}
        assert f"import {library[kind.variant]}" in script.read_text()


def test_the_ending_of_a_typed_name_counts_more_than_the_chosen_kind(
    saving: Saving, user: User, tmp_path: Path
) -> None:
    user.names, user.kind = [tmp_path / "net.onnx"], "Script in JAX (*.py)"
    saving.ask(weights_request(sample_view()))
    assert "by ONNX's reference evaluator" in saving.saved[0]


def test_the_next_dialog_begins_where_something_was_saved(
    saving: Saving, user: User, tmp_path: Path
) -> None:
    before = saving.settings.folder()
    (tmp_path / "file").write_text("no folder")
    user.names = [tmp_path / "file" / "a.txt"]
    saving.ask(text_request())
    assert saving.failed
    assert saving.settings.folder() == before
    (tmp_path / "folder").mkdir()
    user.names = [tmp_path / "folder" / "a.txt"]
    saving.ask(text_request())
    assert saving.saved
    assert saving.settings.folder() == str(tmp_path / "folder")


def test_a_dialog_never_begins_among_the_files_of_the_system(saving: Saving) -> None:
    saving.settings.set_text("folder", "/proc/self")
    assert saving.settings.folder() == str(Path.home())
    saving.settings.remember_folder(Path("/dev/../dev/shm"))
    assert saving.settings.text("folder") == "/proc/self"


def test_a_cancelled_file_stays_as_it_was_and_so_does_what_waits_behind_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    saver = FileSaver(WindowSettings(tmp_path / "window.ini"), window)
    old, other = tmp_path / "old.txt", tmp_path / "other.txt"
    old.write_bytes(b"old")
    has_begun, may_go_on = threading.Event(), threading.Event()

    def chunks() -> Iterator[bytes]:
        yield b"new"
        has_begun.set()
        may_go_on.wait(PATIENCE / 1000)
        yield b"er"

    told: list[str] = []
    saver.cancelled.connect(told.append)
    saver.failed.connect(pytest.fail)
    slow = SaveRequest(
        "Text", "old.txt", KINDS, lambda path: atomic.write_chunks(path, chunks())
    )
    saver.save(slow, old)
    saver.save(text_request(), other)
    qtbot.waitUntil(has_begun.is_set)
    saver.cancel()
    may_go_on.set()
    qtbot.waitUntil(lambda: not saver.is_busy)
    assert told == ["Text not saved: cancelled."] * 2
    assert old.read_bytes() == b"old"
    assert sorted(tmp_path.glob("*.txt")) == [old]
    assert not list(tmp_path.glob(".*.part"))
    # What is asked for after that is written.
    saver.save(text_request(), other)
    qtbot.waitUntil(lambda: not saver.is_busy)
    assert other.read_bytes() == b"new"
