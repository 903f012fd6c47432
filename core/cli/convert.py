"""`glassbox convert`: the same weights in the other file format."""

import argparse

from core.cli.error_boundary import OK
from core.cli.output import write_line, write_note
from core.cli.targets import named_target
from core.files.convert import convert
from core.files.weights import SUFFIXES


def run(args: argparse.Namespace) -> int:
    """Convert and say what was written; returns the exit code."""
    target = named_target("", args.target, SUFFIXES)
    weights = convert(args.source, target)
    for note in weights.notes:
        write_note(f"{args.source}: {note}")
    count = weights.spec.parameter_count
    write_line(f"{target}: {weights.spec}, {count:,} parameters")
    return OK
