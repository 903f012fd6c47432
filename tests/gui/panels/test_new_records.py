"""A new activation or loss is one entry: every panel shows it."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from core.experiment.model import NetworkSettings, TrainingSettings
from core.network.numpy.activations.table import ACTIVATIONS, hidden_activations
from core.values.parameter import Unit
from gui.panels.backprop.backprop_panel import BackpropPanel
from gui.panels.backprop.formula_page import to_text
from gui.panels.backprop.formula_panel import FormulaPanel
from gui.panels.backprop.typesetter import Setting, set_formula
from gui.panels.experiment_form.choice_plots import plot_of_activation, plot_of_loss
from gui.panels.experiment_form.editors import ChoiceBox
from gui.panels.experiment_form.layer_list import LayerList
from gui.panels.experiment_form.training_section import TrainingSection
from gui.panels.number_lines.number_lines_panel import NumberLinesPanel
from gui.session.view_state import View, resolve
from tests.core.support.made_up_records import LOG_COSH, SOFTSIGN, made_up
from tests.gui.support.network_pictures import shown_panel
from tests.gui.support.sample_views import sample_params, sample_view

__all__ = ["made_up"]


def view_of(activation: str, output: str, loss: str) -> View:
    """The sample pictures through another network."""
    old = sample_view()
    network = NetworkSettings(hidden=(16, 16), activation=activation, output=output)
    spec = network.spec(784, 10)
    experiment = replace(
        old.run.experiment, network=network, training=TrainingSettings(loss=loss)
    )
    run = replace(old.run, experiment=experiment, spec=spec)
    snapshot = replace(old.snapshot, params=sample_params(spec))
    return resolve(run, snapshot, old.example, selection=Unit(1, 3))


@pytest.fixture
def made_up_view(made_up: None) -> View:
    return view_of(SOFTSIGN.name, SOFTSIGN.name, LOG_COSH.name)


def test_the_panels_of_the_way_back_draw_a_new_record(
    qtbot: QtBot, made_up_view: View
) -> None:
    panels = (FormulaPanel(), BackpropPanel(), NumberLinesPanel())
    for panel in panels:
        qtbot.addWidget(panel)
        panel.resize(700, 600)
        panel.show()
        panel.set_view(made_up_view)
        panel.grab()
    text = to_text(panels[0]._page)
    assert SOFTSIGN.formula in text
    assert SOFTSIGN.slope_formula in text


def test_the_network_picture_draws_a_new_record(
    qtbot: QtBot, made_up_view: View
) -> None:
    panel = shown_panel(qtbot, made_up_view)
    scene = panel.canvas.grab()
    assert not scene.isNull()


def test_the_form_offers_a_new_record_with_its_curve(
    qtbot: QtBot, made_up: None
) -> None:
    layers, section = LayerList(), TrainingSection()
    for widget in (layers, section):
        qtbot.addWidget(widget)
    layers.show_layers(NetworkSettings(activation=SOFTSIGN.name), 10)
    layers.show()
    box = layers._rows[0].activation
    assert box.currentText() == SOFTSIGN.title
    assert SOFTSIGN.note in box.meaning
    menu = layers.findChild(QToolButton, "activation cards").menu()
    menu.triggered.emit(menu.actions()[list(ACTIVATIONS).index(SOFTSIGN.name)])
    assert layers._card.isVisible()
    assert layers._card.title.text() == "Soft sign"
    layers._card.hide()
    losses = [b for b in section.findChildren(ChoiceBox) if b.findData("hinge") >= 0]
    assert losses[0].findText(LOG_COSH.title) >= 0
    plot = plot_of_loss(LOG_COSH, 0.5)
    assert plot.y.min() >= plot.heights[0]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_has_a_finite_curve_within_its_heights(name: str) -> None:
    plot = plot_of_activation(ACTIVATIONS[name])
    assert plot.heights[0] < plot.y.min()
    assert plot.y.max() < plot.heights[1]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_formula_can_be_typeset(qtbot: QtBot, name: str) -> None:
    for latex in (ACTIVATIONS[name].latex, ACTIVATIONS[name].slope_latex):
        assert set_formula(Setting(latex, 16, "#000000", 1.0)).width() > 16


@pytest.mark.parametrize("name", hidden_activations())
def test_every_hidden_activation_is_told_with_its_slope(
    qtbot: QtBot, name: str
) -> None:
    panel = FormulaPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_view(view_of(name, "softmax", "cross-entropy"))
    text = to_text(panel._page)
    assert ACTIVATIONS[name].formula in text
    assert ACTIVATIONS[name].slope_formula in text
