"""Classes follow what the outputs of a network stand for."""

import numpy as np
import pytest

from core.data.dataset import Dataset, Split
from core.data.outputs import with_outputs
from core.experiment.model import DataSettings
from core.values.errors import ExperimentError

THREE = Dataset(
    "made",
    Split(np.zeros((4, 2), np.float32), np.array([0, 1, 2, 1], np.int32)),
    Split(np.zeros((3, 2), np.float32), np.array([2, 0, 1], np.int32)),
    ("a", "b", "c"),
)


def test_classes_are_renumbered_as_the_outputs_stand():
    turned = with_outputs(THREE, (1, 2, 0))
    assert turned.class_names == ("b", "c", "a")
    np.testing.assert_array_equal(turned.train.labels, [2, 0, 1, 0])
    np.testing.assert_array_equal(turned.test.labels, [1, 2, 0])
    assert turned.test.labels.dtype == np.int32


def test_an_output_that_stands_for_nothing_is_a_class_without_examples():
    padded = with_outputs(THREE, (-1, 0, 1, 2))
    assert padded.n_classes == padded.n_outputs == 4
    assert set(padded.train.labels) == {1, 2, 3}


def test_one_output_asks_whether_it_is_that_class():
    asked = with_outputs(THREE, (1,))
    assert asked.class_names == ("b", "not b")
    assert asked.output_names == ("b",)
    np.testing.assert_array_equal(asked.train.labels, [1, 0, 1, 0])


@pytest.mark.parametrize(
    "outputs", [(0, 1), (0, 0), (-1,), (10,), (0, 1, 2, 3, 4, 5, 6, 7, 8, 10), (-2,)]
)
def test_outputs_that_leave_a_class_out_are_refused(outputs: tuple[int, ...]):
    with pytest.raises(ExperimentError, match=r"data\.outputs: invalid value"):
        DataSettings(name="mnist", outputs=outputs)


def test_outputs_are_for_images():
    with pytest.raises(ExperimentError, match="only for images"):
        DataSettings(name="circle", outputs=(1,))
