import numpy as np
import pytest

from core.descriptions.optimizers import OPTIMIZERS
from core.experiment.formula import parse_formula
from core.protocol.jobs import BeginJob, JobAdvanced, JobEnded
from core.protocol.side_jobs.race import (
    RACING_RATES,
    STEEP,
    RacePath,
    Racer,
    RaceRequest,
    RaceResult,
)
from core.side_jobs.race.compute import race_in_parts
from core.side_jobs.race.surfaces import OWN_SURFACE, SURFACES, VARIABLES
from core.values.errors import FormulaError
from tests.core.support.runner_talk import RunnerTalk


def raced(request: RaceRequest) -> dict[str, RacePath]:
    (result,) = [r for r in race_in_parts(request) if r is not None]
    return {path.racer.optimizer: path for path in result.paths}


def usual(key: str, steps: int = 300) -> RaceRequest:
    surface = SURFACES[key]
    racers = tuple(
        Racer(name, rate * (surface.rate if name in STEEP else 1.0))
        for name, rate in RACING_RATES.items()
    )
    return RaceRequest(surface.text, surface.start, racers, steps)


@pytest.mark.parametrize("key", list(SURFACES))
def test_the_known_minima_are_minima(key: str):
    surface = SURFACES[key]
    x, y = np.meshgrid(
        np.linspace(*surface.x_range, 401), np.linspace(*surface.y_range, 401)
    )
    lowest = surface.formula(x, y).min()
    for minimum in surface.minima:
        value = surface.formula(*minimum)
        assert value <= lowest + 1e-12
        for a, b in ((1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3)):
            assert surface.formula(minimum[0] + a, minimum[1] + b) > value


def test_beale_and_rosenbrock_have_the_values_of_the_literature():
    assert SURFACES["beale"].formula(3.0, 0.5) == pytest.approx(0)
    assert SURFACES["beale"].formula(0.0, 0.0) == pytest.approx(14.203125)
    assert SURFACES["rosenbrock"].formula(1.0, 1.0) == pytest.approx(0)
    assert SURFACES["rosenbrock"].formula(-1.2, 1.0) == pytest.approx(24.2)


def test_gradient_descent_and_momentum_go_as_by_hand():
    # f = x^2/20 + y^2, so the gradient is (x/10, 2 y).
    racers = (Racer("sgd", 0.3), Racer("momentum", 0.1), Racer("adam", 0.2))
    paths = raced(RaceRequest("x^2/20 + y^2", (-8.0, 1.8), racers, 50))
    scale = np.asarray([0.1, 2.0])
    steps = np.arange(51)[:, None]
    expected = np.asarray([-8.0, 1.8]) * (1 - 0.3 * scale) ** steps
    np.testing.assert_allclose(paths["sgd"].points, expected, rtol=1e-5, atol=1e-6)
    point, velocity = np.asarray([-8.0, 1.8]), np.zeros(2)
    m, v, adam = np.zeros(2), np.zeros(2), np.asarray([-8.0, 1.8])
    for k in range(1, 51):
        velocity = 0.9 * velocity + scale * point
        point = point - 0.1 * velocity
        g = scale * adam
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        adam -= 0.2 * (m / (1 - 0.9**k)) / (np.sqrt(v / (1 - 0.999**k)) + 1e-8)
        np.testing.assert_allclose(
            paths["momentum"].points[k], point, rtol=1e-5, atol=2e-5
        )
        np.testing.assert_allclose(paths["adam"].points[k], adam, rtol=0, atol=8e-5)


def test_the_heights_are_those_of_the_surface():
    for path in raced(usual("beale", 200)).values():
        exact = SURFACES["beale"].formula(*path.points.T.astype(float))
        np.testing.assert_allclose(path.heights, exact, rtol=1e-3, atol=1e-5)


