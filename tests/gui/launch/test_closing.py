"""The program ends by itself, whatever it is doing when its window is closed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.launch.ends import WAYS, seconds_to_end

PROGRAM = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from core.experiment.presets import load_preset
from core.values.parameter import Unit
from gui.launch.app import Opening, close_window, make_application, open_window
from gui.window.window_settings import WindowSettings

moment, preset, ini = sys.argv[1:]
app = make_application()
experiment = load_preset(preset).experiment
window = open_window(app, Opening(experiment), WindowSettings(Path(ini)))
session = window.session
is_compiling = []
session.compiling_changed.connect(is_compiling.append)
is_loading = []
session.progress_changed.connect(is_loading.append)

def has_come():
    if moment == "loading":
        return is_loading and is_loading[-1] is not None and is_loading[-1].done > 0
    if moment == "compiling":
        return is_compiling and is_compiling[-1]
    if moment == "playing, with a second window open":
        if session.view is None or session.view.snapshot.step <= 5:
            return False
        window.panels["weight_images"].atlas.unit_opened.emit(Unit(1, 0))
        return True
    return True

def look():
    if has_come():
        timer.stop()
        window.close()

timer = QTimer()
timer.timeout.connect(look)
timer.start(1)
code = app.exec()
ended = close_window(window)
left = [t for t in threading.enumerate() if "glassbox" in t.name]
for thread in left:
    thread.join(20)  # it may be importing a panel, and ends by itself
print("left:", [thread.name for thread in left if thread.is_alive()])
sys.exit(code if ended else 9)
"""


@pytest.mark.parametrize(
    ("moment", "preset"),
    [
        ("it opens", "xor"),
        ("loading", "digits"),
        ("compiling", "circle"),
        ("playing, with a second window open", "xor"),
    ],
)
def test_the_program_ends_cleanly_when_it_is_closed_while(
    tmp_path: Path, moment: str, preset: str
) -> None:
    arguments = [sys.executable, "-c", PROGRAM, moment, preset, str(tmp_path / "w.ini")]
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = os.environ | {"TMPDIR": str(temporary)}
    done = subprocess.run(
        arguments,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "left: []\n"
    assert done.stderr == ""
    assert list(temporary.iterdir()) == []


ENDED_EARLY = """
import os, signal, sys
import gui.launch.app as app
from gui.__main__ import main

open_window = app.open_window

def interrupted(*args):
    os.kill(os.getpid(), signal.SIGTERM)
    return open_window(*args)

app.open_window = interrupted
sys.exit(main(["--preset", "xor"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends without asking")
def test_a_request_to_end_while_the_window_is_made_ends_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDED_EARLY],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends without asking")
@pytest.mark.parametrize("way", WAYS)
def test_every_end_saves_the_settings_and_is_in_order(tmp_path: Path, way: str) -> None:
    seconds_to_end(("--preset", "xor"), way, 0.0, tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends without asking")
def test_a_large_network_that_is_made_or_compiled_ends_in_order(
    tmp_path: Path,
) -> None:
    # How fast is measured by `ends`, where nothing else keeps the cores.
    seconds_to_end(("--set", "network.hidden=[4096, 4096]"), "SIGTERM", 1.0, tmp_path)
