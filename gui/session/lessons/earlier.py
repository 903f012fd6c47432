"""Numbers of the earlier steps that a lesson's text speaks of."""

from collections.abc import Iterable, Mapping

from core.lessons.expressions.nodes import (
    Apply,
    At,
    Counted,
    Expression,
    Negated,
    Pair,
)
from core.lessons.model import LessonStep
from core.lessons.numbers import Numbers


class Earlier:
    """Mutable: keeps what passes by at the steps that are spoken of."""

    def __init__(self, step: LessonStep) -> None:
        self._wanted = frozenset(
            at for found in step.expressions for at in _steps_in(found)
        )
        self._found: dict[int, Numbers] = {}

    @property
    def found(self) -> Mapping[int, Numbers]:
        """The newest numbers of each step."""
        return dict(self._found)

    def take(self, numbers: Numbers) -> None:
        """This is shown now."""
        if numbers.step in self._wanted:
            self._found[numbers.step] = numbers

    def forget(self) -> None:
        """Another run has begun."""
        self._found.clear()


def _steps_in(expression: Expression) -> frozenset[int]:
    if isinstance(expression, At):
        own = frozenset() if expression.step is None else frozenset({expression.step})
        return own | _steps_in(expression.inner)
    if isinstance(expression, Negated | Counted):
        return _steps_in(expression.inner)
    if isinstance(expression, Pair):
        return _all((expression.left, expression.right))
    if isinstance(expression, Apply):
        return _all(expression.arguments)
    return frozenset()


def _all(expressions: Iterable[Expression]) -> frozenset[int]:
    found: frozenset[int] = frozenset()
    return found.union(*(_steps_in(part) for part in expressions))
