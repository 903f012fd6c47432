"""What the pictures of the documents show."""

from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

from gui.window.workspaces import WORKSPACES

SIZE: Final = (1280, 800)
STEPS: Final = 300
"""Before the first picture; enough to see what has been learned."""
THEMES: Final = ("dark", "light")
DRAWN: Final = 7


@dataclass(frozen=True, slots=True)
class Scene:
    """A workspace with an experiment in it."""

    workspace: str
    preset: str

    @property
    def steps_shown(self) -> int:
        """How many steps its panels see before the picture: some draw over time."""
        return 100 if self.workspace == "health" else 1

    def file_name(self, theme: str) -> str:
        return f"{self.workspace}-{theme}.webp"


def _preset_of(workspace: str) -> str:
    return "spiral" if workspace == "playground" else "digits"


def scenes() -> list[Scene]:
    """One for each workspace; that in which a digit is drawn comes last of its kind."""
    keys = sorted((one.key for one in WORKSPACES), key=lambda key: key == "digits")
    return [Scene(key, _preset_of(key)) for key in keys]


def one_theme_each() -> dict[str, tuple[str, ...]]:
    """The themes in turn: half of the pictures, with each workspace and each theme."""
    keys = [scene.workspace for scene in scenes()]
    themes = islice(cycle(THEMES), len(keys))
    return {key: (theme,) for key, theme in zip(keys, themes, strict=True)}
