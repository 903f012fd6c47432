"""How the window prints numbers: the only place that turns one into text.

The same everywhere: a true minus sign, powers of ten with superscripts, and before
decimals a point and between thousands commas, unless the user wants a comma before
decimals (`gui.style.notation`). Only in a field, where it is typed, a power of ten is
"e−5". `gui.style.number_input` reads all of it back.
"""

import math
import re

import numpy as np

from core.values.losses import printed_loss
from core.values.shares import percent_text
from core.values.words import plural
from gui.style.notation import NARROW_SPACE, notation

MINUS = "\N{MINUS SIGN}"
FIGURE_SPACE = "\N{FIGURE SPACE}"
TIMES = "\N{MULTIPLICATION SIGN}"
NO_VALUE = "\N{EN DASH}"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MINUS_IN_TEXT = re.compile(r"(?<![^\W\d_])-(?=\s|\d|[a-zA-Zρ]\b)|(?<=\s)-(?=\S)")
_PYTHON_POWER = re.compile(r"(?<=[0-9.])e([-+]?[0-9]+)")
_NUMBER_IN_TEXT = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![\d.,]*\d)"
)
"""Neither "1.2.3" nor "0,1": these are no numbers with a point before decimals."""
_NO_TEXT_OF_PAGE = re.compile(r"(<code\b.*?</code>|<pre\b.*?</pre>|<[^>]*>)", re.DOTALL)
_LARGEST_SHARE = 1e9
_NO_DECIMALS_FROM = 2.0**23
_WITH_COMMA = str.maketrans({".": ",", ",": NARROW_SPACE, "-": MINUS})


def true_minus(text: str) -> str:
    """The text of a number with the minus sign that the window prints."""
    return text.replace("-", MINUS)


def as_printed(text: str) -> str:
    """A number as Python writes it, with the signs that the window prints."""
    return _with_signs(_PYTHON_POWER.sub(_power_of, text))


def _with_signs(text: str) -> str:
    return text.translate(_WITH_COMMA) if notation().has_comma else true_minus(text)


def _power_of(found: re.Match[str]) -> str:
    return exponent_text(int(found[1]))


def numbers_in(text: str) -> str:
    """An authored text, its decimals and thousands with the signs in force."""
    if not notation().has_comma:
        return text
    return _NUMBER_IN_TEXT.sub(lambda found: found[0].translate(_WITH_COMMA), text)


def numbers_in_html(html: str) -> str:
    """The same for the text of a page; code is what is typed, and stays as it is."""
    parts = _NO_TEXT_OF_PAGE.split(html)
    return "".join(
        part if place % 2 else numbers_in(part) for place, part in enumerate(parts)
    )


def with_decimal_sign(text: str) -> str:
    """Copied or pasted into another program: its own minus sign, and no thousands."""
    return text.replace(".", ",") if notation().has_comma else text


def signs(text: str) -> str:
    """A formula in words with true minus signs; hyphens within words stay."""
    return _MINUS_IN_TEXT.sub(MINUS, text)


def plain(value: float, digits: int = 4) -> str:
    """Fixed decimals; "nan" and "inf" stay words, and nothing is minus zero.

    Where a float32 has no decimals left they would be untrue: such numbers have as many
    significant digits after the first one instead.
    """
    if not math.isfinite(value):
        return as_printed(str(float(value)))
    if digits and abs(value) >= _NO_DECIMALS_FROM:
        return scientific(value, digits)
    text = f"{abs(value):.{digits}f}"
    return (MINUS if value < 0 and float(text) != 0 else "") + as_printed(text)


def epoch_number(epoch: float) -> str:
    """An epoch of a step: "1.60", "17,134.00"."""
    return as_printed(f"{epoch:,.2f}")


def fixed(value: float, digits: int = 4) -> str:
    """Fixed decimals behind a column for the sign."""
    text = plain(value, digits)
    has_column = not math.isfinite(value) or text.startswith(MINUS)
    return text if has_column else FIGURE_SPACE + text


def signed(value: float, digits: int = 4) -> str:
    """Fixed decimals with the sign, as a term is added: "+0.35"."""
    text = plain(value, digits)
    return text if text.startswith(MINUS) or value != value else f"+{text}"


def short(value: float) -> str:
    """Three significant digits."""
    return general(value, 3)


def full(value: float) -> str:
    """All digits that a float32 holds, for tooltips."""
    return general(value, 9)


def general(value: float, figures: int) -> str:
    """So many significant digits at most, without zeros at the end."""
    return as_printed(f"{value:.{figures}g}")


def grouped(value: float) -> str:
    """All digits of a number that somebody chose: "0.025", "1,250"."""
    return as_printed(f"{value:,.9g}")


def scientific(value: float, digits: int = 3) -> str:
    """One digit, decimals and a power of ten, such as 1.230 times 10⁻⁵."""
    return as_printed(f"{value:.{digits}e}")


def shortest(value: float) -> str:
    """The fewest digits that tell a float32 from all others: "0.35"."""
    if not math.isfinite(value):
        return as_printed(str(float(value)))
    return as_printed(str(np.float32(value)).removesuffix(".0"))


def editable(value: float) -> str:
    """As short as it can be typed, for a field: 0.03, 1e−5, 12."""
    return _with_signs(_short_as_python(value))


def editable_grouped(value: float) -> str:
    """The same with thousands apart: "1,250"."""
    text = f"{value:,.9g}"
    return editable(value) if "e" in text else _with_signs(text)


def editable_with_point(value: float) -> str:
    """The same in a text whose commas stand between numbers."""
    return true_minus(_short_as_python(value))


def _short_as_python(value: float) -> str:
    mantissa, mark, exponent = f"{value:.9g}".partition("e")
    return f"{mantissa}e{int(exponent)}" if mark else mantissa


def loss_text(value: float) -> str:
    """A loss: four decimals, significant digits where those say nothing."""
    return as_printed(printed_loss(value))


def percent(share: float, digits: int = 2) -> str:
    """A share as "83.23 %"; halves go up, whichever way the share was worked out."""
    if not math.isfinite(share):
        return as_printed(str(float(share)))
    if abs(share) > _LARGEST_SHARE:
        return f"{short(100 * float(share))} %"
    return as_printed(percent_text(share, digits))


def exponent_text(exponent: int) -> str:
    """The times sign and a power of ten, or nothing for 0."""
    return "" if exponent == 0 else f"{TIMES}{power_text(exponent)}"


def power_text(exponent: int) -> str:
    """A power of ten: "10⁻³", or "1"."""
    return "1" if exponent == 0 else f"10{str(exponent).translate(_SUPERSCRIPTS)}"


def counted(value: int, thing: str) -> str:
    """A count with its noun: "1 example", "1,000 examples"."""
    return plural(value, f"{{n}} {thing}", f"{{n}} {thing}s", n=count(value))


def count(value: int) -> str:
    """Thousands apart: "13,002"."""
    return as_printed(f"{value:,}")


def rounded_count(value: float) -> str:
    """The nearest whole number with thousands apart; "nan" and "inf" stay words."""
    return count(round(value)) if math.isfinite(value) else plain(value)
