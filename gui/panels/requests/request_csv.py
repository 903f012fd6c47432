"""The table of requests as text: for the clipboard and for CSV files."""

import csv
import io
from functools import partial

from core.descriptions.optimizers import OPTIMIZERS
from core.values.words import tr
from gui.panels.requests.request_table import RequestTable
from gui.panels.requests.row_choice import BIAS
from gui.panels.requests.sum_columns import own_step
from gui.session.save_request import SaveRequest
from gui.session.table_file import table_request
from gui.style.number_format import MINUS, with_decimal_sign
from gui.widgets.copying.content import tab_separated

MOST_COPIED_CELLS = 200_000


def headers_of(table: RequestTable) -> tuple[str, ...]:
    """Columns: the place of the parameter, the examples by their index, the sums.

    They are keys of a file, the same in every language.
    """
    examples = tuple(f"example {index}" for index in table.batch.indices.tolist())
    sums = ["mean"]
    if table.penalty is not None:
        sums += ["penalty", "mean and penalty"]
    for state in table.states:
        name = state.description.name
        sums += [f"state {name} before", f"state {name} after"]
    place = ("parameter", "layer", "unit", "input", "value before")
    rule = ("learning rate", *_numbers_of(table), "optimiser step")
    return (*place, *examples, *sums, *rule, "change")


def cells_of(table: RequestTable, names: tuple[str, ...], row: int) -> tuple[str, ...]:
    """One row in full precision; the input of a bias is empty."""
    rows = table.rows
    source = int(rows.source[row])
    numbers = [float(table.mean[row])]
    if table.penalty is not None:
        numbers += [float(table.penalty[row]), float(table.asked[row])]
    for state in table.states:
        numbers += [float(state.before[row]), float(state.after[row])]
    record = table.record
    numbers.append(table.learning_rate)
    numbers += [float(record.numbers[key]) for key in _numbers_of(table)]
    numbers.append(float(own_step(record)))
    change = "" if table.change is None else _number(float(table.change[row]))
    return (
        names[row],
        str(int(rows.layer[row])),
        str(int(rows.unit[row])),
        "" if source == BIAS else str(source),
        _number(float(table.weight[row])),
        *map(_number, table.cells[row].tolist()),
        *map(_number, numbers),
        change,
    )


def _numbers_of(table: RequestTable) -> tuple[str, ...]:
    """The training keys of the numbers that the optimiser's formula reads."""
    return tuple(OPTIMIZERS[table.record.optimizer].numbers)


def _number(value: float) -> str:
    """All digits that a float32 holds; nothing is minus zero."""
    return f"{value + 0.0:.9g}"


def table_text(
    table: RequestTable, names: tuple[str, ...], *, row: int | None = None
) -> str:
    """All listed rows under their headers, or one, for a spreadsheet."""
    rows = range(len(table.rows)) if row is None else (row,)
    cells = (cells_of(table, names, k) for k in rows)
    named = ([name, *map(with_decimal_sign, rest)] for name, *rest in cells)
    return tab_separated([headers_of(table), *named]).replace(MINUS, "-")


def _csv_text(table: RequestTable, names: tuple[str, ...]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(headers_of(table))
    for row in range(len(table.rows)):
        writer.writerow(cells_of(table, names, row))
    return stream.getvalue().replace(MINUS, "-")


def requests_request(table: RequestTable, names: tuple[str, ...]) -> SaveRequest:
    """To write the listed rows; the values are of one step, whatever goes on."""
    lines = partial(_lines, table, names)
    return table_request(tr("Listed requests"), "requests", lines)


def _lines(table: RequestTable, names: tuple[str, ...]) -> tuple[bytes, ...]:
    return (_csv_text(table, names).encode(),)
