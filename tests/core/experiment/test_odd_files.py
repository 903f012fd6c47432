"""Experiment files that are no good: one sentence each, at once and within memory."""

import tracemalloc
from pathlib import Path

import pytest

from core.experiment import toml_form
from core.experiment.model import Experiment
from core.experiment.presets import read_experiment
from core.values.errors import ExperimentError

DEEP = "data.inputs = " + "[" * 900 + "]" * 900
HUGE = 10**5000


@pytest.mark.parametrize(
    "text",
    [
        DEEP,
        f"training.seed = {'9' * 5000}",
        f"training.seed = 0x{'f' * 100_000}",
        f"training.learning_rate = {'9' * 400}",
        f"data.inputs = [[{'9' * 400}]]",
        "data.name = 'inline'\ndata.inputs = [[1.0]]\ndata.labels = [10000000]",
        f"network.hidden = {[1] * 3000}",
        f"network.hidden = [{'9' * 4000}]",
        "data.name = '" + "x" * 10**6 + "'",
        "'" + "x" * 10**6 + "' = 1",
    ],
    ids=range(10),
)
def test_an_odd_experiment_is_refused_in_one_sentence(text: str):
    tracemalloc.start()
    try:
        with pytest.raises(ExperimentError) as caught:
            toml_form.loads(text)
        assert tracemalloc.get_traced_memory()[1] < 2**26
    finally:
        tracemalloc.stop()
    said = str(caught.value)
    assert len(said) < 2500
    assert "sys." not in said
    assert "a int" not in said


@pytest.mark.parametrize("key", ["training.seed", "training.l1", "data.noise"])
def test_a_number_too_large_to_be_printed_is_refused(key: str):
    with pytest.raises(ExperimentError, match=key):
        Experiment().with_values({key: HUGE})


def test_a_file_from_notepad_begins_with_a_mark(tmp_path: Path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbf[training]\nseed = 7\n")
    assert read_experiment(path).training.seed == 7


def test_a_file_in_another_encoding_is_told_from_its_byte(tmp_path: Path):
    path = tmp_path / "a.toml"
    path.write_bytes("# größe".encode("latin-1"))
    with pytest.raises(ExperimentError, match="byte 5"):
        read_experiment(path)
