import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.data.dataset import Dataset
from core.values.network_spec import flatten
from core.values.parameter import Parameter, Unit
from gui.panels.nudges.nudge_labels import BORDERS, asked_text
from gui.panels.nudges.nudge_rows import (
    FlatValues,
    Order,
    nudge_values,
    ordered_ids,
    tab_separated,
    tooltip,
)
from gui.panels.nudges.row_filter import (
    RowFilter,
    filter_of_selection,
    listed_ids,
    parse_text,
)
from gui.session.parameter_names import name_of
from gui.session.view_state import Run, View
from gui.style import number_format
from gui.style.signed_scale import decimals
from tests.gui.support.sample_views import sample_run, sample_view

VIEW = sample_view()
RUN = VIEW.run
SPEC = RUN.spec
VALUES = nudge_values(VIEW)
assert VALUES is not None
parameters = st.integers(0, SPEC.parameter_count - 1)


def named_inputs_run() -> Run:
    """Twelve inputs x1 to x12 that are no image."""
    run = sample_run()
    data = run.dataset
    names = tuple(f"x{k}" for k in range(1, 13))
    cut = Dataset("points", data.train, data.test, data.class_names, None, names)
    spec = run.experiment.network.spec(12, 10)
    return dataclasses.replace(run, dataset=cut, spec=spec)


NAMED = named_inputs_run()


def name_at(run: Run, index: int) -> str:
    return name_of(run, Parameter.at_flat_index(run.spec, index))


@given(parameters)
def test_an_id_names_the_same_parameter_as_its_place_in_flatten(index: int):
    value = VALUES.parameter(index).value_in(VIEW.params)
    assert value == flatten(VIEW.params)[index] == VALUES.params.at(index)


@given(parameters)
@settings(max_examples=60)
def test_a_rows_own_name_as_filter_leaves_that_row_alone(parameter: int):
    wanted, rest = parse_text(name_at(RUN, parameter), RUN)
    assert rest == ""
    assert listed_ids(RUN, wanted).tolist() == [parameter]


@given(st.integers(0, 12 * 16 + 16 - 1))
@settings(max_examples=60)
def test_the_same_holds_for_named_inputs(parameter: int):
    run = NAMED
    wanted, rest = parse_text(name_at(run, parameter), run)
    assert rest == ""
    assert listed_ids(run, wanted).tolist() == [parameter]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 13_002),
        ("pixel 12,7", 16),
        ("pixel (12, 7) unit 5", 1),
        ("unit 5", 785 + 17 + 17),
        ("hidden 1", 16 * 785),
        ("output", 170),
        ("bias", 42),
        ("weights output", 160),
        ("row 3", 16 * 28),
        ("hidden 2 from 4", 16),
        ("from unit 4", 16 + 10),
        ("bias weight", 0),
        ("hidden 3", 0),
        ("unit 99", 0),
        ("pixel 28,0", 0),
    ],
)
def test_texts_leave_as_many_rows_as_counted_by_hand(text: str, number: int):
    wanted, rest = parse_text(text, RUN)
    assert rest == ""
    assert len(listed_ids(RUN, wanted)) == number


def test_what_is_not_understood_is_handed_back_and_the_rest_holds():
    wanted, rest = parse_text("unit 5 foo", RUN)
    assert rest == "foo"
    assert wanted == RowFilter(unit=5)


def test_the_filter_of_a_unit_lists_its_weights_and_its_bias():
    ids = listed_ids(RUN, filter_of_selection(Unit(2, 3)))
    assert len(ids) == 17
    assert {VALUES.parameter(i).unit for i in ids.tolist()} == {3}


def test_the_filter_of_an_input_lists_the_weights_that_read_it():
    ids = listed_ids(RUN, filter_of_selection(Unit(0, 300)))
    assert [VALUES.parameter(i).source for i in ids.tolist()] == [300] * 16


def test_the_default_order_is_by_size_of_the_nudge_largest_first():
    ids = ordered_ids(VALUES, listed_ids(RUN, RowFilter()), Order())
    sizes = np.abs(flatten(VIEW.snapshot.gradient or ()))[ids]
    assert len(ids) == 13_002
    assert (np.diff(sizes) <= 0).all()


@pytest.mark.parametrize("column", ["value", "nudge", "change"])
@pytest.mark.parametrize("descending", [True, False])
def test_signed_orders_are_those_of_the_shown_numbers(column: str, descending: bool):
    ids = ordered_ids(
        VALUES, listed_ids(RUN, RowFilter()), Order(column, descending, by_size=False)
    )
    read = {
        "value": VALUES.params.at,
        "nudge": VALUES.nudge,
        "change": VALUES.change,
    }[column]
    shown = np.array([read(i) for i in ids.tolist()], dtype=np.float32)
    assert (np.diff(shown) * (-1 if descending else 1) >= 0).all()


