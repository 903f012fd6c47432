"""ONNX files that Glassbox wrote: opened as its own, with everything in them."""

import hashlib
from typing import TYPE_CHECKING, Final

from core.files.tensors import TensorContents, as_float32

if TYPE_CHECKING:
    import onnx

PRODUCER: Final = "Glassbox"
GRAPH_KEY: Final = "graph_hash"
_LAYERS: Final = "layers."


def hash_of_graph(graph: "onnx.GraphProto") -> str:
    """Of the nodes: a graph that another program has changed is not Glassbox's."""
    digest = hashlib.sha256()
    for node in graph.node:
        digest.update(node.SerializeToString(deterministic=True))
    return digest.hexdigest()


def own_contents(model: "onnx.ModelProto") -> TensorContents | None:
    """Tensors and metadata of a graph as Glassbox wrote it; None for others.

    Raises:
        UnreadableError: a tensor is not of finite floats.
    """
    if model.producer_name != PRODUCER:
        return None
    # The library gives bytes where a text is no UTF-8.
    metadata = {
        entry.key: entry.value
        for entry in model.metadata_props
        if isinstance(entry.key, str) and isinstance(entry.value, str)
    }
    if metadata.get(GRAPH_KEY) != hash_of_graph(model.graph):
        return None
    import onnx

    tensors = {}
    for tensor in model.graph.initializer:
        if not isinstance(tensor.name, str):
            return None
        if not tensor.name.startswith(_LAYERS):
            continue
        is_here = tensor.data_location == onnx.TensorProto.DEFAULT
        if not is_here or tensor.data_type != onnx.TensorProto.FLOAT:
            return None
        try:
            values = onnx.numpy_helper.to_array(tensor)
        except ValueError:  # its size is not that of its numbers
            return None
        tensors[tensor.name] = as_float32(tensor.name, values)
    return TensorContents(tensors, metadata)
