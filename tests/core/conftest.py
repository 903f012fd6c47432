"""No silent promotion of rank in any test of the core."""

from collections.abc import Iterator

import jax
import pytest


@pytest.fixture(autouse=True)
def strict_rank() -> Iterator[None]:
    with jax.numpy_rank_promotion("raise"):
        yield


@pytest.fixture
def strict_dtype() -> Iterator[None]:
    """No silent promotion of dtype either; optax's own code needs it for Adam."""
    with jax.numpy_dtype_promotion("strict"):
        yield
