"""Checkpoints on the command line: `--checkpoint`, `--checkpoint-every`, `--resume`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.error_boundary import UsageError
from core.cli.options import EXPERIMENT_OPTIONS, ExperimentOptions
from core.cli.output import write_note
from core.cli.own_data import own_file
from core.cli.rescue import saved_or_rescued
from core.data.moved import moved
from core.experiment.effects import FILE_DATASETS
from core.experiment.rules import FILE
from core.values.errors import DataError, FileError
from core.values.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.arrays import FloatArray, HostArray
    from core.checkpoints.model import Checkpoint
    from core.cli.training_loop import TrainingLoop
    from core.data.dataset import Dataset
    from core.training.run import TrainingRun

KEPT: "tuple[str, ...]" = ("data", "device")
"""Options that say where things are, and change nothing of a run."""


def check_options(args: argparse.Namespace) -> None:
    """Refuse what does not go together.

    Raises:
        UsageError: an option would change the run that is resumed, or asks for
            checkpoints and names no file for them.
    """
    if args.resume is None:
        if args.checkpoint_every and args.checkpoint is None:
            msg = tr("--checkpoint-every goes with --checkpoint FILE")
            raise UsageError(msg)
        return
    for key, flag in EXPERIMENT_OPTIONS.items():
        if key not in KEPT and getattr(args, key) is not None:
            msg = tr(
                "{flag} would change the run of {resume}; leave it out, or begin a "
                "new run without --resume",
                flag=flag,
                resume=args.resume,
            )
            raise UsageError(msg)
    if args.steps is None and args.epochs is None:
        msg = tr(
            "--resume needs --steps TOTAL (or --epochs TOTAL), counted from step 0"
        )
        raise UsageError(msg)


def load(path: Path, options: ExperimentOptions) -> "Checkpoint":
    """A checkpoint, with its own data where --data says that they lie now.

    Raises:
        FileError: it is none.
        UsageError: --data names several files.
    """
    from core.checkpoints.file_form import load as load_checkpoint

    checkpoint = load_checkpoint(path)
    data = checkpoint.experiment.data
    file = own_file(options)
    if options.data_folders and (
        data.name not in (*FILE_DATASETS, FILE) or (file and data.name != FILE)
    ):
        write_note(
            tr(
                "--data has no effect: the data of the run in {path} are {name}",
                path=path,
                name=data.name,
            )
        )
    return checkpoint.read_at(moved(data, options.data_folders).path)


def load_data_of(
    checkpoint: "Checkpoint", options: ExperimentOptions, *, download: bool
) -> "Dataset":
    """The data of a run, with advice where its own data are no longer there.

    Raises:
        DataError: they cannot be read.
    """
    from core.cli.loading import load_data

    data = checkpoint.experiment.data
    folders = tuple(path for path in options.data_folders if not path.is_file())
    try:
        return load_data(data, folders, download=download)
    except DataError as error:
        if data.name != FILE or options.data_folders or Path(data.path).exists():
            raise
        msg = tr("{error}; --data FILE says where it is now", error=error)
        raise DataError(msg) from None


def resumed(
    path: Path,
    checkpoint: "Checkpoint",
    options: ExperimentOptions,
    *,
    download: bool,
) -> "TrainingRun":
    """The run of a checkpoint, at its step; says where its digits may differ.

    Raises:
        FileError: the data are others, or it is damaged.
    """
    from core.checkpoints import resuming
    from core.cli.loading import check_memory
    from core.platform.devices import choose_device, free_bytes

    device = choose_device(options.device)
    check_memory(checkpoint.experiment, free_bytes(device))
    dataset = load_data_of(checkpoint, options, download=download)
    try:
        run = resuming.resumed(checkpoint, dataset, device)
    except FileError as error:
        msg = f"{path}: {error}"
        raise FileError(msg) from None
    for text in resuming.differences(checkpoint, device):
        write_note(
            tr(
                "{path}: {text}: the last digits may differ from then on",
                path=path,
                text=text,
            )
        )
    return run


class CheckpointFile:
    """Mutable: where the run is saved, and what of it is known from before.

    Args:
        path: None saves nothing.
        every: steps between two checkpoints; 0 for one at the end alone.
        begun: the checkpoint that the run goes on from.
        steps_before: training steps that its initial weights had taken.
    """

    def __init__(
        self,
        path: Path | None,
        every: int,
        begun: "Checkpoint | None",
        steps_before: int,
    ) -> None:
        self.path = path
        self.every = every if path is not None else 0
        self.steps_before = steps_before
        self._begun = begun
        self._hash = "" if begun is None else begun.data_hash
        self._followed: tuple[TrainingRun, TrainingLoop] | None = None

    def follow(self, run: "TrainingRun", loop: "TrainingLoop") -> None:
        """Save this run, which is trained by that loop."""
        self._followed = run, loop

    def saved_or_rescued(self) -> FileError | None:
        """Save the run at its end; why it is not there, and where it is instead."""
        if self.path is None:
            return None
        return saved_or_rescued(self.path, self._save, tr("the run is"))

    def save_on_the_way(self) -> None:
        """Save it; where that fails it is said, and training goes on."""
        if self.path is None:
            return
        try:
            self._save(self.path)
        except FileError as error:
            write_note(tr("{failure}; training goes on", failure=error))

    def _save(self, path: Path) -> None:
        """Save the run as it is now, whole or not at all.

        Raises:
            FileError: it cannot be written there.
        """
        if self._followed is None:
            return
        from core.checkpoints.file_form import save
        from core.checkpoints.identity import data_hash
        from core.checkpoints.resuming import checkpoint_of, weights_of

        run, loop = self._followed
        self._hash = self._hash or data_hash(run.dataset)
        checkpoint = checkpoint_of(
            run,
            self._hash,
            steps_before=self.steps_before,
            read=self._read(loop),
            curves=self._curves,
        )
        save(path, checkpoint, weights_of(run, self.steps_before))

    def _read(
        self, loop: "TrainingLoop"
    ) -> "tuple[list[FloatArray], list[FloatArray]]":
        """Losses and accuracies of all steps, those of the checkpoint first."""
        if self._begun is None:
            return loop.losses, loop.accuracies
        from core.checkpoints.resuming import first_steps

        begun, step = self._begun, self._begun.step
        losses = first_steps(begun.losses, step)
        accuracies = first_steps(begun.accuracies, step)
        return [losses, *loop.losses], [accuracies, *loop.accuracies]

    @property
    def _curves(self) -> "Mapping[str, HostArray]":
        """Of the steps before: those of a step gone back from would be of others."""
        begun = self._begun
        if begun is None or begun.run.end != begun.step:
            return {}
        return begun.curves
