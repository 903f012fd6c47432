"""An error while painting is told in the window, and the window lives on."""

import os
import re
import subprocess
import sys
from pathlib import Path

CODE = """
import time
from pathlib import Path
from core.experiment.presets import load_preset
from gui.launch.app import Opening, close_window, make_application, open_window
from gui.panels.network_picture.canvas import NetworkCanvas
from gui.window.window_settings import WindowSettings

def broken(*_):
    raise ValueError("no paint left")

NetworkCanvas._paint_parts = broken
app = make_application()
opening = Opening(load_preset("xor").experiment, play=False)
window = open_window(app, opening, WindowSettings(Path("window.ini")))
end = time.monotonic() + 60
while not window.message_bar.isVisible() and time.monotonic() < end:
    app.processEvents()
for _ in range(30):
    window.findChild(NetworkCanvas).update()
    app.processEvents()
print(window.message_bar.text)
close_window(window)
"""


def test_an_error_while_painting_is_told_and_survived(tmp_path: Path):
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "no paint left" in done.stdout


def test_every_painter_of_a_widget_ends_with_its_block():
    """One that an error's traceback keeps alive would crash the program."""
    source = Path(__file__).parents[3] / "gui"
    loose = [
        f"{path.relative_to(source)}: {line}"
        for path in source.rglob("*.py")
        for line in re.findall(r"^.*= QPainter\(self.*$", path.read_text(), re.M)
    ]
    assert loose == []
