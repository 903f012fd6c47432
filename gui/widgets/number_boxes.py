"""Fields for numbers that say what is wrong with a text, and drop nothing of it.

Qt's own boxes swallow keys that would not fit, so that 12.5 becomes 125 and 99999999
becomes 999. These take any text, and refuse it as a whole when it is finished.
"""

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from gui.style import tokens
from gui.style.number_format import count, editable_grouped
from gui.style.number_input import NumberTextError, parse_between, parse_whole
from gui.widgets.refusal import forget_refusal, show_refusal

_State = QValidator.State


def pad_text(line: QLineEdit) -> None:
    """Room at both sides of a number, which a style sheet cannot give a spin box."""
    pad = tokens.space("s")
    line.setTextMargins(pad, 0, pad, 0)


class WholeSpinBox(QSpinBox):
    """A whole number with thousands apart.

    Attributes:
        problem: why the last text was refused; empty when it was taken.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = ""
        self.setKeyboardTracking(False)
        pad_text(self.lineEdit())
        self.lineEdit().textEdited.connect(self._on_line_edited)

    def _parse(self, text: str) -> int:
        bare = text.removeprefix(self.prefix()).removesuffix(self.suffix())
        return parse_whole(bare, self.minimum(), self.maximum())

    def _on_line_edited(self) -> None:
        self.problem = ""
        forget_refusal(self)

    # --- Qt ---------------------------------------------------------------------

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            self._parse(text)
        except NumberTextError:
            return _State.Intermediate, text, position
        return _State.Acceptable, text, position

    def fixup(self, text: str) -> str:
        """Qt asks when the edit is finished; it then shows the old number again."""
        try:
            self._parse(text)
        except NumberTextError as error:
            self.problem = str(error)
            show_refusal(self, self.problem)
        return text

    def valueFromText(self, text: str) -> int:
        return self._parse(text)

    def textFromValue(self, value: int) -> str:
        return count(value)


class RealSpinBox(QDoubleSpinBox):
    """Any number between two limits, shown with all its digits.

    Attributes:
        problem: why the last text was refused; empty when it was taken.
    """

    _DECIMALS = 12
    """What Qt keeps; the limits say what is possible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = ""
        self.setDecimals(self._DECIMALS)
        self.setKeyboardTracking(False)
        pad_text(self.lineEdit())
        self.lineEdit().textEdited.connect(self._on_line_edited)

    def _on_line_edited(self) -> None:
        self.problem = ""
        forget_refusal(self)

    # --- Qt ---------------------------------------------------------------------

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            parse_between(text, self.minimum(), self.maximum())
        except NumberTextError:
            return _State.Intermediate, text, position
        return _State.Acceptable, text, position

    def fixup(self, text: str) -> str:
        """Qt asks when the edit is finished; it then shows the old number again."""
        try:
            parse_between(text, self.minimum(), self.maximum())
        except NumberTextError as error:
            self.problem = str(error)
            show_refusal(self, self.problem)
        return text

    def valueFromText(self, text: str) -> float:
        return parse_between(text, self.minimum(), self.maximum())

    def textFromValue(self, value: float) -> str:
        return editable_grouped(value)
