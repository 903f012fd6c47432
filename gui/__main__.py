"""The program `glassbox`: the window, or a command without one."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.interruption import ending_quietly, interruptible
from core.values.words import tr

with ending_quietly():
    # Before all that holds texts: they are made when it is imported.
    from gui.style.language.choice import chosen_language
    from gui.style.language.spoken import speak_language

    speak_language(chosen_language(sys.argv[1:]))
    from core.cli.error_boundary import UsageError
    from core.cli.foreign import read_with_data
    from core.cli.main import run_command, run_line
    from core.cli.options import EXPERIMENT_OPTIONS, ExperimentOptions
    from core.cli.output import write_note
    from core.cli.patience import patience
    from core.cli.resolved_options import ResolvedOptions, choose
    from core.data.moved import moved
    from core.files.run_file import RunInFile, run_in
    from gui.launch.command_line import SCREENSHOT, WORKSHEET, command_line

if TYPE_CHECKING:
    from core.lessons.model import Lesson


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for; returns the exit code."""
    return run_line(command_line, argv, _run)


def _run(args: argparse.Namespace) -> int:
    if args.command == SCREENSHOT:
        with patience(f"glassbox {args.command}"):
            from gui.launch.headless.screenshot import run as run_screenshot

            return run_screenshot(args)
    if args.command == WORKSHEET:
        with patience(f"glassbox {args.command}"):
            from gui.launch.headless.worksheet import run as run_worksheet

            return run_worksheet(args)
    if args.command is None:
        return _run_window(args)
    return run_command(args)


def _run_window(args: argparse.Namespace) -> int:
    # What the user got wrong is said before Qt is there, and where there is no Qt.
    with patience("glassbox"), interruptible():
        lesson, run = _lesson(args), _file(args)
        options = ExperimentOptions.of(args)
        checkpoint = None if run is None else args.file.resolve()
        if run is not None:
            data = moved(run.experiment.data, options.data_folders)
            lesson = None
            choice = ResolvedOptions(replace(run.experiment, data=data))
        else:
            choice = choose(options)
            for note in choice.notes:
                write_note(note)
            choice = read_with_data(choice, options)
    return _show(choice, options, lesson, args, checkpoint=checkpoint)


def _file(args: argparse.Namespace) -> "RunInFile | None":
    """The run in the file that is named first; any other kind is an option's.

    Raises:
        UsageError: an option would change the run.
    """
    if args.file is None:
        return None
    run = None if args.file.is_dir() else run_in(args.file)
    if run is None:
        _take_as_option(args, args.file)
        return None
    for key, flag in EXPERIMENT_OPTIONS.items():
        if key not in ("data", "device") and getattr(args, key) is not None:
            msg = tr(
                "{flag} would change the run in {file}; leave it out, or open the "
                "network alone by --open {file}",
                flag=flag,
                file=args.file,
            )
            raise UsageError(msg)
    return run


def _take_as_option(args: argparse.Namespace, path: Path) -> None:
    """Open what is named first by what it is, as if it were dropped on the window."""
    from core.data.file import holds_examples
    from core.data.idx_folder import prefix_of

    if path.is_dir() or holds_examples(path):
        # One file of a set stands for all of them.
        found = path if prefix_of(path) is None else path.parent
        args.data = [*(args.data or ()), found]
    elif path.suffix.lower() == ".toml":
        args.experiment = path
    else:
        args.open = path


def _asks_for_nothing(args: argparse.Namespace) -> bool:
    asked = (
        args.file,
        args.preset,
        args.experiment,
        args.open,
        args.data,
        args.seed,
        args.set,
    )
    return not args.paused and all(value is None for value in asked)


def leading_preset(options: ExperimentOptions) -> str:
    """The preset that shows its point: not beside a file or weights."""
    has_other = options.experiment is not None or options.weights is not None
    return "" if options.preset is None or has_other else options.preset


def _lesson(args: argparse.Namespace) -> "Lesson | None":
    if args.lesson is None:
        if args.kiosk:
            msg = tr("--kiosk goes with --lesson KEY")
            raise UsageError(msg)
        return None
    from core.lessons.library import lesson_of

    return lesson_of(args.lesson)


def _show(
    choice: ResolvedOptions,
    options: ExperimentOptions,
    lesson: "Lesson | None",
    args: argparse.Namespace,
    *,
    checkpoint: Path | None = None,
) -> int:
    from gui.runtime.plain_imports import leave_imports_plain

    leave_imports_plain()
    from gui.launch.app import Opening, run_app
    from gui.launch.headless.staged_window import has_display
    from gui.launch.headless.without_display import run_without_display
    from gui.runtime.interrupt import closing_on_interrupt

    opening = Opening(
        experiment=choice.experiment,
        weights=choice.weights,
        data_folders=options.data_folders,
        device=options.device,
        # Opened weights are there to be looked into as they are.
        play=not args.paused and lesson is None and choice.weights is None,
        weights_file="" if options.weights is None else options.weights.name,
        checkpoint=checkpoint,
        lesson=lesson,
        kiosk=args.kiosk,
        preset="" if lesson is not None else leading_preset(options),
        experiment_file="" if options.experiment is None else options.experiment.name,
        welcome=lesson is None and _asks_for_nothing(args),
    )
    if not has_display():
        return run_without_display(opening)
    with closing_on_interrupt():
        return run_app(opening)


if __name__ == "__main__":
    sys.exit(main())
