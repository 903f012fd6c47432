"""An experiment as one line of text, for a chat or a mail: compressed and checked.

The line is `glassbox:1:DATA:CHECK`: DATA is the TOML of the experiment, deflated, in
the letters of web addresses; CHECK is the CRC-32 of that TOML. Spaces and line breaks
that a mail program puts in between do no harm.
"""

import base64
import binascii
import re
import zlib
from typing import Any, Final

import tomli_w

from core.experiment import toml_form
from core.experiment.model import Experiment
from core.values.errors import ExperimentError
from core.values.toml_text import TomlError, tables_of
from core.values.words import tr

START: Final = "glassbox:"
FORM: Final = 1
MOST_BYTES: Final = 2**20
"""Of the text when it is unpacked: 50,000 numbers of own data fit in."""
MOST_LETTERS: Final = 2**20
_DAMAGED: Final = (
    "the text is not whole, or a letter of it has changed; copy it once more"
)


def is_line(text: str) -> bool:
    """Whether a text means to be such a line."""
    return text.lstrip()[: len(START)].lower() == START


def to_line(tables: dict[str, Any]) -> str:
    """Write tables of an experiment, and of what else there is, as one line.

    Raises:
        ExperimentError: it is too long to be pasted anywhere.
    """
    content = tomli_w.dumps(tables).encode()
    packed = base64.urlsafe_b64encode(zlib.compress(content, 9)).decode()
    if len(content) > MOST_BYTES or len(packed) > MOST_LETTERS:
        msg = tr("this experiment is too long for a line of text; save it as a file")
        raise ExperimentError(msg)
    return f"{START}{FORM}:{packed.rstrip('=')}:{zlib.crc32(content):08x}"


def tables_of_line(text: str) -> dict[str, object]:
    """The tables of a line, checked.

    Raises:
        ExperimentError: it is damaged, too long, or of a newer Glassbox.
    """
    if len(text) > 2 * MOST_LETTERS:
        msg = tr("the text has more than {value:,} letters", value=2 * MOST_LETTERS)
        raise ExperimentError(msg)
    parts = re.sub(r"\s+", "", text)[len(START) :].split(":")
    if parts[0].isascii() and parts[0].isdigit() and int(parts[0][:9]) > FORM:
        msg = tr("the text is of a newer Glassbox; update Glassbox to read it")
        raise ExperimentError(msg)
    if len(parts) != 3 or parts[0] != str(FORM):
        raise ExperimentError(_DAMAGED)
    content = _unpacked(parts[1])
    if f"{zlib.crc32(content):08x}" != parts[2].lower():
        raise ExperimentError(_DAMAGED)
    try:
        return tables_of(content.decode())
    except (UnicodeDecodeError, TomlError):
        raise ExperimentError(_DAMAGED) from None


def experiment_tables(experiment: Experiment) -> dict[str, object]:
    """The tables of an experiment as its file has them, every key."""
    return tables_of(toml_form.dumps(experiment))


def experiment_of(text: str) -> Experiment:
    """The experiment of a line; what else the line says is left.

    Raises:
        ExperimentError: it is damaged, or its experiment is invalid.
    """
    tables = tables_of_line(text)
    tables.pop("scene", None)
    return toml_form.from_tables(tables)


def _unpacked(data: str) -> bytes:
    """What was packed; never more than MOST_BYTES, whatever is in the text."""
    try:
        packed = base64.b64decode(
            data + "=" * (-len(data) % 4), altchars=b"-_", validate=True
        )
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, MOST_BYTES)
    except (binascii.Error, ValueError, zlib.error):
        raise ExperimentError(_DAMAGED) from None
    if unpacking.unconsumed_tail:
        msg = tr(
            "the text unpacks to more than {most_bytes:,} bytes", most_bytes=MOST_BYTES
        )
        raise ExperimentError(msg)
    if not unpacking.eof or unpacking.unused_data:
        raise ExperimentError(_DAMAGED)
    return content
