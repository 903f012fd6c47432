"""Messages that say what is meant, what is allowed, and where."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli import train
from core.cli.main import main
from core.cli.progress import progress_bar
from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from core.platform import atomic
from core.values.errors import ExperimentError, FileError
from tests.core.support.cli_answers import Capture, error_line, weights_file


@pytest.mark.parametrize(
    ("change", "meant"),
    [
        ("training.lerning_rate=1", "did you mean training.learning_rate?"),
        ("learning_rate=1", "did you mean training.learning_rate?"),
        ("network.learning_rate=1", "did you mean training.learning_rate?"),
        ("lerning_rate=1", "did you mean training.learning_rate?"),
        ("seed=1", "did you mean data.seed or training.seed?"),
        ("training.lr=0.1", "did you mean training.learning_rate?"),
        ("lr=0.1", "did you mean training.learning_rate?"),
        ("training.wd=0.1", "did you mean training.weight_decay?"),
        ("momentum=0.5", "did you mean training.momentum?"),
        ("data.set=mnist", "did you mean data.name?"),
        ("layers=[3]", "did you mean network.hidden?"),
        ("training.epochs=3", "an option: --epochs, --steps"),
        ("qqq=1", "unknown key 'qqq' (choose from data.name"),
    ],
)
def test_an_unknown_key_is_asked_after(
    change: str, meant: str, capsys: Capture
) -> None:
    assert main(["train", "--preset", "xor", "--set", change]) == 2
    assert meant in error_line(capsys)


@pytest.mark.parametrize("option", ["--epochs", "--steps", "--seed"])
@pytest.mark.parametrize("value", ["-1", "99999999999999999999", "1.5"])
def test_a_count_that_is_refused_names_its_range(
    option: str, value: str, capsys: Capture
) -> None:
    assert main(["train", "--preset", "xor", f"{option}={value}"]) == 2
    most = "2147483647" if option == "--seed" else "999999999999999"
    assert f"expected a whole number from 0 to {most}" in error_line(capsys)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"inputs": [[0.0]] * 776 + [[float("nan")]], "targets": [[0.0]] * 777},
            "data.inputs: row 777: nan is no finite number",
        ),
        (
            {"inputs": [[1e300]], "targets": [[0.0]]},
            r"row 1: 1e\+300 is too large: computed with in float32, numbers may go up",
        ),
        ({"inputs": [[1], [2]], "labels": ["a", "b"]}, "stand in data.class_names"),
    ],
)
def test_a_wrong_example_is_found_by_its_message(
    values: dict[str, object], said: str
) -> None:
    data = {f"data.{key}": value for key, value in values.items()}
    with pytest.raises(ExperimentError, match=said):
        Experiment().with_values({"data.name": "inline", **data})


def test_a_wrong_initial_weight_is_found_by_its_message() -> None:
    weights = [[[0.0]], [[0.0], [float("inf")]]]
    with pytest.raises(ExperimentError, match="matrix 2: row 2: inf is no finite"):
        Experiment().with_values({"network.initial_weights": weights})


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("more", [["presets"], ["train", "--steps", "0", "--json=-"]])
def test_a_full_standard_output_is_named(more: list[str]) -> None:
    command = [*more, "--preset", "xor"] if more[0] == "train" else more
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "core", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 1
    assert done.stderr == (
        "glassbox: error: standard output: cannot be written: No space left on device\n"
    )


def test_a_folder_that_takes_no_files_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> int:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(FileError, match=r"the folder .* takes no new files"):
        atomic.try_writing(tmp_path / "x.npz")


def test_an_empty_picture_is_told_beside_its_answer(
    tmp_path: Path, capsys: Capture
) -> None:
    weights, blank, inked = weights_file(tmp_path / "w.npz"), "blank.png", "inked.png"
    levels = np.full((28, 28), 255, np.uint8)
    Image.fromarray(levels).save(tmp_path / blank)
    levels[8:20, 13:15] = 0
    Image.fromarray(levels).save(tmp_path / inked)
    files = [str(tmp_path / name) for name in (blank, inked)]
    assert main(["predict", str(weights), *files]) == 0
    notes = capsys.readouterr().err.splitlines()
    assert [f"{tmp_path / blank}: no ink was found" in note for note in notes] == [True]


def test_the_preset_that_is_too_large_says_so_in_the_list(capsys: Capture) -> None:
    assert main(["presets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (line,) = (line for line in lines if line.startswith("parameters"))
    assert "Too large for Glassbox" in line
    assert load_preset("parameters").experiment.spec.parameter_count > 1e9


def test_what_takes_long_before_the_first_step_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts: list[str] = []

    def noting(text: str, total: int, unit: str) -> object:
        texts.append(text)
        return progress_bar(text, total, unit)

    monkeypatch.setattr(train, "progress_bar", noting)
    assert main(["train", "--preset", "xor", "--steps", "0"]) == 0
    assert [text.split()[0] for text in texts] == ["Preparing", "Training"]


def test_a_loss_is_called_grown_only_against_that_of_the_same_examples(
    tmp_path: Path, capsys: Capture
) -> None:
    rows = tmp_path / "rows.toml"
    rows.write_text(
        '[data]\nname = "inline"\ninputs = [[0, 0], [1, 0], [0, 1], [1, 1]]\n'
        "labels = [0, 1, 1, 0]\n[network]\nhidden = [8]\n"
    )
    weights = tmp_path / "rows.safetensors"
    command = ["train", "--experiment", str(rows), "--steps", "200"]
    assert main([*command, "--out", str(weights)]) == 0
    # The first batch is the one example that is learnt already.
    command = ["train", "--open", str(weights), "--set", "training.batch_size=1"]
    assert main([*command, "--steps", "3"]) == 0
    assert main(["train", "--preset", "perceptron", "--steps", "1"]) == 0
    assert "has grown" not in capsys.readouterr().err


def test_no_rate_is_blamed_for_a_loss_that_is_not_finite_from_the_start(
    tmp_path: Path, capsys: Capture
) -> None:
    rows = tmp_path / "rows.toml"
    rows.write_text(
        '[data]\nname = "inline"\ninputs = [[0], [1]]\ntargets = [[1e30], [-1e30]]\n'
        '[network]\nhidden = [2]\noutput = "identity"\n'
        '[training]\nloss = "squared-error"\n'
    )
    assert main(["train", "--experiment", str(rows), "--steps", "3"]) == 1
    told = capsys.readouterr().err
    assert "the numbers of the data or the initial weights are too large" in told
    assert "learning rate 0" not in told


def test_a_loss_far_above_its_start_is_told(capsys: Capture) -> None:
    command = ["train", "--preset", "xor", "--steps", "30", "--set"]
    assert main([*command, "training.learning_rate=0.01"]) == 0
    assert "has grown" not in capsys.readouterr().err
    assert main([*command, "training.learning_rate=300"]) == 0
    assert "the training loss has grown: it was" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("contents", "said"),
    [(b"", "the file is empty"), (b"nothing of the kind\n", "or no .npz file")],
)
def test_a_file_that_is_no_archive_is_told_so(
    contents: bytes, said: str, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "bad.npz"
    path.write_bytes(contents)
    assert main(["info", str(path)]) == 1
    line = error_line(capsys)
    assert said in line
    assert "not a safetensors" not in line


def test_a_file_in_place_of_a_command_is_told_how_it_is_opened(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "bad.npz"
    assert main([str(path)]) == 2
    assert "there is no such file" in error_line(capsys)
    path.write_bytes(b"")
    assert main([str(path)]) == 2
    assert f"--open {path}" in error_line(capsys)


def test_a_table_too_short_to_part_names_what_to_do(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "tiny.csv"
    path.write_text("a,b\n1,2\n3,4\n")
    assert main(["train", "--data", str(path)]) == 1
    assert "is left for testing; add rows, or change" in error_line(capsys)


def test_a_file_without_effect_is_not_searched_for_images(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLASSBOX_DATA", str(tmp_path / "none"))
    path, weights = tmp_path / "tiny.csv", tmp_path / "m.npz"
    path.write_text("a,b\n1,2\n3,4\n")
    weights_file(weights)
    data = ["--set", "data.name=mnist", "--data", str(path)]
    main(["evaluate", str(weights), *data])
    said = capsys.readouterr().err
    assert f"--data {path} has no effect" in said
    assert f"not in {path}" not in said


def test_weights_that_were_written_are_named_though_the_report_is_interrupted(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("core.cli.report.make_report", interrupted)
    out = tmp_path / "w.npz"
    args = ["train", "--preset", "xor", "--steps", "2", "--out", str(out)]
    assert main(args) == 130
    assert out.exists()
    assert f"weights: {out.resolve()}" in capsys.readouterr().err
