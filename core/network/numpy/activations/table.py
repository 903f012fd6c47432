"""All activations by name; a new one is a record and its place in here."""

from typing import Final

from core.network.numpy.activations.elu import ELU
from core.network.numpy.activations.gelu import GELU
from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.relu import LEAKY_RELU, RELU, leaky_named
from core.network.numpy.activations.sigmoid import SIGMOID, TANH
from core.network.numpy.activations.silu import SILU
from core.network.numpy.activations.softmax import SOFTMAX
from core.network.numpy.activations.softplus import SOFTPLUS
from core.network.numpy.activations.straight import IDENTITY, STEP


class _Table(dict[str, Activation]):
    """Leaky ReLUs of any slope are found by their names and stand in no list."""

    def __missing__(self, name: str) -> Activation:
        record = leaky_named(name)
        if record is None:
            raise KeyError(name)
        return record


ACTIVATIONS: Final[dict[str, Activation]] = _Table(
    (record.name, record)
    for record in (
        SOFTMAX,
        RELU,
        SIGMOID,
        TANH,
        LEAKY_RELU,
        GELU,
        SILU,
        ELU,
        SOFTPLUS,
        IDENTITY,
        STEP,
    )
)


def hidden_activations() -> tuple[str, ...]:
    """The names that a hidden layer takes."""
    return tuple(name for name, record in ACTIVATIONS.items() if record.is_hidden)


def output_activations() -> tuple[str, ...]:
    """The names that the output takes."""
    return tuple(name for name, record in ACTIVATIONS.items() if record.is_output)


def is_hidden_activation(name: str) -> bool:
    """Whether a hidden layer may have an activation of that name."""
    try:
        return ACTIVATIONS[name].is_hidden
    except KeyError:
        return False
