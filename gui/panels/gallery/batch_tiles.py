"""The current batch as tiles: each example with its loss before and after the step."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.arrays import FloatArray, IntArray
from core.data.dataset import Dataset
from core.protocol.snapshot import BatchRecord
from core.values.words import tr
from gui.panels.gallery.answer_texts import (
    headers,
    prediction_and_target,
    prediction_text,
    target_text,
    widest_line,
)
from gui.session.example_name import name_at_start
from gui.session.own_units import own_inputs, received_inputs, standard_units_text
from gui.style import number_format
from gui.widgets.pictures.tiles import GUESS_HEADER, Tile

NO_LOSS = "\N{EM DASH}"
ARROW = "\N{RIGHTWARDS ARROW}"
LEFT = "\N{LEFTWARDS ARROW}"

BatchSorting = Literal["batch", "largest loss", "fell most", "rose most"]


def loss_text(loss: float | None, digits: int = 2) -> str:
    """A loss with fixed decimals, or a dash while there is none.

    A small one has a digit more, "0.003", or is below what that can say, "<0.001".
    """
    if loss is None:
        return NO_LOSS
    if not 0 < loss < 10.0**-digits:
        return number_format.plain(loss, digits)
    if round(loss, digits + 1) > 0:
        return number_format.plain(loss, digits + 1)
    return "<" + number_format.plain(10.0 ** -(digits + 1), digits + 1)


def loss_changes(batch: BatchRecord) -> FloatArray | None:
    """After minus before for each example, None before the step is taken."""
    if batch.losses_after is None:
        return None
    return batch.losses_after - batch.losses_before


def dropout_text(batch: BatchRecord) -> str:
    """Which network the losses are of; empty where there is only one."""
    thinned = batch.loss_thinned
    if thinned is None:
        return ""
    return tr(
        "Losses and answers without dropout: mean loss {before}; with dropout {share} "
        "it is {thinned}, and the step takes the gradient of that one",
        before=loss_text(batch.loss_before, 4),
        share=number_format.short(batch.training.dropout),
        thinned=loss_text(thinned, 4),
    )


def batch_order(batch: BatchRecord, sorting: BatchSorting) -> IntArray:
    """Positions in the batch in the chosen order.

    By loss: the loss after the step, or before it while there is none. By change,
    before the step: the batch's own order.
    """
    own = np.arange(len(batch.labels), dtype=np.int32)
    changes = loss_changes(batch)
    if sorting == "largest loss":
        losses = batch.losses_before if changes is None else batch.losses_after
        assert losses is not None
        keys = -losses
    elif sorting == "batch" or changes is None:
        return own
    else:
        keys = changes if sorting == "fell most" else -changes
    return np.argsort(keys, kind="stable").astype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class BatchTiles:
    """The examples of one batch.

    Attributes:
        order: positions in the batch.
        largest_change: largest |loss after - before| in the batch, drawn as a full bar.
    """

    dataset: Dataset
    batch: BatchRecord
    order: IntArray
    largest_change: float

    @classmethod
    def of(
        cls, dataset: Dataset, batch: BatchRecord, sorting: BatchSorting
    ) -> "BatchTiles":
        changes = loss_changes(batch)
        largest = 0.0
        if changes is not None:
            finite = np.abs(changes[np.isfinite(changes)])
            largest = float(np.max(finite, initial=0.0))
        return cls(dataset, batch, batch_order(batch, sorting), largest)

    @property
    def image_shape(self) -> tuple[int, int] | None:
        return self.dataset.image_shape

    @property
    def line_count(self) -> int:
        return 2

    @property
    def has_changes(self) -> bool:
        return True

    @property
    def widest_line(self) -> str:
        losses = f"<0.000 {ARROW} <0.000"
        return max(widest_line(self.dataset), losses, key=len)

    @property
    def headers(self) -> tuple[str, ...]:
        names: tuple[str, ...] = ()
        if self.dataset.image_shape is None:
            inputs = range(self.dataset.n_inputs)
            names = tuple(self.dataset.input_name(k) for k in inputs)
        target, said = headers(self.dataset, GUESS_HEADER)
        if self.batch.predicted_after is None:
            return (*names, target, tr("loss"), said, tr("loss after"))
        return (
            *names,
            target,
            tr("loss before"),
            tr("{said} after", said=said),
            tr("loss after"),
        )

    @property
    def said_column(self) -> int:
        return len(self.headers) - 2

    def pictures(self, positions: IntArray) -> FloatArray:
        return self.dataset.pictures(self.batch.inputs[self.order[positions]])

    def tile(self, position: int) -> Tile:
        place = int(self.order[position])
        target, said = self._target_text(place), self._said_now(place)
        right = said == target if self.dataset.has_classes else None
        line = prediction_and_target(self.dataset, said, target)
        before, after = self._losses(place)
        losses = f"{loss_text(before)} {ARROW} {loss_text(after)}"
        return Tile((line, losses), right, self._change(before, after))

    def cells(self, position: int) -> tuple[str, ...]:
        place = int(self.order[position])
        before, after = self._losses(place)
        return (
            *own_inputs(self.dataset, self.batch.inputs[place]),
            self._target_text(place),
            loss_text(before, 4),
            self._said_now(place),
            loss_text(after, 4),
        )

    def tooltip(self, position: int) -> str:
        place = int(self.order[position])
        before, after = self._losses(place)
        is_classed = self.dataset.has_classes
        target, said = (
            (tr("true class"), tr("predicted"))
            if is_classed
            else (tr("target"), tr("output"))
        )
        batch = self.batch
        name = name_at_start("training", int(batch.indices[place]))
        read = self._said(place, batch.predicted_before, batch.outputs_before)
        text = tr(
            "{name}, {target} {target_text_target}\nbefore the step: {said} {read}, "
            "loss {before}",
            name=name,
            target=target,
            target_text_target=self._target_text(place),
            said=said,
            read=read,
            before=number_format.full(before),
        )
        received = received_inputs(self.dataset, batch.inputs[place])
        text += f"\n{received}" if received else ""
        thinned = batch.losses_thinned
        if thinned is not None:
            text += "\n"
            text += tr(
                "in its step, with dropout {share}: loss {loss}",
                share=number_format.short(batch.training.dropout),
                loss=number_format.full(float(thinned[place])),
            )
        units = standard_units_text(self.dataset)
        text += f"\n{units}" if units else ""
        if after is None:
            return text
        read = self._said_now(place)
        return tr(
            "{text}\nafter it: {said} {read}, loss {after}",
            text=text,
            said=said,
            read=read,
            after=number_format.full(after),
        )

    def _target_text(self, place: int) -> str:
        targets = self.batch.targets
        target = None if targets is None else targets[place]
        return target_text(self.dataset, int(self.batch.labels[place]), target)

    def _said(self, place: int, predicted: IntArray, outputs: FloatArray | None) -> str:
        said = None if outputs is None else outputs[place]
        return prediction_text(self.dataset, int(predicted[place]), said)

    def _said_now(self, place: int) -> str:
        """The prediction after the step, or before it while there is none."""
        batch = self.batch
        if batch.predicted_after is None:
            return self._said(place, batch.predicted_before, batch.outputs_before)
        return self._said(place, batch.predicted_after, batch.outputs_after)

    def _losses(self, place: int) -> tuple[float, float | None]:
        after = self.batch.losses_after
        before = float(self.batch.losses_before[place])
        return before, None if after is None else float(after[place])

    def _change(self, before: float, after: float | None) -> float | None:
        if after is None or not np.isfinite(after - before):
            return None
        if self.largest_change == 0:
            return 0.0
        # Differences in float32, as in loss_changes, so that the longest is 1.
        change = float(np.float32(after) - np.float32(before))
        return change / self.largest_change
