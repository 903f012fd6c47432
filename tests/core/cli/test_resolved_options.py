"""Which experiment the options of a command add up to."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.cli.error_boundary import UsageError
from core.cli.main import main
from core.cli.options import ExperimentOptions
from core.cli.resolved_options import choose, parse_changes
from core.experiment.presets import load_preset
from core.platform.user_folders import config_folder
from tests.core.support.cli_answers import Capture, error_line, weights_file


def test_values_of_set_are_toml_or_bare_text() -> None:
    changes = parse_changes(
        [
            "network.hidden=[32, 16]",
            "data.name=mnist",
            "training.l2=1e-3",
            "data.shuffled_labels=true",
            "data.path=",
            "data.path=/a=b",
            'network.activation=["relu", "tanh"]',
        ]
    )
    assert changes == {
        "network.hidden": [32, 16],
        "data.name": "mnist",
        "training.l2": 1e-3,
        "data.shuffled_labels": True,
        "data.path": "/a=b",
        "network.activation": ["relu", "tanh"],
    }


def test_a_line_break_in_a_value_sets_no_second_key() -> None:
    assert parse_changes(["data.path=1\nother = 2"]) == {"data.path": "1\nother = 2"}


def test_each_source_of_the_experiment_overrides_those_before_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "e.toml"
    file.write_text("[training]\nbatch_size = 7\nseed = 3\n")
    weights = weights_file(tmp_path / "w.npz")
    options = ExperimentOptions(preset="xor")
    assert choose(options).experiment == load_preset("xor").experiment
    options = ExperimentOptions(preset="xor", experiment=file)
    assert choose(options).experiment.training.batch_size == 7
    options = ExperimentOptions(preset="xor", experiment=file, weights=weights)
    choice = choose(options)
    assert choice.experiment.network.hidden == (3,)
    assert choice.experiment.training.batch_size == 7
    assert "the network is that in" in choice.notes[0]
    changes = ("training.seed=8", "training.batch_size=9")
    options = ExperimentOptions(weights=weights, changes=changes, seed=4)
    training = choose(options).experiment.training
    assert (training.batch_size, training.seed) == (9, 4)


def test_an_experiment_tells_the_activations_that_foreign_weights_leave_open(
    tmp_path: Path,
) -> None:
    path = tmp_path / "foreign.npz"
    shapes = {"a.weight": (16, 784), "b.weight": (16, 16), "c.weight": (10, 16)}
    tensors = {name: np.ones(shape, np.float32) for name, shape in shapes.items()}
    biases = {
        f"{name[0]}.bias": np.ones(s[0], np.float32) for name, s in shapes.items()
    }
    np.savez(path, allow_pickle=False, **tensors, **biases)
    alone = choose(ExperimentOptions(weights=path))
    assert alone.weights is not None
    assert alone.weights.spec.activations == ("relu", "relu", "softmax")
    assert "activations are not known" in alone.weights.assumptions[0]
    assert alone.said.activations is None
    told = choose(ExperimentOptions(preset="mnist-sigmoid", weights=path))
    assert told.weights is not None
    assert told.weights.spec.activations == ("sigmoid",) * 3
    assert told.said.activations == ("sigmoid",) * 2
    assert told.notes == ()


def test_weights_of_another_network_are_refused(
    tmp_path: Path, capsys: Capture
) -> None:
    path = str(weights_file(tmp_path / "w.npz"))
    command = ["train", "--open", path, "--set"]
    for change in ("network.hidden=[4]", "data.name=xor"):
        assert main([*command, change]) == 1
        assert "784-3-10" in error_line(capsys)


def test_network_keys_of_set_decide_how_weights_are_read(
    tmp_path: Path, capsys: Capture
) -> None:
    path = weights_file(tmp_path / "w.npz", sizes=(2, 4, 2))
    on_circle = "data.name=circle"
    plain = choose(ExperimentOptions(weights=path, changes=(on_circle,)))
    assert plain.weights is not None
    assert plain.weights.spec.activations == ("relu", "softmax")
    options = ExperimentOptions(
        weights=path, changes=(on_circle, "network.activation=tanh")
    )
    asked = choose(options)
    assert asked.weights is not None
    assert asked.weights.spec == asked.experiment.spec
    assert asked.weights.spec.activations == ("tanh", "softmax")
    assert "the file says relu, softmax" in asked.notes[-1]
    command = ["evaluate", str(path), "--set", "data.name=circle", "--json", "-"]
    losses = []
    for more in ([], ["--set", "network.activation=tanh"]):
        assert main([*command, *more]) == 0
        losses.append(json.loads(capsys.readouterr().out)["test_loss"])
    assert losses[0] != losses[1]


def test_another_optimiser_brings_a_rate_of_its_own(tmp_path: Path) -> None:
    def rate(*changes: str, experiment: Path | None = None) -> float:
        options = ExperimentOptions(changes=changes, experiment=experiment)
        return choose(options).experiment.training.learning_rate

    assert rate() == 0.1
    assert rate("training.optimizer=adam") == 0.003
    assert rate("training.optimizer=adam", "training.learning_rate=0.1") == 0.1
    assert rate("training.optimizer=sgd") == 0.1
    own = tmp_path / "own.toml"
    own.write_text('[training]\noptimizer = "adam"\nlearning_rate = 0.02\n')
    assert rate("training.optimizer=adam", experiment=own) == 0.02
    assert rate("training.optimizer=sgd", experiment=own) == 0.1


def test_a_preset_of_the_users_own_is_known_by_its_name() -> None:
    folder = config_folder() / "presets"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "two-arms.toml").write_text('[data]\nname = "spiral"\n')
    (folder / "no-arms.toml").write_text('[data]\nname = "arms"\n')
    found = choose(ExperimentOptions(preset="two-arms")).experiment
    assert found.data.name == "spiral"
    with pytest.raises(UsageError, match=r"no-arms\.toml: line 2"):
        choose(ExperimentOptions(preset="no-arms"))
    with pytest.raises(UsageError, match=r"choose from digits, .*, two-arms\)"):
        choose(ExperimentOptions(preset="one-arm"))


def test_a_preset_beside_an_experiment_file_is_told(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[training]\nseed = 5\n")
    resolved = choose(ExperimentOptions(preset="xor", experiment=own))
    assert resolved.experiment.training.seed == 5
    assert any("--preset xor has no effect" in note for note in resolved.notes)
