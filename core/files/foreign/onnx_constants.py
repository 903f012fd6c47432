"""The numbers of an ONNX graph: in it, or in the file with data beside it."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from core.files.tensors import MOST_BYTES, UnreadableError, check_growth
from core.platform.ordinary_files import check_ordinary
from core.values.words import tr

if TYPE_CHECKING:
    import onnx

_KINDS: Final = {
    1: "f4",
    11: "f8",
    10: "f2",
    16: "u2",
    6: "i4",
    7: "i8",
    2: "u1",
    3: "i1",
}
_BFLOAT16: Final = 16
_FIELDS: Final = {1: "float_data", 11: "double_data", 6: "int32_data", 7: "int64_data"}
_EXTERNAL: Final = 1
_MOST_DIMENSIONS: Final = 16


class Constants:
    """Known numbers, by the names of the graph; each is read when it is asked for."""

    def __init__(self, graph: "onnx.GraphProto", path: Path, file_size: int) -> None:
        self._tensors: dict[str, Any] = {t.name: t for t in graph.initializer}
        self._values: dict[str, np.ndarray] = {}
        self._path = path
        self._file_size = file_size
        self._read = 0
        for node in graph.node:
            self._add_node(node)

    def __contains__(self, name: str) -> bool:
        return name in self._tensors or name in self._values

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self._values:
            self._values[name] = self._array(self._tensors[name])
        return self._values[name]

    def _add_node(self, node: "onnx.NodeProto") -> None:
        """A constant, or one made of a constant, is known too."""
        if len(node.output) != 1:
            return
        target = node.output[0]
        if node.op_type == "Constant":
            self._add_constant(node)
            return
        if not node.input or node.input[0] not in self:
            return
        if node.op_type in ("Identity", "Cast", "CastLike"):
            self._values[target] = self[node.input[0]]
        elif node.op_type == "Transpose":
            order = next(
                (list(a.ints) for a in node.attribute if a.name == "perm"), None
            )
            value = self[node.input[0]]
            if order is None or sorted(order) == list(range(value.ndim)):
                self._values[target] = np.transpose(value, order)

    def _add_constant(self, node: "onnx.NodeProto") -> None:
        target = node.output[0]
        for attribute in node.attribute:
            if attribute.name == "value":
                self._tensors[target] = attribute.t
            elif attribute.name in ("value_float", "value_int"):
                number = attribute.f if attribute.name == "value_float" else attribute.i
                self._values[target] = np.asarray(number, np.float64)
            elif attribute.name in ("value_floats", "value_ints"):
                numbers = attribute.floats or attribute.ints
                self._values[target] = np.asarray(numbers, np.float64)

    def _array(self, tensor: Any) -> np.ndarray:
        shape = tuple(tensor.dims)
        kind = _KINDS.get(tensor.data_type)
        if kind is None or len(shape) > _MOST_DIMENSIONS or any(n < 0 for n in shape):
            msg = tr("tensor {name} is of a type that is not read", name=tensor.name)
            raise UnreadableError(msg)
        count = math.prod(shape)
        dtype = np.dtype("<" + kind)
        self._read += count * dtype.itemsize
        check_growth(self._read, self._file_size + self._beside())
        if tensor.data_location == _EXTERNAL:
            values = np.frombuffer(
                self._external(tensor, count * dtype.itemsize), dtype
            )
        elif tensor.raw_data:
            values = _of_raw(tensor, dtype)
        else:
            field = getattr(tensor, _FIELDS.get(tensor.data_type, "int32_data"))
            values = np.asarray(field, dtype) if len(field) == count else np.empty(0)
        if values.size != count:
            msg = tr(
                "tensor {name}: the shape {shape} does not fit the data stored",
                name=tensor.name,
                shape=shape,
            )
            raise UnreadableError(msg)
        if tensor.data_type == _BFLOAT16:
            values = (values.astype(np.uint32) << 16).view(np.float32)
        return values.reshape(shape)

    def _beside(self) -> int:
        """Bytes of the file with data beside this one."""
        try:
            return self._path.with_name(f"{self._path.name}.data").stat().st_size
        except OSError:
            return 0

    def _external(self, tensor: Any, n_bytes: int) -> bytes:
        entries = {entry.key: entry.value for entry in tensor.external_data}
        place = entries.get("location", "")
        if not place or Path(place).name != place or "\\" in place or place == "..":
            msg = tr(
                "its weights lie in {place!r}, which is not in the same folder",
                place=place,
            )
            raise UnreadableError(msg)
        beside = self._path.with_name(place)
        start, length = (
            int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1
            for text in (
                entries.get("offset", "0"),
                entries.get("length", str(n_bytes)),
            )
        )
        try:
            if beside.resolve().parent != self._path.resolve().parent:
                raise OSError
            size = check_ordinary(beside, MOST_BYTES)
        except OSError:
            msg = tr(
                "its weights lie in {place}, which is missing beside it", place=place
            )
            raise UnreadableError(msg) from None
        if start < 0 or length != n_bytes or start + length > size:
            msg = tr(
                "tensor {name} does not fit into {place}", name=tensor.name, place=place
            )
            raise UnreadableError(msg)
        with beside.open("rb") as stream:
            stream.seek(start)
            return stream.read(length)


def _of_raw(tensor: Any, dtype: np.dtype[Any]) -> np.ndarray:
    if len(tensor.raw_data) % dtype.itemsize:
        return np.empty(0)
    return np.frombuffer(tensor.raw_data, dtype)
