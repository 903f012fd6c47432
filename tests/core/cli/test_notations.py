"""How numbers are written: a network's own table decides for other rows."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.data.table.preparation import NumberColumn
from core.files.weights import load_weights
from tests.core.support.cli_answers import Capture, error_line, strict_json
from tests.core.support.exports import loaded

ROWS = 60


def trained(folder: Path, *, comma: bool) -> Path:
    """On prices and weights, in one of both notations."""
    rows = [
        f"{1000 + 37 * k};{k % 5}.{100 + k};{'red' if k % 2 else 'blue'}"
        for k in range(ROWS)
    ]
    text = "\n".join(["price;weight;y", *rows]) + "\n"
    table = folder / "known.csv"
    table.write_text(text.replace(".", ",") if comma else text)
    weights = folder / "w.npz"
    begun = ["train", "--data", str(table), "--steps", "30", "--seed", "1"]
    assert main([*begun, "--out", str(weights)]) == 0
    return weights


def own_inputs(weights: Path, prices: list[float], loads: list[float]) -> np.ndarray:
    preparation = load_weights(weights).preparation
    assert preparation is not None
    columns = zip(preparation.columns, (prices, loads), strict=True)
    return np.array(
        [
            (np.array(values) - column.mean) / column.deviation
            for column, values in columns
            if isinstance(column, NumberColumn)
        ]
    ).T


def predicted(weights: Path, table: Path, capsys: Capture) -> tuple[np.ndarray, str]:
    capsys.readouterr()
    assert main(["predict", str(weights), str(table), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)["predictions"]
    return np.array([entry["outputs"] for entry in found]), err


TEXTS = {
    "2.663": (2.663, 2663),
    "2,663": (2663, 2.663),
    "2.663.000": (2_663_000, 2_663_000),
    "2,663,000": (2_663_000, 2_663_000),
    "2.0": (2, 2),
    "2,0": (2, 2),
    "0.663": (0.663, 0.663),
    "0,663": (0.663, 0.663),
    "1.234,5": (1234.5, 1234.5),
    "1,234.5": (1234.5, 1234.5),
    "1234": (1234, 1234),
    " 12 ": (12, 12),
    "1e3": (1000, 1000),
    "-2.047": (-2.047, -2047),
    "2.047 %": (2.047, 2047),
    "5%": (5, 5),
    ".5": (0.5, 0.5),
    "2.": (2, 2),
    "true": (1, 1),
    "1_000": (None, None),
    "2.5.1": (None, None),
    "2,5 kg": (None, None),
}
"""A text, and its number for networks of tables with a point and with a comma."""


@pytest.mark.parametrize("comma", [False, True], ids=["point", "comma"])
def test_a_script_and_predict_take_a_text_for_the_same_number(
    comma: bool, tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(tmp_path, comma=comma)
    path = tmp_path / "net.py"
    assert main(["convert", str(weights), str(path), "--for", "numpy"]) == 0
    script = loaded(path)
    table = tmp_path / "rows.csv"
    for text, numbers in TEXTS.items():
        table.write_text(f"price;weight\n{text};2\n")
        number = numbers[comma]
        if number is None:
            with pytest.raises(ValueError, match="is not a number; write it as"):
                script.predict([[text, "2"]])
            capsys.readouterr()
            assert main(["predict", str(weights), str(table)]) == 1
            said = error_line(capsys)
            assert f"line 2, column 'price': {text!r} is not a number" in said
            continue
        inputs = script.prepare([[text, "2"]])
        np.testing.assert_allclose(
            inputs, own_inputs(weights, [number], [2]), rtol=1e-5, err_msg=text
        )
        found, _ = predicted(weights, table, capsys)
        np.testing.assert_allclose(
            found, script.predict([[text, "2"]]), rtol=1e-4, atol=1e-6, err_msg=text
        )


def test_texts_of_one_column_are_read_in_one_notation(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(tmp_path, comma=True)
    path = tmp_path / "net.py"
    assert main(["convert", str(weights), str(path), "--for", "numpy"]) == 0
    table = tmp_path / "rows.csv"
    # 2.5 has a decimal point, and so 2.663 beside it has one.
    table.write_text("price;weight\n2.663;1\n2.5;1,5\n")
    script = loaded(path)
    rows = [["2.663", "1"], ["2.5", "1,5"]]
    expected = own_inputs(weights, [2.663, 2.5], [1, 1.5])
    np.testing.assert_allclose(script.prepare(rows), expected, rtol=1e-5)
    found, _ = predicted(weights, table, capsys)
    np.testing.assert_allclose(found, script.predict(rows), rtol=1e-4, atol=1e-6)
    table.write_text("price;weight\n2,5;1\n2.5;1\n")
    assert main(["predict", str(weights), str(table)]) == 1
    said = "line 3, column 'price': '2.5' is not a number; write it as 38,41"
    assert said in error_line(capsys)
    with pytest.raises(ValueError, match=r"price: '2\.5' is not a number"):
        script.predict([["2,5", "1"], ["2.5", "1"]])


@pytest.mark.parametrize("command", ["evaluate", "predict"])
@pytest.mark.parametrize("loads", ["{}", "{},5", "{}.5"])
def test_another_table_is_read_as_that_of_the_network(
    command: str, loads: str, tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(tmp_path, comma=True)
    tables = []
    for name, group in (("plain", ""), ("parted", ".")):
        rows = [
            f"{1 + k % 3}{group}{100 + 7 * k};{loads.format(k % 5)};"
            f"{'red' if k % 3 else 'blue'}"
            for k in range(ROWS)
        ]
        tables.append(tmp_path / f"{name}.csv")
        tables[-1].write_text("\n".join(["price;weight;y", *rows]) + "\n")
    reports = []
    for table in tables:
        capsys.readouterr()
        data = [str(table)] if command == "predict" else ["--data", str(table)]
        assert main([command, str(weights), *data, "--json", "-"]) == 0
        out, err = capsys.readouterr()
        report = strict_json(out)
        if command == "predict":
            reports.append([entry["outputs"] for entry in report["predictions"]])
        else:
            reports.append([report["test_loss"], report["test_accuracy"]])
    np.testing.assert_allclose(reports[1], reports[0], rtol=1e-5)
    alone = "separators of thousands are taken off, 1.100 is 1100"
    assert (alone in err) == (loads != "{}.5")
    against = "1.100 is taken as 1100, with a decimal comma as in the table that"
    assert (against in err) == (loads == "{}.5")
    if loads == "{}.5":
        assert "though in this one 'weight' has a decimal point (0.5)" in err
        assert err.count("1.100 is taken as") == 1


def test_decimals_with_three_figures_in_a_table_of_commas_are_said(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(tmp_path, comma=False)
    table = tmp_path / "rows.csv"
    table.write_text("price;weight\n2,663;1,5\n1,775;2,25\n")
    found, err = predicted(weights, table, capsys)
    assert "'price': 2,663 is taken as 2663, with a decimal point as in the" in err
    assert "though in this one 'weight' has a decimal comma (1,5)" in err
    table.write_text("price;weight\n2663;1.5\n1775;2.25\n")
    again, err = predicted(weights, table, capsys)
    assert "taken" not in err
    np.testing.assert_allclose(found, again, rtol=1e-6)
