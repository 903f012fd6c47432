"""The file of own data in the form, with the button that leads to its dialog."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.values.words import tr
from gui.style import tokens
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.plain_text import tip


class FileRow(QWidget):
    """The name of the file, the whole path as its tooltip, and "Change…"."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = ElidingLabel(self)
        self.change_button = QPushButton(tr("Change…"), self)
        self.change_button.setObjectName("change data")
        self.change_button.setToolTip(
            tr(
                "See how the file was understood, and change that: target, columns, "
                "parts, scaling"
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.space("xs"))
        row.addWidget(self.name, 1)
        row.addWidget(self.change_button)
        self.hide()

    def show_path(self, path: str) -> None:
        """Show another file."""
        self.name.setText(Path(path).name)
        self.name.setToolTip(tip(path))
