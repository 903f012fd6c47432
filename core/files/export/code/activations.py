"""Activations as lines of code for NumPy, JAX and PyTorch."""

import re
from dataclasses import dataclass
from typing import Final

from core.network.numpy.activations.table import ACTIVATIONS

FRAMEWORKS: Final = ("numpy", "jax", "torch")


@dataclass(frozen=True, slots=True)
class ActivationCode:
    """An activation in each language: an expression of z.

    Attributes:
        slope: f'(z) for NumPy, of z and a; empty where f is over the whole layer.
    """

    numpy: str
    slope: str
    jax: str
    torch: str

    def of(self, framework: str) -> str:
        """The expression of z."""
        return {"numpy": self.numpy, "jax": self.jax, "torch": self.torch}[framework]


_SIGMOID: Final = "np.exp(-np.logaddexp(0, -z))"
_SLOPE: Final = "np.exp(-np.logaddexp(0, z) - np.logaddexp(0, -z))"
_TANH_SLOPE: Final = "4 * np.exp(-np.logaddexp(0, 2 * z) - np.logaddexp(0, -2 * z))"
_PHI: Final = "0.5 * erfc(-z / np.float32(2**0.5))"
_CODE: Final = {
    "softmax": ActivationCode(
        "np.exp(log_softmax(z))",
        "",
        "jax.nn.softmax(z, axis=1)",
        "torch.softmax(z, dim=1)",
    ),
    "relu": ActivationCode("np.maximum(z, 0)", "z > 0", "jax.nn.relu(z)", "z.relu()"),
    "sigmoid": ActivationCode(
        _SIGMOID, _SLOPE, "jax.nn.sigmoid(z)", "torch.sigmoid(z)"
    ),
    "tanh": ActivationCode("np.tanh(z)", _TANH_SLOPE, "jnp.tanh(z)", "torch.tanh(z)"),
    "gelu": ActivationCode(
        f"z * {_PHI}",
        f"{_PHI} + z * np.exp(-(z**2) / 2) / np.float32((2 * np.pi) ** 0.5)",
        "jax.nn.gelu(z, approximate=False)",
        "torch.nn.functional.gelu(z)",
    ),
    "silu": ActivationCode(
        f"z * {_SIGMOID}",
        f"{_SIGMOID} + a * (1 - {_SIGMOID})",
        "jax.nn.silu(z)",
        "torch.nn.functional.silu(z)",
    ),
    "elu": ActivationCode(
        "np.where(z > 0, z, np.expm1(np.minimum(z, 0)))",
        "np.exp(np.minimum(z, 0))",
        "jax.nn.elu(z)",
        "torch.nn.functional.elu(z)",
    ),
    "softplus": ActivationCode(
        "np.logaddexp(0, z)",
        _SIGMOID,
        "jax.nn.softplus(z)",
        "torch.logaddexp(z, torch.zeros_like(z))",
    ),
    "identity": ActivationCode("z", "np.ones_like(z)", "z", "z"),
    "step": ActivationCode(
        "(z > 0).astype(np.float32)",
        "np.zeros_like(z)",
        "(z > 0).astype(jnp.float32)",
        "(z > 0).float()",
    ),
}


def code_of(name: str) -> ActivationCode:
    """The code of an activation; a leaky ReLU may have any slope.

    Raises:
        KeyError: there is no activation of that name.
    """
    if not name.startswith("leaky-relu"):
        return _CODE[name]
    slope = slope_of(name)
    return ActivationCode(
        f"np.where(z > 0, z, {slope} * z)",
        f"np.where(z > 0, 1, np.float32({slope}))",
        f"jnp.where(z > 0, z, {slope} * z)",
        f"torch.where(z > 0, z, {slope} * z)",
    )


def slope_of(name: str) -> str:
    """The slope below 0 of a leaky ReLU, as it is written."""
    found = re.search(r"\((.*)\)", ACTIVATIONS[name].name)
    return found[1] if found else "0.01"


def function_name(name: str) -> str:
    """A name for it in a script: "leaky_relu_0_25"."""
    return re.sub(r"\W+", "_", name.replace("(-", "_minus_")).strip("_")
