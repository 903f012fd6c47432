"""The words that the window and the runner thread exchange.

Commands go in through a queue, events come out through another one that never drops
any. Each event carries the `run_id` of the run it speaks of.
"""

from dataclasses import dataclass
from pathlib import Path

from core.arrays import FloatArray, HostParams, IntArray
from core.data.dataset import Dataset
from core.experiment.model import Experiment, TrainingSettings
from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded
from core.protocol.snapshot import Need
from core.values.network_spec import NetworkSpec
from core.values.parameter import Edit, Parameter


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Begin a run: load the data, initialise (or take over) the weights.

    Attributes:
        data_folders: where to look for IDX files before the cache folder.
        download: may a missing data set be fetched from the network.
        params: weights to start from; None draws them from the seed.
        play: train at once, without waiting for Play.
    """

    run_id: int
    experiment: Experiment
    device: str = "auto"
    data_folders: tuple[Path, ...] = ()
    download: bool = False
    params: HostParams | None = None
    play: bool = False


@dataclass(frozen=True, slots=True)
class Play:
    """Train until told to pause.

    After an early stop that is from where it stopped, with the same patience again.
    """


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop after the step in flight."""


@dataclass(frozen=True, slots=True)
class Step:
    """Take `count` steps, then pause."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class StepEpoch:
    """Train to the end of the running epoch (or a whole one), then pause."""


@dataclass(frozen=True, slots=True)
class SetSpeed:
    """Steps a second to hold at the most; None is as fast as possible."""

    steps_per_second: float | None


@dataclass(frozen=True, slots=True)
class ChangeTraining:
    """Go on from the same weights with other training settings."""

    training: TrainingSettings


@dataclass(frozen=True, slots=True)
class EditParams:
    """Give parameters of the newest step other values; training goes on from them."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class SetFrozen:
    """From now on no step changes these parameters; replaces an earlier choice."""

    parameters: frozenset[Parameter]


@dataclass(frozen=True, slots=True)
class GoToStep:
    """Pause, and go back (or forward again) to exactly this step of the run."""

    step: int


@dataclass(frozen=True, slots=True)
class SetNeeds:
    """What the visible panels want in each snapshot."""

    needs: frozenset[Need]


@dataclass(frozen=True, slots=True)
class CancelLoading:
    """Give up the data that is being made, read or downloaded."""


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
    | SetNeeds
    | CancelLoading
    | BeginJob
    | EndJob
    | Shutdown
)


@dataclass(frozen=True, slots=True)
class Progress:
    """A long job goes on: `done` of `total` (total 0: unknown)."""

    run_id: int
    text: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Started:
    """The data is loaded and the weights are drawn: the run can be stepped.

    Attributes:
        experiment: the experiment that runs, as it was asked for, except that data
            which could not be had is replaced (then `notice` says so).
        device: in words, e.g. "cpu" or "gpu (NVIDIA H200)".
        notice: what the user should know, or empty.
        missing_data: name of a data set that a download would bring, or empty.
    """

    run_id: int
    experiment: Experiment
    spec: NetworkSpec
    dataset: Dataset
    device: str
    notice: str = ""
    missing_data: str = ""


@dataclass(frozen=True, slots=True)
class Compiling:
    """JAX compiles `what`; steps wait."""

    run_id: int
    what: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """The compilation announced before is over."""

    run_id: int
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Metrics:
    """Batch loss and batch accuracy of the steps first_step, first_step + 1, ...

    Both are of the batch before its step; first_step counts from 1. Accuracies are no
    numbers where the data have no classes. `epoch_ends` are the steps among them with
    which an epoch was complete. `validation` is loss and accuracy (None without
    classes) of the validation data after the last of them, where training itself looks
    at them.
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
        predicted: (n_test,) class read from each test example.
        confidence: (n_test,) the output of that class.
        test_accuracy: share of the examples read right; None without classes.
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
        patience: epochs without a better one in between.
    """

    run_id: int
    step: int
    best_step: int
    best_loss: float
    patience: int


@dataclass(frozen=True, slots=True)
class PlayingChanged:
    """The runner began to go on by itself, or stopped doing so."""

    run_id: int
    playing: bool


@dataclass(frozen=True, slots=True)
class TrainingChanged:
    """Other training settings are in force from `step` on.

    Attributes:
        restored: they are those of an earlier step to which the run went.
    """

    run_id: int
    step: int
    training: TrainingSettings
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Branched:
    """The run goes on from `step`, another way than before, when it came to `end`."""

    run_id: int
    step: int
    end: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Something the user asked for did not work; the thread lives on.

    Attributes:
        reason: one or two sentences for the user.
        details: a traceback for a bug report, empty for a user's error.
        missing_data: name of a data set that a download would bring, or empty.
    """

    run_id: int
    reason: str
    details: str = ""
    missing_data: str = ""


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
    | Failed
)
