"""What the window shows now, assembled from the runner's events and snapshots."""

from dataclasses import replace

from core.data.dataset import Dataset
from core.network.numpy.forward import HeldActivations
from core.protocol.messages import (
    Branched,
    Evaluated,
    Event,
    Metrics,
    Started,
    StoppedEarly,
    TrainingChanged,
)
from core.protocol.snapshot import Snapshot
from core.values.network_spec import NetworkSpec
from gui.session.metrics_log import MetricsLog
from gui.session.run_curves import unpacked
from gui.session.selection import Selection
from gui.session.view_state import Run, ShownExample, View, resolve


class SessionState:
    """Mutable: the run, its newest snapshot and evaluation, an example, a selection."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._left: dict[int, Run] = {}
        self._snapshot: Snapshot | None = None
        self._evaluation: Evaluated | None = None
        self._example: ShownExample | None = None
        self._selection: Selection | None = None

    @property
    def run(self) -> Run | None:
        return self._run

    def view(self, held: HeldActivations) -> View | None:
        """Everything as one value; None before the first snapshot of a run."""
        if self._run is None or self._snapshot is None or self._example is None:
            return None
        return resolve(
            self._run,
            self._snapshot,
            self._example,
            self._evaluation,
            self._selection,
            held,
        )

    def select(self, selection: Selection | None) -> bool:
        """Select a unit, weight or bias; False when that changes nothing.

        It may come from a picture of the previous run, whose network had other
        layers: a unit that this network lacks is not selected.
        """
        if selection == self._selection:
            return False
        if self._run is not None and not _is_in(selection, self._run.spec):
            return False
        self._selection = selection
        return True

    def fits(self, example: ShownExample) -> bool:
        """Whether an example has the network's number of inputs."""
        return self._run is not None and len(example.inputs) == self._run.spec.n_inputs

    def is_drawn_on(self, example: ShownExample) -> bool:
        """Whether an example continues the drawing that is shown."""
        shown = self._example
        return shown is not None and shown.origin == example.origin == "drawing"

    def show_example(self, example: ShownExample) -> None:
        self._example = example

    def record(self, event: Event) -> None:
        """Keep what is told of a run that is about to be left: it may come back."""
        if self._run is None or event.run_id != self._run.run_id:
            return
        if isinstance(event, Metrics):
            self.take_batches(event)
        elif isinstance(event, Evaluated):
            self._run.metrics.add_evaluation(event)
        elif isinstance(event, TrainingChanged):
            self.take_training(event)
        elif isinstance(event, Branched):
            self.take_branch(event)

    def begin(self, event: Started) -> Run:
        """Begin another run, or one that comes back, without a snapshot so far."""
        left = self._run
        if left is not None:
            self._left[left.run_id] = left
        back = self._left.pop(event.run_id, None)
        if back is not None and event.resumed:
            self._run = replace(back, experiment=event.experiment)
        else:
            self._run = Run(
                event.run_id,
                event.experiment,
                event.spec,
                event.dataset,
                event.device,
                MetricsLog(),
                device_bytes=event.device_bytes,
                steps_before=event.steps_before,
            )
            if event.so_far is None:
                self._run.metrics.line.note_training(0, event.experiment.training)
            else:
                self._run.metrics.line = unpacked(event.so_far)
        # What cannot come back is not to hold its data and curves in memory.
        self._left = {k: self._left[k] for k in self._left if k in event.kept}
        self._snapshot = None
        self._evaluation = None
        self._keep_example(event.dataset)
        if not (left is None or _has_the_same_units(left, self._run)):
            self._selection = None
        return self._run

    def _keep_example(self, dataset: Dataset) -> None:
        """Keep the example after a new start if it still fits."""
        example = self._example
        if example is None or len(example.inputs) != dataset.n_inputs:
            self._example = first_example(dataset)
        elif example.origin != "drawing" and example.index is not None:
            split = dataset.test if example.origin == "test" else dataset.train
            index = min(example.index, len(split) - 1)
            self._example = ShownExample.of(split, index, example.origin)

    def take_snapshot(self, snapshot: Snapshot) -> None:
        """Take over the newest snapshot of this run."""
        self._snapshot = snapshot
        if self._run is None:
            return
        self._run.metrics.take_snapshot(snapshot)
        self._run.interventions.take_snapshot(snapshot)
        if snapshot.health is not None:
            self._run.health.add(snapshot.health)

    def take_batches(self, event: Metrics) -> None:
        if self._run is not None:
            self._run.metrics.add_batches(event)

    def take_evaluation(self, event: Evaluated) -> None:
        self._evaluation = event
        if self._run is not None:
            self._run.metrics.add_evaluation(event)

    def take_branch(self, event: Branched) -> None:
        """Each log goes to the other line of steps."""
        if self._run is not None:
            self._run.metrics.turn(event.turn)
            self._run.interventions.turn(event.turn)
            self._run.health.forget_from(event.turn.step)

    def take_early_stop(self, event: StoppedEarly) -> None:
        if self._run is not None:
            self._run.metrics.line.best_step = event.best_step

    def take_training(self, event: TrainingChanged) -> None:
        """Take over training settings that are in force from now on."""
        if self._run is not None:
            if not event.restored:  # of an earlier step: the curves know of it
                self._run.metrics.line.note_training(event.step, event.training)
            experiment = replace(self._run.experiment, training=event.training)
            self._run = replace(self._run, experiment=experiment)


def first_example(dataset: Dataset) -> ShownExample:
    """The example that a run shows before the user has chosen one."""
    return ShownExample.of(dataset.test, 0, "test")


def _has_the_same_units(left: Run, now: Run) -> bool:
    """Whether a unit of the run that was left means the same in this one.

    The third unit of another network, or of one that learns something else, is not what
    the user has selected.
    """
    return (left.spec.layer_sizes, left.dataset.name) == (
        now.spec.layer_sizes,
        now.dataset.name,
    )


def _is_in(selection: Selection | None, spec: NetworkSpec) -> bool:
    return selection is None or selection.is_in(spec)
