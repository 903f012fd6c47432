"""Which parameters a table lists: a filter, its text form, and the ids it leaves.

An id is `Parameter.flat_index`: tables of millions keep numbers and no objects.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from core.values.network_spec import flat_blocks
from gui.session.selection import Selection
from gui.session.view_state import Run
from gui.style.notation import unit_place

Ids = npt.NDArray[np.int64]
Kind = Literal["all", "weights", "biases"]


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Conditions for listed parameters; None means no condition.

    Attributes:
        layer: 1 to n_layers.
        kind: weights, biases or both.
        unit: index of the unit in its layer.
        source: index of the input that a weight comes from.
        row: row of the pixel that a first-layer weight comes from.
        column: column of that pixel.
        from_unit: the source is meant as a unit of a hidden layer.
        impossible: no parameter passes.
    """

    layer: int | None = None
    kind: Kind = "all"
    unit: int | None = None
    source: int | None = None
    row: int | None = None
    column: int | None = None
    from_unit: bool = False
    impossible: bool = False

    def both(self, other: "RowFilter") -> "RowFilter":
        """Both filters together."""
        pairs = [
            (getattr(self, name), getattr(other, name))
            for name in ("layer", "unit", "source", "row", "column")
        ]
        numbers = [theirs if mine is None else mine for mine, theirs in pairs]
        clash = any(None not in pair and pair[0] != pair[1] for pair in pairs)
        clash |= {self.kind, other.kind} == {"weights", "biases"}
        return RowFilter(
            layer=numbers[0],
            kind=other.kind if self.kind == "all" else self.kind,
            unit=numbers[1],
            source=numbers[2],
            row=numbers[3],
            column=numbers[4],
            from_unit=self.from_unit or other.from_unit,
            impossible=clash or self.impossible or other.impossible,
        )


def filter_of_selection(selection: Selection) -> RowFilter:
    """The parameters of the selected unit, or those that read the selected input."""
    if selection.layer == 0:
        return RowFilter(layer=1, kind="weights", source=selection.unit)
    return RowFilter(layer=selection.layer, unit=selection.unit)


_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"pixel\s*\(?\s*(\d+)\s*[,;]\s*(\d+)\s*\)?"), "pixel"),
    (re.compile(r"from(?:\s+unit)?\s+(\d+)"), "from"),
    (re.compile(r"hidden\s+(\d+)"), "hidden"),
    (re.compile(r"layer\s+(\d+)"), "layer"),
    (re.compile(r"unit\s+(\d+)"), "unit"),
    (re.compile(r"input\s+(\d+)"), "input"),
    (re.compile(r"row\s+(\d+)"), "row"),
    (re.compile(r"column\s+(\d+)"), "column"),
    (re.compile(r"output\b"), "output"),
    (re.compile(r"bias(?:es)?\b"), "biases"),
    (re.compile(r"weights?\b"), "weights"),
)
_NOISE = re.compile(r"[\s\N{MIDDLE DOT},.;:]+")


def parse_text(text: str, run: Run) -> tuple[RowFilter, str]:
    """The filter that a text describes, and the part that is not understood.

    A row's own name is a text for which only that row is listed.
    """
    rest = text.strip().lower()
    found = RowFilter()
    while rest:
        piece, length = _phrase_at_start(rest, run)
        if piece is None:
            return found, rest
        found = found.both(piece)
        rest = _NOISE.sub("", rest[length:], count=1) if length < len(rest) else ""
    return found, ""


def _phrase_at_start(text: str, run: Run) -> tuple[RowFilter | None, int]:
    # Longest first, or "x1" would match the start of "x10".
    names = sorted(enumerate(run.dataset.input_names), key=lambda n: -len(n[1]))
    for source, name in names:
        ends = not text[len(name) : len(name) + 1].isalnum()
        if name and ends and text.startswith(name.lower()):
            return RowFilter(layer=1, kind="weights", source=source), len(name)
    noise = _NOISE.match(text)
    if noise:
        return RowFilter(), noise.end()
    for pattern, phrase in _PHRASES:
        match = pattern.match(text)
        if match:
            numbers = [int(group) for group in match.groups()]
            return _filter_of_phrase(phrase, numbers, run), match.end()
    return None, 0


def _filter_of_phrase(phrase: str, numbers: list[int], run: Run) -> RowFilter:
    n_layers = run.spec.n_layers
    if phrase == "hidden":
        is_hidden = 1 <= numbers[0] < n_layers
        return RowFilter(layer=numbers[0], impossible=not is_hidden)
    if phrase == "output":
        return RowFilter(layer=n_layers)
    if phrase == "layer":
        return RowFilter(layer=numbers[0])
    if phrase == "unit":
        return RowFilter(unit=unit_place(numbers[0]))
    if phrase == "biases":
        return RowFilter(kind="biases")
    if phrase == "weights":
        return RowFilter(kind="weights")
    return _filter_of_source(phrase, numbers)


def _filter_of_source(phrase: str, numbers: list[int]) -> RowFilter:
    """Phrases that describe the source of a weight."""
    if phrase == "from":
        return RowFilter(kind="weights", source=unit_place(numbers[0]), from_unit=True)
    if phrase == "input":
        return RowFilter(layer=1, kind="weights", source=numbers[0])
    if phrase == "row":
        return RowFilter(layer=1, kind="weights", row=numbers[0])
    if phrase == "column":
        return RowFilter(layer=1, kind="weights", column=numbers[0])
    return RowFilter(layer=1, kind="weights", row=numbers[0], column=numbers[1])


def listed_ids(run: Run, wanted: RowFilter) -> Ids:
    """Ids of the parameters that pass the filter, ascending."""
    if wanted == RowFilter():
        return np.arange(run.spec.parameter_count, dtype=np.int64)
    parts = [] if wanted.impossible else list(_ids_of_blocks(run, wanted))
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _ids_of_blocks(run: Run, wanted: RowFilter) -> Iterator[Ids]:
    for layer, is_bias, start, _stop in flat_blocks(run.spec):
        if wanted.layer not in (None, layer):
            continue
        n_out, n_in = run.spec.weight_shapes[layer - 1]
        units = _chosen(n_out, wanted.unit)
        if is_bias:
            if wanted.kind != "weights":
                yield start + units
        elif wanted.kind != "biases":
            sources = _sources(run, wanted, layer)
            ids: Ids = (start + units[:, None] * n_in + sources).ravel()
            yield ids


def _sources(run: Run, wanted: RowFilter, layer: int) -> Ids:
    """Inputs of a layer that pass the filter."""
    n_in = run.spec.weight_shapes[layer - 1][1]
    if wanted.from_unit and layer == 1:
        return np.empty(0, dtype=np.int64)
    sources = _chosen(n_in, wanted.source)
    if wanted.row is None and wanted.column is None:
        return sources
    shape = run.dataset.image_shape
    if shape is None or layer != 1:
        return np.empty(0, dtype=np.int64)
    fits = np.ones(len(sources), dtype=bool)
    dataset = run.dataset
    pixels = sources // dataset.channels
    if dataset.has_planes:
        pixels = sources % (shape[0] * shape[1])
    if wanted.row is not None:
        fits &= pixels // shape[1] == wanted.row
    if wanted.column is not None:
        fits &= pixels % shape[1] == wanted.column
    return sources[fits]


def _chosen(count: int, one: int | None) -> Ids:
    if one is None:
        return np.arange(count, dtype=np.int64)
    return np.asarray([one] if 0 <= one < count else [], dtype=np.int64)
