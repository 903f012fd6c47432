"""`glassbox convert`: the ending decides, and what was written is compared."""

from pathlib import Path

import numpy as np
import pytest
from onnx.reference import ReferenceEvaluator

from core.cli.main import main
from core.files.weights import load_weights
from tests.core.support.cli_answers import Capture, error_line
from tests.core.support.exports import loaded
from tests.core.support.foreign_networks import (
    RIGHT,
    network,
    sample_dataset,
    write_sample,
)

TABLE = "\n".join(
    ["size,colour,kind"]
    + [f"{k % 7},{'red' if k % 3 else 'blue'},{'big' if k % 7 > 3 else 'small'}"
       for k in range(70)]
)  # fmt: skip


@pytest.fixture
def trained(tmp_path: Path, capsys: Capture) -> Path:
    """A network that was trained on a table with words."""
    (tmp_path / "things.csv").write_text(TABLE + "\n")
    out = tmp_path / "net.npz"
    arguments = ["--data", str(tmp_path / "things.csv"), "--out", str(out)]
    assert main(["train", *arguments, "--steps", "200"]) == 0
    capsys.readouterr()
    return out


@pytest.mark.parametrize("ending", ["safetensors", "onnx", "json", "csv", "ipynb"])
def test_the_ending_decides_and_the_difference_is_said(
    ending: str, trained: Path, capsys: Capture
):
    target = trained.with_suffix(f".{ending}")
    assert main(["convert", str(trained), str(target)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{target}: 3-32-2, 194 parameters; read back: ")
    assert "the largest difference of a weight is 0" in out
    if ending in ("safetensors", "onnx", "json"):
        assert main(["evaluate", str(target)]) == 0
        assert "test accuracy 100" in capsys.readouterr().out


def test_a_script_takes_the_rows_of_the_table(trained: Path, capsys: Capture):
    target = trained.with_suffix(".py")
    assert main(["convert", str(trained), str(target)]) == 0
    said = capsys.readouterr().out
    assert "the code was read and not run" in said
    script = loaded(target)
    assert script.classify([(6, "red"), (0, "blue"), (5, None)]) == [
        "big",
        "small",
        "big",
    ]


def test_a_network_that_was_read_takes_the_pixels_of_the_file(
    tmp_path: Path, capsys: Capture
):
    folder = str(write_sample(tmp_path / "mnist"))
    test = sample_dataset().test
    pixels = np.asarray(test.inputs, np.float32)
    assert pixels.max() == 255
    name = "normalised_deep.pt"
    for ending in (".py", ".onnx"):
        target = tmp_path / f"net{ending}"
        command = ["convert", str(network(name)), str(target), "--data", folder]
        assert main(command) == 0
        if ending == ".py":
            found = loaded(target).predict(pixels)
        else:
            (found,) = ReferenceEvaluator(str(target)).run(None, {"rows": pixels})
        assert (found.argmax(axis=1) == test.labels).sum() == RIGHT[name]
    capsys.readouterr()


def test_a_network_that_answers_yes_or_no_keeps_the_names_of_its_classes(
    tmp_path: Path, capsys: Capture
):
    folder = str(write_sample(tmp_path / "mnist"))
    name, target = str(network("is_it_a_3.safetensors")), tmp_path / "three.npz"
    assert main(["convert", name, str(target), "--data", folder]) == 0
    assert load_weights(target).class_names == ("not 3", "3")
    assert main(["convert", str(target), str(tmp_path / "three.py")]) == 0
    test = sample_dataset().test
    answers = loaded(tmp_path / "three.py").classify(test.inputs)
    right = sum(
        answer == ("3" if label == 3 else "not 3")
        for answer, label in zip(answers, test.labels, strict=True)
    )
    assert right == RIGHT["is_it_a_3.safetensors"]
    capsys.readouterr()


def test_a_library_is_for_code_alone(trained: Path, capsys: Capture):
    target = trained.with_suffix(".onnx")
    command = ["convert", str(trained), str(target), "--for", "jax"]
    assert main(command) == 2
    assert "--for jax: is for .py, .ipynb, not for .onnx" in error_line(capsys)
    assert not target.exists()


def test_a_state_dict_names_both_of_its_files(trained: Path, capsys: Capture):
    target = trained.with_suffix(".safetensors")
    assert main(["convert", str(trained), str(target), "--for", "torch"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{target} and {trained.with_suffix('.py')}: ")


def test_the_table_of_the_data_is_never_replaced(trained: Path, capsys: Capture):
    table = trained.with_name("things.csv")
    assert main(["convert", str(trained), str(table)]) == 1
    error = error_line(capsys)
    assert f"{table}: is there already: a table" in error
    assert table.read_text() == TABLE + "\n"
    link = trained.with_name("weights.csv")
    link.symlink_to(table)
    assert main(["convert", str(trained), str(link)]) == 1
    assert "choose another name" in error_line(capsys)
    assert table.read_text() == TABLE + "\n"
    again = trained.with_name("all.csv")
    for _ in range(2):  # an earlier export is replaced as easily as ever
        assert main(["convert", str(trained), str(again)]) == 0


def test_no_result_of_training_replaces_its_data(tmp_path: Path, capsys: Capture):
    table = tmp_path / "things.csv"
    table.write_text(TABLE + "\n")
    arrays = tmp_path / "things.npz"
    np.savez(arrays, x=np.random.default_rng(1).random((20, 2)), y=np.arange(20) % 2)
    before = arrays.read_bytes()
    train = ["train", "--steps", "1"]
    for result in ("--json", "--checkpoint"):
        assert main([*train, "--data", str(table), result, str(table)]) == 2
        assert "it is the file that is read as --data" in error_line(capsys)
        named = ["--set", "data.name=file", "--set", f"data.path={table}"]
        assert main([*train, *named, result, str(table)]) == 1
        assert "would be lost" in error_line(capsys)
    assert main([*train, "--data", str(arrays), "--out", str(arrays)]) == 2
    assert main([*train, "--data", str(table), "--out", str(arrays)]) == 1
    assert "a file of data" in capsys.readouterr().err
    assert (table.read_text(), arrays.read_bytes()) == (TABLE + "\n", before)
