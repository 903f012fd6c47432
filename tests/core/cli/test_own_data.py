import json
import math
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.cli.main import main
from core.data.file import understand, usual_experiment, usual_l2
from core.data.load import load_dataset
from core.experiment import toml_form
from core.files.weights import load_weights
from core.values.losses import printed_loss
from core.values.shares import percent_text
from tests.core.support.cli_answers import Capture, error_line, strict_json
from tests.core.support.idx_files import write_set


def classes_csv(path: Path, n: int = 60) -> Path:
    """Three clouds, far enough from each other to be told apart."""
    random = np.random.default_rng(3)
    rows = [
        f"{k},{random.normal(6 * (k % 3)):.3f},{random.normal():.3f},kind {k % 3}"
        for k in range(n)
    ]
    path.write_text("\n".join(["id,a,b,kind", *rows]) + "\n")
    return path


def numbers_csv(path: Path, n: int = 60) -> Path:
    rows = [f"{k / 10},{3000 * k / 10 + 500.5}" for k in range(n)]
    path.write_text("\n".join(["length,price", *rows]) + "\n")
    return path


def test_a_table_trains_by_its_name_alone(tmp_path: Path, capsys: Capture):
    path = classes_csv(tmp_path / "clouds.csv")
    assert main(["train", "--data", str(path), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    report = strict_json(out)
    assert report["parameters"] == 2 * 32 + 32 + 32 * 3 + 3
    assert report["steps"] == 1000
    assert report["test_accuracy"] == 1
    assert report["test_r2"] is None
    assert "the target 'kind' has 3 classes" in err
    assert "left out 'id': it counts the rows" in err


def test_numbers_are_reported_in_their_own_units(tmp_path: Path, capsys: Capture):
    path = numbers_csv(tmp_path / "prices.csv")
    weights = tmp_path / "w.npz"
    arguments = ["train", "--data", str(path), "--out", str(weights), "--json", "-"]
    assert main(arguments) == 0
    report = strict_json(capsys.readouterr().out)
    assert report["test_accuracy"] is None
    assert 0.99 < float(str(report["test_r2"])) <= 1
    dataset = load_dataset(load_weights(weights).experiment.data)
    deviation = dataset.preparation.targets[0].deviation
    assert deviation > 1000
    expected = math.sqrt(float(str(report["test_loss"]))) * deviation
    assert report["test_rmse"] == pytest.approx(expected, rel=1e-3)
    assert main(["predict", str(weights), str(path)]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(f"{path}:2: ")
    assert float(first.rpartition(" ")[2]) == pytest.approx(500.5, abs=1000)


def test_statistics_travel_in_the_weights_to_predict_and_evaluate(
    tmp_path: Path, capsys: Capture
):
    path = classes_csv(tmp_path / "clouds.csv")
    for name in ("w.npz", "w.safetensors"):
        weights = tmp_path / name
        main(["train", "--data", str(path), "--out", str(weights)])
        capsys.readouterr()
        new = tmp_path / "new.csv"
        new.write_text("b,a\n0,12\n0,0\n,6\n")
        assert main(["predict", str(weights), str(new), "--json", "-"]) == 0
        found = json.loads(capsys.readouterr().out)["predictions"]
        assert [entry["name"] for entry in found] == ["kind 2", "kind 0", "kind 1"]
        assert main(["evaluate", str(weights), "--json", "-"]) == 0
        report = strict_json(capsys.readouterr().out)
        assert (report["test_accuracy"], report["examples"]) == (1, 12)


def test_choices_of_the_table_are_keys_of_the_experiment(
    tmp_path: Path, capsys: Capture
):
    path = classes_csv(tmp_path / "clouds.csv")
    weights = tmp_path / "w.npz"
    arguments = ["train", "--data", str(path), "--steps", "1", "--out", str(weights)]
    changes = ["data.target=a", 'data.ignore=["kind"]']
    assert main([*arguments, *(p for c in changes for p in ("--set", c))]) == 0
    experiment = load_weights(weights).experiment
    data = experiment.data
    assert (data.target, data.ignore) == (("a",), ("kind",))
    assert (data.answers, data.size) == ("numbers", (1, 1, 60))
    assert experiment.training.loss == "squared-error"
    assert data.hash.startswith("sha256:")
    assert toml_form.loads(toml_form.dumps(experiment)) == experiment


def test_an_experiment_names_its_table(tmp_path: Path, capsys: Capture):
    path = classes_csv(tmp_path / "clouds.csv")
    file = tmp_path / "e.toml"
    file.write_text(
        f'[data]\nname = "file"\npath = "{path}"\n[network]\nhidden = [5]\n'
    )
    assert main(["train", "--experiment", str(file), "--steps", "1"]) == 0
    assert "2-5-3" in capsys.readouterr().out


def test_a_changed_table_is_noticed(tmp_path: Path, capsys: Capture):
    path = classes_csv(tmp_path / "clouds.csv")
    weights = tmp_path / "w.npz"
    main(["train", "--data", str(path), "--steps", "1", "--out", str(weights)])
    classes_csv(path, n=90)
    capsys.readouterr()
    assert main(["evaluate", str(weights)]) == 0
    assert "the file has changed since it was first read" in capsys.readouterr().err


def test_a_preset_keeps_its_data_and_says_so(tmp_path: Path, capsys: Capture):
    path = classes_csv(tmp_path / "clouds.csv")
    arguments = ["--preset", "circle", "--data", str(path), "--steps", "1"]
    assert main(["train", *arguments]) == 0
    out, err = capsys.readouterr()
    assert "on circle" in out
    assert f"--data {path} has no effect" in err
    assert main(["train", *arguments, "--set", "data.name=file"]) == 0
    assert str(path) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "data.name=file"], "data.path: is empty; name the file"),
        (["--data", "{path}", "--set", "data.target=z"], "there is no column 'z'"),
        (
            [
                *("--data", "{path}", "--set", "data.target=a"),
                *("--set", "training.loss=cross-entropy"),
            ],
            "training.loss: 'cross-entropy' needs",
        ),
        (["--data", "{path}", "--data", "{path}"], "one file can be read at a time"),
    ],
)
def test_wrong_choices_are_refused(
    tmp_path: Path, capsys: Capture, arguments: list[str], said: str
):
    path = classes_csv(tmp_path / "clouds.csv")
    filled = [argument.format(path=path) for argument in arguments]
    assert main(["train", *filled]) != 0
    assert said in error_line(capsys)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n1,many\n", "line 3, column 'b': 'many' is not a number"),
        ("a,c\n1,2\n", "column 'b' is missing; the network takes a, b"),
        ("%PDF", "this is a PDF"),
    ],
)
def test_tables_that_cannot_be_predicted_are_refused(
    tmp_path: Path, capsys: Capture, text: str, said: str
):
    path = classes_csv(tmp_path / "clouds.csv")
    weights = tmp_path / "w.npz"
    main(["train", "--data", str(path), "--steps", "1", "--out", str(weights)])
    capsys.readouterr()
    path.write_text(text)
    assert main(["predict", str(weights), str(path)]) == 1
    assert said in error_line(capsys)


