"""Data without test examples are tested on the training examples, and it says so."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from core.data.load import load_dataset
from core.experiment.model import Experiment
from core.network.numpy.forward import forward_trace
from core.protocol.messages import Evaluated
from core.protocol.snapshot import Snapshot
from core.values.parameter import Unit
from gui.panels.backprop.backprop_panel import BackpropPanel
from gui.panels.curves.curves_panel import CurvesPanel
from gui.panels.playground.hidden_space_panel import HiddenSpacePanel
from gui.panels.weight_images.unit_window import UnitWindow
from gui.session.metrics_log import MetricsLog
from gui.session.view_state import Run, ShownExample, View, resolve
from gui.widgets.plots.curve_plot import CurvePlot
from tests.gui.support.experiment_forms import Form
from tests.gui.support.sample_views import sample_params


@pytest.fixture
def view() -> View:
    experiment = Experiment().with_values(
        {
            "data.name": "inline",
            "data.inputs": [[0, 0], [1, 0], [0, 1], [1, 1]],
            "data.labels": [0, 1, 1, 0],
            "network.hidden": [3],
        }
    )
    dataset = load_dataset(experiment.data)
    run = Run(1, experiment, experiment.spec, dataset, "cpu", MetricsLog())
    params = sample_params(run.spec)
    example = ShownExample.of(dataset.test, 0, "test")
    trace = forward_trace(run.spec, params, example.inputs)
    told = np.full(4, trace.predicted, np.int32)
    run.metrics.add_evaluation(
        Evaluated(1, 0, 0.7, 0.5, told, np.full(4, 0.6, np.float32))
    )
    return resolve(run, Snapshot(1, 0, 1, params, playing=False), example)


def words(panel: QWidget) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


def test_no_curve_is_named_a_test(qtbot: QtBot, view: View) -> None:
    panel = CurvesPanel()
    qtbot.addWidget(panel)
    panel.resize(1280, 160)
    panel.show()
    panel.set_view(view)
    qtbot.waitUntil(lambda: len(panel.findChildren(CurvePlot)) == 2)
    ends = panel.findChildren(CurvePlot)[0]._ends
    qtbot.waitUntil(lambda: any(item.isVisible() for item in ends._items))
    assert [i.text() for i in ends._items if i.isVisible()] == ["all training"]


def test_the_form_counts_none_to_test(qtbot: QtBot, view: View) -> None:
    form = Form(qtbot, view.run.experiment)
    form.panel.set_view(view)
    assert "4 to train · none to test" in words(form.panel)


def test_the_shown_example_is_of_the_training_set(qtbot: QtBot, view: View) -> None:
    panel = BackpropPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_view(view)
    assert "example 0 of the training set" in words(panel)


def test_the_window_of_a_unit_calls_it_the_same(qtbot: QtBot, view: View) -> None:
    window = UnitWindow()
    qtbot.addWidget(window)
    window.set_view(view)
    window.show_unit(Unit(1, 0))
    assert window.sum_label.text().startswith("For example 0 of the training set: z")


def test_no_example_is_shown_twice(qtbot: QtBot, view: View) -> None:
    panel = HiddenSpacePanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_view(view)
    assert panel.toolTip() == "4 of 4 examples"
