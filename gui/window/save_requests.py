"""What the File menu saves: the experiment, the weights, a picture."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage

from core.experiment import toml_form
from core.experiment.model import Experiment
from core.platform import atomic
from gui.session.save_request import FileKind, SaveRequest
from gui.session.view_state import View
from gui.widgets.pictures.png import write_png

if TYPE_CHECKING:
    from core.files.weights import WeightsFile

WEIGHT_KINDS: Final = (
    FileKind("safetensors", ".safetensors"),
    FileKind("NumPy", ".npz"),
)


def experiment_request(experiment: Experiment) -> SaveRequest:
    """To write an experiment as TOML."""
    return SaveRequest(
        "Experiment",
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
    )
    return SaveRequest(
        f"Weights of step {step:,}",
        f"{view.run.dataset.name}-step-{step}.safetensors",
        WEIGHT_KINDS,
        partial(_write_weights, weights),
        is_openable=True,
    )


def picture_request(image: QImage, name: str) -> SaveRequest:
    """To write a picture as PNG."""
    kinds = (FileKind("PNG", ".png"),)
    return SaveRequest("Picture", f"{name}.png", kinds, partial(write_png, image))


def _write_experiment(experiment: Experiment, path: Path) -> None:
    atomic.write_bytes(path, toml_form.dumps(experiment).encode())


def _write_weights(weights: "WeightsFile", path: Path) -> None:
    from core.files.weights import save_weights

    save_weights(path, weights)
