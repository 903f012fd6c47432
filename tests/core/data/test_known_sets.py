"""Own images under the names of MNIST's files are own images."""

from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.data.file import understand, usual_experiment
from core.data.mnist_family import known_sets
from core.data.mnist_files import FASHION_MNIST, MNIST
from core.files.weights import load_weights
from tests.core.support.cli_answers import Capture
from tests.core.support.idx_files import idx_bytes, made_arrays, write_set

RANDOM = np.random.default_rng(8)


def own_set(
    folder: Path, classes: int, shape: tuple[int, int] = (28, 28), n: int = 120
) -> Path:
    """An own set of n images to train and as many to test."""
    folder.mkdir()
    labels = (np.arange(n) % classes).astype(np.uint8)
    for part in ("train", "t10k"):
        images = RANDOM.integers(0, 256, (n, *shape), np.uint8)
        (folder / f"{part}-images-idx3-ubyte").write_bytes(idx_bytes(images))
        (folder / f"{part}-labels-idx1-ubyte").write_bytes(idx_bytes(labels))
    return folder


@pytest.mark.parametrize(
    ("shape", "classes"), [((40, 30), 10), ((28, 28), 26), ((28, 28), 5)]
)
@pytest.mark.parametrize("name", ["mine", "fashion", "kmnist"])
def test_own_images_are_known_by_their_shape_and_classes(
    tmp_path: Path,
    capsys: Capture,
    shape: tuple[int, int],
    classes: int,
    name: str,
):
    folder = own_set(tmp_path / name, classes, shape)
    assert known_sets(folder) == ()
    out = tmp_path / "w.npz"
    command = ["train", "--data", str(folder), "--out", str(out)]
    assert main([*command, "--steps", "1"]) == 0
    capsys.readouterr()
    weights = load_weights(out)
    assert weights.spec.n_inputs == shape[0] * shape[1]
    assert weights.experiment is not None
    assert weights.experiment.data.name == "file"
    if name == "mine":
        assert weights.spec.n_outputs == classes
        assert weights.class_names == tuple(str(k) for k in range(classes))


def test_the_family_is_known_as_before(tmp_path: Path):
    few = made_arrays(first_labels=MNIST.first_labels)
    write_set(tmp_path / "a", few)
    assert known_sets(tmp_path / "a") == ("mnist",)
    write_set(tmp_path / "b", made_arrays(first_labels=FASHION_MNIST.first_labels))
    assert known_sets(tmp_path / "b") == ("fashion-mnist",)
    assert known_sets(own_set(tmp_path / "all-ten", 10)) == ("mnist",)
    assert known_sets(tmp_path / "nothing") == ()


def test_labels_of_idx_files_are_classes_though_few_examples_have_each(tmp_path: Path):
    folder = own_set(tmp_path / "mine", 40, (6, 5))
    for path in (folder, folder / "t10k-labels-idx1-ubyte"):
        understood = understand(usual_experiment(path))
        assert understood.experiment.data.answers == "classes"
        assert understood.experiment.spec.n_outputs == 40


def test_a_network_of_another_program_is_evaluated_on_an_own_folder(
    tmp_path: Path, capsys: Capture
):
    folder = own_set(tmp_path / "mine", 26, (6, 5))
    network = tmp_path / "net.npz"
    weight = RANDOM.normal(size=(26, 30)).astype(np.float32)
    np.savez(network, weight=weight, bias=np.zeros(26, np.float32))
    assert main(["evaluate", str(network), "--data", str(folder)]) == 0
    assert "120 examples" in capsys.readouterr().out
