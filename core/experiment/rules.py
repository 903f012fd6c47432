"""The one place that defines the keys of an experiment and their allowed values."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from core.descriptions.optimizers import OPTIMIZERS as OPTIMIZER_DESCRIPTIONS
from core.experiment.features import FEATURES
from core.experiment.formula import FUNCTIONS, parse_formula
from core.experiment.inline import INLINE
from core.experiment.meant_key import meant
from core.experiment.rows import (
    MOST_NUMBERS,
    NumberError,
    Rows,
    is_small,
    to_matrices,
    to_rows,
)
from core.experiment.scaling import ALLOWED as ALLOWED_SCALINGS
from core.experiment.scaling import parse_scaling
from core.network.numpy.activations.table import (
    ACTIVATIONS,
    hidden_activations,
    is_hidden_activation,
    output_activations,
)
from core.network.numpy.losses.table import LOSSES
from core.values.errors import ExperimentError, FormulaError
from core.values.network_spec import INITIALIZERS
from core.values.plain_text import shown
from core.values.words import tr

CIFAR_10: Final = "cifar-10"
FAMILY_DATASETS: Final = (
    "kmnist",
    "qmnist",
    "emnist-letters",
    "emnist-balanced",
    "emnist-byclass",
    "emnist-bymerge",
    "emnist-digits",
    "emnist-mnist",
    CIFAR_10,
)
"""Images that are read from a folder that the user names."""
IMAGE_DATASETS: Final = (
    "digits",
    "mnist",
    "fashion-mnist",
    "large-digits",
    *FAMILY_DATASETS,
)
MANY_CLASSES: Final = ("clouds", "rings")
"""Data sets of points with data.classes classes."""
PLANE_DATASETS: Final = (
    "circle",
    "xor",
    "gaussians",
    "spiral",
    "checkerboard",
    "moons",
    *MANY_CLASSES,
)
LINE_DATASETS: Final = ("sine", "step", "formula")
NUMBER_DATASETS: Final = ("plane", "multi-gaussian", *LINE_DATASETS)
"""Data sets of points with a number instead of a class."""
POINT_DATASETS: Final = PLANE_DATASETS + NUMBER_DATASETS
FILE: Final = "file"
"""Own data, read from the file at data.path."""
FILE_KEYS: Final = (
    "target",
    "ignore",
    "include",
    "split_by",
    "answers",
    "size",
    "hash",
    "preparation",
)
"""Keys of the data section that belong to them only."""
DATASETS: Final = (*IMAGE_DATASETS, *POINT_DATASETS, INLINE, FILE)
OPTIMIZERS: Final = tuple(OPTIMIZER_DESCRIPTIONS)
SCHEDULES: Final = (
    "constant",
    "inverse-time",
    "step",
    "exponential",
    "cosine",
    "plateau",
)
MAX_UNITS: Final = 1_000_000
MAX_LAYERS: Final = 100
"""Computed layers: more cannot be told apart in any picture."""
MAX_SEED: Final = 2**31 - 1
MAX_POINTS: Final = 100_000
MAX_CLASSES: Final = 10
"""Of points: more have no colours of their own."""
MAX_TABLE_CLASSES: Final = 1_000
MAX_ROWS: Final = 2**31 - 1
MOST_OUTPUTS: Final = 1000
NO_CLASS: Final = -1
"""In data.outputs: an output that stands for no class."""

_MOST_TEXT: Final = 2**22
_MOST_SIZES: Final = (MAX_UNITS, MAX_UNITS, MAX_ROWS)


@dataclass(frozen=True, slots=True)
class Rule:
    """The values that a key accepts.

    Attributes:
        allowed: as text, for the error message.
        convert: turns a TOML or command-line value into the field's type, or raises
            ValueError or TypeError.
        accepts: whether a converted value is valid.
    """

    allowed: str
    convert: Callable[[object], object]
    accepts: Callable[[object], bool] = lambda _value: True


def _to_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _to_number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not math.isfinite(value):
        raise ValueError
    return float(value)


def _to_optional_number(value: object) -> float | None:
    return None if value is None else _to_number(value)


def _to_integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _to_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _to_sizes(value: object) -> tuple[int, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(_to_integer(entry) for entry in value)


def _to_names(value: object) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(_to_text(entry) for entry in value)


def _to_formula(value: object) -> str:
    text = _to_text(value)
    try:
        parse_formula(text)
    except FormulaError as error:
        raise ValueError from error
    return text


def _to_scaling(value: object) -> str:
    text = _to_text(value)
    if text:
        parse_scaling(text)
    return text


def _to_tuple_of_texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError
    return tuple(_to_text(entry) for entry in value)


def _to_columns(value: object) -> tuple[str, ...]:
    """One name, or several; a name may look like a number."""
    entries = value if isinstance(value, list | tuple) else (value,)
    if not all(type(entry) in (str, int) for entry in entries):
        raise TypeError
    return tuple(str(entry) for entry in entries)


def _is_size(value: object) -> bool:
    return value is None or (
        isinstance(value, tuple)
        and len(value) == 3
        and all(1 <= n <= most for n, most in zip(value, _MOST_SIZES, strict=True))
    )


def _optional(convert: Callable[[object], object]) -> Callable[[object], object]:
    def converted(value: object) -> object:
        return None if value is None else convert(value)

    return converted


def _are_small_rows(value: object) -> bool:
    return value is None or is_small(cast("Rows", value))


def _are_small_matrices(value: object) -> bool:
    matrices = cast("tuple[Rows, ...] | None", value)
    return sum(len(row) for rows in matrices or () for row in rows) <= MOST_NUMBERS


def _example_rows(example: str) -> Rule:
    """Rows of examples, of which a file may hold more than an experiment."""
    allowed = tr(
        "rows of finite numbers such as {example}, at most {most_numbers:,}; more are "
        'read from a file, with data.name = "file" and data.path = "examples.csv"',
        example=example,
        most_numbers=MOST_NUMBERS,
    )
    return Rule(allowed, _optional(to_rows), _are_small_rows)


def _rows(example: str) -> Rule:
    allowed = tr(
        "rows of finite numbers such as {example}, at most {most_numbers:,}",
        example=example,
        most_numbers=MOST_NUMBERS,
    )
    return Rule(allowed, _optional(to_rows), _are_small_rows)


def _to_outputs(value: object) -> tuple[int, ...]:
    numbers = _to_sizes(value)
    if any(number < NO_CLASS for number in numbers) or len(numbers) > MOST_OUTPUTS:
        raise ValueError
    kept = [number for number in numbers if number != NO_CLASS]
    if numbers and (not kept or len(set(kept)) < len(kept)):
        raise ValueError
    return numbers


def _labels() -> Rule:
    allowed = tr(
        "a list of whole numbers from 0, one for each example; the "
        "names of the classes stand in data.class_names"
    )
    return Rule(allowed, _optional(_to_sizes))


def _choice(names: tuple[str, ...]) -> Rule:
    return Rule("one of " + ", ".join(names), _to_text, lambda v: v in names)


def _choice_of(names: Callable[[], tuple[str, ...]]) -> Rule:
    """Of records, which are looked up when a value is checked."""
    return Rule("one of " + ", ".join(names()), _to_text, lambda v: v in names())


def _number(allowed: str, accepts: Callable[[float], bool]) -> Rule:
    return Rule(allowed, _to_number, lambda v: isinstance(v, float) and accepts(v))


def _share() -> Rule:
    return _number(tr("a number from 0 to below 1"), lambda v: 0 <= v < 1)


def _integer(low: int, high: int) -> Rule:
    return Rule(
        tr("a whole number from {low} to {high}", low=low, high=high),
        _to_integer,
        lambda v: isinstance(v, int) and low <= v <= high,
    )


def _sizes_possible(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) < MAX_LAYERS
        and all(1 <= n <= MAX_UNITS for n in value)
    )


def _activations_known(value: object) -> bool:
    names = (value,) if isinstance(value, str) else value
    return isinstance(names, tuple) and all(map(is_hidden_activation, names))


DATA_RULES: Final[Mapping[str, Rule]] = {
    "name": _choice(DATASETS),
    "path": Rule(tr("a folder or file, or an empty text"), _to_text),
    "train_fraction": Rule(
        tr("a number above 0 and at most 1"),
        _to_optional_number,
        lambda v: v is None or (isinstance(v, float) and 0 < v <= 1),
    ),
    "validation_fraction": _share(),
    "noise": _number(tr("a number from 0 to 1"), lambda v: 0 <= v <= 1),
    "shuffled_labels": Rule(tr("true or false"), _to_flag),
    "n_points": _integer(2, MAX_POINTS),
    "classes": _integer(2, MAX_CLASSES),
    "formula": Rule(
        tr("a formula of x such as sin(2*x) + x^2/10, with ") + ", ".join(FUNCTIONS),
        _to_formula,
    ),
    "features": Rule(
        "a list of " + ", ".join(FEATURES) + tr("; empty means the coordinates"),
        _to_tuple_of_texts,
        lambda v: isinstance(v, tuple) and all(name in FEATURES for name in v),
    ),
    "seed": _integer(0, MAX_SEED),
    "outputs": Rule(
        tr(
            "the number of a different class for each output, -1 for none; "
            "[1] is one output for two classes; empty is all classes in "
            "their order"
        ),
        _to_outputs,
    ),
    "scaling": Rule(ALLOWED_SCALINGS, _to_scaling),
    "inputs": _example_rows("[[0.5, 0.51]]"),
    "targets": _example_rows("[[0.1]]"),
    "labels": _labels(),
    "class_names": Rule(tr("a list of texts"), _optional(_to_tuple_of_texts)),
    "test_inputs": _example_rows("[[0.5, 0.51]]"),
    "test_targets": _example_rows("[[0.1]]"),
    "test_labels": _labels(),
    "target": Rule(
        tr("the name of a column, or a list of names"),
        _optional(_to_columns),
        lambda v: v is None or v != (),
    ),
    "ignore": Rule(tr("a list of names of columns"), _optional(_to_columns)),
    "include": Rule(tr("a list of names of columns"), _optional(_to_columns)),
    "split_by": Rule(tr("the name of a column, or an empty text"), _to_text),
    "answers": _choice(("", "classes", "numbers")),
    "size": Rule(
        tr("numbers of inputs, outputs and examples, as found in the file"),
        _optional(_to_sizes),
        _is_size,
    ),
    "hash": Rule(tr("a text that Glassbox has written"), _to_text),
    "preparation": Rule(
        tr("a text that Glassbox has written"),
        _to_text,
        lambda v: len(str(v)) <= _MOST_TEXT,
    ),
}
NETWORK_RULES: Final[Mapping[str, Rule]] = {
    "hidden": Rule(
        tr(
            "a list of up to {max_layers} layer sizes from 1 to {max_units}",
            max_layers=MAX_LAYERS - 1,
            max_units=MAX_UNITS,
        ),
        _to_sizes,
        _sizes_possible,
    ),
    "activation": Rule(
        tr("one name, or a list of one for each hidden layer, out of ")
        + ", ".join(hidden_activations()),
        _to_names,
        _activations_known,
    ),
    "output": _choice_of(output_activations),
    "initializer": _choice(INITIALIZERS),
    "bias": Rule(tr("true or false"), _to_flag),
    "initial_weights": Rule(
        tr(
            "a matrix for each layer, a row for each unit, such as "
            "[[[0.35, 0.4]]], at most {most_numbers:,} finite numbers",
            most_numbers=MOST_NUMBERS,
        ),
        _optional(to_matrices),
        _are_small_matrices,
    ),
    "initial_biases": _rows("[[0.1, 0.2], [0.3]]"),
    "inferred": Rule(tr("a list of texts"), _to_tuple_of_texts),
}
TRAINING_RULES: Final[Mapping[str, Rule]] = {
    "loss": _choice_of(lambda: tuple(LOSSES)),
    "rho": _number(tr("a number above 0, up to 1"), lambda v: 0 < v <= 1),
    "optimizer": _choice(OPTIMIZERS),
    "learning_rate": _number(
        tr("a number above 0 and at most 1000"), lambda v: 0 < v <= 1000
    ),
    "schedule": _choice(SCHEDULES),
    "schedule_steps": _integer(1, 1_000_000_000),
    "schedule_factor": _number(tr("a number from 0 to 1"), lambda v: 0 <= v <= 1),
    "schedule_patience": _integer(0, 1_000_000),
    "warmup_steps": _integer(0, 1_000_000_000),
    "batch_size": _integer(1, 1_000_000),
    "momentum": _share(),
    "beta1": _share(),
    "beta2": _share(),
    "rms_decay": _share(),
    "epsilon": _number(tr("a number above 0 and at most 1"), lambda v: 0 < v <= 1),
    "weight_decay": _number(tr("a number from 0 to 1000"), lambda v: 0 <= v <= 1000),
    "l1": _number(tr("a number from 0 to 1000"), lambda v: 0 <= v <= 1000),
    "l2": _number(tr("a number from 0 to 1000"), lambda v: 0 <= v <= 1000),
    "dropout": _share(),
    "early_stopping": _integer(0, 1_000_000),
    "seed": _integer(0, MAX_SEED),
}
SECTIONS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "data": DATA_RULES,
    "network": NETWORK_RULES,
    "training": TRAINING_RULES,
}


def all_keys() -> tuple[str, ...]:
    """Every dotted key, in the order of the file."""
    return tuple(f"{s}.{name}" for s, rules in SECTIONS.items() for name in rules)


def split_key(key: str) -> tuple[str, str]:
    """Section and name of a dotted key.

    Raises:
        ExperimentError: there is no such key.
    """
    section, _, name = key.partition(".")
    if name not in SECTIONS.get(section, {}):
        instead = meant(key, all_keys()) or f" (choose from {', '.join(all_keys())})"
        raise ExperimentError(
            tr("unknown key {shown}{instead}", shown=shown(key), instead=instead)
        )
    return section, name


def convert(key: str, value: object) -> object:
    """A TOML or command-line value as the type of the key's field.

    Raises:
        ExperimentError: names the key, the value and what is allowed.
    """
    section, name = split_key(key)
    rule = SECTIONS[section][name]
    try:
        converted = rule.convert(value)
    except NumberError as error:
        msg = f"{key}: {error}"
        raise ExperimentError(msg) from None
    except (TypeError, ValueError, OverflowError, RecursionError):
        # Overflow: an integer of 400 digits is no float.
        raise refusal(key, value, rule) from None
    if not rule.accepts(converted):
        raise refusal(key, value, rule)
    return converted


def refusal(key: str, value: object, rule: Rule) -> ExperimentError:
    """The error for an invalid value of a key."""
    text = shown(list(value) if isinstance(value, tuple) else value)
    return ExperimentError(
        tr(
            "{key}: invalid value {text}; expected {allowed}",
            key=key,
            text=text,
            allowed=rule.allowed,
        )
    )


def check(settings: object, section: str, rules: Mapping[str, Rule]) -> None:
    """Check the fields of a settings value against its rules.

    Raises:
        ExperimentError: names the first invalid key.
    """
    for name in rules:
        value = getattr(settings, name)
        if convert(f"{section}.{name}", value) != value:
            raise refusal(f"{section}.{name}", value, rules[name])


def check_loss_fits_targets(loss: str, output: str, targets: Rows) -> None:
    """Cross-entropy needs targets that are probabilities.

    Raises:
        ExperimentError: the two cannot be combined.
    """
    record = LOSSES[loss]
    if record.targets == "any":
        return
    allowed = tr(
        "the labels of classes; use squared-error with data.targets, not {loss}",
        loss=loss,
    )
    if record.targets == "probabilities":
        is_share = ACTIVATIONS[output].is_over_layer
        if all(0 <= t <= 1 for row in targets for t in row) and (
            not is_share or all(abs(sum(row) - 1) < 1e-6 for row in targets)
        ):
            return
        allowed = tr("targets from 0 to 1, for softmax with sum 1 in each row")
    msg = tr("training.loss: {loss!r} needs {allowed}", loss=loss, allowed=allowed)
    raise ExperimentError(msg)


def check_early_stopping(
    early_stopping: int, validation_fraction: float, split_by: str = ""
) -> None:
    """Early stopping needs data that are not used for training.

    Raises:
        ExperimentError: there are none.
    """
    if early_stopping > 0 and validation_fraction == 0 and not split_by:
        msg = tr(
            "training.early_stopping: {early_stopping} needs "
            "validation data; set data.validation_fraction, e.g. to 0.2",
            early_stopping=early_stopping,
        )
        raise ExperimentError(msg)


def check_loss_fits_numbers(loss: str, name: str) -> None:
    """Data sets of points for regression have no classes.

    Raises:
        ExperimentError: the loss needs classes.
    """
    if LOSSES[loss].needs_classes:
        what = tr("the targets of the file are")
        if name != FILE:
            what = tr("{name} has", name=name)
        msg = tr(
            "training.loss: {loss!r} needs classes, but {what} "
            "numbers; use squared-error",
            loss=loss,
            what=what,
        )
        raise ExperimentError(msg)


def check_one_output(output: str) -> None:
    """One output that answers by its sign needs two sides.

    Raises:
        ExperimentError: it is always 1.
    """
    if ACTIVATIONS[output].is_over_layer:
        msg = tr(
            "network.output: {output!r} over one output alone is "
            "always 1; use sigmoid, or leave data.outputs out",
            output=output,
        )
        raise ExperimentError(msg)


def check_loss_fits_output(loss: str, output: str) -> None:
    """Some losses need a certain output; a step output needs the perceptron loss.

    Raises:
        ExperimentError: the two cannot be combined.
    """
    record, activation = LOSSES[loss], ACTIVATIONS[output]
    if record.fits(activation):
        return
    fitting = [other for other in LOSSES.values() if other.fits(activation)]
    # One that takes many outputs first: it is the least of a surprise.
    advice = min(fitting, key=lambda other: other.form is None).name
    if record.form is None:
        msg = tr(
            "training.loss: {loss!r} needs network.output {forms}, got "
            "{output!r}; use {advice} with it",
            loss=loss,
            forms=" or ".join(record.forms),
            output=output,
            advice=advice,
        )
    else:
        msg = tr(
            "training.loss: {loss!r} cannot learn through "
            "network.output {output!r}, whose slope is 0; use {advice} "
            "with it",
            loss=loss,
            output=output,
            advice=advice,
        )
    raise ExperimentError(msg)
