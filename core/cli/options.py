"""The options for the experiment, shared by the window and the commands."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.experiment.rules import MAX_SEED

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
    group = parser.add_argument_group("the experiment")
    definitions: dict[str, dict[str, object]] = {
        "preset": {"metavar": "NAME", "help": "a name listed by `glassbox presets`"},
        "experiment": {"metavar": "FILE", "type": Path, "help": "a TOML file"},
        "open": {
            "metavar": "WEIGHTS",
            "type": Path,
            "help": "start from the weights of a file, with the experiment in it; "
            "`glassbox info` says of any file what it holds",
        },
        "part": {
            "metavar": "NAME",
            "help": "of a weights file with several chains of layers: the name or "
            "number of the one to open",
        },
        "data": {
            "metavar": "DIR",
            "type": Path,
            "action": "append",
            "help": "folder with IDX files of MNIST or Fashion-MNIST; can be repeated",
        },
        "seed": {
            "metavar": "N",
            "type": _seed,
            "help": "seed of the initial weights and of the order of the examples",
        },
        "device": {
            "choices": DEVICES,
            "help": "device to compute on; auto uses a GPU if there is one",
        },
        "set": {
            "metavar": "KEY=VALUE",
            "action": "append",
            "help": "set a key of the experiment, e.g. network.hidden=[32,16] or "
            "training.learning_rate=0.5; can be repeated",
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
        help="download MNIST or Fashion-MNIST if it is missing",
    )


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:12]) <= MAX_SEED):
        msg = f"invalid seed {text!r}; expected a whole number up to {MAX_SEED}"
        raise argparse.ArgumentTypeError(msg)
    return int(text)
