"""The sheet of any network: its own numbers, and answers that follow from them."""

import math
from fractions import Fraction

import numpy as np
import pytest

from core.values.network_spec import NetworkSpec
from core.worksheets.model import Diagram
from core.worksheets.network import NetworkNow, network_sheet
from tests.core.worksheets.reading import (
    answers,
    biases,
    half_up,
    number,
    of_kind,
    tables,
    texts,
    weights,
)


def drawn(spec: NetworkSpec) -> NetworkNow:
    rng = np.random.default_rng(3)
    params = tuple(
        (
            rng.normal(size=shape).astype(np.float32),
            rng.normal(size=shape[0]).astype(np.float32),
        )
        for shape in spec.weight_shapes
    )
    return NetworkNow(
        spec, params, rng.normal(size=spec.n_inputs).astype(np.float32), 7
    )


def test_a_small_network_is_computed_as_a_whole() -> None:
    now = drawn(NetworkSpec((2, 3, 2), ("relu", "softmax")))
    sheet = network_sheet("mine", "", 0, now)
    (diagram,) = of_kind(sheet, Diagram)
    w = weights(diagram)
    x = [number(node.value.text) for node in diagram.layers[0] if node.value]
    assert x == [half_up(float(value), 2) for value in now.inputs]
    assert w[1, 2, 1] == half_up(float(now.params[0][0][2, 1]), 2)
    rows = {row[0]: row for row in tables(sheet)[-1]}
    a = x
    for layer, name in ((1, "hidden 1"), (2, "output")):
        b = biases(diagram, layer)
        z = [
            half_up(sum(w[layer, k, j] * v for j, v in enumerate(a)) + b[k], 3)
            for k in range(len(b))
        ]
        printed = [
            [number(v) for v in rows[f"{name}, unit {k}"][2:]] for k in range(len(b))
        ]
        assert [row[0] for row in printed] == z
        a = [max(value, Fraction(0)) for value in z]
        if name == "output":
            powers = [half_up(math.exp(value), 3) for value in z]
            a = [half_up(power / sum(powers), 3) for power in powers]
        assert [row[1] for row in printed] == a
    assert number(answers(sheet)[0]) == now.spec.parameter_count


@pytest.mark.parametrize("seed", range(4))
def test_of_a_large_network_a_unit_is_computed_from_the_strongest(seed: int) -> None:
    now = drawn(NetworkSpec((9, 12, 5), ("tanh", "identity")))
    sheet = network_sheet("mine", "", seed, now)
    *_, contributions = tables(sheet)
    for _, a, w, product in contributions:
        assert number(product) == half_up(number(a) * number(w), 3)
    (diagram,) = of_kind(sheet, Diagram)
    rest = number(texts(sheet)[1].split("contribute ")[1].rstrip("."))
    z = sum(number(row[3]) for row in contributions) + rest + biases(diagram, 1)[0]
    assert number(answers(sheet)[1]) == z
    said = number(answers(sheet)[2])
    assert said in (half_up(math.tanh(z), 3), z)
