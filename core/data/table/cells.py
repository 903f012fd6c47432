"""Cells of a text file that the reader of tables takes for words, and are numbers.

Spaces around them, a percent sign and separators of thousands hide what they are.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from core.data.table.notation import (
    EXPONENT,
    Notation,
    certain_number,
    first_certain,
    has_both,
    looks_like_thousands,
    notation_of,
)
from core.data.table.text_form import TextForm
from core.values.errors import DataError
from core.values.words import tr

if TYPE_CHECKING:
    import polars as pl

MISSING: Final = ("", "NA", "N/A", "NaN", "nan", "na", "?", "null", "NULL", "None")
"""What stands in the place of a missing value."""
_MOSTLY: Final = 0.9
_MOST_NAMES: Final = 10
_BOOLEANS: Final = {"true": True, "false": False}
_LIKE_NUMBER: Final = (
    r"^[-+]?[$€£¥]?\s?[-+]?(?:\d+|\d{1,3}(?:[,.' ]\d{3})+)(?:[.,]\d*)?"
    rf"{EXPONENT}\s?[$€£¥%]?$"
)
"""As people write numbers: $5, 5 %, 1,234.5, 38,41; but not 1.2.3 or 12-05."""


class Asked(NamedTuple):
    """What a network says of the texts of its columns.

    Attributes:
        notation: of the table that it was trained on.
        words: columns that it takes as words.
        numbers: columns that it takes as numbers, and not as dates.
    """

    notation: Notation
    words: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


class _Column(NamedTuple):
    """A column of cells without what hides them, and a remark on that.

    Attributes:
        taken: a text of it that was read as the network's table writes numbers, and
            could be read otherwise, with its number; empty where there is none.
    """

    series: "pl.Series"
    said: str = ""
    taken: tuple[str, ...] = ()


TextsOf = Callable[[Sequence[str]], "pl.DataFrame"]
"""Reads columns of the file once more, as texts."""


def tidied(
    frame: "pl.DataFrame",
    form: TextForm,
    texts_of: TextsOf,
    asked: Asked | None = None,
) -> tuple["pl.DataFrame", str]:
    """The table of a text file, with numbers where cells are numbers.

    Args:
        frame: the table as it was read by its form.
        form: of the file.
        texts_of: reads some of its columns as texts.
        asked: how the numbers of a network are written; None where the table decides.

    Returns:
        The table, its words without spaces around them, and what the user should know
        of it; may be empty.

    Raises:
        DataError: a network takes a column as numbers, and a text is none.
    """
    tidying = _Tidying(form, asked)
    doubtful = tidying.doubtful(frame)
    texts = texts_of(doubtful) if doubtful else frame.clear().select([])
    if asked is None:
        tidying.look_at(texts)
        texts = texts.select([])
    return tidying.frame(frame, texts), tidying.said()


class _Tidying:
    """Tidies the columns of one table, and collects what is to be said of them."""

    def __init__(self, form: TextForm, asked: Asked | None) -> None:
        self._form = form
        self._first_line = form.skipped + 1 + form.has_header
        self._own = notation_of(has_decimal_comma=form.has_decimal_comma)
        self._asked = asked
        self._said: dict[str, list[str]] = {}
        self._taken: dict[str, tuple[str, ...]] = {}
        self._like_thousands: dict[str, str] = {}
        self._certain: tuple[str, ...] = ()

    def doubtful(self, frame: "pl.DataFrame") -> list[str]:
        """Columns of numbers whose texts may mean others: what was read hides it."""
        found = []
        for series in frame:
            if not series.dtype.is_float():
                continue
            number = certain_number(series)
            if number is None:
                found.append(series)
            elif not self._certain:
                text = f"{number:.6g}".replace(".", self._own.mark)
                self._certain = (series.name.strip(), text)
        if self._asked is None:
            # A table that is certain of its decimal sign decides for all columns.
            is_sought = not self._certain and any(map(has_both, found))
            return [series.name for series in found] if is_sought else []
        return [s.name for s in found if self._notation(s.name) != self._own]

    def look_at(self, texts: "pl.DataFrame") -> None:
        """Find columns that look like thousands, and what says that they are none."""
        for series in texts:
            given = series.str.strip_chars().drop_nulls()
            self._find_certain(series.name.strip(), given)
            if looks_like_thousands(given, self._own):
                is_like = given.str.contains(re.escape(self._own.mark))
                example = str(given.filter(is_like)[0])
                self._like_thousands[series.name.strip()] = example

    def frame(self, frame: "pl.DataFrame", texts: "pl.DataFrame") -> "pl.DataFrame":
        """With all columns tidied.

        Args:
            frame: the table.
            texts: those of its columns of numbers that are read by their texts.

        Raises:
            DataError: a network takes a column as numbers, and a text is none.
        """
        import polars as pl

        for place, name in enumerate(frame.columns):
            series = texts[name] if name in texts.columns else frame[name]
            if series.dtype != pl.String:
                continue
            plain = name.strip()
            if self._is_evidence_sought:
                self._find_certain(plain, series.str.strip_chars().drop_nulls())
            column = _tidy(series, self._notation(name), is_known=self._is_known(name))
            if column.series.dtype == pl.String:
                self._check(column.series)
                if name in texts.columns:
                    continue
            frame.replace_column(place, column.series)
            if column.taken and self._is_asked(name):
                self._taken[plain] = column.taken
            if column.said:
                self._said.setdefault(column.said, []).append(repr(plain))
        return frame

    def _check(self, words: "pl.Series") -> None:
        """Refuse words where a network takes numbers."""
        name = words.name.strip()
        if self._asked is None or name not in self._asked.numbers:
            return
        is_wrong = ~words.str.contains(rf"^{self._asked.notation.pattern}$")
        wrong = is_wrong.fill_null(False).arg_true()
        if not len(wrong):
            return
        msg = tr(
            "line {line}, column {name!r}: {value!r} is not a number; write it as "
            "{example}",
            line=self._first_line + int(wrong[0]),
            name=name,
            value=words[int(wrong[0])],
            example=f"38{self._asked.notation.mark}41",
        )
        raise DataError(msg)

    def said(self) -> str:
        """What the user should know."""
        against = self._said_of_taken()
        # It says the same, and more.
        told = {repr(name) for name in self._taken} if against else set()
        remarks = [
            _of_columns(rest, text)
            for text, names in self._said.items()
            if (rest := [name for name in names if name not in told])
        ]
        remarks.extend(against)
        if not self._certain and self._like_thousands:
            text = next(iter(self._like_thousands.values()))
            said = tr(
                "{text} is taken as a number with decimals, and looks like thousands "
                "beside whole numbers: if it is {number}, write it as that",
                text=text,
                number=text.replace(self._own.mark, ""),
            )
            remarks.append(_of_columns(list(map(repr, self._like_thousands)), said))
        return "; ".join(remarks)

    def _said_of_taken(self) -> list[str]:
        """Which texts are read against what the table itself says."""
        if not self._taken or self._asked is None or self._asked.notation == self._own:
            return []
        if self._certain:
            where = tr(
                "{name!r} has a decimal {sign} ({text})",
                name=self._certain[0],
                sign=self._own.title,
                text=self._certain[1],
            )
        elif self._form.separator == ",":
            where = tr("a comma parts its columns")
        else:
            return []
        text, number = next(iter(self._taken.values()))
        said = tr(
            "{text} is taken as {number}, with a decimal {sign} as in the table that "
            "the network was trained on, though in this one {where}: if that is wrong, "
            "write the numbers of this table as in that one",
            text=text,
            number=number,
            sign=self._asked.notation.title,
            where=where,
        )
        return [_of_columns(list(map(repr, self._taken)), said)]

    @property
    def _is_evidence_sought(self) -> bool:
        """Whether a remark depends on what the table says of its notation."""
        if self._asked is None:
            return bool(self._like_thousands)
        return self._asked.notation != self._own

    def _is_asked(self, name: str) -> bool:
        return self._asked is not None and name.strip() not in self._asked.words

    def _notation(self, name: str) -> Notation:
        if self._asked is None or not self._is_asked(name):
            return self._own
        return self._asked.notation

    def _is_known(self, name: str) -> bool:
        return self._form.has_decimal_comma or self._is_asked(name)

    def _find_certain(self, name: str, texts: "pl.Series") -> None:
        """Keep a text that is a number in the table's own notation alone."""
        if self._certain:
            return
        text = first_certain(texts, self._own)
        if text:
            self._certain = (name, text)


