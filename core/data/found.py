"""Own data as they were found in a file or folder."""

from dataclasses import dataclass

from core.data.dataset import Dataset


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A data set, and how it was understood.

    Attributes:
        answers: "classes" or "numbers".
        targets: the columns that are predicted; None where there are no columns.
        remarks: what was understood and done, for the user.
    """

    dataset: Dataset
    answers: str
    targets: tuple[str, ...] | None
    remarks: tuple[str, ...]
