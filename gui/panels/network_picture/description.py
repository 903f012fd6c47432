"""The network picture in words: layers, their units, and the edges into these.

The numbers are those of the readout, which stand beside the picture.
"""

from functools import partial

from PySide6.QtCore import QRectF

from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import NO_ANSWER, per_class
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.panels.network_picture.headline import NOTHING
from gui.panels.network_picture.painters.text_metrics import output_labels
from gui.panels.network_picture.readout import readout_of
from gui.panels.network_picture.scene.layout import LayerColumn, Layout
from gui.session.own_units import output_figure
from gui.session.parameter_names import source_name
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style import number_format
from gui.widgets.accessible.parts import AND, LazyParts, Part, Path, Role
from gui.widgets.probability_bars import figure

NAME = tr("Network")


def network_part(view: View | None, layout: Layout | None) -> Part:
    """The picture: a layer after the other, and what the last one says."""
    if view is None or layout is None:
        return Part(NAME, role=Role.Graphic)
    layers = LazyParts(len(layout.columns), partial(_layer, view, layout))
    value = AND.join(
        (tr("step {step}", step=number_format.count(view.snapshot.step)), answer(view))
    )
    return Part(NAME, value, Role.Graphic, None, layers, _way_to(view, view.selection))


def answer(view: View) -> str:
    """The strongest output with its figure, and the true class."""
    dataset, trace = view.run.dataset, view.trace
    names, activation = output_labels(view), view.spec.activations[-1]
    if not dataset.has_classes:
        told = [
            output_figure(dataset, activation, unit, value).strip()
            for unit, value in enumerate(trace.output.tolist())
        ]
        return AND.join(f"{n} {v}" for n, v in zip(names, told, strict=True))
    names, label = dataset.class_names, view.example.label
    values = per_class(ACTIVATIONS[activation], trace.output.tolist())
    best = trace.predicted
    said = (
        NOTHING
        if best == NO_ANSWER
        else tr(
            "reads {name} {figure}",
            name=names[best],
            figure=figure(activation, values[best]).strip(),
        )
    )
    return (
        said
        if label is None
        else tr("{said}, true class {name}", said=said, name=names[label])
    )


def _way_to(view: View, selection: Selection | None) -> Path:
    if selection is None:
        return ()
    if isinstance(selection, Unit):
        return selection.layer, selection.unit
    if selection.source is None:
        return selection.layer, selection.unit, 0
    bias = int(view.spec.has_bias(selection.layer))
    return selection.layer, selection.unit, bias + selection.source


def _layer(view: View, layout: Layout, layer: int) -> Part:
    column = layout.columns[layer]
    count = number_format.counted(column.count, "unit")
    if layer == 0:
        count = number_format.counted(column.count, "input")
    else:
        count = f"{count}, {ACTIVATIONS[view.spec.activations[layer - 1]].title}"
    box = QRectF(column.left, column.top, 2 * column.radius, column.bottom - column.top)
    units = LazyParts(column.count, partial(_unit, view, column))
    name = view.spec.layer_name(layer).capitalize()
    return Part(name, count, Role.List, box, units)


def _unit(view: View, column: LayerColumn, place: int) -> Part:
    unit = Unit(column.layer, place)
    readout = readout_of(view, unit)
    numbers = list(readout.numbers)
    if column.layer == view.spec.n_layers:
        activation, value = view.spec.activations[-1], view.trace.output[place]
        text = output_figure(view.run.dataset, activation, place, float(value))
        numbers.insert(0, text.strip())
    y = column.y_of(place)
    half = min(column.radius, column.pitch / 2)
    box = QRectF(column.left, y - half, 2 * column.radius, 2 * half)
    edges = _edges(view, unit)
    return Part(readout.name, AND.join(numbers), Role.ListItem, box, edges)


def _edges(view: View, unit: Unit) -> LazyParts | tuple[()]:
    if unit.layer == 0:
        return ()
    bias = int(view.spec.has_bias(unit.layer))
    count = view.spec.layer_sizes[unit.layer - 1] + bias
    return LazyParts(count, partial(_edge, view, unit, bias))


def _edge(view: View, unit: Unit, bias: int, place: int) -> Part:
    source = None if place < bias else place - bias
    parameter = Parameter(unit.layer, unit.unit, source)
    origin = parameter.origin
    name = tr("bias") if origin is None else source_name(view.run, origin)
    numbers = readout_of(view, parameter).numbers
    return Part(name, AND.join(numbers), Role.ListItem)
