from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from core.arrays import DoubleArray
from core.experiment.formula import parse_formula


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("x^2", lambda x: 2 * x),
        ("3*x^3 - x/4", lambda x: 9 * x**2 - 0.25),
        ("sin(2*x) + cos(3*x)", lambda x: 2 * np.cos(2 * x) - 3 * np.sin(3 * x)),
        ("max(x, 0)*exp(-x)", lambda x: np.where(x > 0, (1 - x) * np.exp(-x), 0.0)),
    ],
)
def test_jax_differentiates_a_formula(
    text: str, slope: Callable[[DoubleArray], DoubleArray]
):
    formula = parse_formula(text)
    x = np.asarray([-1.5, -0.3, 0.7, 2.0], np.float32)
    slopes = jax.vmap(jax.grad(lambda v: formula.computed_by(jnp, v)))(x)
    np.testing.assert_allclose(slopes, slope(x.astype(float)), rtol=2e-6, atol=2e-6)


def test_a_square_has_slope_zero_at_zero():
    formula = parse_formula("x^2 + 3*y^2", ("x", "y"))
    gradient = jax.grad(lambda p: formula.computed_by(jnp, p[0], p[1]))
    np.testing.assert_array_equal(gradient(jnp.zeros(2)), [0.0, 0.0])
