import os
from pathlib import Path

import numpy as np
import pytest

from core.data.mnist_family import (
    download_folder,
    find_files,
    load_mnist_family,
    search_folders,
)
from core.data.mnist_files import FASHION_MNIST, MNIST, local_names
from core.values.errors import DataError, MissingDataError
from tests.core.support.idx_files import NAMES, idx_bytes, made_arrays, write_set

REAL_FOLDER = Path(__file__).parents[4] / "shared" / "mnist"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("GLASSBOX_DATA", raising=False)


@pytest.mark.parametrize("packed", [False, True])
def test_a_set_comes_back_as_written(tmp_path: Path, packed: bool):
    arrays = write_set(tmp_path / "any", packed=packed)
    dataset = load_mnist_family("mnist", path=str(tmp_path / "any"))
    images = arrays[NAMES[0]].reshape(12, 784)
    np.testing.assert_array_equal(dataset.train.inputs, images)
    np.testing.assert_array_equal(dataset.train.labels, arrays[NAMES[1]])
    np.testing.assert_array_equal(dataset.test.labels, arrays[NAMES[3]])
    assert dataset.train.labels.dtype == np.int32
    assert dataset.image_shape == (28, 28)
    assert dataset.class_names == tuple("0123456789")
    assert dataset.source == str(tmp_path / "any")


def test_names_with_a_dot_are_found_packed_and_plain(tmp_path: Path):
    write_set(tmp_path, packed=False)
    dotted = (tmp_path / NAMES[0]).rename(tmp_path / "train-images.idx3-ubyte")
    assert find_files("mnist", path=str(tmp_path)).train_images == dotted
    assert "t10k-labels.idx1-ubyte.gz" in local_names("t10k-labels-idx1-ubyte.gz")


@pytest.mark.parametrize("subfolder", ["mnist", "MNIST", "MNIST/raw"])
def test_a_subfolder_named_like_the_set_is_found(tmp_path: Path, subfolder: str):
    write_set(tmp_path / subfolder)
    found = find_files("mnist", data_folders=[tmp_path])
    assert found.folder == tmp_path / subfolder


def test_given_folders_come_before_the_variable_and_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    by_cache = download_folder("mnist")
    write_set(by_cache)
    assert find_files("mnist").folder == by_cache
    by_variable = tmp_path / "variable"
    write_set(by_variable)
    variable = os.pathsep.join([str(tmp_path / "nowhere"), str(by_variable)])
    monkeypatch.setenv("GLASSBOX_DATA", variable)
    assert find_files("mnist").folder == by_variable
    given = tmp_path / "given"
    write_set(given)
    assert find_files("mnist", data_folders=[str(given)]).folder == given
    assert search_folders([given]) == (given, tmp_path / "nowhere", by_variable)


def test_data_path_is_the_only_place_that_is_looked_at(tmp_path: Path):
    write_set(tmp_path / "given")
    with pytest.raises(MissingDataError) as caught:
        load_mnist_family(
            "mnist", path=str(tmp_path / "empty"), data_folders=[tmp_path / "given"]
        )
    assert str(tmp_path / "empty") in str(caught.value)
    assert "data.path" in str(caught.value)


def test_a_missing_set_names_the_places_and_offers_the_download(tmp_path: Path):
    with pytest.raises(MissingDataError) as caught:
        find_files("mnist", data_folders=[tmp_path / "given"])
    message = str(caught.value)
    assert str(tmp_path / "given") in message
    assert str(download_folder("mnist")) in message
    assert "download it (12 MB)" in message
    assert "--data" in message


def test_a_set_with_a_file_missing_says_which(tmp_path: Path):
    write_set(tmp_path)
    (tmp_path / f"{NAMES[3]}.gz").unlink()
    with pytest.raises(MissingDataError, match=f"lacks {NAMES[3]}"):
        find_files("mnist", data_folders=[tmp_path])


