"""The messages between the window and the runner thread.

Commands go in through a queue; events and snapshots come out in one order, and no event
is ever dropped. Each event carries the `run_id` of the run it speaks of.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.arrays import FloatArray, HostParams, IntArray
from core.data.dataset import Dataset
from core.experiment.model import Experiment, TrainingSettings
from core.protocol.branch import Turn
from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded
from core.protocol.saving import RunTaken, SaveRun, SoFar
from core.protocol.snapshot import Need
from core.values.network_spec import NetworkSpec
from core.values.parameter import Edit, Parameter

KEPT_RUNS: Final = 200
"""Runs left lately that can come back at the most: as many as undo has entries. What
bounds large ones is memory."""

# --- commands -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Begin a run: load the data, initialise the weights or use the given ones.

    A run of this number that was left lately comes back as it was. When the run cannot
    be had, the one before it goes on.

    Attributes:
        data_folders: where to look for IDX files before the cache folder.
        download: whether a missing data set may be downloaded.
        params: weights to start from; None draws them from the seed.
        play: start training at once, without waiting for Play.
        steps_before: training steps that the given weights had taken.
        checkpoint: file of the run that is to go on; its own experiment counts.
    """

    run_id: int
    experiment: Experiment
    device: str = "auto"
    data_folders: tuple[Path, ...] = ()
    download: bool = False
    params: HostParams | None = None
    play: bool = False
    steps_before: int = 0
    checkpoint: Path | None = None


@dataclass(frozen=True, slots=True)
class Play:
    """Train until told to pause.

    After an early stop it continues from there, with the patience counted from 0.
    """


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop after the current chunk."""


@dataclass(frozen=True, slots=True)
class Step:
    """Take `count` steps, then pause.

    Attributes:
        count: how many; those of commands in quick succession add up.
        seek: its number among the seeks, which the snapshots from its last step on
            tell; 0 where nobody waits for it.
    """

    count: int = 1
    seek: int = 0


@dataclass(frozen=True, slots=True)
class StepEpoch:
    """Train to the end of the current epoch (or a whole one), then pause."""


@dataclass(frozen=True, slots=True)
class SetSpeed:
    """Limit of steps per second; None is as fast as possible."""

    steps_per_second: float | None


@dataclass(frozen=True, slots=True)
class ChangeTraining:
    """Continue from the same weights with other training settings.

    Attributes:
        run_id: of the run that it is meant for; 0 is whichever runs.
    """

    training: TrainingSettings
    run_id: int = 0


@dataclass(frozen=True, slots=True)
class EditParams:
    """Edit parameters of the newest step; training continues from them."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class SetFrozen:
    """Freeze these parameters from now on; replaces an earlier choice."""

    parameters: frozenset[Parameter]


@dataclass(frozen=True, slots=True)
class GoToStep:
    """Pause, and go back (or forward again) to exactly this step of the run.

    Attributes:
        step: to go to, clamped to those that were taken.
        seek: number of this seek, which the snapshots from there on tell.
    """

    step: int
    seek: int = 0


@dataclass(frozen=True, slots=True)
class GoToBranch:
    """Pause, and go to the last step of a branch that was left.

    Attributes:
        number: of the branch.
        seek: number of this seek, which the snapshots from there on tell.
    """

    number: int
    seek: int = 0


@dataclass(frozen=True, slots=True)
class SetNeeds:
    """What the visible panels need in each snapshot."""

    needs: frozenset[Need]


@dataclass(frozen=True, slots=True)
class CancelLoading:
    """Cancel the making, reading or downloading of data."""


@dataclass(frozen=True, slots=True)
class Shutdown:
    """End the thread."""


