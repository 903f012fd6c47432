"""The user's own function of a few variables, parsed without running code.

The text is parsed by Python's `ast`, and only numbers, the named variables, + - * / **,
and the functions below are allowed; everything else is refused by name. A formula
is computed in NumPy, or by jax.numpy, which can differentiate it.
"""

import ast
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

import numpy as np

from core.arrays import DoubleArray
from core.values.errors import FormulaError
from core.values.words import tr

_Given = Mapping[str, Any]
_Function = Callable[[ModuleType, _Given], Any]
"""Evaluates a part of a formula with the functions of numpy or jax.numpy."""

CONSTANTS: Final[Mapping[str, float]] = {"pi": np.pi, "e": np.e}
FUNCTIONS: Final[Mapping[str, str]] = {
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "tanh": "tanh",
    "exp": "exp",
    "log": "log",
    "sqrt": "sqrt",
    "abs": "abs",
    "sign": "sign",
    "floor": "floor",
    "min": "minimum",
    "max": "maximum",
}
"""The user's names of functions, with NumPy's names."""
_TWO_ARGUMENTS: Final = ("min", "max")
_BINARY: Final[Mapping[type[ast.operator], str]] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Pow: "power",
}
_UNARY: Final[Mapping[type[ast.unaryop], str]] = {
    ast.UAdd: "positive",
    ast.USub: "negative",
}
_one_parser: Final = threading.Lock()
"""Python 3.11 raises SystemError if two threads make syntax trees at once."""
LONGEST: Final = 200
"""Characters; longer texts could nest deeper than Python's parser goes."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed function; call it with one array for each variable."""

    text: str
    variables: tuple[str, ...]
    _evaluate: _Function

    def __call__(self, *arguments: DoubleArray | float) -> DoubleArray:
        """Values of the broadcast shape; undefined values are nan or inf."""
        given = [np.asarray(argument, np.float64) for argument in arguments]
        shape = np.broadcast_shapes(*(values.shape for values in given))
        with np.errstate(all="ignore"):
            result = self.computed_by(np, *given)
        return np.array(np.broadcast_to(result, shape), np.float64)

    def computed_by(self, module: ModuleType, *arguments: Any) -> Any:
        """The formula by the functions of numpy or of jax.numpy, traced ones too.

        One that names no variable gives a number, whatever the arguments' shapes.
        """
        return self._evaluate(module, dict(zip(self.variables, arguments, strict=True)))


def parse_formula(text: str, variables: tuple[str, ...] = ("x",)) -> Formula:
    """Read a formula, e.g. "sin(2*x) + x^2/10"; ^ means ** as on paper.

    Raises:
        FormulaError: says which part is invalid and what is allowed.
    """
    if len(text) > LONGEST:
        msg = tr(
            "the formula has {text} characters; at most {longest} are allowed",
            text=len(text),
            longest=LONGEST,
        )
        raise FormulaError(msg)
    try:
        with _one_parser:
            tree = ast.parse(text.strip().replace("^", "**"), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        msg = tr(
            "{text!r} is not a formula; write for example sin(2*x) + x^2/10", text=text
        )
        raise FormulaError(msg) from None
    return Formula(text, variables, _compiled(tree.body, variables))


def _compiled(node: ast.expr, variables: tuple[str, ...]) -> _Function:
    if isinstance(node, ast.Constant):
        return _number(node)
    if isinstance(node, ast.Name):
        return _name(node.id, variables)
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        parts = (_compiled(node.left, variables), _compiled(node.right, variables))
        return _applied(_BINARY[type(node.op)], parts)
    if isinstance(node, ast.UnaryOp) and type(node.op) in _UNARY:
        return _applied(_UNARY[type(node.op)], (_compiled(node.operand, variables),))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _call(node.func.id, node, variables)
    shown = ast.unparse(node).replace("**", "^")
    msg = tr(
        "{shown!r} is not allowed in a formula; {allowed}",
        shown=shown,
        allowed=_allowed(variables),
    )
    raise FormulaError(msg)


def _number(node: ast.Constant) -> _Function:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = tr("{value!r} is not a number", value=value)
        raise FormulaError(msg)
    try:
        number = np.float64(value)
    except OverflowError:
        msg = tr("the number {value}… is too large", value=str(value)[:12])
        raise FormulaError(msg) from None
    return lambda _module, _given: number


def _name(name: str, variables: tuple[str, ...]) -> _Function:
    if name in CONSTANTS:
        value = np.float64(CONSTANTS[name])
        return lambda _module, _given: value
    if name not in variables:
        msg = tr(
            "{name!r} is not known; {allowed}", name=name, allowed=_allowed(variables)
        )
        raise FormulaError(msg)
    return lambda _module, given: given[name]


def _call(name: str, node: ast.Call, variables: tuple[str, ...]) -> _Function:
    if name not in FUNCTIONS or node.keywords:
        msg = tr(
            "the function {name!r} is not known; {allowed}",
            name=name,
            allowed=_allowed(variables),
        )
        raise FormulaError(msg)
    wanted = 2 if name in _TWO_ARGUMENTS else 1
    if len(node.args) != wanted:
        msg = tr(
            "{name} takes {wanted} value{value}, got {args}",
            name=name,
            wanted=wanted,
            value="s" * (wanted > 1),
            args=len(node.args),
        )
        raise FormulaError(msg)
    parts = tuple(_compiled(part, variables) for part in node.args)
    return _applied(FUNCTIONS[name], parts)


def _applied(name: str, parts: tuple[_Function, ...]) -> _Function:
    def compute(module: ModuleType, given: _Given) -> Any:
        return getattr(module, name)(*(part(module, given) for part in parts))

    return compute


def _allowed(variables: tuple[str, ...]) -> str:
    names = ", ".join((*variables, *CONSTANTS))
    return f"allowed are {names}, + - * / ^ and {', '.join(FUNCTIONS)}"
