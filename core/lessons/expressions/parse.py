"""From text to an expression whose names and arguments are known to be right."""

import difflib
from collections.abc import Callable
from typing import Final, cast

from core.experiment.rules import all_keys
from core.lessons.counts import small_whole
from core.lessons.errors import ExpressionError
from core.lessons.expressions.names import (
    FUNCTIONS,
    MEASURES,
    NAMES,
    TIMES,
    WORDS,
    WORDS_OF,
    Kind,
    Name,
)
from core.lessons.expressions.nodes import (
    Apply,
    Argument,
    At,
    Counted,
    Expression,
    Negated,
    Number,
    Operator,
    Pair,
    Read,
)
from core.lessons.expressions.tokens import Token, tokens_of
from core.values.words import tr

MOST_DEPTH: Final = 20
_COMPARISONS: Final = ("<", "<=", ">", ">=", "=", "!=")


def parse(text: str) -> Expression:
    """Read an expression.

    Raises:
        ExpressionError: it is no expression, or uses a name that does not exist, or a
            name with arguments that it does not take.
    """
    parser = _Parser(text)
    found = parser.whole()
    parser.expect("end")
    return found


def parse_condition(text: str) -> Expression:
    """Read an expression that is true or false.

    Raises:
        ExpressionError: as `parse`, or it is a number.
    """
    found = parse(text)
    if not is_flag(found):
        msg = tr(
            "{strip!r} is a number; a condition compares, as in `step >= 100`",
            strip=text.strip(),
        )
        raise ExpressionError(msg)
    return found


def parse_value(text: str) -> Expression:
    """Read an expression that is a number.

    Raises:
        ExpressionError: as `parse`, or it is true or false.
    """
    found = parse(text)
    if is_flag(found):
        msg = tr(
            "{strip!r} is true or false where a number is needed", strip=text.strip()
        )
        raise ExpressionError(msg)
    return found


def parse_gap(text: str) -> Expression:
    """Read what stands in the braces of a text: a number, or one with its word.

    `mistakes|mistake|mistakes` is printed as "1 mistake" or "2 mistakes".

    Raises:
        ExpressionError: as `parse_value`, or there are not two words.
    """
    value, *words = text.split("|")
    inner = parse_value(value)
    if not words:
        return inner
    one, *rest = (word.strip() for word in words)
    if len(rest) != 1 or not (one and rest[0]):
        msg = tr(
            "{text!r}: after a number stand two words, for one and for more, as in "
            "`mistakes|mistake|mistakes`",
            text=text,
        )
        raise ExpressionError(msg)
    return Counted(inner, one, rest[0])


def is_flag(expression: Expression) -> bool:
    """Whether an expression is true or false rather than a number."""
    if isinstance(expression, Read):
        return NAMES[expression.name].form == "flag"
    if isinstance(expression, At):
        return is_flag(expression.inner)
    if isinstance(expression, Negated):
        return expression.is_logical
    return isinstance(expression, Pair) and expression.operator not in "+-*/"


