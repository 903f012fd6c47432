"""Edits of layers, as values."""

from core.experiment.model import NetworkSettings
from gui.session.document.layer_edit import LayerEdit, edited_values


def test_one_edit_gives_every_hidden_layer_the_activation():
    network = NetworkSettings(hidden=(8, 4, 2), activation=("relu", "tanh", "sigmoid"))
    found = edited_values(network, LayerEdit("all", 1, 0, "relu"))
    assert found == {"network.hidden": [8, 4, 2], "network.activation": "relu"}
    again = NetworkSettings(hidden=(8, 4, 2), activation="relu")
    assert edited_values(again, LayerEdit("all", 1, 0, "relu")) == {}
    assert (
        edited_values(NetworkSettings(hidden=()), LayerEdit("all", 1, 0, "relu")) == {}
    )
