"""The command that trains: its report, its files, and how it fails."""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.checkpoints.file_form import load
from core.cli.main import main
from core.files.weights import load_weights
from core.platform import atomic, devices
from core.platform.installation import command_for_extra
from core.training.run import TrainingRun
from core.values.errors import FileError
from tests.core.support.cli_answers import Capture, error_line, strict_json
from tests.core.support.idx_files import write_set

TRAIN_KEYS = [
    "steps",
    "epochs",
    "parameters",
    "train_loss",
    "test_loss",
    "test_accuracy",
    "seconds",
    "steps_per_second",
    "device",
    "validation_loss",
    "validation_accuracy",
    "train_loss_examples",
    "test_r2",
    "test_rmse",
    "test_by_target",
    "diverged_at",
    "stopped_early_at",
    "interrupted",
]


def test_train_reports_exactly_the_promised_keys(capsys: Capture) -> None:
    assert main(["train", "--preset", "xor", "--steps", "20", "--json", "-"]) == 0
    out, err = capsys.readouterr()
    report = strict_json(out)
    assert list(report) == TRAIN_KEYS
    assert report["steps"] == 20
    assert report["epochs"] == 0.8
    assert report["parameters"] == 42
    assert report["device"] == "cpu"
    assert err == ""


def test_train_writes_weights_that_evaluate_reads_the_same(
    tmp_path: Path, capsys: Capture
) -> None:
    weights, report = tmp_path / "w.safetensors", tmp_path / "r.json"
    command = ["train", "--preset", "circle", "--epochs", "3", "--out", str(weights)]
    assert main([*command, "--json", str(report)]) == 0
    trained = strict_json(report.read_text())
    assert str(weights) in capsys.readouterr().out
    assert trained["steps"] == 75
    assert main(["evaluate", str(weights), "--json", "-"]) == 0
    evaluated = strict_json(capsys.readouterr().out)
    for key in ("test_loss", "test_accuracy", "parameters", "device"):
        assert evaluated[key] == trained[key]
    assert evaluated["examples"] == 250


def test_equal_seeds_give_equal_files_and_another_seed_another(tmp_path: Path) -> None:
    for suffix in (".npz", ".safetensors"):
        files = [tmp_path / f"{name}{suffix}" for name in "abc"]
        for path, seed in zip(files, ("5", "5", "6"), strict=True):
            command = ["train", "--preset", "xor", "--steps", "30", "--seed", seed]
            assert main([*command, "--out", str(path)]) == 0
        contents = [path.read_bytes() for path in files]
        assert contents[0] == contents[1]
        assert contents[0] != contents[2]


def test_training_goes_on_from_opened_weights(tmp_path: Path, capsys: Capture) -> None:
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    assert main(["train", "--preset", "xor", "--steps", "40", "--out", str(first)]) == 0
    capsys.readouterr()
    command = ["train", "--open", str(first), "--out", str(second), "--json", "-"]
    assert main([*command, "--steps", "0"]) == 0
    report = strict_json(capsys.readouterr().out)
    assert (report["steps"], report["steps_per_second"]) == (0, 0.0)
    before, after = load_weights(first), load_weights(second)
    assert after.step == before.step == 40
    for old, new in zip(before.params, after.params, strict=True):
        np.testing.assert_array_equal(old[0], new[0])


