"""The order and the orientation of dense layers, from their shapes."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.files.foreign.description import Dense
from core.files.foreign.modules import Module, turned_matrix
from core.files.foreign.names import natural, say_their_order
from core.files.tensors import UnreadableError
from core.values.words import tr

MOST_ORDERS: Final = 24
"""Orders that are tried: all of four layers between which shapes do not choose."""
_MOST_STEPS: Final = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """A dense module, turned as the chain needs it."""

    module: Module
    n_in: int
    n_out: int
    turned: bool

    def dense(self) -> Dense:
        """Its layer, as (outputs, inputs)."""
        matrix = self.module.tensors["matrix"]
        weight = turned_matrix(matrix) if self.turned else matrix
        return Dense(self.module.name, weight, self.module.tensors.get("bias"))


def orders(modules: Sequence[Module], *, order_said: bool) -> list[tuple[Link, ...]]:
    """Every order in which the layers chain, the first belief first.

    Several only where neither shapes nor names nor the file decide.

    Raises:
        UnreadableError: they do not chain.
    """
    for links in _oriented(modules):
        first = _first_order(links)
        if first is None:
            continue
        if _is_said(first, links, order_said=order_said):
            return [first]
        others = [o for o in _all_orders(links, MOST_ORDERS + 1) if o != first]
        return [first, *others] if len(others) < MOST_ORDERS else [first]
    raise _broken(next(_oriented(modules)))


def _is_said(
    first: tuple[Link, ...], links: Sequence[Link], *, order_said: bool
) -> bool:
    """Whether the file or the names of the layers say that order."""
    names = [link.module.name for link in first]
    by_number = say_their_order(names) and names == sorted(names, key=natural)
    return by_number or (order_said and first == tuple(links))


def _oriented(modules: Sequence[Module]) -> Iterator[list[Link]]:
    """The ways to turn those matrices of which nothing says how they are stored."""
    known = {module.turned for module in modules} - {None}
    # Square matrices are stored as their neighbours are.
    beliefs = (False, True) if len(known) != 1 else tuple(known)
    for belief in beliefs:
        yield [_link(module, bool(belief)) for module in modules]


def _link(module: Module, belief: bool) -> Link:
    turned = belief if module.turned is None else module.turned
    n_out, n_in = module.tensors["matrix"].shape
    if turned:
        n_out, n_in = n_in, n_out
    return Link(module, n_in, n_out, turned)


def _first_order(links: Sequence[Link]) -> tuple[Link, ...] | None:
    """As they lie, else by name, else however they chain."""
    by_name = sorted(links, key=lambda link: natural(link.module.name))
    for order in (tuple(links), tuple(by_name)):
        if chains(order):
            return order
    return next(iter(_all_orders(links, 1)), None)


def chains(links: Sequence[Link]) -> bool:
    """Whether each layer takes as many values as the one before gives."""
    return all(a.n_out == b.n_in for a, b in itertools.pairwise(links))


def _all_orders(links: Sequence[Link], most: int) -> list[tuple[Link, ...]]:
    """Up to `most` orders in which they chain."""
    found: list[tuple[Link, ...]] = []
    steps = 0
    waiting: list[tuple[int, ...]] = [(k,) for k in reversed(range(len(links)))]
    while waiting and len(found) < most and steps < _MOST_STEPS:
        steps += 1
        order = waiting.pop()
        if len(order) == len(links):
            found.append(tuple(links[k] for k in order))
            continue
        end = links[order[-1]].n_out
        waiting += [
            (*order, k)
            for k in reversed(range(len(links)))
            if k not in order and links[k].n_in == end
        ]
    return found


def _broken(links: Sequence[Link]) -> UnreadableError:
    for before, after in itertools.pairwise(links):
        if before.n_out != after.n_in:
            shapes = [link.module.tensors["matrix"].shape for link in (before, after)]
            msg = tr(
                "tensor {name} has the shape {shapes} and cannot "
                "follow {name_2} with {shapes_2}; weights are "
                "(outputs, inputs)",
                name=after.module.name,
                shapes=shapes[1],
                name_2=before.module.name,
                shapes_2=shapes[0],
            )
            return UnreadableError(msg)
    msg = tr(
        "{links} matrices do not form a network; each layer needs one of weights",
        links=len(links),
    )
    return UnreadableError(msg)


def runs(modules: Sequence[Module]) -> list[list[Link]]:
    """Chains of dense layers that stand next to each other in one parent."""
    found: list[list[Link]] = []
    last: Module | None = None
    for module in modules:
        if module.kind == "dense":
            link = next(iter(_oriented([module])))[0]
            fits = (
                last is not None
                and last.kind == "dense"
                and last.parent == module.parent
                and found[-1][-1].n_out == link.n_in
            )
            if fits:
                found[-1].append(link)
            else:
                found.append([link])
        last = module
    return found
