"""Three ways to each derivative: they agree where they can, and say where not."""

from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from core.arrays import HostParams
from core.data.load import load_dataset
from core.experiment.presets import load_preset
from core.network.numpy.costs import cost_terms, costs_of, target_of
from core.network.numpy.forward import layer_values
from core.network.numpy.perturbation import moved_costs
from core.protocol.jobs import (
    PROOF_OF_ALL,
    PROOF_OF_ONE,
    BeginJob,
    EndJob,
    JobAdvanced,
    JobEnded,
)
from core.protocol.side_jobs.proofs import (
    OneProof,
    Precision,
    ProofProgress,
    ProofReport,
    ProofTask,
)
from core.side_jobs.proofs import proving
from core.side_jobs.proofs.differences import DerivativeContext
from core.side_jobs.proofs.proving import prove_all, prove_one
from core.training.run import TrainingRun, to_numpy
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter, Unit
from tests.core.support.runner_talk import RunnerTalk
from tests.core.support.small_runs import compilations

SIGMOIDS = NetworkSpec((30, 9, 8, 5), ("sigmoid", "sigmoid", "sigmoid"))


def task_of(
    spec: NetworkSpec = SIGMOIDS,
    loss: str = "squared-error",
    precision: Precision = "float64",
    label: int = 2,
) -> ProofTask:
    rng = np.random.default_rng(5)
    params: HostParams = tuple(
        (
            rng.normal(0, 1 / n_in**0.5, (n_out, n_in)).astype(np.float32),
            rng.normal(0, 0.3, n_out).astype(np.float32),
        )
        for n_out, n_in in spec.weight_shapes
    )
    inputs = rng.uniform(0, 1, spec.n_inputs).astype(np.float32)
    inputs[:4] = 0
    target = target_of(label, spec.n_outputs, spec.activations[-1])
    return ProofTask(
        spec, loss, params, inputs, target.astype(np.float32), label, None, precision
    )


def report_of(task: ProofTask) -> ProofReport:
    *parts, report = prove_all(task)
    assert isinstance(report, ProofReport)
    assert parts[-1] == report.checked
    return report


@pytest.mark.parametrize(
    ("loss", "hidden", "output"),
    [
        ("squared-error", "sigmoid", "sigmoid"),
        ("half-squared-error", "tanh", "tanh"),
        ("squared-error", "tanh", "softmax"),
        ("cross-entropy", "leaky-relu", "softmax"),
        ("cross-entropy", "relu", "sigmoid"),
        ("squared-error", "identity", "identity"),
        ("huber", "gelu", "identity"),
        ("huber", "silu", "tanh"),
        ("cross-entropy", "elu", "softmax"),
        ("cross-entropy", "softplus", "sigmoid"),
    ],
)
def test_every_derivative_of_every_kind_of_network_agrees(
    loss: str, hidden: str, output: str
) -> None:
    spec = NetworkSpec((30, 9, 8, 5), (hidden, hidden, output))
    report = report_of(task_of(spec, loss))
    assert report.total == report.checked == spec.parameter_count == 404
    assert report.disagreeing == 0
    assert report.kinks == 0
    # Nine units times four inputs that are 0, and what hangs on units that are off.
    assert report.zeros >= 36
    assert max(row.autodiff_error for row in report.worst) < 1e-12
    assert len(report.worst) == 10


def test_float32_spoils_the_difference_and_float64_settles_it() -> None:
    parameter = Parameter(2, 3, 4)
    single, double = prove_one(task_of(), parameter)
    assert (single.precision, double.precision) == ("float32", "float64")
    assert double.difference_error < 1e-7
    assert double.autodiff_error < 1e-13
    assert single.difference_error > 100 * double.difference_error
    assert single.explicit == pytest.approx(double.explicit, rel=1e-5)


def test_the_difference_is_that_of_whole_forward_passes() -> None:
    task = task_of()
    parameter = Parameter(1, 6, 17)
    row = prove_one(task, parameter)[1]
    costs = []
    for sign in (1, -1):
        params = [(w.astype(np.float64), b.astype(np.float64)) for w, b in task.params]
        params[0][0][6, 17] += sign * row.step
        z, _ = layer_values(task.spec, tuple(params), task.inputs.astype(np.float64))
        terms = cost_terms(task.loss, "sigmoid", z[-1], task.target)
        costs.append(float(terms.sum()))
    by_hand = (costs[0] - costs[1]) / (2 * row.step)
    assert row.difference == pytest.approx(by_hand, rel=1e-6)


