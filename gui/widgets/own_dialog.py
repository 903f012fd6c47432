"""What all dialogs of the program do alike."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QWidget

from gui.widgets.focus.focus_return import hand_back
from gui.widgets.focus.key_policy import watch_keys
from gui.widgets.focus.tab_stops import step_focus, tab_stops
from gui.widgets.tips.tip_watch import watch_tips


class OwnDialog(QDialog):
    """Tab leads through it as it is read; closed, it gives its window the keys back."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        watch_keys()
        watch_tips()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)

    def fit(self) -> None:
        """Take the distances of the scale in force."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        return step_focus(self, tab_stops(self), forward=forward, wraps=True)

    def done(self, result: int) -> None:
        super().done(result)
        hand_back(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.layout() is not None:
            self.fit()
