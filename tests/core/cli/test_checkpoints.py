"""`train --checkpoint` and `train --resume`."""

from pathlib import Path

import numpy as np
import pytest

from core.checkpoints import file_form
from core.cli.main import main
from core.files.weights import load_weights
from core.platform import atomic
from core.training.run import TrainingRun
from core.values.errors import FileError
from core.values.network_spec import flatten
from tests.core.support.cli_answers import Capture, error_line, strict_json


def train(*arguments: object, code: int = 0) -> None:
    assert main(["train", *map(str, arguments)]) == code


def params_of(path: Path) -> np.ndarray:
    return flatten(load_weights(path).params)


def test_resumed_training_ends_where_uninterrupted_training_does(
    tmp_path: Path, capsys: Capture
) -> None:
    whole, part, run = tmp_path / "a.npz", tmp_path / "b.npz", tmp_path / "run"
    options = ("--preset", "xor", "--set", "training.optimizer=adam")
    train(*options, "--steps", 300, "--out", whole)
    train(*options, "--steps", 120, "--checkpoint", run, "--checkpoint-every", 50)
    train("--resume", run, "--steps", 200)
    train("--resume", run, "--steps", 300, "--out", part)
    np.testing.assert_array_equal(params_of(part), params_of(whole))
    assert capsys.readouterr().out.count("checkpoint: ") == 3
    # And it counts its steps from the first one.
    assert load_weights(run).step == load_weights(whole).step == 300


def test_an_interruption_writes_a_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    advance, calls = TrainingRun.advance, []

    def interrupted(run: TrainingRun, count: int) -> object:
        calls.append(count)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return advance(run, count)

    run = tmp_path / "run"
    with monkeypatch.context() as patched:
        patched.setattr(TrainingRun, "advance", interrupted)
        train("--preset", "xor", "--steps", 4000, "--checkpoint", run, code=130)
    train("--resume", run, "--steps", 700, "--out", tmp_path / "b.npz")
    train("--preset", "xor", "--steps", 700, "--out", tmp_path / "a.npz")
    np.testing.assert_array_equal(
        params_of(tmp_path / "a.npz"), params_of(tmp_path / "b.npz")
    )
    said = capsys.readouterr().err
    assert "interrupted after 512 steps" in said
    assert f"to go on: glassbox train --resume {run} --steps 4000" in said


def test_an_early_stop_is_resumed_as_an_early_stop(
    tmp_path: Path, capsys: Capture
) -> None:
    options = ("--preset", "xor", "--set", "data.validation_fraction=0.2")
    options += ("--set", "training.early_stopping=1", "--set", "training.optimizer=sgd")
    options += ("--set", "training.learning_rate=1.0")
    run = tmp_path / "run"
    train(*options, "--steps", 5000, "--json", "-")
    whole = strict_json(capsys.readouterr().out)
    assert whole["stopped_early_at"] is not None
    train(*options, "--steps", whole["stopped_early_at"] - 3, "--checkpoint", run)
    for _ in range(2):  # the second time it is over already
        capsys.readouterr()
        train("--resume", run, "--steps", 5000, "--json", "-")
        report = strict_json(capsys.readouterr().out)
        for key in ("steps", "stopped_early_at", "test_loss", "validation_loss"):
            assert report[key] == whole[key]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--seed", "3", "--steps", "500"], "--seed would change the run"),
        (["--preset", "xor", "--steps", "500"], "--preset would change the run"),
        (["--set", "training.l2=0.1", "--steps", "500"], "--set would change"),
        ([], "--steps TOTAL"),
        (["--steps", "5"], "is at step 10"),
    ],
)
def test_what_would_be_another_run_is_refused(
    tmp_path: Path, capsys: Capture, arguments: list[str], named: str
) -> None:
    run = tmp_path / "run"
    train("--preset", "xor", "--steps", 10, "--checkpoint", run)
    before = run.read_bytes()
    capsys.readouterr()
    train("--resume", run, *arguments, code=2)
    assert named in error_line(capsys)
    assert run.read_bytes() == before


def test_checkpoints_need_a_file(capsys: Capture) -> None:
    train("--preset", "xor", "--steps", 10, "--checkpoint-every", 5, code=2)
    assert "--checkpoint FILE" in error_line(capsys)


def test_a_checkpoint_that_cannot_be_written_costs_no_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def refuse(path: Path, *_rest: object) -> None:
        msg = f"{path}: cannot be written: No space left on device"
        raise FileError(msg)

    monkeypatch.setattr(file_form, "save", refuse)
    run, weights = tmp_path / "run", tmp_path / "w.npz"
    options = ("--preset", "xor", "--steps", 30, "--out", weights, "--json", "-")
    train(*options, "--checkpoint", run, "--checkpoint-every", 10, code=1)
    out, err = capsys.readouterr()
    report = strict_json(out)
    assert report["steps"] == load_weights(weights).step == 30
    assert "No space left" in report["failure"]
    assert err.count("training goes on") == 3


def full_disk(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Files of these names cannot be written."""
    real = atomic.write_bytes

    def write(path: Path, data: bytes) -> None:
        if path.name in names:
            msg = f"{path}: cannot be written: No space left on device"
            raise FileError(msg)
        real(path, data)

    monkeypatch.setattr(atomic, "write_bytes", write)


def test_a_run_that_cannot_be_written_is_rescued(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    full_disk(monkeypatch, "run")
    train("--preset", "xor", "--steps", 30, "--checkpoint", tmp_path / "run", code=1)
    said = capsys.readouterr().err
    assert "run: cannot be written: No space left on device; the run is in " in said
    place = said.split("the run is in ")[1].split(" instead")[0]
    train("--resume", place, "--steps", 40)
    assert load_weights(Path(place)).step == 40


def test_all_that_was_rescued_is_said_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    full_disk(monkeypatch, "run", "w.npz", "report")
    options = ("--out", tmp_path / "w.npz", "--json", tmp_path / "report")
    options += ("--checkpoint", tmp_path / "run")
    train("--preset", "xor", "--steps", 30, *options, code=1)
    out, err = capsys.readouterr()
    assert "30 steps" in out
    assert err.count("\n") == 1
    for said in ("the weights are in ", "the run is in ", "report: cannot be written"):
        assert said in err
