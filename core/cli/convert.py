"""`glassbox convert`: the same weights in the other file format."""

import argparse

from core.cli.error_boundary import OK, UsageError
from core.cli.output import write_line, write_note
from core.files.convert import convert
from core.files.weights import SUFFIXES


def run(args: argparse.Namespace) -> int:
    """Convert and say what was written; returns the exit code."""
    if args.target.suffix.lower() not in SUFFIXES:
        msg = f"{args.target}: the name must end with {' or '.join(SUFFIXES)}"
        raise UsageError(msg)
    weights = convert(args.source, args.target)
    for assumption in weights.assumptions:
        write_note(f"{args.source}: {assumption}")
    count = weights.spec.parameter_count
    write_line(f"{args.target}: {weights.spec}, {count:,} parameters")
    return OK
