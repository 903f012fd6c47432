"""Two threads ask for classes of Qt that have not been made."""

import sys
import threading

from PySide6 import QtCore, QtGui, QtWidgets

MODULES = (QtCore, QtGui, QtWidgets)


def main() -> None:
    app = QtWidgets.QApplication([])
    sys.setswitchinterval(1e-6)
    names = [(module, name) for module in MODULES for name in dir(module)]
    gate = threading.Barrier(2)

    def ask() -> None:
        gate.wait()
        for module, name in names:
            getattr(module, name)

    other = threading.Thread(target=ask)
    other.start()
    ask()
    other.join()
    app.processEvents()
    print("no crash")


if __name__ == "__main__":
    main()
