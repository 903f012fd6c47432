"""Counts the references to None while methods of Qt that return nothing are called."""

import sys

from PySide6.QtCore import QObject

CALLS = 10_000


def main() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("x")
    lost = before - sys.getrefcount(None)
    print(f"{lost} references to None lost in {CALLS} calls")


if __name__ == "__main__":
    main()
