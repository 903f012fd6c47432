import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from core.experiment.model import Experiment, NetworkSettings
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.session.document.commands import Situation
from gui.session.document.document import ExperimentDocument
from gui.session.document.layer_edit import LayerEdit, edited_values
from tests.gui.support.network_pictures import shown_panel
from tests.gui.support.plane_views import plane_view
from tests.gui.support.sample_views import sample_view

TANH = NetworkSettings(hidden=(8, 3), activation="tanh")


@pytest.mark.parametrize(
    ("edit", "hidden", "activation"),
    [
        (LayerEdit("units", 1, 1), [9, 3], "tanh"),
        (LayerEdit("units", 2, -10), [8, 1], "tanh"),
        (LayerEdit("insert", 0), [8, 8, 3], "tanh"),
        (LayerEdit("insert", 2), [8, 3, 3], "tanh"),
        (LayerEdit("remove", 1), [3], "tanh"),
        (LayerEdit("activation", 2, 0, "relu"), [8, 3], ["tanh", "relu"]),
    ],
)
def test_an_edit_changes_one_layer(
    edit: LayerEdit, hidden: list[int], activation: object
):
    values = edited_values(TANH, edit)
    assert values == {"network.hidden": hidden, "network.activation": activation}
    Experiment(network=TANH).with_values(values)


def test_the_last_layer_can_be_removed_and_a_first_one_added():
    one = NetworkSettings(hidden=(5,), activation="relu")
    values = edited_values(one, LayerEdit("remove", 1))
    none = Experiment(network=one).with_values(values).network
    assert none.hidden == ()
    values = edited_values(none, LayerEdit("insert", 0))
    assert values == {"network.hidden": [16], "network.activation": "relu"}


def test_what_is_not_possible_changes_nothing():
    assert edited_values(TANH, LayerEdit("remove", 3)) == {}
    one = dataclasses.replace(TANH, hidden=(1,))
    assert edited_values(one, LayerEdit("units", 1, -1)) == {}
    # Chosen for a hidden layer that has been removed meanwhile.
    assert edited_values(TANH, LayerEdit("activation", 3, 0, "leaky-relu")) == {}


@pytest.mark.parametrize("layer_shown", [2, 3, 4])
def test_the_outputs_activation_is_a_key_of_its_own_at_any_depth(layer_shown: int):
    edit = LayerEdit("output", layer_shown, 0, "softmax")
    assert edited_values(TANH, edit) == {"network.output": "softmax"}


def named(panel: NetworkPanel, name: str) -> QToolButton:
    found = [
        button
        for button in panel.strip.findChildren(QToolButton)
        if button.accessibleName() == name and button.isVisible()
    ]
    assert len(found) == 1, name
    return found[0]


def edit_by_click(panel: NetworkPanel, qtbot: QtBot, name: str) -> LayerEdit:
    with qtbot.waitSignal(panel.layers_edited) as made:
        QTest.mouseClick(named(panel, name), Qt.MouseButton.LeftButton)
    edit = made.args[0]
    assert isinstance(edit, LayerEdit)
    return edit


def test_plus_and_minus_stand_above_their_layers_for_points(qtbot: QtBot):
    panel = shown_panel(qtbot, plane_view(hidden=(4, 3)))
    panel.enter_workspace("playground")
    assert panel.strip.isVisible()
    more = edit_by_click(panel, qtbot, "Add a unit to hidden layer 2")
    assert more == LayerEdit("units", 2, 1)
    assert edit_by_click(panel, qtbot, "Remove a unit from hidden layer 1").count == -1
    layer = edit_by_click(panel, qtbot, "Add a hidden layer before the output")
    assert layer == LayerEdit("insert", 2)
    layout = panel.canvas.layout_shown
    assert layout is not None
    button = named(panel, "Add a unit to hidden layer 2")
    x = button.mapTo(panel.strip, button.rect().center()).x()
    assert abs(x - layout.columns[2].x) < 40


def test_the_editor_of_points_is_open_where_they_are_tried_out(qtbot: QtBot):
    panel = shown_panel(qtbot, plane_view(hidden=(4, 3)))
    for workspace in ("train", "batch", "playground", "batch"):
        panel.enter_workspace(workspace)
        assert panel.strip.isVisible() is (workspace == "playground")
    panel._edit.click()
    for workspace in ("train", "batch"):
        panel.enter_workspace(workspace)
        assert panel.strip.isVisible()


def test_the_editor_of_images_is_opened_by_its_button(qtbot: QtBot):
    panel = shown_panel(qtbot, sample_view())
    assert not panel.strip.isVisible()
    QTest.mouseClick(panel._edit, Qt.MouseButton.LeftButton)
    assert panel.strip.isVisible()


def test_edits_that_come_faster_than_the_network_add_up_and_can_be_undone():
    document = ExperimentDocument()
    document.start_over(Experiment(network=TANH), "start")
    announced: list[Situation] = []
    document.situation_changed.connect(announced.append)
    for _ in range(3):
        document.edit_layers(LayerEdit("units", 1, 1))
    hidden = [wanted.experiment.network.hidden for wanted in announced]
    assert hidden == [(9, 3), (10, 3), (11, 3)]
    assert document.undo_stack.undo_text == "hidden layers"
    document.undo_stack.undo()
    assert document.experiment.network.hidden == (10, 3)


def test_the_buttons_stay_over_their_layers_in_another_size(qtbot: QtBot):
    panel = shown_panel(qtbot, plane_view())
    panel.enter_workspace("playground")
    for width in (900, 640):
        panel.resize(width, 500)
        columns = panel.canvas.layout_shown.columns[1:]
        middles = [group.geometry().center().x() for group in panel.strip._groups]
        assert middles == pytest.approx([column.x for column in columns], abs=2)
