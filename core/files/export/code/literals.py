"""Numbers as they stand in a script, read again to the same bits, and out of it."""

import ast
from collections.abc import Iterable
from typing import Final

import numpy as np

from core.arrays import DoubleArray, FloatArray

WEIGHT: Final = "WEIGHT_{}"
BIAS: Final = "BIAS_{}"


def block(name: str, values: FloatArray) -> str:
    """An array as a text of numbers: a line for each row."""
    rows = values if values.ndim == 2 else values[None]
    lines = "\n".join(" ".join(map(str, row)) for row in rows)
    shape = ", ".join(map(str, values.shape))
    return f'{name} = numbers(\n    """\n{lines}\n""",\n    ({shape},),\n)'


def listed(values: Iterable[float]) -> str:
    """A list of numbers that are read to the same bits."""
    return "[" + ", ".join(repr(float(value)) for value in values) + "]"


def vector(values: DoubleArray) -> str:
    """One number where all are equal, else an array of them."""
    if len(set(values.tolist())) == 1:
        return repr(float(values[0]))
    return f"np.array({listed(values)})"


def arrays_in(source: str) -> dict[str, FloatArray]:
    """The arrays of `block` in a script, which is read and never run.

    Raises:
        ValueError: one of them cannot be read.
        SyntaxError: this is no Python.
    """
    found: dict[str, FloatArray] = {}
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
            continue
        target, call = node.targets[0], node.value
        if (
            isinstance(target, ast.Name)
            and isinstance(call.func, ast.Name)
            and call.func.id == "numbers"
        ):
            text, shape = (ast.literal_eval(argument) for argument in call.args)
            values = np.array(text.split(), np.float32).reshape(shape)
            found[target.id] = values
    return found


NUMBERS: Final = '''
def numbers(text, shape):
    """An array of the numbers in a text."""
    return np.array(text.split(), np.float32).reshape(shape)
'''
