"""What a row of the file is, and how it becomes what the network receives."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.arrays import DoubleArray, FloatArray
from core.data.pixels import Pixels
from core.data.scaling import BYTES, PLAIN, InputScaling
from core.data.table.preparation import Column, NumberColumn
from core.experiment.features import chosen_features, feature_rows
from core.experiment.rules import IMAGE_DATASETS, LINE_DATASETS, POINT_DATASETS
from core.files.weights import WeightsFile

Row = Sequence[object]


@dataclass(frozen=True, slots=True, eq=False)
class Intake:
    """The way of a row into the network.

    Attributes:
        n_inputs: of the network.
        columns: of a table; none for other data.
        features: computed from the coordinates of points; none for other data.
        n_coordinates: of a point.
        scaling: of other data.
        is_known: whether the scaling of other data is known.
        image_shape: (rows, columns) where a row is a grey image.
        coloured: how the numbers of a coloured image lie; None for other data.
    """

    n_inputs: int
    columns: tuple[Column, ...] = ()
    features: tuple[str, ...] = ()
    n_coordinates: int = 0
    scaling: InputScaling = PLAIN
    is_known: bool = True
    image_shape: tuple[int, int] | None = None
    coloured: Pixels | None = None

    @property
    def n_values(self) -> int:
        """Values in a row of the file."""
        return len(self.columns) or self.n_coordinates or self.n_inputs

    @property
    def has_words(self) -> bool:
        """Whether some columns of a table hold words."""
        return any(not isinstance(column, NumberColumn) for column in self.columns)

    @property
    def text(self) -> str:
        """What a row is, in words."""
        if self.columns:
            names = ", ".join(column.name for column in self.columns[:20])
            more = len(self.columns) - 20
            names += f" and {more:,} more" if more > 0 else ""
            return f"a value for each column of the table: {names}"
        if self.features:
            return "the coordinates of a point: " + ", ".join(self.coordinate_names)
        if self.coloured is not None:
            return self._of_colours(self.coloured)
        if self.scaling == BYTES:
            shape = self.image_shape
            of = "" if shape is None else f" of {shape[0]}x{shape[1]} pixels"
            return f"{self.n_inputs:,} grey levels{of} from 0 to 255, row by row"
        return f"{self.n_inputs:,} numbers"

    def _of_colours(self, pixels: Pixels) -> str:
        rows, columns = pixels.shape or (0, 0)
        what = "levels from 0 to 255" if self.scaling == BYTES else "numbers"
        order = "red, green and blue of each pixel, row by row"
        if pixels.has_planes:
            order = "all of red row by row, then all of green, then all of blue"
        return f"{self.n_inputs:,} {what} of {rows}x{columns} pixels: {order}"

    @property
    def coordinate_names(self) -> tuple[str, ...]:
        return ("x",) if self.n_coordinates == 1 else ("x1", "x2")

    @property
    def affine(self) -> tuple[DoubleArray, DoubleArray, DoubleArray]:
        """Fill (NaN where there is none), mean and deviation of each network input.

        A category of a column of words is an input of its own, 1 or 0 as it is.
        """
        if not self.columns:
            means, deviations = self.scaling.vectors
            shape = (self.n_inputs,)
            return (
                np.full(shape, np.nan),
                np.broadcast_to(means, shape).copy(),
                np.broadcast_to(deviations, shape).copy(),
            )
        numbers: list[tuple[float, float, float]] = []
        for column in self.columns:
            if isinstance(column, NumberColumn):
                numbers.append((column.fill, column.mean, column.deviation))
            else:
                numbers += [(math.nan, 0.0, 1.0)] * len(column.categories)
        fills, means, deviations = np.array(numbers).T
        return fills, means, deviations

    def inputs(self, rows: Sequence[Row]) -> FloatArray:
        """(n, n_inputs) what the network receives of rows of the file."""
        if self.columns:
            return _of_table(self.columns, rows)
        values = np.asarray(rows, np.float64)
        if self.features:
            points = np.ascontiguousarray(values.T, np.float32)
            return np.ascontiguousarray(feature_rows(self.features, points).T)
        return self.scaling.of(values)


def intake_of(weights: WeightsFile) -> Intake:
    """The way of a row of the data that a network was trained on."""
    n = weights.spec.n_inputs
    if weights.preparation is not None and weights.preparation.columns:
        return Intake(n, columns=weights.preparation.columns)
    data = None if weights.experiment is None else weights.experiment.data
    if data is not None and data.name in POINT_DATASETS:
        count = 1 if data.name in LINE_DATASETS else 2
        features = chosen_features(data.features, count)
        return Intake(n, features=features, n_coordinates=count)
    is_image = data is not None and data.name in IMAGE_DATASETS
    pixels = None if weights.pictures is None else weights.pictures.pixels
    scaling = weights.scaling
    if scaling is None and is_image:
        scaling = BYTES
    side = math.isqrt(n)
    is_square = side * side == n and side > 1 and (is_image or scaling == BYTES)
    return Intake(
        n,
        scaling=scaling or PLAIN,
        is_known=scaling is not None or (data is not None and data.path == ""),
        image_shape=(side, side) if is_square else None,
        coloured=None if pixels is None or pixels.channels == 1 else pixels,
    )


def _of_table(columns: Sequence[Column], rows: Sequence[Row]) -> FloatArray:
    import polars as pl

    from core.data.table.preparation import Preparation

    values = list(zip(*rows, strict=True))
    frame = pl.DataFrame(
        [
            pl.Series(column.name, list(cells), strict=False)
            for column, cells in zip(columns, values, strict=True)
        ]
    )
    return Preparation(tuple(columns), ()).inputs(frame)
