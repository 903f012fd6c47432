"""Which keys of an experiment have no effect there, and what goes with another."""

from collections.abc import Iterable, Mapping
from typing import Final

from core.descriptions.optimizers import OPTIMIZER_NUMBERS, OPTIMIZERS
from core.experiment import inline
from core.experiment.model import Experiment
from core.experiment.rules import (
    DATA_RULES,
    MANY_CLASSES,
    POINT_DATASETS,
)
from core.experiment.schedules import SCHEDULES
from core.network.numpy.losses.table import LOSSES

_OF_POINTS: Final = ("n_points", "features", "seed")
FILE_DATASETS: Final = ("mnist", "fashion-mnist")
"""Read from folders; all others are made, or stand in the experiment."""


def ineffective(experiment: Experiment, keys: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each of the dotted keys that changes nothing there."""
    reasons = _reasons(experiment)
    useless = [key for key in keys if key in reasons]
    return tuple(f"{key} has no effect: {reasons[key]}" for key in useless)


def cautions(experiment: Experiment) -> tuple[str, ...]:
    """What to know before a fresh network is trained as asked."""
    loss = LOSSES[experiment.training.loss]
    return (f"the loss {loss.name}: {loss.caution}",) if loss.caution else ()


def with_rate_of_optimizer(
    values: Mapping[str, object], experiment: Experiment
) -> dict[str, object]:
    """The edit, and where it chooses another optimiser, a rate that suits that one.

    A learning rate belongs to the optimiser that it was chosen for: 0.1 is fair for
    SGD and far too large for Adam. One that stands among the values is kept.
    """
    name = values.get("training.optimizer")
    is_other = name in OPTIMIZERS and name != experiment.training.optimizer
    if not is_other or "training.learning_rate" in values:
        return dict(values)
    return {**values, "training.learning_rate": OPTIMIZERS[str(name)].sensible_rate}


def _reasons(experiment: Experiment) -> dict[str, str]:
    """Why each key that is not read is not."""
    training, data = experiment.training, experiment.data
    read = OPTIMIZERS[training.optimizer].numbers
    reasons = {
        f"training.{name}": f"the optimiser {training.optimizer} does not use it"
        for name in OPTIMIZER_NUMBERS
        if name not in read
    }
    numbers = SCHEDULES[training.schedule].numbers
    reasons |= {
        f"training.{name}": f"the schedule {training.schedule} does not use it"
        for name in ("schedule_steps", "schedule_factor", "schedule_patience")
        if name not in numbers
    }
    if training.loss != "margin":
        reasons["training.rho"] = f"the loss {training.loss} does not use it"
    network = experiment.network
    if network.initial_weights is not None:
        reasons["network.initializer"] = "the experiment gives the initial weights"
    if not network.hidden:
        reasons["network.activation"] = "there is no hidden layer"
    return reasons | {
        f"data.{name}": f"the data {data.name} do not use it"
        for name in DATA_RULES
        if name not in _used_by(data.name)
    }


def _used_by(name: str) -> frozenset[str]:
    """The keys of the data section that a data set reads."""
    used = {"name", "train_fraction", "validation_fraction", "shuffled_labels"}
    if name == inline.INLINE:
        return frozenset((*used, *inline.KEYS))
    used.add("noise")
    if name in POINT_DATASETS:
        used.update(_OF_POINTS)
    if name in MANY_CLASSES:
        used.add("classes")
    if name == "formula":
        used.add("formula")
    if name in FILE_DATASETS:
        used.add("path")
    return frozenset(used)
