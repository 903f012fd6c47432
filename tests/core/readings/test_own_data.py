"""Networks of other programs on the user's own data are read as on the known sets."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.data.file import understand, usual_experiment
from core.data.load import load_dataset
from core.files.experiment_for_weights import experiment_on
from core.files.weights import load_weights
from core.network.numpy.forward import forward_trace
from core.readings.opening import ReadNetwork, read_network
from core.readings.said import NOTHING_SAID, Said, parsed_inputs
from core.values.errors import FileError
from tests.core.support.cli_answers import Capture, strict_json
from tests.core.support.foreign_networks import RIGHT, network, sample_dataset

Arrays = Mapping[str, np.ndarray]
NORMALISED = "normalised_deep.pt"
PLAIN = "checkpoint_model_optimizer_epoch.pt"


def as_file(folder: Path, images: Arrays) -> Path:
    """The sample of MNIST as a .npz with its images in another form."""
    dataset = sample_dataset()
    path = folder / "own.npz"
    np.savez(
        path,
        x_train=images["train"],
        y_train=dataset.train.labels,
        x_test=images["test"],
        y_test=dataset.test.labels,
    )
    return path


def images(form: str) -> Arrays:
    """The images of the sample as grey levels, shades, or normalised; flat or not."""
    dataset = sample_dataset()
    made = {}
    for part, split in (("train", dataset.train), ("test", dataset.test)):
        x: np.ndarray = split.inputs.reshape(-1, 28, 28)
        if "whole" in form:
            x = x.astype(np.float64)
        if "shades" in form or "normalised" in form or "minus" in form:
            x = x.astype(np.float32) / 255
        if "normalised" in form:
            x = (x - 0.1307) / 0.3081
        if "minus" in form:
            x = 2 * x - 1
        if "transposed" in form:
            x = x.transpose(0, 2, 1)
        made[part] = x.reshape(len(x), -1) if "flat" in form else x
    return made


def evaluated(weights: Path, data: Path, capsys: Capture, *changes: str) -> dict:
    """The report of the command line."""
    options = [part for change in changes for part in ("--set", change)]
    command = ["evaluate", str(weights), "--data", str(data), "--json", "-"]
    assert main([*command, *options]) == 0
    return dict(strict_json(capsys.readouterr().out))


@pytest.mark.parametrize("name", [PLAIN, NORMALISED])
@pytest.mark.parametrize(
    "form",
    [
        "grey levels",
        "shades",
        "flat grey levels",
        "flat shades",
        "flat whole numbers",
        "flat transposed shades",
        "transposed shades",
    ],
)
def test_images_in_any_form_are_read_as_the_known_sets_are(
    name: str, form: str, tmp_path: Path, capsys: Capture
):
    path = as_file(tmp_path, images(form))
    report = evaluated(network(name), path, capsys)
    assert report["test_accuracy"] == pytest.approx(RIGHT[name] / 250)
    inputs = report["reading"]["inputs"]
    scaling = "0..1" if name == PLAIN else "(x - 0.1307) / 0.3081"
    side = "transposed" if "transposed" in form else "upright"
    assert inputs["value"] == f"{scaling}, {side}"


def test_images_that_are_normalised_are_not_standardised_once_more(
    tmp_path: Path, capsys: Capture
):
    path = as_file(tmp_path, images("normalised"))
    report = evaluated(network(NORMALISED), path, capsys)
    assert report["test_accuracy"] == pytest.approx(RIGHT[NORMALISED] / 250)
    assert report["reading"]["inputs"]["value"] == "as in the file, upright"


def test_a_network_for_the_numbers_of_the_file_keeps_them(
    tmp_path: Path, capsys: Capture
):
    path = as_file(tmp_path, images("minus one to one"))
    report = evaluated(network("minus1to1.safetensors"), path, capsys)
    assert report["test_accuracy"] == pytest.approx(218 / 250)
    assert report["reading"]["inputs"]["value"] == "-1..1, upright"


def test_a_scaling_that_is_said_is_not_tried(tmp_path: Path, capsys: Capture):
    path = as_file(tmp_path, images("shades"))
    said = "data.scaling=(x - 0.1307) / 0.3081"
    report = evaluated(network(NORMALISED), path, capsys, said)
    assert report["test_accuracy"] == pytest.approx(RIGHT[NORMALISED] / 250)
    inputs = report["reading"]["inputs"]
    assert inputs["how"] == "said"
    assert inputs["value"] == "data.scaling (x - 0.1307) / 0.3081, upright"


MEANS = np.array([[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.6, 2.0]])


def flowers(folder: Path) -> tuple[Path, np.ndarray, np.ndarray]:
    """A table of three kinds of flowers, as CSV."""
    random = np.random.default_rng(3)
    labels = np.arange(240) % 3
    x = np.round(MEANS[labels] + 0.35 * random.standard_normal((240, 4)), 2)
    rows = [f"{','.join(map(str, row))},{k}" for row, k in zip(x, labels, strict=True)]
    path = folder / "flowers.csv"
    path.write_text("a,b,c,d,y\n" + "\n".join(rows) + "\n")
    return path, x, labels


def discriminant(
    folder: Path, x: np.ndarray, labels: np.ndarray
) -> tuple[Path, np.ndarray]:
    """A linear discriminant on these numbers, with its own answers (n,)."""
    means = np.stack([x[labels == k].mean(axis=0) for k in range(3)])
    within = sum(np.cov(x[labels == k].T) for k in range(3)) / 3
    weight = means @ np.linalg.inv(within)
    bias = -0.5 * np.einsum("ij,ij->i", weight, means)
    path = folder / "linear.npz"
    np.savez(path, w1=weight.astype(np.float32), b1=bias.astype(np.float32))
    return path, (x @ weight.T + bias).argmax(axis=1)


def read_on(path: Path, data: Path, said: Said = NOTHING_SAID) -> ReadNetwork:
    weights = load_weights(path)
    understood = understand(usual_experiment(data)).experiment
    experiment = experiment_on(understood.data, weights)
    assert experiment is not None
    return read_network(weights, experiment, load_dataset, said)


def answers(read: ReadNetwork) -> np.ndarray:
    test = read.dataset.test
    inputs = test.network_inputs(np.arange(len(test)))
    spec, params = read.weights.spec, read.weights.params
    return np.array([forward_trace(spec, params, row).predicted for row in inputs])


def own_answers(
    read: ReadNetwork, x: np.ndarray, predicted: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Those of the network itself for the rows of the test part, and the labels."""
    preparation = read.dataset.preparation
    assert preparation is not None
    test = read.dataset.test
    means, deviations = (
        np.array([getattr(column, name) for column in preparation.columns])
        for name in ("mean", "deviation")
    )
    raw = test.inputs * deviations + means
    places = [int(np.abs(x - row).sum(axis=1).argmin()) for row in raw]
    return predicted[places], test.labels


