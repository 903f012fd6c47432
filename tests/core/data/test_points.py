import hashlib

import numpy as np
import pytest

from core.data.dataset import Dataset
from core.data.load import load_dataset
from core.data.points.load import CLASS_NAMES
from core.experiment.model import DataSettings, Experiment
from core.values.errors import DataError, ExperimentError

PLAYGROUND = ("circle", "xor", "gaussians", "spiral")


def load_plane(name: str, **settings: object) -> Dataset:
    return load_dataset(DataSettings(name, **settings))  # type: ignore[arg-type]


def points_of(name: str, noise: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    dataset = load_plane(name, noise=noise)
    return (
        np.concatenate([dataset.train.inputs, dataset.test.inputs]),
        np.concatenate([dataset.train.labels, dataset.test.labels]),
    )


@pytest.mark.parametrize("name", PLAYGROUND)
def test_half_of_500_points_train_and_both_classes_are_in_each_half(name: str):
    dataset = load_plane(name)
    assert (len(dataset.train), len(dataset.test)) == (250, 250)
    assert dataset.class_names == ("teal", "rose")
    assert dataset.input_names == ("x1", "x2")
    assert dataset.image_shape is None
    assert (dataset.n_inputs, dataset.n_classes) == (2, 2)
    for split in (dataset.train, dataset.test):
        assert split.inputs.dtype == np.float32
        assert split.labels.dtype == np.int32
        assert 80 < split.labels.sum() < 170


@pytest.mark.parametrize("name", PLAYGROUND)
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


@pytest.mark.parametrize(("fraction", "what"), [(1.0, "testing"), (0.0005, "training")])
def test_a_split_without_points_is_refused(fraction: float, what: str):
    with pytest.raises(DataError, match=f"leaves none for {what}"):
        load_plane("circle", train_fraction=fraction)


@pytest.mark.parametrize(
    ("name", "noise", "digest"),
    [
        ("circle", 0.0, "6506db518f3e414b"),
        ("circle", 0.25, "f038358c5a2d9776"),
        ("xor", 0.0, "14ba4ba38626aac4"),
        ("xor", 0.25, "ab39e37ffaf1d0c9"),
        ("gaussians", 0.0, "981752c8df0b9cc0"),
        ("gaussians", 0.25, "02d0a90209a36b20"),
        ("spiral", 0.0, "b756af3b8671275d"),
        ("spiral", 0.25, "2f9490325ecc65a8"),
    ],
)
def test_playgrounds_points_are_those_that_experiments_were_saved_with(
    name: str, noise: float, digest: str
):
    dataset = load_plane(name, noise=noise)
    found = hashlib.sha256()
    for split in (dataset.train, dataset.test):
        found.update(split.inputs.tobytes())
        found.update(split.labels.tobytes())
    assert found.hexdigest()[:16] == digest


def test_another_data_seed_draws_other_points_of_the_same_kind():
    first, _ = points_of("circle")
    dataset = load_plane("circle", seed=1)
    assert not np.isclose(dataset.train.inputs, first[:250]).any(axis=1).all()
    radius = np.hypot(*dataset.train.inputs.T)
    assert radius[dataset.train.labels == 1].max() < 2.5


@pytest.mark.parametrize("name", ["circle", "xor", "gaussians", "spiral", "moons"])
def test_the_number_of_points_may_be_odd(name: str):
    dataset = load_plane(name, n_points=77, train_fraction=0.25)
    assert (len(dataset.train), len(dataset.test)) == (19, 58)


def test_the_checkerboards_squares_are_two_and_a_half_wide_and_alternate():
    dataset = load_plane("checkerboard")
    x1, x2 = dataset.train.inputs.T
    square = np.floor(x1 / 2.5) + np.floor(x2 / 2.5)
    np.testing.assert_array_equal(dataset.train.labels, square % 2)


def test_moons_lie_on_two_half_circles_of_radius_three():
    dataset = load_plane("moons")
    x1, x2 = dataset.train.inputs.T
    orange = dataset.train.labels == 0
    upper = np.hypot(x1 + 1.5, x2 + 0.75)
    lower = np.hypot(x1 - 1.5, x2 - 0.75)
    np.testing.assert_allclose(upper[orange], 3, atol=1e-5)
    np.testing.assert_allclose(lower[~orange], 3, atol=1e-5)


@pytest.mark.parametrize("n_classes", [2, 3, 5, 10])
def test_rings_lie_in_each_other_and_name_their_classes(n_classes: int):
    dataset = load_plane("rings", classes=n_classes)
    radius = np.hypot(*dataset.train.inputs.T)
    assert dataset.class_names == CLASS_NAMES[:n_classes]
    for label in range(n_classes - 1):
        inner = radius[dataset.train.labels == label].max()
        assert inner < radius[dataset.train.labels == label + 1].min()


def test_three_clouds_stand_a_third_of_a_turn_apart():
    dataset = load_plane("clouds", n_points=3000)
    points, labels = dataset.train.inputs, dataset.train.labels
    centres = [points[labels == k].mean(axis=0) for k in range(3)]
    wanted = [[0, 3.5], [3.031, -1.75], [-3.031, -1.75]]
    np.testing.assert_allclose(centres, wanted, atol=0.1)


def test_the_inputs_are_the_chosen_features_of_the_coordinates():
    chosen = ("sin(x2)", "x1^2", "x1*x2")
    dataset = load_plane("spiral", features=chosen)
    x1, x2 = load_plane("spiral").train.inputs.T
    assert dataset.input_names == ("x1²", "x1·x2", "sin x2")
    wanted = np.stack([x1**2, x1 * x2, np.sin(x2)], axis=1)
    np.testing.assert_allclose(dataset.train.inputs, wanted, rtol=1e-6, atol=1e-6)
    assert dataset.space is not None
    np.testing.assert_array_equal(dataset.space.train[:, 0], x1)
    np.testing.assert_array_equal(
        dataset.space.inputs(dataset.space.test), dataset.test.inputs
    )


def test_playgrounds_plane_and_hills_have_its_values():
    dataset = load_plane("plane")
    assert dataset.class_names == ()
    assert dataset.train.targets is not None
    # Beyond 1 in the corners, as Playground's: nothing is clipped.
    exact = load_plane("plane", n_points=4000, noise=0.0).train
    assert exact.targets is not None
    assert 1.1 < exact.targets.max() <= 1.2
    assert -1.2 <= exact.targets.min() < -1.1
    for split, slack in ((exact, 1e-6), (dataset.train, 0.21)):
        assert split.targets is not None
        np.testing.assert_allclose(
            split.targets[:, 0], split.inputs.sum(axis=1) / 10, atol=slack
        )
    hills = load_plane("multi-gaussian", n_points=4000)
    assert hills.train.targets is not None
    x1, x2 = hills.train.inputs.T
    near = np.hypot(x1 - 4, x2 - 2.5)
    wanted = np.clip(1 - near / 2, 0, 1)
    on_hill = near < 1
    np.testing.assert_allclose(
        hills.train.targets[on_hill, 0], wanted[on_hill], atol=1e-6
    )
    assert (hills.train.targets[np.hypot(x1, x2 - 2.5) < 1.5] < 0).all()


@pytest.mark.parametrize(
    ("name", "function"),
    [("sine", np.sin), ("step", np.sign), ("formula", lambda x: x**3 / 50 - 1)],
)
def test_points_on_a_line_are_those_of_the_function(name: str, function: object):
    dataset = load_plane(name, formula="x^3/50 - 1", features=("x1",))
    assert dataset.input_names == ("x",)
    assert dataset.output_names == ("y",)
    assert dataset.train.targets is not None
    assert callable(function)
    x = dataset.train.inputs
    np.testing.assert_allclose(dataset.train.targets, function(x), atol=1e-5)
    assert x.min() < -5.8
    assert x.max() > 5.8


def test_noise_on_a_line_is_normal_with_that_deviation():
    dataset = load_plane("sine", noise=0.3, n_points=4000)
    assert dataset.train.targets is not None
    rest = dataset.train.targets - np.sin(dataset.train.inputs)
    assert rest.std() == pytest.approx(0.3, rel=0.05)


def test_a_formula_without_a_value_somewhere_is_refused():
    with pytest.raises(DataError, match=r"log.x. is not finite at x = -"):
        load_plane("formula", formula="log(x)")


@pytest.mark.parametrize("formula", ["x^200", "x^40", "0 - 10^18"])
def test_a_formula_of_numbers_too_large_to_be_squared_is_refused(formula: str):
    with pytest.raises(DataError, match="choose a function between"):
        load_plane("formula", formula=formula)


def test_numbers_need_a_loss_without_classes():
    with pytest.raises(ExperimentError, match="'cross-entropy' needs classes"):
        Experiment(DataSettings("sine"))
    possible = {"network.output": "identity", "training.loss": "squared-error"}
    experiment = Experiment().with_values({"data.name": "sine", **possible})
    assert experiment.spec.layer_sizes == (1, 16, 16, 1)
    with pytest.raises(ExperimentError, match=r"data.formula: invalid value 'x [+]'"):
        experiment.with_values({"data.formula": "x +"})
