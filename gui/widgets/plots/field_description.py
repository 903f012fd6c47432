"""A landscape in words: its heights, and where paths over it begin and end."""

import math
from functools import partial

import numpy as np

from core.values.words import tr
from gui.style.number_format import counted, short
from gui.widgets.accessible.parts import LazyParts, Part, Role, table_row
from gui.widgets.plots.field import Field, PathLine

Place = tuple[float, float]
UNDEFINED = tr("undefined here")
MOST_ROWS = 9
"""Of heights that are read out from top to bottom, and as many in each of them."""


def field_part(
    name: str,
    field: Field | None,
    paths: tuple[PathLine, ...],
    here: Place | None,
    minima: tuple[Place, ...] = (),
) -> Part:
    """A picture of a field, whatever it is seen from."""
    if field is None:
        return Part(name, role=Role.Graphic)
    if field.is_empty:
        return Part(name, UNDEFINED, Role.Graphic)
    unit = field.unit + (tr(" (log)") if field.is_log else "")
    value = tr(
        "{unit} from {low} to {high}",
        unit=unit,
        low=short(field.low),
        high=short(field.high),
    )
    value += tr(
        ", {label} to the right, {field_label} upwards",
        label=field.labels[0],
        field_label=field.labels[1],
    )
    parts = [path_part(field, path) for path in paths if len(path.finite)]
    if here is not None:
        parts.append(Part(tr("here"), place_text(field, here)))
    parts += [Part(tr("minimum"), place_text(field, place)) for place in minima]
    rows = LazyParts(MOST_ROWS, partial(_heights, field))
    parts.append(Part(tr("Heights"), "", Role.Table, None, rows))
    return Part(name, value, Role.Graphic, None, tuple(parts))


def place_text(field: Field, place: Place) -> str:
    """A place and the height there."""
    where = f"({short(place[0])}, {short(place[1])})"
    height = field.height_at(place)
    if not math.isfinite(height):
        return f"{where}: {UNDEFINED}"
    return f"{where}: {short(height)} {field.unit}".strip()


def path_part(field: Field, path: PathLine) -> Part:
    """Where a path begins, and where it has come to."""
    points = path.finite
    first, last = (tuple(map(float, points[k])) for k in (0, -1))
    cells = [
        (path.ends[0] or tr("start"), place_text(field, (first[0], first[1]))),
        (path.ends[1] or tr("now"), place_text(field, (last[0], last[1]))),
        ("", counted(len(points) - 1, "step")),
    ]
    return table_row(path.name or tr("path"), cells)


def _heights(field: Field, place: int) -> Part:
    y = float(np.linspace(field.y[-1], field.y[0], MOST_ROWS)[place])
    cells = []
    for x in np.linspace(field.x[0], field.x[-1], MOST_ROWS).tolist():
        height = field.height_at((x, y))
        text = short(height) if math.isfinite(height) else UNDEFINED
        cells.append((tr("at {x}", x=short(x)), text))
    return table_row(f"{field.labels[1]} {short(y)}", cells)
