"""Tables as files, read again by a program that was not written here."""

from pathlib import Path

import polars
import pytest

from gui.session.save_request import CSV
from gui.session.table_file import PARQUET, TABLE_KINDS, rows_request, table_request

ROWS = [
    ["name", "value", "steps"],
    ["w, 1", "0.100000001", "1"],
    ['say "b"', "nan", "20"],
    ["c", "-1e-30", ""],
]


def test_parquet_holds_the_same_as_csv_with_its_types(tmp_path: Path) -> None:
    request = rows_request("Table", "table", ROWS)
    assert request.kinds == TABLE_KINDS
    assert request.write_kind is not None
    for kind in TABLE_KINDS:
        request.write_kind(tmp_path / f"t{kind.ending}", kind)
    read = polars.read_parquet(tmp_path / "t.parquet")
    assert read.schema == {
        "name": polars.String,
        "value": polars.Float64,
        "steps": polars.Int64,
    }
    assert read["name"].to_list() == ["w, 1", 'say "b"', "c"]
    assert read["steps"].to_list() == [1, 20, None]
    assert read["value"][0] == pytest.approx(0.1, rel=1e-7)
    assert read["value"].is_nan()[1]
    text = polars.read_csv(tmp_path / "t.csv", infer_schema=False)
    assert text["name"].equals(read["name"])
    assert text["value"].to_list() == ["0.100000001", "nan", "-1e-30"]


def test_a_column_that_begins_with_whole_numbers_may_end_with_others(
    tmp_path: Path,
) -> None:
    lines = [b"loss\n", *[b"1\n"] * 500, b"0.25\n"]
    request = table_request("Curves", "curves", lambda: lines)
    assert request.write_kind is not None
    request.write_kind(tmp_path / "curves.parquet", PARQUET)
    read = polars.read_parquet(tmp_path / "curves.parquet")
    assert read["loss"].sum() == 500.25


def test_the_name_is_of_csv_until_another_form_is_chosen(tmp_path: Path) -> None:
    request = rows_request("Table", "table", ROWS)
    assert request.name == "table.csv"
    request.write(tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text().startswith("name,value,steps\n")
    assert request.kinds[0] == CSV
