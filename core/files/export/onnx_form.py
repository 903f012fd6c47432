"""ONNX: rows of the file in, outputs in their own units out, all in the graph."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from core import __version__
from core.arrays import FloatArray
from core.files.export.code.activations import slope_of
from core.files.export.network import Network
from core.files.foreign.onnx_own import GRAPH_KEY, PRODUCER, hash_of_graph
from core.files.layer_chain import tensor_names
from core.files.weights import metadata_of

if TYPE_CHECKING:
    import onnx

OPSET: Final = 17
IR_VERSION: Final = 8
INPUT: Final = "rows"
OUTPUT: Final = "outputs"
_SIMPLE: Final = {
    "relu": "Relu",
    "tanh": "Tanh",
    "sigmoid": "Sigmoid",
    "softplus": "Softplus",
    "elu": "Elu",
}
_POWERS: Final = {
    "x1^2": ("x1", "x1"),
    "x2^2": ("x2", "x2"),
    "x1*x2": ("x1", "x2"),
    "x^2": ("x", "x"),
    "x^3": ("x", "x^2"),
}


class _Graph:
    """Nodes and constants, in the order in which they are added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def node(
        self, kind: str, inputs: Sequence[str], output: str, **attributes: Any
    ) -> str:
        import onnx

        made = onnx.helper.make_node(
            kind, list(inputs), [output], name=output, **attributes
        )
        self.nodes.append(made)
        return output

    def constant(self, name: str, values: np.ndarray) -> str:
        import onnx

        self.constants.append(onnx.numpy_helper.from_array(values, name))
        return name


