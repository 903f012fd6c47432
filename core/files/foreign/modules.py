"""Named tensors, put together to modules: dense layers, BatchNorm, and the rest."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from core.arrays import FloatArray
from core.files.foreign.names import TensorName, natural, parsed
from core.files.tensors import UnreadableError
from core.values.words import tr

Kind = Literal["dense", "batch_norm", "prelu", "layer_norm", "other"]

_RECURRENT: Final = re.compile(r"(weight|bias)_(ih|hh)|recurrent_kernel|(^|[._/])lstm")
_ATTENTION: Final = re.compile(r"in_proj|(^|[._/])(self_?attn|attention|multihead)")
_USED: Final[Mapping[str, tuple[str, ...]]] = {
    "dense": ("weight", "kernel", "w", "bias"),
    "batch_norm": ("mean", "variance", "weight", "scale", "bias", "shift"),
    "prelu": ("weight",),
    "layer_norm": (),
    "other": (),
}
"""Roles of tensors that belong to a module; others beside them are buffers."""
_IN_OUT: Final = ("kernel",)
"""Roles of matrices that Keras, Flax and scikit-learn store as (inputs, outputs)."""
_OUT_IN: Final = ("weight",)


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """Tensors that belong together.

    Attributes:
        kind: what they are.
        name: without wrappers.
        parent: what it stands in.
        tensors: by their roles; a matrix is "matrix", its biases "bias".
        turned: whether the matrix is (inputs, outputs); None where nothing says it.
        reason: of the last two kinds: what it is and why it is no dense layer.
    """

    kind: Kind
    name: str
    parent: str
    tensors: Mapping[str, FloatArray]
    turned: bool | None = None
    reason: str = ""


def modules_of(
    tensors: Mapping[str, FloatArray], *, in_order: bool
) -> tuple[tuple[Module, ...], tuple[str, ...]]:
    """All modules, and the names of buffers that mean nothing.

    Args:
        tensors: float32, by name.
        in_order: whether they lie in the file as they were defined; else by name.
    """
    names = [parsed(name) for name in tensors]
    for name in names:
        _check_size(name.full, tensors[name.full])
    if not in_order:
        names.sort(key=lambda name: natural(name.full))
    if not any(name.role and tensors[name.full].ndim > 1 for name in names):
        return _without_roles(names, tensors), ()
    groups: dict[str, list[TensorName]] = {}
    for name in names:
        groups.setdefault(name.module, []).append(name)
    modules: list[Module] = []
    buffers: list[str] = []
    for group in groups.values():
        module = _module(group, tensors)
        if module is None:
            buffers += [name.full for name in group]
            continue
        modules.append(module)
        if used := _USED[module.kind]:
            buffers += [name.full for name in group if name.role not in used]
    return tuple(modules), tuple(buffers)


def _check_size(name: str, values: FloatArray) -> None:
    if values.size == 0:
        msg = tr(
            "tensor {name} has the shape {shape}; a fully connected "
            "network has only matrices of weights and vectors of biases",
            name=name,
            shape=values.shape,
        )
        raise UnreadableError(msg)


def _module(
    group: Sequence[TensorName], tensors: Mapping[str, FloatArray]
) -> Module | None:
    """What these tensors are together; None for buffers."""
    first = group[0]
    _check_roles(group)
    roles = {name.role: tensors[name.full] for name in group if name.role}
    largest = sorted(group, key=lambda n: -tensors[n.full].ndim)
    foreign = next(filter(None, (_foreign(n, tensors[n.full]) for n in largest)), "")
    name = first.module or first.full
    if foreign:
        return Module("other", name, first.parent, {}, reason=foreign)
    if "mean" in roles and "variance" in roles:
        return Module("batch_norm", name, first.parent, _norm(roles))
    matrix_role = next(
        (r for r in ("weight", "kernel", "w") if r in roles and roles[r].ndim == 2), ""
    )
    if matrix_role:
        return _dense(group, roles, matrix_role)
    scale = roles.get("weight", roles.get("scale"))
    if scale is not None:
        return _norm_like(group, roles, scale)
    matrix = next((n for n in group if tensors[n.full].ndim > 1), None)
    if matrix is None:
        return None
    shape = tensors[matrix.full].shape
    reason = tr(
        "{full} {shape} is not named as the weights of a layer",
        full=matrix.full,
        shape=shape,
    )
    return Module("other", name, first.parent, {}, reason=reason)


def _check_roles(group: Sequence[TensorName]) -> None:
    """Two tensors of one role would be one too many.

    Raises:
        UnreadableError: there are.
    """
    known: dict[str, str] = {}
    for name in group:
        if name.role and name.role in known:
            msg = tr(
                "{known} and {full} are both the {role} of one ",
                known=known[name.role],
                full=name.full,
                role=name.role,
            )
            raise UnreadableError(msg + "layer; save one network by itself")
        known[name.role] = name.full


def _foreign(name: TensorName, values: FloatArray) -> str:
    """Why a tensor belongs to no fully connected network, or nothing."""
    if _ATTENTION.search(name.full):
        return f"{name.full} {values.shape} belongs to an attention layer"
    if _RECURRENT.search(name.full):
        return f"{name.full} {values.shape} belongs to a recurrent layer"
    if values.ndim > 2:
        kind = "a convolution" if values.ndim in (3, 4, 5) else "no matrix"
        return f"tensor {name.full} has the shape {values.shape}, which is {kind}"
    return ""


def _dense(
    group: Sequence[TensorName], roles: Mapping[str, FloatArray], role: str
) -> Module:
    matrix = roles[role]
    found = {"matrix": matrix}
    if "bias" in roles:
        found["bias"] = as_vector(roles["bias"])
    turned = True if role in _IN_OUT else False if role in _OUT_IN else None
    if "bias" in found and matrix.shape[0] != matrix.shape[1]:
        # The biases know better than the name does.
        by_bias = _turned_by_bias(matrix, found["bias"])
        turned = turned if by_bias is None else by_bias
    owner = next(name for name in group if name.role == role)
    return Module("dense", owner.module or owner.full, owner.parent, found, turned)


def _turned_by_bias(matrix: FloatArray, bias: FloatArray) -> bool | None:
    if matrix.shape[0] == len(bias):
        return False
    return True if matrix.shape[1] == len(bias) else None


def as_vector(bias: FloatArray) -> FloatArray:
    """Biases stored as (n, 1) or (1, n) are a vector all the same."""
    return bias.reshape(-1) if bias.ndim == 2 and 1 in bias.shape else bias


def _norm(roles: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    found = {"mean": roles["mean"], "variance": roles["variance"]}
    for ours, theirs in (("scale", ("weight", "scale")), ("shift", ("bias", "shift"))):
        for role in theirs:
            if role in roles:
                found[ours] = roles[role]
    shapes = {values.shape for values in found.values()}
    if len(shapes) != 1 or found["mean"].ndim != 1:
        msg = tr(
            "the tensors of a BatchNorm have different shapes: {sorted}",
            sorted=sorted(shapes),
        )
        raise UnreadableError(msg)
    return found


def _norm_like(
    group: Sequence[TensorName], roles: Mapping[str, FloatArray], scale: FloatArray
) -> Module | None:
    """A vector of factors without statistics: LayerNorm, RMSNorm or PReLU."""
    first = group[0]
    named = ", ".join(name.full for name in group)
    has_shift = "bias" in roles or "shift" in roles
    if scale.ndim == 0 or (not has_shift and scale.size == 1 and "scale" not in roles):
        return Module("prelu", first.module, first.parent, {"slope": scale.reshape(-1)})
    if has_shift:
        what = "a LayerNorm, which depends on all units of a layer at once"
    else:
        what = "a PReLU with a slope for each unit, or an RMSNorm"
    reason = f"{named} {scale.shape} {'are' if len(group) > 1 else 'is'} {what}"
    return Module("layer_norm", first.module, first.parent, {}, reason=reason)


def _without_roles(
    names: Sequence[TensorName], tensors: Mapping[str, FloatArray]
) -> tuple[Module, ...]:
    """Under names that say nothing a vector is the biases of the matrix before it."""
    values = [(name, tensors[name.full]) for name in names]
    for name, tensor in values:
        reason = _foreign(name, tensor)
        if reason:
            return (Module("other", name.full, name.parent, {}, reason=reason),)
    pairs: list[tuple[TensorName, FloatArray, list[FloatArray]]] = []
    for name, tensor in values:
        if _is_bias(tensor, pairs):
            pairs[-1][2].append(as_vector(tensor))
        elif tensor.ndim == 2:
            pairs.append((name, tensor, []))
        elif tensor.ndim == 1:
            msg = tr(
                "tensor {full} has the shape {shape} and belongs to no ",
                full=name.full,
                shape=tensor.shape,
            )
            raise UnreadableError(msg + "matrix before it")
    return tuple(_pair(*pair) for pair in pairs)


def _is_bias(
    tensor: FloatArray, pairs: Sequence[tuple[TensorName, FloatArray, list[FloatArray]]]
) -> bool:
    if not pairs or pairs[-1][2]:
        return False
    matrix = pairs[-1][1]
    vector = as_vector(tensor)
    if tensor.ndim == 1:
        return True
    # A matrix of one row is a layer where the layer before it has that many units.
    return vector.ndim == 1 and vector.size > 1 and len(vector) in matrix.shape


def _pair(name: TensorName, matrix: FloatArray, biases: Iterable[FloatArray]) -> Module:
    found = {"matrix": matrix}
    turned = None
    for bias in biases:
        found["bias"] = bias
        if matrix.shape[0] != matrix.shape[1]:
            turned = _turned_by_bias(matrix, bias)
            _check_bias(name.full, matrix, bias)
    return Module("dense", name.full, name.parent, found, turned)


def _check_bias(name: str, matrix: FloatArray, bias: FloatArray) -> None:
    if bias.ndim != 1 or len(bias) not in matrix.shape:
        msg = tr(
            "the vector of shape {shape} cannot be the biases of {name} with {shape_2}",
            shape=bias.shape,
            name=name,
            shape_2=matrix.shape,
        )
        raise UnreadableError(msg)


def turned_matrix(matrix: FloatArray) -> FloatArray:
    """An (inputs, outputs) matrix as (outputs, inputs)."""
    values = np.ascontiguousarray(matrix.T)
    values.setflags(write=False)
    return values
