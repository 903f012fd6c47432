"""Parsed expressions, as frozen values."""

from dataclasses import dataclass
from typing import Literal

Argument = int | str
Operator = Literal["+", "-", "*", "/", "<", "<=", ">", ">=", "=", "!=", "and", "or"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    value: float


@dataclass(frozen=True, slots=True)
class Read:
    """A value of the network or of the window, by its name.

    Attributes:
        arguments: unit numbers, keys of the experiment or words.
    """

    name: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class At:
    """An expression at an earlier step; `step` None is when the lesson's step began."""

    step: int | None
    inner: "Expression"


@dataclass(frozen=True, slots=True)
class Apply:
    """A function of numbers: abs, min or max."""

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """Minus a number, or `not`."""

    inner: "Expression"
    is_logical: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two expressions with an operator between them."""

    operator: Operator
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of things with their name: "1 mistake", "2 mistakes"."""

    inner: "Expression"
    one: str
    many: str


Expression = Number | Read | At | Apply | Negated | Pair | Counted


def reads_of(expression: Expression) -> tuple[Read, ...]:
    """Every value that an expression reads."""
    if isinstance(expression, Read):
        return (expression,)
    if isinstance(expression, At | Negated | Counted):
        return reads_of(expression.inner)
    if isinstance(expression, Pair):
        return reads_of(expression.left) + reads_of(expression.right)
    if isinstance(expression, Apply):
        return tuple(r for part in expression.arguments for r in reads_of(part))
    return ()


def reads_now(expression: Expression) -> tuple[Read, ...]:
    """The values that it reads as they are now, and not as they were earlier."""
    if isinstance(expression, At):
        return ()
    if isinstance(expression, Negated | Counted):
        return reads_now(expression.inner)
    if isinstance(expression, Pair):
        return reads_now(expression.left) + reads_now(expression.right)
    if isinstance(expression, Apply):
        return tuple(r for part in expression.arguments for r in reads_now(part))
    return reads_of(expression)