def test_a_network_on_the_columns_of_a_table_as_they_are_is_found(tmp_path: Path):
    data, x, labels = flowers(tmp_path)
    path, predicted = discriminant(tmp_path, x, labels)
    read = read_on(path, data)
    expected, true = own_answers(read, x, predicted)
    assert (answers(read) == expected).all()
    assert (expected == true).mean() > 0.9
    notes = "\n".join(read.notes)
    assert "inputs: as in the file, found by trying" in notes
    assert "now takes each column standardised by the training part" in notes


def test_a_network_on_standardised_columns_keeps_them(tmp_path: Path):
    data, x, labels = flowers(tmp_path)
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    path, predicted = discriminant(tmp_path, z, labels)
    read = read_on(path, data)
    expected, _ = own_answers(read, x, predicted)
    assert (answers(read) == expected).mean() > 0.95
    assert read.verdict is not None
    assert read.verdict.inputs.value == "each column standardised"
    assert read.verdict.inputs.how == "assumed"


def test_columns_that_are_standardised_in_the_file_are_taken_as_they_are(
    tmp_path: Path,
):
    _, x, labels = flowers(tmp_path)
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    data = tmp_path / "z.npz"
    np.savez(data, x=z, y=labels)
    path, _ = discriminant(tmp_path, z, labels)
    read = read_on(path, data)
    assert read.verdict is not None
    assert read.verdict.inputs.value == "as in the file"
    assert len(read.verdict.rows) == 1


def test_inputs_that_are_said_must_be_some_of_the_data(tmp_path: Path):
    data, x, labels = flowers(tmp_path)
    path, predicted = discriminant(tmp_path, x, labels)
    with pytest.raises(FileError, match="expected one of each column standardised; as"):
        read_on(path, data, Said(parsed_inputs("0..1")))
    read = read_on(path, data, Said(parsed_inputs("as in the file")))
    expected, _ = own_answers(read, x, predicted)
    assert (answers(read) == expected).all()


def test_what_is_guessed_of_a_table_of_numbers_is_said(tmp_path: Path):
    random = np.random.default_rng(5)
    x = random.normal(50, 9, (90, 3))
    data = tmp_path / "own.npz"
    np.savez(data, x=x, y=x @ [1.5, -2.0, 0.25])
    path = tmp_path / "linear.npz"
    np.savez(
        path,
        w1=np.array([[1.5, -2.0, 0.25]], np.float32),
        b1=np.zeros(1, np.float32),
    )
    notes = "\n".join(read_on(path, data).notes)
    assert "its inputs are not known: each column standardised by the" in notes
    assert "its outputs are not known: targets standardised by the" in notes


def test_outputs_on_own_data_stand_for_the_classes_in_their_order(
    tmp_path: Path, capsys: Capture
):
    path = as_file(tmp_path, images("grey levels"))
    report = evaluated(network("labels_from_1.safetensors"), path, capsys)
    assert report["reading"]["outputs"]["how"] == "assumed"
    # All that is right of a network for other labels is chance; it is said.
    assert report["reading"]["fit"] == "nothing"


def test_one_output_on_two_classes_of_a_table_is_the_second(tmp_path: Path):
    random = np.random.default_rng(7)
    labels = np.arange(200) % 2
    x = 20 + 3 * random.standard_normal((200, 2))
    x[:, 0] += 12 * labels
    data = tmp_path / "own.npz"
    np.savez(data, x=x, y=labels)
    path = tmp_path / "net.npz"
    weight = np.array([[1.3, 0.0]], np.float32)
    np.savez(path, w1=weight, b1=np.array([-1.3 * 26], np.float32))
    read = read_on(path, data)
    assert read.experiment.data.outputs == (1,)
    assert read.verdict is not None
    assert read.verdict.inputs.value == "as in the file"
    assert (answers(read) == read.dataset.test.labels).mean() > 0.9
