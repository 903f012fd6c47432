"""A reference to a unit, weight or bias: its value, and its place among all others."""

import numpy as np
import pytest

from core.arrays import FloatArray
from core.values.network_spec import NetworkSpec, flat_parts
from core.values.parameter import Parameter, Unit

SPECS = [
    NetworkSpec((3, 2, 4), ("relu", "softmax")),
    NetworkSpec((3, 2, 4), ("relu", "softmax"), biases=(False, True)),
    NetworkSpec((1, 1, 5, 1), ("tanh", "tanh", "identity"), biases=(False,) * 3),
]


def numbered(spec: NetworkSpec) -> tuple[tuple[FloatArray, FloatArray], ...]:
    """Params that all differ, so that a value names its place."""
    start, layers = 1.0, []
    for shape in spec.weight_shapes:
        weights = np.arange(start, start + np.prod(shape), dtype=np.float32)
        start += 100
        biases = np.arange(start, start + shape[0], dtype=np.float32)
        start += 100
        layers.append((weights.reshape(shape), biases))
    return tuple(layers)


@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_a_flat_index_leads_to_the_parameter_and_back(spec: NetworkSpec) -> None:
    params = numbered(spec)
    flat = np.concatenate(flat_parts(spec, params))
    for index in range(spec.parameter_count):
        parameter = Parameter.at_flat_index(spec, index)
        assert parameter.is_in(spec)
        assert parameter.flat_index(spec) == index
        assert parameter.value_in(params) == flat[index]


@pytest.mark.parametrize("index", [-1, SPECS[0].parameter_count])
def test_no_parameter_has_an_index_outside_of_the_numbering(index: int) -> None:
    with pytest.raises(IndexError, match="is not in 0 to"):
        Parameter.at_flat_index(SPECS[0], index)


@pytest.mark.parametrize(
    "parameter",
    [
        Parameter(0, 0),
        Parameter(3, 0),
        Parameter(1, 0),
        Parameter(2, 4),
        Parameter(1, 0, 3),
        Parameter(1, -1, 0),
        Parameter(1, 0, -1),
    ],
    ids=str,
)
def test_a_parameter_that_the_network_lacks_has_no_flat_index(
    parameter: Parameter,
) -> None:
    assert not parameter.is_in(SPECS[1])
    with pytest.raises(IndexError, match="The network 3-2-4 has no "):
        parameter.flat_index(SPECS[1])


def test_a_value_is_read_from_weights_by_target_and_source() -> None:
    params = numbered(SPECS[0])
    assert Parameter(2, 3, 1).value_in(params) == params[1][0][3, 1]
    assert Parameter(2, 3).value_in(params) == params[1][1][3]


def test_a_weight_knows_the_units_at_its_ends_and_a_bias_its_own() -> None:
    assert Parameter(2, 3, 1).owner == Unit(2, 3)
    assert Parameter(2, 3, 1).origin == Unit(1, 1)
    assert Parameter(2, 3).owner == Unit(2, 3)
    assert Parameter(2, 3).origin is None


def test_a_unit_and_its_bias_are_not_the_same_reference() -> None:
    assert len({Unit(2, 3), Parameter(2, 3), Parameter(2, 3, 0)}) == 3


def test_outgoing_weights_lead_from_the_unit_and_none_from_an_output() -> None:
    assert Unit(0, 2).outgoing_weights(SPECS[0]) == (
        Parameter(1, 0, 2),
        Parameter(1, 1, 2),
    )
    assert Unit(2, 0).outgoing_weights(SPECS[0]) == ()
