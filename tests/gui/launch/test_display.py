"""A display that cannot show the window is refused in words."""

import pytest

from gui.launch.display import DisplayError, check_depth


@pytest.mark.parametrize("depth", [15, 16, 24, 30, 32])
def test_a_display_with_true_colours_is_taken(depth: int) -> None:
    check_depth(depth)


def test_a_display_with_a_table_of_colours_is_refused_with_what_to_do() -> None:
    with pytest.raises(DisplayError, match=r"8 bits for each pixel.*24 bits"):
        check_depth(8)
