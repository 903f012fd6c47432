"""Comparisons that start from one experiment: the variants and their names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from core.descriptions.optimizers import OPTIMIZERS
from core.experiment.effects import with_rate_of_optimizer
from core.experiment.model import Experiment
from core.protocol.side_jobs.compare import Member
from core.values.errors import GlassboxError
from core.values.words import plural, tr

RATE_FACTORS: Final = (0.01, 0.1, 1.0, 10.0, 100.0)
DECAYS: Final = (0.0, 0.003, 0.03, 0.3)
WIDTHS: Final = (1, 3, 10, 30, 100, 1000)


@dataclass(frozen=True, slots=True)
class Variation:
    """A kind of comparison.

    Attributes:
        title: in the window.
        question: what it answers.
        measure: the curve that answers it, a field of MemberCurves.
        steps: default number of steps.
        presets: presets that are made for it.
        members: variants of an experiment; raises GlassboxError if there are none.
    """

    title: str
    question: str
    measure: str
    steps: int
    presets: tuple[str, ...]
    members: Callable[[Experiment], tuple[Member, ...]]


def _rates(experiment: Experiment) -> tuple[Member, ...]:
    rate = experiment.training.learning_rate
    chosen = [rate * factor for factor in RATE_FACTORS if rate * factor <= 1000]
    return tuple(_varied(experiment, f"{r:g}", learning_rate=r) for r in chosen)


def _labels(experiment: Experiment) -> tuple[Member, ...]:
    if not experiment.data.has_classes:
        msg = tr("This data set has no classes whose labels could be shuffled.")
        raise GlassboxError(msg)
    return tuple(
        Member(name, experiment.with_values({"data.shuffled_labels": shuffled}))
        for name, shuffled in (
            (tr("true labels"), False),
            (tr("shuffled labels"), True),
        )
    )


def _decays(experiment: Experiment) -> tuple[Member, ...]:
    names = [f"L2 {decay:g}" if decay else tr("no penalty") for decay in DECAYS]
    return tuple(
        _varied(experiment, name, l2=decay)
        for name, decay in zip(names, DECAYS, strict=True)
    )


def _widths(experiment: Experiment) -> tuple[Member, ...]:
    values = {"network.initial_weights": None, "network.initial_biases": None}
    activations = experiment.network.activations
    activation = activations[0] if activations else "tanh"
    return tuple(
        Member(
            plural(width, "{width} unit", "{width} units", width=width),
            experiment.with_values(
                {
                    **values,
                    "network.hidden": (width,),
                    "network.activation": activation,
                }
            ),
        )
        for width in WIDTHS
    )


def _optimizers(experiment: Experiment) -> tuple[Member, ...]:
    """Each with the rate that choosing it gives; the experiment's own keeps its own."""
    members = []
    for name, description in OPTIMIZERS.items():
        values = with_rate_of_optimizer({"training.optimizer": name}, experiment)
        varied = experiment.with_values(values)
        title = f"{description.title} {varied.training.learning_rate:g}"
        members.append(Member(title, varied))
    return tuple(members)


def _varied(experiment: Experiment, name: str, **training: object) -> Member:
    values = {f"training.{key}": value for key, value in training.items()}
    return Member(name, experiment.with_values(values))


VARIATIONS: Final[Mapping[str, Variation]] = {
    "optimizers": Variation(
        tr("Optimisers"),
        tr(
            "The same initial weights and batches, each optimiser with its own "
            "learning rate"
        ),
        "train_loss",
        500,
        ("optimizers",),
        _optimizers,
    ),
    "learning-rate": Variation(
        tr("Learning rates"),
        tr(
            "Too small, suitable, too large: the same network with different "
            "learning rates"
        ),
        "train_loss",
        500,
        ("learning-rate",),
        _rates,
    ),
    "labels": Variation(
        tr("True and shuffled labels"),
        tr("A large enough network memorises shuffled labels too, but more slowly"),
        "train_loss",
        2000,
        ("random-labels",),
        _labels,
    ),
    "regularisation": Variation(
        tr("Weight decay"),
        tr(
            "Few examples are memorised; a penalty on the weights (L2), or stopping "
            "at the lowest test loss, reduces overfitting"
        ),
        "test_loss",
        1000,
        ("overfitting",),
        _decays,
    ),
    "width": Variation(
        tr("Width of one hidden layer"),
        tr(
            "More units approximate the function better; the curve is the largest error"
        ),
        "largest_error",
        2000,
        ("approximation",),
        _widths,
    ),
}


def variation_for(preset: str | None) -> str | None:
    """The comparison for which a preset is made."""
    for key, variation in VARIATIONS.items():
        if preset in variation.presets:
            return key
    return None
