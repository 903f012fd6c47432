"""`glassbox train --record FOLDER`: the run in open files, as the Recorder writes them.

docs/run-format.md describes them.
"""

import argparse
import contextlib
import math
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from core.cli.error_boundary import UsageError
from core.cli.evaluations import evaluated
from core.cli.output import write_note
from core.cli.rescue import rescued_after
from core.cli.stops import RegularStop, Stop
from core.files.weights import WeightsFile, save_weights
from core.platform.atomic import not_written
from core.values.counts import counted
from core.values.errors import FileError
from core.values.words import tr

if TYPE_CHECKING:
    from core.cli.training_loop import TrainingLoop
    from core.training.run import TrainingRun
    from glassbox.recording.recorder import Recorder

DESCRIPTION: Final = "run.toml"
_MOST_NAMES: Final = 3
"""Of what is in a folder, in a message."""
RATIO: Final = 1.02
"""Of a step and the next one at which training stops for the record at the earliest."""


def check_record(args: argparse.Namespace) -> None:
    """Refuse what cannot be recorded, before anything is read or trained.

    Raises:
        UsageError: options that do not go together.
        FileError: the folder holds a run or anything else, or is none.
    """
    folder: Path | None = args.record
    if folder is None:
        if args.evaluate_every and args.log is None:
            msg = tr("--evaluate-every goes with --record FOLDER or --log FILE")
            raise UsageError(msg)
        return
    if args.resume is not None:
        msg = tr(
            "--record writes a run from its step 0; leave out --resume, which goes on "
            "at a later one"
        )
        raise UsageError(msg)
    if (folder / DESCRIPTION).exists():
        msg = tr("{folder}: holds a run already; choose another folder", folder=folder)
        raise FileError(msg)
    made = _made(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _check_empty(folder)
    except OSError as error:
        raise not_written(folder, error) from None
    finally:
        _unmake(made)


def _made(folder: Path) -> tuple[Path, ...]:
    """The folders that are made with it, because they are not there; it comes first."""
    return tuple(f for f in (folder, *folder.parents) if not f.exists())


def _unmake(folders: Sequence[Path]) -> None:
    """Leave no empty folder where nothing is recorded."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _check_empty(folder: Path) -> None:
    """Refuse a folder in which somebody keeps something; hidden files are no one's.

    Raises:
        FileError: names what is in it.
        OSError: it cannot be listed.
    """
    names = sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))
    if not names:
        return
    told = ", ".join(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        told = tr("{told} and {n} more", told=told, n=f"{len(names) - _MOST_NAMES:,}")
    msg = tr(
        "{folder}: is no record, and holds {told}; choose an empty or a new folder",
        folder=folder,
        told=told,
    )
    raise FileError(msg)


class RunRecord:
    """Mutable: what `--record` writes while a run is trained; nothing without a folder.

    Training stops for it at the steps whose weights the recorder wants: each at first,
    ever fewer later.

    Attributes:
        folder: of the record; None for none.
        failure: why it is not whole, None as long as it is.
    """

    def __init__(self, folder: Path | None, evaluate_every: int) -> None:
        self.folder = folder
        self.failure: FileError | None = None
        self._every = evaluate_every
        self._recorder: Recorder | None = None
        self._run: TrainingRun | None = None
        self._losses: Sequence[Any] = ()
        self._accuracies: Sequence[Any] = ()
        self._read = 0

    @contextlib.contextmanager
    def kept(self, run: "TrainingRun") -> Iterator[tuple[Stop, ...]]:
        """Record this run; gives the stops at which that is done.

        Where not even its beginning can be written, training goes on without it.
        """
        if self.folder is None:
            yield ()
            return
        made = _made(self.folder)
        try:
            self._begin(run, self.folder)
        except (OSError, FileExistsError) as error:
            self.failure = not_written(self.folder, error)
            _clear(self.folder)
            _unmake(made)
            write_note(
                tr(
                    "{failure}; training goes on, and nothing is recorded",
                    failure=self.failure,
                )
            )
            yield ()
            return
        try:
            yield (self, RegularStop(self._every, self._evaluate))
        finally:
            self._end(self.folder)

    def follow(self, loop: "TrainingLoop") -> None:
        """The loop that trains the run."""
        self._losses, self._accuracies = loop.losses, loop.accuracies

    def next_after(self, step: int) -> int:
        assert self._recorder is not None
        # Where the recorder had no time for these weights it wants the next ones: a
        # stop costs more than a step.
        return max(step + self._recorder.until_wanted, math.ceil(step * RATIO))

    def at_stop(self) -> None:
        run, recorder = self._run, self._recorder
        assert run is not None
        assert recorder is not None
        curves = self._new_curves()
        if curves:
            recorder.steps(curves, model=_layers(run))

    def rescue(self, weights: WeightsFile) -> None:
        """Where the record is not whole, and nothing else holds the end of the run."""
        if self.folder is not None and self.failure is not None:
            self.failure = rescued_after(
                self.failure,
                f"{self.folder.name}.npz",
                partial(save_weights, weights=weights),
                tr("the weights of the end are"),
            )

    def _begin(self, run: "TrainingRun", folder: Path) -> None:
        # Imported here: only this needs it.
        from glassbox.recording.layers import ACTIVATIONS, UNKNOWN
        from glassbox.recording.recorder import Recorder

        test = run.dataset.test
        known = [
            name if name in ACTIVATIONS else UNKNOWN for name in run.spec.activations
        ]
        self._run = run
        self._recorder = Recorder(
            folder,
            _layers(run),
            inputs=test.inputs,
            labels=test.labels if run.dataset.has_classes else test.targets,
            activations=known,
            loss_name=run.experiment.training.loss,
        )
        if self._every:
            self._evaluate()

    def _end(self, folder: Path) -> None:
        assert self._recorder is not None
        try:
            self.at_stop()
            self._recorder.close()
        except OSError as error:
            msg = f"{not_written(folder, error)}; {_recorded(folder)}"
            self.failure = FileError(msg)

    def _new_curves(self) -> dict[str, Any]:
        """Of the batches since the last stop."""
        losses, self_read = self._losses[self._read :], self._read
        if not losses:
            return {}
        self._read += len(losses)
        curves = {"loss": np.concatenate(losses)}
        accuracies = np.concatenate(self._accuracies[self_read:])
        if np.isfinite(accuracies).any():  # of classes alone
            curves["accuracy"] = accuracies
        return curves

    def _evaluate(self) -> None:
        run, recorder = self._run, self._recorder
        assert run is not None
        assert recorder is not None
        self.at_stop()
        recorder.note(**evaluated(run))


def _clear(folder: Path) -> None:
    """Leave nothing of a beginning that failed; the folder was empty before."""
    from glassbox.recording.run_folder import METRICS, PROBE, WEIGHTS

    shutil.rmtree(folder / WEIGHTS, ignore_errors=True)
    for name in (METRICS, PROBE, DESCRIPTION):
        with contextlib.suppress(OSError):
            (folder / name).unlink()


def _recorded(folder: Path) -> str:
    """What of a record that is not whole is in its folder."""
    from glassbox.recording.run_folder import WEIGHTS, step_of

    steps = [step_of(path) for path in (folder / WEIGHTS).glob("*")]
    kept = sorted(step for step in steps if step is not None)
    if not kept:
        return tr("no weights are recorded")
    return tr(
        "the weights of {steps} are recorded, the last ones those of step {last:,}",
        steps=counted(len(kept), "step"),
        last=kept[-1],
    )


def _layers(run: "TrainingRun") -> list[Any]:
    """Weights and biases as the recorder takes them; no biases where there are none."""
    from core.training.run import to_numpy

    return [
        (np.array(weights), np.array(biases) if run.spec.has_bias(layer) else None)
        for layer, (weights, biases) in enumerate(to_numpy(run.params), start=1)
    ]
