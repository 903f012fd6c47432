"""`glassbox convert`: the same weights in the other file format."""

import argparse

from core.cli.error_boundary import OK
from core.cli.output import write_line, write_note
from core.files.convert import convert
from core.values.counts import counted


def run(args: argparse.Namespace) -> int:
    """Convert and say what was written; returns the exit code."""
    weights = convert(args.source, args.target)
    for note in weights.notes:
        write_note(f"{args.source}: {note}")
    count = counted(weights.spec.parameter_count, "parameter")
    write_line(f"{args.target}: {weights.spec}, {count}")
    return OK
