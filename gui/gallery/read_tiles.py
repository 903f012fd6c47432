"""The test set as tiles: each example with what the network reads."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.data.dataset import Dataset
from core.messages import Evaluated
from core.network_spec import FloatArray
from core.snapshot import IntArray
from gui import number_format
from gui.controls.probability_bars import figure
from gui.gallery.tiles import GUESS_HEADER, Tile

UNKNOWN = "\N{EM DASH}"


@dataclass(frozen=True, slots=True, eq=False)
class ReadTiles:
    """Examples of the test set in some order.

    Attributes:
        order: indices into the test split.
        evaluation: None when the network has not read the test set yet.
        activation: the output layer's, which decides how confidence is written.
    """

    dataset: Dataset
    order: IntArray
    evaluation: Evaluated | None
    activation: str

    @property
    def image_shape(self) -> tuple[int, int] | None:
        return self.dataset.image_shape

    @property
    def line_count(self) -> int:
        return 1 if self.evaluation is None else 2

    @property
    def has_changes(self) -> bool:
        return False

    @property
    def widest_line(self) -> str:
        longest = sorted(self.dataset.class_names, key=len)[-2:]
        return max(", is ".join(longest), "100.0 %", key=len)

    @property
    def headers(self) -> tuple[str, ...]:
        return (*_input_names(self.dataset), "class", GUESS_HEADER, "output")

    def inputs(self, positions: IntArray) -> npt.NDArray[np.uint8] | FloatArray:
        return self.dataset.test.inputs[self.order[positions]]

    def tile(self, position: int) -> Tile:
        index = int(self.order[position])
        label = int(self.dataset.test.labels[index])
        names = self.dataset.class_names
        if self.evaluation is None:
            return Tile((names[label],))
        guess = int(self.evaluation.predicted[index])
        right = guess == label
        read = names[guess] if right else f"{names[guess]}, is {names[label]}"
        return Tile((read, self._confidence(index)), right)

    def cells(self, position: int) -> tuple[str, ...]:
        index = int(self.order[position])
        names = self.dataset.class_names
        label = names[int(self.dataset.test.labels[index])]
        coordinates = tuple(
            number_format.fixed(float(x), 3)
            for x in self.dataset.test.network_inputs(index)
        )
        if self.evaluation is None:
            return (*coordinates, label, UNKNOWN, UNKNOWN)
        guess = names[int(self.evaluation.predicted[index])]
        return (*coordinates, label, guess, self._confidence(index))

    def tooltip(self, position: int) -> str:
        index = int(self.order[position])
        names = self.dataset.class_names
        label = names[int(self.dataset.test.labels[index])]
        text = f"Test example {number_format.count(index)}, true class {label}"
        if self.evaluation is None:
            return text
        guess = names[int(self.evaluation.predicted[index])]
        output = number_format.full(float(self.evaluation.confidence[index]))
        step = number_format.count(self.evaluation.step)
        return f"{text}\nread as {guess}, output {output}, at step {step}"

    def _confidence(self, index: int) -> str:
        assert self.evaluation is not None
        return figure(self.activation, float(self.evaluation.confidence[index]))


def _input_names(dataset: Dataset) -> tuple[str, ...]:
    if dataset.image_shape is not None:
        return ()
    return tuple(dataset.input_name(k) for k in range(dataset.n_inputs))
