"""Title, formula, settings and state of each optimiser, without JAX.

g is the gradient of the batch, eta the learning rate in force, w a weight. The numbers
that an optimiser reads are keys of the experiment's training table; what it keeps from
step to step is taken apart by `core.network.jax.optimizers.state_trees`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class StateWords:
    """One state of an optimiser: a value for each parameter.

    Attributes:
        name: in code and files.
        title: in the window.
        symbol: in formulas.
        rule: how a step updates it.
    """

    name: str
    title: str
    symbol: str
    rule: str


@dataclass(frozen=True, slots=True)
class OptimizerWords:
    """The description of an optimiser.

    Attributes:
        title: in the window.
        update: how a step updates a weight, after its states.
        numbers: the training keys that it reads besides learning_rate.
        states: its states, in the order in which a step updates them.
        remark: its purpose, or what to know about it.
    """

    title: str
    update: str
    numbers: tuple[str, ...] = ()
    states: tuple[StateWords, ...] = ()
    remark: str = ""

    @property
    def formula(self) -> str:
        """One step as one line: the states, then the weight."""
        return ", then ".join((*(state.rule for state in self.states), self.update))


_VELOCITY: Final = StateWords("velocity", "velocity", "v", "v ← μ v + g")
_MEAN: Final = StateWords("mean", "mean gradient", "m", "m ← μ m + (1 - μ) g")
_SQUARES: Final = StateWords("squares", "sum of squares", "s", "s ← s + g²")
_RMS: Final = StateWords("second_moment", "mean square", "s", "s ← ρ s + (1 - ρ) g²")
_FIRST: Final = StateWords("first_moment", "first moment", "m", "m ← β₁ m + (1 - β₁) g")
_SECOND: Final = StateWords(
    "second_moment", "second moment", "v", "v ← β₂ v + (1 - β₂) g²"
)
_ADAM_STEP: Final = "m / (1 - β₁ᵗ) / (√(v / (1 - β₂ᵗ)) + ε)"
_ADAM_NUMBERS: Final = ("beta1", "beta2", "epsilon")

OPTIMIZERS: Final[Mapping[str, OptimizerWords]] = {
    "sgd": OptimizerWords(
        "SGD",
        "w ← w - η g",
        remark="The batch size decides: one example, a mini-batch, or all of them.",
    ),
    "momentum": OptimizerWords(
        "momentum",
        "w ← w - η v",
        ("momentum",),
        (_VELOCITY,),
        "With m = -η v and the same η throughout: m ← μ m - η g, then w ← w + m.",
    ),
    "averaged-momentum": OptimizerWords(
        "averaging momentum",
        "w ← w - η (m + λ w)",
        ("momentum", "weight_decay"),
        (_MEAN,),
        "The factor 1 - μ keeps the steps from growing by 1 / (1 - μ); λ moves the "
        "weights towards 0, but not the biases.",
    ),
    "nesterov": OptimizerWords(
        "Nesterov",
        "w ← w - η (g + μ v)",
        ("momentum",),
        (_VELOCITY,),
        "Momentum with a look ahead: the newest gradient counts once more.",
    ),
    "adagrad": OptimizerWords(
        "AdaGrad",
        "w ← w - η g / (√s + ε)",
        ("epsilon",),
        (_SQUARES,),
        "Each weight has its own rate, which only decreases.",
    ),
    "rmsprop": OptimizerWords(
        "RMSProp",
        "w ← w - η g / (√s + ε)",
        ("rms_decay", "epsilon"),
        (_RMS,),
        "AdaGrad that forgets: a moving average instead of the sum.",
    ),
    "adam": OptimizerWords(
        "Adam",
        f"w ← w - η {_ADAM_STEP}",
        _ADAM_NUMBERS,
        (_FIRST, _SECOND),
        "Momentum and a rate for each weight, both bias-corrected.",
    ),
    "adamw": OptimizerWords(
        "AdamW",
        f"w ← w - η ({_ADAM_STEP} + λ w)",
        (*_ADAM_NUMBERS, "weight_decay"),
        (_FIRST, _SECOND),
        "Adam with decoupled weight decay (not for biases).",
    ),
}

OPTIMIZER_NUMBERS: Final = (
    "momentum",
    "beta1",
    "beta2",
    "rms_decay",
    "epsilon",
    "weight_decay",
)
"""Every training key that some optimiser reads besides learning_rate."""
