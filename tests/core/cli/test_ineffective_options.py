"""Options beside a weights file, and options without effect: obeyed or told."""

import json
from pathlib import Path

import pytest

from core.cli.main import main
from core.cli.options import ExperimentOptions
from core.cli.resolved_options import choose
from tests.core.support.cli_answers import Capture, error_line


@pytest.fixture
def trained(tmp_path: Path, capsys: Capture) -> Path:
    path = tmp_path / "w.npz"
    assert main(["train", "--preset", "xor", "--steps", "5", "--out", str(path)]) == 0
    capsys.readouterr()
    return path


def notes_of_evaluate(capsys: Capture, *more: str) -> list[str]:
    assert main(["evaluate", *more]) == 0
    return capsys.readouterr().err.splitlines()


def test_weights_are_evaluated_on_the_data_that_are_asked_for(
    trained: Path, tmp_path: Path, capsys: Capture
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[data]\nname = "moons"\n')
    for more, name in (
        (["--preset", "circle"], "circle"),
        (["--experiment", str(own)], "moons"),
        ([], "xor"),
    ):
        assert main(["evaluate", str(trained), *more, "--json", "-"]) == 0
        out, err = capsys.readouterr()
        assert json.loads(out)["data"] == name
        assert ("its data are used; network and loss" in err) == bool(more)
    assert main(["evaluate", str(trained), "--preset", "digits"]) == 1
    assert "the weights are of a network" in error_line(capsys)


def test_weights_are_trained_on_as_the_named_experiment_says(
    trained: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[data]\nname = "circle"\nnoise = 0.25\n'
        "[network]\nhidden = [9]\n[training]\nbatch_size = 7\n"
    )
    opened = choose(ExperimentOptions(weights=trained)).experiment
    choice = choose(ExperimentOptions(weights=trained, experiment=own))
    assert choice.experiment.data.name == "circle"
    assert choice.experiment.data.noise == 0.25
    assert choice.experiment.training.batch_size == 7
    assert choice.experiment.network == opened.network
    assert choice.notes == (
        f"{own}: its data and training are used; the network is that in {trained}",
    )


def test_evaluate_tells_which_keys_count_in_training_alone(
    trained: Path, capsys: Capture
) -> None:
    for change in (
        "training.learning_rate=5",
        "training.optimizer=adam",
        "data.shuffled_labels=true",
        "data.validation_fraction=0.5",
    ):
        key = change.partition("=")[0]
        (note,) = notes_of_evaluate(capsys, str(trained), "--set", change)
        assert note == f"glassbox: {key} has no effect: nothing is trained"
    for change in ("training.loss=squared-error", "data.noise=0.4"):
        assert notes_of_evaluate(capsys, str(trained), "--set", change) == []


def test_a_seed_that_draws_nothing_is_noted(capsys: Capture) -> None:
    command = ["train", "--steps", "1", "--seed", "4", "--preset"]
    assert main([*command, "worked-example"]) == 0
    assert capsys.readouterr().err == (
        "glassbox: training.seed has no effect: the experiment gives the initial "
        "weights, and one example has no order\n"
    )
    # Here it draws the weights.
    assert main([*command, "xor"]) == 0
    assert capsys.readouterr().err == ""


def test_what_is_told_twice_or_cannot_be_found_is_noted(
    capsys: Capture, tmp_path: Path
) -> None:
    def notes(*changes: str, folders: tuple[Path, ...] = ()) -> tuple[str, ...]:
        options = ExperimentOptions(preset="xor", changes=changes, data_folders=folders)
        return choose(options).notes

    assert notes("training.seed=1", "training.seed = 2") == (
        "--set training.seed is given 2 times; the last one counts",
    )
    assert notes('data.features=["x1", "x1"]') == (
        "data.features names x1 2 times; it is one input",
    )
    missing = tmp_path / "missing"
    folders = (tmp_path, missing)
    assert f"--data {missing}: there is no such folder" in notes(folders=folders)
    assert main(["train", "--preset", "xor", "--steps", "1", "--download"]) == 0
    assert "--download has no effect: xor is not downl" in capsys.readouterr().err


def test_what_a_network_of_ours_does_not_need_is_noted(
    trained: Path, tmp_path: Path, capsys: Capture
) -> None:
    table = tmp_path / "points.csv"
    table.write_text("a,b\n0.5,1\n-1,2\n")
    for name, command in {
        "--data": ["convert", str(trained), str(tmp_path / "a.json"), "--data", "."],
        "--no-normalise": ["predict", str(trained), str(table), "--no-normalise"],
    }.items():
        capsys.readouterr()
        assert main(command) == 0
        assert f"glassbox: {name} has no effect: " in capsys.readouterr().err
    assert main(["predict", str(trained), str(table), "--data", "."]) == 0
    assert "--data has no effect" in capsys.readouterr().err


def test_a_part_that_is_not_there_is_refused_and_one_of_nothing_noted(
    trained: Path, tmp_path: Path, capsys: Capture
) -> None:
    for command in (
        ["info", str(trained), "--part", "7"],
        ["convert", str(trained), str(tmp_path / "b.json"), "--part", "7"],
        ["evaluate", str(trained), "--part", "7"],
    ):
        capsys.readouterr()
        assert main(command) == 1
        assert "it has no part '7'" in capsys.readouterr().err
    assert main(["train", "--preset", "xor", "--steps", "1", "--part", "7"]) == 0
    assert "--part 7 has no effect: no network is opened" in capsys.readouterr().err


def test_an_initialiser_beside_given_weights_is_noted(
    trained: Path, capsys: Capture
) -> None:
    (note,) = notes_of_evaluate(capsys, str(trained), "--set", "network.initializer=he")
    assert "network.initializer has no effect: the weights are those of" in note


def test_an_option_of_one_value_that_is_given_twice_is_told(
    tmp_path: Path, capsys: Capture
) -> None:
    kept, other = tmp_path / "kept.npz", tmp_path / "other.npz"
    command = ["train", "--preset=circle", "--preset", "xor", "--steps", "5"]
    assert main([*command, "--out", str(other), "--out", str(kept)]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "glassbox: --preset is given 2 times; the last one counts",
        "glassbox: --out is given 2 times; the last one counts",
    ]
    assert kept.exists()
    assert not other.exists()
