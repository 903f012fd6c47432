"""How the numbers of an image lie in an array."""

from typing import Final, NamedTuple


class Pixels(NamedTuple):
    """The images of an array.

    Attributes:
        shape: rows and columns; None where the array holds no images.
        channels: 1 is grey, 3 are red, green and blue.
        has_planes: whether each colour has a plane of its own, as in PyTorch.
    """

    shape: tuple[int, int] | None
    channels: int = 1
    has_planes: bool = False


GREY: Final = Pixels(None)
"""Of grey images, whose shape does not matter, and of what is no image."""


def pixels_of(shape: tuple[int, ...]) -> Pixels:
    """The images in an array of this shape, examples first."""
    if len(shape) == 4 and shape[1] == 3 and min(shape[2:]) > 3:
        return Pixels((shape[2], shape[3]), 3, has_planes=True)
    if len(shape) == 4 and shape[3] == 3 and min(shape[1:3]) > 1:
        return Pixels((shape[1], shape[2]), 3)
    sizes = tuple(n for n in shape[1:] if n != 1)
    if len(shape) in (3, 4) and len(sizes) == 2:
        return Pixels((sizes[0], sizes[1]))
    return Pixels(None)
