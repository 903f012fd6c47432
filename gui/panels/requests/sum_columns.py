"""The columns right of the examples: their mean, and the change of the step."""

import math
from dataclasses import dataclass
from typing import Final, Literal

from core.descriptions.optimizers import OPTIMIZERS
from core.protocol.probe_records import RequestRecord
from core.values.words import tr
from gui.panels.requests.printed_row import Exponents, PrintedRow
from gui.panels.requests.request_table import RequestTable
from gui.style.checked_numbers import scaled_figures, significant
from gui.style.number_format import count, exponent_text, full, general, shortest

NOTHING: Final = "\N{EM DASH}"
_MARK_TIPS: Final = {
    "frozen": tr("This parameter is frozen: training leaves it unchanged"),
    "edited": tr("This parameter was edited after the step"),
}
_MEANS: Final = ("velocity", "mean", "first_moment")
_TIMES: Final = "\N{MULTIPLICATION SIGN}"
SYMBOLS: Final = {
    "momentum": "μ",
    "beta1": "β₁",
    "beta2": "β₂",
    "rms_decay": "ρ",
    "epsilon": "ε",
    "weight_decay": "λ",
}
"""What the formulas call the optimiser's numbers, by their training keys."""
POWER: Final = "ᵗ"
SumKind = Literal[
    "weight", "mean", "penalty", "asked", "applied", "state", "rate", "change"
]
"""A key, so in no language; what people read is the title."""


@dataclass(frozen=True, slots=True)
class SumColumn:
    """A column right of the examples.

    Attributes:
        kind: kind of its values.
        unit: its power of ten, or empty.
        state: which part of the optimiser's memory, for kind "state".
    """

    kind: SumKind
    title: str
    unit: str
    tip: str
    state: int = 0


def sum_columns(table: RequestTable, exponents: Exponents) -> tuple[SumColumn, ...]:
    """The columns for this optimiser and these penalties."""
    requests = exponent_text(exponents.request)
    changes = exponent_text(exponents.change)
    columns = []
    if _reads_weight(table):
        tip = tr("The parameter before the step, of which its penalty or decay is made")
        columns.append(SumColumn("weight", tr("w before"), "", tip))
    is_gradient = table.penalty is None
    tip = tr("Mean over the examples")
    title = tr("mean")
    if is_gradient and not table.is_plain:
        title, tip = tr("mean = −g"), _with_g(tip)
    columns.append(SumColumn("mean", title, requests, tip))
    if table.penalty is not None:
        record = table.record
        penalty = tr(
            "Request of L1 and L2: minus {l1} times the sign of w, minus {l2} times w; "
            "0 for a bias",
            l1=general(record.l1, 6),
            l2=general(record.l2, 6),
        )
        columns.append(SumColumn("penalty", tr("penalty"), requests, penalty))
        both = tr("Mean and penalty together: minus the gradient of the step")
        title = tr("together")
        if not table.is_plain:
            title, both = tr("together = −g"), _with_g(both)
        columns.append(SumColumn("asked", title, requests, both))
    if table.is_plain and table.has_residual:
        rate = general(table.learning_rate, 6)
        tip = tr("The learning rate, {rate}, times minus the gradient", rate=rate)
        columns.append(SumColumn("applied", f"{_TIMES} {rate}", changes, tip))
    for place, state in enumerate(table.states):
        kept = state.description
        tip = tr(
            "State of the optimiser after the step: {kept} {symbol}, {rule}\nIt uses "
            "the gradient g, which is minus the request; {numbers}",
            kept=kept.title,
            symbol=kept.symbol,
            rule=kept.rule,
            numbers=numbers_text(table),
        )
        unit = exponent_text(exponents.states[place])
        columns.append(SumColumn("state", kept.title, unit, tip, place))
    if not table.is_plain:
        tip = tr(
            "Effective rate, by the formula above: the change is minus this times "
            "{along}. The same for every parameter, {learning_rate}, in plain descent.",
            along=_along(table),
            learning_rate=general(table.learning_rate, 6),
        )
        if _decays(table):
            tip += tr("\nBeside that a weight, but no bias, changes by − η λ w.")
        tip += f"\n{numbers_text(table)}"
        columns.append(SumColumn("rate", tr("eff. rate"), "", tip))
    return (*columns, _change_column(table, changes))


