"""Which keys of an experiment have no effect there, and what goes with another."""

from collections.abc import Iterable, Mapping
from typing import Final

from core.descriptions.optimizers import OPTIMIZER_NUMBERS, OPTIMIZERS
from core.experiment import inline
from core.experiment.model import Experiment, TrainingSettings
from core.experiment.rules import (
    DATA_RULES,
    FAMILY_DATASETS,
    FILE,
    FILE_KEYS,
    IMAGE_DATASETS,
    MANY_CLASSES,
    POINT_DATASETS,
)
from core.experiment.schedules import SCHEDULES
from core.network.numpy.losses.table import LOSSES
from core.values.words import tr

_OF_POINTS: Final = ("n_points", "features", "seed")
RATE: Final = "training.learning_rate"
LOSS: Final = "training.loss"
BATCH_SIZE: Final = "training.batch_size"
FILE_DATASETS: Final = ("mnist", "fashion-mnist", *FAMILY_DATASETS)
"""Read from folders; all others are made, or stand in the experiment."""


def ineffective(experiment: Experiment, keys: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each of the dotted keys that changes nothing there."""
    found = without_effect(experiment)
    return tuple(found[key] for key in keys if key in found)


def without_effect(experiment: Experiment) -> dict[str, str]:
    """Every dotted key that changes nothing there, with a sentence on it."""
    return {
        key: tr("{key} has no effect: {reason}", key=key, reason=reason)
        for key, reason in _reasons(experiment).items()
    }


def without_effect_on_evaluation(
    experiment: Experiment, keys: Iterable[str]
) -> tuple[str, ...]:
    """A sentence for each of the keys that counts in training alone."""
    known = without_effect(experiment)
    data = experiment.data
    of_test = {LOSS, "training.rho"}
    of_training = {"data.shuffled_labels", "data.validation_fraction"}
    if data.tested_on != "test":
        of_training = set()
    elif data.name in IMAGE_DATASETS:
        of_training.add("data.train_fraction")
    return tuple(
        tr("{key} has no effect: nothing is trained", key=key)
        for key in keys
        if key not in known
        and (key in of_training or (key.startswith("training.") and key not in of_test))
    )


def cautions(experiment: Experiment) -> tuple[str, ...]:
    """What to know before a fresh network is trained as asked."""
    loss = LOSSES[experiment.training.loss]
    return (f"the loss {loss.name}: {loss.caution}",) if loss.caution else ()


def with_rate_of_optimizer(
    values: Mapping[str, object],
    experiment: Experiment,
    begun_with: Experiment | None = None,
) -> dict[str, object]:
    """The edit, and where it chooses another optimiser, a rate that suits that one.

    A learning rate belongs to the optimiser that it was chosen for: 0.1 is fair for
    SGD and far too large for Adam. One that stands among the values is kept.

    Args:
        values: dotted keys with their new values.
        experiment: what is edited.
        begun_with: the preset or file that it was made from, whose rate was chosen
            for its optimiser; None for the experiment itself.
    """
    name = values.get("training.optimizer")
    is_other = name in OPTIMIZERS and name != experiment.training.optimizer
    if not is_other or RATE in values:
        return dict(values)
    begun = (begun_with or experiment).training
    fits = begun.optimizer == name
    rate = begun.learning_rate if fits else OPTIMIZERS[str(name)].sensible_rate
    return {**values, RATE: rate}


def rate_note(training: TrainingSettings) -> str:
    """Tells of a rate that came with the optimiser."""
    title = OPTIMIZERS[training.optimizer].title
    return tr(
        "{rate} is {learning_rate:g}, which suits {title}; set it to take another",
        rate=RATE,
        learning_rate=training.learning_rate,
        title=title,
    )


def batch_note(training: TrainingSettings, n_train: int) -> dict[str, str]:
    """By its key that a batch is larger than the training examples, if it is."""
    if training.batch_size <= n_train:
        return {}
    taken = tr("the only training example")
    if n_train != 1:
        taken = tr("all {n_train:,} training examples", n_train=n_train)
    note = (
        tr(
            "{batch_size} {batch_size_2:,} is more than there are: each step takes ",
            batch_size=BATCH_SIZE,
            batch_size_2=training.batch_size,
        )
        + taken
    )
    return {BATCH_SIZE: note}


def _reasons(experiment: Experiment) -> dict[str, str]:
    """Why each key that is not read is not."""
    training, data = experiment.training, experiment.data
    read = OPTIMIZERS[training.optimizer].numbers
    reasons = {
        f"training.{name}": tr(
            "the optimiser {optimizer} does not use it", optimizer=training.optimizer
        )
        for name in OPTIMIZER_NUMBERS
        if name not in read
    }
    numbers = SCHEDULES[training.schedule].numbers
    reasons |= {
        f"training.{name}": tr(
            "the schedule {schedule} does not use it", schedule=training.schedule
        )
        for name in ("schedule_steps", "schedule_factor", "schedule_patience")
        if name not in numbers
    }
    if training.loss != "margin":
        reasons["training.rho"] = tr(
            "the loss {loss} does not use it", loss=training.loss
        )
    network = experiment.network
    if network.initial_weights is not None:
        reasons["network.initializer"] = tr("the experiment gives the initial weights")
        if _draws_nothing_else(experiment):
            reasons["training.seed"] = tr(
                "the experiment gives the initial weights, and one example has no order"
            )
    if not network.hidden:
        reasons["network.activation"] = tr("there is no hidden layer")
    return reasons | {
        f"data.{name}": tr("the data {name} do not use it", name=data.name)
        for name in DATA_RULES
        if name not in _used_by(data.name)
    }


def _draws_nothing_else(experiment: Experiment) -> bool:
    """Whether the seed is read for the initial weights at most."""
    data, training = experiment.data, experiment.training
    only_one = data.name == inline.INLINE and len(data.inputs or ()) == 1
    return only_one and training.dropout == 0 and not data.shuffled_labels


def _used_by(name: str) -> frozenset[str]:
    """The keys of the data section that a data set reads."""
    used = {"name", "train_fraction", "validation_fraction", "shuffled_labels"}
    used.add("outputs")
    if name == inline.INLINE:
        return frozenset((*used, *inline.KEYS))
    if name == FILE:
        return frozenset((*used, "path", "seed", "scaling", *FILE_KEYS))
    used.add("noise")
    if name in IMAGE_DATASETS:
        used.add("scaling")
    if name in POINT_DATASETS:
        used.update(_OF_POINTS)
    if name in MANY_CLASSES:
        used.add("classes")
    if name == "formula":
        used.add("formula")
    if name in FILE_DATASETS:
        used.add("path")
    return frozenset(used)
