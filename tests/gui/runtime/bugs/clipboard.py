"""The clipboard holds what Python has made when the process ends."""

import os
import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication
app = QApplication([])
content = QMimeData()
content.setText("1")
QApplication.clipboard().setMimeData(content)
"""


def main() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    code = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode
    print(f"exit code {code}")


if __name__ == "__main__":
    main()
