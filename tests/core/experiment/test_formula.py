import numpy as np
import pytest

from core.experiment.formula import parse_formula
from core.values.errors import FormulaError


@pytest.mark.parametrize(
    ("text", "at_two"),
    [
        ("x", 2.0),
        ("2*x^3 - x/4", 15.5),
        ("-x**2", -4.0),
        ("sin(pi*x) + cos(0)", 1.0),
        ("max(x, 3) + min(x, -1)", 2.0),
        ("sqrt(abs(-x*8)) + exp(0) + log(e)", 6.0),
        ("  7 ", 7.0),
    ],
)
def test_a_formula_has_the_value_that_it_has_on_paper(text: str, at_two: float):
    assert parse_formula(text)(2.0) == pytest.approx(at_two)


def test_a_formula_is_applied_to_every_element_and_may_have_two_variables():
    x, y = np.arange(3.0), np.ones(3)
    values = parse_formula("(1 - x)^2 + 100*(y - x^2)^2", ("x", "y"))(x, y)
    np.testing.assert_allclose(values, [101.0, 0.0, 901.0])
    np.testing.assert_array_equal(parse_formula("3")(x), [3.0, 3.0, 3.0])


def test_what_is_not_defined_is_no_number_and_warns_nobody():
    values = parse_formula("log(x) + 1/x")(np.array([-1.0, 0.0]))
    assert not np.isfinite(values).any()
    assert np.isnan(parse_formula("10^(10^10)*0")(1.0)).all()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not a formula"),
        ("x +", "is not a formula"),
        ("y", "'y' is not known; allowed are x, pi, e"),
        ("__import__('os')", "the function '__import__' is not known"),
        ("x.real", "'x.real' is not allowed"),
        ("[x]", "is not allowed"),
        ("lambda: x", "is not allowed"),
        ("x if x else 1", "is not allowed"),
        ("(sin)(x, x)", "sin takes 1 value, got 2"),
        ("max(x)", "max takes 2 values, got 1"),
        ("'a'*9", "'a' is not a number"),
        ("True", "True is not a number"),
        ("sin(x, out=x)", "is not known"),
        ("1j", "is not a number"),
        ("9" * 201, "201 characters"),
        ("x // 2", "is not allowed"),
    ],
)
def test_anything_else_is_refused_with_its_name(text: str, reason: str):
    with pytest.raises(FormulaError) as refusal:
        parse_formula(text)
    assert reason in str(refusal.value)


def test_whole_numbers_do_not_grow_without_bound():
    assert np.isinf(parse_formula("9^9^9^9")(1.0))
