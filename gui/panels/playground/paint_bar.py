"""The classes to paint with, undo and clear."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from core.data.points.load import CLASS_NAMES
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.colours import class_colour
from gui.style.lengths import grown
from gui.widgets.scaled_margins import ScaledSpacing
from gui.widgets.segmented_control import Segment

CLASSES: Final = 5
_SIDE: Final = tokens.length("paint_bar.side")


class PaintBar(QWidget):
    """Signals: undo_requested, clear_requested."""

    undo_requested = Signal()
    clear_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(row, tokens.space("hair"), self)
        for label in range(CLASSES):
            button = _Swatch(label, self)
            self._group.addButton(button, label)
            row.addWidget(button)
        self._group.buttons()[0].setChecked(True)
        row.addStretch(1)
        self.undo = self._button(tr("Undo"), tr("Undo the last stroke"))
        self.undo.clicked.connect(self.undo_requested)
        self.clear = self._button(tr("Clear"), tr("Remove all points"))
        self.clear.clicked.connect(self.clear_requested)
        row.addWidget(self.undo)
        row.addWidget(self.clear)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @property
    def label(self) -> int:
        """The class to paint with."""
        return self._group.checkedId()


class _Swatch(Segment):
    """A button in the colour of a class."""

    def __init__(self, label: int, parent: QWidget) -> None:
        super().__init__("", parent, has_tray=False)
        self._label = label
        self.setToolTip(
            tr("Paint points of class {class_name}", class_name=CLASS_NAMES[label])
        )
        self.setAccessibleName(CLASS_NAMES[label])

    def sizeHint(self) -> QSize:
        side = grown(self, _SIDE) + grown(self, tokens.space("s"))
        side = max(super().sizeHint().height(), side)
        return QSize(side, side)

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        with QPainter(self) as painter:
            dark = theme.is_dark(self.palette())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(class_colour(self._label, dark=dark)))
            half = grown(self, _SIDE) / 2
            painter.drawEllipse(QRectF(self.rect()).center(), half, half)
