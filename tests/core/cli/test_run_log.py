"""`glassbox train --log FILE`: each line is what the run was at its step."""

import csv
import json
from pathlib import Path

import pytest

from core.cli.main import main

Capture = pytest.CaptureFixture[str]


def train(*arguments: object, preset: str = "spiral") -> int:
    return main(["train", "--preset", preset, *map(str, arguments)])


def lines_of(path: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_each_line_is_what_a_run_to_its_step_reports(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "run.jsonl"
    options = ("--log-every", 30, "--evaluate-every", 40)
    assert train("--steps", 100, "--log", path, *options) == 0
    assert f"log: {path}" in capsys.readouterr().out
    lines = lines_of(path)
    assert [line["step"] for line in lines] == [0, 30, 40, 60, 80, 90, 100]
    assert [k for k, line in enumerate(lines) if "test_loss" in line] == [0, 2, 4]
    for line in lines[2], lines[4]:
        assert train("--steps", line["step"], "--json", "-") == 0
        report = json.loads(capsys.readouterr().out)
        assert line["test_loss"] == report["test_loss"]
        assert line["test_accuracy"] == report["test_accuracy"]
        assert line["epoch"] == report["epochs"]
    # That of the batch of the step, as it stands in the record of all steps.
    folder = tmp_path / "run"
    assert train("--steps", 100, "--record", folder) == 0
    losses = [line["loss"] for line in lines_of(folder / "metrics.jsonl")]
    for line in lines[1:]:
        assert line["loss"] == losses[int(line["step"]) - 1]


def test_a_table_has_a_column_for_each_number(tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    options = ("--set", "data.validation_fraction=0.2", "--evaluate-every", 50)
    assert train("--steps", 120, "--log", path, *options) == 0
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["step"] for row in rows] == ["0", "50", "100", "120"]
    assert list(rows[0]) == [
        *("step", "epoch", "learning_rate", "loss", "accuracy"),
        *("test_loss", "test_accuracy", "validation_loss", "validation_accuracy"),
    ]
    assert rows[1]["validation_loss"]
    assert not rows[3]["validation_loss"]
    assert not rows[0]["loss"]


def test_numbers_have_no_accuracy(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    assert train("--steps", 200, "--log", path, preset="approximation") == 0
    assert [line["step"] for line in lines_of(path)] == [100, 200]
    assert all("accuracy" not in line for line in lines_of(path))


def test_what_is_not_finite_is_a_word_in_the_log(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    wild = ("--set", "training.optimizer=sgd", "--set", "training.learning_rate=1000")
    assert train("--steps", 90, "--log", path, *wild, preset="approximation") == 1
    assert lines_of(path)[-1]["loss"] in ("nan", "inf")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--log", "old.csv"), "is there already"),
        (("--log", "run.txt"), "choose from .jsonl, .csv"),
        (("--log", "none/run.csv"), "cannot be written"),
        (("--log-every", 5), "--log-every goes with --log"),
        (("--log", "a.csv", "--log-every", 0), "--log-every 0: expected 1 or more"),
        (("--evaluate-every", 5), "--record FOLDER or --log FILE"),
    ],
)
def test_what_cannot_be_logged_is_refused_before_training(
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[object, ...],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.csv").write_text("mine")
    assert train("--steps", 9, *arguments) != 0
    assert says in capsys.readouterr().err
    assert (tmp_path / "old.csv").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]
