import gzip
import os
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.file import understand, usual_experiment
from core.data.folder import read_folder
from core.data.found import Found
from core.experiment.model import DataSettings
from core.values.errors import DataError
from tests.core.support.idx_files import idx_bytes

RANDOM = np.random.default_rng(2)
IMAGES = RANDOM.integers(0, 256, (30, 6, 5)).astype(np.uint8)
LABELS = (np.arange(30) % 10).astype(np.uint8)


def read(folder: Path) -> Found:
    return read_folder(folder, DataSettings(name="file", path=str(folder)))


def write(folder: Path, names: tuple[str, ...], *values: np.ndarray) -> None:
    for name, array in zip(names, values, strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = idx_bytes(array)
        path.write_bytes(gzip.compress(content) if "gz" in name else content)


def four(images: np.ndarray = IMAGES, labels: np.ndarray = LABELS) -> tuple:
    return images[:20], labels[:20], images[20:], labels[20:]


@pytest.mark.parametrize(
    "names",
    [
        (
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte",
        ),
        (
            "TRAIN-IMAGES-IDX3-UBYTE.gz",
            "TRAIN-LABELS-IDX1-UBYTE.gz",
            "T10K-IMAGES-IDX3-UBYTE.gz",
            "T10K-LABELS-IDX1-UBYTE.gz",
        ),
        (
            "KMNIST/raw/train-images.idx3-ubyte",
            "KMNIST/raw/train-labels.idx1-ubyte",
            "KMNIST/raw/t10k-images.idx3-ubyte",
            "KMNIST/raw/t10k-labels.idx1-ubyte",
        ),
        (
            "train-images-idx3-ubyte/train-images-idx3-ubyte",
            "train-labels-idx1-ubyte/train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte/t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte/t10k-labels-idx1-ubyte",
        ),
    ],
)
def test_idx_files_are_found_under_every_name(tmp_path: Path, names: tuple[str, ...]):
    write(tmp_path, names, *four())
    dataset = read(tmp_path).dataset
    assert dataset.image_shape == (6, 5)
    assert np.array_equal(dataset.train.inputs, IMAGES[:20].reshape(20, -1))
    assert np.array_equal(dataset.test.labels, LABELS[20:])
    assert dataset.n_classes == 10


def test_the_names_of_kmnist_are_known_by_its_folder(tmp_path: Path):
    names = tuple(
        f"KMNIST/raw/{part}-{what}-ubyte"
        for part in ("train", "t10k")
        for what in ("images-idx3", "labels-idx1")
    )
    write(tmp_path, names, *four())
    assert read(tmp_path).dataset.class_names[:3] == ("o", "ki", "su")


def emnist_names(split: str) -> tuple[str, ...]:
    return tuple(
        f"emnist-{split}-{part}-{what}-ubyte.gz"
        for part in ("train", "test")
        for what in ("images-idx3", "labels-idx1")
    )


def test_emnist_is_turned_upright_and_letters_count_from_1(tmp_path: Path):
    labels = (np.arange(30) % 26 + 1).astype(np.uint8)
    write(tmp_path, emnist_names("letters"), *four(labels=labels))
    dataset = read(tmp_path).dataset
    assert dataset.image_shape == (5, 6)
    first = dataset.train.inputs[0].reshape(5, 6)
    assert np.array_equal(first, IMAGES[0].T)
    assert dataset.train.labels[:3].tolist() == [0, 1, 2]
    assert (dataset.class_names[0], dataset.class_names[25]) == ("A", "Z")


@pytest.mark.parametrize(
    ("split", "count", "last"),
    [
        ("byclass", 62, "z"),
        ("bymerge", 47, "t"),
        ("balanced", 47, "t"),
        ("digits", 10, "9"),
        ("mnist", 10, "9"),
    ],
)
def test_the_splits_of_emnist_have_their_classes(
    tmp_path: Path, split: str, count: int, last: str
):
    write(tmp_path, emnist_names(split), *four())
    names = read(tmp_path).dataset.class_names
    assert (len(names), names[-1]) == (count, last)


def test_several_sets_in_a_folder_are_told_apart_by_a_file(tmp_path: Path):
    write(tmp_path, emnist_names("digits"), *four())
    write(tmp_path, emnist_names("mnist"), *four(labels=LABELS[::-1]))
    with pytest.raises(DataError, match="contains emnist-digits, emnist-mnist"):
        read(tmp_path)
    path = tmp_path / emnist_names("mnist")[0]
    found = understand(usual_experiment(path))
    assert "IDX files (emnist-mnist)" in found.remarks[0]
    assert found.experiment.data.size == (30, 10, 30)


def test_the_table_of_labels_of_qmnist_is_read(tmp_path: Path):
    table = np.zeros((30, 8), ">i4")
    table[:, 0] = LABELS
    table[:, 3] = 77
    for part, rows in (("train", slice(0, 20)), ("test", slice(20, 30))):
        images = idx_bytes(IMAGES[rows])
        (tmp_path / f"qmnist-{part}-images-idx3-ubyte").write_bytes(images)
        content = bytes([0, 0, 0x0C, 2]) + struct.pack(">2I", len(table[rows]), 8)
        path = tmp_path / f"qmnist-{part}-labels-idx2-int.gz"
        path.write_bytes(gzip.compress(content + table[rows].tobytes()))
    dataset = read(tmp_path).dataset
    assert np.array_equal(dataset.train.labels, LABELS[:20])
    assert np.array_equal(dataset.test.labels, LABELS[20:])


def test_a_missing_idx_file_is_named_with_what_is_there(tmp_path: Path):
    write(tmp_path, emnist_names("digits"), *four())
    (tmp_path / emnist_names("digits")[1]).unlink()
    with pytest.raises(DataError) as error:
        read(tmp_path)
    assert "lacks the labels of the train part of emnist-digits" in str(error.value)
    assert "emnist-digits-test-labels-idx1-ubyte.gz" in str(error.value)


def test_a_page_under_the_name_of_an_idx_file_is_named(tmp_path: Path):
    write(tmp_path, emnist_names("digits"), *four())
    (tmp_path / emnist_names("digits")[1]).write_text("<!DOCTYPE html><html>")
    with pytest.raises(DataError, match="this is an HTML page, perhaps of a login"):
        read(tmp_path)


def draw(folder: Path, name: str, size: tuple[int, int], level: int) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", size, level).save(path)


def test_a_folder_for_each_class_is_read(tmp_path: Path):
    for k in range(10):
        draw(tmp_path, f"cats/{k}.png", (8, 4), 10 * k)
        draw(tmp_path, f"dogs/more/{k}.jpg", (8, 4), 10 * k)
    draw(tmp_path, "dogs/large.bmp", (16, 16), 40)
    (tmp_path / "dogs/notes.txt").write_text("no picture")
    found = read(tmp_path)
    assert found.dataset.class_names == ("cats", "dogs")
    assert found.dataset.image_shape == (4, 8)
    assert len(found.dataset.train) + len(found.dataset.test) == 21
    assert "1 picture is scaled to 8x4 pixels" in found.remarks
    assert "1 file is left out: dogs/notes.txt" in found.remarks
    # What is no ordinary file is not opened, and said as well.
    os.mkfifo(tmp_path / "cats/pipe.png")
    (tmp_path / "labels.csv").write_text("a,b")
    (tmp_path / "read me.txt").write_text("-")
    assert (
        "4 files are left out: cats/pipe.png, dogs/notes.txt, labels.csv, "
        "\N{HORIZONTAL ELLIPSIS}"
    ) in read(tmp_path).remarks


def test_folders_for_training_and_testing_are_kept_apart(tmp_path: Path):
    for k in range(4):
        for part in ("train", "test"):
            for name in ("2", "10"):
                draw(tmp_path, f"{part}/{name}/{k}.png", (3, 3), 50 * k)
    draw(tmp_path, "test/10/one_more.png", (3, 3), 9)
    dataset = read(tmp_path).dataset
    assert dataset.class_names == ("2", "10")
    assert (len(dataset.train), len(dataset.test)) == (8, 9)
    assert np.bincount(dataset.test.labels).tolist() == [4, 5]


def test_a_damaged_picture_is_named(tmp_path: Path):
    for k in range(3):
        draw(tmp_path, f"a/{k}.png", (3, 3), 0)
        draw(tmp_path, f"b/{k}.png", (3, 3), 0)
    (tmp_path / "b/1.png").write_bytes(b"\x89PNG and nothing else")
    with pytest.raises(DataError, match=r"b/1\.png"):
        read(tmp_path)


def test_a_folder_of_coloured_pictures_keeps_their_colours(tmp_path: Path):
    for name, colour in (("red", (255, 0, 0)), ("grey", (90, 95, 100))):
        (tmp_path / name).mkdir()
        for k in range(3):
            Image.new("RGB", (5, 4), colour).save(tmp_path / name / f"{k}.png")
    dataset = read(tmp_path).dataset
    assert (dataset.image_shape, dataset.channels) == ((4, 5), 3)
    assert dataset.n_inputs == 60
    red = dataset.test.labels == dataset.class_names.index("red")
    shown = dataset.pictures(dataset.test.network_inputs(np.arange(len(red))))
    assert (shown[red] == [1, 0, 0]).all()
    other = np.array([90, 95, 100], np.float32) / 255
    assert (shown[~red] == other).all()


def test_the_batches_of_cifar_10_are_read_in_colour(tmp_path: Path):
    folder = tmp_path / "cifar-10-batches-bin"
    folder.mkdir()
    planes = RANDOM.integers(0, 256, (4, 3, 32, 32)).astype(np.uint8)
    labels = np.array([[3], [9], [0], [1]], np.uint8)
    content = np.hstack([labels, planes.reshape(4, -1)]).tobytes()
    for name in ("data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"):
        (folder / name).write_bytes(content)
    dataset = read(tmp_path).dataset
    assert (len(dataset.train), len(dataset.test)) == (8, 4)
    assert dataset.class_names[3] == "cat"
    assert (dataset.image_shape, dataset.channels) == ((32, 32), 3)
    # The network takes the numbers in the order of the file, and of torchvision.
    assert np.array_equal(dataset.train.inputs[1], planes[1].ravel())
    shown = dataset.pictures(dataset.train.network_inputs(1)) * 255
    assert np.allclose(shown[5, 7], planes[1, :, 5, 7], atol=1e-4)
    (folder / "test_batch.bin").write_bytes(content[:-1])
    with pytest.raises(DataError, match=r"test_batch\.bin: has 12,291 bytes"):
        read(tmp_path)


def test_a_folder_without_data_says_what_is_in_it(tmp_path: Path):
    (tmp_path / "letter.odt").write_text("x")
    with pytest.raises(DataError) as error:
        read(tmp_path)
    assert "contains letter.odt; expected the IDX files of a set" in str(error.value)
