"""What the columns of a table are: numbers, words, or nothing to learn from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from core.data.table.cells import are_like_numbers
from core.data.table.preparation import (
    MISSING_CATEGORY,
    Column,
    NumberColumn,
    WordColumn,
    days_of,
    numbers_of,
    words_of,
)
from core.values.errors import DataError
from core.values.words import tr

if TYPE_CHECKING:
    import polars as pl

BoolArray = npt.NDArray[np.bool_]
DATES: Final = tr("it holds dates or times")
NAMES: Final = tr("all its words differ, as names of rows do")
NAMELESS: Final = tr("it has no name, as a column that numbers the rows")
LIKE_NUMBERS: Final = tr(
    "its words look like numbers with separators or signs, such as 1,234 or $5: write "
    "them as plain numbers, such as 1234 or 5"
)
COUNTS: Final = tr("it counts the rows")
IDS: Final = tr("all its numbers differ, and its name is that of names of rows")
_GUESSES: Final = (DATES, NAMES, NAMELESS, LIKE_NUMBERS, COUNTS, IDS)
MOST_CATEGORIES: Final = 1_000
_FEWEST_FOR_IDS: Final = 8
"""Below so many rows, all values may differ by chance."""
_MOSTLY: Final = 0.9
_ID_NAMES: Final = ("index", "row", "rownames", "row names", "unnamed: 0", "")
"""Names that are those of rows as a whole: an "index" at the end may be measured."""
_ID_WORDS: Final = ("id", "ids", "uid", "uuid", "guid", "key", "no", "nr", "rowid")
"""Last words of the names of rows: "customer_id", "PassengerId", "Invoice No."."""
_NAMED_BY_ID: Final = (
    *("account", "case", "client", "customer", "employee", "item", "member", "object"),
    *("order", "passenger", "patient", "person", "product", "record", "row", "sample"),
    *("session", "student", "subject", "transaction", "user"),
)
"""Before "id" without a gap, where other words end so too: solid, humid, grid."""
_NITRIC_OXIDE: Final = "NO"
_WORDS: Final = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])|\d+")


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column as it was understood.

    Attributes:
        column: how it becomes inputs; None where it is left out.
        reason: why it is left out.
        n_missing: rows without a value.
    """

    name: str
    column: Column | None
    reason: str = ""
    n_missing: int = 0

    @property
    def can_be_included(self) -> bool:
        """Whether it is left out by a guess, which the user may know better."""
        return self.reason in _GUESSES


def read_column(
    series: "pl.Series", is_trained: BoolArray, *, is_wanted: bool = False
) -> ReadColumn:
    """Understand an input column by its training rows.

    Args:
        series: the whole column.
        is_trained: which rows are for training.
        is_wanted: whether the user wants it, even if it names or counts the rows, or
            holds dates.
    """
    name = series.name
    trained = series.filter(is_trained)
    if trained.null_count() == len(trained):
        return ReadColumn(name, None, tr("it is empty"))
    if not name and not is_wanted:
        return ReadColumn(name, None, NAMELESS)
    days = days_of(series)
    if days is not None:
        if not is_wanted:
            return ReadColumn(name, None, DATES)
        return _numbers(days, days.filter(is_trained), is_wanted=True, is_date=True)
    if series.dtype.is_numeric() or series.dtype == bool_type():
        return _numbers(series, trained, is_wanted=is_wanted)
    if series.dtype.is_nested() or not is_text(series):
        return ReadColumn(
            name, None, tr("it holds {dtype}, and not numbers", dtype=series.dtype)
        )
    reason = "" if is_wanted else _why_no_words(series)
    if reason:
        return ReadColumn(name, None, reason)
    return _words(series, trained)


def _why_no_words(series: "pl.Series") -> str:
    """Why words are no categories; empty where they may be."""
    if are_like_numbers(series):
        return LIKE_NUMBERS
    missing = series.null_count()
    n_different = series.n_unique() - (missing > 0)
    are_names = n_different == len(series) - missing and n_different >= _FEWEST_FOR_IDS
    return NAMES if are_names else ""


