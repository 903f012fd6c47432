"""What a checkpoint holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.arrays import FloatArray, HostArray, HostParams
from core.experiment.model import Experiment
from core.experiment.rules import FILE
from core.protocol.messages import ChangeTraining
from core.protocol.saving import NO_CURVE, SoFar
from core.training.saved_run import SavedRun


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """A run from which training goes on as if it had not been interrupted.

    Attributes:
        experiment: as the run began.
        run: what happened since.
        data_hash: of the examples, see `identity.data_hash`.
        initial: weights that were not drawn from the seed, None for those that were.
        steps_before: training steps that those had taken.
        losses: (steps,) batch loss before each step, as far as known.
        accuracies: (steps,) batch accuracy before each step.
        curves: what else a window has drawn of it, up to its last step.
        made_by: versions and kind of device, which equal numbers depend on.
    """

    experiment: Experiment
    run: SavedRun
    data_hash: str
    initial: HostParams | None = None
    steps_before: int = 0
    losses: FloatArray = field(default_factory=lambda: NO_CURVE)
    accuracies: FloatArray = field(default_factory=lambda: NO_CURVE)
    curves: Mapping[str, HostArray] = field(default_factory=dict)
    made_by: Mapping[str, str] = field(default_factory=dict)

    def read_at(self, path: str) -> "Checkpoint":
        """The same run with its own data at that path; other data have none."""
        data = self.experiment.data
        if data.name != FILE or not path:
            return self
        experiment = replace(self.experiment, data=replace(data, path=path))
        return replace(self, experiment=experiment)

    @property
    def step(self) -> int:
        """Steps taken, from step 0 of the run."""
        return self.run.now.step

    @property
    def so_far(self) -> SoFar:
        """What is known of its steps."""
        changed = (
            (dated.step, dated.change.training)
            for dated in self.run.changes
            if isinstance(dated.change, ChangeTraining)
        )
        return SoFar(
            self.run.end,
            ((0, self.experiment.training), *changed),
            self.losses,
            self.accuracies,
            self.curves,
            self.initial,
        )
