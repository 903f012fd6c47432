"""How a picture becomes the numbers of a row of images, and what a file keeps of it."""

import json
from dataclasses import asdict, dataclass

import numpy as np

from core.arrays import FloatArray
from core.data.pixels import Pixels
from core.data.scaling import BYTES, InputScaling
from core.values.words import tr


@dataclass(frozen=True, slots=True)
class PictureForm:
    """The images of a data set.

    Attributes:
        shape: rows and columns.
        channels: numbers for each pixel: 1 is grey, 3 are red, green and blue.
        has_planes: whether the inputs are all that is red, then green, then blue.
        black: the number of the file for black.
        white: that for white.
    """

    shape: tuple[int, int]
    channels: int = 1
    has_planes: bool = False
    black: float = 0.0
    white: float = 255.0

    @property
    def n_inputs(self) -> int:
        """Of a network that receives all of its numbers."""
        return self.shape[0] * self.shape[1] * self.channels

    @property
    def pixels(self) -> Pixels:
        """How its numbers lie."""
        return Pixels(self.shape, self.channels, self.has_planes)

    @property
    def text(self) -> str:
        """Its size and kind: "28x28 pixels", columns first."""
        rows, columns = self.shape
        if self.channels == 1:
            return tr("{columns}x{rows} pixels", columns=columns, rows=rows)
        return tr("{columns}x{rows} coloured pixels", columns=columns, rows=rows)

    def inputs_of(
        self, picture: FloatArray, scaling: InputScaling | None
    ) -> FloatArray:
        """(n_inputs,) as the network receives a picture.

        Args:
            picture: (rows, columns), or (rows, columns, 3) with colours, from 0 to 1.
            scaling: from the numbers of the file to those of the network; None where
                those are divided by 255.
        """
        shades = picture
        if picture.ndim == 2 and self.channels > 1:
            shades = np.repeat(picture[..., None], self.channels, axis=2)
        if self.has_planes:
            shades = np.moveaxis(shades, -1, 0)
        row: FloatArray = np.ascontiguousarray(shades.reshape(1, -1), np.float32)
        if scaling is None or scaling == BYTES:
            inputs: FloatArray = row[0]
            return inputs
        numbers = row.astype(np.float64) * (self.white - self.black) + self.black
        received: FloatArray = scaling.of(numbers)[0]
        return received


def dumps(form: PictureForm) -> str:
    """As JSON."""
    return json.dumps(asdict(form))


def loads(text: str) -> PictureForm:
    """Read what `dumps` has written.

    Raises:
        ValueError: something else.
    """
    table = json.loads(text)
    try:
        rows, columns = table["shape"]
        channels, has_planes = table["channels"], table["has_planes"]
        black, white = float(table["black"]), float(table["white"])
    except (KeyError, TypeError) as error:
        raise ValueError(text) from error
    sizes = (rows, columns)
    are_sizes = all(type(n) is int and 0 < n < 2**31 for n in sizes)
    is_form = channels in (1, 3) and isinstance(has_planes, bool) and black != white
    if not (are_sizes and is_form and np.isfinite([black, white]).all()):
        raise ValueError(text)
    return PictureForm((rows, columns), channels, has_planes, black, white)
