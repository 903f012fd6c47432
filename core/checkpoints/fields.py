"""Values of a table of JSON, each checked when it is taken."""

import json
import math
from collections.abc import Iterator
from typing import Final

from core.files.tensors import UnreadableError
from core.values.words import tr

MOST_ROWS: Final = 10_000_000
_MOST: Final = 2**53


class Fields:
    """One table of a checkpoint's JSON; a wrong value is refused by its name."""

    def __init__(self, table: object, name: str) -> None:
        self._name = name
        if not isinstance(table, dict):
            raise self.refused("a table")
        self._table: dict[str, object] = table

    @classmethod
    def parsed(cls, text: str, name: str) -> "Fields":
        """The table of a text.

        Raises:
            UnreadableError: it is none.
        """
        try:
            return cls(json.loads(text), name)
        except (ValueError, RecursionError):
            msg = tr("its {name} is damaged: no JSON", name=name)
            raise UnreadableError(msg) from None

    def refused(self, what: str) -> UnreadableError:
        """An error that says what is damaged."""
        return UnreadableError(
            tr("its {name} is damaged: {what}", name=self._name, what=what)
        )

    def whole(self, key: str, least: int = 0) -> int:
        """A whole number."""
        value = self._table.get(key)
        if type(value) is not int or not least <= value <= _MOST:
            raise self.refused(
                tr("{key} is no whole number from {least}", key=key, least=least)
            )
        return value

    def real(self, key: str) -> float:
        """A number; infinite ones and NaN are written as text."""
        value = self._table.get(key)
        if isinstance(value, str) and value in ("inf", "-inf", "nan"):
            return float(value)
        if type(value) not in (int, float) or abs(value) == math.inf:  # type: ignore[arg-type]
            raise self.refused(tr("{key} is not a number", key=key))
        return float(value)  # type: ignore[arg-type]

    def text(self, key: str) -> str:
        """A text."""
        value = self._table.get(key)
        if not isinstance(value, str):
            raise self.refused(tr("{key} is no text", key=key))
        return value

    def texts(self, key: str) -> dict[str, str]:
        """A table of texts."""
        value = self._table.get(key)
        if not isinstance(value, dict) or not all(
            isinstance(entry, str) for entry in value.values()
        ):
            raise self.refused(tr("{key} is no table of texts", key=key))
        return value

    def has(self, key: str) -> bool:
        """Whether there is a value."""
        return self._table.get(key) is not None

    def table(self, key: str) -> "Fields":
        """A table in it."""
        return Fields(self._table.get(key), f"{self._name}, {key}")

    def tables(self, key: str) -> Iterator["Fields"]:
        """A list of tables."""
        for k, entry in enumerate(self._list(key)):
            yield Fields(entry, f"{self._name}, {key} {k}")

    def rows(self, key: str, length: int) -> list[list[int | float | None]]:
        """Lists of so many numbers each, of which the third may be None."""
        rows = self._list(key)
        for row in rows:
            if not isinstance(row, list) or len(row) != length:
                raise self.refused(tr("{key} has a row that is none", key=key))
            for k, value in enumerate(row):
                is_number = type(value) in (int, float) and abs(value) < math.inf
                is_whole = type(value) is int and 0 <= value <= _MOST
                if not (is_whole or (k == 2 and value is None)) and not (
                    k == 3 and is_number
                ):
                    raise self.refused(tr("{key} has a row that is none", key=key))
        return rows  # type: ignore[return-value]

    def _list(self, key: str) -> list[object]:
        value = self._table.get(key)
        if not isinstance(value, list) or len(value) > MOST_ROWS:
            raise self.refused(tr("{key} is no list", key=key))
        return value


def number(value: float) -> float | str:
    """A number for JSON, which has no infinite ones."""
    return value if math.isfinite(value) else str(value)
