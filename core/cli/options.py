"""The options for the experiment, shared by the window and the commands."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.experiment.rules import MAX_SEED
from core.values.words import tr

DEVICES: Final = ("auto", "cpu", "gpu")

EXPERIMENT_OPTIONS: Final[Mapping[str, str]] = {
    "preset": "--preset",
    "experiment": "--experiment",
    "open": "--open",
    "part": "--part",
    "data": "--data",
    "seed": "--seed",
    "device": "--device",
    "set": "--set",
}
"""Name in the parsed arguments, and the option as the user writes it."""


@dataclass(frozen=True, slots=True)
class ExperimentOptions:
    """The user's options for the experiment.

    Attributes:
        changes: key=value texts, in the order they were given.
        part: of the weights file, where it has several.
    """

    preset: str | None = None
    experiment: Path | None = None
    weights: Path | None = None
    data_folders: tuple[Path, ...] = ()
    seed: int | None = None
    device: str = "auto"
    changes: tuple[str, ...] = ()
    part: str = ""

    @classmethod
    def of(cls, args: argparse.Namespace) -> "ExperimentOptions":
        """The options of a parsed command line."""
        return cls(
            preset=args.preset,
            experiment=args.experiment,
            weights=args.open,
            data_folders=tuple(args.data or ()),
            seed=args.seed,
            device=args.device or "auto",
            changes=tuple(args.set or ()),
            part=args.part or "",
        )


def add_experiment_options(
    parser: argparse.ArgumentParser, *, leave_out: tuple[str, ...] = ()
) -> None:
    """Add the options to a command, except those named.

    No option has a default of its own: a command's defaults would hide options before
    the command's name.
    """
    group = parser.add_argument_group(tr("the experiment"))
    definitions: dict[str, dict[str, object]] = {
        "preset": {
            "metavar": "NAME",
            "help": tr("a name listed by `glassbox presets`"),
        },
        "experiment": {"metavar": "FILE", "type": path, "help": tr("a TOML file")},
        "open": {
            "metavar": "WEIGHTS",
            "type": path,
            "help": tr(
                "start from the weights of a file, with the experiment in it; "
                "--preset or --experiment replace its data and training; `glassbox "
                "info` says of any file what it holds"
            ),
        },
        "part": {
            "metavar": "NAME",
            "help": tr(
                "of a weights file with several chains of layers: the name or number "
                "of the one to open"
            ),
        },
        "data": {
            "metavar": "PATH",
            "type": path,
            "action": "append",
            "help": tr(
                "a table (CSV, TSV, Parquet), NumPy arrays (.npz), a folder of "
                "pictures for each class, or one with IDX files; can be repeated"
            ),
        },
        "seed": {
            "metavar": "N",
            "type": _seed,
            "help": tr("seed of the initial weights and of the order of the examples"),
        },
        "device": {
            "choices": DEVICES,
            "help": tr("device to compute on; auto uses a GPU if there is one"),
        },
        "set": {
            "metavar": "KEY=VALUE",
            "action": "append",
            "help": tr(
                "set a key of the experiment, e.g. network.hidden=[32,16] or "
                "training.learning_rate=0.5; can be repeated"
            ),
        },
    }
    for name, definition in definitions.items():
        if name not in leave_out:
            flag = EXPERIMENT_OPTIONS[name]
            group.add_argument(
                flag,
                default=argparse.SUPPRESS,
                **definition,  # type: ignore[arg-type]
            )


def add_download_option(parser: argparse.ArgumentParser) -> None:
    """Add an option to download missing data."""
    parser.add_argument(
        "--download",
        action="store_true",
        help=tr("download MNIST or Fashion-MNIST if it is missing"),
    )


def path(text: str) -> Path:
    """Parse the name of a file or folder, for argparse.

    An empty one comes of a variable of the shell that is not set; to Python it is the
    current folder.
    """
    return Path(named(text))


def named(text: str) -> str:
    """Parse the name of a file, or "-" for standard output, for argparse."""
    if not text:
        msg = tr("the name is empty")
        raise argparse.ArgumentTypeError(msg)
    return text


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:12]) <= MAX_SEED):
        msg = tr(
            "invalid seed {text!r}; expected a whole number from 0 to {max_seed}",
            text=text,
            max_seed=MAX_SEED,
        )
        raise argparse.ArgumentTypeError(msg)
    return int(text)
