"""A button whose menu has closed is not lit any more."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QEnterEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.menu_buttons import give_menu


def test_the_light_goes_with_the_menu(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    button = QToolButton(window)
    button.setGeometry(200, 150, 60, 30)
    menu = QMenu(button)
    menu.addAction("one")
    give_menu(button, menu)
    window.show()
    qtbot.waitExposed(window)
    assert not button.rect().contains(button.mapFromGlobal(QCursor.pos()))
    at = QPointF(button.rect().center())
    QApplication.sendEvent(button, QEnterEvent(at, at, at))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    button.setDown(True)
    menu.popup(button.mapToGlobal(QPoint(0, 30)))
    menu.hide()
    for _ in range(3):
        QApplication.processEvents()
    assert not button.isDown()
    assert not button.underMouse()
