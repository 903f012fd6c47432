"""From a run to its checkpoint, and from a checkpoint to the run again."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import jax
import numpy as np

from core.arrays import FloatArray, HostArray
from core.checkpoints.identity import data_hash, made_by
from core.checkpoints.model import Checkpoint
from core.data.dataset import Dataset
from core.files.weights import WeightsFile
from core.protocol.saving import NO_CURVE
from core.training.replay import StepReached
from core.training.run import TrainingRun, to_numpy
from core.training.saved_run import SavedRun
from core.values.errors import ExperimentError, FileError
from core.values.words import tr


def checkpoint_of(
    run: TrainingRun,
    known_hash: str,
    *,
    steps_before: int = 0,
    read: tuple[Sequence[FloatArray], Sequence[FloatArray]] = ((), ()),
    curves: Mapping[str, HostArray] | None = None,
) -> Checkpoint:
    """The run as it is now; waits for the device.

    Args:
        run: to go on from.
        known_hash: of its examples, which takes a while for large ones.
        steps_before: training steps that its initial weights had taken.
        read: batch losses and batch accuracies of the steps so far, part by part.
        curves: what else a window has drawn of them.
    """
    experiment, initial = run.begun_with
    saved = run.saved()
    losses, accuracies = (_joined(parts, saved.end) for parts in read)
    return Checkpoint(
        experiment,
        saved,
        known_hash,
        initial,
        steps_before,
        losses,
        accuracies,
        curves or {},
        made_by(run.device),
    )


def weights_of(run: TrainingRun, steps_before: int) -> WeightsFile:
    """The newest weights of a run, with all that a file of them tells."""
    return WeightsFile(
        spec=run.spec,
        params=to_numpy(run.params),
        experiment=run.experiment,
        step=steps_before + run.step,
        class_names=run.dataset.class_names,
        preparation=run.dataset.preparation,
        scaling=run.dataset.scaling,
        pictures=run.dataset.picture_form,
    )


def resumed(
    checkpoint: Checkpoint,
    dataset: Dataset,
    device: jax.Device,
    *,
    frame_bytes: int = 0,
) -> TrainingRun:
    """The run again, at the step of the checkpoint.

    Raises:
        FileError: the examples are others, or the checkpoint is damaged.
    """
    _check_examples(checkpoint, dataset)
    return _made(checkpoint, dataset, device, frame_bytes, TrainingRun.restore)


def made_again(
    checkpoint: Checkpoint,
    dataset: Dataset,
    device: jax.Device,
    reached: StepReached | None = None,
) -> TrainingRun:
    """The run at the step of the checkpoint, trained anew from its first step.

    From the experiment, the initial weights and the log of what was changed alone.

    Args:
        checkpoint: of the run.
        dataset: that it was trained on.
        device: where.
        reached: is told how far it is.

    Raises:
        FileError: the examples are others, or the checkpoint is damaged.
    """
    _check_examples(checkpoint, dataset)
    bring = partial(TrainingRun.make_again, reached=reached)
    return _made(checkpoint, dataset, device, 0, bring)


def _made(
    checkpoint: Checkpoint,
    dataset: Dataset,
    device: jax.Device,
    frame_bytes: int,
    bring: Callable[[TrainingRun, SavedRun], None],
) -> TrainingRun:
    try:
        run = TrainingRun(
            checkpoint.experiment,
            dataset,
            device,
            checkpoint.initial,
            frame_bytes=frame_bytes,
        )
        bring(run, checkpoint.run)
    except (ExperimentError, ValueError, TypeError, IndexError) as error:
        msg = tr("it does not fit its own experiment ({error})", error=error)
        raise FileError(msg) from None
    return run


def _check_examples(checkpoint: Checkpoint, dataset: Dataset) -> None:
    if data_hash(dataset) != checkpoint.data_hash:
        msg = tr(
            "the examples of {name} are not those that the run was trained on: the "
            "file or folder has changed, or is another one; name the data as they "
            "were, by --data",
            name=dataset.source or dataset.name,
        )
        raise FileError(msg)


def differences(checkpoint: Checkpoint, device: jax.Device) -> tuple[str, ...]:
    """What differs from what has computed the run so far: "jaxlib 0.9, not 0.8".

    Where anything does, the last digits of what follows may differ too.
    """
    now = made_by(device)
    return tuple(
        f"{name} {now.get(name, 'unknown')}, not {before}"
        for name, before in checkpoint.made_by.items()
        if now.get(name) != before
    )


def _joined(parts: Sequence[FloatArray], steps: int) -> FloatArray:
    """Curves one after the other, (steps,); what an interruption has lost is NaN."""
    if not parts:
        return NO_CURVE
    return first_steps(np.concatenate([NO_CURVE, *parts]).astype(np.float32), steps)


def first_steps(known: FloatArray, steps: int) -> FloatArray:
    """A curve of exactly that many steps, (steps,); NaN where it is not known."""
    known = known[:steps]
    return np.pad(known, (0, steps - len(known)), constant_values=np.nan)