def test_with_the_usual_rates_every_optimiser_comes_down_every_surface():
    for key, surface in SURFACES.items():
        paths = raced(usual(key, 200))
        assert set(paths) == set(OPTIMIZERS)
        lowest = min(float(surface.formula(*place)) for place in surface.minima)
        for name, path in paths.items():
            assert path.ended_at is None, (key, name)
            fallen = (path.heights[0] - path.heights[-1]) / (path.heights[0] - lowest)
            assert fallen > 0.5, (key, name, path.heights[-1])


def test_one_that_diverges_says_where_and_has_no_place_after_it():
    racers = (Racer("sgd", 2.5), Racer("sgd", 0.3))
    request = RaceRequest("x^2/20 + y^2", (-8.0, 1.8), racers, 300)
    (result,) = [r for r in race_in_parts(request) if r is not None]
    wild, calm = result.paths
    assert wild.ended_at is not None
    assert np.isfinite(wild.points[: wild.ended_at]).all()
    assert np.isnan(wild.points[wild.ended_at :]).all()
    assert calm.ended_at is None
    assert not wild.is_undefined


@pytest.mark.parametrize(
    ("text", "start", "rate", "ended_at", "is_undefined"),
    [
        ("x + log(x)", 1.0, 0.6, 1, True),  # steps to 1 - 0.6 * 2 = -0.2
        ("x + log(x)", -1.0, 0.6, 0, True),
        ("sqrt(abs(x))", 0.0, 0.1, 1, True),  # has no slope at 0
        ("x^4", 10.0, 0.1, 3, False),  # 10, -390, 2e7, -4e21, the height of which
        ("exp(x)", 50.0, 1.0, None, False),
    ],
)
def test_a_path_ends_as_undefined_only_where_the_surface_is(
    text: str, start: float, rate: float, ended_at: int | None, *, is_undefined: bool
):
    request = RaceRequest(text, (start, 1.0), (Racer("sgd", rate),), 50)
    path = list(race_in_parts(request))[-1].paths[0]
    assert (path.ended_at, path.is_undefined) == (ended_at, is_undefined)


def test_a_formula_that_cannot_be_read_is_explained():
    request = RaceRequest("x + import", (0.0, 0.0), (Racer("sgd", 0.1),))
    with pytest.raises(FormulaError):
        list(race_in_parts(request))


def test_a_plane_without_slope_moves_nobody():
    path = raced(RaceRequest("3", (1.0, 2.0), (Racer("adam", 0.1),), 5))["adam"]
    np.testing.assert_array_equal(path.points, np.tile([1.0, 2.0], (6, 1)))
    np.testing.assert_array_equal(path.heights, np.full(6, 3.0))


def test_the_own_formula_that_is_suggested_can_be_read():
    assert np.isfinite(parse_formula(OWN_SURFACE.text, VARIABLES)(*OWN_SURFACE.start))


def test_the_runner_runs_a_race_without_a_network(talk: RunnerTalk):
    talk.runner.post(BeginJob(3, usual("valley", 20)))
    talk.wait_for(JobEnded)
    (advanced,) = talk.of(JobAdvanced)
    assert isinstance(advanced.result, RaceResult)
    assert len(advanced.result.paths[0].points) == 21


def test_in_the_long_valley_gradient_descent_crosses_it_again_and_again():
    points = raced(usual("valley", 30))["sgd"].points
    sides = np.sign(points[:11, 1])
    np.testing.assert_array_equal(sides, [(-1) ** k for k in range(11)])
    widths = np.abs(points[:, 1])
    assert np.all(np.diff(widths) < 0)
    assert widths[5] > 0.2 * widths[0]
    for name, path in raced(usual("valley")).items():
        assert np.linalg.norm(path.points[-1]) < 1, name


def test_heights_that_a_float32_has_no_more_still_have_an_order() -> None:
    paths = raced(usual("valley", 500))
    low = {name: float(path.heights[500]) for name, path in paths.items()}
    assert 0 < low["rmsprop"] < 1e-60 < low["sgd"] < 1e-30
    assert min(low, key=lambda name: low[name]) == "rmsprop"