def test_a_loss_that_is_no_number_is_null_and_a_failure(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = tmp_path / "w.npz"
    rate = "training.learning_rate=1000"
    settings = ["--set", rate, "--set", "training.optimizer=sgd"]
    settings += [
        "--set",
        "training.loss=squared-error",
        "--set",
        "network.output=identity",
    ]
    command = ["train", "--preset", "xor", *settings, "--out", str(weights)]
    assert main([*command, "--json", "-"]) == 1
    out, err = capsys.readouterr()
    report = strict_json(out)
    assert report["train_loss"] is None
    assert report["test_loss"] is None
    assert "learning rate 1000" in err
    step = report["diverged_at"]
    assert f"the loss of step {step:,} is not a finite number" in err
    assert "lower it, with --set training.learning_rate=…" in err
    assert f"{weights} is not written." in err
    assert main(command) == 1
    assert f"(without a finite loss from step {step} on)" in capsys.readouterr().out
    assert not weights.exists()


def test_ctrl_c_writes_what_is_there_and_exits_with_130(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    advance = TrainingRun.advance

    def interrupted(run: TrainingRun, count: int) -> object:
        if run.step >= 25:
            raise KeyboardInterrupt
        return advance(run, min(count, 25))

    monkeypatch.setattr(TrainingRun, "advance", interrupted)
    weights = tmp_path / "w.npz"
    command = ["train", "--preset", "xor", "--epochs", "9", "--out", str(weights)]
    assert main([*command, "--json", "-"]) == 130
    out, err = capsys.readouterr()
    assert strict_json(out)["steps"] == 25
    assert "interrupted after 25 steps" in err
    assert load_weights(weights).step == 25


def test_missing_mnist_is_an_error_that_says_what_to_do(capsys: Capture) -> None:
    assert main(["train", "--preset", "mnist"]) == 1
    line = error_line(capsys)
    assert "--download" in line
    assert "--data" in line


def test_mnist_files_named_by_data_count_more_than_a_path_in_the_file(
    tmp_path: Path, capsys: Capture
) -> None:
    write_set(tmp_path / "here")
    file = tmp_path / "e.toml"
    file.write_text('[data]\nname = "mnist"\npath = "/nowhere"\n')
    command = ["train", "--experiment", str(file), "--steps", "1", "--json", "-"]
    assert main(command) == 1
    capsys.readouterr()
    assert main([*command, "--data", str(tmp_path / "here")]) == 0
    assert strict_json(capsys.readouterr().out)["parameters"] == 13002


@pytest.mark.parametrize("name", ["missing/w.npz", "folder.npz"])
def test_an_impossible_place_for_the_weights_is_told_before_training(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "folder.npz").mkdir()
    monkeypatch.delattr(TrainingRun, "advance")
    out = str(tmp_path / name)
    assert main(["train", "--preset", "xor", "--out", out]) == 1
    assert out in error_line(capsys)


def test_a_network_that_cannot_fit_is_refused(capsys: Capture) -> None:
    command = ["train", "--preset", "xor", "--set"]
    assert main([*command, "network.hidden=[1000000, 1000000]"]) == 1
    assert "TB" in error_line(capsys)


def test_a_missing_gpu_is_a_failure(capsys: Capture) -> None:
    assert main(["train", "--preset", "xor", "--device", "gpu"]) == 1
    assert command_for_extra("cuda") in error_line(capsys)


def test_validation_data_are_reported_beside_the_test_data(capsys: Capture) -> None:
    command = ["train", "--preset", "circle", "--steps", "20", "--json", "-"]
    assert main(command) == 0
    assert strict_json(capsys.readouterr().out)["validation_loss"] is None
    assert main([*command, "--set", "data.validation_fraction=0.2"]) == 0
    report = strict_json(capsys.readouterr().out)
    assert 0 < float(str(report["validation_loss"])) < 5
    assert 0 < float(str(report["validation_accuracy"])) <= 1
    assert report["train_loss_examples"] == 200


def test_the_training_loss_of_a_huge_network_is_of_the_first_examples(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["train", "--preset", "circle", "--steps", "5", "--json", "-"]
    monkeypatch.setattr("core.cli.reading.MOST_PRODUCTS", 1000.0)
    assert main(command) == 0
    report = strict_json(capsys.readouterr().out)
    weights = int(str(report["parameters"])) - 10  # two layers of 8 and 2 units
    assert report["train_loss_examples"] == 1000 // weights
    assert main([*command, "--report-all"]) == 0
    assert strict_json(capsys.readouterr().out)["train_loss_examples"] == 250


def test_a_network_that_is_no_longer_finite_has_no_accuracy(capsys: Capture) -> None:
    command = ["train", "--preset", "circle", "--steps", "50", "--json", "-", "--set"]
    changes = ["training.learning_rate=1000", "--set", "network.activation=identity"]
    changes += ["--set", "training.loss=squared-error"]
    changes += ["--set", "network.output=identity", "--set"]
    assert main([*command, *changes, "training.optimizer=sgd"]) == 1
    report = strict_json(capsys.readouterr().out)
    assert (report["test_loss"], report["test_accuracy"]) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--set", "training.weight_decay=0.1"], "the optimiser adam does not use it"),
        (["--set", "training.rho=0.3"], "training.rho has no effect"),
        (["--set", "training.schedule_steps=7"], "the schedule constant"),
        (["--set", "data.classes=4"], "the data circle do not use it"),
        (["--set", "training.batch_size=9999"], "takes all 250 training examples"),
        (["--data", "."], "--data has no effect: circle"),
        (["--seed", "1", "--set", "training.seed=2"], "no effect beside --seed"),
        (["--set", "training.optimizer=sgd"], "learning_rate is 0.1, which suits SGD"),
        (["--set", "training.loss=margin"], "classified wrongly give no gradient"),
    ],
)
def test_what_has_no_effect_is_told_in_one_note(
    capsys: Capture, arguments: list[str], word: str
) -> None:
    command = ["train", "--preset", "circle", "--steps", "3", "--json", "-"]
    assert main([*command, *arguments]) == 0
    err = capsys.readouterr().err
    assert word in err
    assert err.count("\n") == 1


def test_a_file_that_holds_no_data_is_refused(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "x.pdf").write_text("%PDF-1.7\n")
    assert main(["train", "--data", str(tmp_path / "x.pdf")]) == 1
    assert "this is a PDF" in error_line(capsys)


def test_weights_that_cannot_be_written_are_rescued(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "w.npz"
    real = atomic.write_bytes

    def full(path: Path, data: bytes) -> None:
        if path == out:
            msg = f"{path}: cannot be written: No space left on device"
            raise FileError(msg)
        real(path, data)

    monkeypatch.setattr(atomic, "write_bytes", full)
    command = ["train", "--preset", "circle", "--steps", "3", "--out", str(out)]
    told = tmp_path / "report.json"
    assert main([*command, "--json", str(told)]) == 1
    # What was learned is told all the same, with why nothing is at that place.
    report = json.loads(told.read_text())
    assert report["steps"] == 3
    assert "w.npz: cannot be written: No space left on device" in report["failure"]
    place = capsys.readouterr().err.split("the weights are in ")[1].split(" instead")[0]
    assert load_weights(Path(place)).step == 3


def test_a_place_that_takes_no_file_is_told_before_training(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refused)
    out = str(tmp_path / "w.npz")
    assert main(["train", "--preset", "circle", "--out", out]) == 1
    assert "Read-only file system" in error_line(capsys)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_leaves_the_weights_and_its_exit_code(
    tmp_path: Path, kind: signal.Signals
) -> None:
    out = tmp_path / "w.npz"
    code = (
        "import core.cli.training_loop as loop, os, sys\n"
        "from core.cli.main import main\n"
        "take = loop.TrainingLoop._take_chunk\n"
        "def take_and_end(self, left):\n"
        "    take(self, left)\n"
        f"    os.kill(os.getpid(), {int(kind)})\n"
        "loop.TrainingLoop._take_chunk = take_and_end\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    command = ["train", "--preset", "circle", "--steps", "1000000", "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 128 + kind
    assert "interrupted after" in done.stderr
    assert load_weights(out).step > 0


@pytest.mark.parametrize("place", ["_take_chunk", "_land", "_stop_where_due"])
def test_two_signals_of_one_wish_leave_the_weights_and_the_checkpoint(
    tmp_path: Path, place: str
) -> None:
    out, checkpoint = tmp_path / "w.npz", tmp_path / "c.ckpt"
    code = (
        "import core.cli.training_loop as loop, os, signal, sys\n"
        "import core.cli.train as train\n"
        "from core.cli.main import main\n"
        f"take, save = loop.TrainingLoop.{place}, train.save_weights\n"
        "def take_and_end(self, *left):\n"
        "    take(self, *left)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "def end_and_save(*parts, **named):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    save(*parts, **named)\n"
        f"loop.TrainingLoop.{place} = take_and_end\n"
        "train.save_weights = end_and_save\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    command = ["train", "--preset", "circle", "--steps", "1000000", "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-c", code, *command, "--checkpoint", str(checkpoint)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 128 + signal.SIGINT, done.stderr
    assert "Traceback" not in done.stderr
    step = load_weights(out).step
    assert f"interrupted after {step:,} step" in done.stderr
    assert load(checkpoint).step == step


def test_the_speed_of_a_run_that_goes_on_is_of_the_steps_that_it_takes(
    tmp_path: Path, capsys: Capture
) -> None:
    checkpoint = str(tmp_path / "c.ckpt")
    begun = ["train", "--preset", "xor", "--steps", "100000"]
    assert main([*begun, "--checkpoint", checkpoint, "--json", "-"]) == 0
    first = strict_json(capsys.readouterr().out)
    going_on = ["train", "--resume", checkpoint, "--steps", "100300", "--json", "-"]
    assert main(going_on) == 0
    second = strict_json(capsys.readouterr().out)
    # A step takes no less time afterwards; before, the 100,000 were counted again.
    assert second["steps_per_second"] < 20 * first["steps_per_second"]


def test_a_network_that_the_device_has_no_memory_for_is_refused(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "free_bytes", lambda _device: 1000)
    assert main(["train", "--preset", "xor", "--steps", "1"]) != 0
    assert "1.0 kB are free" in error_line(capsys)


def test_going_on_from_a_file_says_what_begins_anew(
    tmp_path: Path, capsys: Capture
) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    command = ["train", "--preset", "xor", "--steps", "7", "--out"]
    assert main([*command, str(first)]) == 0
    assert "begin anew" not in capsys.readouterr().err
    assert (
        main(["train", "--open", str(first), "--steps", "5", "--out", str(second)]) == 0
    )
    said = "goes on from the weights of step 7; batches, learning-rate schedule and"
    assert said in capsys.readouterr().err
    assert load_weights(second).step == 12
    assert main(["evaluate", str(second)]) == 0
    assert "begin anew" not in capsys.readouterr().err
