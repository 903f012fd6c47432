"""Finds lengths that stand as literals in the window's code.

What counts: a number among the arguments of a call of Qt that places, measures, draws
or spaces something, also inside sums, `round`, `min`, `max` and the like, or multiplied
by a scale; and a module's constant that is named like a length or is used in such a
call. What does not: numbers up to 1, which are shares, halves of a pixel, hairlines and
the pixel beside an edge; factors and divisors of what is itself a length or a count, as
two sides or lines of text; and numbers within other calls, which are no lengths there,
such as an alpha.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PLACES: Final = """
QRectF QRect QPointF QPoint QSizeF QSize QMarginsF QMargins QLineF QLine adjusted
adjust translated translate moveTo marginsAdded marginsRemoved
"""
SIZES: Final = """
setFixedWidth setFixedHeight setFixedSize setMinimumWidth setMinimumHeight
setMinimumSize setMaximumWidth setMaximumHeight setMaximumSize resize setIconSize
setColumnWidth setRowHeight setDefaultSectionSize setMinimumSectionSize setGeometry
"""
SPACES: Final = """
setContentsMargins setSpacing setHorizontalSpacing setVerticalSpacing addSpacing
insertSpacing setMargin setIndent setIndentation setHandleWidth ScaledMargins
"""
DRAWN: Final = """
QPen setWidthF setWidth mkPen drawText drawLine drawRect drawRoundedRect
drawEllipse drawPixmap fillRect addRoundedRect addEllipse addRect lineTo quadTo
cubicTo class_mark _scaled scaled_length grown
"""
CALLS: Final = frozenset(f"{PLACES}{SIZES}{SPACES}{DRAWN}".split())
ARITHMETIC: Final = {"round", "min", "max", "abs", "int", "float", "ceil", "floor"}
LENGTH_WORDS: Final = re.compile(
    r"_?(\w+_)?(GAP|PAD|MARGIN|MARGINS|WIDTH|HEIGHT|SIDE|SPACE|SPACING|BESIDE|BETWEEN|"
    r"AROUND|INSET|RADIUS|INDENT|PIXELS|UNDERLINE|GLYPH|SWATCH|STROKE|DOT|APART)"
)


def lengths_of(path: Path) -> list[str]:
    """The literal lengths of a module, each with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    drawn = [call for call in calls if _called(call) in CALLS]
    used = {
        node.id
        for call in drawn
        for value in _values(call)
        for node in _parts(value)
        if isinstance(node, ast.Name)
    }
    found = {
        (node.lineno, node.col_offset): f"{node.lineno}: {ast.unparse(call)}"
        for call in drawn
        for value in _values(call)
        for node in _parts(value)
        if _is_length(node)
    }
    for line, name, value in _constants(tree):
        if (name in used or LENGTH_WORDS.fullmatch(name)) and any(
            _is_length(node) for node in _parts(value)
        ):
            found[line, 0] = f"{line}: {name} = {ast.unparse(value)}"
    return [found[place] for place in sorted(found)]


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _values(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _constants(tree: ast.Module) -> Iterator[tuple[int, str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            yield node.lineno, ast.unparse(node.target), node.value
        elif isinstance(node, ast.Assign):
            yield node.lineno, ast.unparse(node.targets[0]), node.value


def _parts(value: ast.expr) -> Iterator[ast.expr]:
    """What a value is made of by arithmetic; not what other calls are given."""
    inner = _inside(value)
    if inner is None:
        yield value
        return
    for one in inner:
        yield from _parts(one)


def _inside(value: ast.expr) -> list[ast.expr] | None:
    match value:
        case ast.BinOp(left=left, op=op, right=right):
            sides = ((left, right), (right, left))
            return [one for one, other in sides if not _is_factor(one, op, other)]
        case ast.UnaryOp(operand=inner) | ast.Starred(value=inner):
            return [inner]
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.Tuple(elts=elts) | ast.List(elts=elts):
            return elts
        case ast.Call() if _called(value) in {*ARITHMETIC, *CALLS}:
            return _values(value)
        case _:
            return None


def _is_factor(number: ast.expr, op: ast.operator, other: ast.expr) -> bool:
    """Whether a number multiplies or divides what is a length without it."""
    if isinstance(number, ast.UnaryOp):
        return _is_factor(number.operand, op, other)
    if not isinstance(number, ast.Constant) or isinstance(op, ast.Add | ast.Sub):
        return False
    is_growth = isinstance(op, ast.Mult) and "scale" in ast.unparse(other)
    return number.value == 2 or not is_growth


def _is_length(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and node.value > 1
    )
