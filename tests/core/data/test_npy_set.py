"""Arrays in .npy files, which belong together by their names."""

from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.data.dataset import Dataset
from core.data.file import understand, usual_experiment
from core.data.load import load_dataset
from core.values.errors import DataError
from tests.core.support.cli_answers import Capture, error_line

RANDOM = np.random.default_rng(4)
X = RANDOM.random((50, 5))
Y = np.arange(50) % 3


def read(path: Path) -> tuple[Dataset, str]:
    understood = understand(usual_experiment(path))
    return load_dataset(understood.experiment.data), " ".join(understood.remarks)


@pytest.mark.parametrize("names", [("x", "y"), ("X", "y"), ("data", "target")])
@pytest.mark.parametrize("named", [0, 1, None])
def test_x_and_y_beside_each_other_are_a_whole(
    tmp_path: Path, names: tuple[str, str], named: int | None
):
    for name, array in zip(names, (X, Y), strict=True):
        np.save(tmp_path / f"{name}.npy", array)
    np.save(tmp_path / "x_train.npy", X)  # parted: another set
    path = tmp_path if named is None else tmp_path / f"{names[named]}.npy"
    dataset, said = read(path)
    assert len(dataset.train) + len(dataset.test) == 50
    assert dataset.class_names == ("0", "1", "2")
    assert dataset.n_inputs == 5
    for name in names:
        assert f"{name}.npy" in said
    assert ("x_train" in said) == (named is None)
    if named is None:
        assert "1 array is left out: x_train" in said


@pytest.mark.parametrize(
    "form", ["{word}_{part}", "{part}_{word}", "{word}-{part}", "{part}-{word}"]
)
def test_parts_keep_their_examples(tmp_path: Path, form: str):
    parts = {"train": slice(0, 40), "test": slice(40, 50)}
    for part, rows in parts.items():
        np.save(tmp_path / f"{form.format(word='images', part=part)}.npy", X[rows])
        np.save(tmp_path / f"{form.format(word='labels', part=part)}.npy", Y[rows])
    for path in (tmp_path, next(tmp_path.iterdir())):
        dataset, _ = read(path)
        assert np.array_equal(dataset.train.labels, Y[:40])
        assert np.array_equal(dataset.test.labels, Y[40:])


def test_inputs_of_a_part_without_answers_are_said(tmp_path: Path):
    for name, array in (("x_train", X), ("y_train", Y), ("x_test", X)):
        np.save(tmp_path / f"{name}.npy", array)
    dataset, said = read(tmp_path / "x_train.npy")
    assert len(dataset.train) + len(dataset.test) == 50
    assert "1 array is left out: x_test" in said


def test_an_array_alone_says_what_belongs_beside_it(tmp_path: Path):
    for name in ("x", "faces", "x_train"):
        path = tmp_path / f"{name}.npy"
        np.save(path, X)
        with pytest.raises(DataError) as refused:
            read(path)
        assert str(refused.value).startswith(f"{path}: ")
        assert f"{name}.npy (50, 5) is there" in str(refused.value)
        assert "expected x and y, or x_train" in str(refused.value)


def test_a_change_of_the_answers_is_noticed(tmp_path: Path):
    np.save(tmp_path / "x.npy", X)
    np.save(tmp_path / "y.npy", Y)
    first = understand(usual_experiment(tmp_path / "x.npy")).experiment
    assert understand(first).notes == first_notes(tmp_path)
    np.save(tmp_path / "y.npy", (Y + 1) % 3)
    assert "the file has changed since it was first read" in understand(first).notes


def first_notes(folder: Path) -> tuple[str, ...]:
    return understand(usual_experiment(folder / "x.npy")).notes


def test_npy_files_train_by_their_name_alone(tmp_path: Path, capsys: Capture):
    for part in ("train", "test"):
        np.save(tmp_path / f"x_{part}.npy", X)
        np.save(tmp_path / f"y_{part}.npy", Y)
    for path in (tmp_path, tmp_path / "x_train.npy"):
        assert main(["train", "--data", str(path), "--steps", "1"]) == 0
        assert "NumPy arrays (" in capsys.readouterr().err
    one = tmp_path / "one"
    one.mkdir()
    np.save(one / "x.npy", X)
    assert main(["train", "--data", str(one / "x.npy"), "--steps", "1"]) == 1
    assert "each in a file of that name" in error_line(capsys)
