"""The test set as tiles: each example with its prediction."""

from dataclasses import dataclass

from core.arrays import FloatArray, IntArray
from core.data.dataset import Dataset
from core.protocol.messages import Evaluated
from core.values.words import tr
from gui.panels.gallery.answer_texts import (
    error_text,
    headers,
    last_header,
    prediction_and_target,
    prediction_text,
    target_text,
    widest_line,
)
from gui.session.example_name import name_at_start
from gui.session.own_units import own_inputs, received_inputs
from gui.style import number_format
from gui.widgets.pictures.tiles import GUESS_HEADER, Tile
from gui.widgets.probability_bars import figure

UNKNOWN = "\N{EM DASH}"


@dataclass(frozen=True, slots=True, eq=False)
class ClassifiedTiles:
    """Examples of the test set in some order.

    Attributes:
        order: indices into the test split.
        evaluation: None while the test set has not been evaluated.
        activation: the output layer's, which decides how confidence is written.
        errors: (n_test,) distances from the targets, None where there are classes.
        tested_on: what the examples are called.
    """

    dataset: Dataset
    order: IntArray
    evaluation: Evaluated | None
    activation: str
    errors: FloatArray | None = None
    tested_on: str = "test"

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
        return max(widest_line(self.dataset), "100.0 %", key=len)

    @property
    def headers(self) -> tuple[str, ...]:
        names = _input_names(self.dataset)
        target, said = headers(self.dataset, GUESS_HEADER)
        return (*names, target, said, last_header(self.dataset))

    @property
    def said_column(self) -> int:
        return len(self.headers) - 2

    def pictures(self, positions: IntArray) -> FloatArray:
        shown = self.dataset.test.network_inputs(self.order[positions])
        return self.dataset.pictures(shown)

    def tile(self, position: int) -> Tile:
        index = int(self.order[position])
        target = self._target_text(index)
        if self.evaluation is None:
            return Tile((target,))
        said = self._said(self.evaluation, index)
        right = said == target if self.dataset.has_classes else None
        line = prediction_and_target(self.dataset, said, target)
        return Tile((line, self._certainty(self.evaluation, index)), right)

    def cells(self, position: int) -> tuple[str, ...]:
        index = int(self.order[position])
        target = self._target_text(index)
        inputs = self.dataset.test.network_inputs(index)
        coordinates = own_inputs(self.dataset, inputs)
        if self.evaluation is None:
            return (*coordinates, target, UNKNOWN, UNKNOWN)
        said = self._said(self.evaluation, index)
        return (*coordinates, target, said, self._certainty(self.evaluation, index))

    def tooltip(self, position: int) -> str:
        index = int(self.order[position])
        kind = tr("true class") if self.dataset.has_classes else tr("target")
        name = name_at_start(self.tested_on, index)
        text = f"{name}, {kind} {self._target_text(index)}"
        inputs = self.dataset.test.network_inputs(index)
        received = received_inputs(self.dataset, inputs)
        text += f"\n{received}" if received else ""
        if self.evaluation is None:
            return text
        said = self._said(self.evaluation, index)
        step = number_format.count(self.evaluation.step)
        if not self.dataset.has_classes:
            return tr(
                "{text}\noutput {said}, {name} {error}, at step {step}",
                text=text,
                said=said,
                name=last_header(self.dataset),
                error=self._certainty(self.evaluation, index),
                step=step,
            )
        output = number_format.full(float(self.evaluation.confidence[index]))
        return tr(
            "{text}\npredicted {said}, output {output}, at step {step}",
            text=text,
            said=said,
            output=output,
            step=step,
        )

    def _target_text(self, index: int) -> str:
        split = self.dataset.test
        target = None if split.targets is None else split.targets[index]
        return target_text(self.dataset, int(split.labels[index]), target)

    def _said(self, evaluation: Evaluated, index: int) -> str:
        outputs = None if evaluation.outputs is None else evaluation.outputs[index]
        return prediction_text(self.dataset, int(evaluation.predicted[index]), outputs)

    def _certainty(self, evaluation: Evaluated, index: int) -> str:
        """The predicted class's output, or without classes the error."""
        errors = self.errors
        if errors is not None:
            return error_text(self.dataset, float(errors[index]))
        return figure(self.activation, float(evaluation.confidence[index]))


def _input_names(dataset: Dataset) -> tuple[str, ...]:
    if dataset.image_shape is not None:
        return ()
    return tuple(dataset.input_name(k) for k in range(dataset.n_inputs))
