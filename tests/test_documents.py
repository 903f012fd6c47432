"""What the documents tell to type exists, and so does what they link to."""

import importlib.util
import re
import shlex
from pathlib import Path

import pytest

from core.experiment.presets import load_preset
from gui.launch.command_line import command_line

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "core/**/*.md", "gui/**/*.md")
    for path in ROOT.glob(pattern)
)
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text() for path in DOCUMENTS}
TARGETS = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.M))


def found(pattern: str) -> list[tuple[str, str]]:
    """Each document and what stands for the group of the pattern in it."""
    return [
        (name, text)
        for name, content in TEXTS.items()
        for text in re.findall(pattern, content, re.M)
    ]


def commands() -> list[str]:
    """What follows `glassbox` in the lines of the README that begin with it."""
    return re.findall(r"^glassbox (.+)$", TEXTS["README.md"], re.M)


def test_every_target_of_make_that_is_told_of_exists() -> None:
    # VARIABLE=value may stand before and after the target.
    told = found(r"(?:^|`)make (?:[A-Z]+=\S+ )*([a-z][a-z-]*)")
    assert {target for _, target in told} >= {"run", "test", "format", "lock"}
    assert [pair for pair in told if pair[1] not in TARGETS] == []


def test_every_module_that_is_told_to_be_run_exists() -> None:
    told = found(r"python -m ((?:core|gui|tests)[\w.]*\w)")
    assert len(told) > 5
    missing = [pair for pair in told if importlib.util.find_spec(pair[1]) is None]
    assert missing == []


@pytest.mark.parametrize("line", commands())
def test_every_command_of_the_readme_is_understood(line: str) -> None:
    arguments = command_line().parse(shlex.split(line))
    first = line.split()[0]
    # Options alone open the window.
    assert arguments.command == (None if first.startswith("--") else first)
    if getattr(arguments, "preset", None):
        load_preset(arguments.preset)


def test_the_readme_shows_every_command() -> None:
    usage = command_line().parser.format_help()
    listed = usage.partition("commands:")[2]
    names = set(re.findall(r"^    ([a-z]+)(?: |$)", listed, re.M))
    first = {line.split()[0] for line in commands()}
    assert names == {word for word in first if not word.startswith("--")}


def test_every_file_that_is_linked_to_exists() -> None:
    links = found(r"\]\(([^)#:]+)\)")
    assert len(links) > 10
    missing = [
        (name, link)
        for name, link in links
        if not (ROOT / name).parent.joinpath(link).exists()
    ]
    assert missing == []
