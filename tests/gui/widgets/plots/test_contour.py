import numpy as np

from gui.widgets.plots.contour import zero_lines


def grid(side: int) -> tuple[np.ndarray, np.ndarray]:
    middles = ((np.arange(side) + 0.5) / side).astype(np.float32)
    return np.meshgrid(middles, middles)


def test_the_zero_line_of_a_disc_is_its_circle():
    x, y = grid(80)
    pieces = zero_lines(np.hypot(x - 0.5, y - 0.5) - np.float32(0.3))
    ends = pieces.reshape(-1, 2) - 0.5
    np.testing.assert_allclose(np.hypot(*ends.T), 0.3, atol=2e-4)
    length = np.linalg.norm(pieces[:, :2] - pieces[:, 2:], axis=1).sum()
    np.testing.assert_allclose(length, 2 * np.pi * 0.3, rtol=1e-3)


def test_a_slanted_line_is_found_exactly():
    x, y = grid(25)
    pieces = zero_lines((x + 2 * y - 1.1).astype(np.float32))
    ends = pieces.reshape(-1, 2)
    np.testing.assert_allclose(ends[:, 0] + 2 * ends[:, 1], 1.1, atol=1e-6)


def test_a_saddle_gives_two_lines_that_do_not_cross():
    values = np.array([[1, -1], [-1, 1]], np.float32)
    for middle in (1, -3):
        values[0, 0] = middle if middle > 0 else 1
        values[0, 1] = -1 if middle > 0 else -4
        assert zero_lines(values).shape == (2, 4)


def test_nothing_crosses_where_all_have_one_sign_or_are_no_numbers():
    assert zero_lines(np.ones((4, 5), np.float32)).shape == (0, 4)
    assert zero_lines(np.full((4, 5), np.nan, np.float32)).shape == (0, 4)


def test_lines_that_are_apart_are_not_joined():
    x, _ = grid(40)
    pieces = zero_lines(np.sin(12 * np.pi * x).astype(np.float32))
    assert (np.abs(pieces[:, 1] - pieces[:, 3]) < 0.03).all()
    assert len({round(float(end), 3) for end in pieces[:, 0]}) == 11


def test_a_row_or_a_point_has_no_zero_line():
    for shape in ((1, 5), (5, 1), (1, 1)):
        assert zero_lines(np.ones(shape, np.float32)).shape == (0, 4)
