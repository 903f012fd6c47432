"""A network on rows that it was not trained on: it is fed as it was trained."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from core.cli.main import main
from core.files.weights import load_weights
from tests.core.support.cli_answers import Capture, error_line, strict_json


class Rows(NamedTuple):
    inputs: np.ndarray
    answers: list[object]


Writer = Callable[[Path, Rows], Path]


def classes(seed: int, shown: str = "abc", shift: float = 0.0) -> Rows:
    """Three clouds; a table may hold some of them only."""
    random = np.random.default_rng(seed)
    places = np.array([[0, 0], [9, 1], [1, 7]])
    kinds = random.choice(["abc".index(kind) for kind in shown], 80)
    inputs = places[kinds] + random.normal(shift, 0.8, (80, 2))
    return Rows(inputs.round(3), ["abc"[kind] for kind in kinds])


def prices(seed: int, start: float) -> Rows:
    random = np.random.default_rng(seed)
    sizes = random.uniform(start, start + 60, (80, 2)).round(2)
    return Rows(sizes, list((3 * sizes[:, 0] - sizes[:, 1] + 500).round(3)))


def csv(path: Path, rows: Rows, target: str = "kind") -> Path:
    lines = [
        f"{row[0]},{row[1]},{answer}"
        for row, answer in zip(rows.inputs, rows.answers, strict=True)
    ]
    path.write_text("\n".join([f"u,v,{target}", *lines]) + "\n")
    return path


def npz(path: Path, rows: Rows) -> Path:
    answers = np.array(rows.answers)
    np.savez(path, x=rows.inputs, y=answers)
    return path


def trained(data: Path, weights: Path) -> Path:
    arguments = ["train", "--data", str(data), "--steps", "400", "--seed", "1"]
    assert main([*arguments, "--out", str(weights)]) == 0
    return weights


def by_hand(weights: Path, inputs: np.ndarray) -> np.ndarray:
    """Outputs before the output's function, by the file's own means alone."""
    file = load_weights(weights)
    columns = file.preparation.columns
    means = np.array([column.mean for column in columns])
    deviations = np.array([column.deviation for column in columns])
    values = (inputs - means) / deviations
    for number, (matrix, bias) in enumerate(file.params):
        values = values @ np.asarray(matrix, np.float64).T + bias
        if number < len(file.params) - 1:
            values = np.maximum(values, 0)
    return values


@pytest.mark.parametrize("write", [csv, npz], ids=["table", "arrays"])
@pytest.mark.parametrize("shown", ["abc", "ac"])
def test_classes_and_means_are_those_of_the_training(
    write: Writer, shown: str, tmp_path: Path, capsys: Capture
) -> None:
    ending = "csv" if write is csv else "npz"
    rows = classes(2, shown, shift=1.0)
    first = write(tmp_path / f"first.{ending}", classes(1))
    other = write(tmp_path / f"other.{ending}", rows)
    weights = trained(first, tmp_path / "w.npz")
    capsys.readouterr()
    assert main(["evaluate", str(weights), "--data", str(other), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    report = strict_json(out)
    names = np.array(load_weights(weights).class_names)
    answers = names[by_hand(weights, rows.inputs).argmax(axis=1)]
    expected = float((answers == np.array(rows.answers)).mean())
    assert report["examples"] == len(answers)
    assert report["test_accuracy"] == pytest.approx(expected)
    assert expected > 0.8  # by its own means it is far from that
    assert report["classes"] == ["a", "b", "c"]
    assert "those that the network was trained with" in err
    assert "has changed" not in err
    assert "all rows are tested: the network was trained on another file" in err
    out = tmp_path / "on.npz"
    arguments = ["train", "--open", str(weights), "--data", str(other)]
    assert main([*arguments, "--steps", "0", "--out", str(out)]) == 0
    assert load_weights(out).preparation == load_weights(weights).preparation


@pytest.mark.parametrize("write", [csv, npz], ids=["table", "arrays"])
def test_numbers_are_answered_in_the_units_of_the_training(
    write: Writer, tmp_path: Path, capsys: Capture
) -> None:
    ending = "csv" if write is csv else "npz"
    rows = prices(4, start=30)
    first = write(tmp_path / f"first.{ending}", prices(3, start=10))
    other = write(tmp_path / f"other.{ending}", rows)
    weights = trained(first, tmp_path / "w.npz")
    capsys.readouterr()
    assert main(["evaluate", str(weights), "--data", str(other), "--json", "-"]) == 0
    report = strict_json(capsys.readouterr().out)
    target = load_weights(weights).preparation.targets[0]
    outputs = by_hand(weights, rows.inputs)[:, 0]
    errors = outputs * target.deviation + target.mean
    errors = errors - np.array(rows.answers, float)
    rmse = float(np.sqrt((errors**2).mean()))
    assert report["test_rmse"] == pytest.approx(rmse, rel=1e-4)


def test_rows_that_are_parted_otherwise_are_fed_as_before(
    tmp_path: Path, capsys: Capture
) -> None:
    """Another seed is another training part, with other means."""
    first = csv(tmp_path / "first.csv", classes(1))
    weights = trained(first, tmp_path / "w.npz")
    out = tmp_path / "on.npz"
    arguments = ["train", "--open", str(weights), "--steps", "0", "--out", str(out)]
    assert main([*arguments, "--set", "data.seed=3"]) == 0
    assert load_weights(out).preparation == load_weights(weights).preparation
    assert main(arguments) == 0
    assert load_weights(out).experiment == load_weights(weights).experiment


def test_rows_that_were_trained_on_are_not_tested_without_a_word(
    tmp_path: Path, capsys: Capture
) -> None:
    first = csv(tmp_path / "first.csv", classes(1))
    weights = trained(first, tmp_path / "w.npz")
    capsys.readouterr()
    arguments = ["evaluate", str(weights), "--json", "-"]
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert strict_json(out)["examples"] == 16
    assert "trained on" not in err
    assert main([*arguments, "--set", "data.train_fraction=0.5"]) == 0
    out, err = capsys.readouterr()
    assert strict_json(out)["examples"] == 40
    assert "data.train_fraction parts the rows otherwise than in training" in err


ALL = "all rows are tested: the network was trained on another file"


@pytest.mark.parametrize("write", [csv, npz], ids=["table", "arrays"])
@pytest.mark.parametrize(
    ("changes", "examples", "said"),
    [
        ([], 80, [ALL]),
        (["data.train_fraction=1"], 80, [ALL]),
        (
            ["data.validation_fraction=0.5"],
            80,
            [ALL, "data.validation_fraction has no effect: nothing is trained"],
        ),
        (
            ["data.shuffled_labels=true"],
            80,
            [ALL, "data.shuffled_labels has no effect: nothing is trained"],
        ),
        (
            ["data.seed=3"],
            80,
            [
                ALL,
                "data.seed has no effect: all rows are tested; data.train_fraction "
                "leaves some out",
            ],
        ),
        (
            ["data.train_fraction=0.5"],
            41,
            ["41 of 80 rows are tested, as data.train_fraction asks"],
        ),
        (
            ["data.train_fraction=0.5", "data.seed=3"],
            41,
            ["41 of 80 rows are tested, as data.train_fraction asks"],
        ),
    ],
)
def test_of_rows_that_were_not_trained_on_only_a_share_that_is_asked_for_is_left_out(
    write: Writer,
    changes: list[str],
    examples: int,
    said: list[str],
    tmp_path: Path,
    capsys: Capture,
) -> None:
    ending = "csv" if write is csv else "npz"
    weights = trained(
        write(tmp_path / f"first.{ending}", classes(1)), tmp_path / "w.npz"
    )
    other = write(tmp_path / f"other.{ending}", classes(2))
    arguments = ["evaluate", str(weights), "--data", str(other), "--json", "-"]
    capsys.readouterr()
    assert main(arguments) == 0
    plain = strict_json(capsys.readouterr().out)
    sets = [word for change in changes for word in ("--set", change)]
    assert main([*arguments, *sets]) == 0
    out, err = capsys.readouterr()
    report = strict_json(out)
    assert report["examples"] == examples
    if examples == 80:
        assert report["test_loss"] == pytest.approx(plain["test_loss"])
        assert report["test_accuracy"] == plain["test_accuracy"]
    assert "to train" not in err  # beside it: nothing is
    told = [line.removeprefix("glassbox: ") for line in err.splitlines()]
    effects = [t for t in told if "are tested" in t or "has no effect" in t]
    assert sorted(effects) == sorted(said)


def test_labels_that_were_shuffled_in_training_are_not_shuffled_in_other_rows(
    tmp_path: Path, capsys: Capture
) -> None:
    first = csv(tmp_path / "first.csv", classes(1))
    weights = tmp_path / "w.npz"
    arguments = ["train", "--data", str(first), "--steps", "5", "--out", str(weights)]
    assert main([*arguments, "--set", "data.shuffled_labels=true"]) == 0
    rows = classes(2)
    other = csv(tmp_path / "other.csv", rows)
    capsys.readouterr()
    assert main(["evaluate", str(weights), "--data", str(other), "--json", "-"]) == 0
    report = strict_json(capsys.readouterr().out)
    answers = np.array(list("abc"))[by_hand(weights, rows.inputs).argmax(axis=1)]
    expected = float((answers == np.array(rows.answers)).mean())
    assert report["test_accuracy"] == pytest.approx(expected)


def test_a_file_that_says_what_is_for_tests_is_obeyed_and_said(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(csv(tmp_path / "first.csv", classes(1)), tmp_path / "w.npz")
    other = csv(tmp_path / "other.csv", classes(2))
    lines = other.read_text().splitlines()
    parts = ["part", *(["train", "test"] * 40)]
    joined = (f"{a},{b}" for a, b in zip(lines, parts, strict=True))
    other.write_text("\n".join(joined) + "\n")
    capsys.readouterr()
    arguments = ["evaluate", str(weights), "--data", str(other), "--json", "-"]
    sets = ["--set", "data.split_by=part", "--set", "data.train_fraction=0.3"]
    assert main([*arguments, *sets]) == 0
    out, err = capsys.readouterr()
    assert strict_json(out)["examples"] == 40
    assert "40 of 80 rows are tested, as the file parts them" in err
    assert "data.train_fraction has no effect: the file itself says which" in err


def test_another_loss_than_the_one_in_the_file_is_named(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(csv(tmp_path / "first.csv", classes(1)), tmp_path / "w.npz")
    capsys.readouterr()
    for changes, loss, text in (
        ([], "cross-entropy", "\ntest loss "),
        (
            ["--set", "training.loss=squared-error"],
            "squared-error",
            "\ntest loss (squared-error) ",
        ),
    ):
        assert main(["evaluate", str(weights), *changes]) == 0
        out = capsys.readouterr().out
        assert text in out
        assert ("(squared-error)" in out) == bool(changes)
        assert main(["evaluate", str(weights), *changes, "--json", "-"]) == 0
        assert strict_json(capsys.readouterr().out)["loss"] == loss


def test_columns_that_the_network_takes_cannot_be_ignored_without_a_word(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(csv(tmp_path / "first.csv", classes(1)), tmp_path / "w.npz")
    capsys.readouterr()
    other = csv(tmp_path / "other.csv", classes(2))
    arguments = ["evaluate", str(weights), "--data", str(other)]
    for command in (
        arguments,
        ["train", "--open", str(weights), "--data", str(other), "--steps", "1"],
    ):
        assert main([*command, "--set", 'data.ignore=["u"]']) == 0
        said = "data.ignore has no effect on u: the network takes its own columns"
        assert said in capsys.readouterr().err
    text = other.read_text().replace("\n", ",1\n").replace("kind,1", "kind,more")
    other.write_text(text)
    assert main([*arguments, "--set", 'data.ignore=["more"]']) == 0
    assert "has no effect" not in capsys.readouterr().err
    assert main([*arguments, "--set", 'data.include=["more"]']) == 0
    assert "data.include has no effect on more" in capsys.readouterr().err


def test_a_scaling_that_is_asked_for_is_that_of_the_rows(tmp_path: Path) -> None:
    weights = trained(csv(tmp_path / "first.csv", classes(1)), tmp_path / "w.npz")
    other = csv(tmp_path / "other.csv", classes(2))
    out = tmp_path / "on.npz"
    arguments = ["train", "--open", str(weights), "--data", str(other), "--steps", "0"]
    change = ["--set", "data.scaling=0..1", "--out", str(out)]
    assert main([*arguments, *change]) == 0
    low = min(row[0] for row in classes(2).inputs)
    assert load_weights(out).preparation.columns[0].mean == pytest.approx(low, abs=1)


def test_what_the_network_does_not_know_is_said(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(csv(tmp_path / "first.csv", classes(1)), tmp_path / "w.npz")
    rows = classes(2)
    odd = Rows(rows.inputs, ["z", *rows.answers[1:]])
    other = csv(tmp_path / "other.csv", odd, target="name")
    text = other.read_text().replace("u,v,name", "v,u,name")
    other.write_text(text)
    capsys.readouterr()
    arguments = ["evaluate", str(weights), "--data", str(other)]
    assert main([*arguments, "--set", "data.target=name"]) == 0
    err = capsys.readouterr().err
    assert "1 row is of a class that the network does not have" in err
    assert ": z" in err
    none = csv(tmp_path / "none.csv", Rows(rows.inputs, ["z"] * 80))
    assert main(["evaluate", str(weights), "--data", str(none)]) == 1
    assert "has no class that the network knows: it has z" in error_line(capsys)
    lacking = tmp_path / "lacking.csv"
    lacking.write_text("u,kind\n" + "1,a\n" * 9)
    assert main(["evaluate", str(weights), "--data", str(lacking)]) == 1
    assert "column 'v' is missing; the network takes u, v" in error_line(capsys)


def test_what_is_filled_in_rows_that_are_predicted_is_said(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(csv(tmp_path / "first.csv", classes(1)), tmp_path / "w.npz")
    new = tmp_path / "new.csv"
    new.write_text("u,v\n1,2\n,3\nnan,inf\n")
    capsys.readouterr()
    assert main(["predict", str(weights), str(new)]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 3
    assert "3 missing values in 'u', 'v': numbers are filled by the median" in err


@pytest.mark.parametrize("ending", ["onnx", "safetensors", "json"])
@pytest.mark.parametrize("write", [csv, npz], ids=["table", "arrays"])
def test_what_we_have_exported_is_fed_as_the_network_itself(
    write: Writer, ending: str, tmp_path: Path, capsys: Capture
) -> None:
    kind = "csv" if write is csv else "npz"
    first = write(tmp_path / f"first.{kind}", classes(1))
    other = write(tmp_path / f"other.{kind}", classes(2, "ac", shift=1.5))
    weights = trained(first, tmp_path / "w.npz")
    exported = tmp_path / f"w.{ending}"
    assert main(["convert", str(weights), str(exported)]) == 0
    reports = []
    for file in (weights, exported):
        capsys.readouterr()
        assert main(["evaluate", str(file), "--data", str(other), "--json", "-"]) == 0
        report = strict_json(capsys.readouterr().out)
        reports.append({key: report[key] for key in ("test_accuracy", "classes")})
        assert load_weights(file).preparation == load_weights(weights).preparation
    assert reports[0] == reports[1]


def pictures(path: Path, seed: int, added: int) -> Path:
    """Grey squares of two classes, the second of which is lighter in its middle."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 2, 60)
    grey = random.integers(0, 60, (60, 6, 6))
    grey[:, 2:4, 2:4] += labels[:, None, None] * 90
    np.savez(path, x=(grey + added).astype(np.uint8), y=labels)
    return path


