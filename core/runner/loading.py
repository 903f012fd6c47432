"""Makes a run from a Start command: data, weights, device; in the runner thread."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from core.checkpoints import file_form, resuming
from core.data.dataset import Dataset
from core.data.load import load_dataset
from core.experiment.memory import ROOM_FOR_STATES, refusal
from core.experiment.model import DataSettings
from core.platform.devices import choose_device, describe, free_bytes, own_bytes
from core.protocol.messages import Start
from core.protocol.saving import SoFar
from core.training.run import TrainingRun
from core.values.errors import ExperimentError, MissingDataError
from core.values.words import tr

ProgressCallback = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class LoadedRun:
    """A run that can be stepped, with messages for the user.

    Attributes:
        device_bytes: memory of the device, None where that is the machine's.
        steps_before: training steps that its initial weights had taken.
        so_far: of a run that was in a file.
    """

    run: TrainingRun
    device: str
    device_bytes: int | None
    notice: str = ""
    missing_data: str = ""
    steps_before: int = 0
    so_far: SoFar | None = None


class DatasetKeeper:
    """Keeps the newest data set, so that a reset need not load it again."""

    def __init__(self) -> None:
        self._key: tuple[DataSettings, tuple[Path, ...]] | None = None
        self._dataset: Dataset | None = None

    def load(self, command: Start, progress: ProgressCallback) -> Dataset:
        """The data set of a command, from memory if it is the same as before."""
        key = (command.experiment.data, command.data_folders)
        if self._dataset is None or key != self._key:
            self._dataset = load_dataset(
                command.experiment.data,
                data_folders=command.data_folders,
                download=command.download,
                progress=progress,
            )
            self._key = key
        return self._dataset


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Runs that are there while another one is loaded.

    Attributes:
        bytes: what they take.
        is_run: whether one of them can go on when the other cannot be had.
        give_up: frees them.
    """

    bytes: int
    is_run: bool
    give_up: Callable[[], None]


def load_run(
    command: Start, datasets: DatasetKeeper, progress: ProgressCallback, held: Held
) -> LoadedRun:
    """Load the data, check that the network fits, draw or use the given weights.

    A data set that is not on this machine is replaced by the bundled digits, with a
    notice that says so, unless there is a run that can go on instead. Runs that are
    held are given up when the new one has no room beside them.

    Raises:
        GlassboxError: the data is damaged or missing, the device is missing, the
            network cannot fit into memory, or the user cancelled.
    """
    device = choose_device(command.device)
    notice, missing, begun = "", "", None
    if command.checkpoint is not None:
        # Where own data lie now, the command says.
        data_path = command.experiment.data.path
        begun = file_form.load(command.checkpoint).read_at(data_path)
        command = replace(
            command, experiment=begun.experiment, steps_before=begun.steps_before
        )
    try:
        dataset = datasets.load(command, progress)
    except MissingDataError as error:
        if held.is_run or begun is not None:
            raise
        missing = command.experiment.data.name
        notice = tr("{error} The bundled digits are used instead.", error=error)
        data = replace(command.experiment.data, name="digits", path="")
        command = replace(command, experiment=replace(command.experiment, data=data))
        dataset = datasets.load(command, progress)
    refused = partial(
        refusal,
        command.experiment,
        dataset.n_inputs,
        dataset.n_outputs,
        has_own_memory=own_bytes(device) is not None,
    )
    reason = refused(free_bytes=free_bytes(device))
    if reason is not None:
        reason = refused(free_bytes=free_bytes(device) + held.bytes)
        if reason is not None:
            raise ExperimentError(reason)
        held.give_up()
    make = partial(TrainingRun, command.experiment, dataset, device, command.params)
    if begun is not None:
        make = partial(resuming.resumed, begun, dataset, device)
        notice = _told_of_differences(resuming.differences(begun, device))
    try:
        run = make(frame_bytes=ROOM_FOR_STATES)
    except (RuntimeError, MemoryError):
        # The memory of a device is in pieces, of which nothing is known before.
        if not held.bytes:
            raise
        held.give_up()
        run = make(frame_bytes=ROOM_FOR_STATES)
    if run.is_over:  # as it was shown when early stopping had ended it
        run.go_to_best()
    return LoadedRun(
        run,
        describe(device),
        own_bytes(device),
        notice,
        missing,
        command.steps_before,
        None if begun is None else begun.so_far,
    )


def _told_of_differences(differences: tuple[str, ...]) -> str:
    if not differences:
        return ""
    return tr(
        "The run was trained with {differences}: from here on the last digits may "
        "differ from those that it would have had there.",
        differences="; ".join(differences),
    )
