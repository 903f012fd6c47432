"""Small networks of every kind, to export."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np

from core.data.scaling import InputScaling
from core.data.table.preparation import (
    NumberColumn,
    Preparation,
    TargetColumn,
    WordColumn,
)
from core.experiment.model import (
    DataSettings,
    Experiment,
    NetworkSettings,
    TrainingSettings,
)
from core.files.export.network import Network
from core.files.weights import WeightsFile
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.table import LOSSES, usual_loss
from core.values.network_spec import NetworkSpec

HIDDEN = (
    "relu",
    "sigmoid",
    "tanh",
    "leaky-relu",
    "leaky-relu(0.25)",
    "leaky-relu(-0.5)",
    "gelu",
    "silu",
    "elu",
    "softplus",
    "identity",
)
OUTPUTS = ("softmax", "sigmoid", "tanh", "identity", "step")
PAIRS = tuple(
    (loss.name, output)
    for loss in LOSSES.values()
    for output in OUTPUTS
    if loss.fits(ACTIVATIONS[output])
)
"""Every loss with every output that it fits."""
PREPARATION = Preparation(
    (
        NumberColumn("age", 37.0, 38.5, 13.25),
        WordColumn("colour", ("blue", "red", "(missing)")),
        NumberColumn("year", 1999.0, 2001.5, 3.125),
    ),
    (TargetColumn("kind"),),
    ("cat", 'a "dog"', "emu"),
)
NUMBERS = Preparation(
    PREPARATION.columns,
    (TargetColumn("price", 250_000.0, 81_234.5), TargetColumn("rent", -3.0, 0.25)),
)


def params_of(spec: NetworkSpec, seed: int = 5) -> tuple[tuple[np.ndarray, ...], ...]:
    random = np.random.default_rng(seed)
    params = []
    for k, (n_out, n_in) in enumerate(spec.weight_shapes):
        weight = random.standard_normal((n_out, n_in), np.float32) / n_in**0.5
        bias = random.standard_normal(n_out, np.float32) * spec.biases[k]
        params.append((weight.astype(np.float32), bias.astype(np.float32)))
    return tuple(params)


def made(
    experiment: Experiment | None,
    spec: NetworkSpec,
    names: tuple[str, ...] = (),
    preparation: Preparation | None = None,
    scaling: InputScaling | None = None,
) -> Network:
    return Network.of(
        WeightsFile(
            spec,
            params_of(spec),
            experiment,
            step=123,
            class_names=names,
            preparation=preparation,
            scaling=scaling,
        )
    )


def of_points(
    hidden: tuple[str, ...] = ("tanh",),
    output: str = "softmax",
    loss: str = "",
    features: tuple[str, ...] = (),
    **settings: object,
) -> Network:
    """A network for points of three classes."""
    loss = loss or usual_loss(ACTIVATIONS[output]).name
    experiment = Experiment(
        DataSettings(name="clouds", features=features),
        NetworkSettings(
            hidden=(6,) * len(hidden), activation=hidden, output=output, **settings
        ),
        TrainingSettings(loss=loss, learning_rate=0.05),
    )
    return made(experiment, experiment.spec, ("teal", "rose", "lime"))


def of_images(hidden: tuple[str, ...] = ("relu",)) -> Network:
    experiment = Experiment(
        DataSettings(name="digits"),
        NetworkSettings(hidden=(7,) * len(hidden), activation=hidden),
    )
    return made(experiment, experiment.spec, tuple("0123456789"))


def of_table(preparation: Preparation = PREPARATION) -> Network:
    is_classes = bool(preparation.class_names)
    n_outputs = len(preparation.output_names)
    experiment = Experiment(
        DataSettings(
            name="file",
            path="a table.csv",
            size=(5, n_outputs, 90),
            answers="classes" if is_classes else "numbers",
        ),
        NetworkSettings(hidden=(4,), output="softmax" if is_classes else "identity"),
        TrainingSettings(loss="cross-entropy" if is_classes else "squared-error"),
    )
    return made(experiment, experiment.spec, preparation.class_names, preparation)


def of_line() -> Network:
    experiment = Experiment(
        DataSettings(name="sine", features=("x", "x^3", "sin(x)", "cos(x)")),
        NetworkSettings(hidden=(5,), output="identity"),
        TrainingSettings(loss="huber"),
    )
    return made(experiment, experiment.spec)


def of_scaled() -> Network:
    spec = NetworkSpec((3, 4, 2), ("relu", "softmax"))
    scaling = InputScaling((1.0, -2.0, 30.0), (2.0, 0.5, 10.0))
    return made(None, spec, ("no", "yes"), scaling=scaling)


def of_all_kinds() -> dict[str, Network]:
    """By what their rows are."""
    plane = ("x1", "x2^2", "x1*x2", "sin(x1)", "cos(x2)")
    return {
        "points": of_points(),
        "features": of_points(features=plane),
        "line": of_line(),
        "images": of_images(),
        "table": of_table(),
        "numbers": of_table(NUMBERS),
        "scaled": of_scaled(),
        "one output": made(None, NetworkSpec((3, 2, 1), ("tanh", "sigmoid"))),
        "no biases": of_points(("relu", "elu"), bias=False),
    }


def loaded(path: Path) -> ModuleType:
    """A script of our own making, run."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
