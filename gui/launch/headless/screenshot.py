"""`glassbox screenshot`: a picture of the real window after some training."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from core.cli.error_boundary import OK, UsageError
from core.cli.foreign import read_with_data
from core.cli.loading import check_memory, require_data
from core.cli.options import ExperimentOptions
from core.cli.output import write_line, write_note
from core.cli.progress import progress_bar
from core.cli.resolved_options import choose
from core.experiment.effects import batch_note
from core.experiment.memory import Place
from core.values.words import tr
from gui.launch.app import Opening
from gui.launch.headless.staged_window import Staging, staged_window
from gui.session.view_state import View
from gui.widgets.pictures.png import write_png
from gui.window.workspaces import WORKSPACES

if TYPE_CHECKING:
    from core.cli.progress import Bar


def run(args: argparse.Namespace) -> int:
    """Train, take the picture, write it; returns the exit code."""
    _check_workspace(args.workspace)
    options = ExperimentOptions.of(args)
    choice = choose(options)
    for note in choice.training_notes if args.steps else choice.notes:
        write_note(note)
    choice = read_with_data(choice, options)
    # Otherwise the window would continue with the bundled digits.
    require_data(choice.experiment.data, options.data_folders)
    check_memory(choice.experiment, place=Place.WINDOW)
    opening = Opening(
        choice.experiment, choice.weights, options.data_folders, options.device
    )
    width, height = args.size
    staging = Staging(args.workspace, width, height, args.theme)
    with (
        progress_bar(tr("Opening the window"), args.steps, "step") as bar,
        staged_window(opening, staging) as stage,
    ):
        stage.window.session.view_changed.connect(partial(_follow, bar))
        stage.reach(args.steps)
        if args.draw is not None:
            stage.draw(int(args.draw))
        bar.set_description(tr("Drawing"))
        picture = stage.settle()
        view = stage.window.session.view
    if view is not None and args.steps:
        n_train = len(view.run.dataset.train)
        for note in batch_note(choice.experiment.training, n_train).values():
            write_note(note)
    write_png(picture, args.out)
    size = (picture.width(), picture.height())
    if size != args.size:
        write_note(
            tr(
                "the window needs {size}x{size2}, so the picture has this size",
                size=size[0],
                size2=size[1],
            )
        )
    write_line(f"{args.out.resolve()}")
    return OK


def _follow(bar: "Bar", view: View | None) -> None:
    """Show how far training is; the step of a run that stopped early may be lower."""
    if view is not None and view.snapshot.step > bar.n:
        bar.set_description(tr("Training"), refresh=False)
        bar.update(view.snapshot.step - bar.n)


def _check_workspace(key: str) -> None:
    """Find out before the training whether there is such a workspace.

    Raises:
        UsageError: there is none.
    """
    keys = [workspace.key for workspace in WORKSPACES]
    if key and key not in keys:
        msg = tr(
            "unknown workspace {key!r} (choose from {keys})",
            key=key,
            keys=", ".join(keys),
        )
        raise UsageError(msg)
