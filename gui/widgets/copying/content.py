"""What can be copied, and how it is written for other programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from gui.runtime.clipboard import new_content
from gui.style.number_format import MINUS, with_decimal_sign
from gui.style.number_input import NumberTextError, parse_number

EXACT: Final = Qt.ItemDataRole.UserRole + 7
"""Role of a cell's number, for a table that prints fewer digits than it knows."""
MOST_CELLS: Final = 200_000
"""More would keep the window; a file is the way for them."""


@dataclass(frozen=True, slots=True)
class Copying:
    """Something that can be copied.

    Attributes:
        title: what it is, for a menu: "number 0.25", "table".
        content: its text, or its picture.
    """

    title: str
    content: str | QImage

    def put(self) -> None:
        """Put it in the clipboard: a picture as PNG, too, with all its pixels."""
        clipboard = QGuiApplication.clipboard()
        if isinstance(self.content, str):
            clipboard.setText(self.content)
            return
        data = new_content()
        data.setImageData(self.content)
        clipboard.setMimeData(data)


def exact_text(value: float) -> str:
    """All digits of a float32, with the decimal sign of the user's other programs."""
    return with_decimal_sign(f"{value:.9g}")


def cell_text(shown: object, exact: object = None) -> str:
    """A cell for a spreadsheet: a number as programs read it, any other text as it is.

    Args:
        shown: what the window prints.
        exact: the number itself, where it is known.
    """
    if isinstance(exact, int | float) and not isinstance(exact, bool):
        return exact_text(exact)
    text = "" if shown is None else str(shown).strip()
    try:
        return exact_text(parse_number(text))
    except NumberTextError:
        return " ".join(text.split()).replace(MINUS, "-")


def tab_separated(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells, none of which has a tab or a line's end in it."""
    return "".join("\t".join(row) + "\n" for row in rows)
