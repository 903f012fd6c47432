"""PyTorch's .pt and .pth files in their zip form: the tensors of a state_dict."""

import math
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from core.arrays import FloatArray
from core.files.foreign.bag import Bag
from core.files.foreign.torch_pickle import Call, Storage, contents
from core.files.tensors import (
    UnreadableError,
    as_float32,
    check_count,
    check_growth,
    check_no_weights,
)
from core.values.words import tr

FORM: Final = "PyTorch state_dict"
SAVE_STATE: Final = "save torch.save(model.state_dict(), …) instead"
_STATE_KEYS: Final = (
    "model_state_dict", "state_dict", "model", "model_state", "net", "network",
    "weights", "params", "module",
)  # fmt: skip
"""Where training scripts put the network in a checkpoint."""
_REBUILD: Final = ("torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor")
_FLOATS: Final = {
    "FloatStorage": "f4",
    "DoubleStorage": "f8",
    "HalfStorage": "f2",
    "BFloat16Storage": "u2",
}
_BFLOAT16: Final = "BFloat16Storage"
_MOST_PICKLE: Final = 2**26


@dataclass(frozen=True, slots=True, eq=False)
class _Tensor:
    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def is_torch(names: Iterator[str] | list[str]) -> bool:
    """Whether an archive with these entries is PyTorch's."""
    return any(name.endswith("data.pkl") for name in names)


def read(archive: zipfile.ZipFile, file_size: int) -> Bag:
    """The tensors of the state_dict in an archive.

    Raises:
        UnreadableError: damaged, or no state_dict.
    """
    members = {member.filename: member for member in archive.infolist()}
    check_count(len(members))
    check_growth(sum(member.file_size for member in members.values()), file_size)
    root = next(n for n in members if n.endswith("data.pkl")).removesuffix("data.pkl")
    if any(name.startswith(f"{root}code/") for name in members):
        msg = tr(
            "this is TorchScript, a program and no state_dict; {save_state}",
            save_state=SAVE_STATE,
        )
        raise UnreadableError(msg)
    pickle = members[f"{root}data.pkl"]
    if pickle.file_size > _MOST_PICKLE:
        msg = tr("the pickle in the archive has an implausible size")
        raise UnreadableError(msg)
    state = state_dict(contents(archive.read(pickle)))
    tensors = {name: _tensor(call, name) for name, call in state.items()}
    source = _Source(archive, members, root, file_size)
    return source.bag(tensors)


def state_dict(value: object) -> dict[str, Call]:
    """The table of names and tensors in what a file holds.

    Raises:
        UnreadableError: there is none, or a whole module.
    """
    if isinstance(value, Call) and value.function.full not in _REBUILD:
        raise _whole_module(value)
    if not isinstance(value, dict):
        msg = tr("the file holds no state_dict; {save_state}", save_state=SAVE_STATE)
        raise UnreadableError(msg)
    own = _tensors_in(value)
    if own:
        return own
    nested = {
        name: found
        for name, entry in value.items()
        if isinstance(name, str)
        and isinstance(entry, dict)
        and (found := _tensors_in(entry))
    }
    for key in _STATE_KEYS:
        if key in nested:
            return nested[key]
    if len(nested) == 1:
        return next(iter(nested.values()))
    if nested:
        names = ", ".join(nested)
        msg = tr(
            "the file holds several networks ({names}); save the one to open by itself",
            names=names,
        )
        raise UnreadableError(msg)
    module = next((v for v in value.values() if _is_module(v)), None)
    if isinstance(module, Call):
        raise _whole_module(module)
    msg = tr(
        "the file holds no tensors under names; {save_state}", save_state=SAVE_STATE
    )
    raise UnreadableError(msg)


def _tensors_in(table: Mapping[Any, object]) -> dict[str, Call]:
    return {
        name: value
        for name, value in table.items()
        if isinstance(name, str)
        and isinstance(value, Call)
        and value.function.full in _REBUILD
    }


