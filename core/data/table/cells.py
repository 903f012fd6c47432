"""Cells of a text file that the reader of tables takes for words, and are numbers.

Spaces around them, a percent sign and separators of thousands hide what they are.
"""

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.data.table.text_form import TextForm
from core.values.words import tr

if TYPE_CHECKING:
    import polars as pl

MISSING: Final = ("", "NA", "N/A", "NaN", "nan", "na", "?", "null", "NULL", "None")
"""What stands in the place of a missing value."""
_MOSTLY: Final = 0.9
_MOST_NAMES: Final = 10
_BOOLEANS: Final = {"true": True, "false": False}
_EXPONENT: Final = r"(?:[eE][-+]?\d+)?"
_LIKE_NUMBER: Final = (
    r"^[-+]?[$€£¥]?\s?[-+]?(?:\d+|\d{1,3}(?:[,.' ]\d{3})+)(?:[.,]\d*)?"
    rf"{_EXPONENT}\s?[$€£¥%]?$"
)
"""As people write numbers: $5, 5 %, 1,234.5, 38,41; but not 1.2.3 or 12-05."""


class _Column(NamedTuple):
    """A column of cells without what hides them, and a remark on that."""

    series: "pl.Series"
    said: str = ""


def tidied(frame: "pl.DataFrame", form: TextForm) -> tuple["pl.DataFrame", str]:
    """The table of a text file, with numbers where cells are numbers.

    Returns:
        The table, its words without spaces around them, and what the user should know
        of it; may be empty.
    """
    import polars as pl

    said: dict[str, list[str]] = {}
    for place, name in enumerate(frame.columns):
        if frame[name].dtype != pl.String:
            continue
        column = _tidy(frame[name], form)
        frame.replace_column(place, column.series)
        if column.said:
            said.setdefault(column.said, []).append(repr(name.strip()))
    remarks = (
        tr("{names}: {said}", names=", ".join(names[:_MOST_NAMES]), said=text)
        + (tr(" (and others so)") if len(names) > _MOST_NAMES else "")
        for text, names in said.items()
    )
    return frame, "; ".join(remarks)


def without_spaces(names: list[str]) -> list[str]:
    """Names of columns without spaces and left quotes, each once."""
    found: dict[str, None] = {}
    for name in names:
        plain = re.sub(r'^"([^"]*)"$', r"\1", name.strip())
        unique, count = plain, 0
        while unique in found:
            # As the reader names those that are alike before.
            unique, count = f"{plain}_duplicated_{count}", count + 1
        found[unique] = None
    return list(found)


def are_like_numbers(series: "pl.Series") -> bool:
    """Whether the words of a column are numbers in a writing that is not read."""
    import polars as pl

    given = series.cast(pl.String).str.strip_chars().drop_nulls()
    if not len(given) or given.cast(pl.Float64, strict=False).null_count() == 0:
        return False
    return float(given.str.contains(_LIKE_NUMBER).mean() or 0) >= _MOSTLY  # type: ignore[arg-type]


def _tidy(series: "pl.Series", form: TextForm) -> _Column:
    words = series.str.strip_chars()
    given = words.drop_nulls()
    # After a space a quote is a sign as any other for the reader.
    if len(given) and given.str.contains('^"[^"]*"$').all():
        words = words.str.slice(1).str.head(-1).str.strip_chars()
    words = words.set(words.is_in(list(MISSING)), None)
    given = words.drop_nulls()
    if not len(given):
        return _Column(words)
    if given.is_in(list(_BOOLEANS)).all():
        return _Column(words == "true")
    mark, group = (",", ".") if form.has_decimal_comma else (".", ",")
    number = rf"[-+]?(?:\d+(?:\{mark}\d*)?|\{mark}\d+){_EXPONENT}"
    if given.str.contains(rf"^(?:{number}|(?i:[-+]?(?:inf|infinity|nan)))$").all():
        return _Column(_cast(words, mark))
    if given.str.contains(rf"^{number}\s?%$").all():
        bare = words.str.strip_suffix("%").str.strip_chars()
        example = given[0]
        said = tr(
            "the percent sign is taken off, {example} is {number}",
            example=example,
            number=str(example).removesuffix("%").strip(),
        )
        return _Column(_cast(bare, mark), said)
    if not _are_grouped(given, number, mark, group):
        return _Column(words)
    example = given.filter(given.str.contains(f"\\{group}"))[0]
    said = tr(
        "separators of thousands are taken off, {example} is {number}",
        example=example,
        number=str(example).replace(group, ""),
    )
    return _Column(_cast(words.str.replace_all(group, "", literal=True), mark), said)


def _are_grouped(given: "pl.Series", number: str, mark: str, group: str) -> bool:
    """Whether thousands are parted in all, and cannot be meant as decimals.

    "1,234" alone may be both; "1,234,567" and "1,234.5" in the column say which.
    """
    grouped = rf"[-+]?[1-9]\d{{0,2}}(?:\{group}\d{{3}})+(?:\{mark}\d*)?"
    if not given.str.contains(rf"^(?:{grouped}|{number})$").all():
        return False
    certain = rf"\{group}\d{{3}}[\{group}\{mark}]"
    return bool(given.str.contains(certain).any())


def _cast(words: "pl.Series", mark: str) -> "pl.Series":
    """Texts of numbers as such: whole ones where all are."""
    import polars as pl

    plain = words if mark == "." else words.str.replace(",", ".", literal=True)
    whole = plain.cast(pl.Int64, strict=False)
    if whole.null_count() == words.null_count():
        return whole
    return plain.cast(pl.Float64, strict=False)
