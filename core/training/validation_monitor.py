"""Decisions by the validation loss at the ends of epochs.

A value that belongs to a state of the run, replaced at each epoch's end, so that a
replay comes to the same plateaus and the same best step.
"""

import math
from dataclasses import dataclass, field, replace
from typing import Final

from core.experiment.model import TrainingSettings
from core.experiment.schedules import Plateau


@dataclass(frozen=True, slots=True)
class Watch:
    """Summary of the losses so far.

    Attributes:
        plateau: for the schedule "plateau".
        best: the smallest loss, infinite before the first epoch has ended.
        best_step: its step.
        waited: epochs since then.
        read_at: the step of the newest of these losses, -1 before the first.
        loss: that loss.
        accuracy: read with it; None where the data have no classes.
    """

    plateau: Plateau = field(default_factory=Plateau)
    best: float = math.inf
    best_step: int = 0
    waited: int = 0
    read_at: int = -1
    loss: float = math.nan
    accuracy: float | None = None

    def after(
        self,
        step: int,
        loss: float,
        training: TrainingSettings,
        *,
        accuracy: float | None = None,
    ) -> "Watch":
        """The state after another epoch, which ended with this loss."""
        plateau = self.plateau
        if training.schedule == "plateau":
            plateau = plateau.after(loss, training.schedule_patience)
        if loss < self.best:
            return Watch(plateau, loss, step, 0, step, loss, accuracy)
        return replace(
            self,
            plateau=plateau,
            waited=self.waited + 1,
            read_at=step,
            loss=loss,
            accuracy=accuracy,
        )

    def waiting_anew(self) -> "Watch":
        """The state when training continues after the patience has run out."""
        return replace(self, waited=0)

    def changed(self, old: TrainingSettings, new: TrainingSettings) -> "Watch":
        """The state when training continues with other settings.

        Losses of another kind are not compared; a rate that was reduced stays so
        while the schedule does.
        """
        watch = self
        if old.schedule != new.schedule:
            watch = replace(watch, plateau=Plateau())
        if (old.loss, old.rho) != (new.loss, new.rho):
            fresh = replace(Plateau(), reductions=watch.plateau.reductions)
            watch = Watch(fresh)
        if old.early_stopping != new.early_stopping:
            watch = Watch(watch.plateau)
        return watch

    def is_over(self, training: TrainingSettings) -> bool:
        """Whether early stopping ends training here."""
        return 0 < training.early_stopping <= self.waited


FRESH_WATCH: Final = Watch()


def is_needed(training: TrainingSettings) -> bool:
    """Whether anything depends on the losses at the ends of epochs."""
    return training.schedule == "plateau" or training.early_stopping > 0
