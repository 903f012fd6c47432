from pathlib import Path

import numpy as np
import pytest

from core.data.dataset import Split
from core.data.found import Found
from core.data.table.load import read_table
from core.data.table.preparation import (
    NumberColumn,
    WordColumn,
    dumps,
    loads,
)
from core.data.table.text_form import _DECIMAL_COMMA, _NUMBER
from core.experiment.model import DataSettings
from core.values.errors import DataError

ROWS = 40
ENDS_ITS_READER = Path(__file__).parent / "ends_its_reader.parquet"
"""It asks for 2 million terabytes."""


def settings(**values: object) -> DataSettings:
    return DataSettings(**{"name": "file", "path": "t.csv"} | values)  # type: ignore[arg-type]


def read(folder: Path, text: str, **values: object) -> Found:
    path = folder / "t.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_table(path, settings(**values))


def table(header: str, row: str, n: int = ROWS, sep: str = "\n") -> str:
    """A table of n rows, {k} in each being its number."""
    rows = (
        row.format(k=k, half=k / 2, kind="red" if k % 2 else "blue") for k in range(n)
    )
    return sep.join((header, *rows)) + sep


MIXED = table("size;colour;price", "{half};{kind};1{k}.25").replace(".", ",")


def test_separator_and_decimal_comma_are_found(tmp_path: Path):
    found = read(tmp_path, MIXED)
    assert found.remarks[0].startswith("CSV (semicolon, decimal comma) of 40 rows")
    own = found.dataset.preparation.in_own_units(found.dataset.train.targets)
    assert own.min() >= 10.25
    assert set(np.round(own % 1, 4).ravel()) == {0.25}


@pytest.mark.parametrize(("sep", "title"), [("\t", "TSV"), ("|", "CSV (bar)")])
def test_other_separators_are_found(tmp_path: Path, sep: str, title: str):
    text = table("a,b,y", "{half},{kind},{kind}").replace(",", sep)
    assert read(tmp_path, text).remarks[0].startswith(title)


def test_words_become_an_input_for_each_category(tmp_path: Path):
    dataset = read(tmp_path, MIXED).dataset
    assert dataset.input_names == ("size", "colour = blue", "colour = red")
    hot = dataset.train.inputs[:, 1:]
    assert set(map(tuple, hot)) == {(0.0, 1.0), (1.0, 0.0)}


def test_numbers_are_standardised_by_the_training_part_alone(tmp_path: Path):
    rows = [f"{k},train,{k % 2}" for k in range(10)] + ["1000,test,1", "2000,test,0"]
    found = read(
        tmp_path, "\n".join(["a,part,y", *rows]), target=("y",), split_by="part"
    )
    (column,) = found.dataset.preparation.columns
    assert column == NumberColumn("a", 4.5, 4.5, float(np.arange(10).std()))
    assert found.dataset.test.inputs[0, 0] == pytest.approx((1000 - 4.5) / 2.8722813)


def test_rows_held_out_for_validation_have_no_part_in_the_statistics(tmp_path: Path):
    found = read(tmp_path, table("a,y", "{half},{kind}"), validation_fraction=0.5)
    n_train = len(found.dataset.train)
    (column,) = found.dataset.preparation.columns
    everybody = found.dataset.train.inputs * column.deviation + column.mean
    assert n_train == 32
    assert column.mean != pytest.approx(everybody.mean(), abs=1e-6)


def test_missing_numbers_are_filled_by_the_median_and_said(tmp_path: Path):
    values = ["1", "2", "30", "NA", "?", "", "NaN", "2", "2", "2"]
    rows = [f"{value},train,{k % 2}" for k, value in enumerate(values)]
    text = "\n".join(["a,part,y", *rows, "9,test,1", "8,test,0"])
    found = read(tmp_path, text, split_by="part", target=("y",))
    (column,) = found.dataset.preparation.columns
    assert column.fill == 2
    filled = found.dataset.train.inputs[3, 0] * column.deviation + column.mean
    assert filled == pytest.approx(2, abs=1e-5)
    assert any("4 missing values in 'a'" in remark for remark in found.remarks)


