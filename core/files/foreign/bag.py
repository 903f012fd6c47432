"""A network from tensors that only have names: which layers, in which order."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.arrays import FloatArray
from core.experiment.rules import MAX_LAYERS
from core.files.foreign.build import candidate_of
from core.files.foreign.chains import Link, orders, runs
from core.files.foreign.description import (
    Activate,
    Candidate,
    ForeignFile,
    Operation,
    Part,
    Scale,
    vector,
)
from core.files.foreign.modules import Module, modules_of
from core.files.foreign.names import natural, numbers_of
from core.files.tensors import UnreadableError
from core.network.numpy.activations.relu import RELU, leaky_relu
from core.values.words import plural, tr

EPSILON_OF_PYTORCH: Final = 1e-5
EPSILON_OF_KERAS: Final = 1e-3
_INPUT: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """Named tensors, and what their form says of all of them.

    Attributes:
        form: of the file.
        tensors: float32, by name.
        in_order: whether they lie in the file as they were put there, perhaps in the
            order of use.
        order_said: whether that is the order in which the layers were defined.
        epsilon: of BatchNorm.
        ignored: tensors that were left out while reading.
    """

    form: str
    tensors: Mapping[str, FloatArray]
    in_order: bool = False
    order_said: bool = False
    epsilon: float = EPSILON_OF_PYTORCH
    ignored: tuple[str, ...] = ()


def file_of(bag: Bag) -> ForeignFile:
    """The network of the tensors, or the chains in them and why they are not all.

    Raises:
        UnreadableError: there is no chain of dense layers.
    """
    modules, buffers = modules_of(bag.tensors, in_order=bag.in_order)
    dense = [module for module in modules if module.kind == "dense"]
    if len(dense) > MAX_LAYERS:
        msg = tr(
            "{dense} matrices; a network has up to {max_layers} layers here",
            dense=len(dense),
            max_layers=MAX_LAYERS,
        )
        raise UnreadableError(msg)
    other = _foreign_module(modules)
    remarks = _ignored((*bag.ignored, *buffers))
    if other is not None:
        reason = tr("{reason}; it is no fully connected network", reason=other.reason)
        return ForeignFile(bag.form, _parts(modules), reason, remarks)
    if not dense:
        msg = tr("0 matrices do not form a network; each layer needs one of weights")
        raise UnreadableError(msg)
    try:
        found = orders(dense, order_said=bag.order_said)
    except UnreadableError as error:
        parts = _parts(modules)
        if all(len(part.candidates[0].layers) == 1 for part in parts):
            raise
        return ForeignFile(bag.form, parts, str(error), remarks)
    part = _whole(found, modules, bag)
    return ForeignFile(bag.form, (part, *_halves(modules, part)), "", remarks)


def _foreign_module(modules: Sequence[Module]) -> Module | None:
    """What tells most of why it is no fully connected network."""
    for kind in ("other", "layer_norm"):
        for module in modules:
            if module.kind == kind:
                return module
    return None


def _ignored(names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    return (
        plural(
            len(names),
            "{names} is no part of the layers and not used",
            "{names} are no part of the layers and not used",
            names=shown,
        ),
    )


def _whole(
    found: Sequence[tuple[Link, ...]], modules: Sequence[Module], bag: Bag
) -> Part:
    norms = [module for module in modules if module.kind == "batch_norm"]
    slopes = [module for module in modules if module.kind == "prelu"]
    places = _places(norms, found[0], modules, bag)
    candidates = tuple(
        _candidate(order, places, slopes, bag, after=after, several=len(found) > 1)
        for order in found
        for after in _norm_sides(places)
    )
    name = found[0][0].module.name
    return Part(name, candidates, remarks=tuple(_remarks(found[0], norms, slopes)))


def _remarks(
    order: Sequence[Link],
    norms: Sequence[Module],
    slopes: Sequence[Module],
) -> Iterator[str]:
    if any(link.turned for link in order):
        yield "the weights were stored as (inputs, outputs) and have been transposed"
    without = [link.module.name for link in order if "bias" not in link.module.tensors]
    if len(without) == len(order):
        yield "the original has no biases, so they are set to 0"
    elif without:
        yield f"{', '.join(without)} has no biases in the file, so they are set to 0"
    for norm in norms:
        yield f"BatchNorm {norm.name} is folded into the layer beside it"
    if slopes:
        values = ", ".join(f"{float(s.tensors['slope'][0]):.4g}" for s in slopes)
        yield f"PReLU with the slope {values} is read as a leaky ReLU"


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """A BatchNorm beside the layer of this index; `after` its activation or not."""

    scale: Scale
    layer: int
    after: bool | None


def _norm_sides(places: Mapping[int, _Place]) -> tuple[bool, ...]:
    """Sides of the activation to try: False is before it."""
    is_open = any(p.after is None and p.layer != _INPUT for p in places.values())
    return (False, True) if is_open else (False,)


def _places(
    norms: Sequence[Module], order: Sequence[Link], modules: Sequence[Module], bag: Bag
) -> dict[int, _Place]:
    """The place of each BatchNorm, by the layer that it follows.

    Raises:
        UnreadableError: one fits nowhere.
    """
    places: dict[int, _Place] = {}
    for norm in norms:
        layer, after = _place(norm, order, modules, bag, taken=set(places))
        places[layer] = _Place(_scale_of(norm, bag.epsilon), layer, after)
    return places


def _place(
    norm: Module,
    order: Sequence[Link],
    modules: Sequence[Module],
    bag: Bag,
    taken: set[int],
) -> tuple[int, bool | None]:
    size = len(norm.tensors["mean"])
    names = [link.module.name for link in order]
    fitting = [
        k for k, link in enumerate(order) if link.n_out == size and k not in taken
    ]
    before = _before(norm, modules)
    if before in names and (k := names.index(before)) in fitting:
        if _are_numbered(norm, modules):
            return k, numbers_of(norm.name)[-1] > numbers_of(before)[-1] + 1
        if bag.order_said:
            return k, None
    same_number = [
        k for k in fitting if numbers_of(names[k])[-1:] == numbers_of(norm.name)[-1:]
    ]
    hidden = [k for k in same_number + fitting if k < len(order) - 1]
    if hidden:
        return hidden[0], None
    if fitting:
        return fitting[0], False  # the last layer, whose activation comes after
    if size == order[0].n_in and _INPUT not in taken:
        return _INPUT, None
    msg = tr(
        "BatchNorm {name} of {size} units follows no layer with as many",
        name=norm.name,
        size=size,
    )
    raise UnreadableError(msg)


def _before(norm: Module, modules: Sequence[Module]) -> str:
    """The dense layer before it, by number or as they lie."""
    numbered = _are_numbered(norm, modules)
    ordered = sorted(modules, key=lambda m: natural(m.name)) if numbered else modules
    before = ""
    for module in ordered:
        if module is norm:
            break
        if module.kind == "dense":
            before = module.name
    return before


def _are_numbered(norm: Module, modules: Sequence[Module]) -> bool:
    """Whether it stands in a Sequential, whose modules are called by numbers."""
    siblings = [m for m in modules if m.parent == norm.parent]
    return all(m.name.rpartition(".")[2].isdigit() for m in siblings)


def _scale_of(norm: Module, epsilon: float) -> Scale:
    values = {role: v.astype(np.float64) for role, v in norm.tensors.items()}
    if np.any(values["variance"] < 0):
        msg = tr("BatchNorm {name} has variances below 0", name=norm.name)
        raise UnreadableError(msg)
    return normalising(norm.name, values, epsilon=epsilon, what="BatchNorm")


def normalising(
    name: str, values: Mapping[str, np.ndarray], *, epsilon: float, what: str
) -> Scale:
    """(x - mean) / sqrt(variance + epsilon), times a scale plus a shift."""
    factor = values.get("scale", 1.0) / np.sqrt(values["variance"] + epsilon)
    offset = values.get("shift", 0.0) - values["mean"] * factor
    return Scale(name, vector(factor), vector(offset), what)


def _candidate(
    order: Sequence[Link],
    places: Mapping[int, _Place],
    slopes: Sequence[Module],
    bag: Bag,
    *,
    after: bool,
    several: bool,
) -> Candidate:
    operations = _operations(order, places, slopes, after)
    words = []
    if several:
        words.append("order " + ", ".join(link.module.name for link in order))
    if len(_norm_sides(places)) > 1:
        words.append(f"BatchNorm {'after' if after else 'before'} the activation")
    return candidate_of(operations, "; ".join(words))


def _operations(
    order: Sequence[Link],
    places: Mapping[int, _Place],
    slopes: Sequence[Module],
    after_by_trying: bool,
) -> Iterator[Operation]:
    if _INPUT in places:
        yield places[_INPUT].scale
    activations = _activations(slopes, len(order) - 1)
    for k, link in enumerate(order):
        yield link.dense()
        place = places.get(k)
        after = after_by_trying if place is None or place.after is None else place.after
        if place is not None and not after:
            yield place.scale
        if k < len(order) - 1:
            yield activations[k]
        if place is not None and after:
            yield place.scale


def _activations(slopes: Sequence[Module], count: int) -> list[Activate]:
    """One for each hidden layer; one PReLU may serve all of them.

    Raises:
        UnreadableError: there are more than layers.
    """
    if not slopes:
        return [Activate(None)] * count
    if len(slopes) not in (1, count):
        msg = tr(
            "{slopes} PReLUs for {count} hidden layers; each takes one",
            slopes=len(slopes),
            count=count,
        )
        raise UnreadableError(msg)
    found = [Activate(leaky(float(m.tensors["slope"][0]))) for m in slopes]
    return found * count if len(found) == 1 else found


def leaky(slope: float) -> str:
    """The activation of a PReLU with one slope.

    Raises:
        UnreadableError: the slope is not finite.
    """
    if slope == 0:
        return RELU.name
    try:
        return leaky_relu(slope).name
    except ValueError:
        msg = tr("a PReLU with the slope {slope}", slope=slope)
        raise UnreadableError(msg) from None


def _parts(modules: Sequence[Module]) -> tuple[Part, ...]:
    """Every chain of neighbours that can be opened by itself."""
    found = runs(modules)
    return tuple(_part(links, is_last=links is found[-1]) for links in found)


def _part(links: Sequence[Link], *, is_last: bool) -> Part:
    def operations() -> Iterator[Operation]:
        for k, link in enumerate(links):
            if k:
                yield Activate(None)
            yield link.dense()

    # What is inside a larger network hands its values on as they are.
    candidate = candidate_of(operations(), output=None if is_last else "identity")
    remarks = tuple(_remarks(links, (), ()))
    return Part(links[0].module.name, (candidate,), remarks=remarks)


def _halves(modules: Sequence[Module], whole: Part) -> tuple[Part, ...]:
    """The halves of an autoencoder, where their names say so."""
    sizes = whole.candidates[0].sizes
    parents = [key for key, _ in itertools.groupby(modules, key=lambda m: m.parent)]
    if sizes[0] != sizes[-1] or len(parents) < 2:
        return ()
    *others, last = _parts(modules)
    ends = tuple(replace(c, is_decoder=True) for c in last.candidates)
    return (*others, replace(last, candidates=ends))
