"""Printed factors multiply out to the printed product, digit for digit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.style.checked_numbers import (
    digits_of_factors,
    exponent_for,
    product_texts,
    scaled,
    significant,
)
from gui.style.number_format import FIGURE_SPACE
from gui.style.number_input import parse_number

FLOAT32 = st.floats(-1e4, 1e4, width=32)


@given(st.lists(FLOAT32, min_size=2, max_size=4))
def test_printed_factors_give_the_printed_product(factors: list[float]):
    texts, result = product_texts(factors)
    if all(abs(f) > 1e-30 for f in factors):
        assert significant(math.prod(parse_number(t) for t in texts)) == result


@given(FLOAT32, FLOAT32)
def test_printed_factors_give_the_product_as_a_sum_prints_it(w: float, a: float):
    exponent = exponent_for(abs(w * a))
    texts, result = product_texts([w, a], exponent)
    if min(abs(w), abs(a)) > 1e-20:
        assert scaled(math.prod(parse_number(t) for t in texts), exponent) == result


def test_a_product_is_not_printed_beside_factors_of_another():
    texts, result = product_texts([0.19988, 7.3944], 0)
    shown = math.prod(parse_number(text) for text in texts)
    assert f"{shown:.4f}" == result.strip(FIGURE_SPACE)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_factors_that_are_not_finite_are_printed_all_the_same(bad: float):
    texts, result = product_texts([bad, 2.0])
    assert len(texts) == 2
    assert result


@pytest.mark.parametrize("seed", range(20))
def test_columns_have_the_decimals_that_their_products_need(seed: int):
    rng = np.random.default_rng(seed)
    scale = 10.0 ** rng.uniform(-3, 3, 2)
    w, a = (rng.normal(0, s, 6).astype(np.float32) for s in scale)
    products = w.astype(np.float64) * a
    exponent = exponent_for(float(np.abs(products).max()))
    digits = digits_of_factors([(w, 0), (a, 0)], products, exponent)
    columns = (values.tolist() for values in (w, a, products))
    for one, other, product in zip(*columns, strict=True):
        shown = float(f"{one:.{digits}f}") * float(f"{other:.{digits}f}")
        assert scaled(shown, exponent) == scaled(product, exponent)
