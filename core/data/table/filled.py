"""What is said of values that are missing."""

from collections.abc import Sequence

from core.data.table.columns import ReadColumn
from core.values.words import plural, tr

_MOST_NAMES = 10


def filled_remark(columns: Sequence[ReadColumn]) -> tuple[str, ...]:
    """How many values were filled, and in which columns; nothing where none was."""
    filled = [column for column in columns if column.n_missing]
    if not filled:
        return ()
    count = sum(column.n_missing for column in filled)
    remark = tr(
        "{values} in {said}{which}: numbers are filled by the "
        "median, for words it is a category",
        values=plural(count, "1 missing value", "{n:,} missing values", n=count),
        said=", ".join(repr(c.name) for c in filled[:_MOST_NAMES]),
        which=tr(" and others") if len(filled) > _MOST_NAMES else "",
    )
    return (remark,)
