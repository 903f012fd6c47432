import os
import subprocess
import sys

PROGRAM = """
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from gui.widgets.copying.content import Copying
app = QApplication([])
picture = QImage(3, 2, QImage.Format.Format_RGB32)
picture.fill(0xFF8800)
Copying("picture", picture).put()
content = QApplication.clipboard().mimeData()
print(content.hasText(), content.imageData().size().toTuple())
"""


def test_a_picture_in_the_clipboard_does_not_crash_the_end_of_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert (done.returncode, done.stdout) == (0, "False (3, 2)\n"), done.stderr
