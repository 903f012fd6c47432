from pathlib import Path

import numpy as np
import pytest

from core.data.array_data import holds_data, read_array_file
from core.data.found import Found
from core.experiment.model import DataSettings
from core.values.errors import DataError

RANDOM = np.random.default_rng(5)
GREY = RANDOM.integers(0, 256, (40, 6, 5)).astype(np.uint8)
LABELS = np.arange(40) % 4


def read(folder: Path, **arrays: np.ndarray) -> Found:
    path = folder / "d.npz"
    np.savez_compressed(path, **arrays)
    return read_array_file(path, DataSettings(name="file", path=str(path)))


def test_images_and_their_own_split_are_read(tmp_path: Path):
    dataset = read(
        tmp_path,
        x_train=GREY[:30],
        y_train=LABELS[:30],
        x_test=GREY[30:],
        y_test=LABELS[30:],
    ).dataset
    assert dataset.image_shape == (6, 5)
    assert np.array_equal(dataset.train.inputs, GREY[:30].reshape(30, -1))
    assert np.array_equal(dataset.test.labels, LABELS[30:])
    assert dataset.class_names == ("0", "1", "2", "3")
    assert dataset.preparation is None


@pytest.mark.parametrize(
    ("shape", "image_shape"),
    [
        ((6, 5, 1), (6, 5)),
        ((1, 6, 5), (6, 5)),
        ((3, 10), (3, 10)),
        ((5, 2, 3), (5, 2)),
        ((5, 6), (5, 6)),
        ((30,), None),
    ],
)
def test_images_of_any_rank_are_read(tmp_path: Path, shape: tuple, image_shape: tuple):
    dataset = read(tmp_path, x=GREY.reshape(40, *shape), y=LABELS).dataset
    assert dataset.image_shape == image_shape
    assert dataset.n_inputs == 30
    assert (len(dataset.train), len(dataset.test)) == (32, 8)


@pytest.mark.parametrize("has_planes", [False, True])
def test_colours_come_back_as_pixels_whatever_their_order(
    tmp_path: Path, *, has_planes: bool
):
    pixels = RANDOM.integers(0, 256, (40, 4, 5, 3), dtype=np.uint8)
    x = pixels.transpose(0, 3, 1, 2) if has_planes else pixels
    dataset = read(tmp_path, x=x, y=LABELS).dataset
    assert (dataset.image_shape, dataset.channels) == ((4, 5), 3)
    first = dataset.pictures(dataset.test.network_inputs(0))
    same = (pixels == np.rint(first * 255).astype(np.uint8)).all(axis=(1, 2, 3))
    assert same.sum() == 1
    # The inputs keep the order of the file, as another program's network takes them.
    row = x[np.flatnonzero(same)[0]].ravel()
    assert np.array_equal(dataset.test.inputs[0], row)
    assert np.array_equal(dataset.inputs_of(first), dataset.test.network_inputs(0))
    for index in (0, 7, 31, 59):
        place = dataset.pixel_of(index)
        assert dataset.input_at(*place) == index
        assert row[index] == pixels[same][0][place]
        colour = ("red", "green", "blue")[place[2]]
        assert dataset.input_name(index) == f"pixel ({place[0]}, {place[1]}) {colour}"


def test_rows_of_numbers_are_standardised_by_the_training_part(tmp_path: Path):
    x = RANDOM.normal(50, 7, (40, 3))
    x[:, 1] = 4.0
    dataset = read(tmp_path, data=x, target=LABELS).dataset
    trained = dataset.train.inputs
    assert trained.mean(axis=0) == pytest.approx([0, 0, 0], abs=1e-6)
    assert trained.std(axis=0) == pytest.approx([1, 0, 1], abs=1e-6)
    assert dataset.preparation.columns[2].mean == pytest.approx(50, abs=5)


