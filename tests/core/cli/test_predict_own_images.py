"""Pictures for networks that were trained on images of another shape than MNIST's."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli.main import main
from core.files.weights import load_weights
from tests.core.support.cli_answers import Capture, error_line

RANDOM = np.random.default_rng(6)


def class_folders(folder: Path, *, coloured: bool, n: int = 12) -> Path:
    """Pictures of 20x24 pixels, columns first: dark ones, and light ones."""
    for name, low in (("dark", 0), ("light", 150)):
        (folder / name).mkdir(parents=True)
        for k in range(n):
            shape = (24, 20, 3) if coloured else (24, 20)
            pixels = RANDOM.integers(low, low + 100, shape).astype(np.uint8)
            Image.fromarray(pixels).save(folder / name / f"{k}.png")
    return folder


def outputs_of(weights: Path, row: np.ndarray) -> np.ndarray:
    """Softmax outputs by hand."""
    (first, bias), (last, last_bias) = load_weights(weights).params
    hidden = np.maximum(first @ row + bias, 0)
    z = last @ hidden + last_bias
    powers = np.exp(z - z.max())
    found: np.ndarray = powers / powers.sum()
    return found


def predicted(capsys: Capture, *arguments: str) -> list[dict]:
    capsys.readouterr()
    assert main(["predict", *arguments, "--json", "-"]) == 0
    found: list[dict] = json.loads(capsys.readouterr().out)["predictions"]
    return found


@pytest.mark.parametrize("coloured", [False, True])
@pytest.mark.parametrize("scaling", ["", "-1..1", "mean-deviation"])
def test_a_picture_is_brought_to_the_shape_of_the_data(
    tmp_path: Path, capsys: Capture, *, coloured: bool, scaling: str
):
    folder = class_folders(tmp_path / "pictures", coloured=coloured)
    out = tmp_path / "w.npz"
    said = {
        "": [],
        "-1..1": ["--set", "data.scaling=(x - 0.5) / 0.5"],
        "mean-deviation": ["--set", "data.scaling=(x - 0.4) / 0.2"],
    }[scaling]
    command = ["train", "--data", str(folder), "--out", str(out), "--steps", "20"]
    assert main([*command, *said]) == 0
    for name in ("dark", "light"):
        path = folder / name / "3.png"
        row = np.asarray(Image.open(path), np.float64).ravel()
        mean, deviation = {
            "": (0, 255),
            "-1..1": (127.5, 127.5),
            "mean-deviation": (102, 51),
        }[scaling]
        expected = outputs_of(out, (row - mean) / deviation)
        for options in ([], ["--no-normalise"]):
            (found,) = predicted(capsys, str(out), str(path), *options)
            np.testing.assert_allclose(found["outputs"], expected, atol=1e-4)
            assert found["name"] == ("dark", "light")[expected.argmax()]
    large = tmp_path / "large.png"
    Image.open(folder / "light" / "1.png").resize((200, 240)).save(large)
    (found,) = predicted(capsys, str(out), str(large))
    (small,) = predicted(capsys, str(out), str(folder / "light" / "1.png"))
    np.testing.assert_allclose(found["outputs"], small["outputs"], atol=0.1)
    assert main(["predict", str(out), str(large), "--no-normalise"]) == 1
    assert "an image needs 20x24" in error_line(capsys)


@pytest.mark.parametrize("has_planes", [False, True])
def test_colours_lie_as_in_the_arrays_of_the_training(
    tmp_path: Path, capsys: Capture, *, has_planes: bool
):
    images = RANDOM.integers(0, 256, (30, 6, 5, 3)).astype(np.uint8)
    x = images.transpose(0, 3, 1, 2) if has_planes else images
    data, out = tmp_path / "d.npz", tmp_path / "w.safetensors"
    np.savez(data, x=x, y=np.arange(30) % 2)
    train = ["train", "--data", str(data), "--out", str(out), "--steps", "20"]
    assert main(train) == 0
    path = tmp_path / "p.png"
    Image.fromarray(images[4]).save(path)
    (found,) = predicted(capsys, str(out), str(path))
    expected = outputs_of(out, x[4].ravel() / 255)
    np.testing.assert_allclose(found["outputs"], expected, atol=1e-5)


def test_a_table_of_as_many_columns_as_an_image_has_pixels_is_a_table(
    tmp_path: Path, capsys: Capture
):
    out, table = tmp_path / "w.npz", tmp_path / "rows.csv"
    train = ["train", "--preset", "digits", "--steps", "1", "--out", str(out)]
    assert main(train) == 0
    rows = RANDOM.integers(0, 256, (3, 784))
    names = ",".join(f"pixel{k}" for k in range(784))
    lines = [",".join(map(str, row)) for row in rows]
    table.write_text("\n".join([names, *lines]) + "\n")
    found = predicted(capsys, str(out), str(table))
    assert [entry["file"] for entry in found] == [f"{table}:{k}" for k in (2, 3, 4)]
    scaled = tmp_path / "scaled.csv"
    lines = [",".join(map(repr, (row / 255).tolist())) for row in rows]
    scaled.write_text("\n".join([names, *lines]) + "\n")
    again = predicted(capsys, str(out), str(scaled))
    for one, other, row in zip(found, again, rows, strict=True):
        np.testing.assert_allclose(one["outputs"], other["outputs"], atol=1e-5)
        image = tmp_path / "row.png"
        Image.fromarray(row.reshape(28, 28).astype(np.uint8)).save(image)
        (plain,) = predicted(capsys, str(out), str(image), "--no-normalise")
        np.testing.assert_allclose(one["outputs"], plain["outputs"], atol=1e-5)
    assert main(["predict", str(out), str(table)]) == 0
    assert "divided by 255, as in training" in capsys.readouterr().err
