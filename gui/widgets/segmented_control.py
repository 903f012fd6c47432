"""A row of connected buttons of which exactly one is chosen.

Painted here, because Fusion hardly shows on a dark palette which of several push
buttons is checked, and a style sheet keeps the colours of the palette at its creation.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

_BESIDE: Final = 12
_ABOVE: Final = 4
_ROUND: Final = 4.0
_ROLE = QPalette.ColorRole


class SegmentedControl(QWidget):
    """Signals: segment_chosen, with the index of the one that the user chose."""

    segment_chosen = Signal(int)

    def __init__(
        self,
        segments: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        name: str = "",
    ) -> None:
        """Make the buttons; the first one is chosen.

        Args:
            segments: text and tooltip of each.
            parent: owner.
            name: name of the choice, for screen readers.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, (text, tip) in enumerate(segments):
            button = Segment(text, self)
            button.setToolTip(tip)
            self._group.addButton(button, index)
            row.addWidget(button)
        self.button(0).setChecked(True)
        self._group.idClicked.connect(self.segment_chosen)

    @property
    def index(self) -> int:
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Choose without emitting a signal."""
        self.button(index).setChecked(True)

    def button(self, index: int) -> QPushButton:
        button = self._group.button(index)
        assert isinstance(button, QPushButton)
        return button


class Segment(QPushButton):
    """One of the buttons; a click does not move the focus."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _fill(self) -> QColor:
        palette = self.palette()
        if self.isChecked():
            return palette.color(_ROLE.Highlight)
        if self.isDown():
            return palette.color(_ROLE.Mid)
        return palette.color(_ROLE.Midlight if self.underMouse() else _ROLE.Button)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(text.width() + 2 * _BESIDE, text.height() + 2 * _ABOVE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        palette = self.palette()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = _ROLE.Highlight if self.hasFocus() else _ROLE.Mid
            painter.setPen(QPen(palette.color(edge), 2 if self.hasFocus() else 1))
            painter.setBrush(self._fill())
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, _ROUND, _ROUND)
            if self.hasFocus() and self.isChecked():
                painter.setPen(QPen(palette.color(_ROLE.HighlightedText), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(
                    box.adjusted(2, 2, -2, -2), _ROUND - 1, _ROUND - 1
                )
            text = _ROLE.HighlightedText if self.isChecked() else _ROLE.ButtonText
            painter.setPen(palette.color(text))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
            painter.drawText(self.rect(), flags, self.text())
