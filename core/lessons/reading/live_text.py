"""Markdown with live values in braces, as HTML with gaps."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.lessons.errors import ExpressionError, Place
from core.lessons.expressions.nodes import Expression
from core.lessons.expressions.parse import parse_gap
from core.lessons.model import LiveText

_VALUE: Final = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}")
_BRACE: Final = re.compile("[{}]")
_MARK: Final = re.compile("[\ue000\ue001]")
_GAP: Final = re.compile("\ue000(\\d+)\ue001")
_BELOW: Final = re.compile(r"~([^\s~<>]+)~")
_ABOVE: Final = re.compile(r"\^([^\s^<>]+)\^")
_PERCENT: Final = re.compile(r"(\d) %")
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_FENCE: Final = re.compile(r" {0,3}(```+|~~~+)")


def markdown() -> MarkdownIt:
    """CommonMark without HTML of the author's own."""
    return MarkdownIt("commonmark", {"html": False})


class Gaps:
    """Mutable: the values that were found, in the order of their gaps."""

    def __init__(self) -> None:
        self._found: list[Expression] = []
        self._texts: list[str] = []

    def taken_out(self, line: str, place: Place) -> str:
        """A line with a mark for each value.

        Raises:
            LessonError: one of them is no value.
        """

        def mark(match: re.Match[str]) -> str:
            if match[1] is None:
                return match[0][0]
            try:
                self._found.append(parse_gap(match[1]))
            except ExpressionError as error:
                place.refuse(str(error))
            self._texts.append(match[0])
            return f"\ue000{len(self._found) - 1}\ue001"

        if _MARK.search(line):
            place.refuse("a character of the private use area stands in it")
        if _BRACE.search(_VALUE.sub("", line)):
            text = "a brace alone: a value stands on one line; write {{ for a brace"
            place.refuse(text)
        return _VALUE.sub(mark, line)

    def outside_blocks(self, lines: Sequence[str], place: Place) -> str:
        """A whole text with marks, but where blocks of TOML are."""
        fence = ""
        found = []
        for k, line in enumerate(lines):
            match = _FENCE.match(line)
            if match and (not fence or match[1].startswith(fence)):
                fence = "" if fence else match[1]
            is_plain = not fence and not match
            found.append(self.taken_out(line, place.down(k)) if is_plain else line)
        return "\n".join(found)

    def put_back(self, text: str) -> str:
        """A block with its values as they were written.

        Markdown may find a block where none was seen, such as one in a list.
        """
        return _GAP.sub(lambda mark: self._texts[int(mark[1])], text)

    def text_of(self, html: str) -> LiveText:
        """HTML with marks as its parts and values."""
        parts = _GAP.split(_raised(html.strip()))
        values = tuple(self._found[int(number)] for number in parts[1::2])
        return LiveText(tuple(parts[0::2]), values)


def rendered(tokens: Sequence[Token], gaps: Gaps) -> LiveText:
    """A text of several paragraphs."""
    parser = markdown()
    return gaps.text_of(parser.renderer.render(tokens, parser.options, {}))


def line_of_text(text: str, place: Place) -> LiveText:
    """One paragraph, such as a question.

    Raises:
        LessonError: a value in it is none.
    """
    gaps = Gaps()
    return gaps.text_of(markdown().renderInline(gaps.taken_out(text, place)))


def _raised(html: str) -> str:
    html = _PERCENT.sub(rf"\1{NO_BREAK}%", html)
    return _ABOVE.sub(r"<sup>\1</sup>", _BELOW.sub(r"<sub>\1</sub>", html))
