"""Every command that the README shows, typed as it stands there, shows something good.

MNIST is not to be had here: digits that Glassbox draws take its place in the files.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import glassbox
import gui.launch.app
from core.data.digits.cache import load_digits
from core.files.weights import load_weights
from gui.__main__ import main
from gui.launch.app import Opening
from tests.core.support.idx_files import write_set
from tests.test_documents import commands

ROOT = Path(__file__).parents[1]
N_TRAIN, N_TEST = 6000, 1000


@dataclass(frozen=True, slots=True)
class Said:
    """What a command has written, and the class of the digit in photo.png."""

    text: str
    digit: int

    @property
    def json(self) -> dict[str, float]:
        report: dict[str, float] = json.loads(self.text)
        return report


def trains_on_mnist(said: Said) -> None:
    assert said.json["epochs"] == 3
    assert said.json["test_accuracy"] > 0.85
    assert load_weights(Path("net.safetensors")).step == said.json["steps"]


def trains_with_adam(said: Said) -> None:
    (accuracy,) = re.findall(r"test accuracy ([\d.]+) %", said.text)
    assert float(accuracy) > 90


def trains_on_the_flowers(said: Said) -> None:
    (accuracy,) = re.findall(r"test accuracy ([\d.]+) %", said.text)
    assert float(accuracy) > 90
    assert load_weights(Path("iris.npz")).step > 0


def names_the_species(said: Said) -> None:
    answers = [line.split()[1] for line in said.text.splitlines()]
    assert answers == ["setosa", "virginica"]


def saves_the_run(said: Said) -> None:
    assert "500 steps, 20 epochs" in said.text
    assert load_weights(Path("run.ckpt")).step == 500


def goes_on_with_it(said: Said) -> None:
    assert "1,000 steps, 40 epochs" in said.text
    assert load_weights(Path("run.ckpt")).step == 1_000


def makes_it_again(said: Said) -> None:
    assert said.text == "1,000 steps made again: the same to the bit\n"


def records(said: Said) -> None:
    run = glassbox.open("spiral-run")
    assert "record: " in said.text
    assert run.steps[-1] == run.metrics["step"].max() == 500
    assert np.isfinite(run.metrics["test_loss"]).sum() == 6


def logs(said: Said) -> None:
    rows = Path("circle.csv").read_text().splitlines()
    assert "log: " in said.text
    assert len(rows) == 1 + 1 + 10 + 2  # head, begin, hundreds, 250 and 750
    assert float(rows[-1].split(",")[-1]) > 0.9


def evaluates(said: Said) -> None:
    assert said.json["examples"] == N_TEST
    assert said.json["test_accuracy"] > 0.85


def predicts(said: Said) -> None:
    assert re.match(rf"photo\.png: {said.digit}\b", said.text), said.text


def converts(said: Said) -> None:
    old, new = (load_weights(Path(f"net.{end}")) for end in ("safetensors", "npz"))
    assert (new.experiment, new.step) == (old.experiment, old.step)
    for before, after in zip(old.params, new.params, strict=True):
        np.testing.assert_array_equal(before[0], after[0])


def tells_what_it_is(said: Said) -> None:
    weights = load_weights(Path("net.npz"))
    assert f"layers: {weights.spec}, " in said.text
    assert f"step: {weights.step}" in said.text


def takes_a_picture(said: Said) -> None:
    with Image.open("picture.png") as picture:
        assert picture.size == (1600, 1000)
        assert len(np.unique(np.asarray(picture.convert("L")))) > 50


def lists_presets(said: Said) -> None:
    for path in (ROOT / "assets" / "presets").glob("*.toml"):
        assert path.stem in said.text


def lists_lessons(said: Said) -> None:
    for path in (ROOT / "assets" / "lessons").glob("*/lesson.md"):
        assert path.parent.name in said.text


def writes_sheets(said: Said) -> None:
    for line in said.text.splitlines():
        assert Path(line).read_bytes().startswith(b"%PDF-")
    assert [Path(line).name for line in said.text.splitlines()] == [
        "sheet.pdf",
        "answers.pdf",
    ]


def opens_the_lesson(said: Said) -> None:
    assert said.text == "first-look\n"


def examines(said: Said) -> None:
    assert str(ROOT) in said.text


CHECKS: dict[str, Callable[[Said], None]] = {
    "train --data iris.csv": trains_on_the_flowers,
    "predict iris.npz": names_the_species,
    "train --preset mnist": trains_on_mnist,
    "train --preset digits": trains_with_adam,
    "train --preset xor": saves_the_run,
    "train --resume": goes_on_with_it,
    "replay": makes_it_again,
    "train --preset spiral": records,
    "train --preset circle": logs,
    "evaluate": evaluates,
    "predict net": predicts,
    "convert": converts,
    "info": tells_what_it_is,
    "screenshot": takes_a_picture,
    "presets": lists_presets,
    "lessons": lists_lessons,
    "--lesson first-look": opens_the_lesson,
    "worksheet": writes_sheets,
    "doctor": examines,
}


def check_of(line: str) -> Callable[[Said], None]:
    (found,) = [check for start, check in CHECKS.items() if line.startswith(start)]
    return found


def write_photo(image: np.ndarray) -> None:
    """Dark ink on white paper, as a photo shows it."""
    grey = (255 - image.reshape(28, 28)).astype(np.uint8)
    paper = Image.fromarray(grey).resize((280, 280), Image.Resampling.BICUBIC)
    sheet = Image.new("L", (400, 400), 255)
    sheet.paste(paper, (60, 60))
    sheet.save("photo.png")


def write_flowers() -> None:
    """Three clouds about the means of Fisher's irises, as wide as his (cm)."""
    draw = np.random.default_rng(0)
    header = "sepal_length,sepal_width,petal_length,petal_width"
    means = {
        "setosa": (5.01, 3.43, 1.46, 0.25),
        "versicolor": (5.94, 2.77, 4.26, 1.33),
        "virginica": (6.59, 2.97, 5.55, 2.03),
    }
    rows = [
        ",".join(f"{v:.1f}" for v in draw.normal(mean, (0.4, 0.3, 0.3, 0.2)))
        + f",{name}"
        for name, mean in means.items()
        for _ in range(50)
    ]
    Path("iris.csv").write_text("\n".join([header + ",species", *rows]) + "\n")
    Path("new.csv").write_text(header + "\n5.0,3.4,1.5,0.2\n6.5,3.0,5.6,2.1\n")


