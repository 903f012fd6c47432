"""A walk along Qt's own focus order, then one of its widgets is deleted."""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton, QWidget


def menu_survives(*, walk: bool) -> bool:
    window = QWidget()
    field, button = QLineEdit(window), QToolButton(window)
    menu = QMenu(button)
    inner = menu.addMenu("inner")
    at = window.nextInFocusChain() if walk else window
    while at is not window:
        at = at.nextInFocusChain()
    field.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return shiboken6.isValid(inner)


def main() -> None:
    app = QApplication([])
    assert menu_survives(walk=False)
    survives = menu_survives(walk=True)
    app.processEvents()
    words = "is" if survives else "is not"
    print(f"the menu of another widget {words} valid after it")


if __name__ == "__main__":
    main()
