"""What one example asks for, by the chain rule done by hand."""

import math

import pytest

from core.experiment.presets import load_preset
from core.lessons.actions import parse_action
from core.lessons.errors import ExpressionError
from core.lessons.model import Scene
from tests.core.lessons.plain_network import PlainNetwork


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


@pytest.fixture(scope="module")
def chain() -> PlainNetwork:
    return PlainNetwork(Scene(load_preset("chain").experiment))


def test_requests_slopes_and_the_loss_of_an_example_are_those_of_a_chain_by_hand(
    chain: PlainNetwork,
):
    first = sigmoid(1.5 - 0.5)
    second = sigmoid(-2 * first + 1)
    third = sigmoid(second - 1)
    delta = 2 * (third - 0.9) * third * (1 - third)

    assert chain.value("loss.example") == pytest.approx((third - 0.9) ** 2, rel=1e-5)
    assert chain.value("slope(2,0)") == pytest.approx(second * (1 - second), rel=1e-5)
    assert chain.value("request(3,0,0)") == pytest.approx(-delta * second, rel=1e-5)
    assert chain.value("request(3,0)") == pytest.approx(-delta, rel=1e-5)
    assert chain.value("request.activation(2,0)") == pytest.approx(-delta, rel=1e-5)


def test_what_an_only_example_asks_for_is_what_the_batch_asks_for(chain: PlainNetwork):
    for place in ("(1,0,0)", "(2,0,0)", "(3,0)"):
        asked = chain.value(f"request{place}")
        assert asked == pytest.approx(chain.value(f"nudge{place}"), rel=1e-5)


def test_a_request_is_minus_how_fast_the_loss_of_the_example_rises(chain: PlainNetwork):
    scene = Scene(load_preset("chain").experiment)
    network = PlainNetwork(scene)
    before = network.value("loss.example")
    values = {"network.initial_weights": (((1.5,),), ((-2.0,),), ((1.01,),))}
    moved = PlainNetwork(Scene(scene.experiment.with_values(values)))

    change = (moved.value("loss.example") - before) / 0.01

    assert change == pytest.approx(-chain.value("request(3,0,0)"), rel=0.01)


def test_a_point_that_is_shown_is_run_through_the_network():
    network = PlainNetwork(Scene(load_preset("circle").experiment))

    network.act(parse_action("show point 0.5 -2"))

    assert [network.value(f"a(0,{k})") for k in (0, 1)] == [0.5, -2]
    a = network.value("a(1,0)")
    assert network.value("slope(1,0)") == pytest.approx(1 - a**2, rel=1e-5)
    assert not network.holds("label = 0 or label = 1"), "it has no true class"


@pytest.mark.parametrize("text", ["show point", "show point a b", "show point 1 2 3"])
def test_what_is_no_point_is_refused(text: str):
    with pytest.raises(ExpressionError):
        parse_action(text)
