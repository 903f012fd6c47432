"""A small loss is no zero, in the window as on the command line."""

import pytest

from core.cli.report import loss_text as told_by_a_command
from core.values.losses import printed_loss
from gui.style.number_format import loss_text as told_by_the_window


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0.0, "0.0000"),
        (3.9e-5, "3.9e-05"),
        (0.00012345, "0.000123"),
        (0.25, "0.2500"),
        (9999.0, "9999.0000"),
        (123456.0, "1.23e+05"),
    ],
)
def test_a_loss_has_decimals_or_significant_digits(loss: float, text: str) -> None:
    assert printed_loss(loss) == text
    assert told_by_a_command(loss) == text


def test_the_window_prints_the_same_figures_with_its_own_signs() -> None:
    assert told_by_the_window(0.00012345) == "0.000123"
    assert told_by_the_window(-0.25) == "−0.2500"