@pytest.mark.parametrize("ending", ["npz", "onnx"])
def test_pictures_are_scaled_by_the_means_of_the_training(
    ending: str, tmp_path: Path, capsys: Capture
) -> None:
    first = pictures(tmp_path / "first.npz", 0, 0)
    other = pictures(tmp_path / "other.npz", 1, 100)
    file = weights = tmp_path / "w.npz"
    begun = ["train", "--data", str(first), "--steps", "100", "--out", str(weights)]
    assert main([*begun, "--set", "data.scaling=standardised"]) == 0
    if ending != "npz":
        file = tmp_path / f"w.{ending}"
        assert main(["convert", str(weights), str(file)]) == 0
    capsys.readouterr()
    assert main(["evaluate", str(file), "--data", str(first), "--json", "-"]) == 0
    assert "those that the network was trained with" not in capsys.readouterr().err
    assert main(["evaluate", str(file), "--data", str(other), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert "those that the network was trained with" in err
    arrays = np.load(other)
    values = load_weights(weights).scaling.of(arrays["x"].reshape(60, -1))
    (weight, bias), (last, last_bias) = load_weights(weights).params
    values = np.maximum(values @ weight.T + bias, 0) @ last.T + last_bias
    share = (values.argmax(axis=1) == arrays["y"]).mean()
    assert strict_json(out)["test_accuracy"] == pytest.approx(share)
    assert 0.5 < share < 1  # by their own means all would be told apart


@pytest.mark.parametrize("written", [csv, npz])
@pytest.mark.parametrize("form", ["npz", "npy", "whole"])
def test_rows_in_an_array_are_predicted_like_those_of_a_table(
    written: Writer, form: str, tmp_path: Path, capsys: Capture
) -> None:
    data = written(tmp_path / f"data.{written.__name__}", prices(1, 20))
    weights = trained(data, tmp_path / "w.npz")
    rows = prices(2, 40)
    table = tmp_path / "rows.csv"
    names = "u,v" if written is csv else "x1,x2"
    table.write_text(f"{names}\n" + "".join(f"{a},{b}\n" for a, b in rows.inputs))
    array = tmp_path / ("rows.npy" if form == "npy" else "rows.npz")
    if form == "npy":
        np.save(array, rows.inputs)
    elif form == "npz":
        np.savez(array, x=rows.inputs)
    else:  # with the answers, as it is trained on
        npz(array, rows)
    found = []
    for file in (table, array):
        capsys.readouterr()
        assert main(["predict", str(weights), str(file), "--json", "-"]) == 0
        report = strict_json(capsys.readouterr().out)["predictions"]
        assert isinstance(report, list)
        found.append([entry["outputs"] for entry in report])
    np.testing.assert_allclose(found[1], found[0], rtol=1e-6)
    place = "" if form == "npy" else "x"
    assert report[3]["file"] == f"{array}:{place}[3]"


def test_arrays_that_hold_no_rows_for_a_network_are_refused(
    tmp_path: Path, capsys: Capture
) -> None:
    weights = trained(csv(tmp_path / "data.csv", prices(1, 20)), tmp_path / "w.npz")
    wide, words = tmp_path / "wide.npz", tmp_path / "words.npz"
    np.savez(wide, x=np.ones((3, 5)))
    np.savez(words, x=np.array(["a", "b"]))
    capsys.readouterr()
    for path, said in (
        (wide, "the inputs are (3, 5); the network takes u, v"),
        (words, "expected numbers"),
        (weights, "layers.0.weight"),
    ):
        assert main(["predict", str(weights), str(path)]) == 1
        assert said in error_line(capsys)