Command = (
    Start
    | Play
    | Pause
    | Step
    | StepEpoch
    | SetSpeed
    | ChangeTraining
    | EditParams
    | SetFrozen
    | GoToStep
    | GoToBranch
    | SetNeeds
    | CancelLoading
    | BeginJob
    | EndJob
    | SaveRun
    | Shutdown
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a long job: `done` of `total` (total 0: unknown)."""

    run_id: int
    text: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Started:
    """The data is loaded and the weights are drawn: the run can be stepped.

    Attributes:
        experiment: the running experiment, as requested, except that data which
            could not be loaded is replaced (then `notice` says so).
        device: in words, e.g. "cpu" or "gpu (NVIDIA H200)".
        notice: a message for the user, or empty.
        missing_data: name of a data set that a download would bring, or empty.
        device_bytes: memory of the device that runs can take; None where that is the
            machine's own, which changes and can be asked for at any time.
        steps_before: training steps that the initial weights had taken.
        resumed: it is a run that was left before, at the step where it was.
        kept: numbers of the runs that were left and can still come back.
        so_far: of a run that was in a file.
    """

    run_id: int
    experiment: Experiment
    spec: NetworkSpec
    dataset: Dataset
    device: str
    notice: str = ""
    missing_data: str = ""
    device_bytes: int | None = None
    steps_before: int = 0
    resumed: bool = False
    kept: frozenset[int] = frozenset()
    so_far: SoFar | None = None


@dataclass(frozen=True, slots=True)
class Compiling:
    """JAX compiles `what`; steps wait."""

    run_id: int
    what: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """The compilation is over."""

    run_id: int
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Metrics:
    """Batch loss and batch accuracy of the steps from first_step on.

    Both are of the batch before its step; first_step counts from 1. Accuracies are NaN
    where the data have no classes. `epoch_ends` are the steps among them with
    which an epoch was complete. `validation` is loss and accuracy (None without
    classes) of the validation data after the last of them, where training itself
    evaluates them.
    """

    run_id: int
    first_step: int
    losses: FloatArray
    accuracies: FloatArray
    epoch_ends: range = range(0)
    validation: tuple[float, float | None] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """The whole test set at `step`.

    Attributes:
        predicted: (n_test,) predicted class of each test example, or NO_ANSWER.
        confidence: (n_test,) the output of that class.
        test_accuracy: share of correctly classified examples; None without classes.
        outputs: (n_test, n_out) all outputs where there are no classes, else None.
        validation_loss: of the whole validation data, None where there are none.
        validation_accuracy: likewise.
    """

    run_id: int
    step: int
    test_loss: float
    test_accuracy: float | None
    predicted: IntArray
    confidence: FloatArray
    outputs: FloatArray | None = None
    validation_loss: float | None = None
    validation_accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class StoppedEarly:
    """Training has stopped at `step` and gone back to its best step.

    Attributes:
        best_step: where the loss of the validation data was smallest.
        best_loss: that loss.
        patience: epochs without a lower one in between.
    """

    run_id: int
    step: int
    best_step: int
    best_loss: float
    patience: int


@dataclass(frozen=True, slots=True)
class PlayingChanged:
    """The runner started or stopped training."""

    run_id: int
    playing: bool


@dataclass(frozen=True, slots=True)
class TrainingChanged:
    """Other training settings are in force from `step` on.

    Attributes:
        restored: they are those of an earlier step after a seek.
    """

    run_id: int
    step: int
    training: TrainingSettings
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Branched:
    """The run has changed to another line of steps."""

    run_id: int
    turn: Turn

    @property
    def step(self) -> int:
        """The last step that both lines share."""
        return self.turn.step


@dataclass(frozen=True, slots=True)
class Failed:
    """A request by the user has failed; the thread keeps running.

    Attributes:
        reason: one or two sentences for the user.
        details: a traceback for a bug report, empty for a user's error.
        missing_data: name of a data set that a download would bring, or empty.
        ends_with_start: nothing of it is true any more once a run has started.
    """

    run_id: int
    reason: str
    details: str = ""
    missing_data: str = ""
    ends_with_start: bool = False


@dataclass(frozen=True, slots=True)
class RunnerEnded:
    """The thread itself has ended: nobody obeys until it is started again.

    Attributes:
        reason: a sentence for the user.
        details: a traceback for a bug report.
    """

    run_id: int
    reason: str
    details: str = ""


Event = (
    Progress
    | Started
    | Compiling
    | Compiled
    | Metrics
    | Evaluated
    | PlayingChanged
    | TrainingChanged
    | JobAdvanced
    | JobEnded
    | Branched
    | StoppedEarly
    | RunTaken
    | Failed
    | RunnerEnded
)