def test_a_folder_called_fashion_is_fashion_mnist_and_no_mnist(tmp_path: Path):
    write_set(tmp_path / "FashionMNIST" / "raw")
    found = load_mnist_family("fashion-mnist", data_folders=[tmp_path])
    assert found.class_names[9] == "ankle boot"
    path = str(tmp_path / "FashionMNIST" / "raw")
    assert find_files("fashion-mnist", path=path).folder == Path(path)
    with pytest.raises(MissingDataError, match="contains Fashion-MNIST"):
        find_files("mnist", path=path)


def test_a_folder_of_any_other_name_is_mnist_and_no_fashion_mnist(tmp_path: Path):
    write_set(tmp_path / "clothes")
    with pytest.raises(MissingDataError, match="clothes contains MNIST"):
        find_files("fashion-mnist", path=str(tmp_path / "clothes"))


def test_the_published_labels_tell_the_set_whatever_the_folder_is_called(
    tmp_path: Path,
):
    fashion = made_arrays(first_labels=FASHION_MNIST.first_labels)
    digits = made_arrays(first_labels=MNIST.first_labels)
    write_set(tmp_path / "clothes", fashion)
    write_set(tmp_path / "not-fashion", digits)
    clothes = str(tmp_path / "clothes")
    assert find_files("fashion-mnist", path=clothes).folder == Path(clothes)
    assert find_files("mnist", path=str(tmp_path / "not-fashion"))
    with pytest.raises(MissingDataError, match="clothes contains Fashion-MNIST"):
        find_files("mnist", path=clothes)


def test_both_sets_are_told_apart_in_one_folder(tmp_path: Path):
    write_set(tmp_path)
    write_set(tmp_path / "fashion")
    folders = [tmp_path]
    assert find_files("mnist", data_folders=folders).folder == tmp_path
    found = find_files("fashion-mnist", data_folders=folders)
    assert found.folder == tmp_path / "fashion"


def rewrite(folder: Path, name: str, values: np.ndarray) -> Path:
    (folder / f"{name}.gz").unlink()
    path = folder / name
    path.write_bytes(idx_bytes(values))
    return path


@pytest.mark.parametrize(
    ("name", "values", "what"),
    [
        (NAMES[0], np.zeros((12, 32, 32), np.uint8), "32 x 32 pixels"),
        (NAMES[0], np.zeros((11, 28, 28), np.uint8), "11 images for 12 labels"),
        (NAMES[1], np.full(12, 10, np.uint8), "invalid label 10"),
    ],
)
def test_files_that_do_not_belong_together_are_refused(
    tmp_path: Path, name: str, values: np.ndarray, what: str
):
    write_set(tmp_path)
    path = rewrite(tmp_path, name, values)
    with pytest.raises(DataError, match=what) as caught:
        load_mnist_family("mnist", path=str(tmp_path))
    assert str(path) in str(caught.value)


def test_an_empty_test_set_is_refused(tmp_path: Path):
    write_set(tmp_path, made_arrays(n_test=0))
    with pytest.raises(DataError, match="contains no images"):
        load_mnist_family("mnist", path=str(tmp_path))


def test_a_damaged_file_is_an_error_and_not_a_missing_set(tmp_path: Path):
    write_set(tmp_path)
    (tmp_path / f"{NAMES[2]}.gz").write_bytes(b"<html>")
    with pytest.raises(DataError, match="not an IDX file") as caught:
        load_mnist_family("mnist", path=str(tmp_path))
    assert not isinstance(caught.value, MissingDataError)


@pytest.mark.parametrize("path", ["~nobody-of-this-name/x", "a\0b", "x" * 5000])
def test_an_impossible_path_is_a_missing_set(path: str):
    with pytest.raises(MissingDataError):
        find_files("mnist", path=path)


def test_the_real_files_are_read():
    if not REAL_FOLDER.is_dir():
        pytest.skip(f"no MNIST files in {REAL_FOLDER}")
    dataset = load_mnist_family("mnist", path=str(REAL_FOLDER))
    assert (len(dataset.train), len(dataset.test)) == (60_000, 10_000)
    assert dataset.train.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert 33 < dataset.train.inputs.mean() < 34
