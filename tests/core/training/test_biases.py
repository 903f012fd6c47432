"""Networks whose units have no biases, from the initial weights to the file."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.experiment.model import (
    DataSettings,
    Experiment,
    NetworkSettings,
    TrainingSettings,
)
from core.experiment.rules import OPTIMIZERS
from core.files import npz_form
from core.files.weights import WeightsFile, load_weights, save_weights
from core.platform.devices import choose_device
from core.probes.batch import gradient_at
from core.training.run import TrainingRun, to_numpy
from core.values.network_spec import NetworkSpec, flat_blocks
from tests.core.support.small_runs import small_dataset

SPEC = NetworkSpec((3, 2, 4), ("relu", "softmax"), biases=(False, True))


def test_a_layer_without_biases_has_none_among_its_parameters() -> None:
    assert SPEC.parameter_count == 6 + 8 + 4
    assert list(flat_blocks(SPEC)) == [
        (1, False, 0, 6),
        (2, False, 6, 14),
        (2, True, 14, 18),
    ]


def test_biases_for_all_layers_are_the_same_spec_as_none_named() -> None:
    named = NetworkSpec((3, 2), ("softmax",), biases=(True,))
    assert named == NetworkSpec((3, 2), ("softmax",))
    with pytest.raises(ValueError, match="1 computed layers need as many biases"):
        NetworkSpec((3, 2), ("softmax",), biases=(True, False))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_no_optimiser_moves_a_bias_that_is_not_there(optimizer: str) -> None:
    experiment = Experiment(
        DataSettings(name="circle"),
        NetworkSettings((3,), initializer="normal", bias=False),
        TrainingSettings(optimizer=optimizer, l2=0.01),
    )
    run = TrainingRun(experiment, small_dataset(), choose_device("cpu"))
    weights = [np.array(w) for w, _ in to_numpy(run.params)]
    run.advance(4)
    for (after, biases), before in zip(to_numpy(run.params), weights, strict=True):
        assert not np.any(biases)
        assert np.any(after != before)
    for _, biases in gradient_at(run, run.before_last_step()):
        assert not np.any(biases)


@pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
def test_files_hold_no_tensor_for_missing_biases(tmp_path: Path, suffix: str) -> None:
    params = tuple(
        (np.full(shape, 0.5, np.float32), np.zeros(shape[0], np.float32))
        for shape in SPEC.weight_shapes
    )
    experiment = Experiment(network=NetworkSettings((2,), bias=False))
    path = tmp_path / f"weights{suffix}"
    save_weights(path, WeightsFile(SPEC, params, experiment))
    if suffix == ".npz":
        names = ["layers.0.weight", "layers.1.bias", "layers.1.weight"]
        with npz_form.opened_archive(path) as archive:
            contents = npz_form.read(archive, path.stat().st_size)
        assert sorted(contents.tensors) == names
    read = load_weights(path)
    assert read.spec == SPEC
    assert not np.any(read.params[0][1])
    # The experiment has no biases at all, so it is of another network.
    assert read.experiment is None
    whole = replace(SPEC, biases=(False, False))
    save_weights(path, WeightsFile(whole, params, experiment))
    assert load_weights(path).experiment == experiment