def _words(series: "pl.Series", trained: "pl.Series") -> ReadColumn:
    name = series.name
    words = words_of(trained).drop_nulls().unique().sort().to_list()
    if len(words) > MOST_CATEGORIES:
        reason = tr("it has {words:,} different words", words=len(words))
        return ReadColumn(name, None, reason)
    if trained.null_count():
        words.append(MISSING_CATEGORY)
    if len(words) == 1:
        return ReadColumn(name, None, tr("it is the same in all rows"))
    return ReadColumn(name, WordColumn(name, tuple(words)), "", series.null_count())


def said_name(name: str, names: Sequence[str] = ()) -> str:
    """How a column is called in a sentence: 'age', or by its place without a name.

    Args:
        name: of the column; empty where it has none.
        names: those of all columns, in the order of the file.
    """
    if name:
        return repr(name)
    if name not in names:
        return tr("the column without a name")
    place = list(names).index(name) + 1
    if place == 1:
        return tr("the column without a name (the first)")
    return tr("the column without a name (number {place:,})", place=place)


def bool_type() -> type:
    """The type of true and false, imported when needed."""
    import polars as pl

    return pl.Boolean


def is_text(series: "pl.Series") -> bool:
    """Whether a column holds words."""
    import polars as pl

    return series.dtype in (pl.String, pl.Categorical, pl.Enum)


def _numbers(
    series: "pl.Series",
    trained: "pl.Series",
    *,
    is_wanted: bool,
    is_date: bool = False,
) -> ReadColumn:
    name = series.name
    reason = "" if is_wanted else _why_ids(series)
    if reason:
        return ReadColumn(name, None, reason)
    values = numbers_of(trained)
    is_given = np.isfinite(values)
    if not is_given.any():
        return ReadColumn(name, None, tr("it is empty"))
    fill = float(np.median(values[is_given]))
    values[~is_given] = fill
    deviation = float(values.std())
    # A constant computed with rounding may deviate from itself by a last digit.
    if deviation <= 1e-12 * max(1e-300, float(np.abs(values).max())):
        return ReadColumn(name, None, tr("it is the same in all rows"))
    whole = numbers_of(series)
    missing = int((~np.isfinite(whole)).sum())
    mean = float(values.mean())
    column = NumberColumn(name, fill, mean, deviation, is_date=is_date)
    return ReadColumn(name, column, "", missing)


def _why_ids(series: "pl.Series") -> str:
    """Why whole numbers are ids: they count the rows, or differ under such a name."""
    if not series.dtype.is_integer() or series.null_count():
        return ""
    if len(series) < _FEWEST_FOR_IDS or series.n_unique() < len(series):
        return ""
    low, high = series.min(), series.max()
    assert isinstance(low, int)
    assert isinstance(high, int)
    if high - low + 1 == len(series):
        return COUNTS
    return IDS if is_name_of_ids(series.name) else ""


def is_name_of_ids(name: str) -> bool:
    """Whether a column is called as one that names the rows, by its last word."""
    plain = name.strip().lower()
    words = [word.lower() for word in _WORDS.findall(name)]
    if plain in _ID_NAMES or not words:
        return plain in _ID_NAMES
    if name.strip() == _NITRIC_OXIDE:
        return False
    last = words[-1]
    is_glued = last.endswith("id") and last[:-2] in _NAMED_BY_ID
    return is_glued or last in _ID_WORDS


def check_mixture(series: "pl.Series", line: int) -> None:
    """A few words among numbers are a fault of the file, not categories.

    Args:
        series: a column of the file, with all of its rows.
        line: number of the first row's line in the file.

    Raises:
        DataError: a column of numbers has words in it.
    """
    import polars as pl

    if series.dtype != pl.String:
        return
    given = series.drop_nulls()
    is_wrong = given.cast(pl.Float64, strict=False).is_null()
    n_wrong = int(is_wrong.sum())
    if n_wrong == 0 or n_wrong > (1 - _MOSTLY) * len(given):
        return
    word = given.filter(is_wrong)[0]
    row = int((series == word).arg_true()[0])
    msg = tr(
        "line {line}, column {name!r}: {word!r} is not a number, as "
        "{given:,} of the {given_2:,} values of this column are; mend "
        "it, leave it empty, or leave the column out with data.ignore",
        line=line + row,
        name=series.name,
        word=word,
        given=len(given) - n_wrong,
        given_2=len(given),
    )
    raise DataError(msg)
