"""A script of a table's network takes rows as they are written in the table."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.files.weights import load_weights
from tests.core.support.cli_answers import Capture
from tests.core.support.exports import loaded

GERMAN = "\n".join(
    ["Tag;Größe;Umsatz;Anteil;frei;Preis"]
    + [
        f"{1 + k % 28:02}.{1 + k % 12:02}.2024; {k},41;{1 + k % 9}.{100 + k},5;{k},5%;"
        f"{'true' if k % 3 else 'false'};{3 * k},25"
        for k in range(60)
    ]
)
ENGLISH = "\n".join(
    ["day,size,sales,share,free,price"]
    + [
        f"2024-{1 + k % 12:02}-{1 + k % 28:02}, {k}.41,"
        f'"{1 + k % 9},{100 + k}.5",{k}.5%,'
        f"{'true' if k % 3 else 'false'},{3 * k}.25"
        for k in range(60)
    ]
)


def converted(folder: Path, text: str, language: str = "numpy") -> Path:
    (folder / "t.csv").write_text(text + "\n", encoding="utf8")
    day = text.splitlines()[0].replace(";", ",").split(",")[0]
    weights = folder / "w.npz"
    begun = ["train", "--data", str(folder / "t.csv"), "--steps", "60"]
    begun += ["--set", f"data.include={json.dumps([day])}"]
    assert main([*begun, "--out", str(weights)]) == 0
    script = folder / "net.py"
    assert main(["convert", str(weights), str(script), "--for", language]) == 0
    return script


@pytest.mark.parametrize("text", [GERMAN, ENGLISH], ids=["comma", "point"])
def test_a_script_reads_what_is_written_in_the_file(
    text: str, tmp_path: Path, capsys: Capture
) -> None:
    path = converted(tmp_path, text)
    capsys.readouterr()
    table = str(tmp_path / "t.csv")
    assert main(["predict", str(tmp_path / "w.npz"), table, "--json", "-"]) == 0
    predictions = json.loads(capsys.readouterr().out)["predictions"]
    separator = ";" if text is GERMAN else ","
    lines = text.splitlines()
    (_, *rows) = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    script = loaded(path)
    found = script.predict([row[:-1] for row in rows])
    expected = np.array([entry["outputs"] for entry in predictions])
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-3)
    targets = script.targets_of([row[-1] for row in rows])
    assert targets.shape == (60, 1)
    given = [float(row[-1].replace(",", ".")) for row in rows]
    np.testing.assert_array_equal(targets, script.targets_of(given))


def test_a_cell_that_is_no_number_is_named(tmp_path: Path) -> None:
    script = loaded(converted(tmp_path, GERMAN))
    row = ["01.01.2024", "3,5", "1.200,5", "4%", "true"]
    assert np.isfinite(script.predict([row])).all()
    row[1] = "3,5 m"
    with pytest.raises(ValueError, match=r"Größe: '3,5 m' is not a number; .* 38,41"):
        script.predict([row])


@pytest.mark.parametrize("language", ["numpy", "jax", "torch"])
def test_a_script_says_that_it_takes_no_arguments(
    language: str, tmp_path: Path
) -> None:
    script = converted(tmp_path, ENGLISH, language)
    if language != "numpy":
        assert "sys.exit(" in script.read_text()
        return
    command = [sys.executable, str(script), "people.csv"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    (line,) = ended.stderr.splitlines()
    assert line.startswith("This script takes no arguments")
    assert "predict(rows)" in line
    again = subprocess.run(command[:2], capture_output=True, text=True, check=True)
    assert again.stdout.startswith("[[")


def test_the_form_of_numbers_travels_in_the_weights(tmp_path: Path) -> None:
    converted(tmp_path, GERMAN)
    preparation = load_weights(tmp_path / "w.npz").preparation
    assert preparation is not None
    assert preparation.has_decimal_comma
