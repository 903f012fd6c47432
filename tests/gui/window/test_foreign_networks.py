"""Networks of other programs open in the window as they read their inputs."""

from pathlib import Path

import numpy as np
import pytest

from gui.window.workspaces import WORKSPACES
from tests.core.support.foreign_networks import (
    RIGHT,
    RIGHT_WHEN_SAID,
    network,
    write_sample,
)
from tests.gui.support.whole_window import Glass, GlassMaker


@pytest.fixture
def window(glass: GlassMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Glass:
    monkeypatch.setenv("GLASSBOX_DATA", str(write_sample(tmp_path / "mnist")))
    return glass()


def drop(window: Glass, name: str) -> None:
    window.drop(network(name))
    window.wait_for_run(after=1)
    window.wait_until(lambda: name in window.says)


def right(window: Glass) -> int:
    window.wait_until(lambda: window.view.evaluation is not None)
    evaluation = window.view.evaluation
    assert evaluation is not None
    labels = window.view.run.dataset.test.labels
    return int(np.count_nonzero(evaluation.predicted == labels))


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("normalised_deep.pt", "Inputs: (x - 0.1307) / 0.3081, upright, found by"),
        ("keras_batchnorm.keras", "is folded into the layer beside it"),
    ],
)
def test_a_dropped_network_shows_what_its_own_library_counts(
    window: Glass, name: str, what: str
) -> None:
    drop(window, name)
    assert what in window.says
    assert "--set" not in window.says
    assert right(window) == RIGHT[name]


def test_every_workspace_shows_a_network_that_asks_one_question(window: Glass) -> None:
    drop(window, "is_it_a_3.safetensors")
    assert window.view.run.dataset.class_names == ("not 3", "3")
    for step, workspace in enumerate(WORKSPACES, 1):
        window.show_workspace(workspace.key)
        window.session.take_steps(1)
        window.rest_at(step)
    assert window.view.spec.n_outputs == 1


def test_what_outputs_stand_for_goes_with_the_data(window: Glass) -> None:
    drop(window, "labels_from_1.safetensors")
    assert window.session.experiment.data.outputs == (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
    window.session.document.edit({"data.name": "xor"})
    window.wait_for_run(after=2)
    assert window.session.experiment.data.outputs == ()


def test_where_several_readings_fit_the_user_chooses_in_a_table(window: Glass) -> None:
    drop(window, "minus1to1.safetensors")
    assert "not certain" in window.says
    button = window.window.message_bar._offer_button
    assert button.text() == "Choose reading…"
    button.click()
    dialog = window.window.openings.readings.dialog
    assert dialog is not None
    titles = [dialog.table.item(k, 1).text() for k in range(dialog.table.rowCount())]
    assert titles[0] == "0..1, upright"
    row = titles.index("-1..1, upright")
    assert dialog.table.item(row, 0).text().startswith("\N{MINUS SIGN}1 to 1")
    dialog.table.selectRow(row)
    run = window.run_id
    dialog.read_button.click()
    window.wait_for_run(after=run)
    assert right(window) == RIGHT_WHEN_SAID["minus1to1.safetensors", "-1..1", ""]
    window.wait_until(lambda: window.window.openings.readings.dialog is None)


def test_another_activation_that_fits_as_well_is_chosen_in_the_table(
    window: Glass,
) -> None:
    drop(window, "gelu_deep.pt")
    window.window.message_bar._offer_button.click()
    dialog = window.window.openings.readings.dialog
    assert dialog is not None
    dialog.activation.setCurrentIndex(dialog.activation.findData("gelu"))
    run = window.run_id
    dialog.read_button.click()
    window.wait_for_run(after=run)
    assert window.view.spec.activations == ("gelu", "gelu", "softmax")
    assert right(window) == RIGHT_WHEN_SAID["gelu_deep.pt", "", "gelu"]
