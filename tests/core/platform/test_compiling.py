import jax
import jax.numpy as jnp
import numpy as np
import pytest

from core.platform import compiling


def test_the_compiler_at_hand_knows_the_options_that_are_set_for_it():
    if compiling.OPTIONS is None:
        pytest.skip("with this jaxlib the options were not tried")
    wave = compiling.jit(lambda x: jnp.sin(x) * 2)
    assert np.asarray(wave(np.float32(0.5))) == np.float32(2) * np.sin(np.float32(0.5))


def test_the_options_leave_the_bits_of_a_gradient_as_they_are():
    def loss(w: jax.Array) -> jax.Array:
        return jnp.sum(jnp.tanh(w @ w.T) ** 2)

    w = np.random.default_rng(3).normal(size=(7, 5)).astype(np.float32)
    ours, plain = compiling.jit(jax.grad(loss))(w), jax.jit(jax.grad(loss))(w)
    np.testing.assert_array_equal(ours, plain)
