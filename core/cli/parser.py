"""The commands and options of the command line."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from core import __version__
from core.cli.before_command import Commands, check_before
from core.cli.error_boundary import UsageError
from core.cli.options import (
    EXPERIMENT_OPTIONS,
    add_download_option,
    add_experiment_options,
    named,
    path,
)
from core.cli.output import write_note
from core.cli.repeated_options import repeated
from core.files.endings import EXPORTS, WEIGHTS
from core.values.words import tr

MOST_DIGITS: Final = 15
"""Of a number of steps or epochs."""
LANGUAGES: Final = ("numpy", "jax", "torch")
DESCRIPTION: Final = tr("See how a neural network learns.")


class Parser(argparse.ArgumentParser):
    """Reports wrong usage as a UsageError: one line, with a hint to the help."""

    def error(self, message: str) -> NoReturn:
        """Called by argparse for everything it does not understand."""
        msg = tr("{message} (see `{prog} --help`)", message=message, prog=self.prog)
        raise UsageError(msg)


class CommandLine:
    """A parser with commands; more can be added."""

    def __init__(self, prog: str, *, needs_command: bool, description: str) -> None:
        self.parser = Parser(prog, description=description, allow_abbrev=False)
        self.parser.add_argument(
            "--version", action="version", version=f"glassbox {__version__}"
        )
        self._add_debug_option(self.parser)
        self.parser.set_defaults(command=None, debug=False)
        self.parser.set_defaults(**dict.fromkeys(EXPERIMENT_OPTIONS))
        self._commands = self.parser.add_subparsers(
            dest="command",
            metavar="COMMAND",
            title=tr("commands"),
            required=needs_command,
            action=Commands,
        )
        self._of_window: list[str] = []
        self._taken: dict[str | None, frozenset[str]] = {}

    def add_command(
        self, name: str, summary: str, *, details: str = "", takes: Sequence[str] = ()
    ) -> argparse.ArgumentParser:
        """Add a command with its experiment options."""
        command = self._commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}. {details}",
            allow_abbrev=False,
        )
        self._add_debug_option(command)
        self._taken[name] = frozenset(takes)
        others = tuple(key for key in EXPERIMENT_OPTIONS if key not in takes)
        if takes:
            add_experiment_options(command, leave_out=others)
        return command

    def add_window_option(self, flag: str, **definition: Any) -> None:
        """Add an option that the window obeys and no command takes."""
        self.parser.add_argument(flag, **definition)
        self._of_window.append(flag)

    def parse(self, argv: Sequence[str] | None) -> argparse.Namespace:
        """Parse the arguments.

        Raises:
            UsageError: they are invalid.
            SystemExit: with code 0, after printing help or the version.
        """
        words = sys.argv[1:] if argv is None else list(argv)
        check_before(words, self.parser, self._commands.choices, self._of_window)
        first = words[0] if words else ""
        file = self._file(first)
        if file is not None:
            words = words[1:]
        elif Path(first).suffix and not first.startswith("-"):
            text = tr("{first} is no command, and there is no such file", first=first)
            if Path(first).exists():
                text = tr(
                    "{first} is no command; the window opens a file by --open "
                    "{first}, and `glassbox info {first}` says what it holds",
                    first=first,
                )
            self.parser.error(text)
        args = self.parser.parse_args(words, argparse.Namespace(file=file))
        used = self._commands.choices.get(args.command, self.parser)
        for note in repeated(used, words):
            write_note(note)
        taken = self._taken.get(args.command, frozenset(EXPERIMENT_OPTIONS))
        for key, flag in EXPERIMENT_OPTIONS.items():
            if getattr(args, key) is not None and key not in taken:
                self.parser.error(
                    tr(
                        "{flag} cannot be used with `{command}`",
                        flag=flag,
                        command=args.command,
                    )
                )
        return args

    def _file(self, first: str) -> Path | None:
        """A file or folder that the window is to open, in place of a command."""
        if self._commands.required or first in self._commands.choices:
            return None
        if not first or first.startswith("-"):
            return None
        path = Path(first)
        return path if path.is_file() or path.is_dir() else None

    @staticmethod
    def _add_debug_option(parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--debug",
            action="store_true",
            default=argparse.SUPPRESS,
            help=tr("show the traceback of an error, for a bug report"),
        )


def core_commands(prog: str, *, needs_command: bool, about: str = "") -> CommandLine:
    """The command line with all commands that work without a window."""
    line = CommandLine(
        prog,
        needs_command=needs_command,
        description=" ".join(part for part in (DESCRIPTION, about) if part),
    )
    _add_train(line)
    _add_replay(line)
    _add_evaluate(line)
    _add_predict(line)
    _add_convert(line)
    _add_info(line)
    line.add_command(
        "presets",
        tr("list the experiments that ship with Glassbox, and your own presets"),
    )
    _add_lessons(line)
    line.add_command(
        "doctor",
        tr("show versions, devices, display and available data"),
        takes=("data",),
    )
    return line


def _add_train(line: CommandLine) -> None:
    train = line.add_command(
        "train",
        tr("train a network without a window"),
        details=tr(
            "Ctrl+C stops it early: the current weights are written and reported, and "
            "the exit code is 130. Before the first step, while data are loaded, "
            "nothing is written."
        ),
        takes=tuple(EXPERIMENT_OPTIONS),
    )
    length = train.add_mutually_exclusive_group()
    length.add_argument(
        "--epochs",
        metavar="N",
        type=count,
        help=tr(
            "passes over the training data (default: 1; on own data as many as make "
            "1,000 steps)"
        ),
    )
    length.add_argument(
        "--steps", metavar="N", type=count, help=tr("training steps, one batch each")
    )
    add_download_option(train)
    train.set_defaults(endings=WEIGHTS)
    train.add_argument(
        "--out", metavar="WEIGHTS", type=path, help=tr("a .npz or .safetensors file")
    )
    train.add_argument(
        "--checkpoint",
        metavar="FILE",
        type=path,
        help=tr(
            "save the whole run to FILE at its end, also when it is interrupted, so "
            "that --resume goes on from there to the bit"
        ),
    )
    train.add_argument(
        "--checkpoint-every",
        metavar="N",
        type=count,
        default=0,
        help=tr("save it every N steps too"),
    )
    train.add_argument(
        "--resume",
        metavar="FILE",
        type=path,
        help=tr(
            "go on with the run of a checkpoint until --steps TOTAL or --epochs TOTAL "
            "from its step 0; it is saved there again, or to --checkpoint"
        ),
    )
    train.add_argument(
        "--record",
        metavar="FOLDER",
        type=path,
        help=tr(
            "write the weights of chosen steps and the curves into FOLDER while it "
            "trains, in open formats (docs/run-format.md)"
        ),
    )
    train.add_argument(
        "--evaluate-every",
        metavar="N",
        type=count,
        default=0,
        help=tr(
            "read loss and accuracy of the test data every N steps, for --record and "
            "--log"
        ),
    )
    train.add_argument(
        "--log",
        metavar="FILE",
        type=path,
        help=tr(
            "write loss, accuracy and learning rate into FILE while it trains: JSON "
            "lines (.jsonl) or a table (.csv)"
        ),
    )
    train.add_argument(
        "--log-every",
        metavar="N",
        type=count,
        help=tr("steps between two lines of the log (default: 100)"),
    )
    train.add_argument(
        "--report-all",
        action="store_true",
        help=tr(
            "take the training loss of the report over all examples even where that "
            "takes more than 200 thousand million multiplications"
        ),
    )
    _add_json_option(
        train,
        tr(
            "with steps, epochs, parameters, train_loss (mean over the whole training "
            "set after training), test_loss, test_accuracy, seconds (of training and "
            "compilation, without loading and evaluation), steps_per_second (without "
            "the first chunks, which compile), device, validation_loss, "
            "validation_accuracy, train_loss_examples, where the targets are numbers "
            "test_r2 and test_rmse, in their own units (of several targets test_r2 is "
            "the mean, test_rmse null, and test_by_target has r2 and rmse of each by "
            "its name), diverged_at (the first step without a finite loss), "
            "stopped_early_at (from where early stopping went back to steps, the best "
            "one) and interrupted (by Ctrl+C); what there is not is null, and so are "
            "non-finite numbers"
        ),
    )


def _add_replay(line: CommandLine) -> None:
    replay = line.add_command(
        "replay",
        tr("make the run of a checkpoint again, from its first step"),
        details=tr(
            "From its experiment, its initial weights and the log of what was changed "
            "alone, which is listed; what it comes to is compared with the file, to "
            "the bit. Where it differs the exit code is 1."
        ),
        takes=("data", "device"),
    )
    replay.add_argument("file", metavar="FILE", type=path)
    add_download_option(replay)
    _add_json_option(
        replay,
        tr(
            "with steps, same, differs_in (parts of the state), and changes, each with "
            "its step"
        ),
    )


def _add_evaluate(line: CommandLine) -> None:
    evaluate = line.add_command(
        "evaluate",
        tr("evaluate a weights file on the test set"),
        details=tr(
            "The data are those of --preset, --experiment or --set, or else of the "
            "experiment in the file. Network and loss are those in the file, unless "
            "--set says otherwise: network.activation and network.output say how its "
            "weights are read, training.loss by which loss they are measured. All "
            "rows of own data that the network was not trained on are tested, unless "
            "the file itself or --set data.train_fraction leaves some for training."
        ),
        takes=("preset", "experiment", "part", "data", "device", "set"),
    )
    evaluate.add_argument("weights", metavar="WEIGHTS", type=path)
    add_download_option(evaluate)
    _add_json_option(
        evaluate,
        tr(
            "with test_loss, loss (its name), test_accuracy, examples, parameters, "
            "device, data, file, reading (what was found out by trying about another "
            "program's network), where the targets are numbers test_r2 and test_rmse "
            "(of several targets test_r2 is the mean, test_rmse null, and "
            "test_by_target has r2 and rmse of each by its name), and where they are "
            "classes confusion (rows: label, columns: answer, both in the order of "
            "classes), precision and recall of each class, and calibration_error"
        ),
    )


def _add_convert(line: CommandLine) -> None:
    convert = line.add_command(
        "convert",
        tr("write the network of a weights file in another form"),
        details=tr(
            "The ending of OUT says which: .npz, .safetensors, .onnx, .json, .csv "
            "(all weights), .py (a script) or .ipynb (a notebook). What was written "
            "is read back and compared, and the largest difference is said."
        ),
        takes=("part", "data"),
    )
    convert.add_argument("source", metavar="IN", type=path)
    convert.add_argument("target", metavar="OUT", type=path)
    convert.add_argument(
        "--for",
        dest="language",
        choices=LANGUAGES,
        help=tr(
            "the library of a script or notebook (default: numpy); with torch, a "
            ".safetensors file gets a script with its module beside it"
        ),
    )
    convert.set_defaults(endings=EXPORTS)


def _add_info(line: CommandLine) -> None:
    info = line.add_command(
        "info",
        tr("say what a file is"),
        details=tr(
            "An experiment, or weights of Glassbox or another program: layers, "
            "activations, parameters, data, step, and the chains of layers in a file "
            "that holds more. Data in a file or folder: rows, columns, classes, "
            "shapes, and how they would be understood."
        ),
        takes=("part",),
    )
    info.add_argument("file", metavar="FILE", type=path)
    _add_json_option(
        info, tr("with file, kind, layers, activations and what else it says")
    )


def _add_lessons(line: CommandLine) -> None:
    lessons = line.add_command(
        "lessons", tr("list the lessons, or check one of your own")
    )
    lessons.add_argument(
        "--check",
        metavar="FOLDER",
        type=path,
        help=tr("check the lesson in FOLDER; an error names its file and the line"),
    )
    _add_json_option(
        lessons,
        tr(
            "with a list of lessons: key, title, course (the first one), courses with "
            "the lesson's place in each, minutes, steps, own, problem"
        ),
    )


def _add_predict(line: CommandLine) -> None:
    predict = line.add_command(
        "predict",
        tr("predict images, or the rows of tables or arrays, with a weights file"),
        details=tr(
            "A line for each image or row: its name, the class and its probability, "
            "or the predicted numbers."
        ),
        takes=("part", "data"),
    )
    predict.add_argument("weights", metavar="WEIGHTS", type=path)
    predict.add_argument("images", metavar="FILE", nargs="+", type=path)
    predict.add_argument(
        "--no-normalise",
        action="store_true",
        help=tr(
            "use images of the data's size as they are, black as 0 and white as 1; by "
            "default the ink is separated from the paper, scaled and centred"
        ),
    )
    _add_json_option(predict, tr("with a list of predictions and all outputs"))


def _add_json_option(parser: argparse.ArgumentParser, contents: str) -> None:
    parser.add_argument(
        "--json",
        metavar="FILE",
        type=named,
        help=tr(
            "write a JSON report to FILE (- for standard output) {contents}",
            contents=contents,
        ),
    )


def count(text: str) -> int:
    """Parse a number of steps or epochs, for argparse."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        msg = tr(
            "invalid value {text!r}; expected a whole number from 0 to {most_digits}",
            text=text,
            most_digits=10**MOST_DIGITS - 1,
        )
        raise argparse.ArgumentTypeError(msg)
    return int(text)
