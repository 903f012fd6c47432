"""Which layers a file's named tensors are, and in which order they are used."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from core.experiment.model import Experiment
from core.files.weights import WeightsFile, load_weights, save_weights
from core.network.numpy.activations.relu import leaky_relu
from core.network.numpy.activations.table import ACTIVATIONS, is_hidden_activation
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.forward import forward_trace
from core.values.errors import FileError

RANDOM = np.random.default_rng(8)
X = RANDOM.normal(size=3).astype(np.float32)
Tensors = dict[str, np.ndarray]


def made(*shape: int) -> np.ndarray:
    return RANDOM.normal(size=shape).astype(np.float32)


def opened(folder: Path, tensors: Tensors, name: str = "net.npz") -> WeightsFile:
    path = folder / name
    if path.suffix == ".npz":
        np.savez(path, allow_pickle=False, **tensors)
    else:
        save_file(tensors, path)
    return load_weights(path)


def outputs(weights: WeightsFile) -> np.ndarray:
    """z of the output, so that no softmax hides what is wrong."""
    return forward_trace(weights.spec, weights.params, X).pre_activations[-1]


def relu(z: np.ndarray) -> np.ndarray:
    return np.maximum(z, 0)


W1, B1, W2, B2 = made(4, 3), made(4), made(2, 4), made(2)


@pytest.mark.parametrize(
    ("names", "turned"),
    [
        ("w1 b1 w2 b2", False),
        ("coefs_0 intercepts_0 coefs_1 intercepts_1", True),
        ("layer1/kernel layer1/bias layer2/kernel layer2/bias", True),
        ("weights_in bias_in weights_out bias_out", False),
        ("in_w in_b out_w out_b", False),
        ("module.fc1.weight module.fc1.bias module.fc2.weight module.fc2.bias", False),
        ("arr_0 arr_1 arr_2 arr_3", False),
        ("params/Dense_1/kernel params/Dense_1/bias Dense_0/kernel Dense_0/bias", True),
    ],
)
def test_names_of_many_programs_say_which_tensors_belong_together(
    tmp_path: Path, names: str, turned: bool
):
    values = (W1.T.copy() if turned else W1, B1, W2.T.copy() if turned else W2, B2)
    weights = opened(tmp_path, dict(zip(names.split(), values, strict=True)))
    np.testing.assert_allclose(outputs(weights), W2 @ relu(W1 @ X + B1) + B2, rtol=1e-5)


@pytest.mark.parametrize("shape", [(4, 1), (1, 4)])
@pytest.mark.parametrize("names", ["w1 b1 w2 b2", "arr_0 arr_1 arr_2 arr_3"])
def test_biases_may_be_a_row_or_a_column(
    tmp_path: Path, shape: tuple[int, int], names: str
):
    values = (W1, B1.reshape(shape), W2, B2)
    weights = opened(tmp_path, dict(zip(names.split(), values, strict=True)))
    np.testing.assert_array_equal(weights.params[0][1], B1)


def test_a_layer_without_biases_has_zeros_and_that_is_said(tmp_path: Path):
    weights = opened(tmp_path, {"0.weight": W1, "2.weight": W2, "2.bias": B2})
    np.testing.assert_array_equal(weights.params[0][1], np.zeros(4, np.float32))
    assert any("0 has no biases" in text for text in weights.assumptions)


def test_buffers_and_counters_are_left_out_and_said(tmp_path: Path):
    tensors = {"step": np.array(3), "mean": made(1), "w": W1, "b": B1}
    weights = opened(tmp_path, tensors, "net.safetensors")
    assert weights.spec.layer_sizes == (3, 4)
    (said,) = weights.remarks
    assert "step, mean are no part of the layers" in said


@pytest.mark.parametrize(
    ("norm", "after"), [("1", False), ("2", True)], ids=["before", "after"]
)
def test_a_batch_norm_is_folded_where_the_numbers_say(
    tmp_path: Path, norm: str, after: bool
):
    gamma, beta, mean = made(4), made(4), made(4)
    variance = RANDOM.uniform(0.5, 2, 4).astype(np.float32)
    last = "3"
    tensors = {
        "0.weight": W1, "0.bias": B1, f"{last}.weight": W2, f"{last}.bias": B2,
        f"{norm}.weight": gamma, f"{norm}.bias": beta,
        f"{norm}.running_mean": mean, f"{norm}.running_var": variance,
        f"{norm}.num_batches_tracked": np.array(7),
    }  # fmt: skip
    weights = opened(tmp_path, tensors, "net.safetensors")

    def normal(z: np.ndarray) -> np.ndarray:
        return (z - mean) / np.sqrt(variance + 1e-5) * gamma + beta

    z = W1 @ X + B1
    hidden = normal(relu(z)) if after else relu(normal(z))
    np.testing.assert_allclose(outputs(weights), W2 @ hidden + B2, rtol=1e-4, atol=1e-5)


def test_the_slope_of_a_prelu_is_kept(tmp_path: Path):
    tensors = {
        "0.weight": W1, "0.bias": B1, "1.weight": np.array([0.25], np.float32),
        "2.weight": W2, "2.bias": B2,
    }  # fmt: skip
    weights = opened(tmp_path, tensors, "net.safetensors")
    assert weights.spec.activations == ("leaky-relu(0.25)", "softmax")
    z = W1 @ X + B1
    hidden = np.where(z > 0, z, 0.25 * z)
    np.testing.assert_allclose(outputs(weights), W2 @ hidden + B2, rtol=1e-5)
    save_weights(tmp_path / "kept.npz", weights)
    assert load_weights(tmp_path / "kept.npz").spec == weights.spec


def test_a_leaky_relu_of_any_slope_is_an_activation_by_its_name():
    name = leaky_relu(-0.5).name
    experiment = Experiment().with_values({"network.activation": name})
    assert experiment.spec.activations[0] == name
    record = ACTIVATIONS[name]
    z = np.array([-2.0, 3.0], np.float32)
    np.testing.assert_array_equal(record.function(NUMPY, z), [1.0, 3.0])
    np.testing.assert_array_equal(record.slope(NUMPY, z), [-0.5, 1.0])
    for other in ("leaky-relu(nan)", "leaky-relu(0.250)", "leaky-relu(", "leaky(1)"):
        assert not is_hidden_activation(other)


@pytest.mark.parametrize(
    ("tensors", "what"),
    [
        (
            {"0.weight": W1, "1.weight": made(4), "2.weight": W2},
            "PReLU with a slope for",
        ),
        ({"lstm.weight_ih_l0": made(8, 3)}, "recurrent layer"),
        ({"a.weight": made(4, 3, 2)}, "a convolution"),
        (
            {"a.weight": W1, "module.a.weight": W1},
            "a.weight and module.a.weight are both the weight of one layer",
        ),
        (
            {
                "w": W1,
                "n.running_mean": made(7),
                "n.running_var": np.ones(7, np.float32),
            },
            "n of 7 units follows no layer with as many",
        ),
        (
            {
                "w": W1,
                "n.running_mean": made(4),
                "n.running_var": -np.ones(4, np.float32),
            },
            "has variances below 0",
        ),
    ],
)
def test_what_is_no_layer_is_named(tmp_path: Path, tensors: Tensors, what: str):
    with pytest.raises(FileError, match=what):
        opened(tmp_path, tensors, "net.safetensors")


def test_a_square_chain_of_words_leaves_its_order_open(tmp_path: Path):
    tensors = {
        "enter.weight": made(4, 3), "one.weight": made(4, 4),
        "two.weight": made(4, 4), "leave.weight": made(2, 4),
    }  # fmt: skip
    weights = opened(tmp_path, tensors, "net.safetensors")
    assert weights.foreign is not None
    assert len(weights.foreign.part.candidates) == 2
    numbered = {f"fc{k}.weight": v for k, v in enumerate(tensors.values())}
    weights = opened(tmp_path, numbered, "numbered.safetensors")
    assert weights.foreign is not None
    assert len(weights.foreign.part.candidates) == 1


def test_json_of_course_code_has_sigmoids(tmp_path: Path):
    path = tmp_path / "net.json"
    path.write_text(
        '{"sizes": [2, 2, 1], "weights": [[[1, 2], [3, 4]], [[5, 6]]],'
        ' "biases": [[[0.5], [1]], [[2]]], "cost": "CrossEntropyCost"}'
    )
    weights = load_weights(path)
    assert weights.spec.layer_sizes == (2, 2, 1)
    assert weights.spec.activations == ("sigmoid", "sigmoid")
    np.testing.assert_array_equal(weights.params[0][0], [[1, 2], [3, 4]])
    np.testing.assert_array_equal(weights.params[1][1], [2])
