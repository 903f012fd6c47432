"""Views of points in the plane with a network that a test chooses."""

import numpy as np
from pytestqt.qtbot import QtBot

from core.arrays import HostParams
from core.data.load import load_dataset
from core.experiment.model import (
    DataSettings,
    Experiment,
    NetworkSettings,
    TrainingSettings,
)
from core.protocol.snapshot import Snapshot
from gui.panels.playground.plane_panel import PlanePanel
from gui.session.metrics_log import MetricsLog
from gui.session.session_state import first_example
from gui.session.view_state import Run, ShownExample, View, resolve
from tests.gui.support.drawn_elsewhere import wait_until_drawn
from tests.gui.support.sample_views import sample_params

F32 = np.float32
CIRCLE = DataSettings(name="circle")


def plane_view(
    data: DataSettings = CIRCLE,
    hidden: tuple[int, ...] = (4, 3),
    params: HostParams | None = None,
    example: ShownExample | None = None,
    output: str = "softmax",
    loss: str = "cross-entropy",
) -> View:
    dataset = load_dataset(data)
    network = NetworkSettings(hidden=hidden, activation="tanh", output=output)
    training = TrainingSettings(loss=loss)
    experiment = Experiment(data, network, training)
    spec = network.spec(dataset.n_inputs, dataset.n_outputs)
    run = Run(5, experiment, spec, dataset, "cpu", MetricsLog())
    params = sample_params(spec) if params is None else params
    snapshot = Snapshot(5, 12, 25, params)
    return resolve(run, snapshot, example or first_example(dataset))


def half_planes(slope: float = 40.0) -> HostParams:
    """Blue where x1 > 0, orange elsewhere, for a network without hidden layers."""
    weights = np.array([[-slope, 0], [slope, 0]], F32)
    return ((weights, np.zeros(2, F32)),)


def shown_panel(qtbot: QtBot, view: View) -> PlanePanel:
    panel = PlanePanel()
    qtbot.addWidget(panel)
    panel.resize(420, 480)
    panel.show()
    panel.set_view(view)
    wait_until_drawn(panel.canvas, panel.line)
    return panel
