"""The cases of lectures and films, as presets, with the numbers that must come out."""

from itertools import pairwise

import numpy as np
import pytest

from core.arrays import HostParams
from core.data.load import load_dataset
from core.experiment.presets import load_preset
from core.network.numpy.backprop import backward_pass
from core.network.numpy.forward import forward_trace
from core.platform.devices import choose_device
from core.probes.batch import batch_after, gradient_at
from core.training.evaluate import evaluate
from core.training.run import TrainingRun, to_numpy


def run_of(preset: str, **changes: object) -> TrainingRun:
    experiment = load_preset(preset).experiment.with_values(
        {key.replace("__", "."): value for key, value in changes.items()}
    )
    return TrainingRun(experiment, load_dataset(experiment.data), choose_device("cpu"))


def printed(value: object) -> str:
    return f"{float(np.asarray(value).item()):.2f}"


def test_the_worked_example_comes_out_to_the_printed_digits() -> None:
    run = run_of("worked-example")
    batch = batch_after(run, run.before_last_step())
    assert batch.targets is not None
    params = to_numpy(run.params)
    found = backward_pass(
        run.spec, "half-squared-error", params, batch.inputs[0], batch.targets[0]
    )
    assert printed(found.pre_activations[0]) == "0.38"
    assert printed(found.activations[0]) == "0.59"
    assert printed(found.cost) == printed(batch.losses_before) == "0.12"
    assert printed(found.activation_gradients[0]) == "0.49"
    assert printed(found.slopes[0]) == "0.24"
    assert printed(found.inputs[0]) == "0.50"  # dz/dw1
    gradient = gradient_at(run, run.before_last_step())
    np.testing.assert_allclose(gradient[0][0], found.weight_gradient(1), rtol=1e-6)

    run.advance(1)
    params = to_numpy(run.params)
    assert [printed(w) for w in params[0][0][0]] == ["0.29", "0.34"]
    trace = forward_trace(run.spec, params, batch.inputs[0])
    assert printed(trace.pre_activations[0]) == "0.32"
    assert printed(trace.output) == "0.58"


def test_the_chain_has_three_weights_and_three_biases_and_its_rule_holds() -> None:
    run = run_of("chain")
    assert str(run.spec) == "1-1-1-1"
    assert run.spec.parameter_count == 6
    params = [(float(w.item()), float(b.item())) for w, b in to_numpy(run.params)]
    activation, factors, cost_gradient = 1.0, [], 0.0
    for weight, bias in params:
        before = activation
        activation = 1 / (1 + np.exp(-(weight * before + bias)))
        factors.append((before, activation * (1 - activation), weight))
    cost_gradient = 2 * (activation - 0.9)
    gradient = gradient_at(run, run.before_last_step())
    for layer in (3, 2, 1):
        before, slope, weight = factors[layer - 1]
        by_hand = cost_gradient * slope * before
        assert float(gradient[layer - 1][0].item()) == pytest.approx(by_hand, rel=1e-5)
        bias = float(gradient[layer - 1][1].item())
        assert bias == pytest.approx(cost_gradient * slope, rel=1e-5)
        cost_gradient *= slope * weight
    first = evaluate(run.program, run.params, run.test_examples).loss
    for _ in range(50):
        run.advance(1)
    assert evaluate(run.program, run.params, run.test_examples).loss < first / 100


def layer_norms(gradient: HostParams) -> list[float]:
    """Root mean square of each layer's weight gradient."""
    return [float(np.sqrt(np.mean(w.astype(np.float64) ** 2))) for w, _ in gradient]


def test_the_gradient_vanishes_through_sigmoids_and_relu_with_he_cures_it() -> None:
    vanishing = run_of("vanishing-gradient")
    assert len(vanishing.spec.activations) >= 6
    norms = layer_norms(gradient_at(vanishing, vanishing.before_last_step()))
    assert all(before < after / 2 for before, after in pairwise(norms))
    assert norms[0] < norms[-1] / 1000
    cured = run_of(
        "vanishing-gradient", network__activation="relu", network__initializer="he"
    )
    assert layer_norms(gradient_at(cured, cured.before_last_step()))[0] > norms[-1] / 10
    accuracies = []
    for run in (vanishing, cured):
        while run.step < 300:
            run.advance(300 - run.step)
        accuracies.append(evaluate(run.program, run.params, run.test_examples).accuracy)
    assert accuracies[0] == pytest.approx(0.1, abs=0.05)
    assert (accuracies[1] or 0) > 0.7
