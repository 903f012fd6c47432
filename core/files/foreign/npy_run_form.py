"""A run of .npy arrays in one file: Equinox's leaves, or a single array."""

from pathlib import Path
from typing import Final

from core.arrays import FloatArray
from core.files.foreign.bag import Bag
from core.files.npz_form import read_array
from core.files.tensors import UnreadableError, check_count
from core.values.words import tr

FORM: Final = "Equinox leaves"
MAGIC: Final = b"\x93NUMPY"


def read(path: Path, file_size: int) -> Bag:
    """All arrays, in their order.

    Raises:
        UnreadableError: damaged, or not of plain numbers.
        OSError: the file cannot be read at all.
    """
    tensors: dict[str, FloatArray] = {}
    ignored = []
    count = 0
    with path.open("rb") as stream:
        while stream.tell() < file_size:
            name = f"array {count}"
            check_count(count := count + 1)
            try:
                values = read_array(stream, name, file_size, alone=False)
            except (ValueError, OverflowError) as error:
                msg = tr("{name} is damaged ({error})", name=name, error=error)
                raise UnreadableError(msg) from None
            if values is None or values.ndim == 0:
                ignored.append(name)  # a static number, such as a slope
            else:
                tensors[name] = values
    return Bag(FORM, tensors, in_order=True, order_said=True, ignored=tuple(ignored))
