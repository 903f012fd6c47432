"""What an experiment takes, and when it is refused."""

import pytest

from core.experiment import memory
from core.experiment.data_shape import DATA_SHAPES
from core.experiment.inline import INLINE
from core.experiment.model import Experiment
from core.experiment.rules import DATASETS, OPTIMIZERS

GB = 1_000_000_000


def test_estimate_counts_every_part_of_784_16_16_10():
    experiment = Experiment().with_values({"training.optimizer": "adam"})

    needed = memory.estimate(experiment, 784, 10)

    assert needed.parameter_count == 13_002
    assert needed.parameters == 4 * 13_002
    assert needed.gradients == 4 * 13_002
    assert needed.optimizer == 2 * 4 * 13_002
    assert needed.activations == 4 * 32 * (784 + 2 * (16 + 16 + 10))
    assert needed.data == 24_000 * 784
    assert needed.total == (4 * 4 * 13_002 + 4 * 32 * (784 + 2 * 42) + 24_000 * 784)


@pytest.mark.parametrize(
    ("name", "copies"),
    [("sgd", 0), ("momentum", 1), ("adagrad", 1), ("adam", 2), ("adamw", 2)],
)
def test_optimizers_keep_that_many_copies(name: str, copies: int):
    experiment = Experiment().with_values({"training.optimizer": name})
    needed = memory.estimate(experiment, 784, 10)
    assert needed.optimizer == copies * needed.parameters


def test_every_optimizer_and_data_set_is_known():
    assert set(memory.OPTIMIZER_COPIES) == set(OPTIMIZERS)
    assert set(DATA_SHAPES) == set(DATASETS) - {INLINE}


def test_small_network_is_not_refused():
    assert memory.refusal(Experiment(), 784, 10, GB) is None


def test_refusal_names_parameters_bytes_and_what_is_free():
    experiment = Experiment().with_values(
        {"network.hidden": [40_000, 40_000], "training.optimizer": "adam"}
    )

    reason = memory.refusal(experiment, 784, 10, 12 * GB)

    assert reason == (
        "1.63e9 parameters need 6.5 GB for the weights alone, 26.1 GB while training "
        "with adam; 12.0 GB are free, of which a run may take 80%"
    )


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
