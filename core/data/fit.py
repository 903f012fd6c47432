"""How well numbers are predicted, in their own units."""

from typing import Final, NamedTuple

import numpy as np

from core.arrays import FloatArray
from core.data.dataset import Dataset
from core.values.words import tr

FIGURES: Final = 4
"""Significant digits of a number in its own units."""
_LONGEST: Final = 1e12


class TargetFit(NamedTuple):
    """How well one of several targets is predicted.

    Attributes:
        name: of the target.
        r2: as in Fit, of this target alone.
        rmse: likewise, in its own units.
    """

    name: str
    r2: float | None
    rmse: float


class Fit(NamedTuple):
    """How well the test targets are predicted.

    Attributes:
        r2: 1 minus the squared errors by those of the mean of the test targets; with
            several targets the mean of theirs. None where all values of one are equal,
            and without numbers.
        rmse: root of the mean squared error, in the units of the file; None with
            several targets, whose units differ.
        each: of each target where there are several; else empty.
    """

    r2: float | None
    rmse: float | None
    each: tuple[TargetFit, ...] = ()


def fit_of(dataset: Dataset, outputs: FloatArray | None) -> Fit:
    """The fit of the outputs for all test examples; without numbers there is none."""
    targets = dataset.test.targets
    if targets is None or outputs is None or not np.isfinite(outputs).all():
        return Fit(None, None)
    true, said = dataset.in_own_units(targets), dataset.in_own_units(outputs)
    squares = np.mean((true - said) ** 2, axis=0)
    variances = true.var(axis=0)
    each = tuple(
        TargetFit(
            name,
            float(1 - square / variance) if variance else None,
            float(np.sqrt(square)),
        )
        for name, square, variance in zip(
            dataset.output_names, squares, variances, strict=True
        )
    )
    shares = [target.r2 for target in each if target.r2 is not None]
    r2 = float(np.mean(shares)) if len(shares) == len(each) else None
    if len(each) == 1:
        return Fit(r2, each[0].rmse)
    return Fit(r2, None, each)


def by_target(fit: Fit) -> dict[str, dict[str, float | None]] | None:
    """For a report: r2 and rmse by the names of several targets; else None."""
    if not fit.each:
        return None
    return {t.name: {"r2": t.r2, "rmse": t.rmse} for t in fit.each}


def own_figure(value: float) -> str:
    """A number in the units of a table: "12.35", "188,800"."""
    text = f"{value:.{FIGURES}g}"
    is_long = 10**FIGURES <= abs(value) < _LONGEST
    return f"{float(text):,.0f}" if is_long else text


def fit_text(fit: Fit, of: str = "") -> str:
    """R² and the error in words; empty where there is none.

    Args:
        fit: what is told.
        of: which examples it is of.
    """
    if fit.each:
        return ", ".join(
            tr(
                "for {name} {fit}",
                name=target.name,
                fit=_said(target.r2, target.rmse, of),
            )
            for target in fit.each
        )
    return "" if fit.rmse is None else _said(fit.r2, fit.rmse, of)


def _said(r2: float | None, rmse: float, of: str) -> str:
    name = f"{of} R²".strip()
    share = "" if r2 is None else f"{name} {r2:.4f}, "
    return tr(
        "{share}root mean squared error {rmse}", share=share, rmse=own_figure(rmse)
    )