def test_several_targets_come_back_in_their_own_units(tmp_path: Path):
    y = RANDOM.normal(1000, 300, (40, 2))
    found = read(tmp_path, X=RANDOM.normal(size=(40, 3)), Y=y)
    own = found.dataset.preparation.in_own_units(found.dataset.train.targets)
    assert found.answers == "numbers"
    assert found.dataset.output_names == ("y1", "y2")
    assert set(own[:, 0].round(2)) <= set(y[:, 0].round(2))


@pytest.mark.parametrize(
    ("y", "names"),
    [
        (np.eye(4)[LABELS], ("0", "1", "2", "3")),
        (LABELS[:, None], ("0", "1", "2", "3")),
        (LABELS + 1, ("1", "2", "3", "4")),
        (np.array(["a", "b", "c", "d"])[LABELS], ("a", "b", "c", "d")),
        (LABELS.astype(">f8"), ("0", "1", "2", "3")),
        (LABELS > 1, ("False", "True")),
    ],
)
def test_classes_are_read_in_every_form(tmp_path: Path, y: np.ndarray, names: tuple):
    found = read(tmp_path, x=GREY, y=y)
    assert found.dataset.class_names == names
    assert sorted(set(found.dataset.train.labels)) == list(range(len(names)))


def test_images_of_real_numbers_up_to_255_are_divided(tmp_path: Path):
    found = read(tmp_path, x=GREY + 0.5 - 0.5 * (GREY == 255), y=LABELS)
    assert found.dataset.train.inputs.max() <= 1
    assert "the inputs are divided by 255" in found.remarks


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"a": GREY}, "holds a (40, 6, 5) uint8; expected x and y, or x_train"),
        (
            {"x": GREY, "y": LABELS[:7]},
            "(40, 6, 5) and the answers (7,)",
        ),
        (
            {"x": GREY * np.nan, "y": LABELS},
            "x, row 1, column 1 x 1: nan is not a finite number",
        ),
        ({"x": np.array(["a"] * 40), "y": LABELS}, "expected numbers"),
        ({"x": GREY, "y": np.zeros(40, int)}, "1 classes; expected 2 to 1,000"),
        ({"x": GREY, "y": np.array([None] * 40)}, "array 'y' holds"),
    ],
)
def test_what_holds_no_examples_is_refused(tmp_path: Path, arrays: dict, said: str):
    with pytest.raises(DataError) as error:
        read(tmp_path, **arrays)
    assert str(error.value).startswith(str(tmp_path / "d.npz"))
    assert said in str(error.value)


def test_a_header_that_promises_more_than_the_file_has_is_refused(tmp_path: Path):
    path = tmp_path / "d.npy"
    np.save(path, GREY)
    path.write_bytes(path.read_bytes()[:-7])
    with pytest.raises(DataError, match="does not fit the size"):
        read_array_file(path, DataSettings(name="file", path=str(path)))


def test_data_are_told_from_weights(tmp_path: Path):
    read(tmp_path, x=GREY, y=LABELS)
    assert holds_data(tmp_path / "d.npz")
    np.savez(tmp_path / "w.npz", **{"layers.0.weight": np.zeros((2, 2))})
    assert not holds_data(tmp_path / "w.npz")
    assert not holds_data(tmp_path / "none.npz")


@pytest.mark.parametrize(("name", "row"), [("x_test", 7), ("y_train", 3)])
def test_a_value_that_is_not_finite_is_told_by_row_and_column(
    tmp_path: Path, name: str, row: int
):
    rng = np.random.default_rng(0)
    arrays = {
        f"{what}_{part}": rng.normal(size=(20, width))
        for part in ("train", "test")
        for what, width in (("x", 4), ("y", 2))
    }
    arrays[name][row - 1, 1] = np.inf
    with pytest.raises(DataError) as error:
        read(tmp_path, **arrays)
    assert f"{name}, row {row}, column 2: inf is not a finite number" in str(
        error.value
    )
