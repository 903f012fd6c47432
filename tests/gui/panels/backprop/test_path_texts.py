"""The whole ways from a unit to the cost add up to its derivative."""

import math
from dataclasses import replace

import numpy as np
import pytest

from core.experiment.model import Experiment, NetworkSettings, TrainingSettings
from core.values.parameter import Parameter
from gui.panels.backprop.formula_page import Formula, Heading, Table
from gui.panels.backprop.formula_texts import page_of
from gui.panels.backprop.forward_backward import ForwardBackward, chosen_units
from gui.panels.backprop.path_texts import path_blocks, path_product, paths_from
from gui.session.example_backward import backward_of
from gui.session.view_state import View, resolve
from gui.style.number_format import MINUS
from gui.style.number_input import parse_number
from tests.gui.support.sample_views import preset_view, sample_params, sample_view


def small_view(output: str = "sigmoid", loss: str = "squared-error") -> View:
    """784-4-1-1-10: ten paths lead from a unit of layer 1 to the cost."""
    old = sample_view()
    network = NetworkSettings(hidden=(4, 1, 1), activation="tanh", output=output)
    spec = network.spec(784, 10)
    training = TrainingSettings(loss=loss)
    run = replace(
        old.run,
        experiment=Experiment(old.run.experiment.data, network, training),
        spec=spec,
    )
    snapshot = replace(old.snapshot, params=sample_params(spec), gradient=None)
    return resolve(run, snapshot, old.example)


def ways_of(view: View) -> ForwardBackward:
    backward = backward_of(view)
    return ForwardBackward(view, backward, chosen_units(view, backward, {}))


@pytest.mark.parametrize("view", [small_view(), small_view("softmax", "cross-entropy")])
def test_the_paths_add_up_to_the_derivative(view: View) -> None:
    passes = ways_of(view)
    assert passes.backward is not None
    paths = paths_from(passes, 1)
    assert paths == [(0, 0, k) for k in range(10)]
    products = [path_product(passes, passes.backward, 1, 3, path) for path in paths]
    total = float(passes.backward.activation_gradients[0][3])
    assert sum(products) == pytest.approx(total, rel=1e-4)
    blocks = path_blocks(passes, passes.backward, 1, 3, fused=False)
    (table,) = [block for block in blocks if isinstance(block, Table)]
    *printed, last = [float(row[1].replace(MINUS, "-")) for row in table.rows]
    assert sum(printed) == pytest.approx(last, abs=1e-9)
    assert table.rows[0][0].count("→") == 2


def test_the_one_way_of_the_chain_is_one_line_that_multiplies_out() -> None:
    selection = Parameter(1, 0, 0)
    view = preset_view("chain", selection)
    passes = ways_of(view)
    page = page_of(passes, selection, None)
    at = page.index(Heading("The complete path"))
    formula = page[at + 1]
    assert isinstance(formula, Formula)
    result, *factors = [parse_number(p.number) for p in formula.parts if p.number]
    assert len(factors) == 5
    assert math.prod(factors) == pytest.approx(result, rel=6e-4)
    assert passes.backward is not None
    wanted = float(passes.backward.activation_gradients[0][0])
    assert result == pytest.approx(wanted, rel=6e-4)
    symbols = [p.plain for p in formula.parts if p.under]
    assert symbols == [
        *("∂C/∂a⁽¹⁾₀", "∂z⁽²⁾₀/∂a⁽¹⁾₀", "∂a⁽²⁾₀/∂z⁽²⁾₀"),
        *("∂z⁽³⁾₀/∂a⁽²⁾₀", "∂a⁽³⁾₀/∂z⁽³⁾₀", "∂C/∂a⁽³⁾₀"),
    ]


def test_where_there_are_many_paths_each_layer_adds_up_by_itself() -> None:
    view = sample_view()
    passes = ways_of(view)
    assert passes.backward is not None
    assert path_blocks(passes, passes.backward, 1, 3, fused=True) == []
    assert path_blocks(passes, passes.backward, 2, 3, fused=True) == []
    products = view.params[1][0][:, 3] * passes.backward.deltas[1]
    total = passes.backward.activation_gradients[0][3]
    assert float(np.sum(products)) == pytest.approx(float(total), rel=1e-4)
