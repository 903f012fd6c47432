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

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._keep_on_screen()
        return done

    def _keep_on_screen(self) -> None:
        """No part of it is beyond the screen, whatever its content needs."""
        room = self.screen().availableGeometry()
        size = self.size().boundedTo(room.size())
        if size != self.size():
            self.resize(size)
        place = self.geometry()
        place.moveRight(min(place.right(), room.right()))
        place.moveBottom(min(place.bottom(), room.bottom()))
        place.moveLeft(max(place.left(), room.left()))
        place.moveTop(max(place.top(), room.top()))
        if place != self.geometry():
            self.setGeometry(place)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        return step_focus(self, tab_stops(self), forward=forward, wraps=True)

    def done(self, result: int) -> None:
        super().done(result)
        hand_back(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.layout() is not None:
            self.fit()
