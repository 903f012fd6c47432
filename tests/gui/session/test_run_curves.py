"""Curves that come back from a file are those that went into it."""

import numpy as np
import pytest

from core.experiment.model import TrainingSettings
from core.protocol.messages import Evaluated, Metrics
from core.protocol.saving import SoFar
from gui.session.line_curves import LineCurves
from gui.session.run_curves import packed, unpacked
from gui.session.step_series import StepSeries

SETTINGS = TrainingSettings()


def line_of(steps: int) -> LineCurves:
    """A run whose epochs have ten steps each."""
    line = LineCurves()
    line.note_training(0, SETTINGS)
    rng = np.random.default_rng(0)
    values = rng.random((2, steps), np.float32)
    ends = range(10, steps + 1, 10)
    line.add_batches(Metrics(1, 1, values[0], values[1], ends, (0.5, 0.9)))
    none = np.zeros(0)
    for step in (0, steps // 2, steps):
        line.add_evaluation(
            Evaluated(1, step, 1 / (step + 1), None, none, none)  # type: ignore[arg-type]
        )
    line.epochs.note(steps, steps / 10, 10)
    line.best_step = 7
    return line


def read_again(line: LineCurves, end: int) -> LineCurves:
    losses, accuracies, curves = packed(line)
    return unpacked(SoFar(end, ((0, SETTINGS),), losses, accuracies, curves))


def test_every_curve_comes_back_as_it_was() -> None:
    line = line_of(57)
    again = read_again(line, 57)
    for name in ("batch_losses", "batch_accuracies"):
        was, now = getattr(line, name), getattr(again, name)
        np.testing.assert_array_equal(now.buckets().means, was.buckets().means)
        assert now.newest == was.newest
    np.testing.assert_array_equal(again.tests.rows, line.tests.rows)
    np.testing.assert_array_equal(again.validations.rows, line.validations.rows)
    np.testing.assert_array_equal(again.mistakes.rows, line.mistakes.rows)
    assert again.epochs.pieces == line.epochs.pieces
    assert (again.best_step, again.meanings) == (7, line.meanings)
    more = np.ones(3, np.float32)
    # And goes on as the one before does.
    for one in (line, again):
        one.add_batches(Metrics(1, 58, more, more, range(60, 61)))
    np.testing.assert_array_equal(again.mistakes.rows, line.mistakes.rows)


def test_a_line_that_was_trained_on_elsewhere_keeps_what_is_still_true() -> None:
    losses, accuracies, curves = packed(line_of(20))
    longer = np.append(losses, np.float32([3, 4]))
    again = unpacked(SoFar(22, ((0, SETTINGS),), longer, accuracies, curves))
    assert again.batch_losses.newest == 4
    assert len(again.batch_accuracies) == 22
    assert np.isnan(again.batch_accuracies.newest)
    assert len(again.tests) == 3
    # What the epoch under way had got wrong is not known any more.
    assert again.mistakes.rows[-1].tolist() == [-1, 0]


def test_a_series_in_buckets_comes_back_and_goes_on() -> None:
    series, whole = StepSeries(64), StepSeries(64)
    values = np.random.default_rng(1).random(1000).astype(np.float32)
    for one in (series, whole):
        one.extend(values)
    kept = series.kept
    assert kept.width == 16
    again = StepSeries.restored(kept, 64)
    assert len(again) == 1000
    for one in (again, whole):
        one.extend(values[:24])
    for name in ("means", "lows", "highs"):
        np.testing.assert_array_equal(
            getattr(again.buckets(), name), getattr(whole.buckets(), name)
        )


@pytest.mark.parametrize("shape", [(0,), (2, 2), (1, 3)])
def test_curves_that_do_not_fit_are_taken_as_not_known(shape: tuple[int, ...]) -> None:
    wrong = dict.fromkeys(
        ("told", "tests", "mistakes", "epochs", "losses.width"), np.zeros(shape)
    )
    again = unpacked(SoFar(5, ((0, SETTINGS),), curves=wrong))
    assert len(again.batch_losses) == 5
    assert np.isnan(again.batch_losses.newest)
