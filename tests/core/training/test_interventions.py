from dataclasses import replace

import jax
import numpy as np
import optax
import pytest

from core.network.numpy.backprop import Backward, backward_pass
from core.network.numpy.costs import target_of
from core.network.numpy.forward import forward_trace
from core.probes.batch import gradient_at
from core.training.run import TrainingRun, to_numpy
from core.values.errors import ExperimentError
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter, Unit
from tests.core.support.small_runs import small_run

WEIGHT = Parameter(1, 2, 3)
BIAS = Parameter(2, 1)


def flat(run: TrainingRun) -> np.ndarray:
    return flatten(to_numpy(run.params))


def take(run: TrainingRun, steps: int) -> None:
    while steps:
        steps -= len(run.advance(steps).losses)


def value(run: TrainingRun, parameter: Parameter) -> float:
    weights, biases = to_numpy(run.params)[parameter.layer - 1]
    if parameter.source is None:
        return float(biases[parameter.unit])
    return float(weights[parameter.unit, parameter.source])


def test_an_edit_changes_its_parameter_and_no_other() -> None:
    run = small_run()
    take(run, 7)
    before = flat(run)
    run.edit_params((Edit(WEIGHT, 0.25), Edit(BIAS, -2.0)))
    assert (value(run, WEIGHT), value(run, BIAS)) == (0.25, -2.0)
    assert np.count_nonzero(flat(run) != before) == 2
    assert run.step == 7
    assert run.edited == {WEIGHT: 7, BIAS: 7}


def test_the_steps_after_an_edit_are_those_from_the_edited_weights() -> None:
    run, other = small_run(optimizer="momentum"), small_run(optimizer="momentum")
    take(run, 3)
    run.edit_params((Edit(WEIGHT, 0.5),))
    edited = to_numpy(run.params)
    gradient = gradient_at(run, run.before_last_step())
    take(run, 1)
    # Momentum by hand: v = 0.9 v + g, w = w - rate * v; v is not touched by an edit.
    take(other, 2)
    earlier = flat(other)
    take(other, 1)
    velocity = 0.9 * (earlier - flat(other)) / 0.1
    expected = flatten(edited) - 0.1 * (velocity + flatten(gradient))
    np.testing.assert_allclose(flat(run), expected, rtol=1e-5, atol=1e-6)


def test_an_edit_that_is_taken_back_leaves_the_same_run() -> None:
    run, untouched = small_run(optimizer="adam"), small_run(optimizer="adam")
    for each in (run, untouched):
        take(each, 5)
    old = value(run, WEIGHT)
    for new in (0.1, 0.2, old):
        run.edit_params((Edit(WEIGHT, new),))
    assert not run.edited
    for each in (run, untouched):
        take(each, 20)
    np.testing.assert_array_equal(flat(run), flat(untouched))


