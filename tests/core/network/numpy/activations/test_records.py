"""Every activation's record: formula, slope, kinks and texts belong together."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import special

from core.network.jax.array_functions import JAX
from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.table import (
    ACTIVATIONS,
    hidden_activations,
    output_activations,
)
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.kinks import kinks_text
from core.values.network_spec import INITIALIZERS

F32 = np.float32
RECORDS = [pytest.param(record, id=name) for name, record in ACTIVATIONS.items()]
STEP = 1e-5


def values_of(record: Activation, z: np.ndarray) -> np.ndarray:
    """f of each number by itself; of a softmax that of it and 0."""
    if not record.is_over_layer:
        return np.asarray(record.function(NUMPY, z))
    pairs = np.stack([z, np.zeros_like(z)], axis=-1)
    return np.asarray(record.function(NUMPY, pairs))[..., 0]


def slopes_of(record: Activation, z: np.ndarray) -> np.ndarray:
    if record.is_over_layer:
        pairs = np.stack([z, np.zeros_like(z)], axis=-1)
        return np.asarray(record.slope(NUMPY, pairs))[..., 0]
    return np.asarray(record.slope(NUMPY, z))


def smooth_points(record: Activation) -> np.ndarray:
    z = np.linspace(-9, 9, 181) + 0.013
    return z[[all(abs(x - k.at) > 1e-3 for k in record.kinks) for x in z]]


@pytest.mark.parametrize("record", RECORDS)
def test_the_slope_is_the_central_difference(record: Activation) -> None:
    z = smooth_points(record)
    difference = (values_of(record, z + STEP) - values_of(record, z - STEP)) / (
        2 * STEP
    )
    np.testing.assert_allclose(slopes_of(record, z), difference, atol=1e-8)


@pytest.mark.parametrize("record", RECORDS)
def test_the_slope_is_what_jax_differentiates_at_the_kinks_too(
    record: Activation,
) -> None:
    z = np.array([*smooth_points(record)[::9], 0, *(k.at for k in record.kinks)])

    def total(z: jax.Array) -> jax.Array:
        if record.is_over_layer:
            pairs = jnp.stack([z, jnp.zeros_like(z)], axis=-1)
            return jnp.sum(record.function(JAX, pairs)[..., 0])
        return jnp.sum(record.function(JAX, z))

    with jax.enable_x64(True):
        found = np.asarray(jax.grad(total)(jnp.asarray(z)))
    np.testing.assert_allclose(found, slopes_of(record, z), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_slope_at_a_kink_is_the_one_of_the_table(
    record: Activation, dtype: type
) -> None:
    for kink in record.kinks:
        z = np.array([kink.at], dtype)
        assert slopes_of(record, z)[0] == dtype(kink.slope)
        assert f"{kink.slope:g}" in kinks_text(record.kinks, "z")


TINY = float(np.finfo(F32).tiny)
SMOOTH = [record for record in ACTIVATIONS.values() if record.saturates]


def in_double(record: Activation, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Value and slope by formulas in which nothing cancels, from SciPy's functions."""
    s, rest = special.expit(z), special.expit(-z)
    below = np.minimum(z, 0)
    phi = np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    share = special.ndtr(z)
    return {
        "sigmoid": (s, s * rest),
        "tanh": (np.tanh(z), 4 * special.expit(2 * z) * special.expit(-2 * z)),
        "gelu": (z * share, share + z * phi),
        "silu": (z * s, s * (1 + z * rest)),
        "elu": (np.where(z > 0, z, np.expm1(below)), np.exp(below)),
        "softplus": (np.logaddexp(0, z), s),
    }[record.name]


@pytest.mark.parametrize("record", SMOOTH, ids=lambda record: record.name)
def test_values_and_slopes_keep_their_float32_digits_over_all_z(
    record: Activation,
) -> None:
    """Within 8 float32 steps, near the slope's own zero within 8 steps of its terms.

    JAX takes numbers below 1e-38 for 0. A SiLU and a GELU multiply one by z, and a
    GELU's tail, whose z squared is rounded in float32, is known to some 1e-4 of itself:
    in JAX as a value too.
    """
    z = np.concatenate([np.linspace(-100, 100, 100_001), [-18.02, 9.998, 18.02]])
    z = z.astype(F32)
    value, slope = in_double(record, z.astype(np.float64))
    eps = float(np.finfo(F32).eps)

    def total(x: jax.Array) -> jax.Array:
        return jnp.sum(record.function(JAX, x))

    least = TINY * 200
    has_a_zero = record.name in ("gelu", "silu")
    near_zero = np.where(np.abs(z + 1) < 0.6, eps, 0) if has_a_zero else 0
    in_slope = 2e-4 if record.name == "gelu" else 8 * eps
    in_jax = 2e-4 if record.name == "gelu" else 8 * eps
    found = record.function(NUMPY, z)
    np.testing.assert_allclose(found, value, rtol=8 * eps, atol=least)
    off = np.abs(record.slope(NUMPY, z) - slope)
    assert np.all(off <= in_slope * np.abs(slope) + near_zero + least)
    found = record.function(JAX, jnp.asarray(z))
    np.testing.assert_allclose(found, value, rtol=in_jax, atol=least)
    off = np.abs(np.asarray(jax.grad(total)(jnp.asarray(z))) - slope)
    assert np.all(off <= in_jax * np.abs(slope) + near_zero + least)


