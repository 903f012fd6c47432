"""The command that reads pictures: their classes, and files that are none."""

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli.main import main
from core.data.picture_file import read_grey
from core.data.scaling import BYTES
from core.experiment.model import Experiment, NetworkSettings
from core.files.weights import WeightsFile, load_weights, save_weights
from tests.core.support.cli_answers import Capture, error_line, weights_file


@pytest.fixture
def weights(tmp_path: Path) -> str:
    return str(weights_file(tmp_path / "w.npz"))


def picture(path: Path, *, side: int = 28) -> Path:
    pixels = np.full((side, side), 255, np.uint8)
    pixels[side // 5 : -side // 5, side // 2 - 2 : side // 2 + 2] = 0
    Image.fromarray(pixels).save(path)
    return path


def test_predict_gives_class_and_probability_of_each_picture(
    tmp_path: Path, capsys: Capture, weights: str
) -> None:
    small, large = picture(tmp_path / "a.png"), picture(tmp_path / "b.gif", side=200)
    assert main(["predict", weights, str(small), str(large), "--json", "-"]) == 0
    report = json.loads(capsys.readouterr().out)
    predictions = report["predictions"]
    assert [p["file"] for p in predictions] == [str(small), str(large)]
    for prediction in predictions:
        outputs = prediction["outputs"]
        assert sum(outputs) == pytest.approx(1, abs=1e-5)
        assert prediction["probability"] == max(outputs)
        assert outputs[prediction["label"]] == max(outputs)
    assert main(["predict", weights, str(small)]) == 0
    line = capsys.readouterr().out
    assert line.startswith(f"{small}: {predictions[0]['name']} (")
    assert line.endswith("%)\n")


def test_no_normalise_feeds_the_pixels_as_they_are(
    tmp_path: Path, capsys: Capture, weights: str
) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (28, 28), np.uint8)
    path = tmp_path / "noise.png"
    Image.fromarray(pixels).save(path)
    assert main(["predict", weights, str(path), "--no-normalise", "--json", "-"]) == 0
    outputs = json.loads(capsys.readouterr().out)["predictions"][0]["outputs"]
    (first, bias), (last, last_bias) = load_weights(Path(weights)).params
    hidden = np.maximum(first @ (pixels.ravel() / 255) + bias, 0)
    z = last @ hidden + last_bias
    expected = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    np.testing.assert_allclose(outputs, expected, atol=1e-5)
    large = picture(tmp_path / "large.png", side=64)
    assert main(["predict", weights, str(large), "--no-normalise"]) == 1
    assert "64x64" in error_line(capsys)


def test_paper_and_slate_are_read_the_same(
    tmp_path: Path, capsys: Capture, weights: str
) -> None:
    paper = picture(tmp_path / "paper.png", side=90)
    slate = tmp_path / "slate.png"
    Image.fromarray(255 - np.asarray(Image.open(paper))).save(slate)
    transparent = tmp_path / "transparent.png"
    grey = np.asarray(Image.open(paper))
    rgba = np.zeros((*grey.shape, 4), np.uint8)
    rgba[..., 3] = 255 - grey
    Image.fromarray(rgba).save(transparent)
    sixteen = tmp_path / "sixteen.png"
    Image.fromarray(grey.astype(np.uint16) * 257).save(sixteen)
    files = [str(path) for path in (paper, slate, transparent, sixteen)]
    assert main(["predict", weights, *files, "--json", "-"]) == 0
    outputs = [p["outputs"] for p in json.loads(capsys.readouterr().out)["predictions"]]
    for other in outputs[1:]:
        np.testing.assert_allclose(other, outputs[0], atol=1e-6)


def test_clothes_are_scaled_but_not_normalised_like_digits(
    tmp_path: Path, capsys: Capture
) -> None:
    digits = weights_file(tmp_path / "digits.npz")
    clothes = tmp_path / "clothes.npz"
    old = load_weights(digits)
    experiment = Experiment(network=NetworkSettings(hidden=(3,)))
    experiment = experiment.with_values({"data.name": "fashion-mnist"})
    save_weights(clothes, WeightsFile(old.spec, old.params, experiment))
    pixels = np.random.default_rng(3).integers(0, 120, (28, 28), np.uint8)
    path = tmp_path / "shirt.png"
    Image.fromarray(pixels).save(path)
    outputs = []
    for argv in ([str(path)], [str(path), "--no-normalise"]):
        assert main(["predict", str(clothes), *argv, "--json", "-"]) == 0
        report = json.loads(capsys.readouterr().out)
        outputs.append(report["predictions"][0]["outputs"])
    assert main(["predict", str(digits), str(path), "--json", "-"]) == 0
    other = json.loads(capsys.readouterr().out)["predictions"][0]["outputs"]
    assert outputs[0] == outputs[1]
    assert np.abs(np.subtract(other, outputs[0])).max() > 0.05


def huge_png(path: Path) -> None:
    """A few bytes that claim 60,000 x 60,000 pixels."""
    picture(path)
    data = bytearray(path.read_bytes())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)


def cut_png(path: Path) -> None:
    picture(path, side=200)
    path.write_bytes(path.read_bytes()[:120])


def line_png(path: Path) -> None:
    """One row of 40 million pixels: few enough pixels, but no picture."""
    picture(path)
    data = bytearray(path.read_bytes())
    data[16:24] = (40_000_000).to_bytes(4, "big") + (1).to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)


def not_a_number(path: Path) -> None:
    Image.fromarray(np.full((28, 28), np.nan, np.float32)).save(path, "TIFF")


