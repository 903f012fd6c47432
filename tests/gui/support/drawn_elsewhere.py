"""Waiting for pictures that another thread draws."""

import time
from typing import Final, Protocol

from PySide6.QtWidgets import QApplication

PATIENCE: Final = 30.0


class Settling(Protocol):
    """What knows whether its newest picture is drawn."""

    @property
    def is_settled(self) -> bool: ...


def wait_until_drawn(*pictures: Settling) -> None:
    """Let the event loop run until all of them show the newest view."""
    deadline = time.monotonic() + PATIENCE
    QApplication.processEvents()
    while not all(picture.is_settled for picture in pictures):
        assert time.monotonic() < deadline, "it was never drawn"
        QApplication.processEvents()
        time.sleep(0.001)