def test_a_missing_word_is_a_category_of_its_own(tmp_path: Path):
    rows = [f"{'red' if k % 3 else ''},{k % 2}" for k in range(ROWS)]
    found = read(tmp_path, "\n".join(["colour,y", *rows]))
    assert found.dataset.preparation.columns == (
        WordColumn("colour", ("red", "(missing)")),
    )


def test_ids_names_and_constants_are_left_out_and_said(tmp_path: Path):
    text = table("id,name,same,a,y", "{k},person {k},7,{half},{kind}")
    found = read(tmp_path, text)
    assert found.dataset.input_names == ("a",)
    said = "; ".join(found.remarks)
    assert "left out 'id': it counts the rows" in said
    assert "left out 'name': all its words differ" in said
    assert "left out 'same': it is the same in all rows" in said


def test_a_column_that_looks_like_an_id_is_an_input_where_it_is_included(
    tmp_path: Path,
):
    text = table("id,name,a,y", "{k},person {k},{half},{kind}")
    found = read(tmp_path, text, include=("id",))
    assert found.dataset.input_names == ("id", "a")
    assert "'id'" not in "; ".join(found.remarks)
    found = read(tmp_path, text, include=("name", "id"))
    assert found.dataset.n_inputs > 10  # the names of the training part, one-hot
    with pytest.raises(DataError, match=r"data\.include: there is no column 'x'"):
        read(tmp_path, text, include=("x",))
    text = table("same,a,y", "7,{half},{kind}")
    with pytest.raises(DataError, match="column 'same' cannot be an input: it is the"):
        read(tmp_path, text, include=("same",))


@pytest.mark.parametrize("form", ["2024-01-{day:02}", "{day:02}.01.2024 12:00"])
def test_dates_are_left_out_and_said_or_days_where_they_are_included(
    tmp_path: Path, form: str
):
    days = [form.format(day=1 + k % 28) for k in range(ROWS)]
    rows = [f"{day},{k}.5,{'red' if k % 2 else 'blue'}" for k, day in enumerate(days)]
    text = "\n".join(["day,a,y", *rows])
    found = read(tmp_path, text)
    assert found.dataset.input_names == ("a",)
    assert "left out 'day': it holds dates or times" in "; ".join(found.remarks)
    found = read(tmp_path, text, include=("day",))
    (column, _) = found.dataset.preparation.columns
    # The first of January 2024 is day 19,723 since 1970, by `date -d`.
    first = 19_723 + (0.5 if "12:00" in form else 0)
    assert column.is_date
    own = found.dataset.train.inputs[:, 0] * column.deviation + column.mean
    assert set(np.round(own - first, 2)) <= set(range(28))
    assert loads(dumps(found.dataset.preparation)) == found.dataset.preparation


def test_numbers_that_all_differ_are_no_ids(tmp_path: Path):
    text = table("population,y", "{k}7{k},{kind}")
    assert read(tmp_path, text).dataset.input_names == ("population",)


def test_columns_can_be_left_out(tmp_path: Path):
    text = table("a,b,y", "{half},1{half},{kind}")
    assert read(tmp_path, text, ignore=("a",)).dataset.input_names == ("b",)


def test_a_split_has_a_fifth_of_each_class_for_tests(tmp_path: Path):
    rows = [f"{k},{'rare' if k < 10 else 'common'}" for k in range(100)]
    text = "\n".join(["a,y", *(row.replace(",", ".5,") for row in rows)])
    dataset = read(tmp_path, text).dataset
    assert np.bincount(dataset.test.labels).tolist() == [18, 2]
    assert np.bincount(dataset.train.labels).tolist() == [72, 8]


