import re

import numpy as np
import pytest

from core.values.parameter import Parameter, Unit
from gui.panels.network_picture.readout import readout_lines
from gui.panels.network_picture.scene.quantity import edge_value, edge_values
from tests.gui.support.sample_views import sample_view


def numbers(text: str) -> list[float]:
    plain = text.replace("\N{MINUS SIGN}", "-").replace("- ", "-")
    return [float(found) for found in re.findall(r"-?\d+\.\d+(?:e-?\d+)?", plain)]


@pytest.mark.parametrize("layer", [1, 2, 3])
@pytest.mark.parametrize("unit", [0, 7])
def test_printed_sum_plus_printed_bias_is_the_printed_z(layer: int, unit: int):
    view = sample_view()
    lines = readout_lines(view, Unit(layer, unit))
    total, bias, z = numbers(lines[3])
    assert total + bias == pytest.approx(z, abs=1e-9)
    weights, biases = view.params[layer - 1]
    terms = weights[unit].astype(np.float64) * view.trace.layer(layer - 1)
    assert total == pytest.approx(float(terms.sum()), abs=1.5e-4)
    assert bias == pytest.approx(float(biases[unit]), abs=5.1e-5)
    assert numbers(lines[4])[-1] == pytest.approx(
        float(view.trace.layer(layer)[unit]), abs=5.1e-5
    )


def test_an_edge_says_weight_signal_and_nudge():
    view = sample_view()
    lines = readout_lines(view, Parameter(2, 5, 3))
    weight = float(view.params[1][0][5, 3])
    signal = weight * float(view.trace.layer(1)[3])
    assert view.nudges is not None
    assert lines[1] == "hidden 2 · unit 5 · from unit 3"
    assert numbers(lines[0])[0] == pytest.approx(weight, rel=1e-8)
    assert numbers(lines[2])[-1] == pytest.approx(signal, abs=5.1e-5)
    assert numbers(lines[3])[0] == pytest.approx(view.nudges[1][0][5, 3], rel=1e-3)


def test_an_input_says_row_column_and_value():
    view = sample_view()
    unit = int(np.argmax(view.trace.inputs))
    value, title = readout_lines(view, Unit(0, unit))
    assert title == f"pixel ({unit // 28}, {unit % 28})"
    told = float(value.removeprefix("value = "))
    assert told == pytest.approx(float(view.trace.inputs[unit]), rel=1e-8)


def test_a_bias_says_its_value_and_nudge():
    view = sample_view()
    lines = readout_lines(view, Parameter(3, 2))
    assert lines[1] == "output · unit 2 · bias"
    assert numbers(lines[0])[0] == pytest.approx(float(view.params[2][1][2]), rel=1e-8)


@pytest.mark.parametrize("quantity", ["weights", "nudges", "signal"])
def test_one_edge_agrees_with_the_whole_matrix(quantity: str):
    view = sample_view()
    values = edge_values(view, quantity, 2)  # type: ignore[arg-type]
    assert values is not None
    one = edge_value(view, quantity, Parameter(2, 5, 3))  # type: ignore[arg-type]
    assert one == pytest.approx(float(values[5, 3]))
