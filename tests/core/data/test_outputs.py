"""Classes follow what the outputs of a network stand for."""

from dataclasses import replace

import numpy as np
import pytest

from core.data.dataset import Dataset, Split
from core.data.load import load_dataset
from core.data.outputs import with_outputs
from core.experiment.effects import without_effect
from core.experiment.model import ONE_OUTPUT, DataSettings, Experiment
from core.experiment.presets import load_preset
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
    assert asked.class_names == ("not b", "b")
    assert asked.output_names == ("b",)
    np.testing.assert_array_equal(asked.train.labels, [0, 1, 0, 1])


def test_one_output_for_two_classes_leaves_them_as_they_are():
    two = replace(load_dataset(DataSettings(name="circle")), class_names=("no", "yes"))
    asked = with_outputs(two, ONE_OUTPUT)
    assert asked.class_names == ("no", "yes")
    assert asked.output_names == ("yes",)
    assert (asked.n_classes, asked.n_outputs) == (2, 1)
    np.testing.assert_array_equal(asked.train.labels, two.train.labels)
    assert load_dataset(DataSettings(name="circle", outputs=ONE_OUTPUT)).n_outputs == 1


@pytest.mark.parametrize(
    "outputs", [(0, 1), (0, 0), (-1,), (10,), (0, 1, 2, 3, 4, 5, 6, 7, 8, 10), (-2,)]
)
def test_outputs_that_leave_a_class_out_are_refused(outputs: tuple[int, ...]):
    with pytest.raises(ExperimentError, match=r"data\.outputs: invalid value"):
        DataSettings(name="mnist", outputs=outputs)


@pytest.mark.parametrize("name", ["rings", "sine", "plane"])
def test_one_output_is_for_two_classes(name: str):
    with pytest.raises(ExperimentError, match="only for images and for data with two"):
        DataSettings(name=name, outputs=ONE_OUTPUT)


@pytest.mark.parametrize("outputs", [(0,), (0, 1), (1, 0)])
def test_two_classes_keep_their_numbers(outputs: tuple[int, ...]):
    with pytest.raises(ExperimentError, match=r"expected \[1\] for one output"):
        DataSettings(name="circle", outputs=outputs)


def test_clouds_of_two_classes_may_have_one_output_and_of_three_not():
    assert (
        DataSettings(name="clouds", classes=2, outputs=ONE_OUTPUT).shape.n_outputs == 1
    )
    with pytest.raises(ExperimentError, match="two classes"):
        DataSettings(name="clouds", outputs=ONE_OUTPUT)


def test_own_examples_of_two_classes_may_have_one_output():
    data = DataSettings(
        name="inline",
        inputs=((0.0, 1.0), (1.0, 0.0)),
        labels=(0, 1),
        outputs=ONE_OUTPUT,
    )
    dataset = load_dataset(data)
    assert (data.shape.n_outputs, dataset.n_outputs) == (1, 1)
    assert dataset.class_names == ("0", "1")


def test_one_output_has_an_effect_on_points():
    assert "data.outputs" not in without_effect(load_preset("perceptron").experiment)


def test_softmax_over_one_output_is_refused():
    with pytest.raises(ExperimentError, match="always 1; use sigmoid"):
        Experiment(DataSettings(name="circle", outputs=ONE_OUTPUT))