def dumps(network: Network) -> bytes:
    """The file's bytes, checked by the library.

    Raises:
        onnx.checker.ValidationError: what was made is not valid.
    """
    import onnx

    graph = _Graph()
    at = _scaled(graph, network, _given(graph, network))
    for k, activation in enumerate(network.spec.activations):
        at = _layer(graph, network, k, at)
        is_last = k == network.spec.n_layers - 1 and network.units is None
        at = _activated(graph, activation, at, OUTPUT if is_last else f"a{k + 1}")
    if network.units is not None:
        means, deviations = (values.astype(np.float32) for values in network.units)
        deviated = [at, graph.constant("target_deviations", deviations)]
        scaled = graph.node("Mul", deviated, "scaled")
        moved = [scaled, graph.constant("target_means", means)]
        graph.node("Add", moved, OUTPUT)
    kind = onnx.TensorProto.FLOAT
    made = onnx.helper.make_graph(
        graph.nodes,
        "glassbox",
        [onnx.helper.make_tensor_value_info(INPUT, kind, ["batch", _width(network)])],
        [
            onnx.helper.make_tensor_value_info(
                OUTPUT, kind, ["batch", network.spec.n_outputs]
            )
        ],
        graph.constants,
    )
    model = onnx.helper.make_model(
        made,
        opset_imports=[onnx.helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name=PRODUCER,
        producer_version=__version__,
        doc_string=f"{network.title}. A row: {row_text(network)}.",
    )
    onnx.helper.set_model_props(model, _properties(network, made))
    onnx.checker.check_model(model, full_check=True)
    data: bytes = model.SerializeToString(deterministic=True)
    return data


def row_text(network: Network) -> str:
    """What the input of the graph takes, in words."""
    if network.intake.has_words:
        return "a number for each of input_names: of words 1 for its own and else 0"
    return network.intake.text


def rows_for(network: Network, rows: Sequence[Sequence[object]]) -> FloatArray:
    """Rows of the file as the graph takes them."""
    intake = network.intake
    if not intake.has_words:
        return np.array(rows, np.float32)  # None becomes NaN
    # Back from what the network receives: the columns of words are as they are.
    _, means, deviations = intake.affine
    received = intake.inputs(rows).astype(np.float64)
    return (received * deviations + means).astype(np.float32)


def _width(network: Network) -> int:
    intake = network.intake
    return intake.n_coordinates if intake.features else intake.n_inputs


def _given(graph: _Graph, network: Network) -> str:
    """What comes in; of points the features that are computed of it."""
    intake = network.intake
    if not intake.features:
        return INPUT
    names = intake.coordinate_names
    if len(names) == 1:
        graph.node("Identity", [INPUT], names[0])
    else:
        import onnx

        split = onnx.helper.make_node("Split", [INPUT], list(names), "split", axis=1)
        graph.nodes.append(split)
    made: set[str] = set(names)
    for name in intake.features:
        _feature(graph, name, made)
    return graph.node("Concat", intake.features, "features", axis=1)


def _feature(graph: _Graph, name: str, made: set[str]) -> None:
    if name in made:
        return
    made.add(name)
    if name in _POWERS:
        factors = _POWERS[name]
        for factor in factors:
            _feature(graph, factor, made)
        graph.node("Mul", factors, name)
    else:
        function, argument = name[:3], name[4:-1]
        graph.node({"sin": "Sin", "cos": "Cos"}[function], [argument], name)


def _scaled(graph: _Graph, network: Network, at: str) -> str:
    """What the network receives: filled, less the mean, by the deviation."""
    if network.intake.features:
        return at
    fills, means, deviations = network.intake.affine
    if not np.isnan(fills).all():
        missing = graph.node("IsNaN", [at], "is_missing")
        numbers = np.where(np.isnan(fills), 0, fills).astype(np.float32)
        filling = graph.constant("fills", numbers)
        at = graph.node("Where", [missing, filling, at], "filled")
    if (means != 0).any():
        at = graph.node("Sub", [at, graph.constant("means", _row(means))], "centred")
    if (deviations != 1).any():
        divisor = graph.constant("deviations", _row(deviations))
        at = graph.node("Div", [at, divisor], "scaled_inputs")
    return at


def _row(values: np.ndarray) -> FloatArray:
    """One number where all are equal."""
    row = values.astype(np.float32)
    return row[:1] if (row == row[0]).all() else row


def _layer(graph: _Graph, network: Network, k: int, at: str) -> str:
    weight, bias = network.weights.params[k]
    names = tensor_names(k)
    inputs = [at, graph.constant(names[0], np.ascontiguousarray(weight))]
    if network.spec.biases[k]:
        inputs.append(graph.constant(names[1], np.ascontiguousarray(bias)))
    return graph.node("Gemm", inputs, f"z{k + 1}", transB=1)


def _activated(graph: _Graph, name: str, z: str, output: str) -> str:
    if name in _SIMPLE:
        return graph.node(_SIMPLE[name], [z], output)
    if name == "softmax":
        return graph.node("Softmax", [z], output, axis=-1)
    if name.startswith("leaky-relu"):
        slope = float(np.float32(slope_of(name)))
        return graph.node("LeakyRelu", [z], output, alpha=slope)
    if name == "silu":
        sigmoid = graph.node("Sigmoid", [z], f"{output}_sigmoid")
        return graph.node("Mul", [z, sigmoid], output)
    if name == "gelu":
        return _gelu(graph, z, output)
    if name == "step":
        zero = graph.constant(f"{output}_zero", np.zeros(1, np.float32))
        above = graph.node("Greater", [z, zero], f"{output}_above")
        return graph.node("Cast", [above], output, to=1)
    return graph.node("Identity", [z], output)


def _gelu(graph: _Graph, z: str, output: str) -> str:
    """0.5 z (1 + erf(z / sqrt 2)), which every opset has."""

    def number(what: str, value: float) -> str:
        return graph.constant(f"{output}_{what}", np.array([value], np.float32))

    root = graph.node("Div", [z, number("root", 2**0.5)], f"{output}_by_root")
    erf = graph.node("Erf", [root], f"{output}_erf")
    share = graph.node("Add", [erf, number("one", 1.0)], f"{output}_share")
    product = graph.node("Mul", [z, share], f"{output}_product")
    return graph.node("Mul", [product, number("half", 0.5)], output)


def _properties(network: Network, graph: "onnx.GraphProto") -> dict[str, str]:
    import json

    entries = metadata_of(network.weights)
    entries[GRAPH_KEY] = hash_of_graph(graph)
    entries["output_names"] = json.dumps(network.output_names)
    entries["row"] = row_text(network)
    preparation = network.weights.preparation
    if preparation is not None and preparation.columns:
        entries["input_names"] = json.dumps(preparation.input_names)
    return entries
