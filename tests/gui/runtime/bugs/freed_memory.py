"""What glibc keeps after the window has trained and all workspaces were looked at."""

import tempfile
import time
from pathlib import Path

from core.experiment.presets import load_preset
from gui.launch import app as launch
from gui.launch.app import Opening, close_window, make_application, open_window
from gui.runtime.freed_memory import give_back, resident_bytes
from gui.window.window_settings import WindowSettings
from gui.window.workspaces import WORKSPACES

SECONDS = 2.0
"""In each workspace."""


class Nothing:
    """In place of FreedMemory."""

    def __init__(self, parent: object) -> None:
        del parent

    def start(self) -> None: ...


def main() -> None:
    launch.FreedMemory = Nothing  # type: ignore[misc,assignment]
    app = make_application()
    ini = Path(tempfile.mkdtemp(prefix="glassbox-")) / "window.ini"
    opening = Opening(load_preset("digits").experiment)
    window = open_window(app, opening, WindowSettings(ini))
    while window.session.view is None or window.session.view.snapshot.step < 5:
        app.processEvents()
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        end = time.perf_counter() + SECONDS
        while time.perf_counter() < end:
            app.processEvents()
            time.sleep(0.002)
    before = resident_bytes()
    give_back()
    after = resident_bytes()
    print(f"{before / 1e6:.0f} MB, {after / 1e6:.0f} MB once glibc gives back")
    close_window(window)


if __name__ == "__main__":
    main()
