"""No silent promotion of rank in any test of the core; a runner to talk to."""

import importlib
from collections.abc import Iterator
from types import ModuleType

import jax
import pytest

from core.protocol.messages import RunnerEnded
from tests.core.support.runner_talk import RunnerTalk


@pytest.fixture(autouse=True)
def strict_rank() -> Iterator[None]:
    with jax.numpy_rank_promotion("raise"):
        yield


@pytest.fixture
def strict_dtype() -> Iterator[None]:
    """No silent promotion of dtype either; optax's own code needs it for Adam."""
    with jax.numpy_dtype_promotion("strict"):
        yield


@pytest.fixture
def torch() -> ModuleType:
    """PyTorch, for tests marked `peers`: where there is none they fail."""
    return importlib.import_module("torch")


@pytest.fixture
def talk() -> Iterator[RunnerTalk]:
    """A runner thread that must be alive to the end of the test."""
    talk = RunnerTalk()
    talk.runner.start()
    yield talk
    assert talk.runner.stop()
    talk.look()
    ended = talk.of(RunnerEnded)
    assert not ended, ended[0].details
