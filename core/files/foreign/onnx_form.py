"""ONNX: the one chain of layers from a graph's input to its output."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from core.files.foreign.build import candidate_of, inputs_of_scale, part_inside
from core.files.foreign.description import (
    Activate,
    Dense,
    ForeignFile,
    Operation,
    Part,
    Scale,
)
from core.files.foreign.onnx_constants import Constants
from core.files.foreign.onnx_names import check_names
from core.files.foreign.onnx_nodes import HEAVY, QUANTISED, operations
from core.files.foreign.onnx_own import own_contents
from core.files.tensors import TensorContents, UnreadableError, check_count
from core.network.numpy.activations.table import output_activations
from core.values.words import tr

if TYPE_CHECKING:
    import onnx

FORM: Final = "ONNX"
MOST_BYTES: Final = 2**31 - 1
"""What the library reads; larger ones keep their data in a file beside them."""


def looks_like(start: bytes) -> bool:
    """Whether a file may be one: its first field is the number of its version."""
    return len(start) > 2 and start[0] == 0x08 and 0 < start[1] < 32


def read(path: Path, data: bytes) -> TensorContents | ForeignFile:
    """The network of a graph, or the chains in it and why they are not all.

    A graph that Glassbox wrote gives its tensors and all that was stored with them.

    Raises:
        UnreadableError: damaged, or without a chain of dense layers.
    """
    # Imported here: it is needed for this form alone, and takes a fifth of a second.
    import onnx
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load_model_from_string(data)
    except (DecodeError, ValueError, RecursionError) as error:
        msg = tr("damaged, or not an ONNX file ({error})", error=str(error)[:100])
        raise UnreadableError(msg) from None
    graph = model.graph
    check_count(len(graph.node))
    check_count(len(graph.initializer))
    if not graph.node:
        msg = tr("damaged, or not an ONNX file (it has no nodes)")
        raise UnreadableError(msg)
    check_names(graph)
    for node in graph.node:
        _check_arity(node)
    quantised = next((n for n in graph.node if n.op_type in QUANTISED), None)
    if quantised is not None:
        msg = tr(
            "node {value} is a {op_type}: the network is quantised; "
            "the float network it was made from opens",
            value=quantised.name or quantised.op_type,
            op_type=quantised.op_type,
        )
        raise UnreadableError(msg)
    own = own_contents(model)
    if own is not None:
        return own
    return _Graph.of(graph, Constants(graph, path, len(data))).file()


def _check_arity(node: "onnx.NodeProto") -> None:
    """Refuse a node without its inputs or outputs, as ONNX defines its kind."""
    import onnx

    takes, gives = (0, len(node.input)), (1, len(node.output))
    if onnx.defs.has(node.op_type, node.domain):
        schema = onnx.defs.get_schema(node.op_type, domain=node.domain)
        takes = schema.min_input, schema.max_input
        gives = schema.min_output, schema.max_output
    if not (
        takes[0] <= len(node.input) <= takes[1]
        and max(1, gives[0]) <= len(node.output) <= gives[1]
    ):
        msg = tr(
            "damaged: {value}, a {op_type}, cannot have this many inputs ({inputs}) "
            "and outputs ({outputs})",
            value=node.name or tr("a node"),
            op_type=node.op_type,
            inputs=len(node.input),
            outputs=len(node.output),
        )
        raise UnreadableError(msg)


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """What was found on the way from some values.

    Attributes:
        operations: in their order.
        end: the name of the values that it came to.
        reason: why it went no further; empty at the output.
    """

    operations: tuple[Operation, ...]
    end: str
    reason: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Graph:
    known: Constants
    inputs: tuple[str, ...]
    nodes: tuple["onnx.NodeProto", ...]
    users: dict[str, list["onnx.NodeProto"]]
    leading_on: frozenset[str]

    @classmethod
    def of(cls, graph: "onnx.GraphProto", known: Constants) -> "_Graph":
        nodes = tuple(n for n in graph.node if not any(o in known for o in n.output))
        users: dict[str, list[onnx.NodeProto]] = {}
        for node in nodes:
            for name in dict.fromkeys(node.input):
                if name and name not in known:
                    users.setdefault(name, []).append(node)
        leading: set[str] = set()
        for node in reversed(nodes):
            if node.op_type in HEAVY or any(name in leading for name in node.output):
                leading.update(node.input)
        inputs = tuple(i.name for i in graph.input if i.name not in known)
        return cls(known, inputs, nodes, users, frozenset(leading))

    def file(self) -> ForeignFile:
        """All of it, or its parts."""
        if len(self.inputs) != 1:
            reason = tr(
                "the graph has {inputs} inputs, and a network has one",
                inputs=len(self.inputs),
            )
            return ForeignFile(FORM, self._parts(), reason)
        walk = self._walk(self.inputs[0])
        if walk.reason:
            return ForeignFile(FORM, self._parts(), walk.reason)
        return ForeignFile(FORM, (_part(walk.operations),))

    def _parts(self) -> tuple[Part, ...]:
        """Chains from the input, and from every node that is none."""
        starts = [*self.inputs]
        for node in self.nodes:
            starts += list(node.output)
        parts: list[Part] = []
        seen: set[str] = set()
        for start in starts:
            if start in seen:
                continue
            walk = self._walk(start, seen)
            parts += part_inside(walk.operations)
        return tuple(parts)

    def _walk(self, start: str, seen: set[str] | None = None) -> _Walk:
        found: list[Operation] = []
        name = start
        passed = set() if seen is None else seen
        while True:
            passed.add(name)
            users = self.users.get(name, [])
            if not users or self._is_tail(name, users, found):
                return _Walk(tuple(found), name)
            shortcut = _gelu(name, self) or _silu(name, self)
            if shortcut is not None:
                found.append(Activate(shortcut[0]))
                name = shortcut[1]
            else:
                if len(users) > 1:
                    return _Walk(tuple(found), name, self._forked(name))
                try:
                    found += operations(users[0], name, self.known)
                except UnreadableError as error:
                    return _Walk(tuple(found), name, str(error))
                name = users[0].output[0]
            if name in passed:
                return _Walk(tuple(found), name, "the graph leads back to itself")

    def _is_tail(
        self, name: str, users: Sequence["onnx.NodeProto"], found: Sequence[Operation]
    ) -> bool:
        """Whether only the class is told from here on."""
        if not found or any(
            user.op_type in HEAVY or set(user.output) & self.leading_on
            for user in users
        ):
            return False
        last = found[-1]
        is_output = isinstance(last, Activate) and (
            last.activation in output_activations()
        )
        return name not in self.leading_on and (
            is_output or all(user.op_type in ("ArgMax", "TopK") for user in users)
        )

    @staticmethod
    def _forked(name: str) -> str:
        return f"{name} leads to several nodes, so it is no chain of layers"


def _part(found: Sequence[Operation]) -> Part:
    candidate = candidate_of(found)
    first = next((k for k, op in enumerate(found) if isinstance(op, Dense)), 0)
    before = [op for op in found[:first] if isinstance(op, Scale)]
    remarks = [
        f"{op.what or op.name} is folded into the layer beside it"
        for op in found
        if isinstance(op, Scale) and (op.what or op in before)
    ]
    inputs = inputs_of_scale(_together(before)) if before else None
    return Part(candidate.layers[0].name, (candidate,), inputs, tuple(remarks))


def _together(scales: Sequence[Scale]) -> Scale:
    """One scaling for several in a row."""
    factor, offset = scales[0].factor, scales[0].offset
    for scale in scales[1:]:
        factor = factor * scale.factor
        offset = offset * scale.factor + scale.offset
    return Scale(scales[0].name, factor, offset)


# --- activations that are written in several nodes ------------------------------


def _gelu(name: str, graph: _Graph) -> tuple[str, str] | None:
    """X / 2^0.5, Erf, + 1, times x, times 0.5, in any order of the products."""
    reached = _only_through(name, graph, {"Div", "Mul", "Erf", "Add"}, 6)
    if reached is None or "Erf" not in {node.op_type for node in reached[0]}:
        return None
    end = reached[1]
    probe = np.array([-1.5, -0.3, 0.4, 2.0])
    values = _computed(reached[0], name, probe, graph)
    if values is None or not np.allclose(values, _gelu_of(probe), atol=1e-5):
        return None
    return "gelu", end


def _silu(name: str, graph: _Graph) -> tuple[str, str] | None:
    """X times the sigmoid of x."""
    reached = _only_through(name, graph, {"Sigmoid", "Mul"}, 2)
    if reached is None or len(reached[0]) != 2:
        return None
    probe = np.array([-1.5, -0.3, 0.4, 2.0])
    values = _computed(reached[0], name, probe, graph)
    if values is None or not np.allclose(
        values, probe / (1 + np.exp(-probe)), atol=1e-5
    ):
        return None
    return "silu", reached[1]


def _gelu_of(x: np.ndarray) -> np.ndarray:
    from scipy.special import erf

    values: np.ndarray = 0.5 * x * (1 + erf(x / np.sqrt(2)))
    return values


def _only_through(
    name: str, graph: _Graph, kinds: set[str], most: int
) -> tuple[list["onnx.NodeProto"], str] | None:
    """The few nodes of these kinds between some values and where they meet again."""
    if len(graph.users.get(name, [])) != 2:
        return None
    nodes: list[onnx.NodeProto] = []
    waiting = list(graph.users[name])
    while waiting:
        node = waiting.pop(0)
        if node in nodes or node.op_type not in kinds or len(nodes) == most:
            continue
        nodes.append(node)
        waiting += graph.users.get(node.output[0], [])
    ends = {node.output[0] for node in nodes} - {i for n in nodes for i in n.input}
    return (nodes, ends.pop()) if len(ends) == 1 else None


def _computed(
    nodes: Sequence["onnx.NodeProto"], name: str, probe: np.ndarray, graph: _Graph
) -> np.ndarray | None:
    """What the nodes make of a few numbers."""
    from scipy.special import erf, expit

    values: dict[str, np.ndarray] = {name: probe}
    functions = {"Div": np.divide, "Mul": np.multiply, "Add": np.add, "Erf": erf}
    functions["Sigmoid"] = expit
    ordered = [node for node in graph.nodes if node in nodes]
    for node in ordered:
        arguments = []
        for source in node.input:
            if source in graph.known and graph.known[source].size == 1:
                arguments.append(graph.known[source].astype(np.float64).reshape(()))
            elif source in values:
                arguments.append(values[source])
            else:
                return None
        with np.errstate(all="ignore"):
            values[node.output[0]] = functions[node.op_type](*arguments)
    return values[ordered[-1].output[0]] if ordered else None