def tell_of_opening(opening: Opening) -> int:
    assert opening.lesson is not None
    sys.stdout.write(f"{opening.lesson.key}\n")
    return 0


def typed(line: str, capsys: pytest.CaptureFixture[str]) -> str:
    arguments = shlex.split(line)
    if arguments[0] != "screenshot":
        assert main(arguments) == 0
        return capsys.readouterr().out
    # In a process of its own: fonts and colours belong to a whole process.
    done = subprocess.run(
        [sys.executable, "-m", "gui", *arguments],
        env=dict(os.environ, PYTHONPATH=str(ROOT), QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_command_of_the_readme_shows_something_good(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    digits = load_digits()
    arrays = {}
    for kind, split, count in (
        ("train", digits.train, N_TRAIN),
        ("t10k", digits.test, N_TEST),
    ):
        images = split.inputs[:count].reshape(-1, 28, 28)
        arrays[f"{kind}-images-idx3-ubyte"] = images
        arrays[f"{kind}-labels-idx1-ubyte"] = split.labels[:count].astype(np.uint8)
    write_set(Path("DIR"), arrays, packed=False)
    write_photo(digits.test.inputs[0])
    write_flowers()
    # The window itself is opened by other tests.
    monkeypatch.setattr(gui.launch.app, "run_app", tell_of_opening)
    for line in commands():
        said = Said(typed(line, capsys), int(digits.test.labels[0]))
        check_of(line)(said)
