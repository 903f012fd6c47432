"""Refuses arrays of examples with a value that is not finite, and says where."""

import numpy as np

from core.data.npy_arrays import AnyArray
from core.values.errors import DataError
from core.values.words import tr


def check_finite(name: str, values: AnyArray) -> None:
    """Refuse an array with NaN or an infinite number; others are left to their reader.

    Args:
        name: of the array in its file.
        values: (n, …), an example in each row.

    Raises:
        DataError: names the first such value, its row and its column, from 1 on.
    """
    if values.dtype.kind != "f" or not values.size:
        return
    # NaN is the least and the largest where it is one of them.
    if np.isfinite(values.min()) and np.isfinite(values.max()):
        return
    for row, example in enumerate(values):
        if np.isfinite(example).all():
            continue
        wrong = np.atleast_1d(~np.isfinite(example))
        place = tuple(int(k) for k in np.argwhere(wrong)[0])
        where = ""
        if np.ndim(example):
            where = tr(
                ", column {column}", column=" x ".join(f"{k + 1}" for k in place)
            )
        msg = tr(
            "{name}, row {row:,}{where}: {value:g} is not a finite number; mend it, or "
            "leave the row out",
            name=name,
            row=row + 1,
            where=where,
            value=float(np.atleast_1d(example)[place]),
        )
        raise DataError(msg)
