"""The curves of a line of steps as arrays for a file, and back."""

import math
from collections.abc import Mapping
from typing import Final

import numpy as np

from core.arrays import DoubleArray, FloatArray, HostArray
from core.protocol.saving import NO_CURVE, SoFar
from gui.session.epoch_mistakes import EpochMistakes
from gui.session.line_curves import LineCurves
from gui.session.readings import TestReadings
from gui.session.step_series import Kept, StepSeries
from gui.widgets.plots.epoch_scale import EpochScale

_COLUMNS: Final = ("sums", "lows", "highs", "rest")
Packed = tuple[FloatArray, FloatArray, dict[str, HostArray]]


def packed(line: LineCurves) -> Packed:
    """Losses and accuracies of all steps, and what else is drawn, by names.

    Of a run so long that its steps are kept in buckets, those are what is known.
    """
    marks = (line.best_step, line.first_broken_step)
    told = [len(line.batch_losses), *(-1 if mark is None else mark for mark in marks)]
    curves: dict[str, HostArray] = {
        "told": np.asarray(told, np.float64),
        "tests": line.tests.rows,
        "validations": line.validations.rows,
        "mistakes": line.mistakes.rows,
        "epochs": np.asarray(line.epochs.rows, np.float64).reshape(-1, 3),
    }
    losses = _series(line.batch_losses, "losses", curves)
    return losses, _series(line.batch_accuracies, "accuracies", curves), curves


def _series(series: StepSeries, name: str, curves: dict[str, HostArray]) -> FloatArray:
    kept = series.kept
    if kept.width == 1:
        return kept.sums
    curves[f"{name}.width"] = np.asarray([kept.width], np.float64)
    for column in _COLUMNS:
        curves[f"{name}.{column}"] = getattr(kept, column)
    return NO_CURVE


def unpacked(so_far: SoFar) -> LineCurves:
    """The line again; what does not fit together is left out, as if not known."""
    line = LineCurves()
    for step, training in so_far.trainings:
        line.note_training(step, training)
    curves = so_far.curves
    end, best, broken = _told(curves)
    is_same = end == so_far.end
    line.batch_losses = _restored(so_far.losses, "losses", so_far, is_same=is_same)
    line.batch_accuracies = _restored(
        so_far.accuracies, "accuracies", so_far, is_same=is_same
    )
    line.tests = _readings(curves.get("tests"))
    line.validations = _readings(curves.get("validations"))
    epochs = _rows(curves.get("epochs"), 3)
    line.epochs = EpochScale.restored(epochs.tolist())
    line.best_step, line.first_broken_step = best, broken
    mistakes = _rows(curves.get("mistakes"), 2)
    if is_same and len(mistakes):
        line.mistakes = EpochMistakes.restored(mistakes)
    elif so_far.end:
        line.mistakes = EpochMistakes().until(so_far.end)
    return line


def _told(curves: Mapping[str, HostArray]) -> tuple[int, int | None, int | None]:
    told = curves.get("told")
    if told is None or told.shape != (3,) or told.dtype != np.float64:
        return -1, None, None
    end, best, broken = (int(value) for value in np.nan_to_num(told))
    return end, best if best >= 0 else None, broken if broken >= 0 else None


def _restored(
    known: FloatArray, name: str, so_far: SoFar, *, is_same: bool
) -> StepSeries:
    """A value for each step; NaN where it is not known."""
    columns = [so_far.curves.get(f"{name}.{column}") for column in _COLUMNS]
    width = so_far.curves.get(f"{name}.width")
    if is_same and width is not None and width.shape == (1,):
        arrays = [_values(column) for column in columns]
        kept = Kept(int(np.nan_to_num(width[0])), *arrays)
        if kept.fits and kept.n_steps == so_far.end:
            return StepSeries.restored(kept)
    series = StepSeries()
    series.extend(known[: so_far.end])
    missing = so_far.end - len(series)
    if missing:
        series.extend(np.full(missing, math.nan, np.float32))
    return series


def _values(values: HostArray | None) -> FloatArray:
    if values is None or values.ndim != 1:
        return NO_CURVE
    return np.asarray(values, np.float32)


def _rows(values: HostArray | None, width: int) -> DoubleArray:
    if values is None or values.ndim != 2 or values.shape[1] != width:
        return np.zeros((0, width))
    return np.asarray(values, np.float64)


def _readings(values: HostArray | None) -> TestReadings:
    if values is None or values.ndim != 2 or len(values) != 3:
        return TestReadings()
    return TestReadings.restored(np.asarray(values, np.float64))
