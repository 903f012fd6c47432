"""Files and options made to do harm: a short answer, and little memory for it."""

import json
import os
import struct
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from safetensors.numpy import save

from core.cli.main import main
from core.files.weights import load_weights
from tests.core.support.cli_answers import Capture, error_line, weights_file

MOST_BYTES: Final = 512 * 2**20
LONGEST_LINE: Final = 2_500
HOSTILE: Final = "\x1b]0;owned\x07\x1b[2J\x00\x9b31m\u202e"


def with_metadata(path: Path, key: str, value: str) -> Path:
    """A file of weights with one string of its metadata replaced."""
    data = weights_file(path).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    assert key in header["__metadata__"]
    header["__metadata__"][key] = value
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data[start:])
    return path


def a_million_layers(folder: Path) -> list[str]:
    sizes = json.dumps([2] * 1_000_000)
    path = with_metadata(folder / "layers.safetensors", "layer_sizes", sizes)
    return ["info", str(path)]


def a_hundred_thousand_tensors(folder: Path) -> list[str]:
    one = np.zeros((1, 1), np.float32)
    path = folder / "tensors.safetensors"
    path.write_bytes(save({f"layers.{k}.weight": one for k in range(100_000)}))
    return ["info", str(path)]


def many_members(folder: Path) -> list[str]:
    path = folder / "members.npz"
    with zipfile.ZipFile(path, "w") as archive:
        for k in range(20_000):
            archive.writestr(f"w{k}.npy", b"")
    return ["info", str(path)]


def a_label_of_ten_million(folder: Path) -> list[str]:
    path = folder / "labels.toml"
    path.write_text('[data]\nname = "inline"\ninputs = [[1.0]]\nlabels = [10000000]\n')
    return ["train", "--experiment", str(path), "--steps", "1"]


def chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def blank_png(path: Path, columns: int, rows: int, colour: int, row_bytes: int) -> Path:
    """All of it is there, packed a thousandfold."""
    packer = zlib.compressobj(1)
    row = bytes(1 + row_bytes)
    packed = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", columns, rows, 8, colour, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    return path


def a_square_picture(folder: Path) -> list[str]:
    path = blank_png(folder / "square.png", 10_000, 10_000, 6, 40_000)
    return ["predict", str(weights_file(folder / "w.npz")), str(path)]


def a_picture_of_one_row(folder: Path) -> list[str]:
    path = blank_png(folder / "row.png", 100_000_000, 1, 0, 100_000_000)
    return ["predict", str(weights_file(folder / "w.npz")), str(path)]


def a_picture_of_one_column(folder: Path) -> list[str]:
    path = blank_png(folder / "column.png", 1, 1, 0, 1)
    data = path.read_bytes()
    head = struct.pack(">IIBBBBB", 1, 100_000_000, 8, 0, 0, 0, 0)
    path.write_bytes(data[:8] + chunk(b"IHDR", head) + data[33:])
    return ["info", str(path)]


MEASURED: Final = """
import sys
from pathlib import Path

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    (found,) = [line for line in lines if line.startswith("VmHWM")]
    return 1024 * int(found.split()[1])

import jax.numpy
import core.cli.evaluate, core.cli.info, core.cli.predict, core.cli.train
from core.cli.main import main

before = peak()
code = main(sys.argv[1:])
print("peak", code, peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the peak")
@pytest.mark.parametrize(
    "make",
    [
        a_million_layers,
        a_hundred_thousand_tensors,
        many_members,
        a_label_of_ten_million,
        a_square_picture,
        a_picture_of_one_row,
        a_picture_of_one_column,
    ],
)
def test_the_answer_to_a_trap_takes_little_memory(
    tmp_path: Path, make: Callable[[Path], list[str]]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *make(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    word, code, grown = done.stdout.splitlines()[-1].split()
    assert (word, int(code)) == ("peak", 1), done.stdout
    assert int(grown) < MOST_BYTES
    assert done.stderr.startswith("glassbox: error: ")
    assert done.stderr.count("\n") == 1
    assert len(done.stderr) < LONGEST_LINE


@pytest.mark.parametrize(
    "value", ["9" * 5_000, "9" * 400, "0x" + "f" * 100_000, "-" + "9" * 5_000]
)
@pytest.mark.parametrize(
    "key", ["training.seed", "training.learning_rate", "network.hidden"]
)
def test_a_number_of_thousands_of_digits_is_refused_in_one_line(
    capsys: Capture, key: str, value: str
) -> None:
    text = f"[{value}]" if key == "network.hidden" else value
    assert main(["train", "--preset", "xor", "--set", f"{key}={text}"]) in (1, 2)
    line = error_line(capsys)
    assert key in line
    assert len(line) < LONGEST_LINE


def check_harmless(texts: tuple[str, str]) -> None:
    for text in texts:
        steering = {c for c in text if unicodedata.category(c) in ("Cc", "Cf")}
        assert steering <= {"\n"}, steering
        assert all(len(line) < LONGEST_LINE for line in text.splitlines())


NAMES: Final = {"steering": HOSTILE, "long": "n" * 10**6, "both": HOSTILE * 50_000}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_of_classes_steer_no_terminal(
    tmp_path: Path, capsys: Capture, name: str
) -> None:
    names = json.dumps([f"{name}{k}" for k in range(10)])
    path = with_metadata(tmp_path / "net.safetensors", "class_names", names)
    picture = blank_png(tmp_path / "a.png", 28, 28, 0, 28)
    for command in (
        ["info", str(path)],
        ["predict", str(path), str(picture)],
        ["evaluate", str(path), "--data", str(tmp_path)],
        ["convert", str(path), str(tmp_path / "other.npz")],
    ):
        main(command)
        check_harmless(capsys.readouterr())


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_in_a_table_steer_no_terminal(
    tmp_path: Path, capsys: Capture, name: str
) -> None:
    table, net = tmp_path / "rows.csv", tmp_path / "net.npz"
    cells = [name.replace("\x00", ""), "y", "wanted"]
    rows = [f"{k / 10},{k % 7},{cells[0]}{k % 2}" for k in range(40)]
    table.write_text("\n".join([",".join(cells), *rows]) + "\n", encoding="utf-8")
    data = ["--data", str(table)]
    out = ["--steps", "2", "--out", str(net)]
    for command in (
        ["info", str(table)],
        ["train", *data, "--set", "data.target=wanted", *out],
        ["info", str(net)],
        ["predict", str(net), str(table)],
        ["evaluate", str(net), *data],
    ):
        main(command)
        check_harmless(capsys.readouterr())


@pytest.mark.skipif(sys.platform == "win32", reason="has no such names")
def test_names_of_files_steer_no_terminal(tmp_path: Path, capsys: Capture) -> None:
    name = "\x1b]0;owned\x07\x1b[2J\u202e"
    net = weights_file(tmp_path / f"{name}.npz")
    picture = blank_png(tmp_path / f"{name}.png", 28, 28, 0, 28)
    damaged = tmp_path / f"{name}.csv"
    damaged.write_bytes(b"\x00\x01")
    for command in (
        ["info", str(net)],
        ["info", str(picture)],
        ["info", str(damaged)],
        ["predict", str(net), str(picture), str(damaged)],
        ["evaluate", str(net), "--data", str(damaged)],
        ["replay", str(net)],
    ):
        main(command)
        check_harmless(capsys.readouterr())
    assert load_weights(net).step == 0
