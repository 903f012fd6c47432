"""One rule says which class is answered, wherever it is asked."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from core.arrays import HostParams
from core.data.load import load_dataset
from core.experiment.model import ONE_OUTPUT
from core.experiment.presets import load_preset
from core.network.jax.losses import share_right
from core.network.numpy.answers import NO_ANSWER
from core.network.numpy.forward import forward_trace
from core.probes.batch import batch_after
from core.protocol.messages import Evaluated
from core.training.evaluate import evaluate
from core.training.run import TrainingRun
from gui.panels.gallery.answer_texts import result_text
from gui.panels.gallery.classified_tiles import ClassifiedTiles
from gui.panels.playground.plane_picture import boundaries, read_classes
from gui.session.responses import ResponseRequest, grid, respond

ENDS = [
    ("step", "perceptron"),
    ("tanh", "squared-error"),
    ("sigmoid", "cross-entropy"),
]
SATURATED: HostParams = (
    (
        np.array([[3.0, 1.0], [4.0, -1.0]], np.float32),
        np.array([80.0, 82.0], np.float32),
    ),
)
"""Both outputs round to 1 everywhere; the second z is larger where x1 - 2 x2 > -2."""
TIED: HostParams = ((np.zeros((2, 2), np.float32), np.zeros(2, np.float32)),)


def run_of(output: str, loss: str, params: HostParams) -> TrainingRun:
    experiment = load_preset("perceptron").experiment.with_values(
        {
            "data.outputs": () if len(params[-1][1]) == 2 else ONE_OUTPUT,
            "network.output": output,
            "training.loss": loss,
            "training.batch_size": 16,
        }
    )
    dataset = load_dataset(experiment.data)
    return TrainingRun(experiment, dataset, jax.devices("cpu")[0], params)


def answers_by_hand(output: str, z: np.ndarray) -> np.ndarray:
    """From z (n, 2): the perceptron's rule corrects whoever is not clearly right."""
    if output == "step":
        return np.select(
            [(z[:, 0] > 0) & (z[:, 1] < 0), (z[:, 1] > 0) & (z[:, 0] < 0)],
            [0, 1],
            NO_ANSWER,
        )
    return np.where(z[:, 1] > z[:, 0], 1, 0)


@pytest.mark.parametrize("params", [SATURATED, TIED], ids=["saturated", "tied"])
@pytest.mark.parametrize(("output", "loss"), ENDS)
def test_every_place_gives_the_same_answer(
    output: str, loss: str, params: HostParams
) -> None:
    run = run_of(output, loss, params)
    test = run.dataset.test
    inputs = test.network_inputs(np.arange(len(test)))
    (weights, biases) = params[0]
    z = inputs @ weights.T + biases
    wanted = answers_by_hand(output, z)
    if params is SATURATED and output != "step":
        assert 0 < np.mean(wanted) < 1
    right = float(np.mean(wanted == test.labels))

    reading = evaluate(run.program, run.params, run.test_examples)
    np.testing.assert_array_equal(reading.predicted, wanted)
    assert reading.accuracy == pytest.approx(right)
    ones = jnp.ones(len(test), jnp.float32)
    share = share_right(jnp.asarray(z), jnp.asarray(test.labels), ones, output)
    assert float(share) == pytest.approx(right)
    traced = [forward_trace(run.spec, params, x).predicted for x in inputs]
    np.testing.assert_array_equal(traced, wanted)

    batch = batch_after(run, run.before_last_step())
    shown = answers_by_hand(output, batch.inputs @ weights.T + biases)
    np.testing.assert_array_equal(batch.predicted_before, shown)
    accuracies = np.asarray(run.advance(1).accuracies)
    assert accuracies[0] == pytest.approx(np.mean(shown == batch.labels))

    told = Evaluated(
        1, 0, reading.loss, reading.accuracy, reading.predicted, reading.confidence
    )
    count = np.count_nonzero(wanted == test.labels)
    assert result_text(run.dataset, told).startswith(f"{count} of {len(test)} correct")
    tiles = ClassifiedTiles(
        run.dataset, np.arange(len(test), dtype=np.int32), told, output
    )
    for k in range(20):
        assert tiles.tile(k).right == (wanted[k] == test.labels[k])


@pytest.mark.parametrize(("output", "loss"), ENDS[1:])
def test_the_plane_is_divided_where_the_largest_z_changes(
    output: str, loss: str
) -> None:
    run = run_of(output, loss, SATURATED)
    space = run.dataset.space
    assert space is not None
    request = ResponseRequest(run.spec, SATURATED, space.features, 2, 25)
    found = respond(request)
    assert np.all(found.output == 1)
    classes, _ = read_classes(found.output, found.z, output)
    (weights, biases) = SATURATED[0]
    z = grid(2, 25).T @ weights.T + biases
    np.testing.assert_array_equal(classes.ravel(), answers_by_hand(output, z))


@pytest.mark.parametrize(("output", "loss"), ENDS)
def test_one_output_gives_the_answer_of_its_sign_at_every_place(
    output: str, loss: str
) -> None:
    weights, biases = np.array([[1.0, -2.0]], np.float32), np.array([2.0], np.float32)
    run = run_of(output, loss, ((weights, biases),))
    test = run.dataset.test
    z = test.network_inputs(np.arange(len(test))) @ weights.T + biases
    wanted = np.where(z[:, 0] > 0, 1, 0)
    assert 0 < np.mean(wanted) < 1

    reading = evaluate(run.program, run.params, run.test_examples)

    np.testing.assert_array_equal(reading.predicted, wanted)
    assert reading.accuracy == np.mean(wanted == test.labels)
    trace = forward_trace(run.spec, ((weights, biases),), test.network_inputs(0))
    assert trace.predicted == wanted[0]
    space = run.dataset.space
    assert space is not None
    request = ResponseRequest(run.spec, ((weights, biases),), space.features, 2, 25)
    responses = respond(request)
    classes, lead = read_classes(responses.output, responses.z, output)
    on_grid = (grid(2, 25).T @ weights.T + biases)[:, 0]
    np.testing.assert_array_equal(classes.ravel(), on_grid > 0)
    sure = {
        "step": np.ones_like(on_grid),
        "tanh": np.abs(np.tanh(on_grid)),
        "sigmoid": np.abs(np.tanh(on_grid / 2)),
    }[output]
    np.testing.assert_allclose(lead.ravel(), sure, atol=1e-5)
    ends = boundaries(responses.z).reshape(-1, 2)
    assert len(ends) > 20


def test_a_perceptron_is_wrong_where_its_rule_corrects_it() -> None:
    run = run_of("step", "perceptron", TIED)
    reading = evaluate(run.program, run.params, run.test_examples)
    assert (reading.loss, reading.accuracy) == (0.0, 0.0)
    assert np.all(reading.predicted == NO_ANSWER)
    before = [np.asarray(a) for layer in run.params for a in layer]
    wrong = 1 - np.asarray(run.advance(1).accuracies)
    after = [np.asarray(a) for layer in run.params for a in layer]
    assert wrong[0] == 1
    assert any(np.any(a != b) for a, b in zip(after, before, strict=True))