def test_another_seed_gives_another_split(tmp_path: Path):
    text = table("a,y", "{half},{kind}")
    first, again, other = (
        read(tmp_path, text, seed=seed).dataset.train.inputs for seed in (0, 0, 1)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_targets_that_are_numbers_are_standardised_and_come_back(tmp_path: Path):
    text = table("a,b,u,v", "{half},{kind},1{k}.5,{half}")
    found = read(tmp_path, text, target=("u", "v"))
    dataset = found.dataset
    assert found.answers == "numbers"
    assert dataset.output_names == ("u", "v")
    assert dataset.train.targets.std(axis=0) == pytest.approx([1, 1], abs=1e-5)
    own = dataset.preparation.in_own_units(dataset.test.targets)
    assert set(own[:, 1].round(4)) <= {k / 2 for k in range(ROWS)}


@pytest.mark.parametrize(
    ("column", "answers"),
    [
        ([k % 3 for k in range(60)], "classes"),
        ([k % 3 * 1.0 for k in range(60)], "classes"),
        ([k * 3 for k in range(60)], "numbers"),
        ([k % 2 + 0.5 for k in range(60)], "numbers"),
        (["yes", "no"] * 30, "classes"),
        (["true", "false"] * 30, "classes"),
        ([k % 26 for k in range(600)], "classes"),
    ],
)
def test_kind_of_target_is_found(tmp_path: Path, column: list, answers: str):
    rows = (f"{k}.5,{value}" for k, value in enumerate(column))
    assert read(tmp_path, "\n".join(["a,y", *rows])).answers == answers


def test_more_than_ten_classes_keep_their_names(tmp_path: Path):
    rows = (f"{k}.5,class {k % 300:03}" for k in range(3000))
    dataset = read(tmp_path, "\n".join(["a,y", *rows])).dataset
    assert dataset.n_classes == 300
    assert dataset.class_names[7] == "class 007"
    assert dataset.test.labels.max() == 299


def test_file_without_header_has_numbered_columns(tmp_path: Path):
    text = "\n".join(f"{k}.5,{k % 2}" for k in range(20))
    assert read(tmp_path, text).dataset.input_names == ("column_1",)


def test_rows_without_target_are_left_out_and_said(tmp_path: Path):
    rows = [f"{k}.5,{'' if k == 3 else k % 2}" for k in range(20)]
    found = read(tmp_path, "\n".join(["a,y", *rows]))
    assert len(found.dataset.train) + len(found.dataset.test) == 19
    assert "1 row has no target and cannot be used" in found.remarks


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str):
    text = table("größe,y", "{half},{kind}")
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    assert read_table(path, settings()).dataset.input_names == ("größe",)


def test_whole_numbers_of_more_than_64_bits_are_read(tmp_path: Path) -> None:
    rows = "\n".join(f"{10**30 * (k + 1)},{10**25 * (2 + k % 2)}" for k in range(ROWS))
    found = read(tmp_path, f"a,b\n{rows}\n")
    assert [float(name) for name in found.dataset.class_names] == [2e25, 3e25]
    assert np.isfinite(found.dataset.train.inputs).all()


def test_a_megabyte_of_figures_is_no_number_at_once() -> None:
    figures = "1" * 2**20
    assert _NUMBER.fullmatch(figures) is not None
    # Tried from each figure on, this would take hours.
    for wrong in (f"{figures}x", f"{figures}.{figures}x", f"{figures}e{figures}x"):
        assert _NUMBER.fullmatch(wrong) is None
        assert _DECIMAL_COMMA.fullmatch(wrong.replace(".", ",")) is None


def test_parquet_is_read_like_csv(tmp_path: Path):
    import polars as pl

    text = table("a,colour,y", "{half},{kind},{kind}")
    as_csv = read(tmp_path, text).dataset
    path = tmp_path / "t.parquet"
    pl.read_csv(tmp_path / "t.csv").write_parquet(path)
    as_parquet = read_table(path, settings()).dataset
    assert np.array_equal(as_csv.train.inputs, as_parquet.train.inputs)
    assert np.array_equal(as_csv.test.labels, as_parquet.test.labels)


