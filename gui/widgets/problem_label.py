"""An error text in a red that is readable on both palettes."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from gui.style import theme
from gui.style.experiment_labels import in_window_words


class ProblemLabel(QLabel):
    """Hidden while there is no error."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        # Of itself it is another one on the ground of a panel, in the ink of all text.
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.hide()
        self._colour()

    def show_problem(self, text: str) -> None:
        """Show the error, fields by their labels; an empty text hides the label."""
        self.setText(in_window_words(text))
        self.setVisible(bool(text))

    def _colour(self) -> None:
        red = theme.colour(theme.colours_of(self).wrong)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != red:
            palette.setColor(QPalette.ColorRole.WindowText, red)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
