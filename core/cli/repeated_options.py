"""Options that are given more often than they can be obeyed."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

from core.values.words import tr


def repeated(parser: argparse.ArgumentParser, words: Sequence[str]) -> Iterator[str]:
    """A note for each option of one value that stands in the words more than once.

    An option that collects its values, such as `--set`, is obeyed each time.
    """
    # argparse tells neither its actions nor their kinds in public.
    stored = [a for a in parser._actions if isinstance(a, argparse._StoreAction)]
    named = {flag: action for action in stored for flag in action.option_strings}
    ended = words.index("--") if "--" in words else len(words)
    flags = (word.partition("=")[0] for word in words[:ended])
    counts = Counter(named[flag] for flag in flags if flag in named)
    for action, count in counts.items():
        if count > 1:
            yield tr(
                "{flag} is given {count} times; the last one counts",
                flag=action.option_strings[-1],
                count=count,
            )
