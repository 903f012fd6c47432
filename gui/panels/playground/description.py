"""The plane and the line in words: the network's output on a grid of points."""

from functools import partial

import numpy as np

from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import NO_ANSWER, said_for
from core.network.numpy.forward import forward_trace
from core.values.words import tr
from gui.panels.playground.coordinate_ticks import TICKS
from gui.session.example_point import point_of
from gui.session.view_state import View
from gui.style import number_format
from gui.widgets.accessible.parts import LazyParts, Part, Role


def answer_text(view: View, point: tuple[float, ...]) -> str:
    """A point's coordinates and the network's output there."""
    space = view.run.dataset.space
    assert space is not None
    inputs = space.inputs(np.array([point], np.float32))[0]
    trace = forward_trace(view.spec, view.params, inputs)
    dataset, label = view.run.dataset, trace.predicted
    texts = [number_format.fixed(value, 2) for value in point]
    where = ", ".join(text.strip(number_format.FIGURE_SPACE) for text in texts)
    is_silent = dataset.has_classes and label == NO_ANSWER
    if is_silent or not np.isfinite(trace.output).all():
        return tr("({where}): no answer", where=where)
    names, best = dataset.output_names, trace.strongest
    said = float(trace.output[best])
    if dataset.has_classes and len(names) == 1:
        names, best = dataset.class_names, label
        said = said_for(
            ACTIVATIONS[view.spec.activations[-1]], trace.output.tolist(), label
        )
    name, value = names[best], number_format.fixed(said, 3)
    return f"({where}): {name} {value}"


def plane_part(name: str, view: View | None) -> Part:
    """The output at the shown point, then from top to bottom along the ticks."""
    if view is None or view.run.dataset.space is None:
        return Part(name, role=Role.Graphic)
    point = point_of(view.run.dataset, view.example)
    shown = (
        ""
        if point is None
        else tr("shown point {answer}", answer=answer_text(view, point))
    )
    rows = LazyParts(len(TICKS), partial(_row, view))
    return Part(name, shown, Role.Graphic, None, rows)


def line_part(name: str, view: View | None, error: str) -> Part:
    """The output at the shown point, then along the ticks."""
    if view is None or view.run.dataset.space is None:
        return Part(name, role=Role.Graphic)
    point = point_of(view.run.dataset, view.example)
    shown = (
        error
        if point is None
        else tr("shown point {answer}", answer=answer_text(view, point))
    )
    cells = LazyParts(len(TICKS), partial(_cell, view))
    return Part(name, shown, Role.Graphic, None, cells)


def _row(view: View, place: int) -> Part:
    y = TICKS[len(TICKS) - 1 - place]
    cells = LazyParts(len(TICKS), lambda k: _at(view, (TICKS[k].place, y.place)))
    return Part(f"x2 {y.label}", "", Role.Row, None, cells)


def _cell(view: View, place: int) -> Part:
    return _at(view, (TICKS[place].place,))


def _at(view: View, point: tuple[float, ...]) -> Part:
    return Part(answer_text(view, point), "", Role.Cell)
