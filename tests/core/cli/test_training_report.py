"""What the report of a training says of its end and of its speed."""

from pathlib import Path

import pytest

from core.cli.main import main
from core.cli.report import TrainingReport, _pace
from core.cli.training_loop import TrainingLoop
from tests.core.support.cli_answers import Capture, strict_json

STOPPING = ["--set", "data.validation_fraction=0.5", "--set"]
STOPPING += ["training.early_stopping=1", "--set", "training.learning_rate=1"]


def test_the_report_says_where_early_stopping_ended_and_what_is_best(
    capsys: Capture,
) -> None:
    command = ["train", "--preset", "overfitting", "--epochs", "300"]
    small = ["--set", "network.hidden=[4]", "--set", "data.train_fraction=0.01"]
    assert main([*command, *small, *STOPPING, "--json", "-"]) == 0
    out, err = capsys.readouterr()
    report = strict_json(out)
    stopped, best = report["stopped_early_at"], report["steps"]
    assert isinstance(stopped, int)
    assert isinstance(best, int)
    assert best < stopped
    assert f"stopped early after {stopped:,} steps" in err
    assert f"those of step {best:,}" in err
    assert report["diverged_at"] is None


def report_of(steps: int, seconds: float, rate: float) -> TrainingReport:
    return TrainingReport(
        steps=steps,
        epochs=1.0,
        parameters=2,
        train_loss=0.5,
        test_loss=0.5,
        test_accuracy=None,
        seconds=seconds,
        steps_per_second=rate,
        device="cpu",
        validation_loss=None,
        validation_accuracy=None,
        train_loss_examples=1,
        test_r2=None,
        test_rmse=None,
        test_by_target=None,
        diverged_at=None,
        stopped_early_at=None,
        interrupted=False,
    )


def test_a_rate_is_only_printed_beside_what_it_is_of() -> None:
    assert _pace(report_of(3750, 1.55, 39_479.0)) == (
        "1.55 s with compilation, 39,479 steps/s after it"
    )
    assert _pace(report_of(10, 20.0, 1.2)).endswith(", 1 step/s after it")
    assert _pace(report_of(10, 0.5, 20.0)) == "0.50 s with compilation"
    assert _pace(report_of(0, 0.0, 0.0)) == "0.00 s with compilation"


def test_the_rate_counts_the_steps_that_early_stopping_took_back(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    counted: list[int] = []

    def rate(_loop: TrainingLoop, taken: int, _seconds: float) -> float:
        counted.append(taken)
        return 0.0

    monkeypatch.setattr(TrainingLoop, "_rate", rate)
    command = ["train", "--preset", "overfitting", "--epochs", "300"]
    small = ["--set", "network.hidden=[4]", "--set", "data.train_fraction=0.01"]
    assert main([*command, *small, *STOPPING, "--json", "-"]) == 0
    assert counted == [strict_json(capsys.readouterr().out)["stopped_early_at"]]


def test_one_of_a_kind_is_counted_in_the_singular(
    tmp_path: Path, capsys: Capture
) -> None:
    own = tmp_path / "one.toml"
    own.write_text(
        '[data]\nname = "inline"\ninputs = [[0.5]]\ntargets = [[0.25]]\n'
        '[network]\nhidden = []\noutput = "identity"\nbias = false\n'
        '[training]\nloss = "squared-error"\n'
    )
    assert main(["train", "--experiment", str(own), "--steps", "1"]) == 0
    out, err = capsys.readouterr()
    assert "\n1 step, 1 epoch, " in out
    assert ", 1 parameter, on" in out
    assert err.endswith("each step takes the only training example\n")
