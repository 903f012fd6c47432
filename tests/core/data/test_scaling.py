"""`data.scaling`: what is done to the numbers of the data, checked by NumPy."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli.main import main
from core.data.file import understand, usual_experiment
from core.data.load import load_dataset
from core.data.scaling import InputScaling, dumps, loads
from core.experiment.model import DataSettings, Experiment
from core.experiment.scaling import WORDS
from core.files.export.forms import export
from core.files.export.network import Network
from core.files.weights import load_weights
from core.values.errors import DataError, ExperimentError
from tests.core.support.cli_answers import Capture, strict_json
from tests.core.support.exports import loaded
from tests.core.support.idx_files import write_set

GIVEN = "(x - 0.1307) / 0.3081"
RULES = (*WORDS, "(x - 3) / 0.5")


def expected(rule: str, trained: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """By hand, in float64."""
    axis = None if rule.endswith("overall") else 0
    if rule == "none":
        return rows
    if rule.startswith("0..1"):
        low = trained.min(axis=axis)
        return (rows - low) / (trained.max(axis=axis) - low)
    if rule.startswith("standardised"):
        return (rows - trained.mean(axis=axis)) / trained.std(axis=axis)
    return (rows - 3) / 0.5


@pytest.fixture
def table(tmp_path: Path) -> tuple[Path, np.ndarray]:
    random = np.random.default_rng(1)
    rows = np.round(random.normal((5, -20), (2, 9), (60, 2)), 3)
    lines = [f"{a},{b},k{n % 2},{'uv'[n % 2]}" for n, (a, b) in enumerate(rows)]
    path = tmp_path / "t.csv"
    path.write_text("\n".join(["a,b,word,target", *lines]) + "\n")
    return path, rows


@pytest.mark.parametrize("rule", RULES)
def test_columns_of_a_table_are_scaled_by_the_training_part(
    rule: str, table: tuple[Path, np.ndarray]
):
    path, rows = table
    begun = usual_experiment(path).with_values({"data.scaling": rule})
    understood = understand(begun)
    dataset = load_dataset(understood.experiment.data)
    plain = load_dataset(
        understand(
            usual_experiment(path).with_values({"data.scaling": "none"})
        ).experiment.data
    )
    trained = plain.train.inputs[:, :2].astype(np.float64)
    for split, raw in ((dataset.train, plain.train), (dataset.test, plain.test)):
        wanted = expected(rule, trained, raw.inputs[:, :2].astype(np.float64))
        np.testing.assert_allclose(split.inputs[:, :2], wanted, rtol=1e-4, atol=1e-5)
        np.testing.assert_array_equal(split.inputs[:, 2:], raw.inputs[:, 2:])
    assert {tuple(row) for row in np.float32(rows)} == {
        tuple(row[:2]) for row in (*plain.train.inputs, *plain.test.inputs)
    }
    assert any(f"scaling of the numbers: {rule}" in r for r in understood.remarks)


@pytest.mark.parametrize("rule", RULES)
def test_arrays_are_scaled_as_tables_are(rule: str, tmp_path: Path):
    random = np.random.default_rng(6)
    x = random.normal(4, (1, 5, 25), (50, 3))
    np.savez(tmp_path / "a.npz", x_train=x[:40], y_train=np.arange(40) % 2,
             x_test=x[40:], y_test=np.arange(10) % 2)  # fmt: skip
    begun = usual_experiment(tmp_path / "a.npz").with_values({"data.scaling": rule})
    dataset = load_dataset(understand(begun).experiment.data)
    wanted = expected(rule, np.float32(x[:40]).astype(np.float64), x)
    np.testing.assert_allclose(dataset.train.inputs, wanted[:40], rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(dataset.test.inputs, wanted[40:], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("rule", [*WORDS, GIVEN])
def test_images_are_scaled_from_their_grey_levels(rule: str, tmp_path: Path):
    arrays = write_set(tmp_path)
    settings = DataSettings(name="mnist", path=str(tmp_path), scaling=rule)
    dataset = load_dataset(settings)
    train, test = (
        next(v for k, v in arrays.items() if part in k and "images" in k)
        .reshape(-1, 784)
        .astype(np.float64)
        for part in ("train", "t10k")
    )
    if rule == GIVEN:
        wanted = (test / 255 - 0.1307) / 0.3081
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            wanted = expected(rule, train, test)
        axis = None if rule.endswith("overall") or rule == "none" else 0
        flat = np.broadcast_to(np.ptp(train, axis=axis) == 0, wanted.shape)
        wanted = np.where(flat, dataset.test.inputs, wanted)
    np.testing.assert_allclose(dataset.test.inputs, wanted, rtol=1e-4, atol=1e-5)
    # Pictures are drawn as they are in the file, whatever the network receives.
    assert dataset.image_shape == (28, 28)
    pictures = dataset.pictures(dataset.test.network_inputs(np.arange(len(test))))
    np.testing.assert_allclose(pictures.reshape(len(test), -1), test / 255, atol=1e-4)
    assert settings.shape.input_bytes == 4


def test_each_column_has_the_mean_and_deviation_that_are_given_for_it(
    table: tuple[Path, np.ndarray],
) -> None:
    path, rows = table
    begun = usual_experiment(path)
    given = begun.with_values({"data.scaling": "(x - [5.1, -20]) / [2, 9.5]"})
    dataset = load_dataset(understand(given).experiment.data)
    received = np.concatenate([dataset.train.inputs, dataset.test.inputs])[:, :2]
    wanted = (rows - [5.1, -20]) / [2, 9.5]
    np.testing.assert_allclose(np.sort(received, 0), np.sort(wanted, 0), atol=1e-5)
    one = begun.with_values({"data.scaling": "(x - [5.1, -20]) / 2"})
    first = load_dataset(understand(one).experiment.data).train.inputs[:, :2]
    scale = dataset.train.inputs[:, :2] * [2, 9.5] / 2
    np.testing.assert_allclose(first, scale, atol=1e-5)
    wrong = begun.with_values({"data.scaling": "(x - [5, 6, 7]) / 2"})
    with pytest.raises(DataError, match=r"gives 3 means.* there are 2 inputs"):
        understand(wrong)


def test_each_colour_has_the_mean_and_deviation_that_are_given_for_it(
    tmp_path: Path,
) -> None:
    random = np.random.default_rng(3)
    x = random.integers(0, 256, (30, 4, 5, 3), np.uint8)
    np.savez(tmp_path / "a.npz", x=x, y=np.arange(30) % 2)
    means, deviations = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
    rule = f"(x - {list(means)}) / {list(deviations)}"
    begun = usual_experiment(tmp_path / "a.npz").with_values({"data.scaling": rule})
    dataset = load_dataset(understand(begun).experiment.data)
    wanted = ((x / 255 - means) / deviations).reshape(30, -1)
    received = np.concatenate([dataset.train.inputs, dataset.test.inputs])
    order = np.lexsort(received.T), np.lexsort(np.float32(wanted).T)
    np.testing.assert_allclose(received[order[0]], wanted[order[1]], atol=1e-5)


def test_the_usual_scaling_is_as_it_was(tmp_path: Path):
    write_set(tmp_path)
    dataset = load_dataset(DataSettings(name="mnist", path=str(tmp_path)))
    assert dataset.train.inputs.dtype == np.uint8
    assert dataset.scaling == InputScaling((0.0,), (255.0,))
    assert dataset.image_shape == (28, 28)


@pytest.mark.parametrize(
    "text",
    [
        *("half", "(x - 1) / 0", "(x - 1) / -2", "(x-1)/2", "(x - nan) / 1"),
        *("(x - [1, 2]) / [1, 0]", "(x - [1, 2]) / [1, 2, 3]", "(x - []) / 1"),
    ],
)
def test_an_unknown_scaling_is_refused(text: str):
    with pytest.raises(ExperimentError, match=r"data\.scaling: invalid value"):
        DataSettings(scaling=text)
    with pytest.raises(ExperimentError, match="standardised overall"):
        Experiment().with_values({"data.scaling": text})


def test_scaling_travels_in_weights_predictions_and_exports(
    tmp_path: Path, capsys: Capture
):
    arrays = write_set(tmp_path / "data")
    weights = tmp_path / "net.npz"
    settings = ["--set", "data.name=mnist", "--set", f"data.scaling={GIVEN}"]
    folder = ["--data", str(tmp_path / "data")]
    out = ["--steps", "2", "--out", str(weights)]
    assert main(["train", *settings, *folder, *out]) == 0
    kept = load_weights(weights)
    assert kept.scaling == InputScaling((0.1307 * 255,), (0.3081 * 255,))
    images = next(v for k, v in arrays.items() if "t10k" in k and "images" in k)
    export(Network.of(kept), tmp_path / "net.py")
    by_script = loaded(tmp_path / "net.py").predict(images)[0]
    Image.fromarray(images[0]).save(tmp_path / "p.png")
    capsys.readouterr()
    picture = [str(weights), str(tmp_path / "p.png"), "--no-normalise"]
    assert main(["predict", *picture, "--json", "-"]) == 0
    (prediction,) = strict_json(capsys.readouterr().out)["predictions"]  # type: ignore[misc]
    np.testing.assert_allclose(prediction["outputs"], by_script, rtol=1e-4, atol=1e-7)
    received = (images[0].reshape(784) / 255 - 0.1307) / 0.3081
    inputs = np.float32(received)[None]
    np.testing.assert_allclose(
        Network.of(kept).outputs_of_inputs(inputs)[0], by_script, rtol=1e-4
    )
    assert main(["info", str(weights), "--json", "-"]) == 0
    assert strict_json(capsys.readouterr().out)["scaling"] == GIVEN


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"means": [0], "deviations": [0]}',
        '{"means": [0, 1], "deviations": [1]}', '{"means": ["0"], "deviations": [1]}',
        '{"means": [NaN], "deviations": [1]}', '{"means": [], "deviations": []}',
    ],
)  # fmt: skip
def test_a_damaged_scaling_is_refused(text: str):
    with pytest.raises(ValueError, match="no scaling"):
        loads(text)
    good = InputScaling((0.5, 1.0), (2.0, 3.0))
    assert loads(dumps(good)) == good
