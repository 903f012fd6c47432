"""What the user waits for, in words."""

from typing import Literal

from PySide6.QtCore import QObject, Signal

Kind = Literal["run", "seek", "branch", "compiling", "saving"]


class Waiting(QObject):
    """Mutable: several things may be under way; the one that began last is told.

    Signals:
        changed: what is waited for, or "".
    """

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[Kind, str] = {}
        self._told = ""

    def begin(self, kind: Kind, text: str) -> None:
        """From now on the user waits for this."""
        self._texts[kind] = text
        self._tell()

    def end(self, *kinds: Kind) -> None:
        """It has come; without a kind nothing is waited for any more."""
        for kind in kinds or tuple(self._texts):
            self._texts.pop(kind, None)
        self._tell()

    @property
    def can_cancel(self) -> bool:
        """Whether what is told can be cancelled: a file that is not written yet."""
        return next(reversed(self._texts), None) == "saving"

    def _tell(self) -> None:
        text = next(reversed(self._texts.values()), "")
        if text != self._told:
            self._told = text
            self.changed.emit(text)
