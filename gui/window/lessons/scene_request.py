"""What the window shows, as a scene that a teacher copies into a lesson."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from core.lessons.model import Scene
from core.lessons.places import WORKSPACES
from core.lessons.writing import scene_text
from core.platform import atomic
from core.values.words import tr
from gui.session.save_request import FileKind, SaveRequest
from gui.window.lessons.scene_panels import ChosenInPanels

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

KIND = FileKind("Markdown", ".md")


def scene_request(window: "MainWindow") -> SaveRequest | None:
    """To write the scene to a file; None without a run."""
    scene = scene_of(window)
    if scene is None:
        return None
    return SaveRequest(tr("Scene"), "scene.md", (KIND,), partial(_write, scene))


def scene_of(window: "MainWindow") -> Scene | None:
    """The scene as it stands in the window."""
    view = window.session.view
    if view is None:
        return None
    workspace = window.layouts.current
    chosen = ChosenInPanels(window)
    example = view.example
    index = 0 if example.index is None else example.index
    shown = [key for key in WORKSPACES[workspace] if not window.docks[key].isHidden()]
    return Scene(
        window.session.experiment,
        workspace=workspace,
        panels=tuple(shown),
        step=view.snapshot.step,
        playing=window.session.playing,
        speed=window.speed.speed,
        example=("train" if example.origin == "train" else "test", index),
        selection=view.selection,
        mode=chosen.mode,
        plane=chosen.plane,
        rows=chosen.rows,
        stage=chosen.stage,
        measure=chosen.measure,
    )


def _write(scene: Scene, path: Path) -> None:
    atomic.write_bytes(path, scene_text(scene).encode())