def test_a_wrong_derivative_is_found_and_listed_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = proving.autodiff_gradient

    def wrong(task: ProofTask, precision: Precision) -> object:
        gradient = [[w.copy(), b.copy()] for w, b in right(task, precision)]
        gradient[1][0][3, 4] *= 1.001
        return tuple((w, b) for w, b in gradient)

    monkeypatch.setattr(proving, "autodiff_gradient", wrong)
    report = report_of(task_of())
    assert report.disagreeing == 1
    assert report.worst[0].parameter == Parameter(2, 3, 4)
    assert not report.worst[0].agrees
    assert report.worst[0].autodiff_error == pytest.approx(1e-3, rel=0.01)


def test_the_errors_are_counted_by_decade() -> None:
    report = report_of(task_of())
    counted = report.checked - report.zeros - report.kinks
    assert report.autodiff_errors.sum() == counted
    assert report.difference_errors.sum() == counted
    assert proving.by_decade(np.array([0.5, 0.05, 0.0, np.nan, 3e-17])).tolist() == [
        2,
        *(0,) * 14,
        1,
        1,
        0,
        0,
        1,
    ]


def test_a_relu_that_switches_inside_the_step_is_set_apart() -> None:
    spec = NetworkSpec((1, 1, 2), ("relu", "softmax"))
    f32 = np.float32
    params = (
        (np.ones((1, 1), f32), np.array([-1], f32)),
        (np.array([[1], [2]], f32), np.zeros(2, f32)),
    )
    target = np.array([1, 0], f32)
    task = ProofTask(
        spec, "cross-entropy", params, np.ones(1, f32), target, 0, None, "float64"
    )
    report = report_of(task)
    assert (report.kinks, report.disagreeing) == (2, 0)
    assert all(row.parameter.layer == 2 for row in report.worst)


def test_millions_of_parameters_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "MOST_CHECKED", 300)
    monkeypatch.setattr(proving, "SAMPLE", 100)
    report = report_of(task_of())
    assert (report.checked, report.total, report.disagreeing) == (100, 404, 0)


def test_a_held_activation_lets_nothing_through_in_any_of_the_three_ways() -> None:
    task = replace(task_of(), held={Unit(1, 2): 0.25, Unit(0, 7): 0.5})
    report = report_of(task)
    assert report.disagreeing == 0
    for row in prove_one(task, Parameter(1, 2, 5)):
        assert row.autodiff == row.explicit == row.difference == 0
    assert prove_one(task, Parameter(1, 3, 7))[1].explicit != 0


def test_moving_one_z_costs_what_the_whole_network_says() -> None:
    task = task_of()
    ground = DerivativeContext(task, "float64")
    values = np.array([-2.0, 0.3, 4.0])
    for layer, unit in ((1, 5), (2, 0), (3, 4)):
        costs = moved_costs(ground.base, layer, unit, values)
        here = ground.backward.pre_activations[layer - 1][unit]
        for value, cost in zip(values, costs, strict=True):
            params = [(w.copy(), b.copy()) for w, b in ground.params]
            params[layer - 1][1][unit] += value - here
            z, _ = layer_values(task.spec, tuple(params), ground.backward.inputs)
            terms = cost_terms(task.loss, "sigmoid", z[-1], task.target)
            assert cost == pytest.approx(terms.sum(), rel=1e-12)


def task_of_run(talk: RunnerTalk, parameter: Parameter | None = None) -> ProofTask:
    started, newest = talk.start(), talk.newest
    assert newest is not None
    target = target_of(1, 2, "softmax").astype(np.float32)
    return ProofTask(
        started.spec,
        started.experiment.training.loss,
        newest.params,
        started.dataset.train.network_inputs(0),
        target,
        1,
        parameter,
    )


def results(talk: RunnerTalk, job: int) -> list[object]:
    advanced = talk.of(JobAdvanced)
    return [event.result for event in advanced if event.job_id == job]


