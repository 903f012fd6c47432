"""What the way back says of the losses that are no squares and no cross-entropy."""

from dataclasses import replace

import jax.numpy as jnp
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.network.jax.losses import example_losses
from core.network.numpy.backprop import Backward
from core.values.parameter import Parameter
from gui.panels.backprop.cost_texts import cost_texts
from gui.panels.backprop.formula_page import Part, to_text
from gui.panels.backprop.formula_panel import FormulaPanel
from gui.panels.backprop.forward_backward import ForwardBackward, chosen_units
from gui.panels.backprop.latex import latex_of
from gui.panels.backprop.stages import Stage
from gui.panels.backprop.unit_sheets import unit_sheet
from gui.session.example_backward import backward_of
from gui.session.view_state import View
from gui.style.checked_numbers import significant
from gui.style.number_format import MINUS
from tests.gui.support.sample_views import squared_view

ENDS = [
    ("perceptron", "step"),
    ("hinge", "identity"),
    ("margin", "softmax"),
    ("absolute-error", "tanh"),
]


def view_and_backward(loss: str, output: str) -> tuple[View, Backward]:
    view = squared_view(output, loss)
    backward = backward_of(view)
    assert backward is not None
    return view, backward


@pytest.mark.parametrize(("loss", "output"), ENDS)
def test_the_terms_on_the_screen_add_up_to_the_loss_that_trains(
    loss: str, output: str
) -> None:
    view, backward = view_and_backward(loss, output)
    z = jnp.asarray(view.trace.pre_activations[-1][None])
    label = jnp.asarray([view.example.label], jnp.int32)
    (trained,) = example_losses(loss, output, z, label)
    assert backward.cost == pytest.approx(float(trained), rel=1e-5)
    assert cost_texts(view).sentence


@pytest.mark.parametrize(("loss", "output"), ENDS)
def test_the_formula_of_an_output_says_where_its_derivative_comes_from(
    qtbot: QtBot, loss: str, output: str
) -> None:
    view, backward = view_and_backward(loss, output)
    panel = FormulaPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 500)
    panel.show()
    selection = Parameter(view.spec.n_layers, 3)
    panel.set_view(replace(view, selection=selection))
    text = to_text(panel._page)
    for word in cost_texts(view).gradient[0].split():
        letter = word.removeprefix(MINUS)
        assert {"t": "t₃", "a": "a⁽³⁾₃", "z": "z⁽³⁾₃"}.get(letter, word) in text
    wanted = backward.gradient_of(view.spec.n_layers, 3, None)
    line = f"as shown (float32)\t{significant(wanted, 9)}"
    assert line in text


@pytest.mark.parametrize(("loss", "output"), ENDS[:2])
def test_the_printed_target_is_the_t_of_the_printed_formula(
    loss: str, output: str
) -> None:
    view, backward = view_and_backward(loss, output)
    sheet = unit_sheet(
        ForwardBackward(view, backward, chosen_units(view, backward, {})),
        Stage("cost", view.spec.n_layers),
    )
    written, terms = (part.values for part in sheet.columns[-2:])
    z = view.trace.pre_activations[-1].astype(np.float64)
    beyond = 1 - written * z if loss == "hinge" else -written * z
    np.testing.assert_allclose(terms, np.maximum(0, beyond), rtol=1e-5)
    assert set(written.tolist()) == {-1.0, 1.0}
    assert backward.cost > 0


def test_signs_that_would_break_the_typesetter_stay_plain() -> None:
    assert latex_of(Part("t if t z < 1", "", "", "")) is None
