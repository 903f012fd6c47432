import numpy as np

from core.protocol.messages import Evaluated
from gui.panels.gallery.example_filter import ExampleFilter, matching, nearest_position

LABELS = np.asarray([0, 1, 2, 0, 1, 2], np.int32)
READ = Evaluated(
    1,
    50,
    0.5,
    4 / 6,
    np.asarray([0, 2, 2, 1, 1, 2], np.int32),
    np.asarray([0.9, 0.4, 0.8, 0.3, 0.7, 0.4], np.float32),
)


def shown(chosen: ExampleFilter, evaluation: Evaluated | None = READ) -> list[int]:
    return matching(chosen, LABELS, evaluation).tolist()


def test_everything_passes_by_default_in_the_order_of_the_split():
    assert shown(ExampleFilter()) == [0, 1, 2, 3, 4, 5]


def test_wrong_and_right_are_told_apart():
    assert shown(ExampleFilter("wrong")) == [1, 3]
    assert shown(ExampleFilter("right")) == [0, 2, 4, 5]


def test_true_class_and_guess_combine():
    assert shown(ExampleFilter(true_class=1)) == [1, 4]
    assert shown(ExampleFilter(guess=2)) == [1, 2, 5]
    assert shown(ExampleFilter("wrong", true_class=1, guess=2)) == [1]


def test_sorting_by_confidence_keeps_equal_ones_in_order():
    assert shown(ExampleFilter(sorting="least sure")) == [3, 1, 5, 4, 2, 0]
    assert shown(ExampleFilter(sorting="most sure")) == [0, 2, 4, 1, 5, 3]


def test_without_an_evaluation_only_true_classes_can_be_asked_for():
    assert shown(ExampleFilter(true_class=2), None) == [2, 5]
    assert shown(ExampleFilter("wrong"), None) == []
    assert shown(ExampleFilter(guess=1), None) == []
    assert shown(ExampleFilter(sorting="most sure"), None) == [0, 1, 2, 3, 4, 5]


def test_the_nearest_position_of_a_missing_index_is_where_it_would_stand():
    order = np.asarray([1, 4, 9], np.int32)
    assert [nearest_position(order, k) for k in (0, 4, 5, 20)] == [0, 1, 2, 3]
