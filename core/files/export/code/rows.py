"""The lines that make the network's inputs of rows of the file; NumPy alone."""

from typing import Final

import numpy as np

from core.data.table.cells import MISSING
from core.data.table.notation import notation_of
from core.data.table.preparation import DATE_FORMS, MISSING_CATEGORY, NumberColumn
from core.files.export.code.literals import vector
from core.files.export.network import Network

_FEATURES: Final = {"x1^2": "x1**2", "x2^2": "x2**2", "x1*x2": "x1 * x2"}
_LINE_FEATURES: Final = {"x^2": "x**2", "x^3": "x * x**2"}
_HELPERS: Final = f"""
MISSING = {MISSING!r}


def is_missing(value):
    return value is None or value != value or str(value).strip() in MISSING
"""
_NUMBER: Final = r'''
TRUTHS = {{"true": 1, "false": 0}}
# How numbers are written, the decimal sign first; as in the table it was trained on,
# or else with the signs exchanged.
NOTATIONS = [
    ("{mark}", "{group}", r"{pattern}"),
    ("{group}", "{mark}", r"{other}"),
]


def numbers_of_column(values, name, fill):
    """A column of numbers as in the file; where one is missing, the median."""
    texts = [v.strip() for v in values if isinstance(v, str) and not is_missing(v)]
    truths = bool(texts) and all(text.lower() in TRUTHS for text in texts)
    percent = "%" if all(text.endswith("%") for text in texts) else ""
    bare = [text.removesuffix(percent).strip() for text in texts]
    mark, group, pattern = NOTATIONS[0]
    for notation in NOTATIONS:
        if all(re.fullmatch(notation[2], text) for text in bare):
            mark, group, pattern = notation
            break
    found = []
    for value in values:
        number = fill if is_missing(value) else value
        if truths and isinstance(number, str):
            number = TRUTHS[number.strip().lower()]
        elif isinstance(number, str):
            text = number.strip().removesuffix(percent).strip()
            is_number = re.fullmatch(pattern, text)
            number = text.replace(group, "").replace(mark, ".") if is_number else None
        try:
            number = float(number)
        except (TypeError, ValueError):
            message = f"{{name}}: {{value!r}} is not a number; write it as {example}"
            raise ValueError(message) from None
        found.append(number if np.isfinite(number) else fill)
    return np.array(found)
'''
_DAYS: Final = f'''
DAYS = {DATE_FORMS!r}


def days(values):
    """Dates as days since 1970; numbers are those already."""
    given = [value for value in values if isinstance(value, str)]
    given = [value.strip() for value in given if not is_missing(value)]
    for form in DAYS if given else ():
        try:
            read = {{text: datetime.strptime(text, form) for text in given}}
        except ValueError:
            continue
        start, day = datetime(1970, 1, 1), timedelta(days=1)
        texts = [value.strip() if isinstance(value, str) else value for value in values]
        return [(read[t] - start) / day if t in read else t for t in texts]
    return values
'''
_WORD: Final = f'''
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
            name, fill, mean, deviation = column
            {dates}x = numbers_of_column(values, name, fill)
            inputs.append((x - mean) / deviation)
        else:
            words = np.array([word(value) for value in values])
            inputs += [words == category for category in column[1]]
    return np.array(inputs, np.float32).T.copy()
'''


def imports_of_rows(network: Network) -> tuple[str, ...]:
    """What the code of rows needs beside NumPy."""
    columns = network.intake.columns
    if not columns:
        return ()
    return ("from datetime import datetime, timedelta",) * bool(_dates(network)) + (
        "import re",
    )


def _dates(network: Network) -> list[str]:
    return [
        column.name
        for column in network.intake.columns
        if isinstance(column, NumberColumn) and column.is_date
    ]


def _table_code(network: Network) -> str:
    notation = notation_of(has_decimal_comma=network.has_decimal_comma)
    number = _NUMBER.format(
        mark=notation.mark,
        group=notation.group,
        pattern=notation.pattern,
        other=notation.other.pattern,
        example=f"38{notation.mark}41",
    )
    dates = _dates(network)
    parts = [_HELPERS, number, _DAYS if dates else "", _WORD, _columns(network)]
    parts.append(
        _TABLE.format(
            n=network.intake.n_inputs,
            dates=f"if name in {dates!r}:\n{16 * ' '}values = days(values)\n{12 * ' '}"
            if dates
            else "",
        )
    )
    return "\n\n\n".join(part.strip() for part in parts if part)


def rows_code(network: Network) -> str:
    """The function `prepare`, with what it needs."""
    intake = network.intake
    if intake.columns:
        return _table_code(network)
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