def test_a_file_that_ends_the_library_is_refused_by_the_program() -> None:
    with pytest.raises(DataError, match="cut off or damaged"):
        read_table(ENDS_ITS_READER, settings(path=str(ENDS_ITS_READER)))


def test_a_preparation_survives_json(tmp_path: Path):
    preparation = read(tmp_path, MIXED).dataset.preparation
    assert loads(dumps(preparation)) == preparation


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"columns": 3}', "[" * 100_000])
def test_damaged_preparations_are_refused(text: str):
    with pytest.raises(ValueError, match="preparation"):
        loads(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,y\n1,2,3\n", "line 2 has 3 fields where the first line has 2"),
        (
            "a,y\n" + "".join(f"{k},{k % 2}\n" for k in range(30)) + "x7,1\n",
            "line 32, column 'a': 'x7' is not a number",
        ),
        ("<!DOCTYPE html><html>", "this is an HTML page, perhaps of a login"),
        ("%PDF-1.4", "this is a PDF"),
        ('{"a": 1}', "this is a JSON file"),
        ("PK\x03\x04", "a ZIP archive, such as Excel's .xlsx"),
        ("", "is empty"),
        ("a,y\n", "the table has no rows"),
        ("a\n1\n2\n", "there is one column alone"),
        (
            "a,y\n1,x\n2,x\n",
            "has 1 different value; expected 2 to 1,000 classes (data.target names",
        ),
    ],
)
def test_errors_name_the_place_or_the_kind_of_file(
    tmp_path: Path, text: str, said: str
):
    with pytest.raises(DataError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(str(tmp_path / "t.csv"))
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"target": ("z",)}, "data.target: there is no column 'z'; there are a, b, y"),
        ({"ignore": ("z",)}, "data.ignore: there is no column 'z'"),
        ({"split_by": "z"}, "data.split_by: there is no column 'z'"),
        ({"split_by": "b"}, "line 2, column 'b': 'blue' names no part"),
        ({"answers": "numbers"}, "column 'y' holds words; expected numbers"),
        ({"target": ("a", "y")}, "column 'y' holds words"),
    ],
)
def test_settings_that_do_not_fit_are_refused(tmp_path: Path, values: dict, said: str):
    with pytest.raises(DataError) as error:
        read(tmp_path, table("a,b,y", "{half},{kind},{kind}"), **values)
    assert said in str(error.value)


