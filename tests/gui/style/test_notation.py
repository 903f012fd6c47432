"""A comma before decimals, and units counted from 1: in labels and in fields alike."""

from collections.abc import Iterator

import pytest

from core.values.parameter import Parameter, Unit
from gui.style import notation
from gui.style import number_format as printing
from gui.style.notation import Notation, unit_number, unit_place
from gui.style.number_input import NumberTextError, parse_number
from gui.style.symbols import of_parameter, of_unit
from gui.widgets.plots.ticks import linear_ticks


@pytest.fixture(autouse=True)
def usual_again() -> Iterator[None]:
    yield
    notation.use(notation.USUAL)


def test_every_way_of_printing_has_the_comma_and_is_read_back() -> None:
    notation.use(Notation(","))
    number = -12345.678
    texts = {
        printing.plain(number, 3): number,
        printing.grouped(number): number,
        printing.full(number): number,
        printing.editable(1.5e-7): 1.5e-7,
        printing.scientific(0.000125): 0.000125,
        printing.count(13002): 13002,
        printing.shortest(0.35): 0.35,
    }
    assert all("." not in text for text in texts)
    assert printing.percent(0.8323) == "83,23 %"
    for text, value in texts.items():
        assert parse_number(text) == pytest.approx(value), text


def test_a_point_is_refused_there_with_the_way_to_write_it() -> None:
    notation.use(Notation(","))
    with pytest.raises(NumberTextError, match=r"0\.35 is not clear.*write 0,35"):
        parse_number("0.35")
    with pytest.raises(NumberTextError, match=r"13,002\.5 is not clear.*write 13002,5"):
        parse_number("13,002.5")
    with pytest.raises(NumberTextError, match="percent sign: write 0,125"):
        parse_number("12,5 %")
    assert parse_number("13 002,5") == 13002.5


def test_ticks_that_were_kept_are_written_anew() -> None:
    assert linear_ticks(0, 1, 4)[1].label == "0.5"
    notation.use(Notation(","))
    assert linear_ticks(0, 1, 4)[1].label == "0,5"


def test_a_language_of_its_own_keeps_its_points() -> None:
    notation.use(Notation(","))
    assert parse_number("0.5", notation=notation.USUAL) == 0.5
    assert printing.editable_with_point(0.5) == "0.5"


def test_units_begin_at_one_in_symbols_and_names_where_the_user_wants_it() -> None:
    assert str(of_unit("z", Unit(2, 3))) == "z⁽²⁾₃"
    notation.use(Notation(first_unit=1))
    assert str(of_unit("z", Unit(2, 3))) == "z⁽²⁾₄"
    assert str(of_parameter(Parameter(2, 3, 5))) == "w⁽²⁾₄,₆"
    assert unit_place(unit_number(7)) == 7


@pytest.mark.parametrize(
    ("wish", "sign"), [("point", "."), ("comma", ","), ("nothing", ".")]
)
def test_the_wish_decides_the_sign(wish: str, sign: str) -> None:
    assert notation.decimal_sign(wish) == sign


def test_the_numbers_of_a_text_are_written_with_the_signs_in_force() -> None:
    text = "0.50 and \N{MINUS SIGN}0.2. Of 1,234.5 in version 1.2.3, 1, 2, 300 and 7.x"
    assert printing.numbers_in(text) == text
    notation.use(Notation(","))
    thin = notation.NARROW_SPACE
    assert printing.numbers_in(text) == (
        f"0,50 and \N{MINUS SIGN}0,2. Of 1{thin}234,5 in version 1.2.3, "
        "1, 2, 300 and 7.x"
    )


def test_code_and_marks_of_a_page_stay_as_they_are_typed() -> None:
    notation.use(Notation(","))
    html = "<p style='line-height:1.5'>0.5, <code>lr = 0.5</code> and <b>0.5</b></p>"
    assert printing.numbers_in_html(html) == (
        "<p style='line-height:1.5'>0,5, <code>lr = 0.5</code> and <b>0,5</b></p>"
    )
