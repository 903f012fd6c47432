"""The data of a network whose file names none."""

import pytest

from core.files.experiment_for_weights import experiment_of
from core.files.weights import WeightsFile
from core.values.errors import FileError
from core.values.network_spec import NetworkSpec


def network(*sizes: int) -> WeightsFile:
    activations = (*["relu"] * (len(sizes) - 2), "softmax")
    return WeightsFile(NetworkSpec(sizes, activations), ())


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ((784, 16, 26), "emnist-letters would: give the folder of the files with "),
        ((784, 8, 784), "an autoencoder's, whose targets are its inputs"),
        ((5, 8, 4), r"1 to 1; open data that fit it before"),
    ],
)
def test_a_network_that_no_data_at_hand_fit_is_told_what_would(
    sizes: tuple[int, ...], said: str
):
    with pytest.raises(FileError, match=said):
        experiment_of(network(*sizes))


def test_a_network_for_digits_gets_the_drawn_ones():
    experiment = experiment_of(network(784, 16, 10))
    assert experiment.data.name == "digits"
    assert experiment.network.hidden == (16,)
