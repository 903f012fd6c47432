"""Runs a command from its arguments, for entry points with or without a window."""

import argparse
import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from core.cli.error_boundary import OK, error_boundary
from core.cli.interruption import interruptible
from core.cli.parser import CommandLine, core_commands
from core.cli.patience import patience
from core.cli.targets import check_targets

COMMANDS: Final[Mapping[str, str]] = {
    "train": "core.cli.train",
    "replay": "core.cli.replay",
    "evaluate": "core.cli.evaluate",
    "predict": "core.cli.predict",
    "convert": "core.cli.convert",
    "info": "core.cli.info",
    "presets": "core.cli.presets",
    "lessons": "core.cli.lessons",
    "doctor": "core.cli.doctor",
}
"""Module of each command; only the one that runs is imported."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command that needs no window; returns the exit code."""

    def line() -> CommandLine:
        return core_commands("python -m core", needs_command=True)

    return run_line(line, argv, run_command)


def run_line(
    line: Callable[[], CommandLine],
    argv: Sequence[str] | None,
    run: Callable[[argparse.Namespace], int],
) -> int:
    """Parse the arguments and run the command, inside the error boundary."""
    parsed: list[argparse.Namespace] = []

    def parse() -> int:
        with interruptible():
            parsed.append(line().parse(argv))
        return OK

    try:
        code = error_boundary(parse)
    except SystemExit as end:  # help or version was shown
        return end.code if isinstance(end.code, int) else OK
    if not parsed:
        return code
    args = parsed[0]

    def checked() -> int:
        check_targets(args)
        return run(args)

    return error_boundary(checked, debug=args.debug)


def run_command(args: argparse.Namespace) -> int:
    """Run a parsed command of COMMANDS; returns the exit code."""
    with (
        patience(f"glassbox {args.command}"),
        interruptible() as interruption,
    ):
        module = importlib.import_module(COMMANDS[args.command])
        interruption.check()
        code: int = module.run(args)
        if code == OK:
            interruption.check()
        return code
