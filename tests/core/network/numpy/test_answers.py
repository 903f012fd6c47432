"""What outputs say about classes: one for each, or one alone with its sign."""

import math

import jax.numpy as jnp
import numpy as np
import pytest

from core.network.jax.losses import example_losses, share_right
from core.network.numpy import answers as meaning
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.backprop import backward_pass
from core.network.numpy.costs import costs_of, target_of
from core.values.network_spec import NetworkSpec

Z = np.array([-30.0, -2.0, -0.25, 0.0, 0.5, 3.0, 40.0])


@pytest.mark.parametrize(
    ("output", "yes", "no"),
    [("sigmoid", 1, 0), ("tanh", 1, -1), ("identity", 1, -1), ("step", 1, 0)],
)
def test_the_targets_of_one_output_lie_on_both_sides_of_its_value_at_0(
    output: str, yes: float, no: float
):
    assert target_of(1, 1, output).tolist() == [yes]
    assert target_of(0, 1, output).tolist() == [no]
    assert no < float(ACTIVATIONS[output].function(NUMPY, np.float64(1e-9))) <= yes


@pytest.mark.parametrize(("output", "other"), [("softmax", 0), ("tanh", -1)])
def test_of_several_outputs_each_has_its_class(output: str, other: float):
    assert target_of(2, 3, output).tolist() == [other, other, 1]


@pytest.mark.parametrize("output", ["sigmoid", "tanh", "identity"])
def test_one_output_answers_by_the_sign_of_its_z(output: str):
    found = meaning.answers(NUMPY, ACTIVATIONS[output], Z[:, None])
    assert found.tolist() == [0, 0, 0, 0, 1, 1, 1]


def test_a_single_step_has_no_answer_at_0_where_its_rule_would_correct_it():
    found = meaning.answers(NUMPY, ACTIVATIONS["step"], Z[:, None])
    assert found.tolist() == [0, 0, 0, meaning.NO_ANSWER, 1, 1, 1]
    # t z <= 0 is corrected, whichever the class.
    for label in (0, 1):
        target = target_of(label, 1, "step")
        _, delta = _cost_and_delta("perceptron", "step", 0.0, target)
        assert delta == (1 if label == 0 else -1)


def test_one_sigmoid_has_the_binary_cross_entropy_of_its_logit():
    """-ln p of the true class, with p = 1 / (1 + e^-z); at z = 0 it is ln 2."""
    for label in (0, 1):
        target = target_of(label, 1, "sigmoid")
        expected = [math.log1p(math.exp(z if label == 0 else -z)) for z in Z.tolist()]
        found = costs_of("cross-entropy", "sigmoid", Z[:, None], target)
        np.testing.assert_allclose(found, expected, rtol=1e-12)
        labels = jnp.full(len(Z), label, jnp.int32)
        logits = jnp.asarray(Z[:, None], jnp.float32)
        by_jax = example_losses("cross-entropy", "sigmoid", logits, labels)
        np.testing.assert_allclose(by_jax, expected, rtol=2e-6)
    assert costs_of("cross-entropy", "sigmoid", np.zeros(1), target) == math.log(2)


def test_one_tanh_by_hand():
    """Half the square of 1 + tanh 0.5 for the class below 0."""
    a = math.tanh(0.5)
    cost, delta = _cost_and_delta("squared-error", "tanh", 0.5, target_of(0, 1, "tanh"))
    scale = cost / (a + 1) ** 2
    assert scale in (pytest.approx(0.5), pytest.approx(1.0))
    assert delta == pytest.approx(2 * scale * (a + 1) * (1 - a * a))


def _cost_and_delta(
    loss: str, output: str, z: float, target: np.ndarray
) -> tuple[float, float]:
    spec = NetworkSpec((1, 1), (output,))
    params = ((np.array([[z]]), np.zeros(1)),)
    found = backward_pass(spec, loss, params, np.ones(1), target)
    return float(found.cost), float(found.deltas[-1][0])


def test_what_one_output_says_for_the_other_class_mirrors_it():
    sigmoid, tanh = ACTIVATIONS["sigmoid"], ACTIVATIONS["tanh"]
    assert meaning.per_class(sigmoid, (0.75,)) == (0.25, 0.75)
    assert meaning.per_class(tanh, (0.75,)) == (-0.75, 0.75)
    assert meaning.per_class(sigmoid, (0.1, 0.2, 0.7)) == (0.1, 0.2, 0.7)


def test_outputs_are_named_after_the_class_they_stand_for():
    assert meaning.output_names(("no", "yes"), 1) == ("yes",)
    assert meaning.output_names(("a", "b"), 2) == ("a", "b")


def test_the_share_that_is_right_counts_signs():
    logits = jnp.asarray([[-1.0], [2.0], [3.0], [-4.0]])
    labels = jnp.asarray([0, 1, 0, 1], jnp.int32)
    weights = jnp.ones(4, jnp.float32)
    assert float(share_right(logits, labels, weights, "sigmoid")) == 0.5


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("output", ["softmax", "sigmoid", "identity", "step"])
def test_what_is_not_finite_is_no_answer_and_has_no_share(output: str, bad: float):
    record = ACTIVATIONS[output]
    for z in ([0.5, bad, 0.1], [bad]):
        n_out = len(z)
        if n_out == 1 and (record.is_over_layer or record.answers_by_firing):
            continue
        row = np.array([z, n_out * [0.25]], np.float32)
        found = meaning.answers(NUMPY, record, row)
        assert found[0] == meaning.NO_ANSWER
        logits, labels = jnp.asarray(row), jnp.zeros(2, jnp.int32)
        # An example of weight 0 fills up a batch, and says nothing.
        for weights, is_known in ((jnp.ones(2), False), (jnp.array([0.0, 1]), True)):
            share = float(share_right(logits, labels, weights, output))
            assert math.isfinite(share) == is_known


@pytest.mark.peers
def test_one_sigmoid_is_the_bce_with_logits_of_pytorch():
    torch = pytest.importorskip("torch")
    random = np.random.default_rng(4)
    z = random.normal(0, 5, 200).astype(np.float32)
    labels = random.integers(0, 2, 200)
    logits = torch.tensor(z, dtype=torch.float64, requires_grad=True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(
        logits, torch.tensor(labels, dtype=torch.float64), reduction="none"
    )
    loss.sum().backward()
    found = example_losses(
        "cross-entropy",
        "sigmoid",
        jnp.asarray(z[:, None]),
        jnp.asarray(labels, "int32"),
    )
    np.testing.assert_allclose(found, loss.detach().numpy(), rtol=2e-6, atol=1e-7)
    deltas = 1 / (1 + np.exp(-z.astype(np.float64))) - labels
    np.testing.assert_allclose(deltas, logits.grad.numpy(), atol=1e-6)
