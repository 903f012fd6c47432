"""A chosen preset shows the workspace and the sentence of its point."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from core.cli.options import ExperimentOptions
from core.experiment.presets import load_preset, preset_names
from core.platform.user_folders import config_folder
from gui.__main__ import leading_preset
from gui.window.presets import PresetMenu
from tests.gui.support.whole_window import GlassMaker


def test_a_preset_leads_to_its_workspace_and_says_its_point(glass: GlassMaker):
    window = glass()
    main = window.window
    main.show_workspace("train")
    window.session.take_steps(3)
    window.rest_at(3)
    menu = main.findChild(PresetMenu)
    assert isinstance(menu, PresetMenu)
    actions = [a for a in menu.actions() if not a.isSeparator()]
    assert len(actions) == len(preset_names())
    (chosen,) = [a for a in actions if a.text() == "The perceptron (perceptron)"]
    chosen.trigger()
    window.wait_for_run(after=1)

    preset = load_preset("perceptron")
    assert window.session.experiment == preset.experiment
    assert main.layouts.current == "playground"
    assert main.docks["plane"].isVisible()
    assert window.step == 0
    assert main.message_bar.text == f"The perceptron: {preset.title}"


def test_a_start_with_a_preset_leads_as_choosing_it_does(glass: GlassMaker):
    window = glass("perceptron", preset="perceptron")
    main = window.window

    assert main.layouts.current == "playground"
    assert main.docks["plane"].isVisible()
    preset = load_preset("perceptron")
    assert main.message_bar.text == f"The perceptron: {preset.title}"
    header = main.docks["curves"].header
    assert header.help.isVisible()
    header.help.click()
    assert main.panel_help.card is not None
    assert main.panel_help.card.title.text() == "Curves"


@pytest.mark.parametrize(
    ("options", "leading"),
    [
        (ExperimentOptions(preset="xor"), "xor"),
        (ExperimentOptions(preset="xor", experiment=Path("own.toml")), ""),
        (ExperimentOptions(preset="xor", weights=Path("own.npz")), ""),
        (ExperimentOptions(), ""),
    ],
)
def test_a_preset_leads_unless_a_file_is_what_is_shown(
    options: ExperimentOptions, leading: str
):
    assert leading_preset(options) == leading


def test_own_presets_stand_in_the_menu_and_the_list_and_say_what_is_wrong(
    glass: GlassMaker,
):
    window = glass()
    main = window.window
    folder: Path = config_folder() / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mine.toml").write_text(
        '# Two spirals of mine.\n[preset]\nworkspace = "playground"\n'
        '[data]\nname = "spiral"\n'
    )
    (folder / "bad.toml").write_text('[data]\nname = "nothing"\n')
    menu = main.findChild(PresetMenu)
    assert isinstance(menu, PresetMenu)
    menu.fill()
    by_text = {action.text(): action for action in menu.actions()}
    by_text["bad (cannot be read)"].trigger()
    assert "bad.toml: line 2: data.name: invalid value" in main.message_bar.text
    by_text["mine"].trigger()
    window.wait_for_run(after=1)
    assert window.session.experiment.data.name == "spiral"
    assert main.message_bar.text == "mine: Two spirals of mine."
    box = main.panels["experiment"].window().findChild(QComboBox, "preset")
    box.opening.emit()
    assert box.findText("mine") == len(preset_names())


def test_the_words_of_a_preset_go_when_its_experiment_is_changed(
    glass: GlassMaker,
) -> None:
    window = glass()
    document = window.session.document
    document.choose_preset("worked-example", load_preset("worked-example").experiment)
    window.wait_for_run(after=1)
    window.wait_until(lambda: "learning rate 1" in window.says)
    document.edit({"training.learning_rate": 0.1})
    assert window.says == ""
