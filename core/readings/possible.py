"""Every reading that a file may leave open, the first belief first."""

from collections.abc import Sequence
from itertools import product

from core.readings.sample import Sample
from core.readings.values import AS_IN_FILE, InputReading, Outputs
from core.values.words import tr


def possible_outputs(n_outputs: int, n_classes: int) -> tuple[Outputs, ...]:
    """What outputs may stand for, the first belief first; empty where nothing fits."""
    if n_outputs == 1:
        return tuple(Outputs((), k, 1) for k in range(n_classes))
    plain = tuple(range(n_classes))
    if n_outputs == n_classes:
        # Labels 1 to 10 of courses, where 10 stands for the digit 0.
        turned = (n_classes - 1, *range(n_classes - 1))
        both = (plain, turned) if n_classes == 10 else (plain,)
        return tuple(Outputs(columns, None, n_outputs) for columns in both)
    if n_outputs == n_classes + 1:
        from_one = tuple(range(1, n_classes + 1))
        last = (n_classes, *range(1, n_classes))
        return tuple(Outputs(c, None, n_outputs) for c in (plain, from_one, last))
    return ()


def outputs_on(sample: Sample, n_outputs: int) -> tuple[Outputs, ...]:
    """What outputs may stand for on the data of a sample; empty where nothing fits.

    Of the user's own data they stand for the classes in their order, and one output
    of two classes for the second.
    """
    possible = possible_outputs(n_outputs, sample.n_classes)
    if sample.has_orders:
        return possible
    if n_outputs == 1:
        return possible[1:2] if sample.n_classes == 2 else ()
    return tuple(outputs for outputs in possible if outputs.is_plain)


def all_readings(
    said: str | None, sample: Sample, outputs: Sequence[Outputs]
) -> list[InputReading]:
    """Every reading of inputs and outputs; of inputs that are said no other scaling.

    Args:
        said: the scaling that the file or the user says.
        sample: examples.
        outputs: what the outputs may stand for.
    """
    place = sample.arrangement
    scalings = (said,) if said else sample.scalings
    inks = (False,) if said or not sample.has_ink else (False, True)
    sides = (False, True) if place.is_square else (False,)
    has_sides = (_has_sides(sample),)
    choices = product(scalings, sides, inks, outputs, place.orders, has_sides)
    return [InputReading(*choice) for choice in choices]


def first_belief(
    said: str | None, sample: Sample, outputs: Sequence[Outputs]
) -> InputReading:
    """What is taken where nothing else fits better."""
    scaling = said or sample.scalings[0]
    colours, has_sides = sample.arrangement.orders[0], _has_sides(sample)
    return InputReading(scaling, False, False, outputs[0], colours, has_sides)


def said_by_file(inputs: str | None, sample: Sample) -> str | None:
    """The scaling that a file says of its inputs, in the words of a sample.

    A network that takes "0..1" or "0..255" takes the numbers of a table, or images that
    are no shades, as they are: its own scaling is folded into it.
    """
    if inputs is None or sample.is_said:
        return sample.scalings[0] if sample.is_said else None
    return inputs if inputs in sample.scalings else AS_IN_FILE


def _has_sides(sample: Sample) -> bool:
    return sample.arrangement.shape is not None


def outputs_text(outputs: Outputs, names: Sequence[str]) -> str:
    """What the outputs stand for: "1, 2, …, 9, 0"."""
    if outputs.only is not None:
        return tr("is it {name}?", name=names[outputs.only])
    by_column = dict(zip(outputs.columns, names, strict=True))
    none = tr("none")
    return ", ".join(by_column.get(k, none) for k in range(outputs.count))
