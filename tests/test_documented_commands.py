"""Every command that a document names in its text runs, and shows something good.

What stands for a name of the reader's own has a stand-in here. Commands that are
typed on lines of their own in the README: `test_readme_commands`.
"""

import importlib.util
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from safetensors.numpy import save

import glassbox
import gui.launch.app
from core.data.digits.cache import load_digits
from core.files.weights import load_weights
from gui.__main__ import main
from gui.launch.app import Opening
from gui.launch.command_line import command_line
from tests.core.support.cli_answers import Capture, weights_file
from tests.core.support.idx_files import write_set
from tests.test_documents import ROOT, found

LESSON: Final = "by-hand"
SHIPPED: Final = ROOT / "assets" / "lessons"
NAMED: Final = sorted({text for _, text in found(r"`glassbox ([^`\n]+)`")})
"""What follows `glassbox` between two marks of code, in all documents."""
NAMES_ALONE: Final = [text for text in NAMED if re.fullmatch(r"[a-z]+", text)]
RUN: Final = [text for text in NAMED if text not in NAMES_ALONE]


def checks_a_folder(said: str) -> None:
    assert said.splitlines()[-1].startswith(LESSON)


def opens_a_lesson(said: str) -> None:
    assert said == f"lesson {LESSON}\n"


def opens_the_run(said: str) -> None:
    assert said == "run run.ckpt\n"


def prints_a_sheet(said: str) -> None:
    for line in said.splitlines():
        assert Path(line).read_bytes().startswith(b"%PDF-")
    assert Path(said.splitlines()[0]).name == "sheet.pdf"


def evaluates(said: str) -> None:
    assert re.search(
        r"on mnist\ntest loss [\d.]+, test accuracy [\d.]+ % of 50 ex", said
    ), said


def records(said: str) -> None:
    assert glassbox.open("recorded").steps[-1] == 5
    assert "record: " in said


def helps(said: str) -> None:
    assert said.startswith("usage: glassbox")
    assert "options:" in said


STAND_INS: Final[dict[str, tuple[str, Callable[[str], None]]]] = {
    "lessons --check FOLDER": (f"lessons --check {LESSON}", checks_a_folder),
    "--lesson KEY": (f"--lesson {LESSON}", opens_a_lesson),
    "worksheet KEY": (f"worksheet {LESSON} --out sheet.pdf", prints_a_sheet),
    "worksheet KEY --seed N --out sheet.pdf --answers answers.pdf": (
        f"worksheet {LESSON} --seed 3 --out sheet.pdf --answers answers.pdf",
        prints_a_sheet,
    ),
    "evaluate trained.pt --data DIR": ("evaluate trained.pt --data DIR", evaluates),
    "run.ckpt": ("run.ckpt", opens_the_run),
    "train --record": ("train --preset xor --steps 5 --record recorded", records),
    "train --record FOLDER": (
        "train --preset xor --steps 5 --record recorded",
        records,
    ),
    "--help": ("--help", helps),
    "train --help": ("train --help", helps),
}
"""What is typed for each, and how what it shows is looked at."""


def tell_of_opening(opening: Opening) -> int:
    if opening.lesson is not None:
        sys.stdout.write(f"lesson {opening.lesson.key}\n")
    elif opening.checkpoint is not None:
        sys.stdout.write(f"run {opening.checkpoint.name}\n")
    return 0


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file for each name that the documents take as an example."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gui.launch.app, "run_app", tell_of_opening)
    return tmp_path


def make_files(line: str, capsys: Capture) -> None:
    if "run.ckpt" in line:
        train = "train --preset xor --steps 5 --checkpoint run.ckpt"
        assert main(shlex.split(train)) == 0
    if "--check" in line:
        shutil.copytree(SHIPPED / LESSON, LESSON)
    if "trained.pt" in line:
        # The name says nothing: what a file is is seen from its content.
        own = load_weights(weights_file(Path("own.npz")))
        named = [
            (f"fc{k}.{n}", a)
            for k, p in enumerate(own.params)
            for n, a in zip(("weight", "bias"), p, strict=True)
        ]
        Path("trained.pt").write_bytes(save(dict(named)))
        digits = load_digits()
        arrays = {}
        for kind, split in (("train", digits.train), ("t10k", digits.test)):
            images = split.inputs[:50].reshape(-1, 28, 28)
            arrays[f"{kind}-images-idx3-ubyte"] = images
            arrays[f"{kind}-labels-idx1-ubyte"] = split.labels[:50].astype(np.uint8)
        write_set(Path("DIR"), arrays, packed=False)
    capsys.readouterr()


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("line", RUN)
def test_a_command_of_the_documents_shows_something_good(
    line: str, capsys: Capture
) -> None:
    typed, check = STAND_INS[line]
    make_files(typed, capsys)
    assert main(shlex.split(typed)) == 0
    check(capsys.readouterr().out)


def test_every_command_that_a_document_speaks_of_exists() -> None:
    usage = command_line().parser.format_help()
    listed = set(re.findall(r"^    ([a-z]+)(?: |$)", usage, re.M))
    assert NAMES_ALONE
    assert listed.issuperset(NAMES_ALONE)


def test_every_option_of_a_module_that_is_told_of_exists() -> None:
    told = found(r"python -m (tests\.[\w.]*\w (?:\[?-[^`\n]+))")
    assert len(told) > 8
    for name, text in told:
        module, _, options = text.partition(" ")
        spec = importlib.util.find_spec(module)
        assert spec is not None
        assert spec.origin is not None
        source = Path(spec.origin).read_text()
        for option in re.findall(r"--[a-z-]+", options):
            assert f'"{option}"' in source, (name, text)
