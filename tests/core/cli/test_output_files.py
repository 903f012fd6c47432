"""Files that a command writes: what is refused before any work is done."""

from pathlib import Path

import pytest

from core.cli.main import main
from core.training.run import TrainingRun
from tests.core.support.cli_answers import Capture, error_line, weights_file

TRAIN = ["train", "--preset", "xor", "--steps", "1"]


@pytest.fixture
def no_training(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        pytest.fail("the training has begun")

    monkeypatch.setattr(TrainingRun, "__init__", refuse)


@pytest.mark.usefixtures("no_training")
def test_the_report_never_replaces_the_weights(tmp_path: Path, capsys: Capture) -> None:
    same = str(tmp_path / "a.npz")
    assert main([*TRAIN, "--out", same, "--json", same]) == 2
    assert "--out is written there too" in error_line(capsys)
    beside = str(tmp_path / "x" / ".." / "a.npz")
    (tmp_path / "x").mkdir()
    assert main([*TRAIN, "--out", same, "--json", beside]) == 2
    assert "choose another name" in error_line(capsys)
    assert main([*TRAIN, "--out", str(tmp_path / "a"), "--json", same]) == 2
    assert "--out is written there too" in capsys.readouterr().err
    assert not (tmp_path / "a.npz").exists()


@pytest.mark.usefixtures("no_training")
def test_no_command_writes_over_a_file_that_it_reads(
    tmp_path: Path, capsys: Capture
) -> None:
    weights, own = weights_file(tmp_path / "w.npz"), tmp_path / "own.toml"
    own.write_text("[training]\nseed = 5\n")
    picture = tmp_path / "p.png"
    picture.write_bytes(b"picture")
    link = tmp_path / "link.json"
    link.symlink_to(weights)
    before = {file: file.read_bytes() for file in (weights, own, picture)}
    for command in (
        ["evaluate", weights, "--json", weights],
        ["evaluate", weights, "--json", link],
        ["evaluate", weights, "--experiment", own, "--json", own],
        ["predict", weights, picture, "--json", weights],
        ["predict", weights, own, picture, "--json", picture],
        ["train", "--experiment", own, "--json", own],
        ["train", "--open", weights, "--out", weights],
        ["convert", weights, weights],
        ["info", weights, "--json", weights],
    ):
        assert main([str(part) for part in command]) == 2
        assert "is the file that is read as" in error_line(capsys)
    assert {file: file.read_bytes() for file in before} == before


@pytest.mark.usefixtures("no_training")
@pytest.mark.parametrize("name", [".", "/", "..", "folder", "folder/"])
def test_a_folder_is_no_name_for_weights(
    name: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    weights = weights_file(tmp_path / "w.npz")
    for command in ([*TRAIN, "--out", name], ["convert", str(weights), name]):
        assert main(command) == 1
        assert "it is a folder" in error_line(capsys)
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "w.npz"}


@pytest.mark.usefixtures("no_training")
def test_weights_are_not_written_to_standard_output_or_a_device(
    capsys: Capture, tmp_path: Path
) -> None:
    weights = weights_file(tmp_path / "w.npz")
    for command in ([*TRAIN, "--out", "-"], ["convert", str(weights), "-"]):
        assert main(command) == 2
        assert "only text is written to standard output" in error_line(capsys)
    if Path("/dev/full").exists():
        assert main([*TRAIN, "--out", "/dev/full"]) == 1
        assert "/dev/full: cannot be written: it is not an" in error_line(capsys)


@pytest.mark.parametrize(
    "command",
    [
        [*TRAIN, "--out", ""],
        [*TRAIN, "--json", ""],
        [*TRAIN, "--data", ""],
        ["train", "--experiment", ""],
        ["train", "--open", ""],
        ["convert", "", "a.npz"],
        ["convert", "a.npz", ""],
        ["evaluate", ""],
        ["evaluate", "a.npz", "--json", ""],
        ["predict", "a.npz", ""],
    ],
)
def test_an_empty_name_is_said_to_be_empty(command: list[str], capsys: Capture) -> None:
    assert main(command) == 2
    assert "the name is empty" in error_line(capsys)
