"""What the panels show: frozen values, made from a snapshot by pure functions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from core.arrays import FloatArray, HostParams, RealArray
from core.data.dataset import Dataset, Split
from core.experiment.model import Experiment
from core.network.numpy.backprop import target_of
from core.network.numpy.forward import (
    NOTHING_HELD,
    HeldActivations,
    Trace,
    forward_trace,
)
from core.protocol.messages import Evaluated
from core.protocol.snapshot import Snapshot
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter, Unit
from gui.session.health_log import HealthLog
from gui.session.metrics_log import MetricsLog
from gui.session.selection import Selection


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What stays the same from the start of a run to the next start."""

    run_id: int
    experiment: Experiment
    spec: NetworkSpec
    dataset: Dataset
    device: str
    metrics: MetricsLog
    health: HealthLog = field(default_factory=HealthLog)


@dataclass(frozen=True, slots=True, eq=False)
class ShownExample:
    """The example that the network picture and the probabilities show.

    Attributes:
        inputs: (n_in,) as the network receives them.
        label: its true class, None for a drawing.
        origin: where it comes from.
        index: its position in the split, None for a drawing.
        point: coordinates of a point of the plane that is none of the data's.
        target: (n_out,) its wished outputs where the data have no classes, else None.
    """

    inputs: FloatArray
    label: int | None = None
    origin: Literal["test", "train", "drawing"] = "test"
    index: int | None = None
    point: tuple[float, ...] | None = None
    target: FloatArray | None = None

    @classmethod
    def of(
        cls, split: Split, index: int, origin: Literal["test", "train"]
    ) -> "ShownExample":
        """An example of the data, with its label or its target."""
        targets = split.targets
        return cls(
            split.network_inputs(index),
            int(split.labels[index]) if targets is None else None,
            origin,
            index,
            target=None if targets is None else targets[index],
        )


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """All that a panel draws, of one and the same step.

    Attributes:
        snapshot: the newest one.
        example: the one that is run through the network.
        trace: its forward pass through `snapshot.params`.
        evaluation: the newest reading of the whole test set, of step
            `evaluation.step`, which can lie a little behind while training.
        selection: None when nothing is selected.
        ablated: units whose outgoing weights are 0 and frozen there.
        held: activations of the shown example that are held at a value; the trace
            follows from them.
    """

    run: Run
    snapshot: Snapshot
    example: ShownExample
    trace: Trace
    evaluation: Evaluated | None = None
    selection: Selection | None = None
    ablated: frozenset[Unit] = frozenset()
    held: HeldActivations = field(default_factory=dict)

    @property
    def spec(self) -> NetworkSpec:
        return self.run.spec

    @property
    def params(self) -> HostParams:
        return self.snapshot.params

    @property
    def target(self) -> RealArray | None:
        """(n_out,) the wished outputs of the shown example; None where not known."""
        if self.example.target is not None:
            return self.example.target
        if self.example.label is None:
            return None
        spec = self.spec
        return target_of(self.example.label, spec.n_outputs, spec.activations[-1])

    @property
    def edited(self) -> Mapping[Parameter, int]:
        """Parameters that the user gave a value, with the step of the last time."""
        return self.snapshot.edited

    @property
    def frozen(self) -> frozenset[Parameter]:
        """Parameters that no step changes, those of ablated units among them."""
        return self.snapshot.frozen

    @property
    def nudges(self) -> HostParams | None:
        """Minus the gradient of the current batch, shaped like params."""
        if self.snapshot.gradient is None:
            return None
        return tuple((-dw, -db) for dw, db in self.snapshot.gradient)


def resolve(
    run: Run,
    snapshot: Snapshot,
    example: ShownExample,
    evaluation: Evaluated | None = None,
    selection: Selection | None = None,
    held: HeldActivations = NOTHING_HELD,
) -> View:
    """Run the example through the snapshot's weights and put all in one view."""
    trace = forward_trace(run.spec, snapshot.params, example.inputs, held)
    ablated = ablated_units(run.spec, snapshot)
    return View(run, snapshot, example, trace, evaluation, selection, ablated, held)


def ablated_units(spec: NetworkSpec, snapshot: Snapshot) -> frozenset[Unit]:
    """Units, inputs too, all of whose outgoing weights are 0 and frozen."""
    frozen_of: Counter[Unit] = Counter(
        Unit(parameter.layer - 1, parameter.source)
        for parameter in snapshot.frozen
        if parameter.source is not None
    )
    return frozenset(
        unit
        for unit, count in frozen_of.items()
        if count == spec.layer_sizes[unit.layer + 1]
        and not snapshot.params[unit.layer][0][:, unit.unit].any()
    )
