import pytest
from PySide6.QtWidgets import QApplication

from gui.widgets.plots.value_axis import ValueAxis


@pytest.mark.parametrize(
    ("low", "high"), [(10.21, 10.25), (0.0, 1.0), (99.999, 100.001), (-5.002, -5.0)]
)
def test_no_two_ticks_have_the_same_label(
    qapp: QApplication, low: float, high: float
) -> None:
    axis = ValueAxis()
    ((spacing, values),) = axis.tickValues(low, high, 150)
    labels = axis.tickStrings(values, 1.0, spacing)
    assert len(set(labels)) == len(labels) >= 2
    for label, value in zip(labels, values, strict=True):
        read = float(label.replace("\N{MINUS SIGN}", "-"))
        assert read == pytest.approx(value, abs=0.01 * spacing)
