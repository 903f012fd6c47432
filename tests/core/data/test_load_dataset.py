import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from core.data import mnist_family
from core.data.dataset import Dataset, Split
from core.data.load import load_dataset
from core.data.validation import hold_out
from core.experiment.model import DataSettings
from core.values.errors import CancelledError, DataError, MissingDataError
from tests.core.support.idx_files import NAMES, made_arrays, write_set
from tests.core.support.small_runs import small_dataset


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("GLASSBOX_DATA", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_set(tmp_path / "given", made_arrays(n_train=200, n_test=50))
    return tmp_path / "given"


def mnist(folder: Path, **settings: object) -> Dataset:
    return load_dataset(
        DataSettings(name="mnist", path=str(folder), **settings)  # type: ignore[arg-type]
    )


def test_settings_choose_the_set(folder: Path):
    assert load_dataset(DataSettings(name="xor")).name == "xor"
    found = load_dataset(DataSettings(name="mnist"), data_folders=[folder])
    assert (found.name, len(found.train)) == ("mnist", 200)


def test_bundled_digits_are_drawn_with_progress(monkeypatch: pytest.MonkeyPatch):
    from core.data.digits import cache

    split = Split(np.zeros((2, 784), np.uint8), np.zeros(2, np.int32))
    drawn = Dataset("digits", split, split, tuple("0123456789"), (28, 28))

    def load_digits(progress: object) -> Dataset:
        assert callable(progress)
        progress(3, 24_000)
        return drawn

    monkeypatch.setattr(cache, "load_digits", load_digits)
    reports: list[tuple[str, int, int]] = []
    dataset = load_dataset(
        DataSettings(), progress=lambda *report: reports.append(report)
    )
    assert dataset is drawn
    assert reports == [("Drawing digits", 3, 24_000)]


def test_a_missing_set_is_told_so_that_a_download_can_be_offered():
    with pytest.raises(MissingDataError, match="download it"):
        load_dataset(DataSettings(name="mnist"))


def download_of(folder: Path, calls: list[str]) -> object:
    def download(name: str, *, progress: object) -> Path:
        calls.append(name)
        assert callable(progress)
        progress(5, 10)
        write_set(mnist_family.download_folder(name))
        return folder

    return download


def test_a_wished_download_is_made_once_and_then_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    calls: list[str] = []
    reports: list[tuple[str, int, int]] = []
    made = download_of(tmp_path, calls)
    monkeypatch.setattr("core.data.download.download", made)
    for _ in range(2):
        dataset = load_dataset(
            DataSettings(name="mnist"),
            download=True,
            progress=lambda *report: reports.append(report),
        )
        assert len(dataset.train) == 12
    assert calls == ["mnist"]
    assert ("Downloading MNIST", 5, 10) in reports


def test_nothing_is_downloaded_when_a_folder_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    calls: list[str] = []
    made = download_of(tmp_path, calls)
    monkeypatch.setattr("core.data.download.download", made)
    settings = DataSettings(name="mnist", path=str(tmp_path / "empty"))
    with pytest.raises(MissingDataError, match=r"data\.path"):
        load_dataset(settings, download=True)
    assert calls == []


def test_train_fraction_keeps_a_share_of_the_training_images_only(folder: Path):
    whole = mnist(folder)
    part = mnist(folder, train_fraction=0.25)
    assert (len(part.train), len(part.test)) == (50, 50)
    rows = {row.tobytes() for row in whole.train.inputs}
    assert all(row.tobytes() in rows for row in part.train.inputs)
    smaller = mnist(folder, train_fraction=0.1)
    kept = {row.tobytes() for row in part.train.inputs}
    assert all(row.tobytes() in kept for row in smaller.train.inputs)


def test_a_fraction_that_leaves_nothing_is_refused(folder: Path):
    with pytest.raises(DataError, match=r"data\.train_fraction: 0.002 of 200"):
        mnist(folder, train_fraction=0.002)


def test_noise_is_gaussian_with_the_asked_deviation_and_stays_a_grey_level(
    tmp_path: Path,
):
    grey = {
        name: np.full_like(values, 128) if "images" in name else values
        for name, values in made_arrays(n_train=200, n_test=50).items()
    }
    write_set(tmp_path / "grey", grey)
    dataset = mnist(tmp_path / "grey", noise=0.1)
    for split in (dataset.train, dataset.test):
        assert split.inputs.dtype == np.uint8
        values = split.inputs.astype(np.float64)
        assert abs(values.mean() - 128) < 0.5
        assert abs(values.std() - 25.5) < 0.5
    again = mnist(tmp_path / "grey", noise=0.1)
    np.testing.assert_array_equal(again.train.inputs, dataset.train.inputs)


def test_noise_is_cut_off_at_black_and_white(tmp_path: Path):
    arrays = made_arrays(n_train=50)
    arrays[NAMES[0]] = np.zeros_like(arrays[NAMES[0]])
    write_set(tmp_path / "black", arrays)
    values = mnist(tmp_path / "black", noise=1.0).train.inputs
    assert 0.45 < np.mean(values == 0) < 0.55
    assert np.mean(values == 255) > 0.1


def test_shuffled_labels_are_the_same_labels_for_other_images(folder: Path):
    whole = mnist(folder)
    shuffled = mnist(folder, shuffled_labels=True)
    np.testing.assert_array_equal(shuffled.train.inputs, whole.train.inputs)
    assert np.mean(shuffled.train.labels == whole.train.labels) < 0.3
    np.testing.assert_array_equal(
        np.bincount(shuffled.train.labels), np.bincount(whole.train.labels)
    )
    np.testing.assert_array_equal(shuffled.test.labels, whole.test.labels)


def test_points_take_fraction_noise_and_shuffled_labels_too():
    plain = load_dataset(DataSettings(name="spiral"))
    changed = load_dataset(
        DataSettings(name="spiral", train_fraction=0.8, noise=0.2, shuffled_labels=True)
    )
    assert (len(plain.train), len(changed.train)) == (250, 400)
    assert not np.array_equal(plain.train.inputs, changed.train.inputs[:250])
    clean = load_dataset(DataSettings(name="spiral", train_fraction=0.8, noise=0.2))
    assert not np.array_equal(clean.train.labels, changed.train.labels)


def test_the_user_can_cancel_by_the_progress_report(folder: Path):
    def cancel(_text: str, _done: int, _total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        load_dataset(DataSettings(name="mnist", path=str(folder)), progress=cancel)


def imported_by(statement: str) -> Sequence[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    return subprocess.check_output([sys.executable, "-c", code], text=True).split()


def test_loading_imports_nothing_slow_before_it_is_needed():
    slow = {"jax", "scipy", "pooch", "requests"}
    assert not slow & set(imported_by("import core.data.load, core.files.weights"))


def test_a_validation_fraction_that_is_advised_can_be_taken():
    with pytest.raises(DataError, match=r"none for training; choose at most 0\.996$"):
        hold_out(small_dataset(n_train=250), 0.999)
