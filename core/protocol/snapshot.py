"""The state of one step for the window: frozen host-side values, no JAX arrays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from core.arrays import FloatArray, HostParams, IntArray
from core.experiment.model import TrainingSettings
from core.protocol.branch import Branch
from core.protocol.health_record import HealthRecord
from core.protocol.probe_records import RequestRecord
from core.values.parameter import Parameter

Need = Literal["batch", "gradient", "requests", "health"]
"""What a panel may request from the runner besides the parameters."""


@dataclass(frozen=True, slots=True, eq=False)
class BatchRecord:
    """The current batch: the one that the newest step has used.

    Before the first step it is the batch that this step is going to use, and everything
    `after` is None.

    Attributes:
        step: number of the step that uses this batch, counted from 1.
        indices: (batch,) positions in the training split.
        inputs: (batch, n_in) as the network receives them.
        labels: (batch,) true classes, -1 where the examples have targets.
        losses_before: (batch,) loss of each example at the weights before the step,
            without the penalties on the weights.
        losses_after: (batch,) the same at the weights after the step, or None.
        predicted_before: (batch,) predicted classes before the step.
        predicted_after: (batch,) predicted classes after the step, or None.
        targets: (batch, n_out) target outputs, None where there are classes.
        outputs_before: (batch, n_out) the network's outputs before the step.
        outputs_after: (batch, n_out) the same after the step, or None.
        training: the settings of the step.
        learning_rate: of the step.
        losses_thinned: (batch,) losses before the step without the activations that it
            drops, whose mean is what the gradient is of; None without dropout. All
            other numbers are of the whole network, as an evaluation has them.
    """

    step: int
    indices: IntArray
    inputs: FloatArray
    labels: IntArray
    losses_before: FloatArray
    predicted_before: IntArray
    losses_after: FloatArray | None = None
    predicted_after: IntArray | None = None
    targets: FloatArray | None = None
    outputs_before: FloatArray | None = None
    outputs_after: FloatArray | None = None
    training: TrainingSettings = field(default_factory=TrainingSettings)
    learning_rate: float = 0.0
    losses_thinned: FloatArray | None = None

    @property
    def loss_thinned(self) -> float | None:
        """Mean over the batch of the step's own pass, None without dropout."""
        if self.losses_thinned is None:
            return None
        return float(np.mean(self.losses_thinned, dtype=np.float64))

    @property
    def loss_before(self) -> float:
        """Mean over the batch."""
        return float(np.mean(self.losses_before, dtype=np.float64))

    @property
    def loss_after(self) -> float | None:
        """Mean over the batch, or None before the step was taken."""
        if self.losses_after is None:
            return None
        return float(np.mean(self.losses_after, dtype=np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The network after `step` steps, with the requested additions.

    Attributes:
        run_id: the run it belongs to; older runs' snapshots are dropped.
        step: training steps taken so far.
        epoch: completed epochs, with the fraction of the current one.
        steps_per_epoch: steps that use every training example once.
        params: weights (n_out, n_in) and biases (n_out,) of each layer; read-only.
        gradient: dC/dparams of the current batch at `previous_params`, shaped like
            params, penalties included; None when no visible panel needs it.
        previous_params: the parameters that the gradient was taken at: before the
            newest step, or the initial ones (equal to params) when step is 0.
        batch: the current batch, None when no panel needs it.
        learning_rate: of the newest step; before the first step that of the first.
        next_learning_rate: of the step that would come next from these parameters.
        playing: whether the runner is training.
        cores_busy: whether training keeps the cores so busy that drawing yields.
        steps_per_second: measured over the last second; 0 when paused.
        taken_at: time.perf_counter() when the values were read.
        requests: requests of each example of the batch, None when no panel needs any.
        end: the last step of the run, later than `step` after a seek.
        edited: parameters that the user has edited, with the step at which that was
            last done. Without any, the run follows from its experiment.
        frozen: frozen parameters.
        health: norms, dead units and histograms, of `health.step`, which can be a
            little behind while playing; None when no panel needs it.
        stopped_at: step at which early stopping has ended the run, which shows its
            best step and continues from there; None at other times.
        branches: those that were left and can be gone to, oldest first.
        seeks: number of the last seek that was done before.
    """

    run_id: int
    step: int
    steps_per_epoch: int
    params: HostParams
    gradient: HostParams | None = None
    previous_params: HostParams | None = None
    batch: BatchRecord | None = None
    learning_rate: float = 0.0
    next_learning_rate: float = 0.0
    epoch: float = 0.0
    playing: bool = False
    cores_busy: bool = False
    steps_per_second: float = 0.0
    taken_at: float = 0.0
    requests: RequestRecord | None = None
    end: int = 0
    edited: Mapping[Parameter, int] = field(default_factory=dict)
    frozen: frozenset[Parameter] = frozenset()
    health: HealthRecord | None = None
    stopped_at: int | None = None
    branches: tuple[Branch, ...] = ()
    seeks: int = 0

    @property
    def is_past(self) -> bool:
        """Whether the run has reached later steps."""
        return self.step < self.end
