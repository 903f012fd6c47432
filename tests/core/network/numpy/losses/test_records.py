"""Every loss's record with every output: derivatives, kinks, curves and texts."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from core.network.jax.array_functions import JAX
from core.network.jax.losses import example_losses
from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.backprop import backward_pass
from core.network.numpy.costs import cost_terms, costs_of, pieces_of, target_of
from core.network.numpy.kinks import kinks_text
from core.network.numpy.losses.record import Loss, Outputs
from core.network.numpy.losses.table import LOSSES, usual_loss
from core.values.network_spec import NetworkSpec

F32 = np.float32
RECORDS = [pytest.param(record, id=name) for name, record in LOSSES.items()]
PAIRS = [
    pytest.param(loss, output, id=f"{loss.name} of {output.name}")
    for loss in LOSSES.values()
    for output in ACTIVATIONS.values()
    if output.is_output and loss.fits(output)
]
N_OUT = 3
STEP = 1e-6


def deltas_of(
    loss: Loss, output: Activation, z: np.ndarray, label: int, rho: float = 0.5
) -> np.ndarray:
    """dC/dz by the backward pass of a network that adds z to nothing."""
    n = len(z)
    spec = NetworkSpec((1, n), (output.name,))
    params = ((np.zeros((n, 1), z.dtype), z),)
    target = target_of(label, n, output.name)
    back = backward_pass(spec, loss.name, params, np.zeros(1, z.dtype), target, rho=rho)
    return np.asarray(back.deltas[0])


def by_jax(
    loss: Loss, output: Activation, z: np.ndarray, label: int, rho: float = 0.5
) -> np.ndarray:
    def cost(z: jax.Array) -> jax.Array:
        labels = jnp.asarray([label], jnp.int32)
        return example_losses(loss.name, output.name, z[None], labels, rho=rho)[0]

    with jax.enable_x64(z.dtype == np.float64):
        return np.asarray(jax.grad(cost)(jnp.asarray(z)))


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_delta_is_the_central_difference_and_what_jax_differentiates(
    loss: Loss, output: Activation
) -> None:
    rng = np.random.default_rng(5)
    checked = 0
    for label in (0, 2):
        z = rng.normal(0, 1.2, N_OUT)
        target = target_of(label, N_OUT, output.name)
        moved = np.stack([z + STEP * np.eye(N_OUT), z - STEP * np.eye(N_OUT)])
        ends = (loss.name, output.name, moved.reshape(-1, N_OUT), target)
        costs = costs_of(*ends).reshape(2, N_OUT)
        pieces = pieces_of(*ends).reshape(2, N_OUT, -1)
        smooth = (pieces[0] == pieces[1]).all(axis=-1)
        found = deltas_of(loss, output, z, label)
        difference = (costs[0] - costs[1]) / (2 * STEP)
        np.testing.assert_allclose(found[smooth], difference[smooth], atol=1e-8)
        np.testing.assert_allclose(
            found, by_jax(loss, output, z, label), rtol=1e-9, atol=1e-12
        )
        checked += int(smooth.sum())
    assert checked > 0


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_numpy_and_jax_give_the_same_costs_in_their_precision(
    loss: Loss, output: Activation
) -> None:
    z = np.random.default_rng(6).normal(0, 3, (8, N_OUT)).astype(F32)
    labels = np.arange(8, dtype=np.int32) % N_OUT
    wanted = example_losses(loss.name, output.name, jnp.asarray(z), jnp.asarray(labels))
    for row, label, cost in zip(z, labels, wanted, strict=True):
        target = target_of(int(label), N_OUT, output.name)
        terms = cost_terms(loss.name, output.name, row, target)
        assert terms.shape == row.shape
        assert terms.sum() == pytest.approx(float(cost), rel=1e-5, abs=1e-6)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
@pytest.mark.parametrize("size", [30.0, 200.0])
def test_no_value_of_a_saturated_output_is_no_number(
    loss: Loss, output: Activation, size: float
) -> None:
    for sign in (1, -1):
        z = np.array([sign * size, -sign * size, 0], F32)
        spec = NetworkSpec((1, 3), (output.name,))
        params = ((np.zeros((3, 1), F32), z),)
        target = target_of(0, 3, output.name)
        back = backward_pass(spec, loss.name, params, np.zeros(1, F32), target)
        for values in (back.cost_terms, back.activation_gradients[-1], back.deltas[-1]):
            assert not np.isnan(values).any()
            assert values.dtype == F32


def at_the_kink(loss: Loss, at: float) -> tuple[str, np.ndarray]:
    """An output, and z that bring what the loss looks at to a place."""
    if loss.reads_rho:
        # Two classes have m = tanh(dz / 2); rho is moved to where rounding puts m.
        return "softmax", np.array([2 * np.arctanh(at), 0.0])
    if loss.needs_classes:
        return next(iter(loss.forms)), np.array([at, -5.0])
    return "identity", np.array([1 + at, 5.0])


@pytest.mark.parametrize("loss", RECORDS)
def test_the_slope_at_a_kink_is_the_one_of_the_table_in_both_passes(loss: Loss) -> None:
    for kink in loss.kinks(0.5):
        name, z = at_the_kink(loss, kink.at)
        output = ACTIVATIONS[name]
        if loss.reads_rho and kink.at > 0:
            continue
        # Over the axis: its value grows with z of the true class.
        assert deltas_of(loss, output, z, 0)[0] == kink.slope
        assert by_jax(loss, output, z, 0)[0] == kink.slope
        assert f"{kink.slope:g}" in kinks_text(loss.kinks(0.5), loss.axis_symbol)


def test_the_slopes_at_the_kinks_are_those_that_the_texts_promise() -> None:
    """In numbers, as table and passes could agree on a wrong one."""
    slopes = {
        (name, kink.at): kink.slope
        for name in ("absolute-error", "hinge", "perceptron", "margin")
        for kink in LOSSES[name].kinks(0.5)
    }
    assert slopes == {
        ("absolute-error", 0.0): 0.0,
        ("hinge", 1.0): 0.0,
        ("perceptron", 0.0): -1.0,
        ("margin", 0.0): 0.0,
        ("margin", 0.5): 0.0,
    }
    hidden = {
        (name, kink.at): kink.slope
        for name in ("relu", "leaky-relu")
        for kink in ACTIVATIONS[name].kinks
    }
    assert hidden == {("relu", 0.0): 0.0, ("leaky-relu", 0.0): float(F32(0.01))}


def test_the_cost_of_a_class_is_headed_by_the_term_that_is_summed() -> None:
    """The other classes have no term: their t is 0."""
    text = LOSSES["cross-entropy"].forms["softmax"].text
    assert text.term == "\N{MINUS SIGN}t log p"


def test_the_margin_loss_is_flat_where_the_margin_is_rho() -> None:
    output, loss = ACTIVATIONS["softmax"], LOSSES["margin"]
    z = np.array([1.0, 0.25], F32)
    p = output.function(NUMPY, z)
    rho = float(p[0] - p[1])
    np.testing.assert_array_equal(deltas_of(loss, output, z, 0, rho), 0)
    # JAX rounds its softmax otherwise.
    p = np.asarray(output.function(JAX, jnp.asarray(z)))
    rho = float(p[0] - p[1])
    np.testing.assert_array_equal(by_jax(loss, output, z, 0, rho), 0)


def test_of_equal_rivals_the_first_one_moves() -> None:
    output, z = ACTIVATIONS["softmax"], np.array([0.3, 0.1, 0.1])
    form = LOSSES["margin"].with_output(output)
    gradient = form.gradient(Outputs(NUMPY, output, z, target_of(0, 3, "softmax")))
    np.testing.assert_array_equal(gradient, [-2, 2, 0])
    found = deltas_of(LOSSES["margin"], output, z, 0)
    np.testing.assert_allclose(found, by_jax(LOSSES["margin"], output, z, 0))


@pytest.mark.parametrize("name", ["hinge", "perceptron", "margin"])
def test_the_cost_of_no_number_is_no_number(name: str) -> None:
    loss = LOSSES[name]
    output = ACTIVATIONS[next(iter(loss.forms))]
    z = np.array([np.nan, 0, 1], F32)
    target = target_of(0, 3, output.name)
    assert np.isnan(cost_terms(name, output.name, z, target).sum())
    found = example_losses(name, output.name, jnp.asarray(z)[None], jnp.array([0]))
    assert np.isnan(found[0])


def test_the_gradient_of_a_saturated_sigmoid_with_cross_entropy_is_that_of_its_z() -> (
    None
):
    output, loss = ACTIVATIONS["sigmoid"], LOSSES["cross-entropy"]
    z = np.array([20.0, -20.0, 20.0], F32)
    target = np.array([1, 0, 0], F32)
    gradient = loss.with_output(output).gradient(Outputs(NUMPY, output, z, target))
    np.testing.assert_allclose(gradient, [-1, 1, 1 + np.exp(20.0)], rtol=1e-6)


def test_a_sure_sigmoid_with_cross_entropy_still_says_how_sure_in_both_passes() -> None:
    """Of a = 1 in float32 nothing is left, and of z = 20 there is."""
    z = np.array([20.0, -20.0, -40.0], F32)
    wanted = [-1 / (1 + np.exp(20.0)), np.exp(-20.0), np.exp(-40.0)]
    output, loss = ACTIVATIONS["sigmoid"], LOSSES["cross-entropy"]
    np.testing.assert_allclose(deltas_of(loss, output, z, 0), wanted, rtol=1e-6)
    np.testing.assert_allclose(by_jax(loss, output, z, 0), wanted, rtol=1e-6)


@pytest.mark.parametrize("loss", RECORDS)
def test_every_record_has_texts_and_a_finite_curve(loss: Loss) -> None:
    texts = (loss.title, loss.formula, loss.note, loss.latex, loss.axis)
    assert all((*texts, loss.axis_symbol, *loss.curve_titles))
    low, high = loss.drawn_over
    curve = loss.curve(np.linspace(low + 1e-6, high, 50), 0.5)
    assert np.isfinite(curve).all()
    assert min(curve) >= 0
    assert loss.ticks[0] == low
    assert loss.ticks[-1] == high


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_every_form_says_where_the_way_back_begins(
    loss: Loss, output: Activation
) -> None:
    form = loss.with_output(output)
    assert form.text.term
    assert form.text.sentence
    assert (form.text.factor is None) == bool(form.text.gradient[0])
    assert (form.delta is not None) == bool(form.text.delta)


def test_every_output_has_a_loss_and_every_loss_an_output() -> None:
    for output in ACTIVATIONS.values():
        if output.is_output:
            assert usual_loss(output).fits(output)
    for loss in LOSSES.values():
        assert any(loss.fits(o) for o in ACTIVATIONS.values() if o.is_output)
