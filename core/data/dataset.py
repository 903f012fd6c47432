"""A data set in memory: training and test examples with labels or targets."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from core.arrays import DoubleArray, FloatArray, IntArray
from core.data.picture_form import PictureForm
from core.data.pixels import Pixels
from core.data.point_space import PointSpace
from core.data.scaling import BYTES, PLAIN, InputScaling
from core.data.table.preparation import NumberColumn, Preparation
from core.values.words import tr

NO_CLASS: Final = -1
CHANNELS: Final = ("red", "green", "blue")
Inputs = npt.NDArray[np.uint8] | npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Examples of one kind (training or test).

    Attributes:
        inputs: (n, n_in); uint8 grey levels, which the network receives divided by
            255, or float32 values, which it receives as they are.
        labels: (n,) int32 class numbers from 0; NO_CLASS where there are targets.
        targets: (n, n_out) target outputs that are real numbers, else None.
    """

    inputs: Inputs
    labels: IntArray
    targets: FloatArray | None = None

    def __len__(self) -> int:
        return len(self.inputs)

    @property
    def answers(self) -> IntArray | FloatArray:
        """The targets of training: labels (n,), or targets (n, n_out)."""
        return self.labels if self.targets is None else self.targets

    def rows(self, indices: npt.ArrayLike) -> "Split":
        """The chosen examples."""
        chosen = np.asarray(indices)
        targets = None if self.targets is None else self.targets[chosen]
        return Split(self.inputs[chosen], self.labels[chosen], targets)

    def with_answers_of(self, indices: npt.ArrayLike) -> "Split":
        """The same inputs with the labels or targets of other examples."""
        return replace(self.rows(indices), inputs=self.inputs)

    def network_inputs(self, indices: npt.ArrayLike | int) -> FloatArray:
        """The chosen examples as the network receives them, float32 (k, n_in)."""
        rows = self.inputs[np.asarray(indices)]
        values: FloatArray = rows.astype(np.float32)
        if rows.dtype == np.uint8:
            values /= np.float32(255)
        return values


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Dataset:
    """Training and test examples with the names of their classes and inputs.

    Attributes:
        name: as in `data.name`.
        class_names: one for each class, in label order; empty where the examples
            have targets.
        image_shape: (rows, columns) when an example is an image, else None.
        channels: numbers for each of its pixels: 1 is grey, 3 are colours.
        has_planes: whether the inputs are all that is red, then green, then blue; else
            the three colours of a pixel follow each other.
        black_and_white: the numbers of the file that are so in an image whose numbers
            were scaled before they came here.
        input_names: one for each input when it is no image, else empty.
        source: its source, for the user: a folder, or "drawn by Glassbox".
        space: the points that the inputs are computed from, for data sets of points.
        output_names: one for each output of the network: the classes, or else the
            names of the numbers of a target.
        validation: examples for validation only, None where none are held out.
        preparation: how the columns of a table became these numbers; None for others.
        scaled: how the numbers of the file were scaled before they came here; None
            where they are those of the file.
    """

    name: str
    train: Split
    test: Split
    class_names: tuple[str, ...]
    image_shape: tuple[int, int] | None = None
    input_names: tuple[str, ...] = ()
    source: str = ""
    space: PointSpace | None = None
    output_names: tuple[str, ...] = ()
    validation: Split | None = None
    preparation: Preparation | None = None
    scaled: InputScaling | None = None
    channels: int = 1
    has_planes: bool = False
    black_and_white: tuple[float, float] = (0.0, 255.0)

    def __post_init__(self) -> None:
        if not self.output_names:
            object.__setattr__(self, "output_names", self.class_names)

    @property
    def scaling(self) -> InputScaling | None:
        """From the numbers of the file to those that the network receives.

        None where another rule makes them: the columns of a table, or features.
        """
        if self.space is not None or (self.preparation and self.preparation.columns):
            return None
        if self.scaled is not None:
            return self.scaled
        return BYTES if self.train.inputs.dtype == np.uint8 else PLAIN

    def pictures(self, inputs: FloatArray) -> FloatArray:
        """Examples of images as shades from 0 to 1.

        Args:
            inputs: (..., n_inputs) as the network receives them.

        Returns:
            (..., rows, columns), of colours (..., rows, columns, 3).
        """
        shades = inputs
        if self.scaled is not None and self.scaled != BYTES:
            means, deviations = self.scaled.vectors
            black, white = self.black_and_white
            numbers = inputs * deviations + means
            shades = ((numbers - black) / (white - black)).astype(np.float32)
        pictures: FloatArray
        if self.has_planes:
            assert self.image_shape is not None
            planes = shades.reshape(*inputs.shape[:-1], 3, *self.image_shape)
            pictures = np.moveaxis(planes, -3, -1)
        else:
            pictures = shades.reshape(*inputs.shape[:-1], *self.picture_shape)
        return pictures

    def inputs_of(self, picture: FloatArray) -> FloatArray:
        """(n_inputs,) as the network receives a grey or coloured picture, 0 to 1."""
        form = self.picture_form
        assert form is not None
        return form.inputs_of(picture, self.scaled)

    @property
    def picture_form(self) -> PictureForm | None:
        """How its images lie in the inputs; None where examples are no images."""
        if self.image_shape is None:
            return None
        black, white = self.black_and_white
        if self.scaled is None:
            black, white = 0.0, 255.0 if self.train.inputs.dtype == np.uint8 else 1.0
        return PictureForm(
            self.image_shape, self.channels, self.has_planes, black, white
        )

    @property
    def has_own_units(self) -> bool:
        """Whether targets of the file are other numbers than the network learns."""
        if self.has_classes or self.preparation is None:
            return False
        means, deviations = self.preparation.target_units
        return bool((means != 0).any() or (deviations != 1).any())

    @property
    def has_own_inputs(self) -> bool:
        """Whether inputs are other numbers than those of the columns of the file."""
        return self.preparation is not None and any(
            isinstance(column, NumberColumn)
            and (column.mean, column.deviation) != (0, 1)
            for column in self.preparation.columns
        )

    def in_own_units(self, outputs: FloatArray) -> DoubleArray:
        """(..., n_targets) outputs or targets as numbers of the file."""
        if self.preparation is None:
            return np.asarray(outputs, np.float64)
        return self.preparation.in_own_units(outputs)

    def input_at(self, row: int, column: int, channel: int = 0) -> int:
        """The input of a pixel."""
        assert self.image_shape is not None
        rows, columns = self.image_shape
        if self.has_planes:
            return (channel * rows + row) * columns + column
        return (row * columns + column) * self.channels + channel

    def pixel_of(self, index: int) -> tuple[int, int, int]:
        """Row, column and channel of an input."""
        assert self.image_shape is not None
        rows, columns = self.image_shape
        if self.has_planes:
            channel, pixel = divmod(index, rows * columns)
        else:
            pixel, channel = divmod(index, self.channels)
        return *divmod(pixel, columns), channel

    @property
    def pixels(self) -> Pixels:
        """How the inputs lie in an image."""
        return Pixels(self.image_shape, self.channels, self.has_planes)

    @property
    def picture_shape(self) -> tuple[int, ...]:
        """Of one image: rows and columns, and 3 where it is coloured."""
        assert self.image_shape is not None
        colours = (self.channels,) if self.channels > 1 else ()
        return (*self.image_shape, *colours)

    @property
    def n_inputs(self) -> int:
        return int(self.train.inputs.shape[1])

    @property
    def n_classes(self) -> int:
        return len(self.class_names)

    @property
    def n_outputs(self) -> int:
        return len(self.output_names)

    @property
    def has_classes(self) -> bool:
        """Whether the examples have classes, and not real-valued targets."""
        return bool(self.class_names)

    def input_name(self, index: int) -> str:
        """The name of input `index`: "pixel (3, 14)", row first, or "x1"."""
        if self.image_shape is not None:
            return tr("pixel {place}", place=self.short_input_name(index))
        return self.short_input_name(index)

    def short_input_name(self, index: int) -> str:
        """The same without the word for a pixel: "(3, 14)"."""
        if self.image_shape is not None:
            row, column, channel = self.pixel_of(index)
            colour = f" {CHANNELS[channel]}" if self.channels > 1 else ""
            return f"({row}, {column}){colour}"
        if self.input_names:
            return self.input_names[index]
        return tr("input {index}", index=index)


def all_rows(dataset: Dataset) -> Split:
    """The examples of all parts together: training, validation, test."""
    parts = [dataset.train, dataset.validation, dataset.test]
    splits = [split for split in parts if split is not None]
    targets = [split.targets for split in splits if split.targets is not None]
    return Split(
        np.concatenate([split.inputs for split in splits]),
        np.concatenate([split.labels for split in splits]),
        np.concatenate(targets) if targets else None,
    )