def test_the_slope_of_a_saturated_softmax_is_what_the_others_leave() -> None:
    found = ACTIVATIONS["softmax"].slope(NUMPY, np.array([30, 0, 1], F32))
    p = special.softmax(np.array([30.0, 0, 1]))
    rest = np.array([p[1] + p[2], p[0] + p[2], p[0] + p[1]])
    np.testing.assert_allclose(found, p * rest, rtol=2e-6)


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numpy_and_jax_give_the_same_values_in_their_precision(
    record: Activation, dtype: type
) -> None:
    z = np.linspace(-20, 20, 200, dtype=dtype).reshape(50, 4)
    with jax.enable_x64(dtype is np.float64):
        wanted = np.asarray(record.function(JAX, jnp.asarray(z)))
    found = record.function(NUMPY, z)
    assert found.dtype == wanted.dtype == dtype
    assert record.slope(NUMPY, z).dtype == dtype
    eps = float(np.finfo(dtype).eps)
    np.testing.assert_allclose(found, wanted, rtol=40 * eps, atol=eps * 1e-3)


@pytest.mark.parametrize("record", RECORDS)
def test_values_lie_in_the_range_and_come_near_its_ends(record: Activation) -> None:
    values = values_of(record, np.linspace(-60, 60, 200_001))
    low, high = record.range
    assert values.min() >= low
    assert values.max() <= high
    assert values.min() == pytest.approx(low, abs=1e-6) or not math.isfinite(low)
    assert values.max() == pytest.approx(high, abs=1e-6) or not math.isfinite(high)


@pytest.mark.parametrize("record", RECORDS)
def test_the_steepest_slope_is_named(record: Activation) -> None:
    slopes = np.abs(slopes_of(record, np.linspace(-60, 60, 200_001)))
    assert slopes.max() == pytest.approx(record.steepest, abs=1e-4)
    assert record.is_flat == (slopes.max() == 0)


@pytest.mark.parametrize("record", RECORDS)
def test_what_saturates_or_dies_is_flat_far_out(record: Activation) -> None:
    far = slopes_of(record, np.array([-40.0, 40.0]))
    if record.saturates or record.can_die:
        assert np.abs(far).min() < 1e-6
    if record.can_die:
        assert values_of(record, np.array([-40.0]))[0] == 0


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_has_texts(record: Activation) -> None:
    texts = (record.title, record.formula, record.note, record.latex)
    assert all((*texts, record.slope_formula, record.slope_latex))
    assert record.initializer in INITIALIZERS
    assert record.is_hidden or record.is_output
    assert record.drawn_over[0] < record.drawn_over[1]


@pytest.mark.parametrize("record", RECORDS)
def test_no_number_stays_none_where_a_slope_could_hide_it(record: Activation) -> None:
    if not record.is_flat:
        z = np.full(3, np.nan, F32)
        assert np.isnan(record.function(NUMPY, z)).all()
        assert np.isnan(np.asarray(record.function(JAX, jnp.asarray(z)))).all()


def test_names_are_unique_and_both_lists_have_some() -> None:
    assert all(name == record.name for name, record in ACTIVATIONS.items())
    assert len(hidden_activations()) >= 5
    assert len(output_activations()) >= 5


def test_the_sigmoid_is_right_to_the_last_digits_everywhere() -> None:
    z = np.linspace(-104, 104, 400_001).astype(F32)
    exact = 1 / (1 + np.exp(-z.astype(np.float64)))
    found = NUMPY.sigmoid(z)
    digits = np.spacing(exact.astype(F32))
    assert found.dtype == F32
    assert np.max(np.abs(found - exact) / digits) <= 4
    assert np.all(np.diff(found) >= -2 * digits[1:])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_sigmoid_of_the_largest_numbers_is_0_or_1_without_a_warning(
    dtype: type,
) -> None:
    z = np.array([-1e30, -800, 800, 1e30, -np.inf, np.inf], dtype)
    np.testing.assert_array_equal(NUMPY.sigmoid(z), [0, 0, 1, 1, 0, 1])
