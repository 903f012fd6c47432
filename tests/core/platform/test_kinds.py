"""A file of the wrong kind is called what it really is, by every reader."""

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import Image
from safetensors.numpy import save

from core.data.file import understand, usual_experiment
from core.data.idx import read_idx
from core.data.picture_file import read_grey
from core.experiment.presets import read_experiment
from core.files.weights import load_weights
from core.platform.kinds import is_text_table
from core.values.errors import GlassboxError

PAGE = "an HTML page, perhaps of a login"


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/sheet.xml", "<a/>")
    return buffer.getvalue()


def _png() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (3, 3)).save(buffer, "PNG")
    return buffer.getvalue()


def _npy() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.ones(3))
    return buffer.getvalue()


WRONG = {
    "page": (b"<!DOCTYPE html><html><body>Log in", PAGE),
    "page after lines": (b"\n\n  <HTML><head>", PAGE),
    "page with a comment": (b"<!-- saved --><html>", PAGE),
    "xml": (b'<?xml version="1.0"?><Error>AccessDenied</Error>', "an XML file"),
    "pdf": (b"%PDF-1.7 ...", "a PDF"),
    "json": (json.dumps({"a": 1}).encode(), "a JSON file"),
    "gzip": (gzip.compress(b"a,b"), "a gzip archive"),
    "bzip2": (bz2.compress(b"a,b"), "a bzip2 archive"),
    "xz": (lzma.compress(b"a,b"), "an xz archive"),
    "xlsx": (_zip(), "Excel"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Excel file"),
    "png": (_png(), "a picture (PNG)"),
    "npy": (_npy(), "a NumPy array"),
    "hdf5": (b"\x89HDF\r\n\x1a\n" + bytes(99), "an HDF5 file"),
    "pickle": (
        b"\x80\x04\x95\x14\x00\x00\x00\x00\x00\x00\x00}\x94\x8c\x01a\x94]\x94G?\xf8\x00\x00\x00\x00\x00\x00as.",
        "a pickle, which can run programs",
    ),
    "program": (b"\x7fELF\x02\x01" + bytes(99), "a program"),
    "safetensors": (save({"a": np.ones(2, np.float32)}), "a safetensors file"),
    "experiment": (b'[data]\nname = "xor"\n', "an experiment (TOML)"),
    "pointer": (b"version https://git-lfs.github.com/spec/v1\noid", "git lfs pull"),
}


def refusal(read: Callable[[Path], object], path: Path) -> str:
    with pytest.raises(GlassboxError) as error:
        read(path)
    said = str(error.value)
    assert said.startswith(str(path))
    return said.removeprefix(str(path))


@pytest.mark.parametrize("name", [name for name in WRONG if name != "npy"])
def test_a_table_of_the_wrong_kind(name: str, tmp_path: Path):
    content, kind = WRONG[name]
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    said = refusal(lambda path: understand(usual_experiment(path)), path)
    assert kind in said
    assert "expected a table in CSV, TSV or Parquet" in said


@pytest.mark.parametrize("ending", [".csv", ".py", ".txt"])
@pytest.mark.parametrize("name", ["page", "pdf", "gzip", "program", "pointer", "png"])
def test_weights_under_the_name_of_a_text(name: str, ending: str, tmp_path: Path):
    content, kind = WRONG[name]
    path = tmp_path / f"wrong{ending}"
    path.write_bytes(content)
    said = refusal(load_weights, path)
    assert kind in said
    assert "kinds that are read: safetensors" in said
    assert "a table of values" not in said


@pytest.mark.parametrize("name", [n for n in WRONG if n not in ("png", "experiment")])
def test_an_experiment_of_the_wrong_kind(name: str, tmp_path: Path):
    content, kind = WRONG[name]
    path = tmp_path / "wrong.toml"
    path.write_bytes(content)
    assert kind in refusal(read_experiment, path)


@pytest.mark.parametrize("name", [name for name in WRONG if name != "png"])
def test_a_picture_of_the_wrong_kind(name: str, tmp_path: Path):
    content, kind = WRONG[name]
    path = tmp_path / "wrong.png"
    path.write_bytes(content)
    assert kind in refusal(read_grey, path)


@pytest.mark.parametrize("name", ["page", "pdf", "png", "xml", "xlsx"])
def test_an_idx_file_of_the_wrong_kind(name: str, tmp_path: Path):
    content, kind = WRONG[name]
    path = tmp_path / "train-labels-idx1-ubyte"
    path.write_bytes(content)
    assert kind in refusal(lambda path: read_idx(path, n_dimensions=1), path)


def test_a_parquet_file_that_is_cut_off_is_called_so(tmp_path: Path):
    path = tmp_path / "t.csv"
    pl.DataFrame({"a": [1, 2], "y": ["u", "v"]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])
    said = refusal(lambda path: understand(usual_experiment(path)), path)
    assert "it is a Parquet file, cut off or damaged" in said


def _archive(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return path


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("net/data.pkl", "net/data/0"), "a network of PyTorch, which opens in the"),
        (("config.json", "model.weights.h5"), "a network of Keras"),
        (("[Content_Types].xml", "xl/workbook.xml"), "an Excel sheet (.xlsx); save"),
        (("word/document.xml",), "a Word document"),
        (("x.npy", "y.npy"), "an archive of NumPy arrays (.npz)"),
        (("a.txt",), "a ZIP archive"),
    ],
)
def test_an_archive_is_called_what_is_in_it(
    names: tuple[str, ...], kind: str, tmp_path: Path
):
    path = _archive(tmp_path / "x.pt", *names)
    said = refusal(lambda path: understand(usual_experiment(path)), path)
    assert f"this is {kind}" in said
    if kind.startswith("a network"):
        assert "Excel" not in said
        assert "glassbox evaluate" in said


@pytest.mark.parametrize("ending", [".npz", ".pt", ".onnx", ".h5", ".safetensors"])
@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\n1,2,3\n",
        "\ufeffa;b\n1,5;2\n3;4",
        "a\tb\n" + "1\t2\n" * 400,
        ",".join(f"pixel{k}" for k in range(784)) + "\n",
        "na\u00efve,b\n" + "\u00e9,1\n" * 300,
    ],
)
def test_a_table_under_the_name_of_a_network(text: str, ending: str, tmp_path: Path):
    path = tmp_path / f"t{ending}"
    path.write_text(text, "utf-8")
    said = refusal(load_weights, path)
    assert "this is a table as text, such as a CSV file" in said
    assert "damaged" not in said


def test_prose_and_bytes_are_no_table():
    for start in (b"Dear reader, this is", b"one\ntwo\n", b"\x00\x01,\n\x02,\n", b""):
        assert not is_text_table(start)
