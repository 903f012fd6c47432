"""`glassbox worksheet`: a printable sheet of a lesson, and its answers."""

import argparse
import os

from PySide6.QtGui import QGuiApplication

from core.cli.error_boundary import OK
from core.cli.output import write_line
from core.cli.worksheet import sheet_of
from gui.widgets.worksheets.pdf import write_pdf


def run(args: argparse.Namespace) -> int:
    """Write the sheet, and its answers where they are asked for."""
    sheet = sheet_of(args.key, args.seed or 0)
    app = QGuiApplication.instance()
    if app is None:
        # Paper needs no display, even where there is one.
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        app = QGuiApplication([])
    write_pdf(args.out, [sheet], answers=False)
    write_line(f"{args.out.resolve()}")
    if args.answers is not None:
        write_pdf(args.answers, [sheet], answers=True)
        write_line(f"{args.answers.resolve()}")
    return OK
