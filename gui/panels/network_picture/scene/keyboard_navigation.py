"""Arrow keys: from the selected unit to its neighbour, or along an edge's ends."""

from typing import Final

from PySide6.QtCore import Qt

from core.values.network_spec import NetworkSpec
from gui.session.selection import Selection

_MOVES = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
ARROWS: Final = frozenset(_MOVES)


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
        return Selection(spec.n_layers, 0)
    if chosen.kind == "weight" and chosen.source is not None:
        if sideways < 0:
            return Selection(chosen.layer - 1, chosen.source)
        if sideways > 0:
            return Selection(chosen.layer, chosen.unit)
        source = chosen.source + along
        if not 0 <= source < spec.layer_sizes[chosen.layer - 1]:
            return None
        return Selection.of_weight(chosen.layer, chosen.unit, source)
    return _next_unit(spec, chosen, sideways, along)


def _next_unit(
    spec: NetworkSpec, chosen: Selection, sideways: int, along: int
) -> Selection | None:
    layer = chosen.layer + sideways
    lowest = 1 if chosen.kind == "bias" else 0
    if not lowest <= layer <= spec.n_layers:
        return None
    unit = chosen.unit + along
    if sideways:
        share = (chosen.unit + 0.5) / spec.layer_sizes[chosen.layer]
        unit = int(share * spec.layer_sizes[layer])
    if not 0 <= unit < spec.layer_sizes[layer]:
        return None
    return Selection(layer, unit, None, chosen.kind)
