"""`glassbox convert`: the same weights in a file format of Glassbox's own."""

import argparse

from core.cli.error_boundary import OK
from core.cli.foreign import as_read
from core.cli.output import write_line, write_note
from core.cli.targets import named_target
from core.files.weights import SUFFIXES, load_weights, save_weights


def run(args: argparse.Namespace) -> int:
    """Convert and say what was written; returns the exit code."""
    target = named_target("", args.target, SUFFIXES)
    weights = load_weights(args.source, args.part or "")
    # A network that takes other inputs would be misread from then on.
    weights, reasons = as_read(weights, tuple(args.data or ()))
    save_weights(target, weights)
    for note in (*reasons, *weights.notes):
        write_note(f"{args.source}: {note}")
    count = weights.spec.parameter_count
    write_line(f"{target}: {weights.spec}, {count:,} parameters")
    return OK
