"""What the dialog for own data says, in words: pure functions."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.data.file import Understood
from core.data.part_counts import counts_of
from core.data.table.columns import ReadColumn
from core.data.table.overview import ColumnOverview, Overview
from core.data.table.preparation import (
    MISSING_CATEGORY,
    NumberColumn,
    WordColumn,
)
from core.experiment.model import DataSettings
from core.experiment.scaling import NONE, OVERALL, STANDARDISED, TO_ONE
from core.values.words import plural, tr
from gui.style.experiment_labels import in_window_words
from gui.style.number_format import count, counted, general

_MOST_WORDS: Final = 4
_KINDS_OF_SCALING: Final = {
    "": "standardised",
    STANDARDISED: "standardised",
    STANDARDISED + OVERALL: tr("standardised with the others"),
    TO_ONE: tr("scaled to 0 to 1"),
    TO_ONE + OVERALL: tr("scaled to 0 to 1 with the others"),
    NONE: tr("as it stands"),
}


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column as the dialog lists it.

    Attributes:
        holds: its kind of values.
        missing: rows without a value, and what stands there instead.
        becomes: what the network makes of it, or why it is left out.
        is_used: whether it is among the inputs; None for one that is none in any case.
        can_change: whether the user may leave it out or take it.
    """

    name: str
    holds: str
    missing: str
    becomes: str
    is_used: bool | None
    can_change: bool


def consequence(understood: Understood) -> str:
    """For example "4 inputs, 3 classes · 120 rows to train, 30 to test"."""
    dataset, data = understood.found.dataset, understood.experiment.data
    inputs = counted(dataset.n_inputs, "input")
    if understood.found.answers == "classes":
        answers = _classes(dataset.n_classes)
    else:
        answers = counted(dataset.n_outputs, "number") + tr(" to predict")
    parts = counts_of(dataset, data)
    held = (
        tr(", {validation} to validate", validation=count(parts.validation))
        if parts.validation
        else ""
    )
    same = data.tested_on == "training"
    tests = (
        tr("tested on the same")
        if same
        else tr("{test} to test", test=count(parts.test))
    )
    what = tr("to train")
    return f"{inputs}, {answers} · {count(parts.train)} {what}{held}, {tests}"


def about_file(path: Path, overview: Overview | None) -> str:
    """For example "iris.csv: CSV (comma) of 150 rows and 5 columns"."""
    if overview is None:
        return path.name
    rows = counted(overview.n_rows, "row")
    columns = counted(len(overview.columns), "column")
    return tr(
        "{path}: {form} of {rows} and {columns}",
        path=path.name,
        form=overview.form,
        rows=rows,
        columns=columns,
    )


def notes_of(understood: Understood) -> str:
    """What the lists do not say, in sentences."""
    notes = [in_window_words(text) for text in understood.notes]
    names = understood.found.dataset.class_names
    if understood.found.pictures is not None and names:
        notes.append(tr("the classes are {some}", some=_some(names)))
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in notes)


def lines_of(
    overview: Overview, data: DataSettings, understood: Understood | None
) -> tuple[ColumnLine, ...]:
    """A line for each column.

    Args:
        overview: of the table.
        data: how it is to be read.
        understood: None where it cannot be read so.
    """
    read = {} if understood is None else {c.name: c for c in understood.found.columns}
    is_table = understood is None or understood.found.targets is not None
    return tuple(
        _line(column, read.get(column.name), data, understood, is_table=is_table)
        for column in overview.columns
    )


def _line(
    column: ColumnOverview,
    read: ReadColumn | None,
    data: DataSettings,
    understood: Understood | None,
    *,
    is_table: bool,
) -> ColumnLine:
    missing = count(column.n_missing) if column.n_missing else ""
    targets = data.target or ()
    if understood is not None:
        targets = understood.found.targets or ("y",)
    if column.name in targets:
        lost = tr("{missing}, not used", missing=missing) if missing else ""
        becomes = _target(column, understood)
        return ColumnLine(column.name, column.kind, lost, becomes, None, False)
    if data.split_by and column.name == data.split_by:
        text = tr("says which part a row belongs to")
        return ColumnLine(column.name, column.kind, missing, text, None, False)
    if column.name in (data.ignore or ()):
        return ColumnLine(
            column.name, column.kind, missing, tr("left out"), False, True
        )
    if read is None:
        return ColumnLine(column.name, column.kind, missing, "", True, is_table)
    if read.column is None:
        text = tr("left out: {reason}", reason=read.reason)
        return ColumnLine(
            column.name, column.kind, missing, text, False, read.can_be_included
        )
    becomes, fill = _input(read, data.scaling)
    if read.n_missing:
        missing = f"{count(read.n_missing)}, {fill}"
    return ColumnLine(column.name, column.kind, missing, becomes, True, is_table)


def _input(read: ReadColumn, scaling: str) -> tuple[str, str]:
    """What it becomes, and what stands where a value is missing."""
    if isinstance(read.column, NumberColumn):
        how = _KINDS_OF_SCALING.get(scaling, scaling)
        return tr("1 input, {how}", how=how), tr(
            "filled by {fill}", fill=general(read.column.fill, 4)
        )
    assert isinstance(read.column, WordColumn)
    words = read.column.categories
    has_own = MISSING_CATEGORY in words
    inputs = counted(len(words), "input")
    text = tr("{inputs}, one-hot: {some}", inputs=inputs, some=_some(words))
    return text, tr("own category") if has_own else tr("all 0")


def _target(column: ColumnOverview, understood: Understood | None) -> str:
    if understood is None:
        return tr("target")
    if understood.found.answers == "numbers":
        return tr("target, a number")
    names = understood.found.dataset.class_names
    return tr(
        "target, {classes}: {some}", classes=_classes(len(names)), some=_some(names)
    )


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_MOST_WORDS])
    more = len(names) - _MOST_WORDS
    return (
        tr("{shown} and {more} more", shown=shown, more=count(more))
        if more > 0
        else shown
    )


def _classes(number: int) -> str:
    return plural(number, "{n} class", "{n} classes", n=count(number))
