"""Finds lengths that stand as literals in the window's code.

What counts: a number among the arguments of a call of Qt that places, measures, draws
or spaces something, also inside sums, `round`, `min`, `max` and the like, or multiplied
by a scale; one added to or taken from what is named like a length, wherever that is, or
compared with it by `min` and `max`; one multiplied by the scale of type; one that a
loop gives to a name like `width`; and a module's constant that is named like a length
or is used in such a call. What does not: numbers up to 1, which are shares, halves of a
pixel, hairlines and the pixel beside an edge; factors and divisors of what is itself a
length or a count, as two sides or lines of text; and numbers within other calls, which
are no lengths there, such as an alpha. Nor what counts: an index, the place in a grid
of widgets, how many rows fit.
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
cubicTo class_mark _scaled scaled_length grown setStyle
"""
CALLS: Final = frozenset(f"{PLACES}{SIZES}{SPACES}{DRAWN}".split())
ARITHMETIC: Final = {"round", "min", "max", "abs", "int", "float", "ceil", "floor"}
LENGTH_WORDS: Final = re.compile(
    r"_?(\w+_)?(GAP|PAD|MARGIN|MARGINS|WIDTH|HEIGHT|SIDE|SPACE|SPACING|BESIDE|BETWEEN|"
    r"AROUND|INSET|RADIUS|INDENT|PIXELS|UNDERLINE|GLYPH|SWATCH|STROKE|DOT|APART)"
)
MEASURED_WORDS: Final = """
width height left right top bottom x y pitch radius metrics advance ascent descent
row line widest wide tall room side cell thick below above gap pad margin edge
spacing symbols
"""
MEASURED: Final = frozenset(MEASURED_WORDS.split())
"""Words in the names of what is a length, such as those of Qt's `horizontalAdvance`."""
SCALES: Final = re.compile(r"(.*[._])?scale(\(\)|_of\(.*\))?")
COUNTED: Final = {"addWidget", "insertWidget", "addItem"}


def lengths_of(path: Path) -> list[str]:
    """The literal lengths of a module, each with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used: set[str] = set()
    found = {}
    for whole, values in _lengths_in(tree):
        parts = [node for value in values for node in _parts(value)]
        used |= {node.id for node in parts if isinstance(node, ast.Name)}
        for node in filter(_is_length, parts):
            found[node.lineno, node.col_offset] = f"{node.lineno}: {ast.unparse(whole)}"
    for line, name, value in _constants(tree):
        if (name in used or LENGTH_WORDS.fullmatch(name)) and _has_literal(value):
            found[line, 0] = f"{line}: {name} = {ast.unparse(value)}"
    return [found[place] for place in sorted(found)]


def _lengths_in(tree: ast.AST) -> Iterator[tuple[ast.AST, list[ast.expr]]]:
    """Values that are lengths, each with the whole that says so: the innermost last."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Subscript):
            yield from _lengths_in(node.value)
        elif not isinstance(node, ast.Call) or _called(node) not in COUNTED:
            if values := _lengths_of(node):
                yield node, values
            yield from _lengths_in(node)


def _lengths_of(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Call() if _called(node) in CALLS:
            return _values(node)
        case ast.Call(func=ast.Name(id="min" | "max"), args=args):
            return args if any(_is_measured(one) for one in args) else []
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            sides = ((left, right), (right, left))
            return [one for one, other in sides if _is_measured(other)]
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return [node] if _is_scale(left) or _is_scale(right) else []
        case ast.AugAssign(target=target, op=ast.Add() | ast.Sub(), value=value):
            return [value] if _is_measured(target) else []
        case ast.For(target=ast.Tuple(elts=names), iter=ast.Tuple(elts=rows)):
            return [
                value
                for row in rows
                if isinstance(row, ast.Tuple)
                for name, value in zip(names, row.elts, strict=True)
                if _is_measured(name)
            ]
        case _:
            return []


def _is_scale(value: ast.expr) -> bool:
    return SCALES.fullmatch(ast.unparse(value)) is not None


def _has_literal(value: ast.expr) -> bool:
    return any(_is_length(node) for node in _parts(value))


def _is_measured(value: ast.expr) -> bool:
    """Whether a value is named like a length."""
    return not _is_count(value) and any(
        MEASURED & _words(node) for node in _parts(value)
    )


def _is_count(value: ast.expr) -> bool:
    """Whether it says how many lengths there are in a length."""
    match value:
        case ast.Call(func=ast.Name(id="int"), args=[inner]):
            return _is_count(inner) or (
                isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Div)
            )
        case ast.BinOp(op=ast.Div(), right=right):
            return not isinstance(right, ast.Constant)
        case _:
            return False


def _words(node: ast.expr) -> set[str]:
    """Of the name by which a value is called."""
    while isinstance(node, ast.Subscript | ast.Call):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    name = ast.unparse(node).rpartition(".")[2]
    return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))


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
        case ast.BinOp(left=left, op=ast.Div() | ast.FloorDiv()):
            return [left]
        case ast.BinOp(left=left, op=op, right=right):
            sides = ((left, right), (right, left))
            return [one for one, other in sides if not _is_factor(one, op, other)]
        case ast.UnaryOp(operand=inner) | ast.Starred(value=inner):
            return [inner]
        case ast.GeneratorExp(elt=inner) | ast.ListComp(elt=inner):
            return [inner]
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.Tuple(elts=elts):
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
    is_growth = isinstance(op, ast.Mult) and _is_scale(other)
    return number.value == 2 or not is_growth


def _is_length(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and node.value > 1
    )