def postscript(path: Path) -> None:
    """Pillow would start Ghostscript to open it."""
    path.write_bytes(
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 28 28\n%%EndComments\n"
        b"newpath 0 0 moveto 28 28 lineto stroke\nshowpage\n%%EOF\n"
    )


def direct_draw(path: Path) -> None:
    picture(path)
    Image.open(path).convert("RGBA").save(path, "DDS")


def text_file(path: Path) -> None:
    path.write_text("no picture")


def folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    "make",
    [
        huge_png,
        line_png,
        cut_png,
        not_a_number,
        postscript,
        direct_draw,
        text_file,
        folder,
        nothing,
    ],
)
def test_what_is_no_picture_is_one_line_and_the_others_are_read(
    tmp_path: Path, capsys: Capture, weights: str, make: Callable[[Path], None]
) -> None:
    bad, good = tmp_path / "bad.png", picture(tmp_path / "good.png")
    make(bad)
    assert main(["predict", weights, str(bad), str(good)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith(str(good))
    assert err.startswith(f"glassbox: error: {bad}: ")
    assert err.count("\n") == 1


def test_predict_refuses_a_network_that_takes_no_pictures(
    tmp_path: Path, capsys: Capture
) -> None:
    path = str(weights_file(tmp_path / "plane.npz", sizes=(2, 4, 2)))
    assert main(["predict", path, str(picture(tmp_path / "a.png"))]) == 1
    assert "2-4-2" in error_line(capsys)


@pytest.mark.parametrize("mode", ["LA", "RGBA", "P"])
def test_what_is_transparent_is_white_paper(tmp_path: Path, mode: str) -> None:
    ink = Image.new("RGBA", (28, 28), (0, 0, 0, 0))
    ink.paste((0, 0, 0, 255), (12, 4, 16, 24))
    ink.convert(mode).save(tmp_path / "a.png")
    expected = Image.new("L", (28, 28), 255)
    expected.paste(0, (12, 4, 16, 24))
    assert np.array_equal(read_grey(tmp_path / "a.png"), np.asarray(expected))


def test_a_picture_is_turned_as_the_camera_was_held(tmp_path: Path) -> None:
    pixels = np.random.default_rng(5).integers(0, 256, (20, 30), np.uint8)
    exif = Image.Exif()
    exif[0x0112] = 6  # the top of the scene is at the right of the stored rows
    Image.fromarray(pixels).save(tmp_path / "a.png", exif=exif)
    assert np.array_equal(read_grey(tmp_path / "a.png"), np.rot90(pixels, -1))


def test_a_table_of_numbers_is_predicted_row_by_row(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = tmp_path / "xor.safetensors"
    args = ["train", "--preset", "xor", "--steps", "2", "--out", str(weights)]
    assert main(args) == 0
    table, wide, words = (tmp_path / f"{name}.csv" for name in ("xy", "wide", "words"))
    table.write_text("0.5,0.5\n-0.5,0.25\n")
    wide.write_text("1,2,3\n4,5,6\n")
    words.write_text("1,a\n4,b\n")
    capsys.readouterr()
    assert main(["predict", str(weights), str(table), "--json", "-"]) == 0
    predictions = json.loads(capsys.readouterr().out)["predictions"]
    assert [p["file"] for p in predictions] == [f"{table}:1", f"{table}:2"]
    (first, bias), (last, last_bias) = load_weights(weights).params
    for row, told in zip(([0.5, 0.5], [-0.5, 0.25]), predictions, strict=True):
        z = last @ np.maximum(first @ np.array(row) + bias, 0) + last_bias
        expected = np.exp(z) / np.exp(z).sum()
        assert told["outputs"] == pytest.approx(expected, abs=1e-5)
    assert main(["predict", str(weights), str(wide)]) == 1
    assert "has 3 columns, the network 2-8-2 takes 2 values" in error_line(capsys)
    assert main(["predict", str(weights), str(words)]) == 1
    assert "does not hold a number in each row" in error_line(capsys)


def test_a_network_of_numbers_says_what_a_file_is_and_what_it_takes(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "xor.npz"
    command = ["train", "--preset", "xor", "--steps", "1", "--out", str(path)]
    assert main(command) == 0
    shown, other = picture(tmp_path / "a.png"), tmp_path / "notes.md"
    other.write_text("# Notes")
    capsys.readouterr()
    for file, what in (
        (shown, "is a picture (PNG); the network 2-8-2 in "),
        (other, "is a file of another kind; the network 2-8-2 in "),
    ):
        assert main(["predict", str(path), str(file)]) == 1
        said = error_line(capsys)
        assert f"{file}: {what}{path} takes 2 numbers: name a table (CSV) or" in said
        assert "784" not in said
    assert main(["predict", str(path), str(tmp_path / "none.png")]) == 1
    assert "none.png: cannot be read: No such file" in error_line(capsys)


def test_images_in_an_array_are_read_as_in_training(
    tmp_path: Path, capsys: Capture, weights: str
) -> None:
    own = replace(load_weights(Path(weights)), scaling=BYTES)
    save_weights(Path(weights), own)
    path = tmp_path / "images.npz"
    levels = np.random.default_rng(3).integers(0, 256, (2, 28, 28)).astype(np.uint8)
    np.savez(path, images=levels)
    Image.fromarray(levels[1]).save(tmp_path / "b.png")
    shown = str(tmp_path / "b.png")
    command = ["predict", weights, str(path), shown, "--no-normalise"]
    assert main([*command, "--json", "-"]) == 0
    first, second, same = json.loads(capsys.readouterr().out)["predictions"]
    assert (first["file"], second["file"]) == (
        f"{path}:images[0]",
        f"{path}:images[1]",
    )
    assert second["outputs"] == pytest.approx(same["outputs"], abs=1e-6)
