"""What stands before a command: obeyed with what stands after it, or refused.

The options of the experiment mean the same in both places. All else would be dropped
there: what the window alone takes, the command's own options, and files.
"""

import argparse
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.error_boundary import UsageError
from core.cli.options import EXPERIMENT_OPTIONS
from core.values.words import tr

if TYPE_CHECKING:
    _SubParsersAction = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    _SubParsersAction = argparse._SubParsersAction


class Commands(_SubParsersAction):
    """An option that collects its values keeps those from before the command."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        collected = {
            key: list(value)
            for key, value in vars(namespace).items()
            if key in EXPERIMENT_OPTIONS and isinstance(value, list)
        }
        for key in collected:
            setattr(namespace, key, None)
        super().__call__(parser, namespace, values, option_string)
        for key, first in collected.items():
            setattr(namespace, key, [*first, *(getattr(namespace, key) or ())])


def check_before(
    words: Sequence[str],
    parser: argparse.ArgumentParser,
    commands: Mapping[str, argparse.ArgumentParser],
    of_window: Collection[str],
) -> None:
    """Refuse what stands before a command that would never see it.

    Args:
        words: of the command line.
        parser: of what stands before the commands.
        commands: by name.
        of_window: flags of `parser` that the window alone obeys.

    Raises:
        UsageError: there is something.
    """
    before = list(_before(words, parser, commands))
    command = next((word for word in before if word in commands), None)
    if command is None:
        return
    known, theirs = _flags(parser), _flags(commands[command])
    for word in before[:-1]:
        flag = word.partition("=")[0]
        if flag in of_window and flag not in theirs:
            msg = tr(
                "{flag} is for the window alone, and `{command}` does not take it; "
                "leave it out",
                flag=flag,
                command=command,
            )
            raise UsageError(msg)
        if flag in theirs and flag not in known:
            msg = tr(
                "{flag} stands before `{command}`; write it after the command",
                flag=flag,
                command=command,
            )
            raise UsageError(msg)
        if not word.startswith("-") and Path(word).exists():
            raise _file_before(word, command, theirs)


def _before(
    words: Sequence[str],
    parser: argparse.ArgumentParser,
    commands: Collection[str],
) -> Iterator[str]:
    """The words up to the command, without the values of the parser's options."""
    takes_value = {
        flag for flag, action in _flags(parser).items() if _has_value(action)
    }
    is_value = False
    for word in words:
        if not is_value:
            yield word
            if word in commands:
                return
        is_value = not is_value and word in takes_value


def _file_before(file: str, command: str, theirs: Collection[str]) -> UsageError:
    """The refusal of a file before a command, which would not read it there."""
    told = {"file": file, "command": command}
    # A command without --open names its file by its place.
    flags = (EXPERIMENT_OPTIONS[key] for key in ("data", "experiment", "open"))
    if all(flag in theirs for flag in flags):
        msg = tr(
            "{file} stands before `{command}`, which does not read it there; write it "
            "after the command, by --data, --experiment or --open",
            **told,
        )
    else:
        msg = tr(
            "{file} stands before `{command}`, which does not read it there; write it "
            "after the command",
            **told,
        )
    return UsageError(msg)


def _flags(parser: argparse.ArgumentParser) -> dict[str, argparse.Action]:
    # argparse tells neither its actions nor their kinds in public.
    return {flag: a for a in parser._actions for flag in a.option_strings}


def _has_value(action: argparse.Action) -> bool:
    return action.nargs is None
