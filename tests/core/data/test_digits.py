from pathlib import Path

import numpy as np
import pytest

from core.data.dataset import Dataset
from core.data.digits import cache, load_digits
from core.data.digits.generate import Progress, draw_digits, generate
from core.data.digits.skeletons import SKELETONS, Skeleton
from core.data.digits.strokes import SAMPLES, pen_path
from core.data.normalise import normalise
from core.values.errors import CancelledError


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def small(progress: Progress | None = None) -> Dataset:
    return load_digits(progress, train_count=60, test_count=20)


def test_the_same_seed_draws_the_same_digits():
    for first, second in zip(generate(50, seed=3), generate(50, seed=3), strict=True):
        assert np.array_equal(first, second)


def test_another_seed_draws_other_digits():
    assert not np.array_equal(generate(50, seed=3)[0], generate(50, seed=4)[0])


def test_labels_are_balanced_and_shuffled():
    images, labels = generate(200, seed=0)
    assert images.shape == (200, 28, 28)
    assert images.dtype == np.uint8
    assert labels.dtype == np.int32
    assert np.bincount(labels).tolist() == [20] * 10
    assert len(set(labels[:20].tolist())) > 4


def test_digits_fill_the_box_and_are_centred_as_in_mnist():
    images = generate(300, seed=1)[0].astype(np.float64)
    steps = np.arange(28)
    mass = images.sum(axis=(1, 2))
    for axis in (1, 2):
        centre = (images.sum(axis=3 - axis) @ steps) / mass
        # Only a digit whose end would leave the image stays off the centre.
        assert np.mean(np.abs(centre - 14) < 0.51) > 0.95
        assert np.abs(centre - 14).max() < 2.5
    rows = (images > 25).any(axis=2).sum(axis=1)
    columns = (images > 25).any(axis=1).sum(axis=1)
    extent = np.maximum(rows, columns)
    assert extent.min() >= 18
    assert extent.max() <= 22


def test_the_drawing_pads_normalisation_leaves_digits_nearly_as_they_are():
    images = generate(100, seed=2)[0]
    change = [np.abs(normalise(image) - image / 255).mean() for image in images]
    assert np.median(change) < 0.02


def test_strokes_are_black_white_and_grey_in_between():
    images = generate(100, seed=5)[0]
    assert images.max(axis=(1, 2)).min() > 200
    grey = (images > 25) & (images < 230)
    assert 0.2 < grey.sum() / (images > 25).sum() < 0.8


@pytest.mark.parametrize(
    "skeleton", SKELETONS, ids=lambda skeleton: f"{skeleton.digit} {skeleton.name}"
)
def test_every_style_draws_different_digits_of_plausible_ink(skeleton: Skeleton):
    images = draw_digits(skeleton, 6, np.random.default_rng(0))
    assert len({image.tobytes() for image in images}) == 6
    ink = images.mean(axis=(1, 2)) / 255
    assert ink.min() > 0.02
    assert ink.max() < 0.45


@pytest.mark.parametrize("digit", range(10))
def test_every_digit_has_several_styles_with_names_of_their_own(digit: int):
    names = [skeleton.name for skeleton in SKELETONS if skeleton.digit == digit]
    assert len(names) >= 5
    assert len(set(names)) == len(names)


def test_a_pen_path_passes_through_its_knots():
    path = pen_path(Skeleton(7, "test", 1.0, "0,0 50,0! 20,100 / 10,50 40,60"))
    points = path.curve @ path.knots
    assert points.shape == (SAMPLES, 2)
    for knot in path.knots:
        assert np.linalg.norm(points - knot, axis=1).min() < 0.02
    assert path.stroke_ends[-1] == SAMPLES
    lift = path.stroke_ends[1]
    assert np.allclose(points[lift], [0.1, 0.5], atol=1e-6)


def test_points_along_a_stroke_are_evenly_spaced():
    path = pen_path(Skeleton(1, "test", 1.0, "0,0 10,20 60,30 60,100"))
    steps = np.linalg.norm(np.diff(path.curve @ path.knots, axis=0), axis=1)
    assert steps.max() / steps.min() < 1.1


def test_load_digits_describes_the_data_set():
    dataset = small()
    assert dataset.name == "digits"
    assert dataset.class_names == tuple("0123456789")
    assert dataset.image_shape == (28, 28)
    assert dataset.source == "drawn by Glassbox"
    assert dataset.train.inputs.shape == (60, 784)
    assert dataset.test.inputs.shape == (20, 784)
    assert dataset.train.inputs.dtype == np.uint8
    assert dataset.train.labels.dtype == np.int32


def test_the_second_load_reads_the_cache_and_draws_nothing(cache_folder: Path):
    first = small()
    calls = []
    second = small(lambda done, total: calls.append((done, total)))
    assert calls == []
    assert np.array_equal(first.train.inputs, second.train.inputs)
    assert np.array_equal(first.test.labels, second.test.labels)
    assert [path.suffix for path in cache_folder.iterdir()] == [".bin"]


@pytest.mark.parametrize("damage", ["cut", "garbage", "flipped", "other"])
def test_a_damaged_cache_is_drawn_again(damage: str):
    first = small()
    path = cache.cache_path(60, 20)
    data = path.read_bytes()
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "garbage":
        path.write_bytes(b"no archive at all")
    elif damage == "flipped":
        middle = len(data) // 4
        path.write_bytes(data[:middle] + b"\xff" * 64 + data[middle + 64 :])
    else:
        np.savez(path, train_inputs=np.zeros((3, 784), np.uint8))
    second = small()
    assert np.array_equal(first.train.inputs, second.train.inputs)
    assert path.read_bytes() == data


def test_a_cache_folder_that_cannot_be_written_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path / "file" / "cache"))
    assert len(small().train) == 60


def test_progress_rises_to_the_total():
    calls = []
    small(lambda done, total: calls.append((done, total)))
    assert {total for _, total in calls} == {80}
    done = [done for done, _ in calls]
    assert done == sorted(done)
    assert done[-1] == 80


def test_cancelling_ends_the_work_and_leaves_no_file(cache_folder: Path):
    def cancel(done: int, total: int) -> None:
        if done > 20:
            raise CancelledError("cancelled")

    with pytest.raises(CancelledError):
        small(cancel)
    assert not cache_folder.exists() or not list(cache_folder.iterdir())
