"""Each file opens with as many images right as its own library counts."""

from pathlib import Path

import numpy as np
import pytest

from core.data.load import load_dataset
from core.files.weights import load_weights, save_weights
from core.network.numpy.forward import forward_trace
from core.readings.opening import ReadNetwork, first_experiment, read_network
from core.readings.said import NOTHING_SAID, Said, parsed_inputs
from core.values.errors import ExperimentError
from tests.core.support.foreign_networks import (
    RIGHT,
    RIGHT_WHEN_SAID,
    load_sample,
    network,
)


def opened(name: str, said: Said = NOTHING_SAID) -> ReadNetwork:
    weights = load_weights(network(name))
    experiment, _ = first_experiment(weights)
    return read_network(weights, experiment, load_sample, said)


def right(read: ReadNetwork) -> int:
    test = read.dataset.test
    inputs = test.network_inputs(np.arange(len(test)))
    spec, params = read.weights.spec, read.weights.params
    predicted = [forward_trace(spec, params, row).predicted for row in inputs]
    return int(np.count_nonzero(predicted == test.labels))


@pytest.mark.parametrize("name", RIGHT)
def test_a_file_has_as_many_images_right_as_its_own_library_counts(name: str):
    read = opened(name)
    assert right(read) == RIGHT[name]
    assert read.experiment.spec == read.weights.spec
    assert read.notes


@pytest.mark.parametrize(("name", "inputs", "activation"), RIGHT_WHEN_SAID)
def test_what_the_user_says_is_taken(name: str, inputs: str, activation: str):
    layers = len(load_weights(network(name)).spec.activations) - 1
    said = Said(
        parsed_inputs(inputs) if inputs else None,
        (activation,) * layers if activation else None,
    )
    read = opened(name, said)
    assert right(read) == RIGHT_WHEN_SAID[name, inputs, activation]
    assert read.verdict is not None
    finding = read.verdict.inputs if inputs else read.verdict.hidden
    assert finding.how == "said"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("checkpoint_model_optimizer_epoch.pt", "inputs: 0..1, upright (assumed)"),
        ("normalised_deep.pt", "inputs: (x - 0.1307) / 0.3081, upright, found by"),
        ("pixels255.safetensors", "inputs: 0..255, upright, found by trying"),
        ("transposed.safetensors", "the images or the network are transposed"),
        ("labels_from_1.safetensors", "outputs: 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, found"),
        ("eleven_outputs.safetensors", "output 0 never wins: labels begin at 1"),
        ("is_it_a_3.safetensors", "outputs: is it 3?, found by trying"),
        ("tanh_deep.safetensors", "hidden layers tanh (found by trying)"),
        (
            "tanh_normalised.safetensors",
            "hidden layers tanh (found by trying; identity",
        ),
        ("gelu_deep.pt", "hidden layers ReLU (assumed; GELU, SiLU, "),
        ("other_data.safetensors", "no reading of these images is better than chance"),
        ("gelu.onnx", "hidden layers GELU (as given)"),
        ("keras_rescaling.keras", "inputs: 0..255, upright (as given)"),
        ("normalised_inside.onnx", "inputs: 0..1, upright (as given)"),
        ("skl_scaler_mlp.onnx", "StandardScaler is folded into the layer beside it"),
        ("batchnorm_logsoftmax.onnx", "BatchNorm is folded into the layer beside it"),
        ("keras_batchnorm_after.weights.h5", "BatchNorm after the activation, found"),
        ("flax_params.npz", "have been transposed"),
    ],
)
def test_what_is_assumed_and_what_was_found_is_said(name: str, what: str):
    assert what in "\n".join(opened(name).notes)


@pytest.mark.parametrize("name", ["minus1to1.safetensors", "sklearn_standardised.npz"])
def test_where_several_readings_fit_the_belief_is_taken_and_the_user_asked(name: str):
    read = opened(name)
    assert read.verdict is not None
    assert read.verdict.inputs.how == "asked"
    assert read.verdict.reading.inputs_text == "0..1, upright"
    listed = [row.reading.scaling for row in read.verdict.rows]
    truth = "-1..1" if name.startswith("minus") else "each pixel standardised"
    assert truth in listed
    assert "not certain" in "\n".join(read.notes)


def test_a_reading_that_was_found_stays_in_the_experiment_and_the_export(
    tmp_path: Path,
):
    read = opened("transposed_normalised.safetensors")
    kept = read.experiment.network.inferred
    assert kept == ("inputs: (x - 0.1307) / 0.3081, transposed",)
    save_weights(tmp_path / "net.npz", read.weights)
    again = load_weights(tmp_path / "net.npz")
    assert again.experiment is not None
    assert again.experiment.network.inferred == kept
    assert again.foreign is None
    np.testing.assert_array_equal(again.params[0][0], read.weights.params[0][0])


def test_a_network_asked_a_question_keeps_one_output():
    read = opened("is_it_a_3.safetensors")
    assert read.weights.spec.n_outputs == 1
    assert read.experiment.data.outputs == (3,)
    assert read.dataset.class_names == ("not 3", "3")
    assert read.dataset.output_names == ("3",)


def test_an_unknown_reading_of_inputs_is_refused_with_those_there_are():
    with pytest.raises(ExperimentError, match=r"expected one of 0\.\.1; -1\.\.1; "):
        parsed_inputs("0..7")


def test_nothing_is_tried_on_data_that_are_no_images(tmp_path: Path):
    path = tmp_path / "net.npz"
    np.savez(
        path,
        w1=np.ones((3, 2), np.float32),
        b1=np.ones(3, np.float32),
        w2=np.ones((1, 3), np.float32),
        b2=np.ones(1, np.float32),
    )
    weights = load_weights(path)
    experiment, _ = first_experiment(weights)
    assert experiment.data.name == "plane"
    assert experiment.network.output == "identity"
    read = read_network(weights, experiment, load_dataset)
    assert read.verdict is None
    assert read.weights.spec.activations == ("relu", "identity")
    assert "ReLU in the hidden layers and identity at the output" in read.notes[0]
