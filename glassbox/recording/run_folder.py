"""The names and texts of a run's folder; docs/run-format.md describes it."""

import contextlib
import errno
import secrets
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

FORMAT: Final = 1
RUN: Final = "run.toml"
WEIGHTS: Final = "weights"
METRICS: Final = "metrics.jsonl"
PROBE: Final = "probe.safetensors"
PART: Final = ".part"
DIGITS: Final = 12


def weights_name(step: int) -> str:
    """The file of a step: its number, so that names sort as steps do."""
    return f"{step:0{DIGITS}d}.safetensors"


def step_of(path: Path) -> int | None:
    """The step of a file of weights, None for any other file."""
    stem = path.name.removesuffix(".safetensors")
    is_number = stem.isascii() and stem.isdigit() and len(stem) <= DIGITS + 6
    return int(stem) if is_number and path.name != stem else None


def read_ordinary(path: Path, most_bytes: int) -> bytes:
    """The content of a file; a pipe would wait for ever, a device has no end.

    Raises:
        OSError: it is not there, no ordinary file, or larger.
    """
    check_ordinary(path, most_bytes)
    return path.read_bytes()


def check_ordinary(path: Path, most_bytes: int) -> None:
    """Look at a file before it is opened; the errors are those of `read_ordinary`."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.ENOTSUP, "not an ordinary file", str(path))
    if status.st_size > most_bytes:
        reason = f"it has {status.st_size:,} bytes, more than {most_bytes:,}"
        raise OSError(errno.EFBIG, reason, str(path))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}{PART}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def toml_text(tables: Mapping[str, Mapping[str, object]]) -> str:
    """Tables of texts, numbers, truth values and lists of texts or numbers as TOML."""
    return "\n".join(_lines(tables)) + "\n"


def _lines(tables: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for name, table in tables.items():
        yield f"[{name}]"
        for key, value in table.items():
            if value is not None:
                yield f"{key} = {_value(value)}"
        yield ""


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(map(_value, value))}]"
    msg = f"{value!r} is nothing that a run's description holds"
    raise TypeError(msg)


def _text(text: str) -> str:
    """A basic string of TOML, in which every control character is escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"'
        + "".join(
            c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped
        )
        + '"'
    )
