"""Which entries a text finds, in which order, and where the hits are."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from gui.window.palette.entry import Entry, Group

_WORD: Final = re.compile(r"\w+")
_IN_TITLE, _BEGINS_WORD, _WHOLE_WORD, _BEGINS_TITLE = 4, 8, 12, 14
_IN_REMARK, _ELSEWHERE = 2, 1
_DISABLED: Final = 20
_AS_GOOD: Final = 2.5
"""What is nearly as good and stands further up is taken for what was meant."""

Span = tuple[int, int]


class Hit(NamedTuple):
    """An entry that was found.

    Attributes:
        score: how well; the larger the better.
        spans: of its title, the parts that were typed: where they begin and end.
        by_meaning: whether only its meaning has some of the words.
    """

    entry: Entry
    score: float = 0.0
    spans: tuple[Span, ...] = ()
    by_meaning: bool = False

    @property
    def remark(self) -> str:
        """What stands beside the title: what says why it was found."""
        entry = self.entry
        return entry.problem or (entry.meaning if self.by_meaning else entry.remark)


def found(entries: Iterable[Entry], text: str) -> list[Hit]:
    """The entries that have all words of a text, group by group, the best first."""
    words = text.lower().split()
    hits = [hit for entry in entries if (hit := _hit(entry, words)) is not None]
    order = list(Group)
    return sorted(hits, key=lambda hit: (order.index(hit.entry.group), -hit.score))


def best_of(hits: list[Hit]) -> int:
    """The place of the one that was most likely meant."""
    if not hits:
        return -1
    enough = max(hit.score for hit in hits) - _AS_GOOD
    return next(k for k, hit in enumerate(hits) if hit.score >= enough)


def _hit(entry: Entry, words: list[str]) -> Hit | None:
    score, spans, by_meaning = 0.0, [], False
    title = entry.title.lower()
    own = len(title) - len(entry.quoted)
    for word in words:
        worth, span = _found_in_title(title, word)
        if span is not None and span[0] >= own:
            worth = _ELSEWHERE
        if not worth:
            worth, is_meaning = _found_beside(entry, word)
            by_meaning = by_meaning or is_meaning
        if not worth:
            return None
        score += worth
        spans += [] if span is None else [span]
    if entry.problem and by_meaning:
        return None  # neither named nor of use now
    if words:
        # Of two that are found alike, the one with less beside it was meant.
        score -= len(title) / 100
    if entry.problem:
        score -= _DISABLED
    return Hit(entry, score, tuple(sorted(spans)), by_meaning)


def _found_in_title(title: str, word: str) -> tuple[int, Span | None]:
    best, place = 0, -1
    at = title.find(word)
    while at >= 0:
        worth = _worth_at(title, word, at)
        if worth > best:
            best, place = worth, at
        at = title.find(word, at + 1)
    return best, (place, place + len(word)) if best else None


def _worth_at(title: str, word: str, at: int) -> int:
    begins = at == 0 or not title[at - 1].isalnum()
    if not begins:
        return _IN_TITLE
    end = at + len(word)
    is_whole = end == len(title) or not title[end].isalnum()
    worth = _WHOLE_WORD if is_whole else _BEGINS_WORD
    return worth + (_BEGINS_TITLE - _WHOLE_WORD if at == 0 else 0)


def _found_beside(entry: Entry, word: str) -> tuple[int, bool]:
    """What the word is worth, and whether it is in the meaning alone."""
    if word in entry.remark.lower():
        return _IN_REMARK, False
    if _begins_a_word(entry.also, word):
        return _ELSEWHERE, False
    is_meaning = _begins_a_word(entry.meaning, word)
    return (_ELSEWHERE if is_meaning else 0), is_meaning


def _begins_a_word(text: str, word: str) -> bool:
    return any(other.startswith(word) for other in _WORD.findall(text.lower()))
