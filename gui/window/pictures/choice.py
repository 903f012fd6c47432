"""How a picture is to look: what the dialog asks, and the window remembers."""

from dataclasses import dataclass
from typing import Final, Literal

from gui.session.save_request import FileKind
from gui.window.window_settings import WindowSettings

Kind = Literal["png", "svg", "pdf"]
Theme = Literal["window", "light", "dark"]

KINDS: Final[dict[Kind, FileKind]] = {
    "png": FileKind("PNG", ".png"),
    "svg": FileKind("SVG", ".svg"),
    "pdf": FileKind("PDF", ".pdf"),
}
THEMES: Final[tuple[Theme, ...]] = ("window", "light", "dark")
SCALES: Final = range(1, 9)
USUAL_SCALE: Final = 2
_GROUP: Final = "picture"


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """What was asked for.

    Attributes:
        kind: of the file.
        scale: pixels for a logical one of the screen; of a PNG alone.
        theme: the window's own, or one of the two.
        has_header: whether the line with the panel's title is in it.
        is_transparent: whether the ground is left out.
    """

    kind: Kind = "png"
    scale: int = USUAL_SCALE
    theme: Theme = "window"
    has_header: bool = False
    is_transparent: bool = False

    @property
    def is_vector(self) -> bool:
        return self.kind != "png"

    @classmethod
    def remembered(cls, settings: WindowSettings) -> "PictureChoice":
        """As the user chose it last; what is not known is as it comes."""
        kind = settings.text(f"{_GROUP}/kind")
        theme = settings.text(f"{_GROUP}/theme")
        scale = settings.number(f"{_GROUP}/scale", USUAL_SCALE)
        return cls(
            next((known for known in KINDS if known == kind), "png"),
            scale if scale in SCALES else USUAL_SCALE,
            next((known for known in THEMES if known == theme), "window"),
            settings.flag(f"{_GROUP}/header"),
            settings.flag(f"{_GROUP}/transparent"),
        )

    def remember(self, settings: WindowSettings) -> None:
        """Keep it for the next time, and the next start."""
        settings.set_text(f"{_GROUP}/kind", self.kind)
        settings.set_text(f"{_GROUP}/theme", self.theme)
        settings.set_text(f"{_GROUP}/scale", str(self.scale))
        settings.set_flag(f"{_GROUP}/header", value=self.has_header)
        settings.set_flag(f"{_GROUP}/transparent", value=self.is_transparent)