def _of_columns(names: Sequence[str], text: str) -> str:
    more = tr(" (and others so)") if len(names) > _MOST_NAMES else ""
    shown = ", ".join(names[:_MOST_NAMES])
    return tr("{names}: {said}", names=shown, said=text) + more


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


def _tidy(series: "pl.Series", notation: Notation, *, is_known: bool) -> _Column:
    """A column of texts as what it is.

    Args:
        series: the column.
        notation: in which its numbers are probably written.
        is_known: whether that is certain: then "3.274" alone is thousands where the
            comma is the decimal sign.
    """
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
    percent = ""
    if given.str.contains(r"%$").all():
        percent = str(given[0])
        bare = words.str.strip_suffix("%").str.strip_chars()
        given = bare.drop_nulls()
    else:
        bare = words
    if not notation.is_of(given):
        if not is_known or not notation.other.is_of(given):
            return _Column(words)
        notation, is_other = notation.other, True
    else:
        is_other = False
    grouped = notation.grouped_of(given)
    # "1,234" alone may be both; "1,234,567" and "1,234.5" in the column say which.
    if len(grouped) and not is_known and not first_certain(given, notation):
        return _Column(words)
    said = _said_of(percent, grouped, given, notation, is_other=is_other)
    plain = bare.str.replace_all(notation.group, "", literal=True)
    taken = () if is_other else _taken(given, notation)
    return _Column(_cast(plain, notation.mark), said, taken)


