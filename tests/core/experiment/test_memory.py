"""What an experiment takes, and when it is refused."""

from typing import NamedTuple

import pytest

from core.experiment import memory
from core.experiment.data_shape import DATA_SHAPES
from core.experiment.inline import INLINE
from core.experiment.memory import Place
from core.experiment.model import Experiment
from core.experiment.rules import DATASETS, FILE, OPTIMIZERS
from core.history.key_frames import KeyFrames

GB = 1_000_000_000


MEASURED_MB = {
    (Place.WINDOW, "sgd"): {512: 495, 1024: 571, 2048: 874, 4096: 1718, 8192: 6094},
    (Place.WINDOW, "adam"): {512: 513, 1024: 652, 2048: 1087, 4096: 1994, 8192: 6563},
    (Place.COMMAND_LINE, "sgd"): {
        512: 154,
        1024: 180,
        2048: 216,
        4096: 348,
        8192: 1274,
    },
    (Place.COMMAND_LINE, "adam"): {
        512: 130,
        1024: 179,
        2048: 272,
        4096: 652,
        8192: 2149,
    },
}
"""Above that of the smallest preset, with two hidden layers of this many units on the
digits: `python -m tests.benchmarks.memory_of_sizes [--optimizer adam]`."""


@pytest.mark.parametrize(("place", "optimizer"), MEASURED_MB)
def test_what_is_told_is_within_a_quarter_of_what_was_measured(
    place: Place, optimizer: str
):
    for n_units, measured in MEASURED_MB[place, optimizer].items():
        experiment = Experiment().with_values(
            {"network.hidden": [n_units, n_units], "training.optimizer": optimizer}
        )
        told = memory.estimate(experiment, 784, 10, place).total / 1e6
        assert 0.75 < told / measured < 1.25, n_units


def test_estimate_counts_every_part_of_784_16_16_10_on_the_command_line():
    experiment = Experiment().with_values({"training.optimizer": "adam"})
    needed = memory.estimate(experiment, 784, 10, Place.COMMAND_LINE)
    once = 4 * 13_002
    assert needed.parameter_count == 13_002
    assert needed.parameters == needed.gradients == once
    assert needed.states == 2 * 3 * once
    assert needed.activations == 4 * 32 * (784 + 2 * (16 + 16 + 10))
    assert needed.data == 3 * 24_000 * 784
    assert needed.key_frames == needed.shown == 0
    parts = (needed.states, needed.gradients, needed.activations, needed.data)
    assert needed.total == sum(parts) + needed.buffers


def test_key_frames_are_counted_as_many_as_are_kept():
    experiment = Experiment().with_values({"network.hidden": [2048, 2048]})
    needed = memory.estimate(experiment, 784, 10)

    class State(NamedTuple):
        step: int

    frames = KeyFrames(lambda: State(0), lambda _: needed.parameters)
    most = 0
    for step in range(1000):
        frames.offer(State(step), 0)
        most = max(most, frames.bytes)
    assert needed.key_frames == most


def test_the_memory_of_a_device_holds_no_pictures_and_no_tables():
    experiment = Experiment().with_values({"network.hidden": [2048, 2048]})
    needed = memory.estimate(experiment, 784, 10)
    free = int(needed.on_device / memory.USABLE_SHARE) + 1
    assert memory.refusal(experiment, 784, 10, free) is not None
    assert memory.refusal(experiment, 784, 10, free, has_own_memory=True) is None


@pytest.mark.parametrize(
    ("name", "copies"),
    [("sgd", 0), ("momentum", 1), ("adagrad", 1), ("adam", 2), ("adamw", 2)],
)
def test_optimizers_keep_that_many_copies(name: str, copies: int):
    experiment = Experiment().with_values({"training.optimizer": name})
    needed = memory.estimate(experiment, 784, 10, Place.COMMAND_LINE)
    assert needed.states == 2 * (1 + copies) * needed.parameters


def test_every_optimizer_and_data_set_is_known():
    assert set(memory.OPTIMIZER_COPIES) == set(OPTIMIZERS)
    assert set(DATA_SHAPES) == set(DATASETS) - {INLINE, FILE}


def test_small_network_is_not_refused():
    assert memory.refusal(Experiment(), 784, 10, GB) is None


def test_refusal_names_parameters_bytes_and_what_is_free():
    experiment = Experiment().with_values(
        {"network.hidden": [20_000, 20_000], "training.optimizer": "adam"}
    )

    reason = memory.refusal(experiment, 784, 10, 12 * GB)

    assert reason == (
        "4.16e8 parameters need 1.7 GB for the weights alone, 41.8 GB while training "
        "with adam in the window, which keeps earlier steps and what it shows; 12.0 GB "
        "are free, of which a run may take 80 %. The command `glassbox train` needs "
        "11.8 GB"
    )
    alone = memory.refusal(experiment, 784, 10, 12 * GB, Place.COMMAND_LINE)
    assert alone is not None
    assert "11.8 GB while training with adam; 12.0 GB are free" in alone


def test_refusal_keeps_a_margin():
    experiment = Experiment()
    total = memory.estimate(experiment, 784, 10).total
    just_enough = int(total / memory.USABLE_SHARE) + 1
    assert memory.refusal(experiment, 784, 10, just_enough) is None
    assert memory.refusal(experiment, 784, 10, total) is not None


def test_refusal_blames_the_batch_when_the_network_itself_fits():
    experiment = Experiment().with_values({"training.batch_size": 1_000_000})
    reason = memory.refusal(experiment, 784, 10, GB)
    assert reason is not None
    assert reason.startswith("A batch of 1,000,000 needs 3.5 GB")


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (999, "999 B"), (2_100_000, "2.1 MB"), (999_960, "1.0 MB")],
)
def test_sizes_are_decimal(size: int, text: str):
    assert memory.bytes_text(size) == text


@pytest.mark.parametrize(
    ("count", "text"), [(13_002, "13,002"), (1_573_000_000, "1.57e9")]
)
def test_counts_are_exact_while_they_can_be_read(count: int, text: str):
    assert memory.count_text(count) == text
