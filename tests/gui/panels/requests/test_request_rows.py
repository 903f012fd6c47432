"""Which rows the table of requests lists, and that its printed figures come out."""

import dataclasses
import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from core.descriptions.optimizers import OPTIMIZERS
from core.values import words
from core.values.network_spec import flatten
from core.values.parameter import Parameter, Unit
from gui.panels.requests.printed_row import exponents_of, print_row
from gui.panels.requests.request_csv import cells_of, headers_of
from gui.panels.requests.request_table import RequestTable, table_of
from gui.panels.requests.request_texts import batch_figures
from gui.panels.requests.row_choice import (
    BIAS,
    ListedRows,
    rows_of_largest,
    rows_of_sample,
    rows_of_unit,
)
from gui.panels.requests.sum_columns import (
    SYMBOLS,
    effective_rate,
    numbers_text,
    sum_columns,
    sum_text,
)
from gui.session.view_state import View
from gui.style.language.pseudo import LONGER, in_pseudo
from gui.style.number_format import MINUS
from gui.style.number_input import parse_number
from tests.gui.support.request_views import plane_dataset, trained, view_of
from tests.translations.plain_words import plain_words


def every_row(view: View) -> ListedRows:
    record = view.snapshot.requests
    assert record is not None
    parts = [
        rows_of_unit(view.spec, record, Unit(layer, unit))
        for layer in range(1, view.spec.n_layers + 1)
        for unit in range(view.spec.layer_sizes[layer])
    ]
    joined = [np.concatenate([getattr(p, k) for p in parts]) for k in PLACES]
    return ListedRows(*joined, of=len(joined[0]))


PLACES = ("layer", "unit", "source")


def table(view: View, rows: ListedRows) -> RequestTable:
    made = table_of(view.snapshot, rows)
    assert made is not None
    return made


def number(text: str) -> Fraction:
    return Fraction(text.replace(MINUS, "-"))


def is_rounded(exact: Fraction, text: str) -> bool:
    """Whether the text is the exact value rounded to its own last digit."""
    decimals = len(text.partition(".")[2])
    return abs(exact - number(text)) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    "training",
    [
        {"learning_rate": 0.1},
        {"learning_rate": 0.03, "l1": 0.001, "l2": 0.01},
        {"learning_rate": 0.7, "loss": "squared-error", "batch_size": 7},
    ],
)
def test_the_printed_figures_of_every_parameter_come_out(training: dict[str, object]):
    view = view_of(trained(hidden=(6, 5), dataset=plane_dataset(), **training))
    shown = table(view, every_row(view))
    exponents = exponents_of(shown)
    rate = Fraction(str(training["learning_rate"]))
    shift = Fraction(10) ** (exponents.request - exponents.change)
    for row in range(len(shown.rows)):
        printed = print_row(shown, exponents, row)
        assert printed.comes_out
        cells = [number(printed.cell(place)) for place in range(len(shown.cells[0]))]
        assert is_rounded(sum(cells) / len(cells), printed.mean)
        if printed.penalty:
            total = number(printed.mean) + number(printed.penalty)
            assert total == number(printed.asked)
        assert is_rounded(rate * number(printed.asked) * shift, printed.change)
        assert printed.applied == printed.change


def test_the_change_printed_is_the_step_in_the_weights():
    view = view_of(trained())
    shown = table(view, every_row(view))
    exponents = exponents_of(shown)
    before = view.snapshot.previous_params
    assert before is not None
    for row in (0, 3, 500, 12_000):
        layer, unit, source = (int(getattr(shown.rows, k)[row]) for k in PLACES)
        part = 1 if source == BIAS else 0
        place = unit if source == BIAS else (unit, source)
        new = float(view.params[layer - 1][part][place])
        old = float(before[layer - 1][part][place])
        text = print_row(shown, exponents, row).change
        exact = Fraction(new - old) / Fraction(10) ** exponents.change
        assert is_rounded(exact, text)


def test_nearly_every_row_of_a_network_for_images_comes_out():
    view = view_of(trained(learning_rate=0.02))
    shown = table(view, every_row(view))
    exponents = exponents_of(shown)
    rows = range(0, len(shown.rows), 7)
    assert all(print_row(shown, exponents, row).comes_out for row in rows)