def _is_module(value: object) -> bool:
    return isinstance(value, Call) and value.function.full not in _REBUILD


def _whole_module(value: Call) -> UnreadableError:
    return UnreadableError(
        tr(
            "this is a whole module ({full}), which only its own program "
            "can load; {save_state}",
            full=value.function.full,
            save_state=SAVE_STATE,
        )
    )


def _tensor(call: Call, name: str) -> _Tensor:
    arguments = call.arguments
    if len(arguments) < 4:
        raise _odd(name)
    storage, offset, shape, strides = arguments[:4]
    sizes = _sizes(shape, name)
    steps = _sizes(strides, name)
    if (
        not isinstance(storage, Storage)
        or type(offset) is not int
        or offset < 0
        or len(sizes) != len(steps)
        or len(sizes) > 16
    ):
        raise _odd(name)
    return _Tensor(storage, offset, sizes, steps)


def _sizes(value: object, name: str) -> tuple[int, ...]:
    if not isinstance(value, tuple):
        raise _odd(name)
    if not all(type(size) is int and 0 <= size < 2**62 for size in value):
        raise _odd(name)
    return tuple(int(size) for size in value)


def _odd(name: str) -> UnreadableError:
    return UnreadableError(
        tr("tensor {name} is not described as PyTorch does", name=name)
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """The archive that the numbers lie in."""

    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    root: str
    file_size: int

    def bag(self, tensors: Mapping[str, _Tensor]) -> Bag:
        """Read all of them; those of whole numbers are counters."""
        sizes = [math.prod(tensor.shape) for tensor in tensors.values()]
        check_growth(4 * sum(sizes), self.file_size)
        values: dict[str, FloatArray] = {}
        ignored = []
        storages: dict[tuple[str, str], np.ndarray] = {}
        for name, tensor in tensors.items():
            kind = tensor.storage.kind
            if kind not in _FLOATS:
                check_no_weights(name, kind.removesuffix("Storage"), tensor.shape)
                ignored.append(name)
                continue
            key = (tensor.storage.key, kind)
            if key not in storages:
                storages[key] = self._storage(tensor.storage, name)
            values[name] = as_float32(name, _view(tensor, storages[key], name))
        return Bag(FORM, values, in_order=True, order_said=True, ignored=tuple(ignored))

    def _storage(self, storage: Storage, name: str) -> np.ndarray:
        """The numbers of a storage, in one row."""
        member = self.members.get(f"{self.root}data/{storage.key}")
        kind = np.dtype(self._byte_order() + _FLOATS[storage.kind])
        if member is None or member.file_size != storage.count * kind.itemsize:
            msg = tr(
                "tensor {name}: its numbers in the archive are missing or too few",
                name=name,
            )
            raise UnreadableError(msg)
        values = np.frombuffer(self.archive.read(member), kind)
        if storage.kind == _BFLOAT16:
            return (values.astype(np.uint32) << 16).view(np.float32)
        return values

    def _byte_order(self) -> str:
        member = self.members.get(f"{self.root}byteorder")
        is_big = member is not None and member.file_size < 20
        return (
            ">"
            if is_big and self.archive.read(f"{self.root}byteorder") == b"big"
            else "<"
        )


def _view(tensor: _Tensor, values: np.ndarray, name: str) -> np.ndarray:
    """The tensor's own numbers in its storage, which others may share."""
    count = math.prod(tensor.shape)
    last = tensor.offset + sum(
        (size - 1) * step
        for size, step in zip(tensor.shape, tensor.strides, strict=True)
    )
    if count and (last >= len(values) or count > len(values)):
        msg = tr(
            "tensor {name}: the shape {shape} does not fit its numbers",
            name=name,
            shape=tensor.shape,
        )
        raise UnreadableError(msg)
    if not count:
        return np.zeros(tensor.shape, np.float32)
    steps = [step * values.itemsize for step in tensor.strides]
    return np.lib.stride_tricks.as_strided(values[tensor.offset :], tensor.shape, steps)
