"""What the network answers to the shown example, in one line."""

from typing import Final

import numpy as np

from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import NO_ANSWER, per_class
from core.values.words import tr
from gui.session.own_units import output_figure
from gui.session.view_state import View
from gui.style.number_format import fixed, percent
from gui.widgets.accessible.parts import AND

NOTHING: Final = tr("no answer")
_EIGHTS: Final = ("8", "11", "18")


def headline(view: View) -> str:
    """Such as "reads a 4, 83.1 %; next 9", and the truth where that is another one."""
    dataset, outputs = view.run.dataset, view.trace.output
    if not np.isfinite(outputs).all():
        return NOTHING
    if not dataset.has_classes:
        activation = view.spec.activations[-1]
        told = [
            output_figure(dataset, activation, unit, value).strip()
            for unit, value in enumerate(outputs.tolist())
        ]
        pairs = zip(dataset.output_names, told, strict=True)
        return AND.join(f"{name} = {value}" for name, value in pairs)
    said = _answer(view)
    label = view.example.label
    if label is None or label == view.trace.predicted:
        return said
    return tr(
        "{said}; it is {called}", said=said, called=called(dataset.class_names[label])
    )


def _answer(view: View) -> str:
    names, predicted = view.run.dataset.class_names, view.trace.predicted
    if predicted == NO_ANSWER:
        return NOTHING
    activation = ACTIVATIONS[view.spec.activations[-1]]
    outputs = view.trace.output.tolist()
    values = per_class(activation, outputs)
    is_share = activation.is_over_layer or (
        activation.is_probability and len(outputs) == 1
    )
    value = values[predicted]
    number = percent(value, 1) if is_share else fixed(value, 3)
    said = tr(
        "reads {called}, {number}",
        called=called(names[predicted]),
        number=number.strip(),
    )
    if len(values) < 3:
        return said
    others = [k for k in range(len(values)) if k != predicted]
    return tr(
        "{said}; next {name}",
        said=said,
        name=names[max(others, key=values.__getitem__)],
    )


def called(name: str) -> str:
    """A digit with its article; other names as they are."""
    if not name.isascii() or not name.isdigit():
        return name
    is_eight = name in _EIGHTS or name.startswith("8")
    return f"{'an' if is_eight else 'a'} {name}"
