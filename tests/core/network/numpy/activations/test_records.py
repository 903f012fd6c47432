"""Every activation's record: formula, slope, kinks and texts belong together."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest

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
    return np.asarray(record.slope(NUMPY, z, values_of(record, z)))


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
    assert record.slope(NUMPY, z, found).dtype == dtype
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
