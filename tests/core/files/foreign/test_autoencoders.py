"""Autoencoders: no classifiers, and their halves open by themselves."""

from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.experiment.model import DataSettings
from core.files.experiment_for_weights import experiment_on
from core.files.weights import load_weights
from core.readings.opening import first_experiment
from core.values.errors import FileError
from tests.core.support.cli_answers import Capture, error_line, strict_json

SIZES = {
    "encoder.0": (32, 784),
    "encoder.2": (8, 32),
    "decoder.0": (32, 8),
    "decoder.2": (784, 32),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    random = np.random.default_rng(0)
    tensors = {}
    for name, shape in SIZES.items():
        tensors[f"{name}.weight"] = random.normal(0, 0.1, shape).astype(np.float32)
        tensors[f"{name}.bias"] = random.normal(0, 0.1, shape[0]).astype(np.float32)
    np.savez(tmp_path / "auto.npz", **tensors)
    return tmp_path / "auto.npz"


def test_what_gives_its_inputs_again_is_no_classifier(
    path: Path, tmp_path: Path, capsys: Capture
):
    assert load_weights(path).spec.activations[-1] == "identity"
    out = tmp_path / "net.py"
    assert main(["convert", str(path), str(out)]) == 0
    said = capsys.readouterr().err
    assert "ReLU in the hidden layers and identity at the output is a guess" in said
    assert "a sigmoid there is as common" in said
    assert "softmax" not in said
    assert "softmax" not in out.read_text().lower()


@pytest.mark.parametrize(
    ("part", "sizes"),
    [
        ("1", (784, 32, 8, 32, 784)),
        ("2", (784, 32, 8)),
        ("encoder", (784, 32, 8)),
        ("encoder.0", (784, 32, 8)),
        ("3", (8, 32, 784)),
        ("decoder", (8, 32, 784)),
        ("decoder.0", (8, 32, 784)),
    ],
)
def test_a_half_opens_by_its_number_or_name(
    part: str, sizes: tuple[int, ...], path: Path
):
    weights = load_weights(path, part)
    assert weights.spec.layer_sizes == sizes
    assert weights.spec.activations[-1] == "identity"


def test_info_lists_the_halves(path: Path, capsys: Capture):
    assert main(["info", str(path)]) == 0
    out = capsys.readouterr().out
    assert "part 2: encoder.0 → encoder.2 (784-32-8)" in out
    assert "part 3: decoder.0 → decoder.2 (8-32-784)" in out
    assert "a part opens by --part" in out
    assert main(["info", str(path), "--json", "-"]) == 0
    parts = strict_json(capsys.readouterr().out)["parts"]
    assert isinstance(parts, list)
    assert [part["layers"] for part in parts][1:] == [[784, 32, 8], [8, 32, 784]]


def test_a_refusal_says_how_the_halves_open(path: Path, capsys: Capture):
    assert main(["evaluate", str(path)]) == 1
    said = error_line(capsys)
    assert "it is no classifier" in said
    assert "parts that open by --part: 2: encoder.0 → encoder.2 (784-32-8)" in said
    assert "1: encoder.0" not in said


def test_a_network_with_as_many_classes_as_inputs_is_a_classifier_on_their_data(
    tmp_path: Path,
):
    path = tmp_path / "net.npz"
    layers = {"w1": (8, 2), "b1": (8,), "w2": (2, 8), "b2": (2,)}
    np.savez(path, **{name: np.ones(s, np.float32) for name, s in layers.items()})
    weights = load_weights(path)
    experiment, _ = first_experiment(weights, (), ("circle",))
    assert experiment.data.name == "circle"
    assert experiment.network.output == "softmax"
    on_own = experiment_on(DataSettings(name="xor"), weights)
    assert on_own is not None
    assert on_own.network.output == "softmax"


def test_a_single_chain_is_no_part_of_anything(tmp_path: Path, capsys: Capture):
    path = tmp_path / "net.npz"
    np.savez(path, w1=np.ones((10, 784), np.float32), b1=np.ones(10, np.float32))
    assert main(["info", str(path)]) == 0
    assert "part" not in capsys.readouterr().out.replace(str(tmp_path), "")
    with pytest.raises(FileError, match="it has no part '7'"):
        load_weights(path, "7")
