"""Examples and initial weights that are written in the experiment itself."""

import jax
import numpy as np
import pytest

from core.data.load import load_dataset
from core.experiment import toml_form
from core.experiment.model import DataSettings, Experiment
from core.experiment.rows import MOST_NUMBERS
from core.platform.devices import choose_device
from core.probes.batch import batch_after
from core.training.evaluate import evaluate
from core.training.run import TrainingRun, to_numpy
from core.values.errors import DataError, ExperimentError

INLINE = {"data.name": "inline", "data.inputs": [[1, 2], [3, 4], [5, 6]]}
REAL = {
    **INLINE,
    "data.targets": [[0.5], [1.5], [-2]],
    "network.output": "identity",
    "training.loss": "squared-error",
}
CLASSED = {**INLINE, "data.labels": [0, 1, 0]}


def made(values: dict[str, object], **changes: object) -> Experiment:
    renamed = {key.replace("__", "."): value for key, value in changes.items()}
    return Experiment().with_values({**values, **renamed})


def test_the_examples_come_back_exactly_from_toml() -> None:
    for experiment in (
        made(REAL, data__inputs=[[0.1, 1e-30], [1 / 3, -2.5e29], [7, 8]]),
        made(CLASSED, data__class_names=["no", "yes"]),
        made(REAL, data__test_inputs=[[0, 0]], data__test_targets=[[0.25]]),
        made(
            REAL,
            network__hidden=[2],
            network__initial_weights=[[[0.1, 0.2], [0.3, 0.4]], [[1, 2]]],
            network__initial_biases=[[0.5, 0.6], [0.7]],
        ),
    ):
        assert toml_form.loads(toml_form.dumps(experiment)) == experiment


def test_targets_become_float32_and_have_no_classes() -> None:
    dataset = load_dataset(made(REAL).data)
    assert (dataset.n_inputs, dataset.n_outputs, dataset.n_classes) == (2, 1, 0)
    assert not dataset.has_classes
    assert dataset.output_names == ("y",)
    assert dataset.input_names == ("x1", "x2")
    np.testing.assert_array_equal(
        dataset.train.answers, np.array([[0.5], [1.5], [-2]], np.float32)
    )
    assert dataset.train.labels.tolist() == [-1, -1, -1]
    assert dataset.test is dataset.train


def test_three_points_of_two_coordinates_have_a_place_in_the_plane() -> None:
    dataset = load_dataset(made(REAL).data)
    assert dataset.space is not None
    np.testing.assert_array_equal(
        dataset.space.inputs(dataset.space.train), dataset.train.inputs
    )
    two_outputs = made(REAL, data__targets=[[1, 2], [3, 4], [5, 6]])
    assert load_dataset(two_outputs.data).space is None
    one = made(REAL, data__inputs=[[1, 2]], data__targets=[[1]])
    assert load_dataset(one.data).space is None


def test_labels_make_classes_with_names_or_numbers() -> None:
    dataset = load_dataset(made(CLASSED).data)
    assert dataset.class_names == dataset.output_names == ("0", "1")
    assert dataset.train.answers.tolist() == [0, 1, 0]
    named = load_dataset(made(CLASSED, data__class_names=["a", "b", "c"]).data)
    assert named.class_names == ("a", "b", "c")


def test_the_test_split_is_given_or_a_share_or_the_same() -> None:
    given = made(CLASSED, data__test_inputs=[[0, 1]], data__test_labels=[1])
    dataset = load_dataset(given.data)
    assert dataset.test.inputs.tolist() == [[0, 1]]
    assert dataset.test.answers.tolist() == [1]
    parted = load_dataset(made(REAL, data__train_fraction=0.7).data)
    assert (len(parted.train), len(parted.test)) == (2, 1)
    rows = [*parted.train.inputs.tolist(), *parted.test.inputs.tolist()]
    assert sorted(rows) == [[1, 2], [3, 4], [5, 6]]
    with pytest.raises(DataError, match="leaves none for training"):
        load_dataset(made(REAL, data__train_fraction=0.1).data)


