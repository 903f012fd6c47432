"""Texts of the curves panel: titles, legends, values."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from core.experiment.model import Experiment
from core.network.numpy.losses.table import LOSSES
from core.values.counts import counted
from core.values.words import tr
from gui.panels.curves.curve_data import CurveData, CurvePoint
from gui.panels.curves.curve_legend import LegendEntry
from gui.session.document.draft import changed_keys, values_of
from gui.session.document.edit_texts import edit_text
from gui.session.line_curves import Meaning
from gui.session.metrics_log import Abandoned, MetricsLog
from gui.session.readings import TestReadings
from gui.session.step_series import Bucket
from gui.session.view_state import Run
from gui.style.number_format import NO_VALUE, count, epoch_number, loss_text, percent

TESTED: Final = LegendEntry("test", tr("test"), "curve_test", "points")
LOSS_ENTRIES: Final = (
    LegendEntry("raw", tr("batch"), "ink3", "faint"),
    LegendEntry("smoothed", tr("train"), "curve_train"),
    TESTED,
    LegendEntry("before", tr("previous run"), "curve_test", "faint"),
    LegendEntry("branches", tr("branch left"), "curve_branch"),
    LegendEntry("validation", tr("validation"), "curve_validation"),
)
ACCURACY_ENTRIES: Final = (
    LegendEntry("smoothed", tr("train"), "curve_train"),
    *LOSS_ENTRIES[2:],
)
MOST_EPOCHS: Final = 16
_MOST_DIFFERENCES: Final = 2
BROKEN: Final = tr("Loss not finite from step {} on: lower the learning rate")
GROWN: Final = tr("Over twice the first loss, {start}: lower the learning rate")
LATER: Final = tr("Later steps diverge, from step {} on")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the loss.

    Attributes:
        token: of its colour.
        icon: key of its mark, which says the same as the colour.
    """

    text: str
    token: str = "wrong"
    icon: str = "error"


def trouble(data: CurveData, cursor: int | None = None) -> Trouble | None:
    """What is wrong with the loss at the shown step, or with those after it.

    Args:
        data: the curves.
        cursor: the shown step, where it is not the newest one.
    """
    start, step = data.outgrown(), data.metrics.first_broken_step
    if step is not None:
        now = BROKEN.format(count(step))
    elif start is not None:
        step, now = data.outgrown_from(start), GROWN.format(start=loss_text(start))
    else:
        return None
    if cursor is not None and cursor < step:
        return Trouble(LATER.format(count(step)), "warning", "warning")
    return Trouble(now)


def tested_name(run: Run) -> str:
    """What the points are of: where there is no test, of all training examples."""
    is_test = run.experiment.data.tested_on == "test"
    return TESTED.name if is_test else tr("all training examples")


def name_at_end(run: Run) -> str:
    """The same beside the last point, where room is short."""
    return TESTED.name if tested_name(run) == TESTED.name else tr("all training")


THINNED: Final = tr(
    "With dropout, batch and train are read in the step, without the activations that "
    "it drops; all other curves, and the losses in Step, are of the whole network."
)


def smoothing(half_life: float, *, dropout: bool = False) -> str:
    """What the curve of training is.

    Args:
        half_life: in steps, 0 for no average.
        dropout: whether some step of the run drops activations.
    """
    text = tr("train: the value of each batch before its step.")
    if half_life > 0:
        text = tr(
            "train: the moving average over the batches, in which a step counts half "
            "as much as one {steps} later.",
            steps=counted(int(half_life), "step"),
        )
    return f"{text} {THINNED}" if dropout else text


def branches(abandoned: tuple[Abandoned, ...]) -> str | None:
    """The steps at which branches were left; None without any."""
    if not abandoned:
        return None
    steps = sorted({branch.start for branch in abandoned})
    return tr("at step ") + ", ".join(map(count, steps))