def _change_column(table: RequestTable, unit: str) -> SumColumn:
    """In plain descent its title goes on from the mean before it, as in a sum."""
    title = tr("change")
    if table.is_plain and not table.has_residual:
        rate = general(table.learning_rate, 6)
        title = tr("{times} {rate} = change", times=_TIMES, rate=rate)
    tip = tr("Change of the parameter in the step: after minus before, in float32")
    return SumColumn("change", title, unit, tip)


def numbers_text(table: RequestTable) -> str:
    """What the formula of the optimiser reads beside g: "η 0.005, β₁ 0.9, t 2"."""
    record = table.record
    known = OPTIMIZERS[record.optimizer]
    told = [f"η {general(record.learning_rate, 6)}"]
    told += [f"{SYMBOLS[k]} {shortest(record.numbers[k])}" for k in known.numbers]
    if POWER in known.update:
        told.append(f"t {count(own_step(record))}")
    return ", ".join(told)


def own_step(record: RequestRecord) -> int:
    """The step as the optimiser counts it: another one begins at 1 again."""
    return record.count + (0 if record.taken else 1)


def _decays(table: RequestTable) -> bool:
    return "weight_decay" in OPTIMIZERS[table.record.optimizer].numbers


def _reads_weight(table: RequestTable) -> bool:
    """Whether the change depends on the parameter itself."""
    return table.penalty is not None or _decays(table)


def _with_g(tip: str) -> str:
    return tr("{tip}. It is − g, minus the gradient of the formula above", tip=tip)


def effective_rate(table: RequestTable, row: int) -> float | None:
    """What the change is minus so many times of, see `_along`; None before the step."""
    return None if table.change is None else float(table.rates[row])


def _along(table: RequestTable) -> str:
    """What the optimiser goes along: its mean of gradients, or the gradient itself."""
    if table.record.optimizer == "nesterov":
        return "g + μ v"
    for state in table.states:
        if state.description.name in _MEANS:
            return state.description.title
    return tr("the gradient")


def sum_text(
    column: SumColumn,
    table: RequestTable,
    exponents: Exponents,
    printed: PrintedRow,
    row: int,
) -> str:
    """The text of a row in the column."""
    if column.kind == "weight":
        return significant(float(table.weight[row]), 6)
    if column.kind == "state":
        value = float(table.states[column.state].after[row])
        return _figures(value, exponents.states[column.state])
    if column.kind == "rate":
        rate = effective_rate(table, row)
        if rate is None or not math.isfinite(rate):
            return NOTHING
        return significant(rate, 3)
    if column.kind == "change" and table.marks[row]:
        return table.marks[row]
    if column.kind == "change":
        # Before the step it is what it is going to be.
        return printed.change or printed.applied or NOTHING
    if column.kind == "mean" and not table.is_plain:
        return _figures(float(table.mean[row]), exponents.request)
    texts = {
        "mean": printed.mean,
        "penalty": printed.penalty,
        "asked": printed.asked,
        "applied": printed.applied,
    }
    return texts[column.kind] or NOTHING


def _figures(value: float, exponent: int) -> str:
    """So many that the formula of the optimiser can be computed from them."""
    return scaled_figures(value, exponent).strip("\N{FIGURE SPACE}")


def sum_tip(
    column: SumColumn, table: RequestTable, printed: PrintedRow, row: int
) -> str:
    """The exact value, and whether the printed figures agree."""
    lines = [column.tip]
    if column.kind == "state":
        state = table.states[column.state]
        before, after = float(state.before[row]), float(state.after[row])
        lines.append(
            tr(
                "before the step {before}, after it {after}",
                before=full(before),
                after=full(after),
            )
        )
    elif column.kind == "change" and table.marks[row]:
        lines.append(_MARK_TIPS[table.marks[row]])
    elif column.kind == "change" and table.change is not None:
        lines.append(full(float(table.change[row])))
        finest = float(table.unit_in_last_place[row])
        lines.append(
            tr("float32 resolution at this parameter: {finest}", finest=full(finest))
        )
        if table.is_plain and not printed.comes_out:
            product = table.learning_rate * float(table.asked[row])
            lines.append(
                tr("learning rate times request: {product}", product=full(product))
            )
    elif column.kind in ("weight", "mean", "asked", "penalty"):
        values = {
            "weight": table.weight,
            "mean": table.mean,
            "asked": table.asked,
            "penalty": table.penalty,
        }
        chosen = values[column.kind]
        if chosen is not None:
            lines.append(full(float(chosen[row])))
    elif column.kind == "applied":
        lines.append(full(table.learning_rate * float(table.asked[row])))
    return "\n".join(lines)