@pytest.mark.parametrize("name", ["data*.csv", "data[1].csv", "data?.csv"])
def test_a_name_with_a_star_or_brackets_is_the_name_of_one_file(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "runs[2]"
    folder.mkdir()
    for other in ("data1.csv", "data2.csv", name):
        (folder / other).write_text(table("a,kind", "{half},{kind}"))
    assert sum(map(len, parts_of(read_table(folder / name, settings())))) == ROWS


def test_a_parquet_file_with_a_star_in_its_name_is_read_alone(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame({"a": np.arange(ROWS) / 3, "kind": ["red", "blue"] * 20})
    for name in ("q1.parquet", "q*.parquet", "q[1].parquet"):
        frame.write_parquet(tmp_path / name)
    for name in ("q*.parquet", "q[1].parquet"):
        found = read_table(tmp_path / name, settings())
        assert sum(map(len, parts_of(found))) == ROWS


def parts_of(found: Found) -> list[Split]:
    dataset = found.dataset
    parts = (dataset.train, dataset.test, dataset.validation)
    return [part for part in parts if part is not None]


IDS = (
    *("id", "ID", "uid", "UUID", "key", "PassengerId", "passengerid", "customer_id"),
    *("customerID", "Invoice No.", "order nr", "primary-key", "userid"),
)
MEASURED = (
    *("area", "humid", "solid", "monkey", "grid", "acid", "order", "item", "NO"),
    *("turkey", "casino", "body_mass_index", "idle", "keys pressed", "number", "paid"),
)


@pytest.mark.parametrize("name", [*IDS, *MEASURED])
def test_numbers_that_differ_are_ids_under_the_name_of_ids_alone(
    tmp_path: Path, name: str
):
    """They do not count up: squares of a prime step, in no order."""
    rows = [f"{(k * 7919) % 100_003},{k % 5},{k % 2}" for k in range(1, ROWS)]
    found = read(tmp_path, "\n".join([f"{name},a,y", *rows]))
    said = "; ".join(found.remarks)
    is_id = name in IDS
    assert found.dataset.input_names == (("a",) if is_id else (name, "a"))
    assert (f"left out {name!r}: all its numbers differ" in said) == is_id
    found = read(tmp_path, "\n".join([f"{name},a,y", *rows]), include=(name,))
    assert found.dataset.input_names == (name, "a")


def test_lines_with_too_few_fields_are_counted_and_named(tmp_path: Path):
    text = table("a,b,y", "{half},{k}.5,{kind}")
    lines = text.splitlines()
    lines[4], lines[9], lines[20] = "1", "2,3", "4,5,"  # the last has all its fields
    found = read(tmp_path, "\n".join(lines))
    said = "; ".join(found.remarks)
    assert (
        "2 lines have too few fields, the first of them is line 5 with 1 of 3" in said
    )
    assert "3 rows have no target and cannot be used" in said
    assert "2 lines have too few fields" in "; ".join(found.notes)
    lines[9] = lines[8]
    said = "; ".join(read(tmp_path, "sep=,\n" + "\n".join(lines)).remarks)
    assert "line 6 has 1 of 3 fields: the others count as missing" in said
    said = "; ".join(read(tmp_path, text).remarks)
    assert "field" not in said


def test_spaces_around_numbers_words_and_names_are_no_part_of_them(tmp_path: Path):
    row = "{half} , -1.{k}e1, p{kind} , NA,{kind} "
    spaced = read(tmp_path, table("a , b, c , d,y ", row))
    plain = read(tmp_path, table("a,b,c,d,y", row.replace(" ", "")))
    assert spaced.dataset.input_names == ("a", "b", "c = pblue", "c = pred")
    assert spaced.dataset.preparation == plain.dataset.preparation
    assert np.array_equal(spaced.dataset.train.inputs, plain.dataset.train.inputs)
    assert spaced.dataset.class_names == ("blue", "red")


def test_quotes_after_a_space_are_no_part_of_words_and_names(tmp_path: Path):
    found = read(tmp_path, table('"a", "colour", "y"', '{half}, "x{kind}", "{kind}"'))
    assert found.dataset.input_names == ("a", "colour = xblue", "colour = xred")
    assert found.dataset.class_names == ("blue", "red")


def test_names_that_differ_by_spaces_alone_are_two_columns(tmp_path: Path):
    found = read(tmp_path, table("a, a,y", "{half},{k}.25,{kind}"))
    assert found.dataset.input_names == ("a", "a_duplicated_0")


def test_spaces_and_a_decimal_comma_go_together(tmp_path: Path):
    found = read(tmp_path, table("a; b; y", "{k},5; -{k},25; {kind}"))
    assert [c.mean < 0 for c in found.dataset.preparation.columns] == [False, True]


@pytest.mark.parametrize(
    ("cell", "mean", "said"),
    [
        ("{k}.5%", 20.0, "the percent sign is taken off, 0.5% is 0.5"),
        ('"1,{0}.5"', 1219.5 + 0.5, "thousands are taken off, 1,200.5 is 1200.5"),
        ('"1,000,{0}"', 1_000_219.5, "thousands are taken off, 1,000,200 is 1000200"),
    ],
)
def test_percent_and_certain_thousands_are_read_as_numbers_and_said(
    tmp_path: Path, cell: str, mean: float, said: str
):
    cells = [cell.format(200 + k, k=k) for k in range(ROWS)]
    rows = [f"{c},train,{k % 2}" for k, c in enumerate(cells)]
    text = "\n".join(["a,part,y", *rows, f"{cells[0]},test,1"])
    found = read(tmp_path, text, split_by="part", include=("a",))
    (column,) = found.dataset.preparation.columns
    assert isinstance(column, NumberColumn)
    assert column.mean == pytest.approx(mean)
    assert said in "; ".join(found.remarks)


@pytest.mark.parametrize("cell", ["1,{k:03}", "${k}", "{k},5", "{k} %|{k}"])
def test_words_that_look_like_numbers_are_told_as_such(tmp_path: Path, cell: str):
    forms = cell.split("|")
    cells = [forms[k % len(forms)].format(k=k) for k in range(ROWS)]
    rows = [f'{k / 3},"{c}",{"red" if k % 2 else "blue"}' for k, c in enumerate(cells)]
    text = "\n".join(["a,price,y", *rows])
    said = "; ".join(read(tmp_path, text).remarks)
    assert "left out 'price': its words look like numbers" in said
    assert "all its words differ" not in said
    assert read(tmp_path, text, include=("price",)).dataset.n_inputs > 10
    with pytest.raises(DataError, match="'price': its words look like numbers"):
        read(tmp_path, text, target=("price",))


@pytest.mark.parametrize("word", ["1.2.{k}", "12-{k}", "p{k}", "{k} km"])
def test_other_words_with_figures_are_names(tmp_path: Path, word: str):
    text = table("a,name,y", "{half}," + word + ",{kind}")
    said = "; ".join(read(tmp_path, text).remarks)
    assert "left out 'name': all its words differ, as names of rows do" in said


def test_infinite_numbers_and_nan_are_missing_and_told(tmp_path: Path):
    cells = {3: "inf", 5: "nan", 6: "NAN", 8: "-inf"}
    rows = [f"{cells.get(k, k / 2)},{k % 2}" for k in range(ROWS)]
    found = read(tmp_path, "\n".join(["a,y", *rows]))
    (column,) = found.columns
    assert column.n_missing == 4
    said = "; ".join(found.remarks)
    assert "2 infinite numbers in 'a' count as missing" in said
    assert "4 missing values in 'a'" in said
    rows = [f"{k / 2},{cells.get(k, k / 3)}" for k in range(ROWS)]
    found = read(tmp_path, "\n".join(["a,y", *rows]))
    assert "4 rows have no target and cannot be used" in "; ".join(found.remarks)
    assert found.answers == "numbers"


def test_columns_without_a_name_are_left_out_and_said_by_their_place(tmp_path: Path):
    text = table(",id,a,y", "{k},{k},{half},{kind}")
    said = "; ".join(read(tmp_path, text).remarks)
    assert "left out the column without a name (the first): it has no name" in said
    assert "left out 'id': it counts the rows" in said
    text = table("a,y,", "{half},{kind},")
    found = read(tmp_path, text)
    assert found.targets == ("y",)
    said = "; ".join(found.remarks)
    assert "left out the column without a name (number 3): it is empty" in said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "32 rows to train, 8 to test"),
        (
            {"validation_fraction": 0.25},
            "24 rows to train, 8 to validate, 8 to test",
        ),
        ({"train_fraction": 1.0}, "40 rows to train, tested on the same 40"),
    ],
)
def test_all_parts_are_counted(tmp_path: Path, values: dict, said: str):
    found = read(tmp_path, table("a,y", "{half},{kind}"), **values)
    assert found.remarks[0].endswith(said)


