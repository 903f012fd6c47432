"""A data set in memory: labelled examples for training and for testing."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.data.point_space import PointSpace
from core.network_spec import FloatArray
from core.snapshot import IntArray

Inputs = npt.NDArray[np.uint8] | npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Examples of one kind (training or test).

    Attributes:
        inputs: (n, n_in); uint8 grey levels, which the network receives divided by
            255, or float32 values, which it receives as they are.
        labels: (n,) int32 class numbers from 0.
    """

    inputs: Inputs
    labels: IntArray

    def __len__(self) -> int:
        return len(self.labels)

    def network_inputs(self, indices: npt.ArrayLike | int) -> FloatArray:
        """The chosen examples as the network receives them, float32 (k, n_in)."""
        rows = self.inputs[np.asarray(indices)]
        values: FloatArray = rows.astype(np.float32)
        if rows.dtype == np.uint8:
            values /= np.float32(255)
        return values


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Training and test examples with the names of their classes and inputs.

    Attributes:
        name: as in `data.name`.
        class_names: one for each class, in label order.
        image_shape: (rows, columns) when an example is a grey image, else None.
        input_names: one for each input when it is no image, else empty.
        source: where it came from, for the user: a folder, or "drawn by Glassbox".
        space: the points that the inputs are made of, when they are points.
    """

    name: str
    train: Split
    test: Split
    class_names: tuple[str, ...]
    image_shape: tuple[int, int] | None = None
    input_names: tuple[str, ...] = ()
    source: str = ""
    space: PointSpace | None = None

    @property
    def n_inputs(self) -> int:
        return int(self.train.inputs.shape[1])

    @property
    def n_classes(self) -> int:
        return len(self.class_names)

    def input_name(self, index: int) -> str:
        """What input `index` is: "pixel (row 3, column 14)", or "x1"."""
        if self.image_shape is not None:
            row, column = divmod(index, self.image_shape[1])
            return f"pixel (row {row}, column {column})"
        return self.input_names[index] if self.input_names else f"input {index}"
