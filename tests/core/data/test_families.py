"""Sets that are read from a folder by `data.name`."""

from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.data.load import load_dataset
from core.experiment.data_shape import DATA_SHAPES
from core.experiment.model import DataSettings
from core.experiment.rules import FAMILY_DATASETS
from core.values.errors import DataError, MissingDataError
from tests.core.support.cli_answers import Capture, error_line, strict_json
from tests.core.support.idx_files import idx_bytes

N = 40


def write_idx(folder: Path, prefix: str, first: int = 0, n_classes: int = 10) -> None:
    random = np.random.default_rng(2)
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("train", "test" if prefix else "t10k"):
        images = random.integers(0, 256, (N, 28, 28), np.uint8)
        labels = (np.arange(N) % n_classes + first).astype(np.uint8)
        for what, values in (("images-idx3", images), ("labels-idx1", labels)):
            path = folder / f"{prefix}{part}-{what}-ubyte"
            path.write_bytes(idx_bytes(values))


def write_qmnist(folder: Path) -> None:
    write_idx(folder, "qmnist-")
    for part in ("train", "test"):
        (folder / f"qmnist-{part}-labels-idx1-ubyte").unlink()
        table = np.zeros((N, 8), ">i4")
        table[:, 0] = np.arange(N) % 10
        header = b"\x00\x00\x0c\x02" + np.array(table.shape, ">i4").tobytes()
        (folder / f"qmnist-{part}-labels-idx2-int").write_bytes(
            header + table.tobytes()
        )


def write_cifar(folder: Path) -> None:
    random = np.random.default_rng(4)
    place = folder / "cifar-10-batches-bin"
    place.mkdir(parents=True)
    for name in ("data_batch_1.bin", "test_batch.bin"):
        records = random.integers(0, 256, (N, 3073), np.uint8)
        records[:, 0] = np.arange(N) % 10
        (place / name).write_bytes(records.tobytes())


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all sets, as torchvision lays them out."""
    root = tmp_path_factory.mktemp("data")
    write_idx(root / "MNIST" / "raw", "")
    write_idx(root / "KMNIST" / "raw", "")
    write_qmnist(root / "QMNIST" / "raw")
    for name in FAMILY_DATASETS:
        if name.startswith("emnist-"):
            first = int(name == "emnist-letters")
            count = DATA_SHAPES[name].n_outputs
            write_idx(root / "EMNIST" / "raw", f"{name}-", first, min(count, N))
    write_cifar(root)
    return root


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("qmnist", "9"),
        ("emnist-letters", "Z"),
        ("emnist-balanced", "t"),
        ("emnist-byclass", "z"),
        ("emnist-bymerge", "t"),
        ("emnist-digits", "9"),
        ("emnist-mnist", "9"),
        ("cifar-10", "truck"),
    ],
)
def test_each_set_is_found_by_its_name_among_all_others(
    everything: Path, name: str, last: str
):
    dataset = load_dataset(DataSettings(name=name), data_folders=[everything])
    shape = DATA_SHAPES[name]
    assert dataset.name == name
    assert (dataset.n_inputs, dataset.n_outputs) == (shape.n_inputs, shape.n_outputs)
    assert dataset.class_names[-1] == last
    assert (len(dataset.train), len(dataset.test)) == (N, N)
    assert dataset.train.inputs.dtype == np.uint8
    assert dataset.train.labels[0] == 0


def test_kmnist_is_known_by_its_folder_or_as_the_only_set_in_it(tmp_path: Path):
    write_idx(tmp_path / "KMNIST" / "raw", "")
    write_idx(tmp_path / "mine", "")
    for place in ("KMNIST", "mine"):
        found = load_dataset(DataSettings(name="kmnist", path=str(tmp_path / place)))
        assert found.class_names[:2] == ("o", "ki")


def test_mnist_is_not_taken_for_kmnist(tmp_path: Path):
    write_idx(tmp_path / "some", "")
    labels = np.array([5, 0, 4, 1, 9, 2, 1, 3, 1, 4] * 4, np.uint8)
    path = tmp_path / "some" / "train-labels-idx1-ubyte"
    path.write_bytes(idx_bytes(labels))
    settings = DataSettings(name="kmnist", path=str(tmp_path / "some"))
    with pytest.raises(MissingDataError, match=r"kmnist is not in .* contains some"):
        load_dataset(settings)


def test_a_set_that_is_missing_says_what_is_there(everything: Path, tmp_path: Path):
    with pytest.raises(MissingDataError, match="cifar-10 is not in"):
        load_dataset(DataSettings(name="cifar-10", path=str(tmp_path)))
    folder = str(everything / "QMNIST")
    with pytest.raises(MissingDataError, match=r"emnist-letters is not in .*qmnist"):
        load_dataset(DataSettings(name="emnist-letters", path=folder))


def test_pictures_of_another_size_are_refused(tmp_path: Path):
    write_idx(tmp_path, "emnist-digits-")
    for part in ("train", "test"):
        path = tmp_path / f"emnist-digits-{part}-images-idx3-ubyte"
        path.write_bytes(idx_bytes(np.zeros((N, 8, 8), np.uint8)))
    with pytest.raises(DataError, match="pictures of 64 values; emnist-digits has 784"):
        load_dataset(DataSettings(name="emnist-digits", path=str(tmp_path)))


def test_a_family_trains_and_evaluates_by_its_name(
    everything: Path, tmp_path: Path, capsys: Capture
):
    out = tmp_path / "net.npz"
    name = ["--set", "data.name=emnist-letters", "--data", str(everything)]
    steps = ["--steps", "3", "--set", "data.train_fraction=0.5", "--out", str(out)]
    assert main(["train", *name, *steps]) == 0
    assert "784-16-16-26" in capsys.readouterr().out
    assert main(["evaluate", str(out), "--data", str(everything), "--json", "-"]) == 0
    report = strict_json(capsys.readouterr().out)
    assert (report["data"], report["examples"]) == ("emnist-letters", N)
    assert main(["evaluate", str(out)]) == 1
    assert "name the folder with its files with --data" in error_line(capsys)
