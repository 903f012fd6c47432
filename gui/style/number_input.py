"""How the window reads numbers: the only place that turns a text into one.

What `gui.style.number_format` prints is read back, whatever the system's locale. What
could be read in two ways is refused with the way to write it.
"""

import math
import re
from typing import Final

from core.values.words import tr
from gui.style import notation as notations
from gui.style.notation import Notation
from gui.style.number_format import MINUS, TIMES, as_printed, count, general

_AMONG_OTHERS: Final = tr("0.35 or {minus}1e{minus}3", minus=MINUS)
"""Where a comma stands between two numbers."""
_PLAIN: Final = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"
_GROUPED: Final = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?"
_NUMBER: Final = re.compile(rf"([+-]?)(?:{_GROUPED}|{_PLAIN})(?:[eE][+-]?[0-9]+)?")
_POWER: Final = re.compile(r"(.*?)\u00d7?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_COMMA_DECIMALS: Final = re.compile(
    r"([+-]?)([0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]*),([0-9]*)((?:[eE][+-]?[0-9]+)?)"
)
_PERCENT: Final = re.compile(r"([+-]?[0-9.,]*[0-9]) ?%")
_COMMA_NUMBER: Final = re.compile(
    r"([+-]?)([1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3})+|[0-9]*)"
    r"((?:,[0-9]*)?)((?:[eE][+-]?[0-9]+)?)"
)
_POINT_DECIMALS: Final = re.compile(
    r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)\.([0-9]*)((?:[eE][+-]?[0-9]+)?)"
)
_PLAIN_DIGITS: Final = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_NOT_FINITE: Final = ("inf", "infinity", "nan")


class NumberTextError(ValueError):
    """A text that is not a number; its message says why and how to write one."""


def parse_number(
    text: str,
    *,
    largest: float = math.inf,
    notation: Notation | None = None,
    among_others: bool = False,
    kinds: str = "",
) -> float:
    """The number that a text says.

    Args:
        text: as typed, or as the window prints it.
        largest: what its size must not exceed, such as the largest float32.
        notation: how it is written, where that is not as in the rest of the window.
        among_others: whether commas stand between numbers and so never in one.
        kinds: examples of what may be written, where that is not any number.

    Raises:
        NumberTextError: it is not a number, not finite, or not clearly one number.
    """
    shown, plain = _shown(text), _in_ascii(text)
    if among_others and "," in plain:
        msg = tr("{shown} is not clear, as commas stand between numbers", shown=shown)
        raise NumberTextError(msg)
    used = notation or notations.notation()
    python = _with_point(shown, plain) if used.has_comma else plain
    kinds = kinds or (_AMONG_OTHERS if among_others else examples())
    if not _NUMBER.fullmatch(python):
        raise NumberTextError(_what_is_wrong(shown, plain, used, kinds))
    value = float(python.replace(",", ""))
    if abs(value) > largest or math.isinf(value):
        most = general(min(largest, 1.7e308), 2)
        msg = tr(
            "{shown} is too large: write a number up to {most}", shown=shown, most=most
        )
        raise NumberTextError(msg)
    if value == 0 and re.search(r"[1-9]", re.split("[eE]", python)[0]):
        msg = tr("{shown} is too small to be told from 0: write 0", shown=shown)
        raise NumberTextError(msg)
    return value


def parse_whole(text: str, low: int, high: int) -> int:
    """The whole number from `low` to `high` that a text says.

    Raises:
        NumberTextError: it is not a number, not a whole one, or outside.
    """
    value = parse_number(text, kinds=whole_examples(low, high))
    if not value.is_integer():
        below = math.floor(value)
        nearest = [count(n) for n in (below, below + 1) if low <= n <= high]
        write = tr(" or ").join(nearest) or tr(
            "{low} to {high}", low=count(low), high=count(high)
        )
        msg = tr(
            "{shown} is not a whole number: write {write}",
            shown=_shown(text),
            write=write,
        )
        raise NumberTextError(msg)
    if not low <= value <= high:
        msg = tr(
            "{shown} is outside: write {low} to {high}",
            shown=_shown(text),
            low=count(low),
            high=count(high),
        )
        raise NumberTextError(msg)
    return int(value)


