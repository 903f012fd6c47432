from collections.abc import Iterator

import jax
import pytest


@pytest.fixture(autouse=True)
def jax_as_users_have_it() -> Iterator[None]:
    """Scripts are run outside of the strictness of these tests."""
    with jax.numpy_rank_promotion("allow"), jax.numpy_dtype_promotion("standard"):
        yield
