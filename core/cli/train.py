"""`glassbox train`: a run from the command line."""

import argparse
import dataclasses
import math
import shlex
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.cli.checkpointing import CheckpointFile, check_options, load, resumed
from core.cli.error_boundary import FAILED, OK, UsageError
from core.cli.foreign import load_and_read
from core.cli.interruption import INTERRUPTED, Interruption, interruptible
from core.cli.loading import check_memory
from core.cli.options import ExperimentOptions
from core.cli.output import (
    STANDARD_OUTPUT,
    write_error,
    write_json,
    write_line,
    write_note,
)
from core.cli.progress import progress_bar
from core.cli.recording import RunRecord, check_record
from core.cli.rescue import saved_or_rescued
from core.cli.resolved_options import ResolvedOptions, choose
from core.cli.run_log import RunLog, check_log
from core.cli.stops import RegularStop
from core.cli.targets import check_targets_spare
from core.experiment.effects import batch_note
from core.experiment.rules import FILE
from core.files.weights import save_weights
from core.values.counts import counted
from core.values.errors import FileError
from core.values.losses import printed_loss
from core.values.shares import percent_text
from core.values.words import tr

STEPS_OF_TABLE: Final = 1_000
"""Own data are trained for so many steps, in whole epochs, if nobody says how long."""

Written = tuple[CheckpointFile, RunRecord, RunLog]
"""What is written while it trains."""

if TYPE_CHECKING:
    from core.checkpoints.model import Checkpoint
    from core.cli.report import TrainingReport
    from core.cli.training_loop import Trained
    from core.training.run import TrainingRun


def run(args: argparse.Namespace) -> int:
    """Train, write the weights and report; returns the exit code."""
    check_options(args)
    check_record(args)
    check_log(args)
    options = ExperimentOptions.of(args)
    begun = None if args.resume is None else load(args.resume, options)
    if begun is None:
        choice = choose(options)
        check_targets_spare(args, choice.experiment.data)
        for note in choice.training_notes:
            write_note(note)
        choice, training = _load(choice, options, download=args.download)
        steps_before = 0 if choice.weights is None else choice.weights.step
    else:
        training = _resume(args.resume, begun, options, download=args.download)
        steps_before = begun.steps_before
    steps = _steps(args, training)
    file = CheckpointFile(args.checkpoint, args.checkpoint_every, begun, steps_before)
    record = RunRecord(args.record, args.evaluate_every)
    log = RunLog(args.log, args.log_every, args.evaluate_every)
    from core.checkpoints.resuming import weights_of

    written = file, record, log
    with interruptible() as interruption:
        with interruption.held():
            # Nothing is lost yet; from here on all that was trained is written.
            interruption.check()
            trained = _train(training, steps, written, interruption)
            files = _files(args, training, file, trained)
            if not files and trained.diverged_at is None:
                record.rescue(weights_of(training, steps_before))
        if interruption.is_asked:
            trained = dataclasses.replace(trained, interrupted=True)
        code = _finish(args, training, trained, written, files)
    return interruption.exit_code if code == INTERRUPTED else code


def _resume(
    path: Path, begun: "Checkpoint", options: ExperimentOptions, *, download: bool
) -> "TrainingRun":
    from core.platform.compilation_cache import use_compilation_cache

    use_compilation_cache()
    return resumed(path, begun, options, download=download)


def _load(
    choice: ResolvedOptions, options: ExperimentOptions, *, download: bool
) -> tuple[ResolvedOptions, "TrainingRun"]:
    # Importing JAX takes longer than all checks before.
    from core.platform.compilation_cache import use_compilation_cache
    from core.platform.devices import choose_device, free_bytes
    from core.training.run import TrainingRun

    use_compilation_cache()
    device = choose_device(options.device)
    check_memory(choice.experiment, free_bytes(device))
    choice, dataset = load_and_read(choice, options, download=download)
    for note in batch_note(choice.experiment.training, len(dataset.train)).values():
        write_note(note)
    params = None if choice.weights is None else choice.weights.params
    with progress_bar(tr("Preparing {spec}", spec=choice.experiment.spec), 0, "step"):
        return choice, TrainingRun(choice.experiment, dataset, device, params)


def _steps(args: argparse.Namespace, training: "TrainingRun") -> int:
    steps = _asked_steps(args, training)
    if steps < training.step:
        msg = tr(
            "{resume} is at step {step:,}; steps are counted from step 0, so "
            "{steps:,} are behind it",
            resume=args.resume,
            step=training.step,
            steps=steps,
        )
        raise UsageError(msg)
    return steps


def _asked_steps(args: argparse.Namespace, training: "TrainingRun") -> int:
    if args.steps is not None:
        return int(args.steps)
    per_epoch = training.steps_per_epoch
    if args.epochs is not None:
        return int(args.epochs) * per_epoch
    if training.experiment.data.name == FILE:
        # One epoch of a small table is a handful of steps.
        return math.ceil(STEPS_OF_TABLE / per_epoch) * per_epoch
    return per_epoch