def test_a_sign_lists_only_what_is_asked_to_go_that_way():
    raised = ordered_ids(VALUES, listed_ids(RUN, RowFilter()), Order(sign="raise"))
    lowered = ordered_ids(VALUES, listed_ids(RUN, RowFilter()), Order(sign="lower"))
    assert all(VALUES.nudge(i) > 0 for i in raised.tolist())
    assert len(raised) + len(lowered) == 13_002


def test_not_a_number_comes_last_in_both_directions():
    gradient = flatten(VIEW.snapshot.gradient or ()).copy()
    gradient[7] = np.nan
    values = dataclasses.replace(VALUES, gradient=FlatValues([gradient]))
    for down in (True, False):
        ids = ordered_ids(values, listed_ids(RUN, RowFilter()), Order(descending=down))
        assert ids[-1] == 7


def test_equal_values_stay_in_the_flat_order():
    zeros = FlatValues([np.zeros(13_002, np.float32)])
    values = dataclasses.replace(VALUES, gradient=zeros)
    ids = ordered_ids(values, listed_ids(RUN, RowFilter()), Order())
    assert (np.diff(ids) == 1).all()


@given(parameters)
def test_with_sgd_the_change_is_the_learning_rate_times_the_nudge(parameter: int):
    change = VALUES.change(parameter)
    assert change is not None
    expected = VIEW.snapshot.learning_rate * VALUES.nudge(parameter)
    # The parameters are rounded to float32 before and after.
    assert change == pytest.approx(expected, abs=2e-7)


def test_there_is_no_change_before_the_first_step():
    snapshot = dataclasses.replace(VIEW.snapshot, step=0)
    values = nudge_values(dataclasses.replace(VIEW, snapshot=snapshot))
    assert values is not None
    assert values.change(0) is None


def test_the_nudge_is_minus_the_gradient():
    gradient = VIEW.snapshot.gradient
    assert gradient is not None
    assert VALUES.nudge(5 * 784 + 3) == -float(gradient[0][0][5, 3])


def test_without_a_gradient_there_are_no_values():
    snapshot = dataclasses.replace(VIEW.snapshot, gradient=None)
    assert nudge_values(dataclasses.replace(VIEW, snapshot=snapshot)) is None


def test_the_norm_is_that_of_the_whole_gradient():
    flat = flatten(VIEW.snapshot.gradient or ()).astype(np.float64)
    assert VALUES.norm == pytest.approx(np.linalg.norm(flat), rel=1e-5)
    assert VALUES.rms == pytest.approx(np.sqrt(np.mean(flat**2)), rel=1e-5)
    assert VALUES.largest == np.abs(flat).max()


def test_the_norm_survives_squares_beyond_float32():
    values = FlatValues([np.full(4, 1e30, np.float32)])
    assert values.sizes()[0] == pytest.approx(2e30, rel=1e-6)


def test_copied_rows_hold_all_digits_of_a_float32():
    lines = tab_separated(VALUES, np.array([3, 13_001])).splitlines()
    assert lines[0] == "parameter\tvalue\tnudge\tchange"
    name, value, nudge, _change = lines[1].split("\t")
    assert name == "hidden 1 · unit 0 · pixel (0, 3)"
    assert np.float32(value) == np.float32(VALUES.params.at(3))
    assert np.float32(nudge) == np.float32(VALUES.nudge(3))


# --- texts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nudge", "said"),
    [
        (3.0, "raise a lot"),
        (2.9, "raise"),
        (1.0, "raise"),
        (0.9, "raise a little"),
        (0.1, "raise a little"),
        (0.09, "leave"),
        (0.0, "leave"),
        (-0.2, "lower a little"),
        (-1.5, "lower"),
        (-8.0, "lower a lot"),
        (float("nan"), "not a number"),
    ],
)
def test_words_follow_the_stated_multiples_of_the_rms(nudge: float, said: str):
    assert asked_text(2 * nudge, 2.0) == said


def test_nothing_is_asked_where_all_nudges_are_zero():
    assert asked_text(0.0, 0.0) == "leave"


@pytest.mark.parametrize(
    ("largest", "digits"), [(1.0, 3), (0.5, 4), (0.012, 5), (300.0, 2), (1e-12, 9)]
)
def test_decimals_show_the_largest_with_four_digits(largest: float, digits: int):
    assert decimals(largest) == digits


def test_a_view_of_another_size_numbers_its_own_parameters():
    view: View = sample_view(hidden=(3,))
    values = nudge_values(view)
    assert values is not None
    flat = flatten(view.params)
    assert [values.params.at(i) for i in range(len(flat))] == flat.tolist()


def test_the_tip_of_a_row_has_the_numbers_that_its_word_comes_from() -> None:
    index = int(np.argmax(np.abs(VALUES.gradient.take(np.arange(50)))))
    told = tooltip(VALUES, index)
    nudge = VALUES.nudge(index)
    assert asked_text(nudge, VALUES.rms) in told
    share = number_format.general(abs(nudge) / VALUES.rms, 4)
    assert f"as it is {share} times the RMS of all nudges" in told
    assert BORDERS in told
