"""What single nodes of an ONNX graph are: layers, scalings, activations, nothing."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from core.arrays import FloatArray
from core.files.foreign.bag import leaky, normalising
from core.files.foreign.description import Activate, Dense, Operation, Scale, vector
from core.files.foreign.onnx_constants import Constants
from core.files.tensors import UnreadableError, as_float32
from core.values.words import tr

if TYPE_CHECKING:
    import onnx

NOTHING: Final = ("Identity", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Dropout")
QUANTISED: Final = (
    "DynamicQuantizeLinear", "QuantizeLinear", "DequantizeLinear", "MatMulInteger",
    "QLinearMatMul", "QGemm", "DynamicQuantizeMatMul",
)  # fmt: skip
HEAVY: Final = (
    "Gemm",
    "MatMul",
    "Conv",
    "ConvTranspose",
    "LSTM",
    "GRU",
    "RNN",
    "Einsum",
)
"""Nodes with weights: what no such node follows belongs to the output."""
_ACTIVATIONS: Final = {
    "Relu": "relu",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "Softplus": "softplus",
    "Softmax": "softmax",
    "LogSoftmax": "softmax",
    "Swish": "silu",
}
_FLOAT_TYPES: Final = (1, 10, 11, 16)


def operations(node: "onnx.NodeProto", data: str, known: Constants) -> list[Operation]:
    """What a node does to the values under the name `data`.

    Raises:
        UnreadableError: something that no fully connected network does.
    """
    kind = node.op_type
    if kind in NOTHING:
        return []
    if kind in _ACTIVATIONS:
        return [Activate(_ACTIVATIONS[kind])]
    make = _MAKERS.get(kind)
    if make is None:
        raise unknown(node)
    return make(node, data, known)


def unknown(node: "onnx.NodeProto") -> UnreadableError:
    """The refusal of a node, by its name and kind."""
    name = f"node {node.name}" if node.name else "a node"
    return UnreadableError(
        tr(
            "{name} is a {op_type}, which is no part of a fully connected network",
            name=name,
            op_type=node.op_type,
        )
    )


def attributes(node: "onnx.NodeProto") -> Mapping[str, Any]:
    """The numbers and texts of a node, by name."""
    fields = {1: "f", 2: "i", 3: "s", 6: "floats", 7: "ints"}
    return {
        a.name: getattr(a, fields[a.type]) for a in node.attribute if a.type in fields
    }


def _other_input(node: "onnx.NodeProto", data: str, known: Constants) -> np.ndarray:
    """The constant that stands beside the data."""
    names = [name for name in node.input if name != data]
    if len(names) != 1 or names[0] not in known:
        msg = tr(
            "{value} ({op_type}) joins two branches, so it is no chain of layers",
            value=node.name or node.op_type,
            op_type=node.op_type,
        )
        raise UnreadableError(msg)
    return known[names[0]]


def _row(node: "onnx.NodeProto", values: np.ndarray) -> np.ndarray:
    numbers = np.asarray(values, np.float64)
    if not np.isfinite(numbers).all():
        msg = tr(
            "the numbers of {value} are not finite", value=node.name or node.op_type
        )
        raise UnreadableError(msg)
    return numbers.reshape(-1)


def _gemm(node: "onnx.NodeProto", data: str, known: Constants) -> list[Operation]:
    settings = attributes(node)
    if node.input[0] != data or node.input[1] not in known or settings.get("transA"):
        raise unknown(node)
    weight = known[node.input[1]]
    weight = weight if settings.get("transB") else weight.T
    bias = None
    if len(node.input) > 2 and node.input[2] in known:
        bias = known[node.input[2]].reshape(-1) * settings.get("beta", 1.0)
    elif len(node.input) > 2 and node.input[2]:
        raise unknown(node)
    return [_dense(node.input[1], weight * settings.get("alpha", 1.0), bias)]


def _matmul(node: "onnx.NodeProto", data: str, known: Constants) -> list[Operation]:
    if node.input[0] != data or node.input[1] not in known:
        raise unknown(node)
    return [_dense(node.input[1], known[node.input[1]].T, None)]


def _dense(name: str, weight: np.ndarray, bias: np.ndarray | None) -> Dense:
    if weight.ndim != 2 or weight.size == 0:
        msg = tr(
            "tensor {name} has the shape {shape} and is no matrix of weights",
            name=name,
            shape=weight.shape,
        )
        raise UnreadableError(msg)
    if bias is not None and bias.size == 1:
        bias = np.broadcast_to(bias, (len(weight),))
    biases: FloatArray | None = None if bias is None else as_float32(name, bias)
    return Dense(name, as_float32(name, weight), biases)


def _scale(node: "onnx.NodeProto", factor: Any, offset: Any, what: str = "") -> Scale:
    return Scale(node.name or node.op_type, vector(factor), vector(offset), what)


def _add(node: "onnx.NodeProto", data: str, known: Constants) -> list[Operation]:
    return [_scale(node, 1.0, _row(node, _other_input(node, data, known)))]


def _subtract(node: "onnx.NodeProto", data: str, known: Constants) -> list[Operation]:
    number = _row(node, _other_input(node, data, known))
    sign = 1.0 if node.input[0] == data else -1.0
    return [_scale(node, sign, -sign * number)]


def _multiply(node: "onnx.NodeProto", data: str, known: Constants) -> list[Operation]:
    return [_scale(node, _row(node, _other_input(node, data, known)), 0.0)]


def _divide(node: "onnx.NodeProto", data: str, known: Constants) -> list[Operation]:
    number = _row(node, _other_input(node, data, known))
    if node.input[0] != data or not number.all():
        raise unknown(node)
    return [_scale(node, 1 / number, 0.0)]


def _negate(node: "onnx.NodeProto", _data: str, _known: Constants) -> list[Operation]:
    return [_scale(node, -1.0, 0.0)]


def _scaler(node: "onnx.NodeProto", _data: str, _known: Constants) -> list[Operation]:
    settings = attributes(node)
    factor = np.asarray(settings.get("scale", (1.0,)), np.float64)
    offset = -np.asarray(settings.get("offset", (0.0,)), np.float64)
    _row(node, factor)
    return [_scale(node, factor, _row(node, offset) * factor, "StandardScaler")]


def _batch_norm(
    node: "onnx.NodeProto", _data: str, known: Constants
) -> list[Operation]:
    names = ("scale", "shift", "mean", "variance")
    if len(node.input) < 5 or not all(name in known for name in node.input[1:5]):
        raise unknown(node)
    pairs = zip(names, node.input[1:5], strict=True)
    values = {role: _row(node, known[name]) for role, name in pairs}
    if len({len(v) for v in values.values()}) != 1 or np.any(values["variance"] < 0):
        raise unknown(node)
    epsilon = float(attributes(node).get("epsilon", 1e-5))
    name = node.input[1].removesuffix(".weight") or node.name
    return [normalising(name, values, epsilon=epsilon, what="BatchNorm")]


def _leaky(node: "onnx.NodeProto", _data: str, _known: Constants) -> list[Operation]:
    return [Activate(leaky(float(attributes(node).get("alpha", 0.01))))]


def _prelu(node: "onnx.NodeProto", data: str, known: Constants) -> list[Operation]:
    slopes = _row(node, _other_input(node, data, known))
    if not len(slopes) or np.any(slopes != slopes[0]):
        raise unknown(node)
    return [Activate(leaky(float(slopes[0])))]


def _elu(node: "onnx.NodeProto", _data: str, _known: Constants) -> list[Operation]:
    if float(attributes(node).get("alpha", 1.0)) != 1:
        raise unknown(node)
    return [Activate("elu")]


def _gelu(node: "onnx.NodeProto", _data: str, _known: Constants) -> list[Operation]:
    if attributes(node).get("approximate", b"none") != b"none":
        raise unknown(node)
    return [Activate("gelu")]


def _cast(node: "onnx.NodeProto", _data: str, _known: Constants) -> list[Operation]:
    if attributes(node).get("to") not in _FLOAT_TYPES:
        raise unknown(node)
    return []


_Maker = Callable[["onnx.NodeProto", str, Constants], list[Operation]]
_MAKERS: Final[dict[str, _Maker]] = {
    "Gemm": _gemm,
    "MatMul": _matmul,
    "Add": _add,
    "Sub": _subtract,
    "Mul": _multiply,
    "Div": _divide,
    "Neg": _negate,
    "Scaler": _scaler,
    "BatchNormalization": _batch_norm,
    "LeakyRelu": _leaky,
    "PRelu": _prelu,
    "Elu": _elu,
    "Gelu": _gelu,
    "Cast": _cast,
    "CastLike": lambda _node, _data, _known: [],
}
