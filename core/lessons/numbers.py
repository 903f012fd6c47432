"""The numbers of a network at one step, by the names that lessons use.

What the window and a test without one have in common: both fill in what they know.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from core.arrays import FloatArray, HostParams, RealArray
from core.data.dataset import Dataset, Split
from core.lessons.expressions.nodes import Argument
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import answers
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.backprop import Backward, backward_pass
from core.network.numpy.forward import (
    HeldActivations,
    Trace,
    activated,
    diverging,
    run_layers,
)
from core.protocol.health_record import HealthRecord
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter

MOST_NUMBERS: Final = 2**24
MOST_WHILE_MOVING: Final = 2**16
"""Inputs of all examples that are read for one value, on the spot."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """Everything that is known of one step; what is None is not.

    Attributes:
        spec: of the network.
        dataset: what it is trained on.
        params: after the step.
        step: steps taken.
        epoch: completed epochs with the fraction of the current one.
        rate: the learning rate in force.
        loss: its name, for deltas.
        rho: margin of the margin loss.
        trace: of the shown example.
        label: its class, or None.
        target: (n_out,) its target outputs.
        held: activations of it that are held.
        gradient: of the current batch at `before`.
        before: params before the newest step.
        batch_losses: mean of the batch before and after the step.
        test_loss: over the test set at this step.
        test_accuracy: likewise.
        validation_loss: over the validation data at this step.
        validation_accuracy: likewise.
        health: of this step.
        is_moving: while it trains, nothing is read over whole data sets.
        read_at: step and epoch of the reading of the test data; None as above.
    """

    spec: NetworkSpec
    dataset: Dataset
    params: HostParams
    step: int
    epoch: float
    rate: float
    loss: str
    rho: float = 0.5
    trace: Trace | None = None
    label: int | None = None
    target: RealArray | None = None
    held: HeldActivations = field(default_factory=dict)
    gradient: HostParams | None = None
    before: HostParams | None = None
    batch_losses: tuple[float | None, float | None] = (None, None)
    test_loss: float | None = None
    test_accuracy: float | None = None
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    health: HealthRecord | None = None
    is_moving: bool = False
    read_at: tuple[int, float] | None = None

    def at_reading(self) -> "Numbers":
        """The same, with the step and epoch of the reading of the test data."""
        if self.read_at is None:
            return self
        step, epoch = self.read_at
        return replace(self, step=step, epoch=epoch)

    def read(self, name: str, arguments: tuple[Argument, ...]) -> float | None:
        """A value by its name; None where it is not known, or is not here at all."""
        places = tuple(a for a in arguments if isinstance(a, int))
        found = _READERS[name](self, places) if name in _READERS else None
        if found is None or math.isnan(found):
            return None
        return float(found)

    @property
    def diverged(self) -> bool:
        """Whether a weight, or the loss of the batch, is not finite any more."""
        before = self.batch_losses[0]
        if before is not None and not math.isfinite(before):
            return True
        return not all(np.isfinite(part).all() for pair in self.params for part in pair)

    @cached_property
    def backward(self) -> Backward | None:
        """Of the shown example, for its deltas."""
        if self.trace is None or self.target is None:
            return None
        return backward_pass(
            self.spec,
            self.loss,
            self.params,
            self.trace.inputs,
            self.target,
            rho=self.rho,
            held=self.held,
        )

    def request_of(self, parameter: Parameter) -> float | None:
        """The change of a parameter that the shown example asks for."""
        found = self.backward
        if found is None or not parameter.is_in(self.spec):
            return None
        slope = found.gradient_of(parameter.layer, parameter.unit, parameter.source)
        # Not minus zero.
        return 0.0 - slope

    @cached_property
    def mistakes(self) -> int | None:
        """Training examples that are answered wrongly."""
        train = self.dataset.train
        if self._is_too_much(train) or not self.dataset.has_classes:
            return None
        z = self._pre_activations(train)
        record = ACTIVATIONS[self.spec.activations[-1]]
        return int(np.sum(answers(NUMPY, record, z.T) != train.labels))

    @cached_property
    def largest_error(self) -> float | None:
        """The largest distance of an output from its target, over the test set."""
        test = self.dataset.test
        if self._is_too_much(test) or test.targets is None:
            return None
        z = self._pre_activations(test)
        outputs = activated(self.spec, self.spec.n_layers, z)
        return float(np.max(np.abs(outputs.T - test.targets)))

    def output_of(self, example: int, output: int) -> float | None:
        """The output for a training example."""
        train = self.dataset.train
        if example >= len(train) or output >= self.spec.n_outputs:
            return None
        z = self._pre_activations(train.rows([example]))
        return float(activated(self.spec, self.spec.n_layers, z)[output, 0])

    def _is_too_much(self, split: Split) -> bool:
        most = MOST_WHILE_MOVING if self.is_moving else MOST_NUMBERS
        return split.inputs.size > most

    def _pre_activations(self, split: Split) -> RealArray:
        inputs: FloatArray = split.network_inputs(np.arange(len(split)))
        with diverging():
            *_, (_, z) = run_layers(self.spec, self.params, inputs.T)
        return z


Places = tuple[int, ...]
Reader = Callable[[Numbers, Places], "float | None"]


def parameter_at(places: Places) -> Parameter:
    """A weight of three places, or a bias of two."""
    return Parameter(*places)


def _of_params(params: HostParams | None, numbers: Numbers, at: Places) -> float | None:
    parameter = parameter_at(at)
    if params is None or not parameter.is_in(numbers.spec):
        return None
    return parameter.value_in(params)


def _of_layers(layers: tuple[RealArray, ...], at: Places) -> float | None:
    layer, unit = at
    if not 1 <= layer <= len(layers) or unit >= len(layers[layer - 1]):
        return None
    return float(layers[layer - 1][unit])


def _parameter(numbers: Numbers, at: Places) -> float | None:
    return _of_params(numbers.params, numbers, at)


def _nudge(numbers: Numbers, at: Places) -> float | None:
    slope = _of_params(numbers.gradient, numbers, at)
    # Not minus zero.
    return None if slope is None else 0.0 - slope


def _change(numbers: Numbers, at: Places) -> float | None:
    before = _of_params(numbers.before, numbers, at)
    now = _parameter(numbers, at)
    if before is None or now is None or numbers.step == 0:
        return None
    return now - before


def _pre_activation(numbers: Numbers, at: Places) -> float | None:
    trace = numbers.trace
    return None if trace is None else _of_layers(trace.pre_activations, at)


def _activation(numbers: Numbers, at: Places) -> float | None:
    trace = numbers.trace
    if trace is None:
        return None
    if at[0] == 0:
        return float(trace.inputs[at[1]]) if at[1] < len(trace.inputs) else None
    return _of_layers(trace.activations, at)


def _delta(numbers: Numbers, at: Places) -> float | None:
    found = numbers.backward
    return None if found is None else _of_layers(found.deltas, at)


def _slope(numbers: Numbers, at: Places) -> float | None:
    trace, layer = numbers.trace, at[0]
    if trace is None or not 1 <= layer <= numbers.spec.n_layers:
        return None
    # Not of the backward pass: a point without a target has slopes, too.
    record = ACTIVATIONS[numbers.spec.activations[layer - 1]]
    z = trace.pre_activations[layer - 1]
    return _of_layers((record.slope(NUMPY, z),), (1, at[1]))


def _request(numbers: Numbers, at: Places) -> float | None:
    return numbers.request_of(parameter_at(at))


def _activation_request(numbers: Numbers, at: Places) -> float | None:
    found = numbers.backward
    slope = None if found is None else _of_layers(found.activation_gradients, at)
    # Not minus zero.
    return None if slope is None else 0.0 - slope


def _output(numbers: Numbers, at: Places) -> float | None:
    return _activation(numbers, (numbers.spec.n_layers, at[0]))


def _largest_output(numbers: Numbers, _at: Places) -> float | None:
    return None if numbers.trace is None else float(np.max(numbers.trace.output))


def _answer(numbers: Numbers, _at: Places) -> float | None:
    return None if numbers.trace is None else float(numbers.trace.predicted)


def _train_accuracy(numbers: Numbers, _at: Places) -> float | None:
    wrong = numbers.mistakes
    return None if wrong is None else 1 - wrong / len(numbers.dataset.train)


def _zero_nudges(numbers: Numbers, _at: Places) -> float | None:
    if numbers.gradient is None:
        return None
    return float(sum(np.sum(part == 0) for pair in numbers.gradient for part in pair))


def _units(numbers: Numbers, at: Places) -> float | None:
    sizes = numbers.spec.layer_sizes
    return float(sizes[at[0]]) if at[0] < len(sizes) else None


def _norm(numbers: Numbers, at: Places) -> float | None:
    health = numbers.health
    if health is None or not 1 <= at[0] <= len(health.layers):
        return None
    return health.layer(at[0]).gradient_norm


def _flagged(name: str) -> Reader:
    def read(numbers: Numbers, at: Places) -> float | None:
        health = numbers.health
        if health is None or not 1 <= at[0] <= len(health.layers):
            return None
        flags = getattr(health.layer(at[0]), name)
        return None if flags is None else float(np.sum(flags))

    return read


def _loss_now(numbers: Numbers) -> float | None:
    """Of the newest batch with the weights that are shown; of the next, at step 0."""
    before, after = numbers.batch_losses
    return before if after is None else after


def _whole(value: float | int | None) -> float | None:
    return None if value is None else float(value)


_READERS: Final[Mapping[str, Reader]] = {
    "step": lambda n, _: n.step,
    "epoch": lambda n, _: n.epoch,
    "rate": lambda n, _: n.rate,
    "parameters": lambda n, _: n.spec.parameter_count,
    "layers": lambda n, _: n.spec.n_layers,
    "examples.train": lambda n, _: len(n.dataset.train),
    "examples.test": lambda n, _: len(n.dataset.test),
    "units": _units,
    "loss.batch": lambda n, _: n.batch_losses[0],
    "loss.after": lambda n, _: n.batch_losses[1],
    "loss.now": lambda n, _: _loss_now(n),
    "loss.test": lambda n, _: n.test_loss,
    "loss.example": lambda n, _: None if n.backward is None else n.backward.cost,
    "accuracy.train": _train_accuracy,
    "accuracy.test": lambda n, _: n.test_accuracy,
    "loss.validation": lambda n, _: n.validation_loss,
    "accuracy.validation": lambda n, _: n.validation_accuracy,
    "mistakes": lambda n, _: _whole(n.mistakes),
    "error.largest": lambda n, _: n.largest_error,
    "w": _parameter,
    "b": _parameter,
    "z": _pre_activation,
    "a": _activation,
    "p": _output,
    "p.largest": _largest_output,
    "answer": _answer,
    "label": lambda n, _: _whole(n.label),
    "output": lambda n, at: n.output_of(at[0], at[1] if len(at) > 1 else 0),
    "slope": _slope,
    "delta": _delta,
    "request": _request,
    "request.activation": _activation_request,
    "nudge": _nudge,
    "change": _change,
    "nudges.zero": _zero_nudges,
    "norm": _norm,
    "dead": _flagged("dead"),
    "saturated": _flagged("saturated"),
}
