"""What the window prints is read back, and what is not clear is refused."""

import contextlib
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.style import number_format
from gui.style.checked_numbers import significant
from gui.style.number_format import MINUS, epoch_number
from gui.style.number_input import (
    NumberTextError,
    parse_between,
    parse_number,
    parse_whole,
)

FINITE = st.floats(allow_nan=False, allow_infinity=False)
FLOAT32 = st.floats(width=32, allow_nan=False, allow_infinity=False)


@given(FLOAT32)
def test_the_shortest_text_of_a_float32_is_read_back(value: float):
    assert np.float32(parse_number(number_format.shortest(value))) == np.float32(value)


@given(FINITE, st.integers(3, 12))
def test_significant_figures_are_read_back(value: float, figures: int):
    text = significant(value, figures)
    if not math.isinf(float(f"{value:.{figures - 1}e}")) and abs(value) > 1e-300:
        read = parse_number(text)
        assert read == pytest.approx(value, rel=0.51 * 10.0 ** (1 - figures))


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_are_read_back_with_their_thousands(value: int):
    assert parse_whole(number_format.count(value), -(10**15), 10**15) == value


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (number_format.short(4.4e-23), "4.4\N{MULTIPLICATION SIGN}10⁻²³"),
        (number_format.general(-1.5e-7, 4), "−1.5\N{MULTIPLICATION SIGN}10⁻⁷"),
        (number_format.full(1e10), "1\N{MULTIPLICATION SIGN}10¹⁰"),
        (number_format.scientific(1.23e-5), "1.230\N{MULTIPLICATION SIGN}10⁻⁵"),
        (number_format.plain(123456789.0), "1.2346\N{MULTIPLICATION SIGN}10⁸"),
        (number_format.loss_text(3.94e-05), "3.94\N{MULTIPLICATION SIGN}10⁻⁵"),
        (number_format.shortest(1e-20), "1\N{MULTIPLICATION SIGN}10⁻²⁰"),
        (number_format.grouped(2.5e-11), "2.5\N{MULTIPLICATION SIGN}10⁻¹¹"),
        (significant(2.4e-10, 2), "2.4\N{MULTIPLICATION SIGN}10⁻¹⁰"),
    ],
)
def test_a_power_of_ten_is_printed_in_one_way(text: str, printed: str):
    assert text == printed


def test_only_a_field_shows_a_power_of_ten_as_it_is_typed():
    assert number_format.editable(1e-5) == f"1e{MINUS}5"


@given(FINITE)
def test_what_is_printed_in_full_is_read_back(value: float):
    if 1e-300 < abs(value) < 1e300 or value == 0:
        assert parse_number(number_format.full(value)) == pytest.approx(value, rel=1e-8)


@given(FINITE)
def test_what_a_field_shows_is_read_back(value: float):
    if 1e-300 < abs(value) < 1e300 or value == 0:
        read = parse_number(number_format.editable(value))
        assert read == pytest.approx(value, rel=1e-8)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,000", 1000),
        ("13,002", 13002),
        (f"{MINUS}3.5", -3.5),
        ("-3.5", -3.5),
        ("1e6", 1e6),
        ("1e-3", 1e-3),
        (f"1e{MINUS}3", 1e-3),
        (f"2.5{number_format.TIMES}10⁻⁷", 2.5e-7),
        (f"{MINUS}10⁻³", -1e-3),
        (" 0.35 ", 0.35),
        ("\N{FIGURE SPACE}0.35", 0.35),
    ],
)
def test_numbers_as_they_are_printed_are_read(text: str, value: float):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1,5", "write 1.5"),
        ("1,00", "write 1.00"),
        (f"{MINUS}0,25", f"write {MINUS}0.25"),
        ("1.000,5", "write 1000.5"),
        ("50 %", "write 0.5"),
        ("inf", "no finite number"),
        ("nan", "no finite number"),
        ("1e400", "too large"),
        ("9" * 5000, "too large"),
        ("1e-400", "write 0"),
        ("", "missing"),
        ("1_000", "is not a number"),
        ("1 000", "is not a number"),
        ("0x10", "is not a number"),
        ("٣", "is not a number"),
        ("1,0000", "not clear"),
        ("0,500", "not clear"),
    ],
)
def test_what_is_not_clearly_a_number_is_refused_with_a_hint(text: str, hint: str):
    with pytest.raises(NumberTextError, match=hint):
        parse_number(text)


@given(st.text(max_size=30))
def test_no_text_does_more_than_be_refused(text: str):
    with contextlib.suppress(NumberTextError):
        assert math.isfinite(parse_number(text))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("12.5", "write 12 or 13"),
        ("99999999", "write 0 to 999"),
        ("-1", "write 0 to 999"),
        ("998.5", "write 998 or 999"),
        ("999.5", "write 999"),
        ("ten", "is not a number: write one such as 1 or 32"),
        ("", "is missing: write one such as 1 or 32"),
    ],
)
def test_a_step_is_a_whole_number_within_the_run(text: str, hint: str):
    with pytest.raises(NumberTextError, match=hint):
        parse_whole(text, 0, 999)


def test_a_number_outside_its_limits_is_refused_with_them():
    assert parse_between("1e-3", 1e-5, 100) == 1e-3
    with pytest.raises(
        NumberTextError, match="write 1\N{MULTIPLICATION SIGN}10⁻⁵ to 100"
    ):
        parse_between("1e-6", 1e-5, 100)


def test_a_share_is_rounded_in_one_way_however_it_was_worked_out():
    for right, total in ((3329, 4000), (8322, 10000), (1, 3), (2, 3), (33290, 40000)):
        texts = {
            number_format.percent(share)
            for share in (right / total, float(np.float32(right / total)))
        }
        assert len(texts) == 1
    assert number_format.percent(0.83225) == "83.23 %"
    assert number_format.percent(0.5, 0) == "50 %"


def test_minus_zero_has_no_sign():
    for text in (number_format.plain(-0.00001), number_format.plain(-0.0)):
        assert text == "0.0000"


@given(FINITE)
def test_no_printed_number_has_a_hyphen(value: float):
    texts = (
        number_format.plain(value, 2),
        number_format.signed(value, 2),
        number_format.short(value),
        number_format.full(value),
        number_format.scientific(value),
        number_format.grouped(value),
        number_format.loss_text(value),
        number_format.percent(value),
        significant(value),
    )
    assert not any("-" in text for text in texts)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_printed_as_a_word(value: float):
    for form in (
        number_format.plain,
        number_format.signed,
        number_format.percent,
        number_format.short,
        number_format.rounded_count,
        number_format.shortest,
        number_format.loss_text,
        significant,
    ):
        assert form(value).lstrip(f"+{MINUS}") in ("nan", "inf", "nan %", "inf %")


def test_an_epoch_of_a_long_run_is_grouped_as_its_step_is() -> None:
    assert epoch_number(1.6) == "1.60"
    assert epoch_number(17134.0) == "17,134.00"
