"""A table of TOML inside a lesson, read key by key, each error with its line."""

import difflib
import re
import sys
from collections.abc import Callable
from typing import Final, TypeVar

from core.lessons.errors import ExpressionError, Place
from core.values.errors import GlassboxError
from core.values.plain_text import shown
from core.values.toml_text import TomlError, tables_of
from core.values.words import tr

T = TypeVar("T")
MOST_WHOLE: Final = 10**9
_AT_LINE: Final = re.compile(r"\s*\(at line (\d+), column \d+\)")
_AT_END: Final = re.compile(r"\s*\(at end of document\)")


class Fields:
    """Mutable: what was not asked for is refused in the end.

    Attributes:
        place: of its first line.
    """

    def __init__(
        self,
        table: dict[str, object],
        text: str,
        place: Place,
        behind: "Fields | None" = None,
    ) -> None:
        """Begin to read.

        Args:
            table: what the text says.
            text: in which keys are looked for.
            place: of its first line.
            behind: where keys stand that are not in the text.
        """
        self._table = table
        self._text = text
        self.place = place
        self._behind = behind
        self._known: list[str] = []

    def place_of(self, key: str) -> Place:
        """The line in which a key stands."""
        found = self._line_of(key)
        if found is None and self._behind is not None:
            found = self._behind._line_of(key)
        return self.place if found is None else found

    def _line_of(self, key: str) -> Place | None:
        name = rf"[\"']?{re.escape(key)}[\"']?"
        pattern = re.compile(rf"\s*(?:\[\s*)?{name}\s*[]=.]|.*[{{,]\s*{name}\s*=")
        for k, line in enumerate(self._text.splitlines()):
            if pattern.match(line):
                return self.place.down(k)
        return None

    def allow(self, keys: tuple[str, ...]) -> None:
        """Refuse all other keys, before any is read."""
        self._known += keys
        self.finish()

    def all(self) -> dict[str, object]:
        """The whole table, unread."""
        return dict(self._table)

    def has(self, key: str) -> bool:
        self._known.append(key)
        return key in self._table

    def text(self, key: str, default: str | None = None) -> str:
        """A text; one without a default must be there."""
        return self._value(key, str, tr("a text in quotes"), default)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number from 0."""
        found = self._value(key, int, "a whole number", default)
        if not 0 <= found <= MOST_WHOLE:
            text = tr(
                "{key}: {shown} is not from 0 to {most_whole:,}",
                key=key,
                shown=shown(found),
                most_whole=MOST_WHOLE,
            )
            self.place_of(key).refuse(text)
        return found

    def number(self, key: str, default: float | None = None) -> float:
        found: float | int = self._value(key, (float, int), "a number", default)
        if not abs(found) <= sys.float_info.max:  # an int may be larger than floats
            self.place_of(key).refuse(
                tr("{key}: {shown} is not a finite number", key=key, shown=shown(found))
            )
        return float(found)

    def flag(self, key: str, default: bool | None = None) -> bool:
        return self._value(key, bool, tr("true or false"), default)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none where the key is not there."""
        found: list[object] = self._value(
            key, list, tr("a list of texts in quotes"), []
        )
        for part in found:
            if not isinstance(part, str):
                self.place_of(key).refuse(
                    tr(
                        "{key}: {shown} is not a text in quotes",
                        key=key,
                        shown=shown(part),
                    )
                )
        return tuple(str(part) for part in found)

    def table(self, key: str) -> dict[str, object]:
        """A table; empty where the key is not there."""
        return self._value(key, dict, "a table", {})

    def raw(self, key: str) -> object:
        """Whatever stands there, None for nothing."""
        self._known.append(key)
        return self._table.get(key)

    def read(self, key: str, convert: Callable[[], T]) -> T:
        """What becomes of a key; its error names the line."""
        try:
            return convert()
        except (ExpressionError, GlassboxError) as error:
            return self.place_of(key).refuse(f"{key}: {error}")

    def finish(self) -> None:
        """Refuse a key that nobody has asked for."""
        for key in self._table:
            if key not in self._known:
                like = difflib.get_close_matches(key, self._known, n=1)
                meant = tr("; did you mean {like!r}?", like=like[0]) if like else ""
                choice = ", ".join(dict.fromkeys(self._known))
                text = tr(
                    "unknown key {key!r}{meant} (choose from {choice})",
                    key=key,
                    meant=meant,
                    choice=choice,
                )
                self.place_of(key).refuse(text)

    def _value(
        self,
        key: str,
        kind: type[T] | tuple[type, ...],
        wanted: str,
        default: T | None,
    ) -> T:
        self._known.append(key)
        if key not in self._table:
            if default is None:
                self.place.refuse(f"{key!r} is missing")
            return default
        found = self._table[key]
        is_flag = isinstance(found, bool) and kind is not bool
        if is_flag or not isinstance(found, kind):
            self.place_of(key).refuse(f"{key}: expected {wanted}")
        return found  # type: ignore[return-value]


def fields_of(text: str, place: Place) -> Fields:
    """Read TOML.

    Args:
        text: of the block.
        place: of its first line.

    Raises:
        LessonError: it is not TOML.
    """
    try:
        return Fields(tables_of(text), text, place)
    except TomlError as error:
        reason = str(error)
        match = _AT_LINE.search(reason)
        line = int(match[1]) - 1 if match else max(0, len(text.splitlines()) - 1)
        reason = _AT_END.sub("", _AT_LINE.sub("", reason))
        return place.down(line).refuse(f"not TOML: {reason[:1].lower()}{reason[1:]}")
