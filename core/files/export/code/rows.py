"""The lines that make the network's inputs of rows of the file; NumPy alone."""

from typing import Final

import numpy as np

from core.data.table.cells import MISSING
from core.data.table.preparation import MISSING_CATEGORY, NumberColumn
from core.files.export.code.literals import vector
from core.files.export.network import Network

_FEATURES: Final = {"x1^2": "x1**2", "x2^2": "x2**2", "x1*x2": "x1 * x2"}
_LINE_FEATURES: Final = {"x^2": "x**2", "x^3": "x * x**2"}
_HELPERS: Final = f'''
MISSING = {MISSING!r}


def is_missing(value):
    return value is None or value != value or str(value).strip() in MISSING


def number(value, fill):
    """A number of the table; where it is missing, the median."""
    value = fill if is_missing(value) else float(value)
    return value if np.isfinite(value) else fill


def word(value):
    """A word of the table; a whole number is written without a point."""
    if is_missing(value):
        return {MISSING_CATEGORY!r}
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
'''
_TABLE: Final = '''
def prepare(rows):
    """Rows of the table as the network receives them, (n, {n}).

    A row has a value for each of COLUMNS, in that order.
    """
    inputs = []
    for column, values in zip(COLUMNS, zip(*rows, strict=True), strict=True):
        if len(column) == 4:
            _, fill, mean, deviation = column
            x = np.array([number(value, fill) for value in values])
            inputs.append((x - mean) / deviation)
        else:
            words = np.array([word(value) for value in values])
            inputs += [words == category for category in column[1]]
    return np.array(inputs, np.float32).T.copy()
'''


def rows_code(network: Network) -> str:
    """The function `prepare`, with what it needs."""
    intake = network.intake
    if intake.columns:
        return (
            f"{_HELPERS}\n\n{_columns(network)}\n\n{_TABLE.format(n=intake.n_inputs)}"
        )
    if intake.features:
        return _features(network)
    scaling = intake.scaling
    text = f"{intake.text[0].upper()}{intake.text[1:]}"
    lines = [
        "def prepare(rows):",
        f'    """{text}, as the network gets them."""',
        f"    x = np.asarray(rows, np.float64).reshape(-1, {intake.n_inputs})",
    ]
    means, deviations = scaling.vectors
    if (means != 0).any():
        lines.append(f"    x = x - {vector(means)}")
    if (deviations != 1).any():
        lines.append(f"    x = x / {vector(deviations)}")
    return "\n".join([*lines, "    return x.astype(np.float32)"])


def _columns(network: Network) -> str:
    lines = [
        "# Name, median, mean and deviation of numbers; name and categories of words"
    ]
    lines.append("COLUMNS = [")
    for column in network.intake.columns:
        if isinstance(column, NumberColumn):
            entry: tuple[object, ...] = (
                column.name,
                column.fill,
                column.mean,
                column.deviation,
            )
        else:
            entry = (column.name, list(column.categories))
        lines.append(f"    {entry!r},")
    return "\n".join([*lines, "]"])


def _features(network: Network) -> str:
    intake = network.intake
    names = ", ".join(intake.coordinate_names)
    made = []
    for name in intake.features:
        code = {**_FEATURES, **_LINE_FEATURES}.get(name, name)
        made.append(f"np.{code}" if code.startswith(("sin", "cos")) else code)
    comma = "," if intake.n_coordinates == 1 else ""
    return "\n".join(
        [
            "def prepare(rows):",
            f'    """Points ({names}) as the network receives them."""',
            f"    x = np.asarray(rows, np.float32).reshape(-1, {intake.n_coordinates})"
            if intake.n_coordinates == 2
            else "    x = np.asarray(rows, np.float32).reshape(-1, 1)",
            f"    {names}{comma} = x.T",
            f"    return np.stack([{', '.join(made)}], axis=1)",
        ]
    )


def example_code(network: Network) -> str:
    """One row, for the example at the end."""
    intake = network.intake
    if intake.image_shape is not None:
        rows, columns = intake.image_shape
        return (
            "# A bar, white (255) on black (0); put your own picture in its place.\n"
            f"image = np.zeros(({rows}, {columns}))\n"
            f"image[{rows // 6} : {rows - rows // 6}, "
            f"{columns // 2 - 1} : {columns // 2 + 1}] = 255\n"
            "EXAMPLE = image.reshape(1, -1)"
        )
    if intake.columns:
        row = [
            column.fill if isinstance(column, NumberColumn) else column.categories[0]
            for column in intake.columns
        ]
        return f"# The medians of the columns.\nEXAMPLE = [{row!r}]"
    if intake.features:
        return f"EXAMPLE = [{[1.0] * intake.n_coordinates!r}]"
    means, _ = intake.scaling.vectors
    if len(means) == 1:
        return f"EXAMPLE = np.full((1, {intake.n_inputs}), {float(means[0])!r})"
    return f"EXAMPLE = {vector(np.asarray(means))}[None]"
