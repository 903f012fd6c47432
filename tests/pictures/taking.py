"""Takes the pictures of the real window, the same ones in every run."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtGui import QImage

from core.experiment.presets import load_preset
from gui.launch.app import Opening
from gui.launch.headless.staged_window import StagedWindow, Staging, staged_window
from gui.panels.backprop.formula_panel import FormulaPanel
from gui.panels.base import Panel
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.session.jobs import JobSlot
from tests.pictures.scenes import DRAWN, SIZE, STEPS, Scene

QUALITY: Final = 90
"""Of 100: nobody sees a difference, and twenty pictures take 2 MB."""
Taken = Callable[[str, QImage], None]
"""Takes the name of a file and its picture."""


def take_pictures(
    scenes: Sequence[Scene], themes: Mapping[str, Sequence[str]], taken: Taken
) -> None:
    """Take the picture of each scene in the themes of its workspace."""
    for preset in dict.fromkeys(scene.preset for scene in scenes):
        opening = Opening(load_preset(preset).experiment)
        with staged_window(opening, Staging("", *SIZE, "dark")) as stage:
            stage.reach(STEPS)
            step = STEPS
            for scene in (scene for scene in scenes if scene.preset == preset):
                step += scene.steps_shown
                _enter(stage, scene, step)
                for theme in themes[scene.workspace]:
                    look = stage.window.look
                    look.use(look.wanted._replace(theme=theme))
                    taken(scene.file_name(theme), _settled(stage))


def take_learning(steps: Sequence[int], taken: Callable[[QImage], None]) -> None:
    """Take the picture of the first workspace at each of the steps."""
    opening = Opening(load_preset("digits").experiment)
    with staged_window(opening, Staging("train", *SIZE, "dark")) as stage:
        for step in steps:
            stage.reach(step)
            taken(_settled(stage))


def _settled(stage: StagedWindow) -> QImage:
    """The picture with all that is drawn late, however long a busy machine takes."""
    while True:
        picture = stage.settle()
        if not any(map(_is_drawing, stage.window.panels.values())):
            return picture


def _is_drawing(panel: Panel) -> bool:
    late = isinstance(panel, NetworkPanel) and not panel.canvas.is_settled
    unset = isinstance(panel, FormulaPanel) and panel.typesetter.is_waiting
    return panel.isVisible() and (late or unset)


def _enter(stage: StagedWindow, scene: Scene, step: int) -> None:
    """Show a workspace with what its panels need: they hear of the step to come."""
    window = stage.window
    window.show_workspace(scene.workspace)
    window.actions_by_key["restore_layout"].trigger()
    stage.reach(step)
    if scene.workspace == "digits":
        stage.draw(DRAWN)
    stage.wait_until(lambda: not any(map(_is_working, window.panels.values())))


def _is_working(panel: Panel) -> bool:
    """Whether it waits for a side job."""
    slots = [value for value in vars(panel).values() if isinstance(value, JobSlot)]
    return panel.isVisible() and any(slot.is_busy for slot in slots)


def as_image(picture: QImage) -> Image.Image:
    """The same picture for Pillow."""
    picture = picture.convertToFormat(QImage.Format.Format_RGB888)
    size = (picture.width(), picture.height())
    return Image.frombytes(
        "RGB", size, bytes(picture.constBits()), "raw", "RGB", picture.bytesPerLine()
    )


def write_picture(folder: Path, name: str, picture: QImage) -> None:
    as_image(picture).save(folder / name, quality=QUALITY, method=6)
