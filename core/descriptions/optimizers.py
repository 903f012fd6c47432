"""Title, formula, settings and state of each optimiser, without JAX.

g is the gradient of the batch, eta the learning rate in force, w a weight. The numbers
that an optimiser reads are keys of the experiment's training table; what it keeps from
step to step is taken apart by `core.network.jax.optimizers.state_trees`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.values.words import tr


@dataclass(frozen=True, slots=True)
class StateDescription:
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
class OptimizerDescription:
    """The description of an optimiser.

    Attributes:
        title: in the window.
        sensible_rate: a learning rate to begin with, which trains the bundled digits.
        update: how a step updates a weight, after its states.
        numbers: the training keys that it reads besides learning_rate.
        states: its states, in the order in which a step updates them.
        remark: its purpose, or what to know about it.
    """

    title: str
    sensible_rate: float
    update: str
    numbers: tuple[str, ...] = ()
    states: tuple[StateDescription, ...] = ()
    remark: str = ""

    @property
    def formula(self) -> str:
        """One step as one line: the states, then the weight."""
        return tr(", then ").join((*(state.rule for state in self.states), self.update))


_VELOCITY: Final = StateDescription("velocity", tr("velocity"), "v", "v ← μ v + g")
_MEAN: Final = StateDescription("mean", tr("mean gradient"), "m", "m ← μ m + (1 − μ) g")
_SQUARES: Final = StateDescription("squares", tr("sum of squares"), "s", "s ← s + g²")
_RMS: Final = StateDescription(
    "second_moment", tr("mean square"), "s", "s ← ρ s + (1 − ρ) g²"
)
_FIRST: Final = StateDescription(
    "first_moment", tr("first moment"), "m", "m ← β₁ m + (1 − β₁) g"
)
_SECOND: Final = StateDescription(
    "second_moment", tr("second moment"), "v", "v ← β₂ v + (1 − β₂) g²"
)
_ADAM_STEP: Final = "m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)"
_ADAM_NUMBERS: Final = ("beta1", "beta2", "epsilon")

OPTIMIZERS: Final[Mapping[str, OptimizerDescription]] = {
    "sgd": OptimizerDescription(
        "SGD",
        0.1,
        "w ← w − η g",
        remark=tr("The batch size decides: one example, a mini-batch, or all of them."),
    ),
    "momentum": OptimizerDescription(
        "momentum",
        0.05,
        "w ← w − η v",
        ("momentum",),
        (_VELOCITY,),
        tr("With m = −η v and the same η throughout: m ← μ m − η g, then w ← w + m."),
    ),
    "averaged-momentum": OptimizerDescription(
        tr("averaging momentum"),
        0.3,
        "w ← w − η (m + λ w)",
        ("momentum", "weight_decay"),
        (_MEAN,),
        tr(
            "The factor 1 − μ keeps the steps from growing by 1 / (1 − μ); λ moves "
            "the weights towards 0, but not the biases."
        ),
    ),
    "nesterov": OptimizerDescription(
        tr("Nesterov"),
        0.05,
        "w ← w − η (g + μ v)",
        ("momentum",),
        (_VELOCITY,),
        tr("Momentum with a look ahead: the newest gradient counts once more."),
    ),
    "adagrad": OptimizerDescription(
        "AdaGrad",
        0.05,
        "w ← w − η g / (√s + ε)",
        ("epsilon",),
        (_SQUARES,),
        tr("Each weight has its own rate, which only decreases."),
    ),
    "rmsprop": OptimizerDescription(
        "RMSProp",
        0.003,
        "w ← w − η g / (√s + ε)",
        ("rms_decay", "epsilon"),
        (_RMS,),
        tr("AdaGrad that forgets: a moving average instead of the sum."),
    ),
    "adam": OptimizerDescription(
        "Adam",
        0.003,
        f"w ← w − η {_ADAM_STEP}",
        _ADAM_NUMBERS,
        (_FIRST, _SECOND),
        tr("Momentum and a rate for each weight, both bias-corrected."),
    ),
    "adamw": OptimizerDescription(
        "AdamW",
        0.003,
        f"w ← w − η ({_ADAM_STEP} + λ w)",
        (*_ADAM_NUMBERS, "weight_decay"),
        (_FIRST, _SECOND),
        tr("Adam with decoupled weight decay (not for biases)."),
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
