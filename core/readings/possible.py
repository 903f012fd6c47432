"""Every reading that a file may leave open, the first belief first."""

from collections.abc import Sequence
from itertools import product

from core.readings.values import (
    SCALINGS,
    STANDARDISED,
    ZERO_TO_ONE,
    InputReading,
    Outputs,
)


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


def all_readings(
    said: str | None, shape: tuple[int, int] | None, outputs: Sequence[Outputs]
) -> list[InputReading]:
    """Every reading of inputs and outputs; of inputs that are said no other scaling.

    Args:
        said: the scaling that the file or the user says.
        shape: of the images.
        outputs: what the outputs may stand for.
    """
    scalings = (said,) if said else (*SCALINGS, STANDARDISED)
    inks = (False,) if said else (False, True)
    sides = (False, True) if shape is not None and shape[0] == shape[1] else (False,)
    return [InputReading(*choice) for choice in product(scalings, sides, inks, outputs)]


def first_belief(said: str | None, outputs: Sequence[Outputs]) -> InputReading:
    """What is taken where nothing else fits better."""
    return InputReading(said or ZERO_TO_ONE, False, False, outputs[0])


def outputs_text(outputs: Outputs, names: Sequence[str]) -> str:
    """What the outputs stand for: "1, 2, …, 9, 0"."""
    if outputs.only is not None:
        return f"is it {names[outputs.only]}?"
    by_column = dict(zip(outputs.columns, names, strict=True))
    return ", ".join(by_column.get(k, "none") for k in range(outputs.count))
