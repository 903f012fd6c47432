"""Own data as they were found in a file or folder."""

from dataclasses import dataclass

from core.data.dataset import Dataset
from core.data.examples import Pictures
from core.data.table.columns import ReadColumn
from core.data.table.overview import Overview


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A data set, and how it was understood.

    Attributes:
        answers: "classes" or "numbers".
        targets: the columns that are predicted; None where there are no columns.
        remarks: what was understood and done, for the user.
        columns: how each column of a table that is an input was understood.
        notes: those of the remarks that say more than the columns do.
        overview: of rows of numbers that come from no table; those of a table are
            known before it is understood.
        pictures: some of the examples, where they are pictures.
        is_parted: whether the file itself says what is for training and what for tests.
    """

    dataset: Dataset
    answers: str
    targets: tuple[str, ...] | None
    remarks: tuple[str, ...]
    columns: tuple[ReadColumn, ...] = ()
    notes: tuple[str, ...] = ()
    overview: Overview | None = None
    pictures: Pictures | None = None
    is_parted: bool = False
