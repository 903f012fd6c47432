"""The table of requests as text: for the clipboard and for CSV files."""

import csv
import io
from functools import partial

from core.values.words import tr
from gui.panels.requests.request_table import RequestTable
from gui.panels.requests.row_choice import BIAS
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
        sums += ["penalty", "asked"]
    for state in table.states:
        name = state.description.name
        sums += [f"{name} before", f"{name} after"]
    place = ("parameter", "layer", "unit", "input", "value before")
    return (*place, *examples, *sums, "learning rate", "change")


def cells_of(table: RequestTable, names: tuple[str, ...], row: int) -> tuple[str, ...]:
    """One row in full precision; the input of a bias is empty."""
    rows = table.rows
    source = int(rows.source[row])
    numbers = [float(table.mean[row])]
    if table.penalty is not None:
        numbers += [float(table.penalty[row]), float(table.asked[row])]
    for state in table.states:
        numbers += [float(state.before[row]), float(state.after[row])]
    numbers.append(table.learning_rate)
    change = "" if table.change is None else f"{float(table.change[row]):.9g}"
    return (
        names[row],
        str(int(rows.layer[row])),
        str(int(rows.unit[row])),
        "" if source == BIAS else str(source),
        f"{float(table.weight[row]):.9g}",
        *(f"{cell:.9g}" for cell in table.cells[row].tolist()),
        *(f"{number:.9g}" for number in numbers),
        change,
    )


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
