"""The curves of one line of steps, as they grow."""

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from core.experiment.model import TrainingSettings
from core.protocol.messages import Evaluated, Metrics
from core.protocol.snapshot import Snapshot
from gui.session.epoch_mistakes import EpochMistakes
from gui.session.readings import TestReadings
from gui.session.step_series import StepSeries
from gui.widgets.plots.epoch_scale import EpochScale


class Meaning(NamedTuple):
    """What the curves are of, from a step on.

    Attributes:
        loss: the loss function, and its parameter if it has one.
        dropout: the share of hidden activations that each batch goes without.
    """

    step: int
    loss: tuple[str, float | None]
    dropout: float

    @classmethod
    def of(cls, step: int, training: TrainingSettings) -> "Meaning":
        rho = training.rho if training.loss == "margin" else None
        return cls(step, (training.loss, rho), training.dropout)


@dataclass(slots=True, eq=False)
class LineCurves:
    """Mutable: losses and accuracies of a run from its first step on.

    Attributes:
        batch_losses: of the batch of each step, before the step.
        batch_accuracies: likewise.
        tests: evaluations on the whole test set.
        validations: evaluations on the whole validation data, empty without any.
        mistakes: how many training examples each epoch misclassified.
        epochs: which step ends which epoch.
        best_step: the step that early stopping went back to, None if it did not.
        first_broken_step: the first whose batch loss is not finite.
        trainings: the settings in force from a step on, oldest first.
    """

    batch_losses: StepSeries = field(default_factory=StepSeries)
    batch_accuracies: StepSeries = field(default_factory=StepSeries)
    tests: TestReadings = field(default_factory=TestReadings)
    validations: TestReadings = field(default_factory=TestReadings)
    mistakes: EpochMistakes = field(default_factory=EpochMistakes)
    epochs: EpochScale = field(default_factory=EpochScale)
    best_step: int | None = None
    first_broken_step: int | None = None
    trainings: tuple[tuple[int, TrainingSettings], ...] = ()

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """What the curves are of, one for each change of that, oldest first."""
        found: list[Meaning] = []
        for step, training in self.trainings:
            new = Meaning.of(step, training)
            if not found or found[-1][1:] != new[1:]:
                found.append(new)
        return tuple(found)

    @property
    def loss_changes(self) -> tuple[int, ...]:
        """Steps from which on the loss is another quantity."""
        return tuple(
            new.step for old, new in pairwise(self.meanings) if new.loss != old.loss
        )

    @property
    def dropout_changes(self) -> tuple[int, ...]:
        """Steps from which on each batch is read with another dropout."""
        return tuple(
            new.step
            for old, new in pairwise(self.meanings)
            if new.dropout != old.dropout
        )

    def note_training(self, step: int, training: TrainingSettings) -> None:
        """These settings are in force from a step on."""
        kept = tuple(known for known in self.trainings if known[0] < step)
        is_new = not kept or kept[-1][1] != training
        self.trainings = (*kept, (step, training)) if is_new else kept

    def until(self, step: int) -> "LineCurves":
        """A copy up to a step, from which another line goes on."""

        def if_before(one: int | None) -> int | None:
            return one if one is not None and one <= step else None

        return LineCurves(
            self.batch_losses.until(step),
            self.batch_accuracies.until(step),
            self.tests.until(step),
            self.validations.until(step),
            self.mistakes.until(step),
            self.epochs.until(step),
            if_before(self.best_step),
            if_before(self.first_broken_step),
            tuple(known for known in self.trainings if known[0] <= step),
        )

    def note_epoch(self, snapshot: Snapshot) -> None:
        """Learn how steps and epochs belong together."""
        if not snapshot.is_past:
            self.epochs.note(snapshot.step, snapshot.epoch, snapshot.steps_per_epoch)

    def add_batches(self, metrics: Metrics) -> None:
        if self.first_broken_step is None:
            broken = np.flatnonzero(~np.isfinite(metrics.losses))
            if len(broken):
                self.first_broken_step = len(self.batch_losses) + int(broken[0]) + 1
        self.mistakes.add(metrics)
        if metrics.validation is not None:
            last = metrics.first_step + len(metrics.losses) - 1
            self._add_validation(last, metrics.validation)
        self.batch_losses.extend(metrics.losses)
        self.batch_accuracies.extend(metrics.accuracies)

    def add_evaluation(self, evaluated: Evaluated) -> None:
        accuracy = evaluated.test_accuracy
        share = math.nan if accuracy is None else accuracy
        self.tests.add(evaluated.step, evaluated.test_loss, share)
        if evaluated.validation_loss is not None:
            found = evaluated.validation_loss, evaluated.validation_accuracy
            self._add_validation(evaluated.step, found)

    def _add_validation(self, step: int, found: tuple[float, float | None]) -> None:
        loss, accuracy = found
        self.validations.add(step, loss, math.nan if accuracy is None else accuracy)