class _Parser:
    """Reads from the loosest binding operators to the tightest."""

    def __init__(self, text: str) -> None:
        self._text = text.strip()
        self._tokens = tokens_of(text)
        self._place = 0
        self._depth = 0

    def whole(self) -> Expression:
        return self._inside(
            lambda: self._chain(("or",), self._conjunction, logical=True)
        )

    def _inside(self, part: Callable[[], Expression]) -> Expression:
        """A part of a part: not so deep that Python could not follow."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            msg = tr(
                "{text!r} is nested more than {most_depth} deep",
                text=self._text[:40],
                most_depth=MOST_DEPTH,
            )
            raise ExpressionError(msg)
        found = part()
        self._depth -= 1
        return found

    def _conjunction(self) -> Expression:
        return self._chain(("and",), self._negation, logical=True)

    def _negation(self) -> Expression:
        if self._take("not"):
            inner = self._inside(self._negation)
            return Negated(self._checked(inner, logical=True), True)
        return self._comparison()

    def _comparison(self) -> Expression:
        left = self._sum()
        sign = self._next.text
        if sign not in _COMPARISONS:
            return left
        self._place += 1
        right = self._sum()
        for side in (left, right):
            self._checked(side, logical=False)
        return Pair(cast("Operator", sign), left, right)

    def _sum(self) -> Expression:
        return self._chain(("+", "-"), self._product, logical=False)

    def _product(self) -> Expression:
        return self._chain(("*", "/"), self._signed, logical=False)

    def _signed(self) -> Expression:
        if self._take("-"):
            inner = self._inside(self._signed)
            return Negated(self._checked(inner, logical=False), False)
        return self._atom()

    def _chain(
        self,
        signs: tuple[str, ...],
        part: Callable[[], Expression],
        *,
        logical: bool,
    ) -> Expression:
        left = part()
        while (sign := self._next.text) in signs:
            self._place += 1
            self._checked(left, logical=logical)
            right = self._checked(part(), logical=logical)
            left = Pair(cast("Operator", sign), left, right)
        return left

    def _atom(self) -> Expression:
        token = self._next
        self._place += 1
        if token.sort == "number":
            return Number(float(token.text))
        if token.text == "(":
            inner = self.whole()
            self.expect(")")
            return inner
        if token.sort == "name" and token.text not in WORDS:
            return self._named(token.text)
        self._place -= 1
        return self._refuse()

    def _named(self, name: str) -> Expression:
        if name in TIMES:
            return self._time(name)
        if name in FUNCTIONS:
            return self._function(name)
        if name not in NAMES:
            msg = tr(
                "unknown value {name!r}{meant}",
                name=name,
                meant=_meant(name, _all_names()),
            )
            raise ExpressionError(msg)
        return Read(name, self._arguments(name, NAMES[name]))

    def _time(self, name: str) -> Expression:
        self.expect("(")
        step: int | None = None
        if name == "at":
            step = self._index()
            self.expect(",")
        inner = self.whole()
        self.expect(")")
        return At(step, inner)

    def _function(self, name: str) -> Expression:
        self.expect("(")
        parts = [self._checked(self.whole(), logical=False)]
        while self._take(","):
            parts.append(self._checked(self.whole(), logical=False))
        self.expect(")")
        least, most = FUNCTIONS[name]
        if not least <= len(parts) <= most:
            msg = tr(
                "{name} takes {least} to {most} numbers and not {parts}",
                name=name,
                least=least,
                most=most,
                parts=len(parts),
            )
            raise ExpressionError(msg)
        return Apply(name, tuple(parts))

    def _arguments(self, name: str, known: Name) -> tuple[Argument, ...]:
        found: list[Argument] = []
        texts: list[Token] = []
        if self._take("("):
            while True:
                texts.append(self._next)
                self._place += 1
                if not self._take(","):
                    break
            self.expect(")")
        kinds = next((k for k in known.arguments if len(k) == len(texts)), None)
        if kinds is None:
            msg = tr(
                "{name} takes {counts}, not {texts}",
                name=name,
                counts=_counts(known),
                texts=len(texts),
            )
            raise ExpressionError(msg)
        for kind, token in zip(kinds, texts, strict=True):
            found.append(_argument(name, kind, token))
        return tuple(found)

    def _index(self) -> int:
        token = self._next
        self._place += 1
        found = _argument("at", "index", token)
        assert isinstance(found, int)
        return found

    def _checked(self, part: Expression, *, logical: bool) -> Expression:
        if is_flag(part) != logical:
            wanted = "true or false" if logical else "a number"
            msg = tr(
                "in {text!r} something is not {wanted} where it must be",
                text=self._text,
                wanted=wanted,
            )
            raise ExpressionError(msg)
        return part

    @property
    def _next(self) -> Token:
        return self._tokens[min(self._place, len(self._tokens) - 1)]  # the end

    def _take(self, text: str) -> bool:
        if self._next.text != text:
            return False
        self._place += 1
        return True

    def expect(self, text: str) -> None:
        """Go over this sign; "end" is the end.

        Raises:
            ExpressionError: something else is there.
        """
        token = self._next
        if text == "end" and token.sort == "end":
            return
        if token.text != text or token.sort == "end":
            self._refuse(wanted=text)
        self._place += 1

    def _refuse(self, wanted: str = "") -> Expression:
        there = self._next.text
        found = f"{there!r} is not expected" if there else "something is missing"
        hint = f"; expected {wanted!r}" if wanted not in ("", "end") else ""
        msg = f"{found} in {self._text!r}{hint}"
        raise ExpressionError(msg)


def _argument(name: str, kind: Kind, token: Token) -> Argument:
    if kind == "index":
        if token.sort == "number" and (index := small_whole(token.text)) is not None:
            return index
        msg = tr(
            "{name}: {text!r} is not a whole number from 0", name=name, text=token.text
        )
        raise ExpressionError(msg)
    if token.sort != "name":
        msg = tr("{name}: {text!r} is not a name", name=name, text=token.text)
        raise ExpressionError(msg)
    words = WORDS_OF.get(name, ())
    known = {"key": all_keys(), "measure": tuple(MEASURES)}.get(kind, words)
    if known and token.text not in known:
        msg = f"{name}: unknown {token.text!r}{_meant(token.text, known)}"
        raise ExpressionError(msg)
    return token.text


def _counts(known: Name) -> str:
    counts = [str(len(kinds)) for kinds in known.arguments]
    return f"{' or '.join(counts)} argument{'' if counts == ['1'] else 's'}"


def _all_names() -> tuple[str, ...]:
    return (*NAMES, *FUNCTIONS, *TIMES)


def _meant(name: str, known: tuple[str, ...]) -> str:
    like = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {like[0]!r}?" if like else ""
