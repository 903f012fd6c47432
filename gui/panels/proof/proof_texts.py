"""The texts of a proof, and the task for a view."""

import math
from typing import Final

import numpy as np

from core.protocol.side_jobs.proofs import (
    TOLERANCES,
    Precision,
    ProofReport,
    ProofRow,
    ProofTask,
)
from core.values.parameter import Parameter
from core.values.words import plural, tr
from gui.session.view_state import View
from gui.style.checked_numbers import significant
from gui.style.number_format import count, counted, plain, power_text

WAYS: Final = (
    (tr("autodiff (JAX)"), "autodiff"),
    (tr("explicit backward pass"), "explicit"),
    (tr("central difference"), "difference"),
)
FIGURES: Final = {"float32": 9, "float64": 13}


def task_of(
    view: View, precision: Precision, parameter: Parameter | None
) -> ProofTask | None:
    """The task for a view; None while the example has no target."""
    target = view.target
    if target is None:
        return None
    return ProofTask(
        view.spec,
        view.run.experiment.training.loss,
        view.params,
        view.example.inputs,
        np.asarray(target, np.float32),
        view.example.label,
        parameter,
        precision,
        view.snapshot.step,
        view.held,
        view.run.experiment.training.rho,
    )


def selected_parameter(view: View) -> Parameter | None:
    """The weight or bias that is selected."""
    selection = view.selection
    return selection if isinstance(selection, Parameter) else None


def headline(report: ProofReport) -> str:
    """How many agree, in one sentence."""
    judged = report.checked - report.kinks
    close = report.agreeing - report.blurred
    power = round(math.log10(TOLERANCES[report.task.precision]))
    tolerance = power_text(power)
    text = tr(
        "{close} of {judged} agree to {tolerance}",
        close=count(close),
        judged=counted(judged, "derivative"),
        tolerance=tolerance,
    )
    if report.blurred:
        text += tr(
            ", {blurred} more within rounding error", blurred=count(report.blurred)
        )
    if report.disagreeing:
        text += plural(
            report.disagreeing,
            "; {disagreeing} does not agree",
            "; {disagreeing} do not agree",
            disagreeing=count(report.disagreeing),
        )
    return f"{text}."


def details(report: ProofReport) -> str:
    """The conditions of the headline."""
    task = report.task
    parts = [
        tr(
            "{precision}, the shown example at step {step}, {seconds} s of computing.",
            precision=task.precision,
            step=count(task.step),
            seconds=plain(report.seconds, 2),
        ),
    ]
    if report.blurred:
        parts.append(
            tr(
                "A difference of two nearly equal costs cannot see slopes that are "
                "smaller than its rounding."
            )
        )
    if report.zeros:
        parts.append(
            plural(
                report.zeros,
                "{zeros} is exactly 0 by all three methods.",
                "{zeros} are exactly 0 by all three methods.",
                zeros=count(report.zeros),
            )
        )
    if report.kinks:
        parts.append(
            plural(
                report.kinks,
                "{kinks} more has a kink inside the step: no derivative there.",
                "{kinks} more have a kink inside the step: no derivative there.",
                kinks=count(report.kinks),
            )
        )
    if report.checked < report.total:
        parts.append(
            tr(
                "A random sample of {checked} of the {total} parameters.",
                checked=count(report.checked),
                total=count(report.total),
            )
        )
    if task.held:
        parts.append(tr("Held activations stay held."))
    return " ".join(parts)


def error_text(error: float) -> str:
    """A relative error with two figures; "equal" when there is none."""
    return tr("equal") if error == 0 else significant(error, 2)


def note(rows: tuple[ProofRow, ...]) -> str:
    """A note on the two precisions of one derivative."""
    if len(rows) < 2:
        return ""
    single, double = rows
    if any(row.crosses_kink for row in rows):
        return tr(
            "A kink lies between w \N{MINUS SIGN} h and w + h: the difference is not "
            "a derivative there."
        )
    if all(row.explicit == row.autodiff == row.difference == 0 for row in rows):
        return tr("Exactly 0 by all three methods: changing it has no effect here.")
    if single.difference_error > 10 * max(double.difference_error, 1e-16):
        times = single.difference_error / max(double.difference_error, 1e-16)
        rounded = round(float(f"{times:.1e}"))
        return tr(
            "The difference subtracts two nearly equal costs: its rounding error is "
            "about {rounded} times as large in float32 as in float64.",
            rounded=count(rounded),
        )
    return ""
