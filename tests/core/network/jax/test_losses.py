"""Each loss: by hand, 50 steps against a second writing and against PyTorch, kinks."""

from types import ModuleType
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from core.experiment.rules import LOSSES, check_loss_fits_output
from core.network.jax.losses import example_losses
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.backprop import backward_pass
from core.network.numpy.costs import cost_terms, pieces_of, target_of
from core.network.numpy.losses.margin import margin_and_rival
from core.network.numpy.losses.record import Outputs
from core.network.numpy.proof import prove
from core.training.run import to_numpy
from core.values.errors import ExperimentError
from core.values.network_spec import NetworkSpec, flatten
from core.values.parameter import Parameter
from tests.core.references import numpy_network, torch_network
from tests.core.references.numpy_optimizers import sgd
from tests.core.support.small_runs import small_run

COUNT = 50
RATE = 0.1
F32 = np.float32


def loss_of(loss: str, output: str, z: list[float], label: int) -> float:
    logits = jnp.asarray([z], jnp.float32)
    losses = example_losses(loss, output, logits, jnp.asarray([label], jnp.int32))
    return float(losses[0])


@pytest.mark.parametrize(
    ("loss", "output", "z", "value"),
    [
        ("absolute-error", "identity", [0.25, -0.5, 3.0], 0.75 + 0.5 + 3.0),
        ("hinge", "identity", [0.25, -0.5, -3.0], 0.75 + 0.5 + 0.0),
        ("perceptron", "step", [-0.25, -0.5, 3.0], 0.25 + 0.0 + 3.0),
        ("margin", "softmax", [-1.0, 1.0, 0.0], 1.0),
        ("margin", "softmax", [9.0, 0.0, 0.0], 0.0),
    ],
)
def test_losses_are_those_of_a_hand_calculation(
    loss: str, output: str, z: list[float], value: float
) -> None:
    assert loss_of(loss, output, z, 0) == pytest.approx(value, abs=1e-6)


def test_the_margin_loss_falls_in_a_line_between_zero_and_rho() -> None:
    z = [float(np.log(p)) for p in (0.5, 0.3, 0.2)]
    assert loss_of("margin", "softmax", z, 0) == pytest.approx(1 - 0.2 / 0.5)
    assert loss_of("margin", "softmax", z, 1) == 1.0