def _train(
    training: "TrainingRun", steps: int, written: Written, interruption: Interruption
) -> "Trained":
    from core.cli.training_loop import TrainingLoop

    file, record, log = written
    with (
        record.kept(training) as stops,
        progress_bar(tr("Training {spec}", spec=training.spec), steps, "step") as bar,
    ):
        bar.update(training.step)

        def show(count: int, loss: float, accuracy: float) -> None:
            text = tr("loss {loss}", loss=printed_loss(loss))
            if math.isfinite(accuracy):  # of classes alone
                text += tr(", accuracy {share}", share=percent_text(accuracy, 1))
            bar.set_postfix_str(text, refresh=False)
            bar.update(count)

        saving = RegularStop(file.every, file.save_on_the_way)
        loop = TrainingLoop(
            training, show, (saving, log, *stops), lambda: interruption.is_asked
        )
        file.follow(training, loop)
        record.follow(loop)
        log.begin(training, loop)
        trained = loop.take(steps)
        log.end()
        return trained


def _finish(
    args: argparse.Namespace,
    training: "TrainingRun",
    trained: "Trained",
    written: Written,
    files: Mapping[str, Path | FileError],
) -> int:
    from core.cli.report import summary
    from core.runner.divergence import explain_divergence

    file, record, log = written
    places = {"record": (record.folder, record.failure), "log": (log.path, log.failure)}
    files = {
        **files,
        **{
            kind: failure or path
            for kind, (path, failure) in places.items()
            if path is not None
        },
    }
    report = _report(args, training, trained, files)
    failure = _failure(files.values())
    if args.json is not None:
        named = {} if failure is None else {"failure": str(failure)}
        try:
            write_json(args.json, dataclasses.asdict(report) | named)
        except FileError as error:
            failure = _failure((failure, error))
    if args.json != STANDARD_OUTPUT:
        _write_summary(summary(training, report), files)
    if failure is not None:
        raise failure
    if trained.diverged_at is not None:
        advice = tr("lower it, with --set training.learning_rate=…")
        reason = explain_divergence(training, trained.diverged_at, advice)
        lost = "" if args.out is None else tr(" {out} is not written.", out=args.out)
        write_error(reason + lost)
        return FAILED
    if trained.stopped_at is not None:
        write_note(
            tr(
                "stopped early after {steps}; the weights are those of step {step:,}, "
                "with the smallest validation loss",
                steps=counted(trained.stopped_at, "step"),
                step=training.step,
            )
        )
    if trained.interrupted:
        write_note(
            tr("interrupted after {steps}", steps=counted(training.step, "step"))
        )
        if file.path is not None:
            write_note(
                tr(
                    "to go on: glassbox train --resume {path} --steps {total}",
                    path=shlex.quote(str(file.path)),
                    total=_asked_steps(args, training),
                )
            )
        return INTERRUPTED
    if report.train_loss is not None and report.train_loss > 2 * trained.first_loss:
        _advise_on_growth(training, report.train_loss, every=args.report_all)
    return OK


def _failure(results: Iterable[object]) -> FileError | None:
    """One for all that could not be written: each says what was lost, and where."""
    failures = [str(result) for result in results if isinstance(result, FileError)]
    return FileError("; ".join(failures)) if failures else None


def _files(
    args: argparse.Namespace,
    training: "TrainingRun",
    file: CheckpointFile,
    trained: "Trained",
) -> dict[str, Path | FileError]:
    """Write what was asked for: where each is, or why it is not there.

    Nothing of a run that has diverged.
    """
    from core.checkpoints.resuming import weights_of

    written: dict[str, Path | FileError] = {}
    if trained.diverged_at is not None:
        return written
    if args.out is not None:
        weights = weights_of(training, file.steps_before)
        failure = saved_or_rescued(
            args.out, partial(save_weights, weights=weights), tr("the weights are")
        )
        written["weights"] = args.out if failure is None else failure
    if file.path is not None:
        failure = file.saved_or_rescued()
        written["checkpoint"] = file.path if failure is None else failure
    return written


def _write_summary(
    lines: tuple[str, ...], files: Mapping[str, Path | FileError]
) -> None:
    """The report as text, and where what was written is."""
    for line in lines:
        write_line(line)
    for kind, path in files.items():
        if isinstance(path, Path):
            write_line(f"{kind}: {path.resolve()}")


def _report(
    args: argparse.Namespace,
    training: "TrainingRun",
    trained: "Trained",
    files: Mapping[str, Path | FileError],
) -> "TrainingReport":
    """The report; who interrupts it still learns what has been written."""
    from core.cli.report import make_report

    try:
        return make_report(training, trained, every=args.report_all)
    except KeyboardInterrupt:
        for kind, path in files.items():
            if isinstance(path, Path):
                write_note(
                    tr("no report; {kind}: {path}", kind=kind, path=path.resolve())
                )
        raise


def _advise_on_growth(training: "TrainingRun", loss: float, *, every: bool) -> None:
    """Tell of a loss that is far above its start; leaves the run at its start.

    The loss of the first step makes it likely; but it is of one batch, so the same
    examples as at the end are read. Where it was 0, no rate would have kept it there:
    a perceptron begins without a loss, and with every example wrong.
    """
    from core.cli.reading import examples_for_report, read

    training.go_to(0)
    examples = examples_for_report(training, every=every)
    start = read(training, examples, tr("the training data")).loss
    if 0 < 2 * start < loss:
        write_note(
            tr(
                "the training loss has grown: it was {start} before the first "
                "step; a smaller learning rate may help",
                start=printed_loss(start),
            )
        )
