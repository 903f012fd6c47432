"""A scene as one line of text comes back whole, or not at all."""

import base64
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from core.experiment.line_form import MOST_BYTES, experiment_of, is_line, to_line
from core.experiment.model import Experiment
from core.experiment.presets import load_preset, preset_names, read_experiment
from core.lessons.line_form import line_of, scene_of_line
from core.lessons.model import Scene
from core.values.errors import ExperimentError
from core.values.parameter import Parameter

SCENE = Scene(
    load_preset("perceptron").experiment,
    workspace="playground",
    panels=("network", "plane"),
    step=12,
    speed=None,
    example=("train", 3),
    selection=Parameter(1, 0, 1),
    mode="signal",
    plane="random",
    rows="sample",
    stage=("delta", 1),
)


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_comes_back_as_it_was(name: str):
    experiment = load_preset(name).experiment
    line = line_of(Scene(experiment))
    assert scene_of_line(line).experiment == experiment_of(line) == experiment
    assert "\n" not in line
    assert " " not in line


def test_what_the_window_shows_comes_back_too():
    assert scene_of_line(line_of(SCENE)) == SCENE


def test_a_mail_may_break_the_line():
    line = line_of(SCENE)
    broken = "\n > ".join([line[:60], line[60:200], line[200:]]).replace(" >", " ")
    assert is_line(f"  {broken}")
    assert scene_of_line(f"  {broken}\r\n") == SCENE


def test_a_line_is_taken_in_the_place_of_an_experiment_file():
    assert read_experiment(Path(line_of(SCENE))) == SCENE.experiment


def test_every_changed_letter_is_noticed_or_changes_nothing():
    line, noticed = line_of(SCENE), 0
    for place in range(len("glassbox:"), len(line)):
        other = "A" if line[place] != "A" else "B"
        try:
            found = scene_of_line(line[:place] + other + line[place + 1 :])
        except ExperimentError as error:
            noticed += "copy it once more" in str(error)
        else:
            # The spare bits of the last letter of the data, or an A in the sum.
            assert found == SCENE
    assert noticed > len(line) - len("glassbox:") - 6


@pytest.mark.parametrize("cut", [9, 11, 40, -9, -1])
def test_a_part_of_a_line_is_refused(cut: int):
    with pytest.raises(ExperimentError, match="copy it once more"):
        scene_of_line(line_of(SCENE)[:cut])


def test_a_line_of_a_newer_form_says_so():
    with pytest.raises(ExperimentError, match="newer Glassbox"):
        scene_of_line(line_of(SCENE).replace("glassbox:1:", "glassbox:2:"))


def test_a_small_text_that_unpacks_to_a_huge_one_is_refused():
    content = b"#" * (40 * MOST_BYTES)
    packed = base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")
    line = f"glassbox:1:{packed}:{zlib.crc32(content):08x}"
    assert len(line) < 100_000
    with pytest.raises(ExperimentError, match="more than 1,048,576 bytes"):
        scene_of_line(line)


def test_an_experiment_too_long_for_a_line_is_not_written():
    rows = tuple((float(k), 0.123456789) for k in range(9_000))
    data = replace(Experiment().data, name="inline", inputs=rows, labels=(0, 1) * 4_500)
    experiment = replace(Experiment(), data=data)
    assert experiment_of(line_of(Scene(experiment))) == experiment
    with pytest.raises(ExperimentError, match="save it as a file"):
        to_line({"text": "x" * (MOST_BYTES + 1)})


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        ({"workspace": "nowhere"}, "unknown workspace 'nowhere'"),
        ({"preset": "digits"}, "preset"),
        ({"select": "w(9,9,9)"}, re.escape("the network has no w(9,9,9)")),
        (3, "expected a table"),
    ],
)
def test_what_is_not_possible_is_said(scene: object, said: str):
    with pytest.raises(ExperimentError, match=said):
        scene_of_line(to_line({"data": {"name": "circle"}, "scene": scene}))
