"""The tempered loss is the least that a factor of the logits can make it."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from core.readings.tempered import mean_sum_of_sigmoids, separate_loss, tempered


def loss_at(log_b: float, logits: np.ndarray, columns: np.ndarray) -> float:
    scaled = np.exp(log_b) * logits
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    p = np.exp(scaled) / np.exp(scaled).sum(axis=1, keepdims=True)
    return float(-np.log(p[np.arange(len(p)), columns]).mean())


@pytest.mark.parametrize("scale", [0.01, 0.3, 1.0, 40.0])
def test_the_loss_is_the_least_over_all_factors(scale: float):
    random = np.random.default_rng(3)
    columns = random.integers(0, 5, (3, 200))
    logits = random.normal(size=(3, 200, 5))
    for k in range(3):
        logits[k, np.arange(200), columns[k]] += 0.5 + k
    logits *= scale
    ln_loss, ln_b = tempered(logits, columns)
    for k in range(3):
        found = minimize_scalar(
            loss_at, bounds=(-6.9, 6.9), args=(logits[k], columns[k]), method="bounded"
        )
        assert np.exp(ln_loss[k]) == pytest.approx(found.fun, abs=1e-6)
        assert ln_b[k] == pytest.approx(found.x, abs=1e-3)


def test_logits_that_are_worse_than_chance_are_worth_nothing():
    columns = np.zeros((1, 50), np.int64)
    logits = np.tile([-1.0, 1.0], (1, 50, 1))
    ln_loss, ln_b = tempered(logits, columns)
    assert np.exp(ln_loss[0]) == pytest.approx(np.log(2), abs=2e-3)
    assert ln_b[0] < -6


def test_separate_sigmoids_are_told_by_their_sum():
    columns = np.arange(10)
    logits = np.where(np.eye(10), 3.0, -4.0)
    assert 0.9 < mean_sum_of_sigmoids(logits) < 1.3
    assert mean_sum_of_sigmoids(logits + 6) > 5
    by_hand = np.log1p(np.exp(-3.0)) + 9 * np.log1p(np.exp(-4.0))
    assert np.exp(separate_loss(logits, columns)) == pytest.approx(by_hand)
