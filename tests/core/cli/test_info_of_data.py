"""`glassbox info` of tables, arrays, images, folders, and of networks on them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.cli.main import main
from tests.core.support.cli_answers import Capture, error_line, strict_json
from tests.core.support.idx_files import made_arrays, write_set

RANDOM = np.random.default_rng(1)


def told(path: Path, capsys: Capture) -> tuple[dict[str, Any], str]:
    """The report and the text of `glassbox info`."""
    capsys.readouterr()
    assert main(["info", str(path), "--json", "-"]) == 0
    report = strict_json(capsys.readouterr().out)
    assert main(["info", str(path)]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"{path}: {report['kind']}\n")
    return report, text


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "things.csv"
    rows = [
        f"{k % 7 + 0.5},{'red' if k % 3 else 'blue'},{'big' if k % 7 > 3 else 'small'}"
        for k in range(70)
    ]
    path.write_text("\n".join(["size,colour,kind", *rows]) + "\n")
    return path


def test_of_a_table(table: Path, capsys: Capture):
    report, text = told(table, capsys)
    assert report["kind"] == "CSV (comma)"
    assert report["rows"] == 70
    assert report["columns"] == [
        {"name": "size", "holds": "numbers"},
        {"name": "colour", "holds": "words"},
        {"name": "kind", "holds": "words"},
    ]
    assert (report["target"], report["classes"]) == (["kind"], ["big", "small"])
    assert "columns: size (numbers), colour (words), kind (words)\n" in text
    assert "classes: big, small\n" in text
    table.write_text("a,b\n1,2\nword,3\n" + "5,6\n" * 30)
    report, text = told(table, capsys)
    assert report["rows"] == 32
    assert "nothing to learn from as it is: " in text
    assert "line 3, column 'a': 'word' is not a number" in report["reason"]


def test_of_arrays_and_of_a_folder_of_them(tmp_path: Path, capsys: Capture):
    x, y = RANDOM.random((40, 3)), np.arange(40) % 4
    folder = tmp_path / "arrays"
    folder.mkdir()
    np.save(folder / "x.npy", x)
    np.save(folder / "y.npy", y)
    np.savez(tmp_path / "d.npz", x=x, y=y)
    for path in (folder, folder / "x.npy", tmp_path / "d.npz"):
        report, _ = told(path, capsys)
        assert (report["rows"], report["inputs"]) == (40, 3)
        assert report["classes"] == ["0", "1", "2", "3"]
        assert report["train"] + report["test"] == 40


def test_of_images(tmp_path: Path, capsys: Capture):
    colours = RANDOM.integers(0, 256, (20, 6, 5, 3), dtype=np.uint8)
    np.savez(tmp_path / "d.npz", x=colours, y=np.arange(20) % 2)
    report, text = told(tmp_path / "d.npz", capsys)
    assert report["shape"] == [6, 5, 3]
    assert "shape: 6 x 5 x 3\n" in text
    write_set(tmp_path / "mnist", made_arrays(30, 20))
    for path in (tmp_path / "mnist", next((tmp_path / "mnist").iterdir())):
        report, text = told(path, capsys)
        assert report["shape"] == [28, 28]
        assert (report["train"], report["test"]) == (30, 20)
    assert told(tmp_path / "mnist", capsys)[0]["data"] == "mnist"
    for name in ("cat", "dog"):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for k in range(8):
            Image.fromarray(colours[k]).save(tmp_path / "pets" / name / f"{k}.png")
    report, _ = told(tmp_path / "pets", capsys)
    assert report["classes"] == ["cat", "dog"]
    report, _ = told(tmp_path / "pets" / "cat" / "1.png", capsys)
    assert report == {
        "file": str(tmp_path / "pets" / "cat" / "1.png"),
        "kind": "picture",
        "shape": [6, 5],
    }


def test_of_what_is_no_data(tmp_path: Path, capsys: Capture):
    (tmp_path / "empty").mkdir()
    assert main(["info", str(tmp_path / "empty")]) == 1
    assert "contains nothing; expected the IDX files" in error_line(capsys)
    page = tmp_path / "page.csv"
    page.write_text("<!DOCTYPE html><html>")
    assert main(["info", str(page)]) == 1
    assert "this is an HTML page" in error_line(capsys)
    assert main(["info", str(tmp_path / "gone.csv")]) == 1
    assert "No such file" in error_line(capsys)


def test_of_weights_trained_on_a_table(table: Path, tmp_path: Path, capsys: Capture):
    out, weights = tmp_path / "w.npz", tmp_path / "weights.csv"
    assert main(["train", "--data", str(table), "--steps", "1", "--out", str(out)]) == 0
    report, text = told(out, capsys)
    assert report["path"] == str(table)
    assert report["target"] == ["kind"]
    assert [column["name"] for column in report["columns"]] == ["size", "colour"]
    assert f"path: {table}\n" in text
    assert "target: kind\n" in text
    assert "colour (one of blue, red)" in text
    assert main(["convert", str(out), str(weights)]) == 0
    assert told(weights, capsys)[0]["kind"].startswith("table of all weights")
