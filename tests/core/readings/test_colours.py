"""Coloured images: the order of their numbers is read as the scaling is."""

from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.data.load import load_dataset
from core.experiment.model import DataSettings
from core.files.export.intake import intake_of
from core.files.weights import load_weights
from tests.core.support.cli_answers import Capture, strict_json

SIDE = 32
N = 300
NOISE = 0.25
PLANES = "red then green then blue"


def templates() -> np.ndarray:
    """(10, 3, 32, 32) from 0 to 1: patches of colours, faint behind the noise."""
    random = np.random.default_rng(6)
    patches = random.normal(0, 0.0125, (10, 3, 4, 4)).repeat(8, 2).repeat(8, 3)
    return 0.5 + np.asarray(patches)


def pictures(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Grey levels (n, 3, 32, 32) and labels."""
    random = np.random.default_rng(seed)
    labels = np.arange(N) % 10
    noise = NOISE * random.standard_normal((N, 3, SIDE, SIDE))
    levels = np.rint(255 * np.clip(templates()[labels] + noise, 0, 1))
    return levels.astype(np.uint8), labels


@pytest.fixture(scope="module")
def cifar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Batches as CIFAR-10 comes."""
    folder = tmp_path_factory.mktemp("cifar")
    for seed, name in enumerate(("data_batch_1", "data_batch_2", "test_batch")):
        levels, labels = pictures(seed)
        records = np.hstack([labels[:, None].astype(np.uint8), levels.reshape(N, -1)])
        (folder / f"{name}.bin").write_bytes(records.tobytes())
    return folder


def in_order(values: np.ndarray, order: str) -> np.ndarray:
    """(n, 3, 32, 32) as rows of numbers."""
    if order != "planes":
        values = values.transpose(0, 2, 3, 1)
    return values.reshape(len(values), -1)


def network(path: Path, order: str, mean: float = 0.0, deviation: float = 1.0) -> Path:
    """The best linear network for inputs in that order and scaling."""
    rows = in_order(templates(), order)
    weight = rows / NOISE**2
    bias = -0.5 * (rows**2).sum(axis=1) / NOISE**2
    bias += mean * weight.sum(axis=1)
    weight *= deviation
    np.savez(path, w1=weight.astype(np.float32), b1=bias.astype(np.float32))
    return path


def by_hand(path: Path, order: str) -> float:
    """Its accuracy on the test pictures as they are."""
    levels, labels = pictures(2)
    with np.load(path) as file:
        logits = in_order(levels / 255, order) @ file["w1"].T + file["b1"]
    return float((logits.argmax(axis=1) == labels).mean())


def evaluated(weights: Path, data: Path, capsys: Capture) -> dict:
    command = ["evaluate", str(weights), "--data", str(data), "--json", "-"]
    assert main(command) == 0
    return dict(strict_json(capsys.readouterr().out))


@pytest.mark.parametrize("order", ["planes", "pixels"])
def test_a_network_on_cifar_10_may_take_either_order_of_the_numbers(
    order: str, cifar: Path, tmp_path: Path, capsys: Capture
):
    weights = network(tmp_path / "net.npz", order)
    expected = by_hand(weights, order)
    assert 0.8 < expected < 1
    report = evaluated(weights, cifar, capsys)
    assert report["data"] == "cifar-10"
    assert report["test_accuracy"] == pytest.approx(expected)
    words = PLANES if order == "planes" else "colours pixel by pixel"
    assert report["reading"]["inputs"]["value"] == f"0..1, upright, {words}"


def test_another_scaling_of_colours_is_asked_and_named(
    cifar: Path, tmp_path: Path, capsys: Capture
):
    weights = network(tmp_path / "net.npz", "planes", 0.5, 0.25)
    inputs = evaluated(weights, cifar, capsys)["reading"]
    assert inputs["inputs"]["how"] == "asked"
    named = [row["inputs"] for row in inputs["choices"]]
    assert f"(x - 0.5) / 0.25, upright, {PLANES}" in named
    command = ["evaluate", str(weights), "--data", str(cifar), "--json", "-"]
    said = ["--set", "reading.inputs=(x - 0.5) / 0.25, planes"]
    assert main([*command, *said]) == 0
    report = strict_json(capsys.readouterr().out)
    right = network(tmp_path / "plain.npz", "planes")
    assert report["test_accuracy"] == pytest.approx(by_hand(right, "planes"))


@pytest.mark.parametrize("order", ["planes", "pixels"])
def test_what_is_exported_says_the_order_of_colours(
    order: str, cifar: Path, tmp_path: Path, capsys: Capture
):
    weights = network(tmp_path / "net.npz", order)
    out = tmp_path / "again.npz"
    assert main(["convert", str(weights), str(out), "--data", str(cifar)]) == 0
    capsys.readouterr()
    text = intake_of(load_weights(out)).text
    assert text == (
        "3,072 levels from 0 to 255 of 32x32 pixels: all of red row by row, then all "
        "of green, then all of blue"
    )
    assert evaluated(out, cifar, capsys)["test_accuracy"] == pytest.approx(
        by_hand(weights, order)
    )


def test_a_scaling_is_applied_once_and_by_colour(cifar: Path):
    means, deviations = (0.4, 0.5, 0.6), (0.2, 0.25, 0.3)
    rule = f"(x - {list(means)}) / {list(deviations)}"
    settings = DataSettings(name="cifar-10", path=str(cifar), scaling=rule)
    dataset = load_dataset(settings)
    levels, _ = pictures(2)
    wanted = levels.transpose(0, 2, 3, 1) / 255
    received = dataset.test.inputs.reshape(N, 3, SIDE, SIDE).transpose(0, 2, 3, 1)
    np.testing.assert_allclose(
        received, (wanted - means) / deviations, rtol=1e-4, atol=1e-5
    )
    np.testing.assert_allclose(dataset.pictures(dataset.test.inputs), wanted, atol=1e-5)
