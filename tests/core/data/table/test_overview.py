from pathlib import Path

import numpy as np

from core.data.source import open_table
from core.data.table.overview import FIRST_ROWS, overview_of_rows

TEXT = """id;age;plan;when;good;part;empty
1;20;basic;2024-01-05;true;train;
2;;plus;2024-01-06;false;test;
3;40,5;;2024-01-07;true;Validation;
"""


def test_a_table_is_looked_over_before_anything_is_decided(tmp_path: Path):
    path = tmp_path / "t.csv"
    path.write_text(TEXT)
    found = open_table(path).overview
    assert found.n_rows == 3
    assert found.names == ("id", "age", "plan", "when", "good", "part", "empty")
    assert [c.n_missing for c in found.columns] == [0, 1, 1, 0, 0, 0, 3]
    kinds = [c.kind for c in found.columns]
    assert kinds[:3] == ["whole numbers", "numbers", "words"]
    assert kinds[4:] == ["true or false", "words", "nothing"]
    assert [c.name for c in found.columns if c.can_part] == ["part"]
    assert found.rows[1][:3] == ("2", None, "plus")
    assert found.rows[2][1] == "40.5"


def test_no_more_than_the_first_rows_are_kept(tmp_path: Path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "1,2\n" * 100)
    found = open_table(path).overview
    assert (len(found.rows), found.n_rows) == (FIRST_ROWS, 100)


def test_arrays_are_looked_over_as_a_table_with_their_answers_last():
    rows, names = np.arange(6.0).reshape(3, 2), ("x1", "x2")
    found = overview_of_rows(rows, np.array([b"no", b"yes", b"no"]), names, "NumPy")
    assert found.names == ("x1", "x2", "y")
    assert found.rows[1] == ("2", "3", "yes")
    assert [c.kind for c in found.columns] == ["numbers", "numbers", "words"]
    several = overview_of_rows(rows, rows + 0.5, names, "NumPy")
    assert several.rows[0][2] == "0.5, 1.5"
