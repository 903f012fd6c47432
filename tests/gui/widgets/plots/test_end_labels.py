"""Names beside the ends of curves stand apart and within the plot."""

from gui.widgets.plots.end_labels import pushed_apart


def test_labels_that_are_apart_stay_at_their_ends():
    assert pushed_apart([10, 80], 17, 0, 100) == [10, 80]


def test_two_ends_at_one_height_are_named_below_each_other():
    assert pushed_apart([50, 50], 17, 0, 100) == [50, 67]


def test_labels_at_the_bottom_are_pushed_up():
    assert pushed_apart([99, 100], 17, 0, 100) == [83, 100]


def test_the_higher_end_keeps_the_higher_label():
    assert pushed_apart([60, 55], 17, 0, 100) == [72, 55]
