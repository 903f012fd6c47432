"""An expression cut into numbers, names and signs."""

import re
from typing import Final, Literal, NamedTuple, cast

from core.lessons.errors import ExpressionError
from core.values.words import tr

Sort = Literal["number", "name", "sign", "end"]
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:e-?\d+)?)"
    r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"
    r"|(?P<sign><=|>=|!=|[-+*/<>=(),]))"
)
MOST: Final = 400
"""Characters of an expression, so that none can be nested too deeply."""


class Token(NamedTuple):
    """One part of an expression."""

    sort: Sort
    text: str


def tokens_of(text: str) -> tuple[Token, ...]:
    """All tokens, and one for the end.

    Raises:
        ExpressionError: a character belongs to no token.
    """
    if len(text) > MOST:
        msg = tr("an expression of more than {most} characters", most=MOST)
        raise ExpressionError(msg)
    found: list[Token] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            msg = tr(
                "{strip!r} has no meaning in {strip_2!r}",
                strip=text[place:].strip()[0],
                strip_2=text.strip(),
            )
            raise ExpressionError(msg)
        sort = cast("Sort", match.lastgroup)
        found.append(Token(sort, match.group(sort)))
        place = match.end()
    return (*found, Token("end", ""))
