"""Rows of a dialog: a label, and beside it what it is the name of."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.segmented_control import SegmentedControl


class Form(QGridLayout):
    """Goes into a dialog; the controls stand below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.setColumnStretch(1, 1)

    def add_row(self, text: str, control: QWidget, tip: str = "") -> None:
        """Add a control with its label, whose & marks its key."""
        row = self.rowCount()
        label = QLabel(text, control.parentWidget())
        label.setBuddy(control)
        for part in (label, control):
            if tip:
                part.setToolTip(tip)
        control.setAccessibleName(text.replace("&", ""))
        self.addWidget(label, row, 0)
        if isinstance(control, SegmentedControl | QComboBox):
            self.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            self.addWidget(control, row, 1)

    def add_wide(self, control: QWidget) -> None:
        """Add a control that says itself what it is."""
        self.addWidget(control, self.rowCount(), 1)

    def fit(self, widget: QWidget) -> None:
        """Take the distances of the scale of a widget."""
        scale = scale_of(widget.font())
        self.setVerticalSpacing(round(tokens.space("m") * scale))
        self.setHorizontalSpacing(round(tokens.space("l") * scale))
