"""The rows of the nudge table: values by parameter id, order, and largest sizes.

Nothing here keeps a Python object per parameter: a network of millions costs its
arrays and one array of ids in order.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from core.arrays import FloatArray
from core.values.network_spec import flat_parts
from core.values.parameter import Parameter
from core.values.words import tr
from gui.panels.nudges.nudge_labels import BORDERS, asked_text, size_in_rms
from gui.panels.nudges.row_filter import Ids
from gui.session.parameter_names import name_of, short_name_of
from gui.session.view_state import Run, View
from gui.style.number_format import full, general, with_decimal_sign
from gui.style.signed_scale import largest_size

NudgeColumn = Literal["parameter", "value", "nudge", "asks for", "change"]
COLUMNS: Final[tuple[NudgeColumn, ...]] = (
    "parameter",
    "value",
    "nudge",
    "asks for",
    "change",
)
TITLES: Final[Mapping[NudgeColumn, str]] = {
    "parameter": tr("Parameter"),
    "value": tr("Value now"),
    "nudge": tr("Nudge"),
    "asks for": tr("Asks for"),
    "change": tr("Change"),
}
Sign = Literal["any", "raise", "lower"]
NO_VALUE: Final = "\N{EM DASH}"


class FlatValues:
    """Params-shaped arrays read by flat id, without copying them together."""

    def __init__(self, parts: Sequence[FloatArray]) -> None:
        self._parts = parts
        lengths = [len(part) for part in self._parts]
        self._starts = [0, *np.cumsum(lengths).tolist()]

    def __len__(self) -> int:
        return int(self._starts[-1])

    def at(self, index: int) -> float:
        """One value."""
        block = bisect_right(self._starts, index) - 1
        return float(self._parts[block][index - self._starts[block]])

    def take(self, ids: Ids) -> FloatArray:
        """(n,) the values of many."""
        together = np.concatenate(self._parts)
        return together if len(ids) == len(together) else together[ids]

    def sizes(self) -> tuple[float, float]:
        """(root of the sum of squares, largest finite |value|).

        The root is NaN when a value is.
        """
        largest = max(map(largest_size, self._parts), default=0.0)
        with np.errstate(over="ignore", invalid="ignore"):
            squares = sum(float(np.dot(part, part)) for part in self._parts)
        if not math.isfinite(squares):
            # float32 overflows at 1e19 squared.
            wide = [part.astype(np.float64) for part in self._parts]
            with np.errstate(invalid="ignore"):
                squares = sum(float(np.dot(part, part)) for part in wide)
        return math.sqrt(squares), largest


@dataclass(frozen=True, slots=True, eq=False)
class NudgeValues:
    """The table's values of one step.

    Attributes:
        run: names the rows.
        step: of the snapshot.
        params: the parameters now.
        gradient: of the current batch; the nudge is its negative.
        previous: the parameters before the step with this batch, None before it is
            taken.
        norm: root of the sum of the gradient's squares.
        largest: largest |nudge|.
    """

    run: Run
    step: int
    params: FlatValues
    gradient: FlatValues
    previous: FlatValues | None
    norm: float
    largest: float

    @property
    def rms(self) -> float:
        """Root mean square of all nudges."""
        return self.norm / math.sqrt(max(1, len(self.gradient)))

    def nudge(self, index: int) -> float:
        return -self.gradient.at(index)

    def change(self, index: int) -> float | None:
        """The change of the newest step, rounded like the parameters."""
        if self.previous is None:
            return None
        # Both are float32, so their difference in float64 is exact.
        return self.params.at(index) - self.previous.at(index)

    def parameter(self, index: int) -> Parameter:
        return Parameter.at_flat_index(self.run.spec, index)

    def name(self, index: int) -> str:
        return name_of(self.run, self.parameter(index))

    def short_name(self, index: int) -> str:
        return short_name_of(self.run, self.parameter(index))


def nudge_values(view: View) -> NudgeValues | None:
    """The table's values of a view, None while it has no gradient."""
    snapshot = view.snapshot
    if snapshot.gradient is None:
        return None
    gradient = FlatValues(flat_parts(view.spec, snapshot.gradient))
    norm, largest = gradient.sizes()
    previous = None
    # The gradient may be that of the next batch, after an edit for instance.
    is_taken = snapshot.batch is None or snapshot.batch.step <= snapshot.step
    if is_taken and snapshot.step > 0 and snapshot.previous_params is not None:
        previous = FlatValues(flat_parts(view.spec, snapshot.previous_params))
    return NudgeValues(
        view.run,
        snapshot.step,
        FlatValues(flat_parts(view.spec, snapshot.params)),
        gradient,
        previous,
        norm,
        largest,
    )


@dataclass(frozen=True, slots=True)
class Order:
    """The order of the rows.

    Attributes:
        column: by which column.
        descending: the largest first.
        by_size: by |value| instead of the signed value.
        sign: list only parameters with a request to raise, or to lower.
    """

    column: NudgeColumn = "nudge"
    descending: bool = True
    by_size: bool = True
    sign: Sign = "any"

    @property
    def is_live(self) -> bool:
        """Whether it depends on values that change with training."""
        return self.column != "parameter" or self.sign != "any"


def ordered_ids(values: NudgeValues, ids: Ids, order: Order) -> Ids:
    """The ids with the order's sign, sorted; NaN last, ties in flat order."""
    if order.sign != "any":
        gradient = values.gradient.take(ids)
        ids = ids[gradient < 0 if order.sign == "raise" else gradient > 0]
    if order.column == "parameter":
        return ids[::-1] if order.descending else ids
    keys = _keys(values, ids, order)
    if order.by_size:
        keys = np.abs(keys)
    if order.descending:
        keys = -keys
    return ids[np.argsort(keys, kind="stable")]


def _keys(values: NudgeValues, ids: Ids, order: Order) -> FloatArray:
    if order.column == "value":
        return values.params.take(ids)
    if order.column == "change":
        if values.previous is None:
            return np.zeros(len(ids), np.float32)
        with np.errstate(over="ignore", invalid="ignore"):
            return values.params.take(ids) - values.previous.take(ids)
    return -values.gradient.take(ids)


def tab_separated(values: NudgeValues, ids: Ids) -> str:
    """The rows with a header, all digits, for a spreadsheet."""
    lines = ["\t".join(("parameter", "value", "nudge", "change"))]
    for name, *numbers in (exact_cells(values, index) for index in ids.tolist()):
        lines.append("\t".join((name, *map(with_decimal_sign, numbers))))
    return "\n".join(lines) + "\n"


def exact_cells(values: NudgeValues, index: int) -> tuple[str, str, str, str]:
    """Name, value, nudge and change with all digits and a plain minus sign."""
    change = values.change(index)
    return (
        values.name(index),
        f"{values.params.at(index):.9g}",
        f"{values.nudge(index):.9g}",
        "" if change is None else f"{change:.9g}",
    )


def tooltip(values: NudgeValues, index: int) -> str:
    """All digits of one row."""
    change = values.change(index)
    return "\n".join(
        (
            values.name(index),
            tr("value {at}", at=full(values.params.at(index))),
            tr("nudge {nudge}", nudge=full(values.nudge(index))),
            tr(
                "asks for: {asked}, as it is {share} times the RMS of all nudges, "
                "{rms}",
                asked=asked_text(values.nudge(index), values.rms),
                share=general(size_in_rms(values.nudge(index), values.rms), 4),
                rms=general(values.rms, 4),
            ),
            BORDERS,
            tr(
                "change {no_value}",
                no_value=NO_VALUE if change is None else full(change),
            ),
        )
    )
