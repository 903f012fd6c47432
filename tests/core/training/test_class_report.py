"""Confusion, precision, recall and calibration, by hand and against scikit-learn."""

import numpy as np
import pytest

from core.training.class_report import calibration_error, class_report


def test_rows_are_labels_and_columns_are_answers() -> None:
    labels = np.array([0, 0, 0, 1, 1, 3], np.int32)
    answers = np.array([0, 1, -1, 1, 1, 0], np.int32)
    report = class_report(labels, answers, 4)
    assert report.confusion.tolist() == [
        [1, 1, 0, 0],
        [0, 2, 0, 0],
        [0, 0, 0, 0],
        [1, 0, 0, 0],
    ]
    assert report.precision == (1 / 2, 2 / 3, None, None)
    assert report.recall == (1 / 3, 1.0, None, 0.0)


def test_the_calibration_error_by_hand() -> None:
    # Two bins: 0.5 and 0.4 with one of two right, 0.9 and 0.7 with both.
    confidence = np.array([0.5, 0.4, 0.9, 0.7], np.float32)
    is_right = np.array([True, False, True, True])
    expected = (abs(1 - 0.9) + abs(2 - 1.6)) / 4
    assert calibration_error(confidence, is_right, bins=2) == pytest.approx(expected)
    assert calibration_error(np.ones(3, np.float32), np.ones(3, bool)) == 0


@pytest.mark.peers
def test_scikit_learn_counts_the_same() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    labels, answers = rng.integers(0, 7, (2, 500)).astype(np.int32)
    report = class_report(labels, answers, 7)
    np.testing.assert_array_equal(
        report.confusion, metrics.confusion_matrix(labels, answers, labels=range(7))
    )
    for ours, theirs in ((report.precision, "precision"), (report.recall, "recall")):
        score = getattr(metrics, f"{theirs}_score")
        np.testing.assert_allclose(ours, score(labels, answers, average=None))