def test_an_edit_is_taken_back_whatever_else_was_changed_at_that_step() -> None:
    run, untouched = small_run(optimizer="adam"), small_run(optimizer="adam")
    for each in (run, untouched):
        take(each, 5)
    old, training = value(run, WEIGHT), run.experiment.training
    run.edit_params((Edit(WEIGHT, 0.0),))
    run.set_frozen(frozenset({WEIGHT}))
    run.change_training(replace(training, learning_rate=0.5))
    assert value(run, WEIGHT) == 0.0
    assert run.edited == {WEIGHT: 5}
    take(run, 3)
    assert value(run, WEIGHT) == 0.0
    run.go_to(5)
    run.go_to(8)
    assert value(run, WEIGHT) == 0.0

    run = small_run(optimizer="adam")
    take(run, 5)
    run.edit_params((Edit(WEIGHT, 0.0),))
    run.set_frozen(frozenset({WEIGHT}))
    run.change_training(replace(training, learning_rate=0.5))
    run.change_training(training)
    run.edit_params((Edit(WEIGHT, old),))
    run.set_frozen(frozenset())
    assert not run.edited
    for each in (run, untouched):
        take(each, 20)
    np.testing.assert_array_equal(flat(run), flat(untouched))


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (Edit(Parameter(3, 0, 9), 1.0), "no weight of layer 3, unit 0 from 9"),
        (Edit(Parameter(0, 0), 1.0), "no bias of layer 0"),
        (Edit(WEIGHT, float("nan")), "invalid value nan"),
        (Edit(WEIGHT, 1e40), "expected a finite float32"),
    ],
)
def test_impossible_edits_are_refused_and_change_nothing(
    edit: Edit, reason: str
) -> None:
    run = small_run()
    before = flat(run)
    with pytest.raises(ExperimentError, match=reason):
        run.edit_params((edit,))
    np.testing.assert_array_equal(flat(run), before)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_frozen_parameters_stay_though_the_optimiser_was_moving_them(
    optimizer: str,
) -> None:
    run = small_run(optimizer=optimizer, l2=0.01)
    take(run, 10)
    run.set_frozen(frozenset({WEIGHT, BIAS}))
    before = flat(run)
    held = value(run, WEIGHT), value(run, BIAS)
    take(run, 30)
    assert (value(run, WEIGHT), value(run, BIAS)) == held
    assert np.count_nonzero(flat(run) == before) == 2
    run.change_training(run.experiment.training.__class__(optimizer="adam"))
    take(run, 10)
    assert (value(run, WEIGHT), value(run, BIAS)) == held
    run.set_frozen(frozenset())
    take(run, 1)
    assert value(run, WEIGHT) != held[0]


def test_a_step_with_frozen_parameters_is_that_of_optax_with_gradient_zero() -> None:
    run = small_run(optimizer="adam")
    take(run, 4)
    run.set_frozen(frozenset({WEIGHT}))
    state = run._now.state
    gradient = gradient_at(run, run.newest)
    gradient = jax.tree.map(np.array, gradient)
    gradient[0][0][2, 3] = 0
    updates, _ = optax.scale_by_adam().update(gradient, state.opt_state)
    updates = jax.tree.map(np.array, updates)
    updates[0][0][2, 3] = 0
    expected = jax.tree.map(
        lambda p, d: np.asarray(p) - np.float32(0.1) * d, state.params, updates
    )
    take(run, 1)
    np.testing.assert_allclose(flat(run), flatten(expected), atol=2e-6)


def test_nothing_frozen_is_the_program_without_a_mask() -> None:
    run = small_run()
    run.set_frozen(frozenset({WEIGHT}))
    assert run._settings.rates.frozen is not None
    run.set_frozen(frozenset())
    assert run._settings.rates.frozen is None


def test_a_held_activation_decides_all_that_comes_after_it() -> None:
    run = small_run()
    params = to_numpy(run.params)
    inputs = np.linspace(0, 1, 6, dtype=np.float32)
    trace = forward_trace(run.spec, params, inputs, {Unit(1, 2): 0.75, Unit(0, 1): 0.5})
    moved = inputs.copy()
    moved[1] = 0.5
    first = np.tanh(params[0][0] @ moved + params[0][1])
    first[2] = 0.75
    second = np.tanh(params[1][0] @ first + params[1][1])
    np.testing.assert_array_equal(trace.inputs, moved)
    np.testing.assert_allclose(trace.activations[0], first, rtol=1e-5)
    np.testing.assert_allclose(trace.activations[1], second, rtol=1e-5)


def test_the_cost_falls_with_a_held_activation_as_its_gradient_says() -> None:
    run = small_run(loss="squared-error")
    params = to_numpy(run.params)
    params = tuple((w.astype(np.float64), b.astype(np.float64)) for w, b in params)
    inputs = np.linspace(0, 1, 6)
    target = target_of(1, 2, "softmax")
    unit = Unit(1, 2)

    def at(value: float) -> Backward:
        return backward_pass(
            run.spec, "squared-error", params, inputs, target, held={unit: value}
        )

    here, h = at(0.3), 1e-6
    slope = (at(0.3 + h).cost - at(0.3 - h).cost) / (2 * h)
    assert here.activation_gradients[0][2] == pytest.approx(slope, rel=1e-6)
    # Nothing goes back through it: its z does not matter any more.
    assert here.deltas[0][2] == 0
    assert here.weight_gradient(1)[2].tolist() == [0] * 6