def test_arrays_train_by_their_name_alone(tmp_path: Path, capsys: Capture):
    path = tmp_path / "d.npz"
    labels = np.arange(60) % 12
    images = np.zeros((60, 12), np.uint8)
    images[np.arange(60), labels] = 255
    np.savez(path, x=images.reshape(60, 3, 4), y=labels)
    assert main(["train", "--data", str(path), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert strict_json(out)["test_accuracy"] == 1
    assert "NumPy arrays of 60 examples, 3 x 4 inputs, 12 classes" in err


def test_a_folder_of_pictures_trains_by_its_name_alone(tmp_path: Path, capsys: Capture):
    for k in range(12):
        for name, level in (("dark", 20), ("light", 230)):
            path = tmp_path / "d" / name / f"{k}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.new("L", (4, 3), level + k).save(path)
    arguments = ["--data", str(tmp_path / "d"), "--epochs", "200", "--json", "-"]
    assert main(["train", *arguments]) == 0
    out, err = capsys.readouterr()
    assert strict_json(out)["test_accuracy"] == 1
    assert "Pictures of 24 examples, 3 x 4 inputs, 2 classes" in err


def test_a_folder_with_mnist_trains_on_it(tmp_path: Path, capsys: Capture):
    write_set(tmp_path / "d")
    assert main(["train", "--data", str(tmp_path / "d"), "--steps", "1"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("784-32-10, 25,450 parameters, on mnist")


def test_a_folder_without_data_is_refused(tmp_path: Path, capsys: Capture):
    assert main(["train", "--data", str(tmp_path)]) == 1
    assert "contains nothing; expected the IDX files" in error_line(capsys)


def test_numbers_get_a_small_penalty_that_is_said_and_can_be_asked_away(
    tmp_path: Path, capsys: Capture
):
    path = numbers_csv(tmp_path / "prices.csv", n=2000)
    weights = tmp_path / "w.npz"
    arguments = ["train", "--data", str(path), "--steps", "1", "--out", str(weights)]
    assert main(arguments) == 0
    assert "training.l2 is 0.0025, the usual for numbers from 2,000 rows" in (
        capsys.readouterr().err
    )
    assert load_weights(weights).experiment.training.l2 == 0.0025
    assert main([*arguments, "--set", "training.l2=0"]) == 0
    assert load_weights(weights).experiment.training.l2 == 0
    classes = classes_csv(tmp_path / "clouds.csv")
    assert main(["train", "--data", str(classes), *arguments[3:]]) == 0
    assert load_weights(weights).experiment.training.l2 == 0


def test_the_penalty_leaves_when_classes_are_predicted_instead(tmp_path: Path):
    path = classes_csv(tmp_path / "clouds.csv")
    begun = usual_experiment(path).with_values({"data.target": "a"})
    numbers = understand(begun).experiment
    assert numbers.training.l2 == usual_l2(60) == 0.01
    back = numbers.with_values({"data.target": "kind", "data.answers": ""})
    assert understand(back).experiment.training.l2 == 0
    own = numbers.with_values({"training.l2": 0.5, "data.target": "kind"})
    kept = understand(own.with_values({"data.answers": ""})).experiment
    assert kept.training.l2 == 0.5


def test_classes_taken_as_numbers_get_an_output_and_a_loss_for_them(
    tmp_path: Path, capsys: Capture
):
    """As for any table of numbers, by the answers alone, and back again."""
    path = tmp_path / "ratings.csv"
    rows = [f"{k % 10},{(k % 10) // 2}" for k in range(100)]
    path.write_text("\n".join(["a,stars", *rows]) + "\n")
    numbers, classes = tmp_path / "numbers.npz", tmp_path / "classes.npz"
    train = ["train", "--data", str(path), "--steps", "300"]
    said = ["--set", "data.answers=numbers"]
    assert main([*train, *said, "--out", str(numbers), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert strict_json(out)["test_r2"] is not None
    assert "training.l2 is" in err
    assert "the usual for numbers" in err
    experiment = load_weights(numbers).experiment
    assert experiment is not None
    assert experiment.training.loss == "squared-error"
    assert experiment.network.output == "identity"
    assert experiment.data.answers == "numbers"
    file = tmp_path / "e.toml"
    file.write_text(toml_form.dumps(experiment))
    back = ["train", "--experiment", str(file), "--set", "data.answers=classes"]
    assert main([*back, "--steps", "1", "--out", str(classes)]) == 0
    experiment = load_weights(classes).experiment
    assert experiment is not None
    assert (experiment.training.loss, experiment.network.output) == (
        "cross-entropy",
        "softmax",
    )
    capsys.readouterr()
    wrong = [*train, *said, "--set", "training.loss=cross-entropy"]
    assert main(wrong) != 0
    assert "cross-entropy" in capsys.readouterr().err


def two_units_csv(path: Path) -> Path:
    """A target in thousands and one below 1, with all the numbers written out."""
    rng = np.random.default_rng(0)
    area = rng.uniform(40, 200, 60)
    noise = rng.normal(0, 1, (2, 60))
    rows = zip(
        area, 2000 * area + 9000 * noise[0], area / 400 + 0.02 * noise[1], strict=True
    )
    lines = [",".join(f"{value:.4f}" for value in row) for row in rows]
    path.write_text("\n".join(["area,price,share", *lines]))
    return path


def test_targets_in_several_units_have_an_error_each(tmp_path: Path, capsys: Capture):
    path = two_units_csv(tmp_path / "two.csv")
    weights = tmp_path / "w.npz"
    begun = ["train", "--data", str(path), "--steps", "40", "--out", str(weights)]
    targets = ["--set", 'data.target=["price","share"]']
    assert main([*begun, *targets, "--json", "-"]) == 0
    report = strict_json(capsys.readouterr().out)
    assert report["test_rmse"] is None
    file = load_weights(weights)
    test = load_dataset(file.experiment.data).test
    outputs = test.network_inputs(np.arange(len(test)))
    for layer, (weight, bias) in enumerate(file.params):
        outputs = outputs @ weight.T + bias
        outputs = np.maximum(outputs, 0) if layer == 0 else outputs
    each = report["test_by_target"]
    assert list(each) == ["price", "share"]
    texts = []
    for k, (name, unit) in enumerate(zip(each, file.preparation.targets, strict=True)):
        error = (outputs - test.targets)[:, k].astype(np.float64) * unit.deviation
        true = test.targets[:, k].astype(np.float64) * unit.deviation
        rmse = float(np.sqrt((error**2).mean()))
        r2 = 1 - (error**2).sum() / ((true - true.mean()) ** 2).sum()
        assert each[name]["rmse"] == pytest.approx(rmse, rel=1e-4)
        assert each[name]["r2"] == pytest.approx(r2, abs=1e-4)
        texts.append(f"for {name} test R² {each[name]['r2']:.4f}, root mean squared")
    mean = np.mean([entry["r2"] for entry in each.values()])
    assert report["test_r2"] == pytest.approx(mean)
    assert main(["evaluate", str(weights)]) == 0
    said = capsys.readouterr().out
    assert all(text in said for text in texts)
    assert main(["evaluate", str(weights), "--json", "-"]) == 0
    again = strict_json(capsys.readouterr().out)
    for name, told in again["test_by_target"].items():
        assert told == pytest.approx(each[name])


def test_the_report_tells_of_validation_data_where_there_are_any(
    tmp_path: Path, capsys: Capture
):
    path = classes_csv(tmp_path / "clouds.csv")
    report = tmp_path / "r.json"
    begun = ["train", "--data", str(path), "--steps", "20", "--json", str(report)]
    assert main([*begun, "--set", "data.validation_fraction=0.2"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(report.read_text())
    loss, share = found["validation_loss"], found["validation_accuracy"]
    assert f", validation loss {printed_loss(loss)}" in out
    assert f", validation accuracy {percent_text(share)}" in out
    assert " to validate, " in err
    assert main(begun) == 0
    out, err = capsys.readouterr()
    assert "validat" not in out + err


@pytest.mark.parametrize("rows", [10, 60])
def test_a_target_whose_values_all_differ_is_no_class(
    rows: int, tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "prices.csv"
    lines = [f"{k % 7},{k + 0.5}" for k in range(rows)]
    path.write_text("\n".join(["a,price", *lines]) + "\n")
    arguments = ["train", "--data", str(path), "--set", "data.answers=classes"]
    assert main([*arguments, "--set", "data.target=price"]) == 1
    said = capsys.readouterr().err
    assert f"'price' has {rows} classes in {rows} rows" in said
    assert "choose --set data.answers=numbers" in said
    assert "add rows" not in said
