"""Whoever types a command sees on the terminal that something is done."""

import argparse
import importlib
import io
import sys
import threading
from pathlib import Path

import pytest

from core.cli import replay
from core.cli.main import COMMANDS, main, run_command
from core.cli.output import write_line, write_note
from core.cli.patience import SILENT_SECONDS, Patience, patience
from core.cli.progress import Bar, progress_bar
from tests.core.support.cli_answers import Capture

LONGEST_SECONDS = 10.0


class Terminal(io.StringIO):
    """Standard error as a terminal, which tells when something is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.has_text = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.has_text.set()
        return super().write(text)

    @property
    def seen(self) -> str:
        """What stands there in the end: each "\\r" writes over what was before."""
        line: list[str] = []
        lines: list[str] = []
        place = 0
        for character in self.getvalue():
            if character == "\n":
                lines.append("".join(line).rstrip())
                line, place = [], 0
            elif character == "\r":
                place = 0
            else:
                line[place : place + 1] = character
                place += 1
        return "\n".join([*lines, "".join(line).rstrip()])


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class CountedBar:
    refreshed = 0
    cleared = 0

    def refresh(self) -> None:
        self.refreshed += 1

    def clear(self) -> None:
        self.cleared += 1


def test_after_a_moment_of_silence_a_line_says_that_it_works() -> None:
    clock, stream = Clock(), Terminal()
    shown = Patience(stream, "glassbox info", clock)
    shown.look()
    assert stream.getvalue() == ""
    clock.now = SILENT_SECONDS + 0.1
    shown.look()
    assert stream.seen == "glassbox info: at work for 0.5 s"
    clock.now = 12.0
    shown.look()
    assert stream.seen == "glassbox info: at work for 12.0 s"
    with shown.aside():
        stream.write("found\n")
    assert stream.seen == "found\n"
    shown.look()  # that was a sign, too
    assert stream.seen == "found\n"


def test_a_bar_says_more_and_its_time_goes_on() -> None:
    clock, stream, bar = Clock(), Terminal(), CountedBar()
    shown = Patience(stream, "glassbox train", clock)
    shown.bar_begins(bar)
    for clock.now in (1.0, 2.0, 3.0):
        shown.look()
    assert (bar.refreshed, stream.getvalue()) == (3, "")
    with shown.aside():
        assert bar.cleared == 1
    shown.bar_ends(bar)
    shown.bar_ends(bar)
    clock.now = 4.0
    shown.look()
    assert "at work for 4.0 s" in stream.seen


def test_a_terminal_that_is_gone_ends_no_command() -> None:
    clock, stream = Clock(), Terminal()
    shown = Patience(stream, "glassbox info", clock)
    stream.close()
    clock.now = 1.0
    shown.look()


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_is_silent_for_long_on_a_terminal(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    def wait(_args: argparse.Namespace) -> int:
        assert terminal.has_text.wait(LONGEST_SECONDS), "nothing was shown"
        write_note("a note")
        return 0

    monkeypatch.setattr(importlib.import_module(COMMANDS[command]), "run", wait)
    assert run_command(argparse.Namespace(command=command)) == 0
    assert f"glassbox {command}: at work for " in terminal.getvalue()
    assert terminal.seen == "glassbox: a note\n"


def test_where_nobody_looks_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(threading, "Thread", pytest.fail)
    with patience("glassbox info"):
        write_line("a line")
    assert capsys.readouterr() == ("a line\n", "")


def test_notes_have_lines_of_their_own_beside_a_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with patience("glassbox train"), progress_bar("Training", 10, "step") as bar:
        bar.update(3)
        write_note("a note")
    assert "Training" in terminal.getvalue()
    assert terminal.seen == "glassbox: a note\n"


def test_replay_shows_how_far_it_is(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "run.ckpt")
    assert (
        main(["train", "--preset", "xor", "--steps", "900", "--checkpoint", path]) == 0
    )
    shown: list[tuple[str, int]] = []
    reached: list[int] = []

    class Noting(Bar):
        def update(self, n: float | None = 1) -> bool | None:
            reached.append(int(self.n + (n or 0)))
            self.n = reached[-1]
            return None

    def noting(text: str, total: int, unit: str) -> Bar:
        shown.append((text, total))
        return Noting(text, total, unit)

    monkeypatch.setattr(replay, "progress_bar", noting)
    capsys.readouterr()
    assert main(["replay", path]) == 0
    ((text, total),) = shown
    assert text.startswith("Making ")
    assert total == 900
    assert len(reached) > 2
    assert reached == sorted(reached)
    assert reached[-1] < 900