def test_rows_of_a_unit_are_its_bias_and_all_weights_dead_pixels_last():
    view = view_of(trained())
    record = view.snapshot.requests
    assert record is not None
    unit = int(np.argmax(np.mean(np.abs(record.deltas[0]), axis=0)))
    rows = rows_of_unit(view.spec, record, Unit(1, unit))
    assert len(rows) == rows.of == 785
    assert rows.source[0] == BIAS
    assert sorted(rows.source[1:]) == list(range(784))
    cells = table(view, rows).cells
    sizes = np.mean(np.abs(cells), axis=1)[1:]
    assert np.all(np.diff(sizes) <= 1e-9)
    dead = ~record.activations[0].any(axis=0)
    assert dead.any()
    assert cells[1:30].any(axis=1).all()
    assert not cells[-int(dead.sum()) :].any()


def test_the_largest_rows_are_those_of_the_whole_gradient():
    view = view_of(trained())
    gradient = view.snapshot.gradient
    assert gradient is not None
    rows = rows_of_largest(view.spec, gradient, 16)
    sizes = np.sort(np.abs(flatten(gradient)))[::-1][:300]
    shown = np.abs(table(view, rows).asked)
    np.testing.assert_allclose(shown, sizes, rtol=1e-3, atol=1e-7)
    assert rows.of == view.spec.parameter_count == 13_002


def test_a_sample_has_no_row_that_nobody_asks_to_change():
    view = view_of(trained())
    record = view.snapshot.requests
    assert record is not None
    rows = rows_of_sample(view.spec, record, 3)
    assert set(rows.layer) == {1, 2, 3}
    places = set(zip(rows.layer, rows.unit, rows.source, strict=True))
    assert len(places) == len(rows) == 60
    live = table(view, rows).cells.any(axis=1)
    assert live.mean() > 0.5


def test_a_row_is_found_by_its_selection():
    view = view_of(trained(dataset=plane_dataset()))
    rows = every_row(view)
    for row in (0, 5, len(rows) - 1):
        assert rows.find(rows.parameter(row)) == row
    assert rows.find(Unit(1, 2)) is None
    assert rows.find(Parameter(9, 0, 0)) is None


@pytest.mark.parametrize("optimizer", sorted(set(OPTIMIZERS) - {"sgd"}))
def test_other_optimisers_show_what_they_keep_and_their_rate(optimizer: str):
    view = view_of(trained(dataset=plane_dataset(), optimizer=optimizer))
    shown = table(view, every_row(view))
    exponents = exponents_of(shown)
    columns = sum_columns(shown, exponents)
    titles = [state.title for state in OPTIMIZERS[optimizer].states]
    headers = [column.title for column in columns]
    decays = "weight_decay" in OPTIMIZERS[optimizer].numbers
    weight = ["w before"] if decays else []
    assert headers == [*weight, "mean = −g", *titles, "eff. rate", "change"]
    row = int(np.argmax(np.abs(shown.asked)))
    rate = effective_rate(shown, row)
    assert rate is not None
    assert shown.change is not None
    means = ("velocity", "mean", "first_moment")
    along = [s.after for s in shown.states if s.description.name in means]
    gradient = along[0][row] if along else -shown.asked[row]
    if optimizer == "nesterov":
        gradient = 0.9 * along[0][row] - shown.asked[row]
    # What decays the weights beside is small against the largest change.
    assert -rate * gradient == pytest.approx(shown.change[row], rel=2e-3)
    printed = print_row(shown, exponents, row)
    texts = [sum_text(c, shown, exponents, printed, row) for c in columns]
    assert all(texts)
    assert "\N{EM DASH}" not in texts


def test_a_rate_is_that_of_the_formula_where_float32_rounds_the_change_away():
    view = view_of(trained(dataset=plane_dataset(), optimizer="rmsprop"))
    record = view.snapshot.requests
    assert record is not None
    tiny = tuple((1e-7 * w, 1e-7 * b) for w, b in record.states[0].after)
    states = (dataclasses.replace(record.states[0], after=tiny),)
    record = dataclasses.replace(record, states=states, learning_rate=3e-12)
    still = dataclasses.replace(
        view.snapshot, requests=record, params=view.snapshot.previous_params
    )
    shown = table_of(still, every_row(view))
    assert shown is not None
    assert shown.change is not None
    assert not shown.change.any()
    row = int(np.argmax(shown.states[0].after))
    by_hand = 3e-12 / (math.sqrt(shown.states[0].after[row]) + 1e-8)
    assert effective_rate(shown, row) == pytest.approx(by_hand)


