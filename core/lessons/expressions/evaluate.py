"""The value of an expression, read from whoever knows the network."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Protocol, runtime_checkable

from core.lessons.expressions.nodes import (
    Apply,
    Argument,
    At,
    Counted,
    Expression,
    Negated,
    Number,
    Pair,
    Read,
    reads_of,
)

OF_READINGS: Final = frozenset(
    ("loss.test", "accuracy.test", "loss.validation", "accuracy.validation")
)
CLOSE: Final = 1e-6
"""Two float32 that differ by less, in proportion, are equal to whoever reads them."""


@runtime_checkable
class LiveValues(Protocol):
    """Whoever knows the network and what the user has done to it.

    The window answers from what it shows; a test from a network that was trained
    without one.
    """

    def read(self, name: str, arguments: tuple[Argument, ...]) -> float | bool | None:
        """A value of `names.NAMES`; None if it is not known now."""

    def at(self, step: int) -> "LiveValues | None":
        """The same at an earlier step, or None if that is not known any more."""

    def begin(self) -> "LiveValues | None":
        """The same when the step of the lesson began."""

    def at_reading(self) -> "LiveValues":
        """The same, with the step and epoch of the newest reading of the test data."""


def as_read(values: LiveValues, expressions: Iterable[Expression]) -> LiveValues:
    """What is said together is of one step.

    While it trains, the newest reading of the test data is of an earlier step than the
    weights: where one is among the expressions, their step is that of the reading.
    """
    names = {read.name for found in expressions for read in reads_of(found)}
    return values.at_reading() if names & OF_READINGS else values


def evaluate(expression: Expression, values: LiveValues) -> float | bool | None:
    """The value now; None where a part of it is not known.

    A truth that does not hang on what is unknown is known all the same.
    """
    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Read):
        return values.read(expression.name, expression.arguments)
    if isinstance(expression, At):
        then = values.begin() if expression.step is None else values.at(expression.step)
        return None if then is None else evaluate(expression.inner, then)
    if isinstance(expression, Apply):
        return _applied(expression, values)
    if isinstance(expression, Counted):
        return evaluate(expression.inner, values)
    if isinstance(expression, Negated):
        inner = evaluate(expression.inner, values)
        if inner is None:
            return None
        return not inner if expression.is_logical else -float(inner)
    return _pair(expression, values)


def holds(condition: Expression, values: LiveValues) -> bool:
    """Whether a condition is true and known to be."""
    return evaluate(condition, values) is True


def _applied(expression: Apply, values: LiveValues) -> float | None:
    parts = [evaluate(part, values) for part in expression.arguments]
    known = [float(part) for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if expression.name == "abs":
        return abs(known[0])
    return min(known) if expression.name == "min" else max(known)


def _pair(expression: Pair, values: LiveValues) -> float | bool | None:
    left = evaluate(expression.left, values)
    right = evaluate(expression.right, values)
    if expression.operator in ("and", "or"):
        decides = expression.operator == "or"
        if left is decides or right is decides:
            return decides
        return None if left is None or right is None else not decides
    if left is None or right is None:
        return None
    return _OPERATORS[expression.operator](float(left), float(right))


def _quotient(left: float, right: float) -> float | None:
    return None if right == 0 else left / right


def _is_equal(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=CLOSE, abs_tol=CLOSE)


_OPERATORS: Final[Mapping[str, Callable[[float, float], float | bool | None]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _quotient,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "=": _is_equal,
    "!=": lambda left, right: not _is_equal(left, right),
}