@pytest.mark.parametrize("scaling", ["none", "standardised", "0..1"])
def test_dates_stay_dates_where_a_scaling_is_asked_for(tmp_path: Path, scaling: str):
    rows = [f"2024-01-{1 + k % 28:02},{k}.5,{k % 2}" for k in range(ROWS)]
    text = "\n".join(["day,a,y", *rows])
    found = read(tmp_path, text, include=("day",), scaling=scaling)
    (column, _) = found.dataset.preparation.columns
    assert column.is_date
    own = found.dataset.train.inputs[:, 0].astype(float)
    days = own * column.deviation + column.mean
    assert set(np.round(days - 19_723, 1)) <= set(range(28))


def test_a_value_that_a_network_cannot_take_is_named_by_its_line(tmp_path: Path):
    rows = [f"{k}.5,{'red' if k % 2 else 'blue'}" for k in range(ROWS)]
    known = dumps(read(tmp_path, "\n".join(["a,y", *rows])).dataset.preparation)
    rows[5] = "7.5,"  # a row without a target is left out before
    rows[9] = "x,red"
    with pytest.raises(DataError, match="line 11, column 'a': 'x' is not a number"):
        read(tmp_path, "\n".join(["a,y", *rows]), preparation=known)


def german(k: int, price: str) -> str:
    return f"{k % 4},{957 + k % 9:03};{price};{'red' if k % 2 else 'blue'}"


