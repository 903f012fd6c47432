"""Each kind of block, drawn in the width of the page."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPen

from core.worksheets.model import (
    Block,
    Cell,
    Curve,
    Curves,
    Table,
    Task,
    Text,
    Tile,
    Tiles,
)
from gui.widgets.worksheets.ink import FAINT, INK, Paper

SQUARE: Final = 13.0
BOX: Final = 64.0
CAPTION: Final = 16.0
LINE: Final = "&nbsp;" * 3
Draw = Callable[[Paper, Any, float], float]


def html_of(paper: Paper, block: Block) -> str:
    """Of a block that is text."""
    if isinstance(block, Text):
        return f"<p style='margin:0'>{block.html}</p>"
    if isinstance(block, Task):
        return _task(paper, block)
    assert isinstance(block, Table)
    return _table(paper, block)


def _task(paper: Paper, task: Task) -> str:
    if paper.answers:
        answer = paper.cell(Cell(task.answer, left_out=True))
        return f"<p style='margin:0'>{task.ask}<br/>{LINE}{answer}</p>"
    rules = "".join(
        f"<br/><span style='color:{FAINT.name()}'>{'.' * 110}</span>"
        for _ in range(task.lines)
    )
    return f"<p style='margin:0; line-height:150%'>{task.ask}{rules}</p>"


def _table(paper: Paper, table: Table) -> str:
    head = "".join(f"<td><b>{name}</b></td>" for name in table.header)
    rows = "".join(
        "<tr>" + "".join(f"<td>{paper.cell(cell)}</td>" for cell in row) + "</tr>"
        for row in table.rows
    )
    # Room to write in.
    is_open = any(cell.left_out or not cell.text for row in table.rows for cell in row)
    size = "width='100%' cellpadding='6'" if is_open else "cellpadding='3'"
    style = f"border-collapse:collapse; border-style:solid; border-color:{FAINT.name()}"
    return (
        f"<table border='1' {size} cellspacing='0' style='{style}'>"
        f"<tr>{head}</tr>{rows}</table>"
    )


def draw_tiles(paper: Paper, block: Tiles, width: float) -> float:
    """Draw pictures side by side; returns the height in dots."""
    step = width / len(block.tiles)
    for k, tile in enumerate(block.tiles):
        _draw_tile(paper, tile, k * step)
    rows = max(len(tile.rows) for tile in block.tiles)
    return (rows * SQUARE + CAPTION) * paper.dots


def _draw_tile(paper: Paper, tile: Tile, left: float) -> None:
    side = SQUARE * paper.dots
    paper.painter.setPen(QPen(FAINT, paper.dots / 2))
    for i, row in enumerate(tile.rows):
        for j, value in enumerate(row):
            box = QRectF(left + j * side, i * side, side, side)
            if value and not tile.has_numbers:
                paper.painter.fillRect(box, INK)
            paper.painter.drawRect(box)
    if tile.has_numbers:
        for i, row in enumerate(tile.rows):
            for j, value in enumerate(row):
                number = f"{value:.0f}".replace("-", "\N{MINUS SIGN}")
                paper.text(number, left + (j + 0.5) * side, (i + 0.5) * side)
    below = len(tile.rows) * side + CAPTION / 2 * paper.dots
    caption = paper.cell(tile.caption)
    if tile.caption.left_out and not paper.answers:
        caption = f"z = {'.' * 12}"
    paper.text(caption, left + len(tile.rows[0]) * side / 2, below)


def draw_curves(paper: Paper, block: Curves, width: float) -> float:
    """Draw plots side by side; returns the height in dots."""
    step = width / len(block.curves)
    for k, curve in enumerate(block.curves):
        _draw_curve(paper, curve, k * step, step * 0.86)
    return (BOX + 3 * CAPTION) * paper.dots


def _draw_curve(paper: Paper, curve: Curve, left: float, width: float) -> None:
    painter, height = paper.painter, BOX * paper.dots
    high = f"{max(curve.values):g}"
    paper.text(high, left + CAPTION * paper.dots, CAPTION / 2 * paper.dots)
    painter.save()
    painter.translate(0, CAPTION * paper.dots)
    top = max(curve.values)
    painter.setPen(QPen(FAINT, paper.dots / 2))
    painter.drawLine(QPointF(left, 0), QPointF(left, height))
    painter.drawLine(QPointF(left, height), QPointF(left + width, height))
    painter.setPen(QPen(INK, paper.dots))
    step = width / (len(curve.values) - 1)
    places = [
        QPointF(left + k * step, height * (1 - value / top))
        for k, value in enumerate(curve.values)
    ]
    painter.drawPolyline(places)
    caption = paper.cell(curve.name) if paper.answers else "." * 40
    paper.text(caption, left + width / 2, height + CAPTION * paper.dots)
    painter.restore()


DRAWN: Final[Mapping[type, Draw]] = {Tiles: draw_tiles, Curves: draw_curves}
