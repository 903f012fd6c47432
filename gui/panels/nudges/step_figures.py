"""The strip of a step: its batch, what it did to the loss, and by which rule."""

import math
from typing import Final

import numpy as np

from core.arrays import IntArray
from core.descriptions.optimizers import OPTIMIZERS
from core.protocol.snapshot import BatchRecord
from core.values.words import tr
from gui.panels.nudges.nudge_rows import NudgeValues
from gui.session.view_state import View
from gui.style.number_format import count, counted, fixed, full, plain, short
from gui.style.number_input import parse_number
from gui.widgets.strips.figures import Figure, Tone, figure

ARROW: Final = "\N{RIGHTWARDS ARROW}"
NOT_YET: Final = "\N{EM DASH}"
_BLANK: Final = "\N{FIGURE SPACE}"
_DIGITS: Final = 4


def step_figures(view: View, values: NudgeValues) -> tuple[Figure, ...]:
    """The question of the workspace and its answer, from left to right."""
    batch = view.snapshot.batch
    shown: list[Figure] = []
    if batch is not None:
        shown += [_size(batch), *_loss(batch)]
        if view.run.dataset.has_classes:
            shown.append(_right(batch))
    shown.append(figure(_gradient_name(batch), _loss_text(values.norm)))
    return (*shown, *([] if batch is None else [_rule(batch)]))


def _size(batch: BatchRecord) -> Figure:
    step = count(batch.step)
    name = tr("Batch of step {step}", step=step)
    if batch.losses_after is None:
        name = tr("Next batch, for step {step}", step=step)
    return figure(name, counted(len(batch.labels), "example"))


def _loss(batch: BatchRecord) -> list[Figure]:
    before, after = batch.loss_before, batch.loss_after
    told = NOT_YET if after is None else _loss_text(after)
    thinned = batch.loss_thinned
    name = tr("Mean loss") if thinned is None else tr("Loss without dropout")
    shown = [Figure(name, (_ink(_loss_text(before)), _faint(ARROW), _ink(told)))]
    if thinned is not None:
        with_it = tr("Loss with dropout {share}", share=short(batch.training.dropout))
        shown.append(figure(with_it, _loss_text(thinned)))
    if after is not None:
        whole = tr("Change") if thinned is None else tr("Change without dropout")
        shown.append(Figure(whole, (_change(before, after),)))
    return shown


def _gradient_name(batch: BatchRecord | None) -> str:
    """The gradient of a step with dropout is that of the thinned network."""
    if batch is None or batch.losses_thinned is None:
        return tr("Length of gradient")
    return tr("Length of its gradient, with dropout")


def _change(before: float, after: float) -> tuple[str, Tone]:
    """The difference of the two losses as they are printed."""
    change = after - before
    if all(map(math.isfinite, (before, after))):
        first, second = (parse_number(_loss_text(loss)) for loss in (before, after))
        change = second - first
    text = plain(change, _DIGITS) if abs(change) >= 0.5e-4 else short(change)
    if not change < 0 and not change > 0:
        return text, "ink1"
    fell = change < 0
    mark = "\N{DOWNWARDS ARROW}" if fell else "\N{UPWARDS ARROW}"
    sign = "" if fell else "+"
    return f"{sign}{text} {mark}", "right" if fell else "wrong"


def _right(batch: BatchRecord) -> Figure:
    def hits(predicted: IntArray) -> str:
        return count(int(np.count_nonzero(predicted == batch.labels)))

    after = batch.predicted_after
    is_thinned = batch.losses_thinned is not None
    return Figure(
        tr("Right without dropout") if is_thinned else tr("Right"),
        (
            _ink(hits(batch.predicted_before)),
            _faint(ARROW),
            _ink(NOT_YET if after is None else hits(after)),
            _faint(tr("of {labels}", labels=count(len(batch.labels)))),
        ),
    )


def _rule(batch: BatchRecord) -> Figure:
    """How a nudge becomes a change, by the settings of the batch's own step."""
    rate = short(batch.learning_rate)
    training = batch.training
    name = tr("the change of every parameter")
    if training.l1 or training.l2:
        name += tr(", penalties included")
    if training.optimizer == "sgd":
        rule = tr("change = {rate} \N{MULTIPLICATION SIGN} nudge", rate=rate)
        return figure(name, rule, at_end=True)
    title = OPTIMIZERS[training.optimizer].title
    return figure(
        name,
        tr("computed by {title}, rate {rate}", title=title, rate=rate),
        at_end=True,
    )


def _ink(text: str) -> tuple[str, Tone]:
    return text, "ink1"


def _faint(text: str) -> tuple[str, Tone]:
    return text, "ink3"


def _loss_text(value: float) -> str:
    if value != 0 and abs(value) < 5e-5:
        return full(float(f"{value:.2e}"))
    return fixed(value).strip(_BLANK)
