"""The language of live values: what it reads, what it refuses, what it says."""

from collections.abc import Mapping

import pytest

from core.lessons.errors import ExpressionError
from core.lessons.expressions.evaluate import evaluate, holds
from core.lessons.expressions.nodes import Argument, Read
from core.lessons.expressions.parse import parse, parse_condition, parse_value


class Known:
    """Values by their names; all others are not known."""

    def __init__(self, values: Mapping[str, float | bool]) -> None:
        self._values = values

    def read(self, name: str, arguments: tuple[Argument, ...]) -> float | bool | None:
        places = f"({','.join(map(str, arguments))})" if arguments else ""
        return self._values.get(name + places)

    def at(self, step: int) -> "Known | None":
        return Known({"step": float(step)}) if step == 7 else None

    def at_reading(self) -> "Known":
        return self

    def begin(self) -> "Known":
        return Known({"step": 1.0})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("-2 - -3", 1),
        ("2 - 3 - 4", -5),
        ("12 / 4 / 3", 1),
        ("1.5e-2", 0.015),
        ("abs(-3) + min(1, 2) + max(1, 2)", 6),
        ("w(1,3,12) * 2", 5),
        ("step - begin(step)", 99),
        ("at(7, step)", 7),
    ],
)
def test_arithmetic_is_as_on_paper(text: str, value: float):
    known = Known({"w(1,3,12)": 2.5, "step": 100.0})

    assert evaluate(parse(text), known) == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "is_true"),
    [
        ("step >= 100 and not drawn", True),
        ("step < 100 or selected(unit, 1)", True),
        ("not (step = 100)", False),
        ("loss.test < 1 or step = 100", True),
        ("loss.test < 1 and step = 99", False),
        ("loss.test < 1", False),
        ("not loss.test < 1", False),
        ("set(training.seed)", False),
        ("b(1,0) = -3", True),
    ],
)
def test_a_condition_is_true_only_if_it_is_known_to_be(text: str, is_true: bool):
    known = Known(
        {"step": 100.0, "drawn": False, "selected(unit,1)": True, "b(1,0)": -3.0000001}
    )

    assert holds(parse_condition(text), known) is is_true


def test_a_value_of_a_step_that_is_not_known_any_more_is_not_known():
    assert evaluate(parse("at(8, step) + 1"), Known({"step": 3.0})) is None


def test_nothing_is_divided_by_zero():
    assert evaluate(parse("1 / step"), Known({"step": 0.0})) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("stepp >= 3", "unknown value 'stepp'; did you mean 'step'?"),
        ("w(1,2)", "w takes 3 arguments, not 2"),
        ("nudge(1)", "nudge takes 2 or 3 arguments, not 1"),
        ("set(training.sed)", "did you mean 'training.seed'?"),
        ("selected(line)", "unknown 'line'"),
        ("w(1,2,x)", "'x' is not a whole number"),
        ("w(1,2,1.5)", "'1.5' is not a whole number"),
        ("step +", "something is missing"),
        ("step 3", "'3' is not expected"),
        ("(step", "something is missing"),
        ("step; import os", "';' has no meaning"),
        ("__import__", "unknown value '__import__'"),
        ("step and drawn", "true or false"),
        ("drawn + 1", "a number"),
        ("abs(1, 2)", "abs takes 1 to 1 numbers"),
        ("", "something is missing"),
        ("(" * 300 + "1" + ")" * 300, "more than 400 characters"),
    ],
)
def test_what_is_no_expression_is_refused_with_the_reason(text: str, reason: str):
    with pytest.raises(ExpressionError, match=_plain(reason)):
        parse(text)


@pytest.mark.parametrize("text", ["(" * 99 + "1" + ")" * 99, "-" * 99 + "1"])
def test_what_is_nested_too_deeply_is_refused_and_exhausts_nothing(text: str):
    with pytest.raises(ExpressionError, match="nested more than 20 deep"):
        parse(text)


def test_a_condition_is_no_number_and_a_number_no_condition():
    with pytest.raises(ExpressionError, match="a condition compares"):
        parse_condition("step")
    with pytest.raises(ExpressionError, match="where a number is needed"):
        parse_value("step > 3")


def _plain(text: str) -> str:
    return text.translate({ord(sign): f"\\{sign}" for sign in "()?+*[]{}^$|."})


def test_a_member_of_a_comparison_is_read_by_its_place_and_a_measure():
    assert parse("member(2, accuracy.test)") == Read("member", (2, "accuracy.test"))
    with pytest.raises(ExpressionError, match=_plain("mean 'accuracy.test'?")):
        parse("member(2, acuracy.test)")
