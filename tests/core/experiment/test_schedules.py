"""Each schedule: by hand, against PyTorch, and as training takes it."""

from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from core.experiment.model import Experiment, TrainingSettings
from core.experiment.rules import SCHEDULES as NAMES
from core.experiment.schedules import SCHEDULES, Plateau, learning_rates
from core.probes.batch import gradient_at
from core.training.run import TrainingRun, to_numpy
from core.values.errors import ExperimentError
from core.values.network_spec import flatten
from tests.core.references import numpy_network, torch_network
from tests.core.references.numpy_optimizers import STEPS
from tests.core.support.small_runs import compilations, small_run

COUNT = 50


def take(run: TrainingRun, steps: int) -> np.ndarray:
    end = run.step + steps
    while run.step < end:
        run.advance(end - run.step)
    return flatten(to_numpy(run.params))


def settings(schedule: str, **numbers: Any) -> TrainingSettings:
    numbers = {"learning_rate": 0.4, "schedule_steps": 20} | numbers
    return TrainingSettings(schedule=schedule, **numbers)


BY_HAND: dict[str, Any] = {
    "constant": lambda t: 0.4,
    "inverse-time": lambda t: 0.4 / (1 + t / 20),
    "step": lambda t: 0.4 * 0.5 ** (t // 20),
    "exponential": lambda t: 0.4 * 0.5 ** (t / 20),
    "cosine": lambda t: 0.2 + 0.2 * (1 + np.cos(np.pi * t / 20)) / 2 if t < 20 else 0.2,
}


@pytest.mark.parametrize("name", BY_HAND)
@pytest.mark.parametrize("warmup", [0, 8])
def test_rates_are_those_of_the_formula(name: str, warmup: int) -> None:
    training = settings(name, schedule_factor=0.5, warmup_steps=warmup)
    found = learning_rates(training, np.arange(COUNT))
    rises = [min(1.0, (t + 1) / warmup) if warmup else 1.0 for t in range(COUNT)]
    wanted = [BY_HAND[name](t) * rise for t, rise in enumerate(rises)]
    np.testing.assert_allclose(found, wanted, rtol=1e-6)


@pytest.mark.parametrize("name", BY_HAND)
def test_fifty_steps_agree_with_the_formulas_by_hand(name: str) -> None:
    numbers = {"learning_rate": 0.4, "schedule_steps": 20, "schedule_factor": 0.5}
    run = small_run(schedule=name, **numbers)
    start, batches = numpy_network.start_of(run), numpy_network.batches_of(run, COUNT)
    rates = [float(BY_HAND[name](t)) for t in range(COUNT)]

    wanted = numpy_network.train(start, batches, STEPS["sgd"], rates)
    np.testing.assert_allclose(take(run, COUNT), wanted, atol=1e-5)


def torch_schedule(torch: Any, name: str) -> Any:
    schedules = torch.optim.lr_scheduler
    return {
        "inverse-time": lambda o: schedules.LambdaLR(o, lambda t: 1 / (1 + t / 20)),
        "step": lambda o: schedules.StepLR(o, 20, gamma=0.5),
        "exponential": lambda o: schedules.ExponentialLR(o, gamma=0.5 ** (1 / 20)),
        "cosine": lambda o: schedules.CosineAnnealingLR(o, COUNT, eta_min=0.2),
        "warm-up": lambda o: schedules.LinearLR(o, 1 / 8, 1.0, total_iters=7),
    }[name]


@pytest.mark.peers
@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("inverse-time", {"schedule": "inverse-time", "schedule_steps": 20}),
        ("step", {"schedule": "step", "schedule_steps": 20}),
        ("exponential", {"schedule": "exponential", "schedule_steps": 20}),
        ("cosine", {"schedule": "cosine", "schedule_steps": COUNT}),
        ("warm-up", {"schedule": "constant", "warmup_steps": 8}),
    ],
)
def test_fifty_steps_agree_with_pytorch(
    torch: ModuleType, name: str, numbers: dict[str, Any]
) -> None:
    run = small_run(learning_rate=0.4, schedule_factor=0.5, **numbers)
    start, batches = numpy_network.start_of(run), numpy_network.batches_of(run, COUNT)
    wanted = torch_network.train(
        torch, start, batches, "sgd", 0.4, torch_schedule(torch, name)
    )
    np.testing.assert_allclose(take(run, COUNT), wanted, atol=1e-5)


