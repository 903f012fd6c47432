"""What units, weights and biases are called, the same in every panel."""

import dataclasses

import pytest

from core.data.dataset import Dataset
from core.values.parameter import Parameter, Unit
from gui.session.parameter_names import name_in_layer, name_of, short_name_of
from gui.session.selection import Selection
from gui.session.view_state import Run
from tests.gui.support.sample_views import sample_run

RUN = sample_run()


def clothes_run() -> Run:
    """Three named inputs that are no image, and classes that are no numbers."""
    data = RUN.dataset
    classes = tuple(f"class {letter}" for letter in "abcdefghij")
    named = Dataset("clothes", data.train, data.test, classes, None, ("x1", "x2", "x3"))
    spec = RUN.experiment.network.spec(3, 10)
    return dataclasses.replace(RUN, dataset=named, spec=spec)


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        (Unit(0, 12 * 28 + 7), "pixel (12, 7)"),
        (Unit(1, 5), "hidden 1 · unit 5"),
        (Unit(3, 9), "output · unit 9"),
        (Parameter(1, 5, 12 * 28 + 7), "hidden 1 · unit 5 · pixel (12, 7)"),
        (Parameter(1, 3), "hidden 1 · unit 3 · bias"),
        (Parameter(2, 2, 1), "hidden 2 · unit 2 · from unit 1"),
        (Parameter(3, 9), "output · unit 9 · bias"),
    ],
)
def test_a_name_says_layer_unit_and_pixel_row_first(
    selection: Selection, name: str
) -> None:
    assert name_of(RUN, selection) == name


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        (Unit(0, 1), "x2"),
        (Unit(3, 2), "output · unit 2 (class c)"),
        (Parameter(1, 5, 1), "hidden 1 · unit 5 · x2"),
        (Parameter(3, 2, 4), "output · unit 2 · from unit 4"),
    ],
)
def test_an_output_is_named_with_its_class_and_an_input_by_its_own_name(
    selection: Selection, name: str
) -> None:
    assert name_of(clothes_run(), selection) == name


def test_a_short_name_keeps_every_number() -> None:
    assert short_name_of(RUN, Parameter(1, 5, 12 * 28 + 7)) == "h1 · u5 · (12, 7)"
    assert short_name_of(RUN, Parameter(3, 9, 15)) == "out · u9 · from 15"
    assert short_name_of(RUN, Parameter(2, 4)) == "h2 · u4 · bias"
    assert short_name_of(clothes_run(), Parameter(1, 4, 2)) == "h1 · u4 · x3"


def test_where_the_layer_is_told_only_the_unit_is_named() -> None:
    run = clothes_run()
    names = [name_in_layer(run, Unit(layer, 2)) for layer in range(4)]
    assert names == ["x3", "unit 2", "unit 2", "class c"]
