"""The experiments that ship with Glassbox, as TOML files in assets/presets."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from core.experiment import toml_form
from core.experiment.model import Experiment
from core.platform.asset_files import asset_path
from core.platform.kinds import OWN_KIND, START_BYTES, kind_of_start
from core.platform.ordinary_files import read_bytes
from core.values.errors import ExperimentError, GlassboxError

DEFAULT_PRESET = "digits"
MOST_BYTES: Final = 2**24
"""Of an experiment file: 20,000 numbers in each of its keys fit in easily."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A named experiment and the sentence at the top of its file."""

    name: str
    title: str
    experiment: Experiment


@cache
def preset_names() -> tuple[str, ...]:
    """All presets, the default first."""
    names = sorted(path.stem for path in asset_path("presets").glob("*.toml"))
    return (DEFAULT_PRESET, *(name for name in names if name != DEFAULT_PRESET))


@cache
def load_preset(name: str) -> Preset:
    """Read a preset by name; cached, since its file does not change.

    Raises:
        ExperimentError: there is no such preset.
    """
    if name not in preset_names():
        msg = f"unknown preset {name!r} (choose from {', '.join(preset_names())})"
        raise ExperimentError(msg)
    text = asset_path("presets", f"{name}.toml").read_text(encoding="utf-8")
    first_line = text.partition("\n")[0]
    return Preset(name, first_line.lstrip("# ").strip(), toml_form.loads(text))


def decoded(content: bytes) -> str:
    """The text of a TOML file; Notepad writes a mark before its first letter.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return content.decode("utf-8-sig")


def read_experiment(path: Path) -> Experiment:
    """Read an experiment file that the user chose.

    Raises:
        ExperimentError: the file cannot be read or is not an experiment; the message
            begins with the path.
    """
    content = b""
    try:
        content = read_bytes(path, MOST_BYTES)
        return toml_form.loads(decoded(content))
    except UnicodeDecodeError as error:
        reason = f"not a text in UTF-8 (byte {error.start + 1} is none of it)"
        msg = f"{path}: {_what_it_is(content)}{reason}"
        raise ExperimentError(msg) from None
    except (OSError, GlassboxError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        msg = f"{path}: {_what_it_is(content)}{said}"
        raise ExperimentError(msg) from None


def _what_it_is(content: bytes) -> str:
    """What a file is that is no experiment, to begin a sentence; often empty."""
    kind = kind_of_start(content[:START_BYTES])
    is_other = kind and kind != OWN_KIND
    return f"this is {kind}; " if is_other else ""
