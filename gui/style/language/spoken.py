"""Speaks a language: our texts from the first one on, and Qt's own in the window."""

from functools import partial
from typing import TYPE_CHECKING, Final

from core.values import words
from gui.style.language.choice import ENGLISH, file_of
from gui.style.language.pseudo import MIRRORED, PSEUDO, in_pseudo

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator
    from PySide6.QtWidgets import QApplication

CONTEXT: Final = "glassbox"
"""Under which all our texts stand in the files of translations."""


class _Spoken:
    """Mutable: the language of this process, and what Qt must not delete."""

    def __init__(self) -> None:
        self.language = ENGLISH
        self.kept: list[QTranslator] = []


_SPOKEN: Final = _Spoken()


def speak_language(language: str) -> None:
    """Make all later texts in this language; Qt is imported only for one in a file."""
    _SPOKEN.language = language
    if language in PSEUDO:
        words.speak(partial(_in_pseudo, language))
    elif language == ENGLISH:
        words.speak(None)
    else:
        words.speak(_texts_of_file(language))


def spoken_language() -> str:
    """What is spoken in this process."""
    return _SPOKEN.language


def apply_language(app: "QApplication") -> None:
    """Let Qt's own texts and the direction of the layout follow."""
    language = _SPOKEN.language
    if language == ENGLISH:
        return
    from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator

    from gui.style.language.qt_translator import PseudoTranslator

    if language in PSEUDO:
        translator: QTranslator = PseudoTranslator(language)
        is_mirrored = language == MIRRORED
    else:
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        translator.load(f"qtbase_{language}", folder)
        rightwards = Qt.LayoutDirection.LeftToRight
        is_mirrored = QLocale(language).textDirection() != rightwards
    _SPOKEN.kept.append(translator)
    app.installTranslator(translator)
    if is_mirrored:
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def _in_pseudo(language: str, source: str, _count: int | None) -> str:
    return in_pseudo(language, source)


def _texts_of_file(language: str) -> words.Translate | None:
    from PySide6.QtCore import QTranslator

    from gui.runtime.plain_imports import leave_imports_plain

    leave_imports_plain()
    translator = QTranslator()
    if not translator.load(str(file_of(language))):
        return None
    _SPOKEN.kept.append(translator)

    def translate(source: str, count: int | None) -> str | None:
        number = -1 if count is None else count
        return translator.translate(CONTEXT, source, None, number) or None

    return translate
