"""Qt's own texts, such as those of its buttons, in a pseudo-language."""

from typing import Final

from PySide6.QtCore import QTranslator

from gui.style.language.pseudo import MIRRORED, in_pseudo

_NAMES_OF_KEYS: Final = "QShortcut"
"""They stand on the keyboard, and are read back."""
_DIRECTION: Final = "QT_LAYOUT_DIRECTION"


class PseudoTranslator(QTranslator):
    """Makes every text that Qt asks for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803, Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        if sourceText == _DIRECTION:
            return "RTL" if self._language == MIRRORED else "LTR"
        if context == _NAMES_OF_KEYS or not sourceText:
            return sourceText
        return in_pseudo(self._language, sourceText)
