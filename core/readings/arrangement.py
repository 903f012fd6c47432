"""How the inputs of an image lie: upright or not, colours in planes or not."""

from dataclasses import dataclass

import numpy as np

from core.arrays import DoubleArray
from core.readings.values import BY_PIXEL, PLANES, InputReading


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The inputs of a data set.

    Attributes:
        shape: rows and columns of an image; None where the inputs are no image.
        channels: numbers for each pixel.
        has_planes: whether each colour has a plane of its own.
    """

    shape: tuple[int, int] | None
    channels: int = 1
    has_planes: bool = False

    @property
    def is_square(self) -> bool:
        return self.shape is not None and self.shape[0] == self.shape[1]

    @property
    def orders(self) -> tuple[str, ...]:
        """Of the colours, the data's own first; one that is empty where it is grey."""
        if self.channels == 1:
            return ("",)
        return (PLANES, BY_PIXEL) if self.has_planes else (BY_PIXEL, PLANES)

    def is_own(self, reading: InputReading) -> bool:
        """Whether a network of that reading takes the inputs in the data's order."""
        return not self._turns(reading) and reading.colours in ("", self.orders[0])

    def for_network(self, values: np.ndarray, reading: InputReading) -> np.ndarray:
        """(..., n_in) from the data's order to that of a reading."""
        if self.is_own(reading) or self.shape is None:
            return values
        pixels = self._pixels(values, planes=self.has_planes)
        if self._turns(reading):
            pixels = np.swapaxes(pixels, -3, -2)
        return self._flat(pixels, values, planes=self._planes_of(reading))

    def for_data(self, values: np.ndarray, reading: InputReading) -> np.ndarray:
        """(..., n_in) from the order of a reading to the data's."""
        if self.is_own(reading) or self.shape is None:
            return values
        pixels = self._pixels(values, planes=self._planes_of(reading))
        if self._turns(reading):
            pixels = np.swapaxes(pixels, -3, -2)
        return self._flat(pixels, values, planes=self.has_planes)

    def as_picture(self, values: np.ndarray) -> np.ndarray:
        """(n_in,) as (rows, columns), of colours (rows, columns, channels).

        Numbers that are no image are one row.
        """
        if self.shape is None:
            return values.reshape(1, -1)
        pixels = self._pixels(values, planes=self.has_planes)
        return pixels[..., 0] if self.channels == 1 else pixels

    def by_colour(self, values: DoubleArray) -> DoubleArray:
        """(n_in,) as the mean of each colour, (channels,)."""
        pixels = self._pixels(values, planes=self.has_planes)
        means: DoubleArray = pixels.mean(axis=(0, 1))
        return means

    def spread(self, of_colours: DoubleArray) -> DoubleArray:
        """(channels,) as (n_in,)."""
        assert self.shape is not None
        n_pixels = self.shape[0] * self.shape[1]
        if self.has_planes:
            return np.repeat(of_colours, n_pixels)
        return np.tile(of_colours, n_pixels)

    def _turns(self, reading: InputReading) -> bool:
        return reading.transposed and self.is_square

    def _planes_of(self, reading: InputReading) -> bool:
        return reading.colours == PLANES if reading.colours else self.has_planes

    def _pixels(self, values: np.ndarray, *, planes: bool) -> np.ndarray:
        """(..., rows, columns, channels)."""
        assert self.shape is not None
        before = values.shape[:-1]
        if planes:
            return np.moveaxis(
                values.reshape(*before, self.channels, *self.shape), -3, -1
            )
        return values.reshape(*before, *self.shape, self.channels)

    @staticmethod
    def _flat(pixels: np.ndarray, values: np.ndarray, *, planes: bool) -> np.ndarray:
        if planes:
            pixels = np.moveaxis(pixels, -1, -3)
        return np.ascontiguousarray(pixels).reshape(values.shape)
