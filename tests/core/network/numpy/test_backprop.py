"""The explicit backward pass against JAX, central differences and work by hand."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.arrays import HostParams
from core.experiment.rules import check_loss_fits_output
from core.network.jax import losses, network
from core.network.numpy.activations.table import hidden_activations, output_activations
from core.network.numpy.backprop import Backward, backward_pass
from core.network.numpy.costs import target_of
from core.network.numpy.forward import forward_trace
from core.network.numpy.losses.table import LOSSES
from core.network.numpy.proof import Proof, prove
from core.values.errors import ExperimentError
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter

F32 = np.float32


def fits(loss: str, output: str) -> bool:
    try:
        check_loss_fits_output(loss, output)
    except ExperimentError:
        return False
    return True


ENDS = [(o, e) for o in output_activations() for e in LOSSES if fits(e, o)]


Problem = tuple[NetworkSpec, str, HostParams, np.ndarray, int]
# Few of them, because JAX compiles every operation anew for every shape.
SHAPES = ((3, 2), (4, 5, 3), (2, 3, 3, 2), (5, 4, 3, 4, 3), (1, 1, 1, 1))
Wish = tuple[tuple[int, ...], list[str], tuple[str, str], int]
WISHES = st.tuples(
    st.sampled_from(SHAPES),
    st.lists(st.sampled_from(hidden_activations()), min_size=3, max_size=3),
    st.sampled_from(ENDS),
    st.integers(0, 10_000),
).filter(lambda wish: wish[0][-1] > 1 or wish[2][0] != "softmax")  # is refused


def problem_of(wish: Wish) -> Problem:
    sizes, hidden, (output, loss), seed = wish
    spec = NetworkSpec(sizes, (*hidden[: len(sizes) - 2], output))
    rng = np.random.default_rng(seed)
    params = tuple(
        (
            rng.normal(0, 0.8, shape).astype(F32),
            rng.normal(0, 0.3, shape[0]).astype(F32),
        )
        for shape in spec.weight_shapes
    )
    inputs = rng.normal(0, 1, sizes[0]).astype(F32)
    return spec, loss, params, inputs, int(rng.integers(sizes[-1]))


def explicit(
    spec: NetworkSpec, loss: str, params: HostParams, inputs: np.ndarray, label: int
) -> Backward:
    target = target_of(label, spec.n_outputs, spec.activations[-1])
    return backward_pass(spec, loss, params, inputs, target)


def cost_in_jax(
    params: network.Params, spec: NetworkSpec, loss: str, x: jax.Array, label: int
) -> jax.Array:
    logits = network.output_logits(spec, params, x[None])
    labels = jnp.asarray([label], jnp.int32)
    return losses.example_losses(loss, spec.activations[-1], logits, labels)[0]


SATURATED: Wish = (
    (5, 4, 3, 4, 3),
    ["identity", "relu", "identity"],
    ("tanh", "absolute-error"),
    67,
)


@settings(max_examples=40)
@example(SATURATED)
@given(WISHES)
def test_every_gradient_agrees_with_autodiff(wish: Wish) -> None:
    spec, loss, params, inputs, label = problem_of(wish)
    found = explicit(spec, loss, params, inputs, label)
    on_jax = jax.tree.map(jnp.asarray, params)
    cost, wanted = jax.value_and_grad(cost_in_jax)(
        on_jax, spec, loss, jnp.asarray(inputs), label
    )
    assert found.cost == pytest.approx(float(cost), rel=1e-5, abs=1e-6)
    # 1 - a^2 of a saturated tanh has few digits left in float32.
    slopes = zip(spec.activations, found.slopes, strict=True)
    least = min((float(s.min()) for name, s in slopes if name == "tanh"), default=1.0)
    allowed = 1e-5 + 4 * np.finfo(np.float32).eps / max(least, 1e-6)
    for layer, (weights, biases) in enumerate(wanted, start=1):
        for ours, theirs in (
            (found.weight_gradient(layer), weights),
            (found.deltas[layer - 1], biases),
        ):
            scale = float(np.max(np.abs(theirs)))
            np.testing.assert_allclose(
                ours, theirs, rtol=allowed, atol=allowed * scale + 1e-7
            )


SURE: Wish = (
    (5, 4, 3, 4, 3),
    ["relu", "identity", "identity"],
    ("softmax", "cross-entropy"),
    502,
)
"""Its cost is 5e-8, the difference of two numbers of which each has a last digit."""


@settings(max_examples=60)
@example(SURE, 0)
@given(WISHES, st.integers(0, 10_000))
def test_every_gradient_agrees_with_central_differences(wish: Wish, seed: int) -> None:
    spec, loss, params, inputs, label = problem_of(wish)
    rng = np.random.default_rng(seed)
    layer = int(rng.integers(1, spec.n_layers + 1))
    n_out, n_in = spec.weight_shapes[layer - 1]
    source = int(rng.integers(-1, n_in))
    parameter = Parameter(
        layer, int(rng.integers(n_out)), None if source < 0 else source
    )
    proof = proof_of(spec, loss, params, inputs, label, parameter)
    if not proof.crosses_kink:
        allowed = 1e-6 * max(abs(proof.explicit), abs(proof.difference))
        assert abs(proof.explicit - proof.difference) <= allowed + 8 * proof.rounding


def proof_of(
    spec: NetworkSpec,
    loss: str,
    params: HostParams,
    inputs: np.ndarray,
    label: int,
    parameter: Parameter,
) -> Proof:
    target = target_of(label, spec.n_outputs, spec.activations[-1])
    return prove(spec, loss, params, inputs, target, parameter=parameter)


def test_the_pass_keeps_the_forward_values() -> None:
    spec, params, inputs = three_layers()
    found = explicit(spec, "squared-error", params, inputs, 1)
    trace = forward_trace(spec, params, inputs)
    for ours, theirs in zip(found.activations, trace.activations, strict=True):
        np.testing.assert_array_equal(ours, theirs)
        assert ours.dtype == F32


def test_a_unit_with_several_ways_forward_sums_over_them() -> None:
    spec, params, inputs = three_layers()
    found = explicit(spec, "squared-error", params, inputs, 1)
    ways = [params[2][0][m, 1] * found.deltas[2][m] for m in range(2)]
    assert found.activation_gradients[1][1] == pytest.approx(sum(ways), rel=1e-5)


def test_double_precision_stays_double() -> None:
    spec, params, inputs = three_layers()
    double = tuple((w.astype(np.float64), b.astype(np.float64)) for w, b in params)
    found = backward_pass(
        spec, "cross-entropy", double, inputs, target_of(0, 2, "sigmoid")
    )
    assert {d.dtype for d in (*found.deltas, *found.slopes)} == {np.dtype(np.float64)}


def test_a_relu_that_switches_within_the_step_is_reported() -> None:
    spec = NetworkSpec((1, 1, 1), ("relu", "identity"))
    one = np.ones((1, 1), F32)
    params = ((one, np.asarray([-1], F32)), (one, np.zeros(1, F32)))
    proof = proof_of(
        spec, "squared-error", params, np.ones(1, F32), 0, Parameter(1, 0, None)
    )
    assert proof.crosses_kink
    assert proof.explicit == 0
    assert proof.difference != 0


def test_the_worked_example_comes_out_by_hand() -> None:
    spec = NetworkSpec((2, 1), ("sigmoid",))
    params = ((np.asarray([[0.35, 0.40]], F32), np.zeros(1, F32)),)
    found = backward_pass(
        spec,
        "squared-error",
        params,
        np.asarray([0.50, 0.51], F32),
        np.asarray([0.10], F32),
    )
    assert found.pre_activations[0][0] == pytest.approx(0.379, abs=1e-6)
    assert round(float(found.activations[0][0]), 2) == 0.59
    assert round(float(found.slopes[0][0]), 2) == 0.24
    # Half of it is the derivative of the half-squared form.
    assert round(float(found.activation_gradients[0][0]) / 2, 2) == 0.49
    assert round(found.cost / 2, 2) == 0.12
    moved = params[0][0][0] - found.weight_gradient(1)[0] / 2
    np.testing.assert_allclose(np.round(moved, 2), [0.29, 0.34], atol=1e-6)


def three_layers() -> tuple[NetworkSpec, HostParams, np.ndarray]:
    spec = NetworkSpec((4, 3, 3, 2), ("tanh", "sigmoid", "sigmoid"))
    rng = np.random.default_rng(4)
    params = tuple(
        (rng.normal(0, 1, shape).astype(F32), rng.normal(0, 1, shape[0]).astype(F32))
        for shape in spec.weight_shapes
    )
    return spec, params, rng.normal(0, 1, 4).astype(F32)
