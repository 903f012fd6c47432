"""Losses as lines of code; `xp` is the namespace: np, jnp or torch.

Each is a few lines that end with C of each row: of the outputs' z, their a, and the
targets t, all (n, n_outputs).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class LossCode:
    """A loss in code.

    Attributes:
        lines: before the value.
        value: of each row.
        gradient: for NumPy: dC/da; or dC/dz, where `is_delta`.
        is_delta: whether the gradient is with respect to z.
    """

    lines: tuple[str, ...]
    value: str
    gradient: str
    is_delta: bool = False


_SIDES: Final = ("m = xp.where(t > 0, z, -z)",)
_SIGN: Final = "np.where(t > 0, 1, -1).astype(np.float32)"
_ERRORS: Final = {
    "squared-error": LossCode((), "((a - t) ** 2).sum(1)", "2 * (a - t)"),
    "half-squared-error": LossCode((), "((a - t) ** 2).sum(1) / 2", "a - t"),
    "absolute-error": LossCode((), "xp.abs(a - t).sum(1)", "np.sign(a - t)"),
    "huber": LossCode(
        ("e = a - t", "c = xp.clip(e, -1, 1)"),
        "(c * (e - c / 2)).sum(1)",
        "np.clip(a - t, -1, 1)",
    ),
}


def loss_code(name: str, output: str, rho: float, n_outputs: int) -> LossCode:
    """The code of a loss with an output activation.

    Raises:
        KeyError: there is no loss of that name, or it does not go with the output.
    """
    if name in _ERRORS:
        return _ERRORS[name]
    found = {
        ("cross-entropy", "softmax"): LossCode(
            (), "-(t * log_softmax(z)).sum(1)", "a - t", is_delta=True
        ),
        ("cross-entropy", "sigmoid"): LossCode(
            (),
            "(t * softplus(-z) + (1 - t) * softplus(z)).sum(1)",
            "a - t",
            is_delta=True,
        ),
        ("hinge", "identity"): LossCode(
            _SIDES,
            "xp.where(m >= 1, 0 * m, 1 - m).sum(1)",
            f"np.where({_SIGN} * z >= 1, 0, -{_SIGN})",
        ),
        ("perceptron", "step"): LossCode(
            _SIDES,
            "xp.where(m > 0, 0 * m, -m).sum(1)",
            f"np.where({_SIGN} * z > 0, 0, -{_SIGN})",
            is_delta=True,
        ),
        ("margin", "softmax"): _margin(rho, n_outputs),
    }
    return found[name, output]


def _margin(rho: float, n_outputs: int) -> LossCode:
    # Without another output the margin is 0, and C is 1.
    nearest = "true" if n_outputs == 1 else "xp.amax(xp.where(t > 0, 0 * a - 1, a), 1)"
    lines = ("true = (a * (t > 0)).sum(1)", f"m = true - {nearest}")
    value = f"xp.where(m >= {rho!r}, 0 * m, xp.where(m <= 0, 0 * m + 1, 1 - m / {rho}))"
    if n_outputs == 1:
        return LossCode(lines, value, "0 * a")
    return LossCode(lines, value, f"margin_gradient(a, t, {rho})")


MARGIN_GRADIENT: Final = '''
def margin_gradient(a, t, rho):
    """-1 / rho for the true class and 1 / rho for its rival where 0 < m < rho."""
    others = np.where(t > 0, -1, a)
    is_rival = others.argmax(axis=1)[:, None] == np.arange(a.shape[1])
    m = ((a * (t > 0)).sum(axis=1) - others.max(axis=1))[:, None]
    signs = np.where(t > 0, -1, np.where(is_rival, 1, 0))
    return np.where((m > 0) & (m < rho), signs / rho, 0).astype(np.float32)
'''


def costs_code(name: str, code: LossCode, namespace: str) -> str:
    """The function `costs` in a language."""
    lines = [
        "def costs(z, a, t):",
        f'    """C of each row: {name}."""',
        *(f"    {line}" for line in code.lines),
        f"    return {code.value}",
    ]
    return "\n".join(lines).replace("xp.", f"{namespace}.")