def test_a_proof_leaves_the_training_as_it_is(talk: RunnerTalk) -> None:
    task = task_of_run(talk)
    plain = talk.take(30).params
    task = task_of_run(talk)
    talk.take(10)
    compiled = compilations()
    one = replace(task, parameter=Parameter(1, 0, 0))
    talk.runner.post(BeginJob(PROOF_OF_ALL, task))
    talk.runner.post(BeginJob(PROOF_OF_ONE, one))
    talk.wait_until(lambda: len(talk.of(JobEnded)) == 2)
    *progress, report = results(talk, PROOF_OF_ALL)
    (found,) = results(talk, PROOF_OF_ONE)
    assert isinstance(report, ProofReport)
    assert report.checked == task.spec.parameter_count
    assert report.disagreeing == 0
    assert isinstance(progress[0], ProofProgress)
    assert progress[0].total == task.spec.parameter_count
    assert isinstance(found, OneProof)
    assert [row.precision for row in found.rows] == ["float32", "float64"]
    talk.take(10)
    again = talk.take(10).params
    assert compilations() == compiled
    for layer, same in zip(plain, again, strict=True):
        for part, same_part in zip(layer, same, strict=True):
            np.testing.assert_array_equal(part, same_part)
    assert jnp.asarray(np.ones(1)).dtype == np.float32
    assert not jax.config.jax_enable_x64


def test_a_cancelled_proof_gives_no_report(talk: RunnerTalk) -> None:
    task = task_of_run(talk)
    talk.runner.post(BeginJob(PROOF_OF_ALL, task))
    talk.runner.post(EndJob(PROOF_OF_ALL))
    talk.runner.post(BeginJob(PROOF_OF_ONE, replace(task, parameter=Parameter(1, 0))))
    talk.wait_for(JobEnded)
    talk.take(1)
    found = results(talk, PROOF_OF_ALL)
    assert not [result for result in found if isinstance(result, ProofReport)]


@pytest.mark.parametrize("loss", ["hinge", "margin", "absolute-error", "perceptron"])
def test_losses_with_corners_are_judged_beside_their_corners(loss: str) -> None:
    output = {"margin": "softmax", "perceptron": "step"}.get(loss, "identity")
    spec = NetworkSpec((30, 9, 8, 5), ("tanh", "tanh", output))
    task = replace(task_of(spec, loss), rho=0.9)
    report = report_of(task)
    assert report.disagreeing == 0
    assert report.agreeing > 100
    z = np.random.default_rng(1).normal(0, 2, (6, 5))
    batch = costs_of(loss, output, z, task.target, 0.9)
    for row, cost in zip(z, batch, strict=True):
        one = cost_terms(loss, output, row, task.target, rho=0.9)
        assert cost == pytest.approx(one.sum(), rel=1e-12)


def test_the_sigmoid_digits_agree_in_every_one_of_their_13002_derivatives() -> None:
    spec = load_preset("mnist-sigmoid").experiment.network.spec(784, 10)
    report = report_of(task_of(spec, "squared-error"))
    assert (report.checked, report.disagreeing) == (13_002, 0)
    single = report_of(replace(task_of(spec, "squared-error"), precision="float32"))
    assert report.blurred < 300 < 10_000 < single.blurred


@pytest.mark.long
def test_sigmoids_that_were_trained_for_long_are_proved_in_float32_too() -> None:
    """They are far out, where their slope has to keep its digits."""
    experiment = load_preset("mnist-sigmoid").experiment.with_values(
        {"data.name": "digits", "data.path": ""}
    )
    dataset = load_dataset(experiment.data)
    run = TrainingRun(experiment, dataset, jax.devices("cpu")[0])
    while run.step < 20_000:
        run.advance(20_000 - run.step)
    params = to_numpy(run.params)
    for index in (0, 3, 5, 8):
        label = int(dataset.test.labels[index])
        target = target_of(label, run.spec.n_outputs, run.spec.activations[-1])
        task = ProofTask(
            run.spec,
            experiment.training.loss,
            params,
            dataset.test.network_inputs(index),
            target.astype(np.float32),
            label,
            precision="float32",
        )
        assert report_of(task).disagreeing == 0
