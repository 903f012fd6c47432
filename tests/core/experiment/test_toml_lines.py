"""What is wrong in an experiment file is told with its line and what was meant."""

import pytest

from core.experiment import toml_form
from core.values.errors import ExperimentError

HEAD = "# my experiment\n[data]\nname = 'xor'\n\n[training]\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{HEAD}lerning_rate = 0.5\n",
            "line 6: unknown key 'training.lerning_rate'; "
            "did you mean training.learning_rate?",
        ),
        (
            "training.optimiser = 'sgd'\n",
            "line 1: unknown key 'training.optimiser'; "
            "did you mean training.optimizer?",
        ),
        (
            f"{HEAD}\n[netwrok]\n",
            "line 7: unknown table 'netwrok'; did you mean network?",
        ),
        ("\ndata = 3\n", "line 2: data: is 3, and no table; write [data] on a line"),
        (f"{HEAD}batch_size = -1\n", "line 6: training.batch_size: invalid value -1;"),
        ('[training]\n"l2" = "x"\n', "line 2: training.l2: invalid value 'x';"),
    ],
)
def test_the_line_and_what_was_meant_are_told(text: str, told: str) -> None:
    with pytest.raises(ExperimentError) as refused:
        toml_form.loads(text)
    assert str(refused.value).startswith(told)


def test_a_key_of_the_same_name_in_another_table_is_not_taken_for_it() -> None:
    text = "[data]\nseed = 1\n[training]\nseed = -1\n"
    with pytest.raises(ExperimentError, match=r"^line 4: training\.seed"):
        toml_form.loads(text)


def test_what_stands_in_no_line_is_told_without_one() -> None:
    text = "[network]\noutput = 'softmax'\n[training]\nloss = 'squared-error'\n"
    with pytest.raises(ExperimentError) as refused:
        toml_form.loads(text + "[network.deep]\nx = 1\n")
    assert "network" in str(refused.value)
