"""Which column of a table is predicted, and whether it has classes or numbers."""

from typing import TYPE_CHECKING, Final

from core.data.class_rule import are_classes
from core.data.table.cells import are_like_numbers
from core.data.table.columns import LIKE_NUMBERS
from core.data.table.preparation import listed, words_of
from core.experiment.model import DataSettings
from core.experiment.rules import MAX_TABLE_CLASSES
from core.values.errors import DataError
from core.values.words import plural, tr

if TYPE_CHECKING:
    import polars as pl

_USUAL_NAMES: Final = ("target", "label", "class", "y", "species", "output")


def targets_of(frame: "pl.DataFrame", settings: DataSettings) -> tuple[str, ...]:
    """The columns that are predicted.

    Raises:
        DataError: there is no such column.
    """
    # One without a name is what a separator at the end of each line leaves.
    names = [name for name in frame.columns if name and name != settings.split_by]
    if settings.target is not None:
        for name in settings.target:
            check_named(frame, "data.target", name)
        return settings.target
    usual = [name for name in names if name.lower() in _USUAL_NAMES]
    if len(names) < 2:
        msg = tr("there is one column alone; expected inputs and a target")
        raise DataError(msg)
    return (usual[0] if len(usual) == 1 else names[-1],)


def check_named(frame: "pl.DataFrame", key: str, name: str) -> None:
    """Refuse a name that no column has.

    Raises:
        DataError: lists those that there are.
    """
    if name not in frame.columns:
        msg = tr(
            "{key}: there is no column {name!r}; there are {listed}",
            key=key,
            name=name,
            listed=listed(frame.columns),
        )
        raise DataError(msg)


def kind_of(
    frame: "pl.DataFrame", targets: tuple[str, ...], settings: DataSettings
) -> str:
    """Whether the targets are "classes" or "numbers".

    Raises:
        DataError: they cannot be predicted together, or as the settings say.
    """
    wordy = [name for name in targets if not is_number(frame[name])]
    wants = settings.answers
    if wordy and (wants == "numbers" or len(targets) > 1):
        msg = tr("column {wordy!r} holds words; expected numbers", wordy=wordy[0]) + (
            "" if len(targets) == 1 else tr(" where there are several targets")
        )
        raise DataError(msg)
    if wants:
        return wants
    if wordy and are_like_numbers(frame[wordy[0]]):
        msg = tr(
            "column {name!r}: {like_numbers}; or take its words as classes with "
            "data.answers=classes",
            name=wordy[0],
            like_numbers=LIKE_NUMBERS,
        )
        raise DataError(msg)
    if len(targets) > 1:
        return "numbers"
    return "classes" if wordy or _counts_classes(frame[targets[0]]) else "numbers"


def is_number(series: "pl.Series") -> bool:
    """Whether a column holds numbers; true and false are words where predicted."""
    return bool(series.dtype.is_numeric())


def _counts_classes(series: "pl.Series") -> bool:
    return are_classes(series.drop_nulls().unique().to_numpy(), len(series))


def classes_of(series: "pl.Series") -> tuple[str, ...]:
    """The names of the classes: numbers by size, words by the alphabet.

    Raises:
        DataError: one class alone, or too many.
    """
    words = words_of(series).drop_nulls().unique().to_list()
    if series.dtype.is_numeric():
        words.sort(key=float)
    else:
        words.sort()
    if not 2 <= len(words) <= MAX_TABLE_CLASSES:
        msg = plural(
            len(words),
            "column {name!r} has 1 different value; expected 2 to "
            "{max_table_classes:,} classes",
            "column {name!r} has {n:,} different values; expected 2 to "
            "{max_table_classes:,} classes",
            n=len(words),
            name=series.name,
            max_table_classes=MAX_TABLE_CLASSES,
        )
        if series.dtype.is_numeric():
            raise DataError(msg + tr(", or numbers (data.answers=numbers)"))
        raise DataError(msg + tr(" (data.target names another column)"))
    return tuple(words)