def what_differs(old: Experiment, new: Experiment, *, was_changed: bool = False) -> str:
    """In what another experiment differs: "learning rate 0.03".

    Args:
        old: as it was last in force.
        new: the other one.
        was_changed: whether the old one was once another one while it ran, or its
            weights were edited.
    """
    texts = []
    for key in changed_keys(new, old):
        value = values_of(old)[key]
        if isinstance(value, bool):
            shown = tr("on") if value else tr("off")
        elif isinstance(value, tuple):
            shown = "-".join(map(str, value)) or tr("none")
        else:
            shown = f"{value:g}" if isinstance(value, float) else str(value)
        texts.append(f"{edit_text([key])} {shown}")
    if not texts:
        return (
            tr("(changed on its way)") if was_changed else tr("(the same experiment)")
        )
    more = ", \N{HORIZONTAL ELLIPSIS}" if len(texts) > _MOST_DIFFERENCES else ""
    return f"({', '.join(texts[:_MOST_DIFFERENCES])}{more})"


def meaning_marks(meanings: Sequence[Meaning]) -> tuple[tuple[int, str], ...]:
    """Where the curves become another quantity, and which."""
    marks = []
    for old, new in pairwise(meanings):
        texts = []
        if old.loss != new.loss:
            name, rho = new.loss
            title = LOSSES[name].title
            texts.append(
                title
                if rho is None
                else tr("{title}, rho {rho:g}", title=title, rho=rho)
            )
        if old.dropout != new.dropout:
            texts.append(tr("dropout {dropout:g}", dropout=new.dropout))
        marks.append((new.step, ", ".join(texts)))
    return tuple(marks)


def validations(
    readings: TestReadings, step: int
) -> tuple[str, str] | tuple[None, None]:
    """Validation loss and accuracy at a step; None without validation data."""
    if len(readings) == 0:
        return None, None
    index = int(np.searchsorted(readings.steps, step, side="right")) - 1
    if index < 0:
        return "", ""
    loss, accuracy = float(readings.losses[index]), float(readings.accuracies[index])
    return _loss_text(loss), _percent(accuracy)


def mistakes(metrics: MetricsLog, run: Run) -> str:
    """The perceptron's mistakes epoch by epoch; empty for other losses."""
    n_examples = len(run.dataset.train)
    training = run.experiment.training
    counts_mistakes = LOSSES[training.loss].counts_mistakes
    if not counts_mistakes or n_examples % training.batch_size:
        return ""
    counts = metrics.mistakes.counts(n_examples, MOST_EPOCHS)
    if not counts:
        return ""
    shown = ", ".join(count(number) for number in counts)
    return tr(
        "Misclassified in each epoch, of {examples}: {shown}",
        examples=counted(n_examples, "example"),
        shown=shown,
    )


TRAVEL: Final = tr(
    "Click: go to this step of the run; Enter goes to the one that the arrow keys "
    "read. Later steps stay, and “To the last step” leads back."
)


def position(point: CurvePoint) -> tuple[str, str]:
    """The step or steps of the values, and the epoch."""
    bucket = point.batch_loss
    steps = tr("step {step}", step=count(point.step))
    if bucket is not None and bucket.first_step < bucket.last_step:
        steps = tr(
            "steps {first_step} to {last_step}",
            first_step=count(bucket.first_step),
            last_step=count(bucket.last_step),
        )
    return steps, tr("epoch {epoch}", epoch=epoch_number(point.epoch))


def loss_values(point: CurvePoint) -> tuple[str, str, str]:
    test = _loss_text(point.test_loss) + _where(point)
    return _bucket_text(point.batch_loss), _loss_text(point.smoothed_loss), test


def accuracy_values(point: CurvePoint) -> tuple[str, str]:
    test = _percent(point.test_accuracy) + _where(point)
    return _percent(point.smoothed_accuracy), test


def _where(point: CurvePoint) -> str:
    """The step of a test value that is older than the point."""
    if point.test_step is None or point.test_step == point.step:
        return ""
    return tr(" (step {test_step})", test_step=count(point.test_step))


def _bucket_text(bucket: Bucket | None) -> str:
    if bucket is None or bucket.first_step == bucket.last_step:
        return _loss_text(None if bucket is None else bucket.mean)
    low, high = _loss_text(bucket.low), _loss_text(bucket.high)
    return tr(
        "mean {loss}, {low} to {high}", loss=_loss_text(bucket.mean), low=low, high=high
    )


def _loss_text(loss: float | None) -> str:
    if loss is None:
        return NO_VALUE
    return loss_text(loss)


def _percent(share: float | None) -> str:
    return NO_VALUE if share is None else percent(share)
