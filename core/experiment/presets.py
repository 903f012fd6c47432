"""Presets: the experiments that ship with Glassbox, and the user's own beside them.

Ours are the TOML files in assets/presets, the user's those in the folder `presets` of
the config folder. A preset is an experiment file with a sentence in its first line and
a table `[preset]`, which says what the window shows of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from core.experiment import line_form, toml_form
from core.experiment.model import Experiment
from core.platform.asset_files import asset_path
from core.platform.kinds import OWN_KIND, START_BYTES, kind_of_start
from core.platform.ordinary_files import read_bytes
from core.platform.user_folders import config_folder
from core.values.errors import ExperimentError, FileError, GlassboxError
from core.values.plain_text import shown
from core.values.toml_text import tables_of
from core.values.words import tr

DEFAULT_PRESET = "digits"
MOST_BYTES: Final = 2**21
"""Of an experiment file: 20,000 numbers in each of its keys fit in easily."""
OWN_GROUP: Final = "Your own"
_FOLDER: Final = "presets"


@dataclass(frozen=True, slots=True)
class Lead:
    """What a preset says of itself, and what the window shows of it.

    Attributes:
        title: in a few words; empty is the preset's name.
        group: of presets that belong together.
        workspace: the key of the one that shows its point; empty stays where one is.
        panels: keys of its panels that have to be open.
    """

    title: str = ""
    group: str = ""
    workspace: str = ""
    panels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preset:
    """A named experiment and the sentence at the top of its file."""

    name: str
    title: str
    experiment: Experiment
    lead: Lead = Lead()


@dataclass(frozen=True, slots=True)
class OwnPreset:
    """A preset in the user's folder, whether or not it can be read.

    Attributes:
        preset: None where it cannot.
        problem: why not, else empty; begins with the file.
    """

    name: str
    preset: Preset | None = None
    problem: str = ""


@cache
def preset_names() -> tuple[str, ...]:
    """All presets that ship with Glassbox, the default first."""
    names = sorted(path.stem for path in asset_path(_FOLDER).glob("*.toml"))
    return (DEFAULT_PRESET, *(name for name in names if name != DEFAULT_PRESET))


@cache
def load_preset(name: str) -> Preset:
    """Read a preset by name; cached, since its file does not change.

    Raises:
        ExperimentError: there is no such preset.
    """
    if name not in preset_names():
        msg = tr(
            "unknown preset {name!r} (choose from {preset_names})",
            name=name,
            preset_names=", ".join(preset_names()),
        )
        raise ExperimentError(msg)
    return _read(name, asset_path(_FOLDER, f"{name}.toml").read_text(encoding="utf-8"))


def preset_named(name: str) -> Preset:
    """A preset that ships with Glassbox, or else one of the user's own.

    Raises:
        ExperimentError: there is no such preset, or it cannot be read.
    """
    if name in preset_names():
        return load_preset(name)
    own = {entry.name: entry for entry in own_presets()}
    if name not in own:
        names = ", ".join((*preset_names(), *own))
        msg = f"unknown preset {name!r} (choose from {names})"
        raise ExperimentError(msg)
    preset = own[name].preset
    if preset is None:
        raise ExperimentError(own[name].problem)
    return preset


def own_presets() -> tuple[OwnPreset, ...]:
    """Those in the user's folder, by name, read anew."""
    try:
        files = sorted((config_folder() / _FOLDER).glob("*.toml"))
    except (FileError, OSError):
        return ()
    return tuple(_own(file) for file in files)


def _own(file: Path) -> OwnPreset:
    try:
        experiment = read_experiment(file)
        text = decoded(read_bytes(file, MOST_BYTES))
        preset = replace(_read(file.stem, text), experiment=experiment)
    except OSError as error:
        return OwnPreset(file.stem, problem=f"{file}: {error.strerror}")
    except GlassboxError as error:
        said = str(error)
        problem = said if said.startswith(str(file)) else f"{file}: {said}"
        return OwnPreset(file.stem, problem=problem)
    return OwnPreset(file.stem, preset)


def _read(name: str, text: str) -> Preset:
    """A preset of its text.

    Raises:
        ExperimentError: it is no experiment, or says what it cannot of itself.
    """
    experiment = toml_form.loads(text)
    first_line = text.partition("\n")[0]
    title = first_line.lstrip("# ").strip() if first_line.startswith("#") else ""
    table = tables_of(text).get(toml_form.LEAD, {})
    return Preset(name, title, experiment, lead_of(table))


def lead_of(table: object) -> Lead:
    """What a table `[preset]` says.

    Raises:
        ExperimentError: a key or a value of it is not possible.
    """
    if not isinstance(table, Mapping):
        raise ExperimentError(tr("preset: expected a table"))
    texts = ("title", "group", "workspace")
    for key, value in table.items():
        if key not in (*texts, "panels"):
            known = ", ".join((*texts, "panels"))
            msg = tr(
                "unknown key {shown} (choose from {known})",
                shown=shown(f"preset.{key}"),
                known=known,
            )
            raise ExperimentError(msg)
        is_list = isinstance(value, list) and all(isinstance(v, str) for v in value)
        if not (is_list if key == "panels" else isinstance(value, str)):
            what = "a list of texts" if key == "panels" else "a text"
            msg = tr(
                "preset.{key}: invalid value {shown}; expected {what}",
                key=key,
                shown=shown(value),
                what=what,
            )
            raise ExperimentError(msg)
    return Lead(**{**table, "panels": tuple(table.get("panels", ()))})


def decoded(content: bytes) -> str:
    """The text of a TOML file; Notepad writes a mark before its first letter.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    return content.decode("utf-8-sig")


def read_experiment(path: Path) -> Experiment:
    """Read an experiment file that the user chose, or its one line of text.

    Raises:
        ExperimentError: the file cannot be read or is not an experiment; the message
            begins with the path.
    """
    content = b""
    if line_form.is_line(str(path)):
        return line_form.experiment_of(str(path))
    try:
        content = read_bytes(path, MOST_BYTES)
        return toml_form.loads(decoded(content))
    except UnicodeDecodeError as error:
        reason = tr(
            "not a text in UTF-8 (byte {start} is none of it)", start=error.start + 1
        )
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