@pytest.mark.parametrize("optimizer", ["adagrad", "rmsprop"])
def test_the_rate_of_every_row_can_be_computed_from_its_printed_state(optimizer: str):
    view = view_of(trained(dataset=plane_dataset(), optimizer=optimizer))
    shown = table(view, every_row(view))
    exponents = exponents_of(shown)
    columns = sum_columns(shown, exponents)
    (state,) = (c for c in columns if c.kind == "state")
    (column,) = (c for c in columns if c.kind == "rate")
    for row in range(len(shown.rows)):
        printed = print_row(shown, exponents, row)
        texts = [sum_text(c, shown, exponents, printed, row) for c in (state, column)]
        kept, rate = (parse_number(text) for text in texts)
        if kept:
            root = math.sqrt(kept * 10.0 ** exponents.states[0])
            by_hand = shown.learning_rate / (root + 1e-8)
            assert rate == pytest.approx(by_hand, rel=0.015), texts


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_before_the_first_step_no_optimiser_has_a_rate(optimizer: str):
    view = view_of(trained(dataset=plane_dataset(), optimizer=optimizer, steps=0))
    shown = table(view, every_row(view))
    assert effective_rate(shown, 0) is None


def test_momentum_makes_its_change_of_the_velocity():
    view = view_of(
        trained(dataset=plane_dataset(), optimizer="momentum", learning_rate=0.05)
    )
    shown = table(view, every_row(view))
    (state,) = shown.states
    np.testing.assert_allclose(state.after, 0.9 * state.before - shown.asked, atol=1e-6)
    assert shown.change is not None
    np.testing.assert_allclose(shown.change, -0.05 * state.after, rtol=1e-5, atol=3e-7)


def test_frozen_and_edited_parameters_say_so_instead_of_a_change():
    view = view_of(trained(dataset=plane_dataset()))
    snapshot = dataclasses.replace(
        view.snapshot,
        frozen=frozenset({Parameter(1, 3)}),
        edited={Parameter(1, 3, 1): view.snapshot.step, Parameter(1, 4): 1},
    )
    rows = every_row(view)
    shown = table_of(snapshot, rows)
    assert shown is not None
    exponents = exponents_of(shown)
    column = sum_columns(shown, exponents)[-1]
    wished = {
        Parameter(1, 3): "frozen",
        Parameter(1, 3, 1): "edited",
    }
    for chosen, text in wished.items():
        row = rows.find(chosen)
        assert row is not None
        printed = print_row(shown, exponents, row)
        assert sum_text(column, shown, exponents, printed, row) == text
        assert printed.applied
    other = rows.find(Parameter(1, 4))
    assert other is not None
    assert shown.marks[other] == ""


def test_requests_that_are_not_those_of_the_step_are_told():
    view = view_of(trained(dataset=plane_dataset()))
    shown = table(view, every_row(view))
    assert not shown.has_residual
    gradient = tuple((2 * w, 2 * b) for w, b in view.snapshot.gradient or ())
    other = dataclasses.replace(view.snapshot, gradient=gradient)
    strange = table_of(other, shown.rows)
    assert strange is not None
    assert strange.has_residual


def test_the_effective_rate_of_momentum_is_the_learning_rate():
    view = view_of(
        trained(dataset=plane_dataset(), optimizer="momentum", learning_rate=0.05)
    )
    shown = table(view, every_row(view))
    moved = np.flatnonzero(np.abs(shown.states[0].after) > 1e-3)
    rates = [effective_rate(shown, int(row)) for row in moved]
    np.testing.assert_allclose(rates, 0.05, rtol=1e-3)


@pytest.fixture
def longer() -> Iterator[None]:
    words.speak(lambda source, _count: in_pseudo(LONGER, source))
    yield
    words.speak(None)


@pytest.mark.usefixtures("longer")
@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_every_column_has_its_figures_in_any_language(optimizer: str) -> None:
    view = view_of(trained(optimizer=optimizer, l2=1e-3))
    shown = table(view, every_row(view))
    exponents = exponents_of(shown)
    printed = print_row(shown, exponents, 0)
    columns = sum_columns(shown, exponents)
    titles = [column.title for column in columns if column.kind != "state"]
    assert [title for title in titles if plain_words(title)] == []
    assert all(sum_text(c, shown, exponents, printed, 0) for c in columns)
    assert "[ɱéàñ]" in [column.title for column in columns]


