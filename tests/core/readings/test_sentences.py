"""Shares in sentences are rounded as everywhere else."""

from dataclasses import replace

import pytest

from core.files.weights import load_weights
from core.readings.opening import first_experiment, read_network
from core.readings.said import NOTHING_SAID
from core.readings.sentences import notes
from core.values.shares import percent_text
from tests.core.support.foreign_networks import load_sample, network


@pytest.mark.parametrize("right", [2405, 2415, 2425, 2435])
def test_a_half_goes_up_in_a_sentence_too(right: int):
    weights = load_weights(network("checkpoint_model_optimizer_epoch.pt"))
    experiment, _ = first_experiment(weights)
    verdict = read_network(weights, experiment, load_sample, NOTHING_SAID).verdict
    assert verdict is not None
    assert verdict.inputs.how == "assumed"
    share = right / 10_000
    taken = replace(verdict.rows[0], accuracy=share)
    said = notes(replace(verdict, rows=(taken, *verdict.rows[1:])))
    assert any(f"{percent_text(share, 1)} of" in text for text in said)
