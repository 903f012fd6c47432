import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.network.jax.losses import example_losses
from core.network.jax.network import (
    forward,
    forward_trace,
    init_params,
    weight_deviation,
)
from core.network.numpy import forward as numpy_forward
from core.network.numpy.activations.table import hidden_activations, output_activations
from core.training.run import to_numpy
from core.values.network_spec import (
    INITIALIZERS,
    NetworkSpec,
    flat_blocks,
    flatten,
)

pytestmark = pytest.mark.usefixtures("strict_dtype")

FILMS = NetworkSpec((784, 16, 16, 10), ("sigmoid", "sigmoid", "sigmoid"), "lecun")


def test_the_network_of_the_films_has_13002_parameters() -> None:
    assert FILMS.parameter_count == 13_002


def test_forward_pass_agrees_with_a_hand_calculation() -> None:
    spec = NetworkSpec((2, 1, 2), ("sigmoid", "softmax"))
    params = (
        (jnp.array([[0.35, 0.40]]), jnp.array([0.0])),
        (jnp.array([[1.0], [-1.0]]), jnp.array([0.0, 0.5])),
    )
    zs, activations = forward_trace(spec, params, jnp.array([[0.50, 0.51]]))
    assert float(zs[0][0, 0]) == pytest.approx(0.379, abs=1e-6)
    hidden = 1 / (1 + np.exp(-0.379))
    assert float(activations[0][0, 0]) == pytest.approx(hidden, abs=1e-6)
    odds = np.exp([hidden, 0.5 - hidden])
    np.testing.assert_allclose(activations[1][0], odds / odds.sum(), rtol=1e-5)


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_initialisers_draw_with_their_standard_deviation(initializer: str) -> None:
    spec = NetworkSpec((400, 300), ("softmax",), initializer)
    ((weights, _),) = init_params(spec, jax.random.key(1))
    wished = weight_deviation(initializer, 400, 300)
    assert float(jnp.std(weights)) == pytest.approx(wished, rel=0.02)


def test_only_the_normal_initialiser_draws_biases() -> None:
    for initializer in INITIALIZERS:
        spec = NetworkSpec((4, 50), ("softmax",), initializer)
        ((_, biases),) = init_params(spec, jax.random.key(0))
        assert bool(jnp.any(biases != 0)) == (initializer == "normal")


def test_he_deviation_is_the_root_of_two_over_the_inputs() -> None:
    assert weight_deviation("he", 784, 16) == pytest.approx((2 / 784) ** 0.5)


# Few of them, because JAX compiles every operation anew for every shape.
SHAPES = ((3, 2), (1, 9), (7, 1, 4), (9, 5, 3), (2, 3, 3, 2), (1, 1, 1, 1))


@settings(max_examples=40)
@given(
    sizes=st.sampled_from(SHAPES),
    hidden=st.sampled_from(hidden_activations()),
    output=st.sampled_from(output_activations()),
    seed=st.integers(0, 1000),
)
def test_host_forward_pass_agrees_with_the_one_that_trains(
    sizes: tuple[int, ...], hidden: str, output: str, seed: int
) -> None:
    spec = NetworkSpec(sizes, (hidden,) * (len(sizes) - 2) + (output,))
    rng = np.random.default_rng(seed)
    drawn = [
        (rng.normal(size=shape), rng.normal(size=shape[0]))
        for shape in spec.weight_shapes
    ]
    params = tuple((jnp.float32(weights), jnp.float32(b)) for weights, b in drawn)
    inputs = jnp.float32(rng.normal(size=(1, sizes[0])))
    zs, activations = forward_trace(spec, params, inputs)
    trace = numpy_forward.forward_trace(spec, to_numpy(params), np.asarray(inputs[0]))
    for wished, got in zip(
        zs + activations, trace.pre_activations + trace.activations, strict=True
    ):
        np.testing.assert_allclose(got, wished[0], rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(forward(spec, params, inputs), activations[-1])


def test_squared_error_sums_over_the_outputs() -> None:
    logits = jnp.array([[0.2, 0.7, 0.1]])
    labels = jnp.array([1], dtype=jnp.int32)
    (loss,) = example_losses("squared-error", "identity", logits, labels)
    assert float(loss) == pytest.approx(0.2**2 + 0.3**2 + 0.1**2, rel=1e-6)


def test_tanh_outputs_are_wished_to_be_minus_one_and_one() -> None:
    logits = jnp.zeros((1, 3))
    labels = jnp.array([0], dtype=jnp.int32)
    (loss,) = example_losses("squared-error", "tanh", logits, labels)
    assert float(loss) == pytest.approx(3.0)


@pytest.mark.parametrize("scale", [1.0, 200.0])
def test_cross_entropy_stays_exact_for_extreme_logits(scale: float) -> None:
    logits = np.array([[1.0, -2.0, 0.5]]) * scale
    labels = jnp.array([1], dtype=jnp.int32)
    wished = np.log(np.exp(logits - logits.max()).sum()) + logits.max() - logits[0, 1]
    (loss,) = example_losses("cross-entropy", "softmax", jnp.float32(logits), labels)
    assert float(loss) == pytest.approx(float(wished), rel=1e-6)
    signed = np.where(np.arange(3) == 1, logits, -logits)
    (loss,) = example_losses("cross-entropy", "sigmoid", jnp.float32(logits), labels)
    assert float(loss) == pytest.approx(float(np.logaddexp(0, -signed).sum()), rel=1e-6)


def test_flat_numbering_runs_through_weights_then_biases_layer_by_layer() -> None:
    spec = NetworkSpec((3, 2, 4), ("relu", "softmax"))
    blocks = list(flat_blocks(spec))
    assert blocks == [
        (1, False, 0, 6),
        (1, True, 6, 8),
        (2, False, 8, 16),
        (2, True, 16, 20),
    ]
    params = tuple(
        (np.full((n_out, n_in), k, np.float32), np.full(n_out, -k, np.float32))
        for k, (n_out, n_in) in enumerate(spec.weight_shapes, start=1)
    )
    flat = flatten(params)
    for layer, is_bias, start, stop in blocks:
        assert set(flat[start:stop]) == {-layer if is_bias else layer}


def test_a_network_needs_two_layers_and_an_activation_for_each() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        NetworkSpec((784,), ())
    with pytest.raises(ValueError, match="2 computed layers"):
        NetworkSpec((2, 3, 1), ("relu",))
