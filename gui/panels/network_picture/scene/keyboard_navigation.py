"""Arrow keys: from the selected unit to its neighbour, or along an edge's ends."""

from typing import Final

import numpy as np
from PySide6.QtCore import Qt

from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter, Unit
from gui.session.selection import Selection, unit_of
from gui.session.view_state import View

_MOVES = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
ARROWS: Final = frozenset(_MOVES)
ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def entered(view: View, chosen: Selection) -> Selection | None:
    """From a unit to its largest edge, or its bias, and from there back to it."""
    if isinstance(chosen, Parameter):
        return chosen.owner
    if chosen.layer == 0:
        return None
    weights = np.abs(view.params[chosen.layer - 1][0][chosen.unit])
    largest = int(np.argmax(np.nan_to_num(weights, nan=np.inf)))
    return Parameter(chosen.layer, chosen.unit, largest)


def neighbour(
    spec: NetworkSpec, chosen: Selection | None, key: Qt.Key
) -> Selection | None:
    """The next selection for an arrow key; None for other keys and at the border.

    Up and down move through a layer, and for an edge through the units it may come
    from; left and right go to the same relative height of the next layer, and from an
    edge to the unit at that end.
    """
    if key not in _MOVES:
        return None
    sideways, along = _MOVES[key]
    if chosen is None:
        return Unit(spec.n_layers, 0)
    if isinstance(chosen, Parameter) and chosen.origin is not None:
        if sideways:
            return chosen.origin if sideways < 0 else chosen.owner
        origin = Unit(chosen.layer - 1, chosen.origin.unit + along)
        if not origin.is_in(spec):
            return None
        return Parameter(chosen.layer, chosen.unit, origin.unit)
    moved = _next_unit(spec, unit_of(chosen), sideways, along)
    if moved is None or isinstance(chosen, Unit):
        return moved
    return Parameter(moved.layer, moved.unit) if moved.layer > 0 else None


def _next_unit(spec: NetworkSpec, of: Unit, sideways: int, along: int) -> Unit | None:
    layer, unit = of.layer + sideways, of.unit + along
    if sideways and 0 <= layer <= spec.n_layers:
        share = (of.unit + 0.5) / spec.layer_sizes[of.layer]
        unit = int(share * spec.layer_sizes[layer])
    moved = Unit(layer, unit)
    return moved if moved.is_in(spec) else None