@pytest.mark.parametrize("l2", [0.0, 1e-2])
@pytest.mark.parametrize("optimizer", sorted(set(OPTIMIZERS) - {"sgd"}))
def test_a_row_and_the_numbers_of_the_header_give_its_change(
    optimizer: str, l2: float
) -> None:
    run = trained(dataset=plane_dataset(), optimizer="sgd", steps=2)
    settings = run.experiment.training
    run.change_training(dataclasses.replace(settings, optimizer=optimizer, l2=l2))
    for _ in range(3):
        run.advance(1)
    shown = table(view_of(run), every_row(view_of(run)))
    (told,) = [one.name for one in batch_figures(shown) if one.at_end]
    assert told.startswith("each row, g = −together" if l2 else "each row, g = −mean")
    said = dict(part.split(" ") for part in numbers_text(shown).split(", "))
    assert numbers_text(shown) in told
    numbers = {symbol: parse_number(text) for symbol, text in said.items()}
    assert numbers.get("t", 3) == 3  # of its own steps, not of the run's
    row = int(np.argmax(np.abs(shown.asked)))
    columns = sum_columns(shown, exponents_of(shown))
    kinds = {column.kind for column in columns}
    weight = shown.weight[row] if "weight" in kinds else 0.0
    is_bias = shown.rows.parameter(row).is_bias
    made = change_by_hand(
        optimizer,
        numbers,
        -float(shown.asked[row]),
        [float(state.before[row]) for state in shown.states],
        0.0 if is_bias else float(weight),
    )
    assert shown.change is not None
    assert made == pytest.approx(shown.change[row], rel=2e-3)
    headers = headers_of(shown)
    assert len(set(headers)) == len(headers)
    cells = cells_of(shown, tuple("" for _ in range(len(shown.rows))), row)
    assert "-0" not in cells
    saved = dict(zip(headers, cells, strict=True))
    told_in_file = {
        symbol: float(saved[key]) for key, symbol in SYMBOLS.items() if key in saved
    }
    told_in_file |= {"η": float(saved["learning rate"])}
    told_in_file |= {"t": float(saved["optimiser step"])}
    assert change_by_hand(
        optimizer,
        told_in_file,
        -float(saved["mean and penalty" if l2 else "mean"]),
        [float(saved[h]) for h in headers if h.startswith("state") and "before" in h],
        0.0 if is_bias else float(saved["value before"]),
    ) == pytest.approx(float(saved["change"]), rel=1e-4, abs=1e-8)


def change_by_hand(
    name: str, n: dict[str, float], g: float, kept: list[float], w: float
) -> float:
    """As the formula of the header says."""
    eta = n["η"]
    if name == "momentum":
        return -eta * (n["μ"] * kept[0] + g)
    if name == "nesterov":
        return -eta * (g + n["μ"] * (n["μ"] * kept[0] + g))
    if name == "averaged-momentum":
        mean = n["μ"] * kept[0] + (1 - n["μ"]) * g
        return -eta * (mean + n["λ"] * w)
    if name == "adagrad":
        return -eta * g / (math.sqrt(kept[0] + g * g) + n["ε"])
    if name == "rmsprop":
        squares = n["ρ"] * kept[0] + (1 - n["ρ"]) * g * g
        return -eta * g / (math.sqrt(squares) + n["ε"])
    first = n["β₁"] * kept[0] + (1 - n["β₁"]) * g
    second = n["β₂"] * kept[1] + (1 - n["β₂"]) * g * g
    root = math.sqrt(second / (1 - n["β₂"] ** n["t"])) + n["ε"]
    return -eta * (first / (1 - n["β₁"] ** n["t"]) / root + n.get("λ", 0.0) * w)


def test_the_penalty_says_its_numbers() -> None:
    shown = table_of(
        view_of(trained(dataset=plane_dataset(), l1=0.01, l2=0.002)).snapshot,
        every_row(view_of(trained(dataset=plane_dataset()))),
    )
    assert shown is not None
    columns = sum_columns(shown, exponents_of(shown))
    assert [c.kind for c in columns[:4]] == ["weight", "mean", "penalty", "asked"]
    assert "minus 0.01 times the sign of w, minus 0.002 times w" in columns[2].tip
