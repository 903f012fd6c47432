"""What the user has changed in a run, each with the step at which it was done."""

from dataclasses import dataclass

from core.protocol.messages import ChangeTraining, EditParams, SetFrozen


@dataclass(frozen=True, slots=True)
class TrainOn:
    """Continue after early stopping, with the patience counted from 0."""


Change = EditParams | SetFrozen | ChangeTraining | TrainOn


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A change by the user after `step` steps."""

    step: int
    change: Change
