"""Presets say what they show; the user's own stand beside ours, errors named."""

from pathlib import Path

import pytest

from core.experiment.presets import (
    Lead,
    lead_of,
    load_preset,
    own_presets,
    preset_names,
    read_experiment,
)
from core.lessons.places import WORKSPACES
from core.values.errors import ExperimentError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GLASSBOX_CONFIG", str(tmp_path))
    made = tmp_path / "presets"
    made.mkdir()
    return made


@pytest.mark.parametrize("name", preset_names())
def test_each_preset_has_a_title_a_group_a_sentence_and_its_workspace(name: str):
    preset = load_preset(name)
    assert preset.title.endswith(".")
    assert preset.lead.title
    assert preset.lead.group
    assert set(preset.lead.panels) <= set(WORKSPACES[preset.lead.workspace])
    assert preset.lead.panels


def test_the_perceptrons_preset_has_one_output():
    assert load_preset("perceptron").experiment.spec.layer_sizes == (2, 1)


def test_own_presets_are_read_and_errors_name_the_file(folder: Path):
    (folder / "a.toml").write_text(
        '# My circle.\n[preset]\ntitle = "Mine"\n[data]\nname = "circle"\n'
    )
    (folder / "b.toml").write_text('[data]\nname = "nothing"\n')
    (folder / "c.toml").write_text('[preset]\ncolour = "red"\n')
    (folder / "d.toml").write_bytes(b"\xff\xfe")
    good, *bad = own_presets()
    assert good.preset is not None
    assert (good.name, good.preset.title, good.problem) == ("a", "My circle.", "")
    assert good.preset.lead == Lead("Mine")
    assert good.preset.experiment.data.name == "circle"
    assert [entry.preset for entry in bad] == [None] * 3
    for entry, said in zip(
        bad, ("data.name: invalid value", "unknown key", "not a text"), strict=True
    ):
        assert entry.problem.startswith(str(folder / f"{entry.name}.toml"))
        assert said in entry.problem


def test_without_a_folder_there_are_no_own_presets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSBOX_CONFIG", str(tmp_path / "none"))
    assert own_presets() == ()


def test_a_preset_is_opened_as_an_experiment_like_any(folder: Path):
    file = folder / "x.toml"
    file.write_text('[preset]\ntitle = "X"\n[data]\nname = "xor"\n')
    assert read_experiment(file).data.name == "xor"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (3, "expected a table"),
        ({"colour": "red"}, "unknown key 'preset.colour'"),
        ({"title": 3}, "preset.title: invalid value 3; expected a text"),
        ({"panels": "plane"}, "expected a list of texts"),
    ],
)
def test_what_a_preset_cannot_say_of_itself_is_named(table: object, said: str):
    with pytest.raises(ExperimentError, match=said):
        lead_of(table)
