"""Without a display: a short training offscreen, with its results in files."""

from pathlib import Path
from typing import Final

from core.cli.error_boundary import FAILED, OK
from core.cli.loading import check_memory
from core.cli.output import write_line, write_note
from core.files.weights import WeightsFile, save_weights
from core.values.errors import FileError
from core.values.words import tr
from gui.launch.app import Opening
from gui.launch.headless.staged_window import Staging, staged_window
from gui.session.view_state import View
from gui.style.experiment_labels import TESTED_ON
from gui.style.number_format import counted, loss_text, percent
from gui.widgets.pictures.png import write_png

FOLDER: Final = Path("glassbox-output")
STEPS: Final = 2000
"""Steps: a few epochs of most data sets, a few seconds on most machines."""


def run_without_display(opening: Opening, folder: Path = FOLDER) -> int:
    """Train briefly, then write a picture of the window and the weights."""
    steps = STEPS if opening.play else 0
    write_note(
        tr(
            "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): "
            "running {steps} offscreen instead, with the results in {folder}",
            steps=counted(steps, "step"),
            folder=folder.resolve(),
        )
    )
    _make(folder)
    check_memory(opening.experiment)
    with staged_window(opening, Staging()) as stage:
        stage.reach(steps)
        if stage.notice:
            write_note(stage.notice)
        picture = stage.settle()
        view = stage.window.session.view
    if view is None:
        return FAILED
    weights = _weights(view)
    paths = [folder / name for name in ("window.png", "weights.npz")]
    paths.append(folder / "weights.safetensors")
    write_png(picture, paths[0])
    for path in paths[1:]:
        save_weights(path, weights)
    _report(view, paths)
    return OK


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = tr(
            "{folder}: cannot be made: {error}",
            folder=folder.resolve(),
            error=error.strerror or error,
        )
        raise FileError(msg) from None


def _weights(view: View) -> WeightsFile:
    return WeightsFile(
        view.spec,
        view.params,
        view.run.experiment,
        view.total_steps,
        view.run.dataset.class_names,
        preparation=view.run.dataset.preparation,
        scaling=view.run.dataset.scaling,
        pictures=view.run.dataset.picture_form,
    )


def _report(view: View, paths: list[Path]) -> None:
    evaluation = view.evaluation
    if evaluation is not None:
        accuracy = evaluation.test_accuracy
        of = TESTED_ON[view.run.experiment.data.tested_on]
        result = (
            tr(
                "{of} loss {test_loss}",
                of=of,
                test_loss=loss_text(evaluation.test_loss),
            )
            if accuracy is None
            else tr("{of} accuracy {accuracy}", of=of, accuracy=percent(accuracy))
        )
        write_line(
            tr(
                "{spec} on {dataset}, {steps}: {result}",
                spec=view.spec,
                dataset=view.run.dataset.name,
                steps=counted(view.snapshot.step, "step"),
                result=result,
            )
        )
    for path in paths:
        write_line(f"{path.resolve()}")
