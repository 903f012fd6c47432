"""`glassbox convert`: the same network in another form, read back and compared."""

import argparse

from core.cli.error_boundary import OK, UsageError
from core.cli.foreign import as_read, note_unread
from core.cli.output import write_line, write_note
from core.files.export.forms import FORMS, export
from core.files.export.network import Network
from core.files.weights import load_weights
from core.values.counts import counted
from core.values.words import tr


def run(args: argparse.Namespace) -> int:
    """Convert and say what was written; returns the exit code."""
    language = args.language or ""
    _check_language(args.target.suffix.lower(), language)
    weights = load_weights(args.source, args.part or "")
    note_unread(weights, tuple(args.data or ()))
    # A network that takes other inputs would be misread from then on.
    weights, reasons = as_read(weights, tuple(args.data or ()))
    done = export(Network.of(weights), args.target, language)
    for note in (*reasons, *weights.notes):
        write_note(f"{args.source}: {note}")
    for note in done.notes:
        write_note(f"{args.target}: {note}")
    count = counted(weights.spec.parameter_count, "parameter")
    names = tr(" and ").join(map(str, done.paths))
    write_line(f"{names}: {weights.spec}, {count}; {done.compared}")
    return OK


def _check_language(ending: str, language: str) -> None:
    """Refuse --for where it means nothing, before anything is read.

    Raises:
        UsageError: the form is not written for one of several libraries.
    """
    form = FORMS[ending]
    if language and language not in form.languages:
        able = ", ".join(e for e, entry in FORMS.items() if language in entry.languages)
        msg = tr(
            "--for {language}: is for {able}, not for {ending}",
            language=language,
            able=able,
            ending=ending,
        )
        raise UsageError(msg)
