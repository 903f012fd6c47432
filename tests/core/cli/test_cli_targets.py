"""The commands on data without classes, and on networks without biases."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli.main import main
from core.experiment.model import Experiment
from core.files.weights import WeightsFile, load_weights, save_weights

Capture = pytest.CaptureFixture[str]


def test_train_and_evaluate_name_no_accuracy(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "unit.npz"
    train = ["train", "--preset", "worked-example", "--steps", "1", "--out", str(path)]
    assert main([*train, "--json", "-"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["parameters"] == 2
    assert report["test_accuracy"] is None
    assert report["test_loss"] == pytest.approx(0.1147, abs=5e-5)
    assert load_weights(path).class_names == ()
    assert main(train) == 0
    assert "accuracy" not in capsys.readouterr().out
    assert main(["evaluate", str(path)]) == 0
    out = capsys.readouterr().out
    assert out.endswith("training loss 0.1147, mean of 1 example\n")


def test_training_goes_on_from_a_file_and_not_from_the_given_weights(
    tmp_path: Path, capsys: Capture
) -> None:
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    preset = ["train", "--preset", "worked-example", "--steps", "1"]
    assert main([*preset, "--out", str(first)]) == 0
    again = ["train", "--open", str(first), "--steps", "1", "--out", str(second)]
    assert main(again) == 0
    weights = load_weights(second)
    assert weights.step == 2
    one = load_weights(first).params[0][0]
    assert np.all(weights.params[0][0] < one)
    capsys.readouterr()


def test_predict_writes_the_outputs_of_a_network_without_classes(
    tmp_path: Path, capsys: Capture
) -> None:
    experiment = Experiment().with_values(
        {
            "data.name": "inline",
            "data.inputs": [[0] * 784],
            "data.targets": [[0.5, 2]],
            "network.hidden": [],
            "network.output": "identity",
            "network.bias": False,
            "training.loss": "squared-error",
        }
    )
    weights = np.stack([np.ones(784), np.zeros(784)]).astype(np.float32)
    params = ((weights, np.zeros(2, np.float32)),)
    path = tmp_path / "sum.npz"
    save_weights(path, WeightsFile(experiment.spec, params, experiment))
    picture = tmp_path / "a.png"
    Image.fromarray(np.full((28, 28), 255, np.uint8)).save(picture)
    command = ["predict", str(path), str(picture), "--no-normalise"]
    assert main(command) == 0
    assert capsys.readouterr().out == f"{picture}: 784, 0\n"
    assert main([*command, "--json", "-"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["predictions"]
    assert found["label"] is None
    assert found["outputs"] == [784, 0]


def test_a_change_that_the_given_weights_do_not_fit_is_told(capsys: Capture) -> None:
    command = ["train", "--preset", "chain", "--set", "network.hidden=[2]"]
    assert main(command) == 2
    assert "network.initial_weights: 3 entries" in capsys.readouterr().err


TRAIN = ["train", "--preset", "worked-example", "--steps", "1", "--out"]


def test_a_full_stop_in_the_name_of_weights_is_no_ending(
    tmp_path: Path, capsys: Capture
) -> None:
    assert main([*TRAIN, str(tmp_path / "xor-lr0.5")]) == 0
    assert load_weights(tmp_path / "xor-lr0.5.npz").step == 1
    assert "written as" in capsys.readouterr().err


def test_a_file_that_an_added_ending_leads_to_is_not_replaced(
    tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "net.npz").write_bytes(b"old")
    assert main([*TRAIN, str(tmp_path / "net")]) == 2
    error = capsys.readouterr().err
    assert error.startswith("glassbox: error: --out")
    assert "name it in full" in error
    assert (tmp_path / "net.npz").read_bytes() == b"old"
    assert main([*TRAIN, str(tmp_path / "net.npz")]) == 0


def test_convert_adds_an_ending_too(tmp_path: Path, capsys: Capture) -> None:
    assert main([*TRAIN, str(tmp_path / "a.safetensors")]) == 0
    assert main(["convert", str(tmp_path / "a.safetensors"), str(tmp_path / "b")]) == 0
    assert load_weights(tmp_path / "b.npz").step == 1
