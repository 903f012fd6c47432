"""Which steps a film shows, how large and how fast: values, and what they come to."""

from dataclasses import dataclass
from typing import Final

from gui.session.save_request import FileKind
from gui.window.film.encoders import GIF, KINDS
from gui.window.window_settings import WindowSettings

RATES: Final = (5, 10, 20, 30)
"""Pictures a second."""
USUAL_RATE: Final = 10
SCALES: Final = range(1, 5)
USUAL_FRAMES: Final = 100
MOST_FRAMES: Final = 5_000
_GROUP: Final = "film"


@dataclass(frozen=True, slots=True)
class FilmChoice:
    """What was asked for.

    Attributes:
        kind: of the file.
        first: the step of the first picture.
        last: that of the last one.
        every: steps from one picture to the next.
        scale: pixels for a logical one of the screen.
        rate: pictures a second.
    """

    kind: FileKind
    first: int
    last: int
    every: int
    scale: int = 1
    rate: int = USUAL_RATE

    @property
    def steps(self) -> tuple[int, ...]:
        """The step of each picture; the last one is there in any case."""
        steps = tuple(range(self.first, self.last + 1, self.every))
        return steps if steps[-1:] == (self.last,) else (*steps, self.last)

    @property
    def seconds(self) -> float:
        return len(self.steps) / self.rate

    @classmethod
    def remembered(cls, settings: WindowSettings, end: int) -> "FilmChoice":
        """All of a run that has taken `end` steps, in the form of last time."""
        kind = settings.text(f"{_GROUP}/kind")
        scale = settings.number(f"{_GROUP}/scale", 1)
        rate = settings.number(f"{_GROUP}/rate", USUAL_RATE)
        return cls(
            next((known for known in KINDS if known.ending == kind), GIF),
            0,
            end,
            every_for(0, end, USUAL_FRAMES),
            scale if scale in SCALES else 1,
            rate if rate in RATES else USUAL_RATE,
        )

    def remember(self, settings: WindowSettings) -> None:
        """Keep the form for the next time."""
        settings.set_text(f"{_GROUP}/kind", self.kind.ending)
        settings.set_text(f"{_GROUP}/scale", str(self.scale))
        settings.set_text(f"{_GROUP}/rate", str(self.rate))


def every_for(first: int, last: int, frames: int) -> int:
    """The steps between two pictures that make about so many."""
    return max(1, -(-(last - first) // max(1, frames - 1)))
