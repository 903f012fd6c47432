"""ONNX graphs compute here what the reference implementation of ONNX computes."""

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from core.files.weights import load_weights
from core.network.numpy.forward import forward_trace
from core.values.errors import FileError
from tests.core.support.foreign_networks import network

RANDOM = np.random.default_rng(4)
W1, B1 = RANDOM.normal(size=(4, 3)), RANDOM.normal(size=4)
W2, B2 = RANDOM.normal(size=(2, 4)), RANDOM.normal(size=2)
Nodes = list[onnx.NodeProto]


def numbers(name: str, values: object) -> onnx.TensorProto:
    return numpy_helper.from_array(np.asarray(values, np.float32), name)


def saved(path: Path, nodes: Nodes, opset: int = 20) -> onnx.ModelProto:
    constants = {
        "w1": W1, "b1": B1, "w2": W2, "b2": B2, "w1t": W1.T, "mean": [0.1, 0.2, 0.3],
        "deviation": [2.0, 3.0, 4.0], "one": 1.0, "half": 0.5, "root": 2**0.5,
        "gamma": RANDOM.normal(size=4), "beta": RANDOM.normal(size=4),
        "mu": RANDOM.normal(size=4), "var": RANDOM.uniform(0.5, 2, 4),
    }  # fmt: skip
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numbers(name, v) for name, v in constants.items() if name in used],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    onnx.save(model, path)
    return model


def node(kind: str, inputs: str, output: str, **settings: object) -> onnx.NodeProto:
    return helper.make_node(kind, inputs.split(), [output], name=output, **settings)


LAST = [node("Gemm", "h w2 b2", "z", transB=1), node("Softmax", "z", "y", axis=1)]
GRAPHS: dict[str, Nodes] = {
    "gemm": [node("Gemm", "x w1 b1", "g", transB=1), node("Tanh", "g", "h")],
    "gemm with factors": [
        node("Gemm", "x w1t b1", "g", alpha=0.5, beta=2.0),
        node("Sigmoid", "g", "h"),
    ],
    "matmul and add": [
        node("MatMul", "x w1t", "m"),
        node("Add", "b1 m", "g"),
        node("Relu", "g", "h"),
    ],
    "scaled inputs": [
        node("Sub", "x mean", "s"),
        node("Div", "s deviation", "d"),
        node("Gemm", "d w1 b1", "g", transB=1),
        node("Softplus", "g", "h"),
    ],
    "inputs taken from one": [
        node("Sub", "one x", "s"),
        node("Gemm", "s w1 b1", "g", transB=1),
        node("Elu", "g", "h"),
    ],
    "norm before": [
        node("Gemm", "x w1 b1", "g", transB=1),
        node("BatchNormalization", "g gamma beta mu var", "n", epsilon=0.01),
        node("Relu", "n", "h"),
    ],
    "norm after": [
        node("Gemm", "x w1 b1", "g", transB=1),
        node("Relu", "g", "r"),
        node("BatchNormalization", "r gamma beta mu var", "h"),
    ],
    "gelu in nodes": [
        node("Gemm", "x w1 b1", "g", transB=1),
        node("Div", "g root", "d"),
        node("Erf", "d", "e"),
        node("Add", "e one", "a"),
        node("Mul", "a half", "p"),
        node("Mul", "g p", "h"),
    ],
    "silu in nodes": [
        node("Gemm", "x w1 b1", "g", transB=1),
        node("Sigmoid", "g", "s"),
        node("Mul", "g s", "h"),
    ],
    "turned weights": [
        node("Transpose", "w1", "t", perm=[1, 0]),
        node("Gemm", "x t b1", "g"),
        node("Identity", "g", "i"),
        node("Gelu", "i", "h"),
    ],
}


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_computes_what_its_reference_computes(tmp_path: Path, name: str):
    model = saved(tmp_path / "net.onnx", [*GRAPHS[name], *LAST])
    weights = load_weights(tmp_path / "net.onnx")
    assert weights.spec.layer_sizes == (3, 4, 2)
    inputs = RANDOM.normal(size=(6, 3)).astype(np.float32)
    (wanted,) = ReferenceEvaluator(model).run(None, {"x": inputs})
    for row, outputs in zip(inputs, wanted, strict=True):
        trace = forward_trace(weights.spec, weights.params, row)
        np.testing.assert_allclose(trace.output, outputs, atol=2e-6)