def softmax(z: np.ndarray) -> np.ndarray:
    p = np.exp(z - z.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def one_hot(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return np.eye(z.shape[1])[labels]


def absolute_delta(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return np.sign(z - one_hot(z, labels))


def sigmoid_delta(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z)) - one_hot(z, labels)


def half_square_delta(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return z - one_hot(z, labels)


def square_delta(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return 2 * half_square_delta(z, labels)


def hinge_delta(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    t = 2 * one_hot(z, labels) - 1
    return np.where(t * z < 1, -t, 0)


def perceptron_delta(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    t = 2 * one_hot(z, labels) - 1
    return np.where(t * z <= 0, -t, 0)


def margin_delta(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Of two classes: m = p_c - p_other and dp_c/dz_c = p_c p_other."""
    p = softmax(z)
    rows = np.arange(len(z))
    m = p[rows, labels] - p[rows, 1 - labels]
    slope = np.where((m > 0) & (m < 0.5), 2 * p[:, 0] * p[:, 1] / 0.5, 0)
    return -slope[:, None] * (2 * one_hot(z, labels) - 1)


CASES: list[tuple[str, str, numpy_network.Delta]] = [
    ("cross-entropy", "softmax", numpy_network.cross_entropy_delta),
    ("cross-entropy", "sigmoid", sigmoid_delta),
    ("squared-error", "identity", square_delta),
    ("half-squared-error", "identity", half_square_delta),
    ("absolute-error", "identity", absolute_delta),
    ("hinge", "identity", hinge_delta),
    ("margin", "softmax", margin_delta),
    ("perceptron", "step", perceptron_delta),
]


@pytest.mark.parametrize(("loss", "output", "delta"), CASES)
def test_fifty_steps_agree_with_the_formulas_by_hand(
    loss: str, output: str, delta: numpy_network.Delta
) -> None:
    run = small_run(output=output, loss=loss, learning_rate=RATE)
    start, batches = numpy_network.start_of(run), numpy_network.batches_of(run, COUNT)
    before = flatten(to_numpy(run.params))
    rates = [RATE] * COUNT
    wanted = numpy_network.train(start, batches, sgd, rates, delta)
    while run.step < COUNT:
        run.advance(COUNT - run.step)
    found = flatten(to_numpy(run.params))
    np.testing.assert_allclose(found, wanted, atol=1e-5)
    assert np.max(np.abs(found - before)) > 1e-3


def torch_loss(torch: Any, loss: str) -> torch_network.Loss:
    functional = torch.nn.functional

    def wished(z: Any, labels: Any) -> Any:
        return functional.one_hot(labels, z.shape[1]).to(z.dtype)

    def squares(z: Any, labels: Any) -> Any:
        return functional.mse_loss(z, wished(z, labels), reduction="sum") / len(z)

    def sigmoids(z: Any, labels: Any) -> Any:
        return functional.binary_cross_entropy_with_logits(
            z, wished(z, labels), reduction="sum"
        ) / len(z)

    def absolutes(z: Any, labels: Any) -> Any:
        return functional.l1_loss(z, wished(z, labels), reduction="sum") / len(z)

    def hinges(z: Any, labels: Any) -> Any:
        # Its term for y = -1 is max(0, margin - x), with x = t z the hinge itself.
        t = 2 * wished(z, labels) - 1
        sides = -torch.ones_like(z)
        return functional.hinge_embedding_loss(t * z, sides, reduction="sum") / len(z)

    return {
        "squared-error": squares,
        "sigmoid": sigmoids,
        "absolute-error": absolutes,
        "hinge": hinges,
    }[loss]


@pytest.mark.peers
@pytest.mark.parametrize(
    ("loss", "output", "name"),
    [
        ("squared-error", "identity", "squared-error"),
        ("absolute-error", "identity", "absolute-error"),
        ("hinge", "identity", "hinge"),
        ("cross-entropy", "sigmoid", "sigmoid"),
    ],
)
def test_fifty_steps_agree_with_pytorch(
    torch: ModuleType, loss: str, output: str, name: str
) -> None:
    run = small_run(output=output, loss=loss, learning_rate=RATE)
    start, batches = numpy_network.start_of(run), numpy_network.batches_of(run, COUNT)
    wanted = torch_network.train(
        torch, start, batches, "sgd", RATE, loss=torch_loss(torch, name)
    )
    while run.step < COUNT:
        run.advance(COUNT - run.step)
    np.testing.assert_allclose(flatten(to_numpy(run.params)), wanted, atol=1e-5)


def test_a_step_of_the_perceptron_is_rosenblatts_rule() -> None:
    spec = NetworkSpec((2, 2), ("step",))
    weights, biases = np.array([[1, 0], [0, 1]], F32), np.zeros(2, F32)
    inputs = np.array([-2, 3], F32)
    target = target_of(0, 2, "step")
    backward = backward_pass(spec, "perceptron", ((weights, biases),), inputs, target)
    # Output 0 should be above 0 and is -2; output 1 should be below and is 3.
    np.testing.assert_array_equal(-backward.weight_gradient(1), [[-2, 3], [2, -3]])
    np.testing.assert_array_equal(-backward.deltas[0], [1, -1])
    assert backward.cost == 5


def test_an_output_at_zero_is_not_right_yet() -> None:
    spec = NetworkSpec((2, 2), ("step",))
    zeros = ((np.zeros((2, 2), F32), np.zeros(2, F32)),)
    target = target_of(1, 2, "step")
    backward = backward_pass(spec, "perceptron", zeros, np.ones(2, F32), target)
    np.testing.assert_array_equal(backward.deltas[0], [1, -1])


@pytest.mark.parametrize("rho", [0.1, 0.9])
def test_rho_reaches_the_backward_pass(rho: float) -> None:
    z = np.log(np.array([0.5, 0.3, 0.2])).astype(np.float64)
    target = target_of(0, 3, "softmax")
    outputs = Outputs(NUMPY, ACTIVATIONS["softmax"], z, target)
    margin, rival = margin_and_rival(outputs)
    assert (margin, rival) == (pytest.approx(0.2), 1)
    terms = cost_terms("margin", "softmax", z, target, rho=rho)
    assert terms.sum() == pytest.approx(max(0, 1 - 0.2 / rho))


def test_a_proof_across_the_kink_of_a_loss_says_so() -> None:
    spec = NetworkSpec((1, 2), ("identity",))
    on_the_kink = ((np.array([[1], [-3]], F32), np.zeros(2, F32)),)
    target = target_of(0, 2, "identity")
    proof = prove(
        spec,
        "hinge",
        on_the_kink,
        np.ones(1, F32),
        target,
        parameter=Parameter(1, 0, 0),
    )
    assert proof.crosses_kink
    sides = [
        pieces_of("hinge", "identity", np.array([z]), np.array([1.0]))
        for z in (2.0, 0.0)
    ]
    assert sides[0] != sides[1]


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_names_an_output_that_it_needs_or_takes_the_identity(
    loss: str,
) -> None:
    for output in LOSSES[loss].forms or ("identity", "tanh", "sigmoid", "softmax"):
        check_loss_fits_output(loss, output)
    if loss != "perceptron":
        with pytest.raises(ExperimentError, match="perceptron"):
            check_loss_fits_output(loss, "step")


@pytest.mark.parametrize("loss", [name for name in LOSSES if name != "cross-entropy"])
def test_the_drawn_curve_is_the_loss_itself(loss: str) -> None:
    """One output; the margin of a softmax of two is m = tanh(z / 2)."""
    low, high = LOSSES[loss].drawn_over
    for x in np.linspace(low + 0.05, high - 0.07, 9):
        if loss == "margin":
            z = np.array([2 * np.arctanh(x), 0.0])
            target = np.array([1.0, 0.0])
        elif loss in ("hinge", "perceptron"):
            z, target = np.array([x]), np.array([1.0])
        else:
            z, target = np.array([x]), np.array([0.0])
        output = next(iter(LOSSES[loss].forms), "identity")
        wanted = cost_terms(loss, output, z, target, rho=0.5).sum()
        assert LOSSES[loss].curve(np.array([x]), 0.5)[0] == pytest.approx(
            wanted, abs=1e-9
        )
