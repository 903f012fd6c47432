"""What is printed with: lengths in points, the bundled font, ink on white paper."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter, QTextDocument

from core.worksheets.model import Cell
from gui.style import fonts, theme, tokens

_LIGHT: Final = tokens.colours(dark=False)
INK: Final = theme.colour(_LIGHT.ink1)
FAINT: Final = theme.colour(_LIGHT.edge)
QUIET: Final = theme.colour(_LIGHT.ink3)
PAPER: Final = theme.colour(_LIGHT.plane)
ANSWER: Final = theme.colour(_LIGHT.positive_text)
"""Bold besides, for printers without colours."""


class Paper:
    """Mutable: a painter on a page, with its points.

    Args:
        painter: on the page.
        dots: of the painter to a point.
        answers: whether what is left out is printed.
    """

    def __init__(self, painter: QPainter, dots: float, *, answers: bool) -> None:
        fonts.load()
        self.painter, self.dots, self.answers = painter, dots, answers

    def document(self, html: str, width: float) -> QTextDocument:
        """Rich text, set for this paper; its width in dots."""
        found = QTextDocument()
        found.documentLayout().setPaintDevice(self.painter.device())
        found.setDocumentMargin(0)
        font = QFont(tokens.values()["type"]["family"])
        font.setPointSizeF(tokens.type_role("label").pt)
        found.setDefaultFont(font)
        found.setTextWidth(width)
        found.setHtml(html)
        return found

    def text(self, html: str, x: float, y: float, *, on_paper: bool = False) -> None:
        """A short text with its middle there, in dots."""
        found = self.document(html, -1)
        size = found.size()
        box = QRectF(0, 0, size.width(), size.height())
        self.painter.save()
        self.painter.translate(x - size.width() / 2, y - size.height() / 2)
        if on_paper:
            self.painter.fillRect(box, PAPER)
        found.drawContents(self.painter)
        self.painter.restore()

    def cell(self, cell: Cell) -> str:
        """What stands in a place, on this paper."""
        if not cell.left_out:
            return cell.text
        if self.answers:
            return f'<b><span style="color:{ANSWER.name()}">{cell.text}</span></b>'
        return ""
