"""A network with everything that its exports say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np

from core.arrays import DoubleArray, FloatArray, RealArray
from core.data.table.preparation import NumberColumn, Preparation
from core.experiment.model import TrainingSettings
from core.experiment.rules import FILE
from core.files.export.intake import Intake, Row, intake_of
from core.files.weights import WeightsFile
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import n_classes, output_names
from core.network.numpy.forward import activated, diverging, run_layers
from core.network.numpy.losses.table import usual_loss
from core.values.network_spec import NetworkSpec
from core.values.plain_text import plain

N_PROBES: Final = 16
"""Rows that an export is compared on."""
_SEED: Final = 7


@dataclass(frozen=True, eq=False)
class Network:
    """What is exported.

    Attributes:
        weights: of the file.
        intake: the way of a row into the network.
    """

    weights: WeightsFile
    intake: Intake

    @classmethod
    def of(cls, weights: WeightsFile) -> "Network":
        return cls(weights, intake_of(weights))

    @property
    def spec(self) -> NetworkSpec:
        return self.weights.spec

    @property
    def title(self) -> str:
        """The network in words, for the first line of a script."""
        experiment = self.weights.experiment
        step = f" of step {self.weights.step:,}" if self.weights.step else ""
        if experiment is None:
            return f"The network {self.spec}{step}"
        data = experiment.data
        name = Path(data.path).name if data.name == FILE else data.name
        return f"The network {self.spec}{step}, trained on {plain(name)}"

    @property
    def training(self) -> TrainingSettings:
        """As in the experiment, or the usual for the output."""
        if self.weights.experiment is not None:
            return self.weights.experiment.training
        output = ACTIVATIONS[self.spec.activations[-1]]
        return TrainingSettings(loss=usual_loss(output).name)

    @property
    def has_classes(self) -> bool:
        """Whether an answer is a class, and not numbers."""
        if self.weights.experiment is not None:
            return self.weights.experiment.data.has_classes
        is_linear = self.spec.activations[-1] == "identity"
        return bool(self.weights.class_names) or not is_linear

    @property
    def class_names(self) -> tuple[str, ...]:
        """One for each class; empty where an answer is numbers."""
        if not self.has_classes or self.weights.class_names:
            return self.weights.class_names
        return tuple(str(k) for k in range(n_classes(self.spec.n_outputs)))

    @property
    def output_names(self) -> tuple[str, ...]:
        """One for each output."""
        preparation = self.weights.preparation
        if self.has_classes:
            return output_names(self.class_names, self.spec.n_outputs)
        if preparation is not None and not preparation.class_names:
            return preparation.output_names
        return tuple(f"y{k + 1}" for k in range(self.spec.n_outputs))

    @property
    def units(self) -> tuple[DoubleArray, DoubleArray] | None:
        """Mean and deviation of each target; None where outputs are as they are."""
        preparation = self.weights.preparation
        if preparation is None or preparation.class_names or self.has_classes:
            return None
        return preparation.target_units

    @property
    def has_decimal_comma(self) -> bool:
        """Whether the table that it was trained on writes numbers as 0,5."""
        preparation = self.weights.preparation
        return preparation is not None and preparation.has_decimal_comma

    def outputs(self, rows: Sequence[Row]) -> RealArray:
        """(n, n_outputs) what the network answers to rows of the file."""
        answers = self.outputs_of_inputs(self.intake.inputs(rows))
        return answers if self.units is None else _in_units(self.weights, answers)

    def outputs_of_inputs(self, inputs: FloatArray) -> FloatArray:
        """(n, n_outputs) outputs for what the network receives, as they are."""
        spec = self.spec
        with diverging():
            *_, (_, z) = run_layers(spec, self.weights.params, inputs.T)
            outputs = activated(spec, spec.n_layers, z).T
        return np.ascontiguousarray(outputs, np.float32)

    @cached_property
    def probes(self) -> tuple[Row, ...]:
        """Rows as in the file, always the same ones, on which exports are compared."""
        random = np.random.default_rng(_SEED)
        intake = self.intake
        if intake.columns:
            cells = [_cells(column, random) for column in intake.columns]
            return tuple(zip(*cells, strict=True))
        shape = (N_PROBES, intake.n_values)
        if intake.features:
            points = random.uniform(-6, 6, shape).astype(np.float32)
            return tuple(map(tuple, points.tolist()))
        if intake.image_shape is not None:
            return tuple(map(tuple, random.integers(0, 256, shape).tolist()))
        means, deviations = intake.scaling.vectors
        values = means + deviations * random.standard_normal(shape)
        return tuple(map(tuple, values.astype(np.float32).tolist()))


def _cells(column: object, random: np.random.Generator) -> list[object]:
    if isinstance(column, NumberColumn):
        spread = random.standard_normal(N_PROBES) * column.deviation + column.mean
        numbers: list[object] = list(spread.astype(np.float32).tolist())
        numbers[0] = None  # a missing value
        return numbers
    categories = column.categories  # type: ignore[attr-defined]
    return [str(word) for word in random.choice(categories, N_PROBES)]


def _in_units(weights: WeightsFile, outputs: FloatArray) -> DoubleArray:
    preparation = weights.preparation
    assert isinstance(preparation, Preparation)
    return preparation.in_own_units(outputs)
