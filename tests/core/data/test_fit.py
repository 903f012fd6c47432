"""Numbers in the units of a table."""

import pytest

from core.data.fit import own_figure


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.12346, "0.1235"),
        (12.345, "12.35"),
        (9876.4, "9876"),
        (188_812.0, "188,800"),
        (-14_015.3, "-14,020"),
        (3.2e13, "3.2e+13"),
    ],
)
def test_a_number_of_a_table_is_written_as_people_write_it(
    value: float, text: str
) -> None:
    assert own_figure(value) == text
