"""What the File menu saves: the experiment, the weights."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.experiment import toml_form
from core.experiment.model import Experiment
from core.platform import atomic
from core.values.words import tr
from gui.session.save_request import FileKind, SaveRequest
from gui.session.view_state import View

if TYPE_CHECKING:
    from core.files.weights import WeightsFile

NETWORK_KINDS: Final = (
    FileKind("safetensors", ".safetensors"),
    FileKind("NumPy", ".npz"),
    FileKind("ONNX", ".onnx"),
    FileKind("JSON", ".json"),
    FileKind(tr("Table of all weights"), ".csv", is_openable=False),
    FileKind(tr("Script in NumPy"), ".py", "numpy", is_openable=False),
    FileKind(tr("Script in JAX"), ".py", "jax", is_openable=False),
    FileKind(tr("Script in PyTorch"), ".py", "torch", is_openable=False),
    FileKind(tr("Notebook in NumPy"), ".ipynb", "numpy", is_openable=False),
    FileKind(tr("Notebook in JAX"), ".ipynb", "jax", is_openable=False),
    FileKind(tr("Notebook in PyTorch"), ".ipynb", "torch", is_openable=False),
    FileKind(tr("PyTorch state_dict with its module"), ".safetensors", "torch"),
)
"""The forms of `core.files.export`; a test holds them together."""


def experiment_request(experiment: Experiment) -> SaveRequest:
    """To write an experiment as TOML."""
    return SaveRequest(
        tr("Experiment"),
        "experiment.toml",
        (FileKind("TOML", ".toml"),),
        partial(_write_experiment, experiment),
        is_openable=True,
    )


def weights_request(view: View) -> SaveRequest:
    """To write the weights that the view shows."""
    # Imported here: the forms of files would make the window start later.
    from core.files.weights import WeightsFile

    step = view.total_steps
    weights = WeightsFile(
        view.spec,
        view.params,
        view.run.experiment,
        step,
        view.run.dataset.class_names,
        preparation=view.run.dataset.preparation,
        scaling=view.run.dataset.scaling,
        pictures=view.run.dataset.picture_form,
    )
    return SaveRequest(
        tr("Weights of step {step:,}", step=step),
        f"{_name_of_data(view)}-step-{step}.safetensors",
        NETWORK_KINDS,
        partial(_write_weights, weights),
        is_openable=True,
        write_kind=partial(_write_network, weights),
    )


def _name_of_data(view: View) -> str:
    """Of the data set, or of the user's file."""
    path = view.run.experiment.data.path
    return Path(path).stem if path else view.run.dataset.name


def _write_experiment(experiment: Experiment, path: Path) -> None:
    atomic.write_bytes(path, toml_form.dumps(experiment).encode())


def _write_weights(weights: "WeightsFile", path: Path) -> None:
    from core.files.weights import save_weights

    save_weights(path, weights)


def _write_network(weights: "WeightsFile", path: Path, kind: FileKind) -> str:
    """In the form of a kind, read back; returns what was compared."""
    from core.files.export.forms import export
    from core.files.export.network import Network

    done = export(Network.of(weights), path, kind.variant)
    text = "; ".join((done.compared, *done.notes))
    beside = "".join(
        tr("{other} is beside it. ", other=other.name) for other in done.paths[1:]
    )
    return f"{beside}{text[0].upper()}{text[1:]}"
