"""What a command is given and what it prints, for the tests of all commands."""

import json
from pathlib import Path

import numpy as np
import pytest

from core.experiment.model import Experiment, NetworkSettings
from core.files.weights import WeightsFile, save_weights

Capture = pytest.CaptureFixture[str]


def refuse_constant(name: str) -> float:
    raise ValueError(name)


def strict_json(text: str) -> dict[str, object]:
    """Fails on NaN and Infinity, which are no JSON."""
    report: dict[str, object] = json.loads(text, parse_constant=refuse_constant)
    return report


def error_line(capsys: Capture) -> str:
    """The one line on standard error; nothing on standard output."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("glassbox: error: ")
    assert err.count("\n") == 1
    return err


def weights_file(path: Path, *, sizes: tuple[int, ...] = (784, 3, 10)) -> Path:
    random = np.random.default_rng(1)
    experiment = Experiment(network=NetworkSettings(hidden=sizes[1:-1]))
    spec = experiment.network.spec(sizes[0], sizes[-1])
    params = tuple(
        (
            random.normal(size=(n_out, n_in)).astype(np.float32),
            np.zeros(n_out, np.float32),
        )
        for n_out, n_in in spec.weight_shapes
    )
    save_weights(path, WeightsFile(spec, params, experiment))
    return path
