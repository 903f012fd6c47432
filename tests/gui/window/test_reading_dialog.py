"""The table of readings shows what the network receives of any kind of data."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.data.file import understand, usual_experiment
from core.data.load import load_dataset
from core.files.experiment_for_weights import experiment_on
from core.files.weights import load_weights
from core.readings.choice import ReadingChoice
from core.readings.opening import read_network
from gui.window.reading_dialog import ReadingDialog


def choice_on(folder: Path, x: np.ndarray) -> ReadingChoice:
    """The choice for a network that is no better than chance, of three classes."""
    labels = np.arange(len(x)) % 3
    np.savez(folder / "data.npz", x=x, y=labels)
    n_inputs = x[0].size
    random = np.random.default_rng(4)
    weight = random.normal(size=(3, n_inputs)).astype(np.float32)
    np.savez(folder / "net.npz", w1=weight, b1=np.zeros(3, np.float32))
    weights = load_weights(folder / "net.npz")
    understood = understand(usual_experiment(folder / "data.npz")).experiment
    experiment = experiment_on(understood.data, weights)
    assert experiment is not None
    choice = read_network(weights, experiment, load_dataset).choice
    assert choice is not None
    return choice


@pytest.mark.parametrize(
    ("shape", "picture", "title"),
    [
        ((3, 12, 16), (12, 16, 3), "0..1, upright, red then green then blue"),
        ((12, 16, 3), (12, 16, 3), "0..1, upright, colours pixel by pixel"),
        ((10, 14), (10, 14), "0..1, upright"),
        ((7,), (1, 7), "each column standardised"),
    ],
)
def test_each_reading_has_a_picture_of_what_is_received(
    shape: tuple[int, ...],
    picture: tuple[int, ...],
    title: str,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    random = np.random.default_rng(2)
    x = random.integers(0, 256, (60, *shape)).astype(np.uint8)
    data = x if len(shape) > 1 else 30 + 0.5 * x
    choice = choice_on(tmp_path, data)
    assert {row.picture.shape for row in choice.rows} == {picture}
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ReadingDialog("net.npz", choice, parent)
    first = dialog.table.item(0, 0)
    assert not first.icon().isNull()
    assert dialog.table.item(0, 1).text() == title
    assert dialog.table.rowCount() == len(choice.rows) > 1
    dialog.close()
