from dataclasses import replace

import numpy as np
import pytest

from core.data.dataset import Dataset
from core.data.digits import cache
from core.data.digits.enlarge import enlarged
from core.experiment.memory import estimate, refusal
from core.experiment.presets import load_preset
from core.protocol.messages import Failed, Start
from core.runner import loading
from tests.core.support.runner_talk import RunnerTalk
from tests.core.support.small_runs import small_dataset

INPUTS, CLASSES = 200 * 200, 10
FREE = (8_000_000_000, 16_000_000_000, 1_000_000_000_000)
"""Whatever the machine has, the preset says the same."""


def digit_like() -> Dataset:
    """Pictures of 28 by 28 that take no time to draw; tests of the core know no Qt."""
    dataset = small_dataset(n_inputs=784)
    names = tuple("0123456789")
    return replace(dataset, class_names=names, output_names=(), image_shape=(28, 28))


def test_the_preset_has_1_6e9_parameters_of_6_4_gigabytes():
    experiment = load_preset("parameters").experiment
    wide = INPUTS * INPUTS + INPUTS + CLASSES * INPUTS + CLASSES
    needed = estimate(experiment, INPUTS, CLASSES)
    assert needed.parameter_count == wide
    assert needed.parameters == pytest.approx(6.4e9, rel=0.001)
    reasons = {refusal(experiment, INPUTS, CLASSES, free) for free in FREE}
    (reason,) = reasons
    assert reason is not None
    assert "1.60e9 parameters need 6.4 GB" in reason


def test_the_runner_refuses_it_before_it_allocates_and_lives_on(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(loading, "free_bytes", lambda _device: 16_000_000_000)
    monkeypatch.setattr(cache, "load_digits", lambda _progress: digit_like())
    talk.runner.post(Start(1, load_preset("parameters").experiment))
    assert "6.4 GB" in talk.wait_for(Failed).reason
    talk.run_id = 1
    talk.start()
    assert talk.take(1).step == 1


def test_an_enlarged_digit_is_the_same_picture():
    small, large = digit_like(), enlarged(digit_like())
    assert large.image_shape == (200, 200)
    picture = large.test.inputs[7].reshape(200, 200)
    original = small.test.inputs[7].reshape(28, 28)
    np.testing.assert_array_equal(np.unique(picture), np.unique(original))
    assert picture[100, 50] == original[14, 7]
    assert large.train.labels.tolist() == small.train.labels.tolist()
