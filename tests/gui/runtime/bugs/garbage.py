"""Widgets and timers in rings of references, found by a search in another thread."""

import gc
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

ROUNDS = 50


class Knot(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self.timer = QTimer()
        self.timer.setInterval(1)
        self.timer.start()
        self.show()


def main() -> None:
    app = QApplication([])
    gc.disable()
    by_thread = 0
    for _ in range(ROUNDS):
        knots = [Knot() for _ in range(20)]
        app.processEvents()
        there = len(app.allWidgets())
        del knots
        search = threading.Thread(target=gc.collect)
        search.start()
        while search.is_alive():
            app.processEvents()
        by_thread += there - len(app.allWidgets())
    print(f"no crash; {by_thread} widgets were deleted by another thread")


if __name__ == "__main__":
    main()
