"""The numbers of the table of requests: pure functions of a snapshot and its rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.arrays import HostParams
from core.descriptions.optimizers import OPTIMIZERS, StateDescription
from core.network.numpy.effective_rates import effective_rates
from core.protocol.probe_records import RequestRecord
from core.protocol.snapshot import BatchRecord, Snapshot
from gui.panels.requests.row_choice import BIAS, ListedRows

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RowState:
    """One part of the optimiser's memory, (rows,) before and after the step."""

    description: StateDescription
    before: Doubles
    after: Doubles


@dataclass(frozen=True, slots=True, eq=False)
class RequestTable:
    """All values of the rows, in float64; requests are minus the derivatives.

    Attributes:
        cells: (rows, batch) the request of each example.
        mean: (rows,) of the cells.
        penalty: (rows,) the request of L1 and L2, None when neither is in force.
        asked: (rows,) mean and penalty together: minus the gradient of the step.
        residual: (rows,) what the step's own gradient has in addition, e.g. by dropout.
        change: (rows,) params after minus params before, None before the step.
        weight: (rows,) the parameters before the step.
        unit_in_last_place: (rows,) spacing of float32 numbers at the parameters.
        states: the optimiser's memory.
        rates: (rows,) the optimiser's own rate for each parameter.
        marks: (rows,) "frozen" or "edited" where the change is not the step's and
            is NaN in `change`; else empty.
    """

    run_id: int
    step: int
    rows: ListedRows
    batch: BatchRecord
    record: RequestRecord
    cells: Doubles
    mean: Doubles
    penalty: Doubles | None
    asked: Doubles
    residual: Doubles
    change: Doubles | None
    weight: Doubles
    unit_in_last_place: Doubles
    states: tuple[RowState, ...]
    rates: Doubles
    marks: tuple[str, ...]

    @property
    def learning_rate(self) -> float:
        return self.record.learning_rate

    @property
    def is_plain(self) -> bool:
        """Whether the change is the learning rate times the request."""
        return self.record.optimizer == "sgd"

    @property
    def has_residual(self) -> bool:
        """Whether the step's gradient differs from the requests beyond rounding."""
        scale = np.max(np.abs(self.cells), axis=1, initial=0.0) + np.abs(self.asked)
        with np.errstate(invalid="ignore"):
            return bool(np.any(np.abs(self.residual) > 1e-4 * scale + 1e-30))


def table_of(snapshot: Snapshot, rows: ListedRows) -> RequestTable | None:
    """Read the rows' values; None while the snapshot lacks some of them."""
    record, batch = snapshot.requests, snapshot.batch
    gradient, before = snapshot.gradient, snapshot.previous_params
    if record is None or batch is None or gradient is None or before is None:
        return None
    if len(batch.labels) != len(record.deltas[0]):
        return None
    marks = _marks(snapshot, rows)
    kept = OPTIMIZERS[record.optimizer].states
    with np.errstate(all="ignore"):
        cells = requests_of(record, rows)
        mean = np.mean(cells, axis=1)
        old = values_at(before, rows)
        new = values_at(snapshot.params, rows)
        penalty = _penalty(record, rows, old)
        asked = mean if penalty is None else mean + penalty
        states = tuple(
            RowState(
                description,
                values_at(state.before, rows),
                values_at(state.after, rows),
            )
            for description, state in zip(kept, record.states, strict=True)
        )
        return RequestTable(
            snapshot.run_id,
            snapshot.step,
            rows,
            batch,
            record,
            cells,
            mean,
            penalty,
            asked,
            -values_at(gradient, rows) - asked,
            np.where(np.asarray(marks) == "", new - old, np.nan)
            if record.taken
            else None,
            old,
            _resolution(old, new),
            states,
            _rates(record, states, len(rows)),
            marks,
        )


def _marks(snapshot: Snapshot, rows: ListedRows) -> tuple[str, ...]:
    """Marks "frozen" or "edited" where the user has affected a parameter's change."""
    edited = {p for p, step in snapshot.edited.items() if step == snapshot.step}
    if not edited and not snapshot.frozen:
        return ("",) * len(rows)
    return tuple(
        "frozen" if p in snapshot.frozen else "edited" if p in edited else ""
        for p in rows.parameters()
    )


def _rates(record: RequestRecord, states: tuple[RowState, ...], rows: int) -> Doubles:
    kept = {state.description.name: state.after for state in states}
    rates = effective_rates(
        record.optimizer, record.learning_rate, record.numbers, record.count, kept
    )
    return np.broadcast_to(rates, rows)


def requests_of(record: RequestRecord, rows: ListedRows) -> Doubles:
    """(rows, batch): minus delta times activation; for a bias minus delta."""
    cells = np.empty((len(rows), len(record.deltas[0])), np.float64)
    for layer in np.unique(rows.layer):
        here = np.flatnonzero(rows.layer == layer)
        source = rows.source[here]
        deltas = record.deltas[layer - 1][:, rows.unit[here]].astype(np.float64)
        factors = record.activations[layer - 1][:, np.maximum(source, 0)]
        cells[here] = -(deltas * np.where(source == BIAS, 1.0, factors)).T
    return cells


def values_at(params: HostParams, rows: ListedRows) -> Doubles:
    """(rows,) the rows' own values out of arrays that are shaped like params."""
    values = np.empty(len(rows), np.float64)
    for layer in np.unique(rows.layer):
        here = np.flatnonzero(rows.layer == layer)
        unit, source = rows.unit[here], rows.source[here]
        weights, biases = params[layer - 1]
        weight = weights[unit, np.maximum(source, 0)]
        values[here] = np.where(source == BIAS, biases[unit], weight)
    return values


def _penalty(
    record: RequestRecord, rows: ListedRows, weight: Doubles
) -> Doubles | None:
    """-(l1 sign w + l2 w); biases are not penalised."""
    if record.l1 == 0 and record.l2 == 0:
        return None
    asked = -(record.l1 * np.sign(weight) + record.l2 * weight)
    return np.where(rows.source == BIAS, 0.0, asked)


def _resolution(old: Doubles, new: Doubles) -> Doubles:
    largest = np.maximum(np.abs(old), np.abs(new)).astype(np.float32)
    return np.spacing(np.nan_to_num(largest, posinf=0.0)).astype(np.float64)
