"""The weight images in words: units, and the weights into each of them."""

from functools import partial

from core.arrays import FloatArray
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.session.parameter_names import name_of, source_name
from gui.session.view_state import View
from gui.style.number_format import full, short
from gui.widgets.accessible.parts import LazyParts, Part, Path, Role
from gui.widgets.pictures.atlas_geometry import AtlasGeometry
from gui.widgets.pictures.atlas_picture import AtlasContent


def atlas_part(
    view: View, layer: int, content: AtlasContent, geometry: AtlasGeometry
) -> Part:
    """All images of a layer."""
    describe = partial(_unit, view, layer, content, geometry)
    units = LazyParts(len(content.values), describe)
    layer_name = view.spec.layer_name(layer)
    name = (
        tr("Nudges of {layer}", layer=layer_name)
        if content.negated
        else tr("Weights of {layer}", layer=layer_name)
    )
    return Part(name, "", Role.Graphic, None, units, _way_to(view, layer))


def _way_to(view: View, layer: int) -> Path:
    chosen = view.selection
    if chosen is None or chosen.layer != layer:
        return ()
    if isinstance(chosen, Parameter) and chosen.source is not None:
        return chosen.unit, chosen.source
    return (chosen.unit,)


def _unit(
    view: View, layer: int, content: AtlasContent, geometry: AtlasGeometry, unit: int
) -> Part:
    values: FloatArray = content.values[unit]
    low, high = float(values.min()), float(values.max())
    if content.negated:
        low, high = -high, -low
    span = (
        tr("nudges from {low} to {high}", low=short(low), high=short(high))
        if content.negated
        else tr("weights from {low} to {high}", low=short(low), high=short(high))
    )
    return Part(
        name_of(view.run, Unit(layer, unit)),
        span,
        Role.Graphic,
        geometry.tile_rect(unit),
        LazyParts(len(values), partial(_weight, view, layer, content, geometry, unit)),
    )


def _weight(
    view: View,
    layer: int,
    content: AtlasContent,
    geometry: AtlasGeometry,
    unit: int,
    source: int,
) -> Part:
    value = float(content.values[unit, source])
    name = source_name(view.run, Unit(layer - 1, source))
    text = full(-value if content.negated else value)
    return Part(name, text, Role.Cell, geometry.cell_rect(unit, source))
