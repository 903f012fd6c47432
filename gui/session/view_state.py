"""What the panels show: frozen values, computed from a snapshot by pure functions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from core.arrays import FloatArray, HostParams, RealArray
from core.data.dataset import Dataset, Split
from core.experiment.model import Experiment
from core.network.numpy.costs import target_of
from core.network.numpy.forward import (
    NOTHING_HELD,
    HeldActivations,
    Trace,
    forward_trace,
)
from core.protocol.messages import Evaluated
from core.protocol.snapshot import BatchRecord, Snapshot
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter, Unit
from gui.session.colour_limits import ColourLimits
from gui.session.health_log import HealthLog
from gui.session.intervention_log import InterventionLog
from gui.session.metrics_log import MetricsLog
from gui.session.selection import Selection


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What is constant from the start of a run to the next start.

    Attributes:
        interventions: what the user has done to its weights.
        device_bytes: memory of the device, None where that is the machine's own.
        steps_before: training steps that the initial weights had taken.
        colour_limits: the scales of its weights and nudges.
    """

    run_id: int
    experiment: Experiment
    spec: NetworkSpec
    dataset: Dataset
    device: str
    metrics: MetricsLog
    health: HealthLog = field(default_factory=HealthLog)
    interventions: InterventionLog = field(default_factory=InterventionLog)
    device_bytes: int | None = None
    steps_before: int = 0
    colour_limits: ColourLimits = field(default_factory=ColourLimits)


@dataclass(frozen=True, slots=True, eq=False)
class ShownExample:
    """The example that the network picture and the probabilities show.

    Attributes:
        inputs: (n_in,) as the network receives them.
        label: its true class, None for a drawing.
        origin: its source.
        index: its position in the split, None for a drawing.
        point: coordinates of a point of the plane that is not in the data set.
        target: (n_out,) its target outputs where the data have no classes, else None.
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

    @classmethod
    def of_batch(cls, batch: BatchRecord, place: int) -> "ShownExample":
        """A training example of a batch, with its label or its target."""
        targets = batch.targets
        return cls(
            batch.inputs[place],
            int(batch.labels[place]) if targets is None else None,
            "train",
            int(batch.indices[place]),
            target=None if targets is None else targets[place],
        )


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Everything that a panel draws, of one and the same step.

    Attributes:
        snapshot: the newest one.
        example: the one that is run through the network.
        trace: its forward pass through `snapshot.params`.
        evaluation: the newest evaluation on the whole test set, of step
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
    def total_steps(self) -> int:
        """Training steps in all, those before an opened file was written included."""
        return self.run.steps_before + self.snapshot.step

    @property
    def target(self) -> RealArray | None:
        """(n_out,) the target outputs of the shown example; None where not known."""
        if self.example.target is not None:
            return self.example.target
        if self.example.label is None:
            return None
        spec = self.spec
        return target_of(self.example.label, spec.n_outputs, spec.activations[-1])

    @property
    def edited(self) -> Mapping[Parameter, int]:
        """Parameters that the user has edited, with the step of the last edit."""
        return self.snapshot.edited

    @property
    def frozen(self) -> frozenset[Parameter]:
        """Frozen parameters, including those of ablated units."""
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
    """Run the example through the snapshot's weights and return a view."""
    trace = forward_trace(run.spec, snapshot.params, example.inputs, held)
    ablated = ablated_units(run.spec, snapshot)
    return View(run, snapshot, example, trace, evaluation, selection, ablated, held)


def ablated_units(spec: NetworkSpec, snapshot: Snapshot) -> frozenset[Unit]:
    """Units, inputs too, all of whose outgoing weights are 0 and frozen."""
    frozen_of: Counter[Unit] = Counter(
        parameter.origin
        for parameter in snapshot.frozen
        if parameter.origin is not None
    )
    return frozenset(
        unit
        for unit, count in frozen_of.items()
        if count == spec.layer_sizes[unit.layer + 1]
        and not snapshot.params[unit.layer][0][:, unit.unit].any()
    )
