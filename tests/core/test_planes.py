import numpy as np
import pytest

from core.data.planes import load_plane
from core.errors import DataError
from core.experiment.rules import PLANE_DATASETS


def points_of(name: str, noise: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    dataset = load_plane(name, noise=noise)
    return (
        np.concatenate([dataset.train.inputs, dataset.test.inputs]),
        np.concatenate([dataset.train.labels, dataset.test.labels]),
    )


@pytest.mark.parametrize("name", PLANE_DATASETS)
def test_half_of_500_points_train_and_both_classes_are_in_each_half(name: str):
    dataset = load_plane(name)
    assert (len(dataset.train), len(dataset.test)) == (250, 250)
    assert dataset.class_names == ("orange", "blue")
    assert dataset.input_names == ("x1", "x2")
    assert dataset.image_shape is None
    assert (dataset.n_inputs, dataset.n_classes) == (2, 2)
    for split in (dataset.train, dataset.test):
        assert split.inputs.dtype == np.float32
        assert split.labels.dtype == np.int32
        assert 80 < split.labels.sum() < 170


@pytest.mark.parametrize("name", PLANE_DATASETS)
def test_points_stay_in_the_plane_that_is_drawn_and_are_drawn_the_same(name: str):
    inputs, labels = points_of(name)
    again = points_of(name)
    assert np.abs(inputs).max() <= 6
    assert np.abs(inputs).max() > 3
    np.testing.assert_array_equal(inputs, again[0])
    np.testing.assert_array_equal(labels, again[1])


def test_circle_is_a_blue_disc_in_an_orange_ring():
    inputs, labels = points_of("circle")
    radius = np.hypot(inputs[:, 0], inputs[:, 1])
    assert radius[labels == 1].max() < 2.5
    assert radius[labels == 0].min() >= 3.5 - 1e-6
    assert (labels == 1).sum() == 250


def test_xor_is_blue_where_the_signs_agree_with_a_gap_at_the_axes():
    inputs, labels = points_of("xor")
    np.testing.assert_array_equal(labels == 1, inputs[:, 0] * inputs[:, 1] > 0)
    assert np.abs(inputs).min() >= 0.3 - 1e-6


def test_gaussians_lie_at_plus_and_minus_two_with_variance_a_half():
    inputs, labels = points_of("gaussians")
    blue = inputs[labels == 1]
    np.testing.assert_allclose(blue.mean(axis=0), [2, 2], atol=0.15)
    np.testing.assert_allclose(blue.var(axis=0), [0.5, 0.5], atol=0.12)
    np.testing.assert_allclose(inputs[labels == 0].mean(axis=0), [-2, -2], atol=0.15)


def test_spiral_arms_are_each_others_point_reflection():
    inputs, labels = points_of("spiral")
    blue = {tuple(np.round(point, 4) + 0.0) for point in inputs[labels == 1]}
    orange = {tuple(np.round(-point, 4) + 0.0) for point in inputs[labels == 0]}
    assert len(blue & orange) > 240


def test_noise_moves_spiral_points_by_at_most_itself():
    still, _ = points_of("spiral")
    moved, _ = points_of("spiral", noise=0.5)
    distance = np.abs(moved - still)
    assert 0.4 < distance.max() <= 0.5 + 1e-5


@pytest.mark.parametrize("name", ["circle", "xor"])
def test_noise_turns_labels_of_circle_and_xor_and_leaves_their_points(name: str):
    still, clean = points_of(name)
    same, noisy = points_of(name, noise=0.5)
    np.testing.assert_array_equal(still, same)
    assert 0.02 < np.mean(clean != noisy) < 0.4


def test_noise_widens_the_gaussians_to_variance_four():
    inputs, labels = points_of("gaussians", noise=0.5)
    np.testing.assert_allclose(inputs[labels == 1].var(axis=0), [4, 4], rtol=0.25)


def test_train_fraction_splits_the_same_points():
    few = load_plane("xor", train_fraction=0.1)
    assert (len(few.train), len(few.test)) == (50, 450)
    half = load_plane("xor")
    np.testing.assert_array_equal(few.train.inputs, half.train.inputs[:50])


@pytest.mark.parametrize(("fraction", "what"), [(1.0, "test"), (0.0005, "train")])
def test_a_split_without_points_is_refused(fraction: float, what: str):
    with pytest.raises(DataError, match=f"leaves none to {what} with"):
        load_plane("circle", train_fraction=fraction)
