"""A button whose menu has closed looks as it did before: Qt does not tell it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu


class LightsOut(QObject):
    """Takes the light from a button when its menu closes.

    While a menu is open it has the mouse: that the pointer leaves the button meanwhile
    is told to nobody, and the button stays as under the mouse, or pressed.
    """

    def __init__(self, button: QAbstractButton, menu: QMenu) -> None:
        super().__init__(button)
        self._button = button
        # Later than the menu's own end, after which Qt presses the button once more.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._put_out)
        menu.aboutToHide.connect(self._soon.start)

    def _put_out(self) -> None:
        button = self._button
        button.setDown(False)
        here = button.mapFromGlobal(QCursor.pos())
        if not button.rect().contains(here):
            button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
            QApplication.sendEvent(button, QEvent(QEvent.Type.Leave))
        button.update()


def give_menu(button: QAbstractButton, menu: QMenu) -> None:
    """Give a button a menu, and take its light away when that has closed."""
    button.setMenu(menu)  # type: ignore[attr-defined]
    LightsOut(button, menu)
