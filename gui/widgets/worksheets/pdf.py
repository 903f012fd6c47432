"""Worksheets as PDF, a page or more for each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from core.platform import atomic
from core.platform.cancelling import check_cancelled
from core.values.words import tr
from core.worksheets.model import Block, Diagram, Sheet
from gui.style import tokens
from gui.widgets.worksheets.diagram import draw_diagram
from gui.widgets.worksheets.ink import QUIET, Paper
from gui.widgets.worksheets.pieces import DRAWN, Draw, html_of

DOTS_PER_INCH: Final = 600
POINTS_PER_INCH: Final = 72
MARGIN: Final = 16.0
"""Millimetres."""
SPACE: Final = 7.0
"""Points between two blocks."""
FOOT: Final = 14.0


def write_pdf(path: Path, sheets: Sequence[Sheet], *, answers: bool) -> None:
    """Write the file, whole or not at all.

    Raises:
        FileError: it cannot be written.
    """
    atomic.write_bytes(path, pdf_of(sheets, answers=answers))


def pdf_of(sheets: Sequence[Sheet], *, answers: bool) -> bytes:
    """The bytes of a PDF."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    writer.setTitle(", ".join(dict.fromkeys(sheet.title for sheet in sheets)))
    writer.setCreator("Glassbox")
    painter = QPainter(writer)
    paper = Paper(painter, DOTS_PER_INCH / POINTS_PER_INCH, answers=answers)
    try:
        for number, sheet in enumerate(sheets):
            check_cancelled()
            if number:
                writer.newPage()
            _Page(paper, writer, sheet).draw()
    finally:
        # Qt does not bear a device that goes while it is painted on.
        painter.end()
    return bytes(buffer.data().data())


class _Page:
    """Mutable: where the next block goes."""

    def __init__(self, paper: Paper, writer: QPdfWriter, sheet: Sheet) -> None:
        self._paper, self._writer, self._sheet = paper, writer, sheet
        size = QSizeF(writer.width(), writer.height())
        self._width = size.width()
        self._end = size.height() - FOOT * paper.dots
        self._y = 0.0

    def draw(self) -> None:
        self._text(self._head())
        self._draw_foot()
        for block in self._sheet.blocks:
            self._block(block)

    def _head(self) -> str:
        sheet = self._sheet
        right = (
            f"<b>{tr('Answers')}</b>"
            if self._paper.answers
            else tr("Name: {value}", value="." * 60)
        )
        size = tokens.type_role("answer").pt
        title = f"<span style='font-size:{size}pt'><b>{sheet.title}</b></span>"
        return (
            f"<table width='100%'><tr><td>{title}</td>"
            f"<td align='right'>{right}</td></tr></table>"
        )

    def _draw_foot(self) -> None:
        sheet, paper = self._sheet, self._paper
        name = tr(
            "Glassbox &middot; {sheet} &middot; sheet number {seed}",
            sheet=sheet.key,
            seed=sheet.seed,
        )
        foot = f"<span style='color:{QUIET.name()}'>{name}</span>"
        found = paper.document(foot, self._width)
        self._at(self._end + FOOT * paper.dots - found.size().height())
        found.drawContents(paper.painter)
        paper.painter.restore()

    def _block(self, block: Block) -> None:
        draw: Draw | None = DRAWN.get(type(block))
        if isinstance(block, Diagram):
            draw = draw_diagram
        if draw is None:
            self._text(html_of(self._paper, block))
        else:
            self._picture(draw, block)

    def _text(self, html: str) -> None:
        found = self._paper.document(html, self._width)
        height = found.size().height()
        self._make_room(height)
        self._at(self._y)
        found.drawContents(self._paper.painter)
        self._paper.painter.restore()
        self._y += height + SPACE * self._paper.dots

    def _picture(self, draw: Draw, block: Block) -> None:
        # Its height is known once it is drawn: first where nobody sees it.
        painter = self._paper.painter
        painter.save()
        painter.setClipRect(QRectF(0, 0, 0, 0))
        height = draw(self._paper, block, self._width)
        painter.restore()
        self._make_room(height)
        self._at(self._y)
        draw(self._paper, block, self._width)
        painter.restore()
        self._y += height + SPACE * self._paper.dots

    def _make_room(self, height: float) -> None:
        if self._y + height > self._end and self._y > 0:
            self._writer.newPage()
            self._draw_foot()
            self._y = 0.0

    def _at(self, y: float) -> None:
        painter = self._paper.painter
        painter.save()
        painter.translate(0, y)
