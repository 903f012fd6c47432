"""The options of the window, added to the commands without one."""

import argparse
import re
from typing import Final

from core.cli.options import EXPERIMENT_OPTIONS, add_experiment_options, path
from core.cli.parser import CommandLine, core_commands, count
from core.files.endings import SHEETS
from core.values.words import tr
from gui.style.language.choice import OPTION, known_languages

SCREENSHOT: Final = "screenshot"
WORKSHEET: Final = "worksheet"
THEMES: Final = ("light", "dark")
MAX_SIDE: Final = 16_384


def command_line() -> CommandLine:
    """The whole command line of `glassbox`."""
    line = core_commands(
        "glassbox", needs_command=False, about=tr("Without a command the window opens.")
    )
    add_experiment_options(line.parser)
    line.add_window_option(
        "--paused",
        action="store_true",
        help=tr("open the window without starting training"),
    )
    line.add_window_option(
        "--lesson", metavar="KEY", help=tr("open a lesson (see `glassbox lessons`)")
    )
    line.add_window_option(
        "--kiosk",
        action="store_true",
        help=tr("with --lesson: show nothing that the lesson does not need"),
    )
    _add_worksheet(line)
    line.parser.add_argument(
        OPTION,
        choices=known_languages(),
        help=tr(
            "of all texts; longer and mirrored are made of the English, to try out "
            "the layout"
        ),
    )
    _add_screenshot(line)
    return line


def _add_worksheet(line: CommandLine) -> None:
    command = line.add_command(
        WORKSHEET,
        tr("write the worksheet of a lesson as PDF"),
        details=tr(
            "Some numbers of its network are left out, to be computed by hand from "
            "the printed ones. Another --seed gives another sheet; 0 has the numbers "
            "of the lesson. It needs no display."
        ),
        takes=("seed",),
    )
    command.add_argument("key", metavar="KEY", help=tr("see `glassbox lessons`"))
    command.add_argument(
        "--out", metavar="FILE", type=path, required=True, help=tr("a .pdf file")
    )
    command.add_argument(
        "--answers", metavar="FILE", type=path, help=tr("a .pdf file, with the answers")
    )
    command.set_defaults(endings=SHEETS)


def _add_screenshot(line: CommandLine) -> None:
    command = line.add_command(
        SCREENSHOT,
        tr("save a picture of the real window after some training"),
        details=tr("It needs no display, and does not touch your own window layout."),
        takes=tuple(EXPERIMENT_OPTIONS),
    )
    command.add_argument(
        "--steps",
        metavar="N",
        type=count,
        default=1000,
        help=tr("training steps before the picture (default: 1000)"),
    )
    command.add_argument(
        "--workspace",
        metavar="W",
        default="",
        help=tr("its key (default: the first one)"),
    )
    command.add_argument(
        "--size",
        metavar="WxH",
        type=_size,
        default=(1600, 1000),
        help=tr("size of the window (default: 1600x1000)"),
    )
    command.add_argument("--theme", choices=THEMES, default=THEMES[0])
    command.add_argument(
        "--draw",
        metavar="DIGIT",
        choices=tuple("0123456789"),
        help=tr("digit to draw on the pad before the picture is taken"),
    )
    command.add_argument(
        "--out", metavar="FILE", type=path, required=True, help=tr("a .png file")
    )
    command.set_defaults(endings=(".png",))


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9][0-9]{1,4})x([1-9][0-9]{1,4})", text)
    sides = [int(side) for side in match.groups()] if match else []
    if not sides or max(sides) > MAX_SIDE:
        msg = tr(
            "invalid size {text!r}; expected width x height, e.g. 1600x1000", text=text
        )
        raise argparse.ArgumentTypeError(msg)
    return sides[0], sides[1]