def parse_between(text: str, low: float, high: float) -> float:
    """The number from `low` to `high` that a text says.

    Raises:
        NumberTextError: it is not a number, or outside.
    """
    value = parse_number(text)
    if not low <= value <= high:
        limits = tr("{low} to {high}", low=general(low, 6), high=general(high, 6))
        msg = tr(
            "{shown} is outside: write {limits}", shown=_shown(text), limits=limits
        )
        raise NumberTextError(msg)
    return value


def _shown(text: str) -> str:
    """In a message."""
    text = text.strip()
    most = 40
    return text if len(text) <= most else f"{text[:most]}…"


def _in_ascii(text: str) -> str:
    """As Python writes it: a power of ten with its sign for times is "e"."""
    plain = text.strip().replace(MINUS, "-")
    power = _POWER.fullmatch(plain)
    if power is None:
        return plain
    mantissa, exponent = power.groups()
    if mantissa in ("", "-", "+"):
        mantissa += "1"
    elif not plain.startswith(f"{mantissa}{TIMES}"):
        return plain
    return f"{mantissa}e{exponent.translate(_PLAIN_DIGITS)}"


def examples() -> str:
    """Numbers as they may be written."""
    thousands = as_printed("13,002")
    return tr(
        "{value}, {minus}1e{minus}3 or {thousands}",
        value=as_printed("0.35"),
        minus=MINUS,
        thousands=thousands,
    )


def whole_examples(low: int, high: int) -> str:
    """Whole numbers between these as they may be written."""
    usual = [n for n in (1, 32, 13_002) if low <= n <= high]
    chosen = usual if len(usual) > 1 else sorted({low, high})
    *first, last = map(count, chosen)
    if not first:
        return last
    return tr("{first} or {last}", first=", ".join(first), last=last)


def _with_point(shown: str, plain: str) -> str:
    """A number with a decimal comma, as Python writes it; empty where it is none."""
    found = _COMMA_NUMBER.fullmatch(plain)
    if found is not None and any(c.isdigit() for c in found[2] + found[3]):
        sign, whole, decimals, power = found.groups()
        whole = re.sub(r"\s", "", whole)
        return f"{sign}{whole}{decimals.replace(',', '.')}{power}"
    points = _POINT_DECIMALS.fullmatch(plain)
    if points is not None and (points[2] or points[3]):
        sign, whole, decimals, power = points.groups()
        number = f"{sign}{whole.replace(',', '') or '0'},{decimals}".rstrip(",") + power
        hint = tr("write {number}", number=number.replace("-", MINUS))
        msg = tr(
            "{shown} is not clear, as a comma stands before decimals: {hint}",
            shown=shown,
            hint=hint,
        )
        raise NumberTextError(msg)
    return ""


def _what_is_wrong(shown: str, plain: str, used: Notation, examples: str) -> str:
    if not shown:
        return tr(
            "A number is missing: write one such as {examples}", examples=examples
        )
    if plain.lower().lstrip("+-") in _NOT_FINITE:
        return tr(
            "{shown} is no finite number: write one such as {examples}",
            shown=shown,
            examples=examples,
        )
    commas = _COMMA_DECIMALS.fullmatch(plain)
    if not used.has_comma and commas is not None and (commas[2] or commas[3]):
        sign, whole, decimals, power = commas.groups()
        whole = re.sub("[. ]", "", whole) or "0"
        number = f"{sign}{whole}.{decimals}".rstrip(".") + power
        hint = tr("write {number}", number=number.replace("-", MINUS))
        return tr(
            "{shown} is not clear, as commas stand between thousands: {hint}",
            shown=shown,
            hint=hint,
        )
    share = _PERCENT.fullmatch(plain)
    if share is not None:
        number = general(parse_number(share[1], notation=used) / 100, 9)
        return tr(
            "{shown} has a percent sign: write {number}", shown=shown, number=number
        )
    return tr(
        "{shown} is not a number: write one such as {examples}",
        shown=shown,
        examples=examples,
    )