def test_a_point_parts_thousands_where_the_comma_is_the_decimal_sign(tmp_path: Path):
    rows = [german(k, f"{3 + k % 6}.{100 + k}") for k in range(ROWS)]
    found = read(tmp_path, "\n".join(["weight;price;y", *rows]))
    assert found.dataset.input_names == ("weight", "price")
    weight, price = found.dataset.preparation.columns
    assert 3_000 < price.mean < 9_000
    assert 0 < weight.mean < 5
    said = "'price': separators of thousands are taken off, 3.100 is 3100"
    assert said in "; ".join(found.remarks)


def test_a_column_with_points_in_a_table_of_commas_is_numbers_and_said(tmp_path: Path):
    rows = [f"{k},5;{k}.25;{9 * k},75;{k % 2}" for k in range(ROWS)]
    found = read(tmp_path, "\n".join(["weight;price;size;y", *rows]))
    assert found.dataset.input_names == ("weight", "price", "size")
    said = "'price': the point is taken for the decimal sign, as in 0.25"
    assert said in "; ".join(found.remarks)


def of_prices(prices: list[str], weight: str = "{k}") -> str:
    rows = [
        f"{weight.format(k=k % 7)};{prices[k % len(prices)]};{k % 2}"
        for k in range(ROWS)
    ]
    return "\n".join(["weight;price;y", *rows])


@pytest.mark.parametrize("text", ["1.775", "1,775", "2.500"])
def test_a_column_that_looks_like_thousands_is_said(tmp_path: Path, text: str):
    found = read(tmp_path, of_prices(["961", text, "512", text]))
    _, price = found.dataset.preparation.columns
    assert price.mean > 300
    (said,) = [r for r in found.remarks if "looks like thousands" in r]
    number = text.replace(".", "").replace(",", "")
    assert f"'price': {text} is taken as a number with decimals" in said
    assert f"if it is {number}, write it as that" in said


@pytest.mark.parametrize(
    ("prices", "weight"),
    [
        (["961", "1.775"], "{k}.5"),  # the table has decimal points
        (["961", "1.775"], "0.{k}"),
        (["961", "1.77"], "{k}"),
        (["961", "0.775"], "{k}"),
        (["1961", "1.775"], "{k}"),
        (["1.961", "1.775"], "{k}"),
    ],
)
def test_a_column_that_cannot_be_thousands_is_taken_without_a_word(
    tmp_path: Path, prices: list[str], weight: str
):
    found = read(tmp_path, of_prices(prices, weight))
    assert "thousands" not in "; ".join(found.remarks)


@pytest.mark.parametrize("encoding", ["utf8", "cp1252"])
def test_a_column_without_a_name_that_looks_like_thousands_is_said(
    tmp_path: Path, encoding: str
):
    rows = [
        f"{('961', '1.775')[k % 2]};{k};{'röt' if k % 3 else 'blau'}"
        for k in range(ROWS)
    ]
    path = tmp_path / "t.csv"
    path.write_bytes("\n".join(rows).encode(encoding))
    said = "; ".join(read_table(path, settings()).remarks)
    assert "'column_1': 1.775 is taken as a number with decimals" in said
