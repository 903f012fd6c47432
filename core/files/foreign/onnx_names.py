"""All names in an ONNX graph are texts, or it is refused."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.files.tensors import UnreadableError
from core.values.words import tr

if TYPE_CHECKING:
    import onnx


def check_names(graph: "onnx.GraphProto") -> None:
    """Refuse a graph with a name in it that is no text.

    The library gives bytes where a text is no UTF-8, and everything that reads the
    graph takes its names for texts.

    Raises:
        UnreadableError: a name is not.
    """
    for name in _names(graph):
        if not isinstance(name, str):
            msg = tr(
                "damaged: a name in its graph is no text ({name!r})", name=name[:50]
            )
            raise UnreadableError(msg)


def _names(graph: "onnx.GraphProto") -> Iterator[str | bytes]:
    for value in graph.input:
        yield value.name
    for tensor in graph.initializer:
        yield from _names_of_tensor(tensor)
    for node in graph.node:
        yield from (node.name, node.domain, node.op_type, *node.input, *node.output)
        for attribute in node.attribute:
            yield attribute.name
            if attribute.HasField("t"):
                yield from _names_of_tensor(attribute.t)


def _names_of_tensor(tensor: "onnx.TensorProto") -> Iterator[str | bytes]:
    yield tensor.name
    for entry in tensor.external_data:
        yield from (entry.key, entry.value)
