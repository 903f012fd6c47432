"""The tables that are seen in a widget, as cells for a file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget

from core.values.words import tr
from gui.style.number_format import MINUS
from gui.style.number_input import NumberTextError, parse_number
from gui.widgets.copying.content import EXACT

_SHOWN = Qt.ItemDataRole.DisplayRole


def tables_in(widget: QWidget) -> list[tuple[str, list[list[str]]]]:
    """Name, and rows with the names of the columns first, of each table with rows."""
    tables = (t for t in widget.findChildren(QTableView) if t.isVisible())
    filled = (t for t in tables if t.model() is not None and t.model().rowCount())
    return [(table.accessibleName(), _rows_of(table)) for table in filled]


def _rows_of(table: QTableView) -> list[list[str]]:
    model, across = table.model(), Qt.Orientation.Horizontal
    columns = [k for k in range(model.columnCount()) if not table.isColumnHidden(k)]
    heads = [str(model.headerData(k, across, _SHOWN) or "") for k in columns]
    rows = [_distinct([" ".join(head.split()) for head in heads])]
    for row in range(model.rowCount()):
        cells = (model.index(row, k) for k in columns)
        rows.append([file_cell(cell.data(_SHOWN), cell.data(EXACT)) for cell in cells])
    return rows


def _distinct(heads: list[str]) -> list[str]:
    """No two columns of a file have the same name, and each has one."""
    named: list[str] = []
    for place, head in enumerate(heads, start=1):
        name = head or tr("column {place}", place=place)
        named.append(name if name not in named else f"{name} {place}")
    return named


def file_cell(shown: object, exact: object = None) -> str:
    """A cell: a number with all its digits as every program reads it, or a text."""
    if isinstance(exact, int | float) and not isinstance(exact, bool):
        return f"{exact:.9g}"
    text = "" if shown is None else str(shown).strip()
    try:
        return f"{parse_number(text):.9g}"
    except NumberTextError:
        return " ".join(text.split()).replace(MINUS, "-")
