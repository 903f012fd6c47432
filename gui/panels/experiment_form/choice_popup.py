"""Explains a choice by a curve, a formula and a note; opened beside its field."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gui.style.number_format import signs
from gui.widgets.focus.focus_return import hand_back
from gui.widgets.plots.function_curve import FunctionCurve, FunctionPlot

_WIDTH = 340


class ChoicePopup(QFrame):
    """A small popup window; Escape or a click elsewhere closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint
        )
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(_WIDTH)
        self.title = QLabel(self)
        self.title.setObjectName("heading")
        self.formula = QLabel(self)
        self.note = QLabel(self)
        self.curve = FunctionCurve(self, height=150)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for widget in (self.title, self.formula, self.curve, self.note):
            column.addWidget(widget)
            if isinstance(widget, QLabel):
                widget.setWordWrap(True)

    def open_below(
        self, anchor: QWidget, texts: tuple[str, str, str], plot: FunctionPlot
    ) -> None:
        """Show title, formula and note with the plot, beside a widget."""
        for label, text in zip(
            (self.title, self.formula, self.note), texts, strict=True
        ):
            label.setText(signs(text))
        self.curve.show_plot(plot)
        self.resize(_WIDTH, self.heightForWidth(_WIDTH))
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        screen = anchor.screen().availableGeometry()
        self.move(
            max(screen.left(), min(corner.x(), screen.right() - _WIDTH)),
            max(screen.top(), min(corner.y(), screen.bottom() - self.height())),
        )
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            hand_back(self)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:
            self.hide()
        return super().event(event)
