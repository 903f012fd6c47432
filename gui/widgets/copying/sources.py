"""What a widget has to copy: by what it is, so that no panel needs code of its own."""

from collections.abc import Sequence
from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLabel,
    QTableView,
    QWidget,
)

from core.values.words import plural, tr
from gui.widgets.accessible.parts import Described, Part, found
from gui.widgets.copying.content import (
    EXACT,
    MOST_CELLS,
    Copying,
    cell_text,
    exact_text,
    tab_separated,
)

_SHOWN: Final = Qt.ItemDataRole.DisplayRole
_MOST_IN_TITLE: Final = 40
_DEEPEST: Final = 6


@runtime_checkable
class HasCopyings(Protocol):
    """A widget that knows better than its kind what there is to copy."""

    def copyings(self, place: QPoint | None) -> Sequence[Copying]:
        """What is at a place, or else chosen, first; then the whole."""


@runtime_checkable
class HasChosenNumbers(Protocol):
    """A picture that knows more digits of what is chosen than its words say."""

    def chosen_copyings(self, place: QPoint | None) -> Sequence[Copying]:
        """Of what is at a place of the screen, or else of what is chosen."""


def copyings_of(widget: QWidget, place: QPoint | None) -> list[Copying]:
    """What a widget, or what it stands in, has to copy; the picture comes last.

    Args:
        widget: with the focus, or under the mouse.
        place: of the mouse on the screen; None for what the keys have reached.
    """
    found_ones: list[Copying] = []
    one: QWidget | None = widget
    while one is not None and not found_ones:
        found_ones = _own(one, place)
        one = None if one.isWindow() else one.parentWidget()
    return found_ones


def picture_of(widget: QWidget) -> Copying:
    """The whole of a widget as it is seen."""
    return Copying(tr("picture"), widget.grab().toImage())


def _own(widget: QWidget, place: QPoint | None) -> list[Copying]:
    if isinstance(widget, HasCopyings):
        return list(widget.copyings(place))
    if isinstance(widget, QTableView):
        return _of_table(widget, place)
    if isinstance(widget, Described):
        own: list[Copying] = []
        if isinstance(widget, HasChosenNumbers):
            own = list(widget.chosen_copyings(place))
        return own + _of_picture(widget, widget.described(), place, known=bool(own))
    if isinstance(widget, QLabel) and widget.text():
        return _of_label(widget)
    return []


def _of_label(label: QLabel) -> list[Copying]:
    exact = label.property("exact")
    text = label.text()
    if isinstance(exact, float):
        return [Copying(tr("number {text}", text=text), exact_text(exact))]
    if label.textFormat() == Qt.TextFormat.RichText or "<" in text:
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    return [Copying(_titled(text), cell_text(text))]


def _titled(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > _MOST_IN_TITLE:
        line = f"{line[:_MOST_IN_TITLE]}\N{HORIZONTAL ELLIPSIS}"
    return f"\N{LEFT DOUBLE QUOTATION MARK}{line}\N{RIGHT DOUBLE QUOTATION MARK}"


# --- tables ---------------------------------------------------------------------


def _of_table(table: QTableView, place: QPoint | None) -> list[Copying]:
    model = table.model()
    if not model.rowCount():
        return []
    index = table.currentIndex()
    if place is not None:
        index = table.indexAt(table.viewport().mapFromGlobal(place))
    columns = [k for k in range(model.columnCount()) if not table.isColumnHidden(k)]
    rows = sorted({i.row() for i in table.selectionModel().selectedIndexes()})
    if index.isValid() and index.row() not in rows:
        rows = [index.row()]
    offered: list[Copying] = []
    if index.isValid() and place is not None:
        text = _cell(index)
        title = tr("cell {text}", text=text) if text else tr("cell")
        offered.append(Copying(title, text))
    if rows:
        what = plural(len(rows), "row", "{n} rows", n=len(rows))
        offered.append(Copying(what, _rows_text(model, rows, columns)))
    if model.rowCount() * len(columns) <= MOST_CELLS:
        every = range(model.rowCount())
        offered.append(Copying(tr("table"), _rows_text(model, every, columns)))
    return offered


def _cell(index: QModelIndex) -> str:
    return cell_text(index.data(_SHOWN), index.data(EXACT))


def _rows_text(
    model: QAbstractItemModel, rows: Sequence[int] | range, columns: Sequence[int]
) -> str:
    across = Qt.Orientation.Horizontal
    heads = [str(model.headerData(c, across, _SHOWN) or "") for c in columns]
    cells = ([_cell(model.index(row, c)) for c in columns] for row in rows)
    return tab_separated([[" ".join(h.split()) for h in heads], *cells])


# --- pictures -------------------------------------------------------------------


def _of_picture(
    widget: QWidget, whole: Part, place: QPoint | None, *, known: bool
) -> list[Copying]:
    if place is None:
        part = found(whole, whole.current) if whole.current else None
    else:
        surface = widget
        if isinstance(widget, QAbstractScrollArea):
            surface = widget.viewport()
        part = _part_at(whole, QPointF(surface.mapFromGlobal(place)))
    offered = []
    if part is not None and part is not whole and not known:
        text = part.value or part.name
        offered.append(Copying(_titled(part.text), cell_text(text)))
    table = _rows_of(whole)
    if len(table) > 1:
        offered.append(Copying(tr("all of it as a table"), tab_separated(table)))
    offered.append(picture_of(widget))
    return offered


def _part_at(whole: Part, point: QPointF) -> Part | None:
    """The innermost part with a place of its own around a point."""
    best: Part | None = None
    parts: Sequence[Part] = whole.parts
    for _ in range(_DEEPEST):
        inner = _first_at(parts, point)
        if inner is None:
            # A group without a place may have parts with one.
            groups = (p.parts for p in parts if p.box is None and len(p.parts))
            hits = (_first_at(group, point) for group in groups)
            inner = next((hit for hit in hits if hit is not None), None)
        if inner is None:
            return best
        best, parts = inner, inner.parts
    return best


def _first_at(parts: Sequence[Part], point: QPointF) -> Part | None:
    placed = (p for p in parts if p.box is not None and p.box.contains(point))
    return next(placed, None)


def _rows_of(part: Part, depth: int = 0) -> list[list[str]]:
    """All names and values, a row for each, or for each row its cells."""
    rows: list[list[str]] = []
    for one in part.parts:
        if len(rows) * 2 > MOST_CELLS:
            return []
        if len(one.parts) and depth < _DEEPEST:
            rows += [[f"{one.name}", cell_text(one.value)]] if one.value else []
            rows += _rows_of(one, depth + 1)
        else:
            rows.append([" ".join(one.name.split()), cell_text(one.value)])
    return rows
