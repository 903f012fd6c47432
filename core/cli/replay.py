"""`glassbox replay`: a run made again from its file, and compared."""

import argparse
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from core.checkpoints import changes_form
from core.cli.checkpointing import load, load_data_of
from core.cli.error_boundary import FAILED, OK
from core.cli.loading import check_memory
from core.cli.options import ExperimentOptions
from core.cli.output import STANDARD_OUTPUT, write_json, write_line, write_note
from core.cli.progress import progress_bar
from core.data.dataset import Dataset
from core.experiment.model import TrainingSettings
from core.protocol.messages import ChangeTraining, EditParams, SetFrozen
from core.values.counts import counted
from core.values.errors import FileError
from core.values.words import plural, tr

if TYPE_CHECKING:
    from jax import Device

    from core.checkpoints.model import Checkpoint
    from core.history.changes import Change
    from core.training.run import TrainingRun


def run(args: argparse.Namespace) -> int:
    """Make the run again; 1 where it does not come to what the file holds."""
    # Importing JAX takes longer than all checks before.
    from core.checkpoints import resuming
    from core.platform.devices import choose_device, free_bytes
    from core.training.saved_run import differing

    options = ExperimentOptions.of(args)
    checkpoint = load(args.file, options)
    device = choose_device(options.device)
    check_memory(checkpoint.experiment, free_bytes(device))
    dataset = load_data_of(checkpoint, options, download=args.download)
    for text in resuming.differences(checkpoint, device):
        write_note(tr("the file is of {text}", text=text))
    try:
        made = _made_again(checkpoint, dataset, device)
    except FileError as error:
        msg = f"{args.file}: {error}"
        raise FileError(msg) from None
    wrong = differing(made.newest, checkpoint.run.now)
    if args.json is not None:
        write_json(args.json, _report(checkpoint, wrong))
    if args.json != STANDARD_OUTPUT:
        for line in _lines(checkpoint, wrong):
            write_line(line)
    return FAILED if wrong else OK


def _made_again(
    checkpoint: "Checkpoint", dataset: Dataset, device: "Device"
) -> "TrainingRun":
    from core.checkpoints import resuming

    text = tr("Making {spec} again", spec=checkpoint.experiment.spec)
    with progress_bar(text, checkpoint.step, "step") as bar:

        def reached(step: int) -> None:
            bar.update(step - bar.n)

        return resuming.made_again(checkpoint, dataset, device, reached)


def _report(checkpoint: "Checkpoint", wrong: tuple[str, ...]) -> dict[str, object]:
    begun = checkpoint.experiment
    return {
        "steps": checkpoint.step,
        "same": not wrong,
        "differs_in": list(wrong),
        "changes": [changes_form.as_json(c, begun) for c in checkpoint.run.changes],
    }


def _lines(checkpoint: "Checkpoint", wrong: tuple[str, ...]) -> list[str]:
    steps = counted(checkpoint.step, "step")
    if wrong:
        names = ", ".join(wrong)
        end = tr(
            "{steps} made again: not the same in {names}", steps=steps, names=names
        )
    else:
        end = tr("{steps} made again: the same to the bit", steps=steps)
    return [*_log(checkpoint), end]


def _log(checkpoint: "Checkpoint") -> Iterator[str]:
    """What was changed during the run, line by line."""
    training = checkpoint.experiment.training
    for dated in checkpoint.run.changes:
        what = _in_words(dated.change, training)
        yield tr("step {step:,}: {what}", step=dated.step, what=what)
        if isinstance(dated.change, ChangeTraining):
            training = dated.change.training


def _in_words(change: "Change", before: TrainingSettings) -> str:
    if isinstance(change, EditParams):
        n = len(change.edits)
        return plural(n, "{n} parameter edited", "{n:,} parameters edited", n=n)
    if isinstance(change, SetFrozen):
        n = len(change.parameters)
        return plural(n, "{n} parameter frozen", "{n:,} parameters frozen", n=n)
    if isinstance(change, ChangeTraining):
        return ", ".join(_changed(before, change.training))
    return tr("trained on after an early stop")


def _changed(before: TrainingSettings, after: TrainingSettings) -> Iterator[str]:
    for key in fields(TrainingSettings):
        value = getattr(after, key.name)
        if value != getattr(before, key.name):
            yield f"training.{key.name} = {value}"