LOSSES = [2.0, 1.0, 0.99999, 1.1, 1.05, 0.5, 0.6, 0.6, 0.6, 0.7, 0.49, 0.3]


def test_plateaus_fall_where_the_patience_ends() -> None:
    plateau, falls = Plateau(), []
    for k, loss in enumerate(LOSSES):
        before = plateau.reductions
        plateau = plateau.after(loss, patience=2)
        if plateau.reductions > before:
            falls.append(k)
    # Three epochs without a better one: 0.99999 is not better than 1 by 1e-4.
    assert falls == [4, 8]


@pytest.mark.peers
def test_plateaus_agree_with_pytorch(torch: ModuleType) -> None:
    param = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([param], lr=1.0)
    reference = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, factor=0.5, patience=2
    )
    plateau = Plateau()
    for loss in LOSSES:
        reference.step(loss)
        plateau = plateau.after(loss, patience=2)
        assert optimizer.param_groups[0]["lr"] == 0.5**plateau.reductions


def test_a_change_of_a_schedules_numbers_never_compiles_again() -> None:
    run = small_run(schedule="step")
    take(run, 22)
    compiled = compilations()
    for numbers in (
        {"schedule": "cosine", "schedule_steps": 7},
        {"schedule": "inverse-time", "warmup_steps": 5},
    ):
        training = replace(run.experiment.training, **numbers)  # type: ignore[arg-type]
        run.change_training(training)
        take(run, 22)
    assert compilations() == compiled


def test_the_rate_shown_is_that_of_the_newest_step() -> None:
    run = small_run(schedule="exponential", schedule_steps=10, schedule_factor=0.5)
    assert run.learning_rate == pytest.approx(0.1)
    before = take(run, 11)
    assert run.learning_rate == pytest.approx(0.1 * 0.5)
    after = take(run, 1)
    rate = run.learning_rate
    assert rate == pytest.approx(0.1 * 0.5**1.1)
    gradient = flatten(gradient_at(run, run.before_last_step()))
    np.testing.assert_allclose(after - before, -rate * gradient, rtol=1e-5, atol=3e-7)


def test_a_schedule_begins_where_it_is_chosen() -> None:
    run = small_run()
    take(run, 30)
    training = replace(run.experiment.training, schedule="step", schedule_steps=20)
    run.change_training(training)
    take(run, 20)
    assert run.learning_rate == pytest.approx(0.1)
    take(run, 1)
    assert run.learning_rate == pytest.approx(0.01)


def test_plateaus_of_a_replay_are_those_of_the_run() -> None:
    numbers = {"schedule": "plateau", "schedule_patience": 0, "learning_rate": 3.0}
    run = small_run(schedule_factor=0.5, **numbers)
    rates, states = [], []
    for _ in range(60):
        states.append(take(run, 1))
        rates.append(run.learning_rate)
    assert min(rates) <= 3.0 * 0.5**2
    for step in (59, 25, 40):
        run.go_to(step)
        assert run.learning_rate == rates[step - 1]
        np.testing.assert_array_equal(flatten(to_numpy(run.params)), states[step - 1])


def test_every_schedule_has_words() -> None:
    assert tuple(SCHEDULES) == NAMES


def test_early_stopping_needs_validation_data() -> None:
    with pytest.raises(ExperimentError, match="validation_fraction"):
        Experiment().with_values({"training.early_stopping": 3})


def test_the_momentum_of_the_lectures_is_that_of_a_velocity() -> None:
    """m = -eta v, as long as eta stays: see core.descriptions.optimizers."""
    weights = {name: np.ones(3) for name in ("momentum", "velocity")}
    lectures, v = STEPS["momentum"](), np.zeros(3)
    for t in range(1, 20):
        gradient = np.sin(np.arange(3) + t)
        weights["momentum"] = lectures(weights["momentum"], gradient, t, 0.1)
        v = 0.9 * v + gradient
        weights["velocity"] = weights["velocity"] - 0.1 * v
    np.testing.assert_allclose(weights["momentum"], weights["velocity"], rtol=1e-12)