def _said_of(
    percent: str,
    grouped: "pl.Series",
    given: "pl.Series",
    notation: Notation,
    *,
    is_other: bool,
) -> str:
    """What was done to the texts of a column; empty where nothing was."""
    said = []
    if percent:
        said.append(
            tr(
                "the percent sign is taken off, {example} is {number}",
                example=percent,
                number=percent.removesuffix("%").strip(),
            )
        )
    if len(grouped):
        said.append(
            tr(
                "separators of thousands are taken off, {example} is {number}",
                example=grouped[0],
                number=notation.bare(str(grouped[0])),
            )
        )
    if is_other and not len(grouped):
        said.append(
            tr(
                "the {sign} is taken for the decimal sign, as in {example}",
                sign=notation.title,
                example=first_certain(given, notation),
            )
        )
    return ", ".join(said)


def _taken(given: "pl.Series", notation: Notation) -> tuple[str, ...]:
    """A text that could be read otherwise, and its number; where none says which."""
    is_other = given.str.contains(rf"^{notation.other.pattern}$")
    if not is_other.all():
        return ()
    is_doubtful = given.str.contains(
        rf"^(?:{notation.like_thousands}|{notation.grouped})$"
    )
    doubtful = given.filter(is_doubtful)
    if not len(doubtful):
        return ()
    text = str(doubtful[0])
    return text, notation.bare(text)


def _cast(words: "pl.Series", mark: str) -> "pl.Series":
    """Texts of numbers as such: whole ones where all are."""
    import polars as pl

    plain = words if mark == "." else words.str.replace(",", ".", literal=True)
    whole = plain.cast(pl.Int64, strict=False)
    if whole.null_count() == words.null_count():
        return whole
    return plain.cast(pl.Float64, strict=False)
