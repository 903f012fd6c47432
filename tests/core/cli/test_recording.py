"""`glassbox train --record FOLDER`: what is in the folder is what the run did."""

import json
from pathlib import Path

import numpy as np
import pytest

import glassbox
from core.cli.main import main
from core.files.weights import load_weights
from glassbox.recording import recorder as recorder_module
from glassbox.recording.run_folder import step_of, write_whole

Capture = pytest.CaptureFixture[str]


def train(*arguments: object, preset: str = "spiral") -> int:
    return main(["train", "--preset", preset, *map(str, arguments)])


def report(capsys: Capture, *arguments: object) -> dict[str, object]:
    capsys.readouterr()
    assert train(*arguments, "--json", "-") == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_each_recorded_step_has_the_weights_of_a_run_that_ends_there(
    tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "run"
    assert train("--steps", 300, "--record", folder) == 0
    assert f"record: {folder}" in capsys.readouterr().out
    run = glassbox.open(folder)
    assert run.has_ended
    # Which of those between are kept depends on the time that writing takes.
    assert (run.steps[0], run.steps[-1]) == (0, 300)
    for step in {*run.steps[:2], *run.steps[len(run.steps) // 2 :][:1], 300}:
        out = tmp_path / f"{step}.npz"
        assert train("--steps", step, "--out", out) == 0
        for kept, true in zip(run.weights(step), load_weights(out).params, strict=True):
            np.testing.assert_array_equal(kept[0], true[0])
            np.testing.assert_array_equal(kept[1], true[1])
    assert run.metrics["step"].tolist() == list(range(1, 301))
    assert np.isfinite(run.metrics["loss"]).all()
    assert ((run.metrics["accuracy"] >= 0) & (run.metrics["accuracy"] <= 1)).all()


def test_recorded_test_values_are_those_of_a_run_that_ends_there(
    tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "run"
    recorded = ("--record", folder, "--evaluate-every", 40)
    assert train("--steps", 100, *recorded) == 0
    metrics = glassbox.open(folder).metrics
    read = ~np.isnan(metrics["test_loss"])
    assert metrics["step"][read].tolist() == [0, 40, 80]
    for step, loss in zip(
        metrics["step"][read], metrics["test_loss"][read], strict=True
    ):
        assert report(capsys, "--steps", step)["test_loss"] == loss
    shares = metrics["test_accuracy"][~np.isnan(metrics["test_accuracy"])]
    assert report(capsys, "--steps", 80)["test_accuracy"] == shares[-1]


def test_a_record_changes_nothing_of_the_run(tmp_path: Path, capsys: Capture) -> None:
    plain = report(capsys, "--steps", 120)
    recorded = report(
        capsys, "--steps", 120, "--record", tmp_path / "run", "--evaluate-every", 7
    )
    for key in ("train_loss", "test_loss", "test_accuracy"):
        assert recorded[key] == plain[key]


def test_what_the_probe_holds_is_what_the_network_receives(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert train("--steps", 3, "--record", folder, preset="approximation") == 0
    run = glassbox.open(folder)
    assert run.inputs is not None
    assert run.labels is not None
    # Targets, of which the network has as many as outputs.
    assert run.labels.shape == (len(run.inputs), run.layer_sizes[-1])
    assert "accuracy" not in run.metrics


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--record", "run"), "holds a run already"),
        (("--evaluate-every", 5), "--evaluate-every goes with --record"),
        (("--record", "new", "--resume", "x.ckpt"), "leave out --resume"),
        (("--record", "file"), "cannot be written"),
    ],
)
def test_what_cannot_be_recorded_is_refused_before_training(
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[object, ...],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "run").mkdir()
    (tmp_path / "run/run.toml").write_text("[run]\nformat = 1\n")
    (tmp_path / "file").write_text("")
    if "--resume" in arguments:
        code = main(["train", "--steps", "9", *map(str, arguments)])
    else:
        code = train("--steps", 9, *arguments)
    assert code != 0
    assert says in capsys.readouterr().err
    assert (tmp_path / "run/run.toml").read_text() == "[run]\nformat = 1\n"


def test_a_record_that_cannot_be_written_on_costs_no_training(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = recorder_module.write_whole

    def full(path: Path, data: bytes) -> None:
        if "000000000" in path.name and not path.name.startswith("0" * 12):
            raise OSError(28, "No space left on device")
        real(path, data)

    for module in ("recorder", "writer"):
        monkeypatch.setattr(f"glassbox.recording.{module}.write_whole", full)
    out = tmp_path / "w.npz"
    code = train("--steps", 60, "--record", tmp_path / "run", "--out", out)
    said = capsys.readouterr()
    assert code == 1
    assert "No space left on device" in said.err
    assert load_weights(out).step == 60


def test_a_record_that_cannot_even_begin_costs_no_training(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = recorder_module.write_whole

    def full(path: Path, data: bytes) -> None:
        if path.name == recorder_module.RUN:
            raise OSError(28, "No space left on device")
        real(path, data)

    monkeypatch.setattr(recorder_module, "write_whole", full)
    out, folder = tmp_path / "w.npz", tmp_path / "run"
    options = ("--steps", 60, "--record", folder, "--out", out, "--json", "-")
    assert train(*options) == 1
    said = capsys.readouterr()
    assert "No space left on device; training goes on, and nothing is" in said.err
    told = json.loads(said.out)
    assert told["steps"] == load_weights(out).step == 60
    assert "No space left on device" in told["failure"]
    # The same folder may be named again.
    monkeypatch.setattr(recorder_module, "write_whole", real)
    assert train("--steps", 5, "--record", folder) == 0


@pytest.mark.parametrize("is_begun", [True, False])
def test_the_end_of_a_run_that_is_recorded_alone_is_rescued(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, *, is_begun: bool
) -> None:
    def full(path: Path, data: bytes) -> None:
        if not is_begun or step_of(path) not in (None, 0):
            raise OSError(28, "No space left on device")
        write_whole(path, data)

    for module in ("recorder", "writer"):
        monkeypatch.setattr(f"glassbox.recording.{module}.write_whole", full)
    folder = tmp_path / "of" / "runs"
    assert train("--steps", 60, "--record", folder) == 1
    said = capsys.readouterr().err
    place = said.split("the weights of the end are in ")[1].split(" instead")[0]
    out = tmp_path / "w.npz"
    assert train("--steps", 60, "--out", out) == 0
    for found, true in zip(
        load_weights(Path(place)).params, load_weights(out).params, strict=True
    ):
        np.testing.assert_array_equal(found[0], true[0])
    assert (tmp_path / "of").exists() == is_begun


def test_a_command_that_is_refused_leaves_no_folder(
    tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "of" / "runs"
    assert train("--record", folder, "--set", "training.bogus=1") == 2
    assert "bogus" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_was_recorded_before_the_disk_was_full_is_said(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        if step_of(path) not in (None, 0):
            raise OSError(28, "No space left on device")
        write_whole(path, data)

    monkeypatch.setattr("glassbox.recording.writer.write_whole", full)
    assert train("--steps", 60, "--record", tmp_path / "run") == 1
    said = capsys.readouterr().err
    assert "the weights of 1 step are recorded, the last ones those of step 0" in said
