"""A layout with a widget is put into another, then the widget is deleted."""

import gc

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)


def main() -> None:
    _app = QApplication([])
    window = QWidget()
    column, row = QVBoxLayout(window), QHBoxLayout()
    label = QLabel(window)
    row.addWidget(label)
    column.addLayout(row)
    label.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert row.count() == 0
    kept = [one for one in gc.get_objects() if type(one) is QWidgetItem]
    words = "is" if any(map(shiboken6.isValid, kept)) else "is not"
    print(f"the item that Qt has deleted {words} taken for valid")


if __name__ == "__main__":
    main()