@pytest.mark.parametrize(
    ("nodes", "what"),
    [
        ([node("Conv", "x w1", "h")], "is a Conv"),
        (
            [node("Gemm", "x w1 b1", "g", transB=1), node("Add", "g g", "h")],
            "joins two branches",
        ),
        (
            [
                node("Gemm", "x w1 b1", "g", transB=1),
                node("Relu", "g", "r"),
                node("Add", "r g", "h"),
            ],
            "g leads to several nodes",
        ),
        (
            [node("Gemm", "x w1 b1", "g", transB=1), node("Elu", "g", "h", alpha=0.5)],
            "is a Elu",
        ),
        (
            [node("Gemm", "x w1 b1", "g", transB=1), node("Mish", "g", "h")],
            "is a Mish",
        ),
    ],
)
def test_what_is_no_chain_is_refused_by_the_node(
    tmp_path: Path, nodes: Nodes, what: str
):
    saved(tmp_path / "net.onnx", [*nodes, *LAST])
    with pytest.raises(FileError, match=what):
        load_weights(tmp_path / "net.onnx")


def test_weights_beside_a_graph_are_read_from_its_folder_alone(tmp_path: Path):
    inside = tmp_path / "inside"
    inside.mkdir()
    name = "torch_dynamo_external.onnx"
    shutil.copy(network(name), inside / name)
    path = inside / name
    with pytest.raises(FileError, match=rf"in {name}\.data, which is missing"):
        load_weights(path)
    shutil.copy(network(f"{name}.data"), inside)
    assert load_weights(path).spec.layer_sizes == (784, 8, 10)
    moved = tmp_path / f"{name}.data"
    (inside / f"{name}.data").rename(moved)
    (inside / f"{name}.data").symlink_to(moved)
    with pytest.raises(FileError, match="missing beside it"):
        load_weights(path)


@pytest.mark.parametrize("place", ["../secret", "/etc/passwd", "..", "a/b", "a\\b"])
def test_a_graph_names_no_file_elsewhere(tmp_path: Path, place: str):
    path = tmp_path / "net.onnx"
    name = "torch_dynamo_external.onnx"
    model = onnx.load(network(name), load_external_data=False)
    for tensor in model.graph.initializer:
        for entry in tensor.external_data:
            if entry.key == "location":
                entry.value = place
    path.write_bytes(model.SerializeToString())
    with pytest.raises(FileError, match="which is not in the same folder"):
        load_weights(path)


def test_a_tensor_larger_than_its_file_is_refused(tmp_path: Path):
    path = tmp_path / "net.onnx"
    model = saved(path, [node("Gemm", "x w1 b1", "y", transB=1)])
    model.graph.initializer[0].dims[:] = [2**20, 2**20]
    path.write_bytes(model.SerializeToString())
    with pytest.raises(FileError, match=r"implausible size|does not fit"):
        load_weights(path)


@pytest.mark.parametrize(
    "name",
    [
        *(b"b1", b"gemm", b"Gemm", b"transB", b"x", b"secret", b"location", b"inner"),
        b"elsewhere",
    ],
)
def test_a_graph_with_a_name_that_is_no_text_is_refused(tmp_path: Path, name: bytes):
    path = tmp_path / "net.onnx"
    gemm = helper.make_node("Gemm", ["x", "w1", "b1"], ["y"], name="gemm", transB=1)
    constant = helper.make_node("Constant", [], ["c"], value=numbers("inner", [1.0]))
    constant.domain = "elsewhere"
    model = saved(path, [constant, gemm])
    onnx.external_data_helper.set_external_data(
        next(t for t in model.graph.initializer if t.name == "w1"), "secret"
    )
    sound = model.SerializeToString()
    assert sound.count(name) >= 1
    path.write_bytes(sound.replace(name, b"\xff" * len(name)))
    with pytest.raises(FileError, match="is no text"):
        load_weights(path)


@pytest.mark.parametrize("missing", ["output", "input"])
def test_a_node_without_what_its_kind_has_is_refused(tmp_path: Path, missing: str):
    model = saved(
        tmp_path / "whole.onnx",
        [node("Gemm", "x w b", "z"), node("Relu", "z", "a")],
    )
    del getattr(model.graph.node[0], missing)[:]
    path = tmp_path / "damaged.onnx"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(FileError, match="a Gemm, cannot have this many"):
        load_weights(path)
