"""The stages by name; a click jumps to one, arrow keys move while it has the focus."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QSizePolicy, QWidget

from gui.style import theme
from gui.widgets.focus.key_policy import is_plain


class StageList(QListWidget):
    """Signals: stage_chosen, with its index; walked, with -1 or 1."""

    stage_chosen = Signal(int)
    walked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.figures_font(self.font()))
        self.setAccessibleName("Stages")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Expanding)
        self.currentRowChanged.connect(self._on_row_changed)

    def set_titles(self, titles: list[str]) -> None:
        if titles == [self.item(k).text() for k in range(self.count())]:
            return
        self.blockSignals(True)
        self.clear()
        self.addItems(titles)
        for k, title in enumerate(titles):
            self.item(k).setToolTip(title)
        self.blockSignals(False)
        self.updateGeometry()

    def show_position(self, position: int) -> None:
        if position != self.currentRow():
            self.blockSignals(True)
            self.setCurrentRow(position)
            self.blockSignals(False)
            self.scrollToItem(self.item(position))

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self.stage_chosen.emit(row)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key walks on; see gui.widgets.focus.key_policy."""
        return is_plain(event) and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.walked.emit(1 if event.key() == Qt.Key.Key_Right else -1)
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 60)

    def sizeHint(self) -> QSize:
        return QSize(self.sizeHintForColumn(0) + 2 * self.frameWidth() + 8, 200)
