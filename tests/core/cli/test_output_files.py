"""Files that a command writes: what is refused before any work is done."""

import zipfile
from pathlib import Path

import numpy as np
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


def others(folder: Path) -> dict[str, Path]:
    """Files of a user that no result may replace, by what they are."""
    files = {
        "a table": folder / "people.csv",
        "a file of another kind": folder / "notes.md",
        "an archive of NumPy arrays (.npz)": folder / "own.npz",
        "a safetensors file": folder / "net.safetensors",
        "a network of PyTorch": folder / "net.pt",
        "a picture (PNG)": folder / "a.png",
    }
    files["a table"].write_text("a,b\n1,2\n3,4\n")
    files["a file of another kind"].write_text("# Notes\n")
    np.savez(files["an archive of NumPy arrays (.npz)"], x=np.zeros(3))
    weights_file(files["a safetensors file"])
    with zipfile.ZipFile(files["a network of PyTorch"], "w") as archive:
        archive.writestr("net/data.pkl", b"")
    files["a picture (PNG)"].write_bytes(b"\x89PNG\r\n\x1a\n")
    return files


@pytest.mark.usefixtures("no_training")
@pytest.mark.parametrize("option", ["--checkpoint", "--json"])
def test_no_result_replaces_a_file_of_another_kind(
    option: str, tmp_path: Path, capsys: Capture
) -> None:
    for what, path in others(tmp_path).items():
        before = path.read_bytes()
        assert main([*TRAIN, option, str(path)]) == 1
        said = error_line(capsys)
        assert f"{path}: is there already: {what}, and no " in said
        assert "it would be lost, choose another name" in said
        assert path.read_bytes() == before


def test_every_report_spares_files_of_another_kind(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = str(weights_file(tmp_path / "w.npz"))
    table, picture = tmp_path / "people.csv", tmp_path / "p.png"
    table.write_text("a,b\n1,2\n3,4\n")
    for command in (
        ["evaluate", weights],
        ["predict", weights, str(picture)],
        ["info", weights],
        ["replay", weights],
        ["lessons"],
    ):
        assert main([*command, "--json", str(table)]) == 1
        assert "people.csv: is there already: a table" in error_line(capsys)
    assert table.read_text().startswith("a,b")


@pytest.mark.usefixtures("no_training")
def test_a_report_replaces_neither_a_notebook_nor_a_network_nor_lines(
    tmp_path: Path, capsys: Capture
) -> None:
    network, lines = tmp_path / "net.json", tmp_path / "log.jsonl"
    assert main(["convert", str(weights_file(tmp_path / "w.npz")), str(network)]) == 0
    lines.write_text('{"step": 1}\n{"step": 2}\n')
    notebook = tmp_path / "own.ipynb"
    notebook.write_text('{"nbformat": 4, "cells": []}')
    capsys.readouterr()
    for path, what in (
        (network, "a network in JSON"),
        (lines, "a JSON file"),
        (notebook, "a notebook"),
    ):
        assert main([*TRAIN, "--json", str(path)]) == 1
        assert f"is there already: {what}, and no JSON report" in error_line(capsys)


def test_a_result_replaces_an_earlier_one(tmp_path: Path) -> None:
    run, report, empty = (str(tmp_path / name) for name in ("run", "r.json", "empty"))
    weights = str(tmp_path / "w.safetensors")
    Path(empty).touch()
    for _ in range(2):
        assert main([*TRAIN, "--checkpoint", run, "--json", report]) == 0
        assert main([*TRAIN, "--out", weights]) == 0
    assert main([*TRAIN, "--checkpoint", empty]) == 0
    Path(weights).write_bytes(Path(run).read_bytes())  # a checkpoint
    assert main([*TRAIN, "--out", weights]) == 0


@pytest.mark.usefixtures("no_training")
def test_weights_replace_no_file_of_another_kind(
    tmp_path: Path, capsys: Capture
) -> None:
    for what, source in others(tmp_path).items():
        path = tmp_path / "target.npz"
        if what in ("a file of another kind", "a safetensors file"):
            continue
        path.write_bytes(source.read_bytes())
        assert main([*TRAIN, "--out", str(path)]) == 1
        assert "it would be lost" in error_line(capsys)


@pytest.mark.usefixtures("no_training")
def test_a_record_needs_a_folder_of_its_own(tmp_path: Path, capsys: Capture) -> None:
    for name in ("notes.md", "b.csv", "c.csv", "d.csv"):
        (tmp_path / name).write_text("mine")
    assert main([*TRAIN, "--record", str(tmp_path)]) == 1
    said = error_line(capsys)
    assert "is no record, and holds b.csv, c.csv, d.csv and 1 more" in said
    assert len(list(tmp_path.iterdir())) == 4
