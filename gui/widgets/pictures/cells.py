"""The cells of a picture of numbers, and which number each of them shows."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray
from core.data.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells in rows; of a coloured picture red, green and blue stand side by side.

    Attributes:
        rows: rows of cells.
        columns: cells of a row, of all colours together.
        channels: colours, each of which has so many columns.
        has_planes: whether the numbers of a colour follow each other, else the colours
            of a pixel.
    """

    rows: int
    columns: int
    channels: int = 1
    has_planes: bool = False

    @classmethod
    def of_images(cls, dataset: Dataset) -> "Cells":
        """Of the data set's images."""
        assert dataset.image_shape is not None
        rows, columns = dataset.image_shape
        channels = dataset.channels
        return cls(rows, columns * channels, channels, dataset.has_planes)

    @classmethod
    def in_rows(cls, count: int, columns: int) -> "Cells":
        """As many rows as so many numbers fill."""
        return cls(-(-count // columns), columns)

    @property
    def width(self) -> int:
        """Columns of one colour."""
        return self.columns // self.channels

    def place(self, position: int) -> tuple[int, int]:
        """Row and column of the number at a position."""
        if self.has_planes:
            channel, pixel = divmod(position, self.rows * self.width)
        else:
            pixel, channel = divmod(position, self.channels)
        row, column = divmod(pixel, self.width)
        return row, channel * self.width + column

    def position(self, row: int, column: int) -> int:
        """Position of the number that a cell shows."""
        channel, column = divmod(column, self.width)
        if self.has_planes:
            return (channel * self.rows + row) * self.width + column
        return (row * self.width + column) * self.channels + channel

    def positions(self) -> IntArray:
        """(rows, columns) the position of each cell's number."""
        channels = (self.channels, self.rows, self.width)
        if not self.has_planes:
            channels = (self.rows, self.width, self.channels)
        numbers = np.arange(self.rows * self.columns, dtype=np.int32).reshape(channels)
        first = numbers if self.has_planes else np.moveaxis(numbers, 2, 0)
        return first.transpose(1, 0, 2).reshape(self.rows, self.columns)

    def laid_out(self, values: FloatArray) -> FloatArray:
        """(rows, columns) of the values; cells without one are 0."""
        padded = np.zeros(self.rows * self.columns, np.float32)
        padded[: len(values)] = values
        laid: FloatArray = padded[self.positions()]
        return laid