def test_shuffled_targets_are_the_same_ones_for_other_inputs() -> None:
    experiment = made(
        REAL,
        data__inputs=[[k, k] for k in range(9)],
        data__targets=[[k] for k in range(9)],
        data__shuffled_labels=True,
    )
    train = load_dataset(experiment.data).train
    assert train.inputs[:, 0].tolist() == list(range(9))
    shuffled = train.answers[:, 0].tolist()
    assert shuffled != list(range(9))
    assert sorted(shuffled) == list(range(9))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"data.inputs": [[1, 2], [3]]}, "data.inputs: 2 rows of 1 and 2"),
        ({"data.inputs": []}, "data.inputs: 0 rows"),
        ({"data.inputs": [[1, "2"]]}, r"data.inputs: invalid value \[\[1, '2'\]\]"),
        ({"data.inputs": [[1, float("inf")]]}, "no finite number"),
        ({"data.inputs": [[1e31]]}, "data.inputs"),
        ({"data.inputs": [[0] * (MOST_NUMBERS + 1)]}, "at most 20,000"),
        (
            {"data.inputs": [[0] * (MOST_NUMBERS + 1)]},
            r'more are read from a file, with data\.name = "file" and data\.path',
        ),
        ({"data.targets": [[1], [2]]}, "2 values for 3 examples"),
        ({"data.targets": [[1], [2, 3], [4]]}, "rows of equal length"),
        ({"data.labels": [0, 1, 0]}, "both of data.targets and data.labels"),
        ({"data.targets": None}, "neither of data.targets and data.labels"),
        ({"data.class_names": ["a", "b"]}, "only data.labels have classes"),
        ({"data.test_targets": [[1]]}, "needs data.test_inputs"),
        ({"data.test_inputs": [[1]], "data.test_targets": [[1]]}, "rows of 2, as in"),
        ({"data.test_inputs": [[1, 2]], "data.test_labels": [1]}, "leave it out"),
        ({"data.noise": 0.1}, "data.noise: 0.1 cannot be used with inline data"),
        ({"data.name": "xor"}, "is only for data.name 'inline'"),
        ({"data.inputs": None}, "data.name 'inline' needs rows of numbers"),
        ({"network.initial_weights": [[[1, 2]]]}, "1 entries; expected one for each"),
        (
            {"network.hidden": [], "network.initial_weights": [[[1, 2, 3]]]},
            "1 row of 3 for layer 1; expected 1 row of 2 numbers",
        ),
        (
            {"network.hidden": [2], "network.initial_weights": [[[1, 2]], [[1, 2]]]},
            "1 row of 2 for layer 1; expected 2 rows",
        ),
        (
            {"network.hidden": [], "network.initial_biases": [[1, 2]]},
            "2 numbers for the output; expected 1",
        ),
        (
            {
                "network.hidden": [],
                "network.bias": False,
                "network.initial_biases": [[1]],
            },
            "network.bias is false",
        ),
        ({"training.loss": "cross-entropy", "network.output": "sigmoid"}, "0 to 1"),
    ],
)
def test_what_is_not_possible_is_named(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ExperimentError, match=words):
        Experiment().with_values({**REAL, **changes})


def test_labels_have_to_be_of_a_class() -> None:
    with pytest.raises(
        ExperimentError, match=r"data.labels: invalid label 2; .*0 to 1"
    ):
        made(CLASSED, data__labels=[0, 2, 0], data__class_names=["a", "b"])
    with pytest.raises(ExperimentError, match="two or more different names"):
        made(CLASSED, data__labels=[0, 0, 0], data__class_names=["a"])


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(ExperimentError) as error:
        DataSettings(name="inline", inputs=tuple([(float("nan"),)] * 1000))
    assert len(str(error.value)) < 300


def test_targets_that_are_probabilities_go_with_cross_entropy() -> None:
    for output, targets in (
        ("sigmoid", [[0.0], [1.0], [0.25]]),
        ("softmax", [[0.5, 0.5], [1, 0], [0.25, 0.75]]),
    ):
        experiment = made(
            REAL,
            data__targets=targets,
            network__output=output,
            training__loss="cross-entropy",
        )
        run = TrainingRun(experiment, load_dataset(experiment.data), _cpu())
        reading = evaluate(run.program, run.params, run.train_examples)
        outputs = reading.outputs
        assert outputs is not None
        wished = np.asarray(targets, np.float64)
        terms = wished * np.log(outputs)
        if output == "sigmoid":
            terms += (1 - wished) * np.log(1 - outputs)
        assert reading.loss == pytest.approx(-terms.sum(axis=1).mean(), rel=1e-5)


def test_training_on_targets_reads_outputs_and_no_accuracy() -> None:
    experiment = made(
        REAL,
        network__hidden=[8],
        network__activation="tanh",
        training__batch_size=2,
        training__optimizer="adam",
        training__learning_rate=0.02,
    )
    run = TrainingRun(experiment, load_dataset(experiment.data), _cpu())
    before = evaluate(run.program, run.params, run.test_examples)
    for _ in range(400):
        result = run.advance(1)
    assert np.isnan(np.asarray(result.accuracies)).all()
    after = evaluate(run.program, run.params, run.test_examples)
    assert before.accuracy is after.accuracy is None
    assert after.loss < before.loss / 10
    assert after.outputs is not None
    assert run.dataset.train.targets is not None
    squares = (after.outputs - run.dataset.train.targets) ** 2
    assert after.loss == pytest.approx(float(squares.mean()), rel=1e-5)
    batch = batch_after(run, run.before_last_step())
    assert batch.targets is not None
    assert batch.outputs_after is not None
    squares = (batch.outputs_after - batch.targets) ** 2
    np.testing.assert_allclose(batch.losses_after, squares.sum(axis=1), rtol=1e-5)


def test_a_run_begins_with_the_given_weights_and_zero_biases() -> None:
    weights = [[[0.1, 0.2], [0.3, 0.4]], [[1, 2]]]
    experiment = made(
        REAL,
        network__hidden=[2],
        network__initializer="normal",
        network__initial_weights=weights,
    )
    dataset = load_dataset(experiment.data)
    params = to_numpy(TrainingRun(experiment, dataset, _cpu()).params)
    for given, (drawn, biases) in zip(weights, params, strict=True):
        np.testing.assert_array_equal(drawn, np.asarray(given, np.float32))
        assert not np.any(biases)
    with_biases = experiment.with_values({"network.initial_biases": [[5, 6], [7]]})
    params = to_numpy(TrainingRun(with_biases, dataset, _cpu()).params)
    assert [b.tolist() for _, b in params] == [[5, 6], [7]]


def _cpu() -> jax.Device:
    return choose_device("cpu")
