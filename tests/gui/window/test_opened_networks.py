"""A network without an experiment is opened on the data that are shown, if they fit."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from core.cli.main import main
from core.data.file import understand, usual_experiment
from core.data.load import load_dataset
from core.experiment.model import DataSettings, Experiment
from core.files.weights import load_weights
from core.readings.said import NOTHING_SAID
from core.values.errors import FileError
from gui.window.opened_file import Known, OpenedNetwork, read_path
from tests.core.support.idx_files import idx_bytes
from tests.gui.support.whole_window import GlassMaker


def network(path: Path, *sizes: int) -> Path:
    """A file as NumPy and safetensors write it, without a word on the activations."""
    rng = np.random.default_rng(1)
    tensors = {}
    for k, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        tensors[f"fc{k}.weight"] = rng.normal(size=(n_out, n_in)).astype(np.float32)
        tensors[f"fc{k}.bias"] = np.zeros(n_out, np.float32)
    save_file(tensors, path)
    return path


def table(path: Path, answer: str) -> DataSettings:
    """Four columns of numbers, and what is asked for."""
    rows = [
        f"{k / 7},{k % 5},{k * k / 9},{k * k % 11},{answer[k % len(answer)]}"
        for k in RANGE
    ]
    path.write_text("\n".join(["a,b,c,d,answer", *rows]))
    return understand(usual_experiment(path)).experiment.data


RANGE = range(60)


def opened(path: Path, data: DataSettings) -> OpenedNetwork:
    found = read_path(path, Known((), data, NOTHING_SAID)).contents
    assert isinstance(found, OpenedNetwork)
    return found


@pytest.mark.parametrize(
    ("answer", "n_outputs", "output", "loss"),
    [
        ("xyz", 3, "softmax", "cross-entropy"),
        ("xy", 2, "softmax", "cross-entropy"),
        ("xy", 1, "sigmoid", "cross-entropy"),
    ],
)
def test_a_network_of_numpy_opens_on_the_table_that_is_shown(
    tmp_path: Path, answer: str, n_outputs: int, output: str, loss: str
) -> None:
    data = table(tmp_path / "t.csv", answer)
    found = opened(network(tmp_path / "n.safetensors", 4, 6, n_outputs), data)
    assert found.experiment.data.path == str(tmp_path / "t.csv")
    assert found.experiment.spec.layer_sizes == (4, 6, n_outputs)
    assert found.experiment.network.output == output
    assert found.experiment.training.loss == loss
    assert found.weights.params[0][0].shape == (6, 4)


def test_a_network_that_does_not_fit_says_that_data_can_be_opened_first(
    tmp_path: Path,
) -> None:
    data = table(tmp_path / "t.csv", "xyz")
    with pytest.raises(FileError, match="open data that fit it before"):
        opened(network(tmp_path / "n.safetensors", 5, 6, 3), data)


def test_a_network_opens_on_the_numbers_that_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{k / 7},{k % 5},{k * 0.37 + (k % 5) ** 2:.3f}" for k in RANGE]
    path.write_text("\n".join(["a,b,y", *rows]))
    data = understand(usual_experiment(path)).experiment.data
    assert not data.has_classes
    found = opened(network(tmp_path / "n.safetensors", 2, 3, 1), data)
    network_, loss = found.experiment.network, found.experiment.training.loss
    assert (network_.output, loss) == ("identity", "squared-error")


@pytest.mark.parametrize(("shape", "classes"), [((40, 30), 10), ((28, 28), 26)])
def test_own_images_under_the_names_of_mnist_open_as_own_data(
    tmp_path: Path, shape: tuple[int, int], classes: int
) -> None:
    count = 2 * classes
    images = np.random.default_rng(3).integers(0, 256, (count, *shape), np.uint8)
    labels = (np.arange(count) % classes).astype(np.uint8)
    for part in ("train", "t10k"):
        for kind, values in (("images-idx3", images), ("labels-idx1", labels)):
            path = tmp_path / f"{part}-{kind}-ubyte"
            path.write_bytes(idx_bytes(values))
    for path in (tmp_path, tmp_path / "train-images-idx3-ubyte"):
        contents = read_path(path, Known((), DataSettings(), NOTHING_SAID)).contents
        assert isinstance(contents, Experiment)
        assert contents.data.name == "file"
        assert understand(contents).experiment.spec.n_outputs == classes


def test_arrays_in_npy_files_open_as_own_data(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.random.default_rng(2).random((30, 4)))
    np.save(tmp_path / "y.npy", np.arange(30) % 3)
    for path in (tmp_path, tmp_path / "x.npy"):
        contents = read_path(path, Known((), DataSettings(), NOTHING_SAID)).contents
        assert isinstance(contents, Experiment)
        assert understand(contents).experiment.spec.layer_sizes == (4, 32, 3)


def trained(data: DataSettings, weights: Path) -> Path:
    arguments = ["train", "--data", data.path, "--steps", "5", "--out", str(weights)]
    assert main(arguments) == 0
    return weights


def test_a_table_that_has_changed_is_taken_as_the_network_was_trained(
    tmp_path: Path,
) -> None:
    data = table(tmp_path / "t.csv", "xyz")
    weights = trained(data, tmp_path / "w.npz")
    assert opened(weights, data).experiment == load_weights(weights).experiment
    table(tmp_path / "t.csv", "xz")
    file = load_weights(weights)
    changed = opened(weights, data).experiment
    assert load_dataset(changed.data).preparation == file.preparation
    (tmp_path / "t.csv").unlink()
    assert opened(weights, data).experiment == file.experiment


def test_opened_weights_are_fed_as_before_when_the_rows_are_parted_otherwise(
    tmp_path: Path, glass: GlassMaker
) -> None:
    data = table(tmp_path / "t.csv", "xyz")
    weights = trained(data, tmp_path / "w.npz")
    window = glass()
    window.window.files.open(weights)
    window.wait_until(lambda: window.window.session.document.weights_text)
    window.wait_until(lambda: window.view.run.dataset.name == "file")
    file = load_weights(weights)
    document = window.session.document
    before = window.run_id
    document.edit({"data.seed": 5})
    window.wait_for_run(after=before)
    assert document.weights_text
    assert window.view.run.dataset.preparation == file.preparation
    assert window.view.run.experiment.data.seed == 5
    before = window.run_id
    document.edit({"data.scaling": "0..1"})
    window.wait_for_run(after=before)
    found = window.view.run.dataset.preparation
    assert found is not None
    assert found != file.preparation
