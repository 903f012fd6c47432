import numpy as np

from gui.widgets.probability_bars import figure, output_range

F32 = np.float32


def test_figures_are_percentages_only_where_outputs_sum_to_one():
    assert figure("softmax", 0.9312) == "93.1 %"
    assert figure("sigmoid", 0.9312).strip("\N{FIGURE SPACE}") == "0.931"
    assert figure("tanh", -0.5) == "\N{MINUS SIGN}0.500"
    assert figure("softmax", float("nan")) == "nan"


def test_unbounded_outputs_span_their_own_largest_size():
    assert output_range("identity", np.asarray([0.5, -4.0], F32)) == (-4.0, 4.0)
    assert output_range("identity", np.asarray([0.0, np.inf], F32)) == (-1.0, 1.0)
    assert output_range("tanh", np.asarray([0.1], F32)) == (-1.0, 1.0)
