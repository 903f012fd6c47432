"""The stages of one example's way: walking, numbers that add up, selection."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter, Unit
from gui.panels.backprop.backprop_panel import BackpropPanel
from gui.panels.backprop.sheet_view import SheetView
from gui.panels.backprop.stages import Kind, Stage, stages_of
from gui.session.example_backward import backward_of
from gui.session.view_state import ShownExample, View, resolve
from gui.style.checked_numbers import printed_sum, product_texts
from gui.style.fonts import label_font
from gui.style.number_format import MINUS
from gui.style.number_input import parse_number
from tests.gui.support.sample_views import sample_view, squared_view
from tests.gui.support.whole_window import GlassMaker

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot) -> BackpropPanel:
    return shown(qtbot, sample_view())


def shown(qtbot: QtBot, view: View | None) -> BackpropPanel:
    panel = BackpropPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 800)
    panel.show()
    panel.set_view(view)
    return panel


def go_to(panel: BackpropPanel, kind: Kind, layer: int) -> None:
    assert panel.view is not None
    panel.stepper.go_to(stages_of(panel.view.spec).index(Stage(kind, layer)))
    assert panel.stage == Stage(kind, layer)


def printed(text: str) -> float:
    return float(text.replace(MINUS, "-").replace("\N{FIGURE SPACE}", ""))


def last_column(view: SheetView) -> list[float]:
    assert view.sheet is not None
    texts = [view.texts(row)[-1] for row in range(view.sheet.row_count)]
    return [printed(text) for text in texts if text]


def click_row(view: SheetView, row: int) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=view.row_rect(row).center())


def test_the_way_of_a_network_with_two_hidden_layers_has_fourteen_stages() -> None:
    stages = stages_of(sample_view().spec)
    assert len(stages) == 14
    assert stages[0] == Stage("input", 0)
    assert stages[-1] == Stage("weights", 1)
    assert [s.layer for s in stages if s.kind == "delta"] == [3, 2, 1]


def test_buttons_walk_and_stop_at_the_ends(panel: BackpropPanel) -> None:
    buttons = panel.stepper.buttons
    assert not buttons["previous"].isEnabled()
    QTest.mouseClick(buttons["next"], LEFT)
    assert panel.stage == Stage("layer", 1)
    panel.stepper.go_to(12)
    QTest.mouseClick(buttons["next"], LEFT)
    assert panel.stage == Stage("weights", 1)
    assert not buttons["next"].isEnabled()
    QTest.mouseClick(buttons["previous"], LEFT)
    assert panel.stage == Stage("delta", 1)


def test_keys_walk(qtbot: QtBot, panel: BackpropPanel) -> None:
    qtbot.waitActive(panel)
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(panel, Qt.Key.Key_Right, alt)
    QTest.keyClick(panel, Qt.Key.Key_Right, alt)
    assert panel.stage == Stage("layer", 2)
    QTest.keyClick(panel, Qt.Key.Key_Left, alt)
    assert panel.stage == Stage("layer", 1)
    QTest.keyClick(panel, Qt.Key.Key_End, alt)
    assert panel.stage == Stage("weights", 1)
    QTest.keyClick(panel, Qt.Key.Key_Home, alt)
    assert panel.stage == Stage("input", 0)


@pytest.mark.parametrize(
    ("stage", "hidden", "kept"),
    [
        (Stage("delta", 3), (16,), Stage("delta", 2)),
        (Stage("cost", 3), (16, 16, 16), Stage("cost", 4)),
        (Stage("sum", 1), (16,), Stage("sum", 1)),
        (Stage("layer", 2), (16, 16, 16), Stage("layer", 2)),
        (Stage("requests", 3), (16, 16, 16), Stage("requests", 4)),
        (Stage("delta", 2), (16,), Stage("input", 0)),
        (Stage("requests", 2), (), Stage("input", 0)),
        (Stage("weights", 1), (16,), Stage("weights", 1)),
    ],
    ids=lambda value: f"{value.kind}-{value.layer}" if hasattr(value, "kind") else None,
)
def test_another_network_shows_the_same_stage_or_the_first(
    panel: BackpropPanel, stage: Stage, hidden: tuple[int, ...], kept: Stage
) -> None:
    go_to(panel, stage.kind, stage.layer)
    panel.set_view(sample_view(hidden))
    assert panel.stage == kept
    assert panel.chips.position == panel.stepper.position


def test_a_click_on_a_stage_jumps_and_the_arrows_go_on_from_there(
    panel: BackpropPanel,
) -> None:
    QTest.mouseClick(panel.chips.chips[4], LEFT)
    assert panel.stage == Stage("cost", 3)
    QTest.keyClick(panel.chips, Qt.Key.Key_Right)
    assert panel.stage == Stage("output_gradient", 3)
    QTest.keyClick(panel.chips, Qt.Key.Key_Up)
    assert panel.stage == Stage("cost", 3)


def test_the_shown_stage_of_many_is_in_sight_and_no_chip_is_cut(
    qtbot: QtBot,
) -> None:
    panel = shown(qtbot, sample_view((4,) * 8))
    for position in range(len(panel.chips.chips)):
        panel.stepper.go_to(position)
        chips = panel.chips.chips
        assert not chips[position].isHidden()
        seen = [chip for chip in chips if not chip.isHidden()]
        assert len(seen) < len(chips)
        for chip in seen:
            assert panel.chips.rect().contains(chip.geometry())
            assert chip.width() >= chip.sizeHint().width()


def test_stages_without_room_are_counted_on_their_side_and_led_to(
    qtbot: QtBot,
) -> None:
    panel = shown(qtbot, sample_view((4,) * 8))
    chips = panel.chips
    for position in range(len(chips.chips)):
        panel.stepper.go_to(position)
        seen = [k for k, chip in enumerate(chips.chips) if not chip.isHidden()]
        ahead = len(chips.chips) - 1 - seen[-1]
        for more, number in ((chips.before, seen[0]), (chips.after, ahead)):
            assert more.isHidden() == (number == 0)
            if number:
                assert more.text() == f"+{number}"
                assert f"{number} more stage" in more.accessibleName()
                assert chips.rect().contains(more.geometry())
                shown_ones = [chips.chips[k].geometry() for k in seen]
                assert not any(more.geometry().intersects(one) for one in shown_ones)
    panel.stepper.go_to(0)
    following = sum(not chip.isHidden() for chip in chips.chips)
    QTest.mouseClick(chips.after, LEFT)
    assert panel.stepper.position == following
    QTest.mouseClick(chips.before, LEFT)
    assert panel.stepper.position < following


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_number_of_the_stage_is_shown_at_each(
    panel: BackpropPanel, scale: float
) -> None:
    panel.setFont(label_font(scale))
    figures = panel.stepper.figures
    for position in range(14):
        panel.stepper.go_to(position)
        QApplication.sendPostedEvents()
        assert [one.text for one in figures.shown()] == [f"{position + 1} of 14"]


def test_a_weight_is_selected_at_the_first_look_and_only_then(
    qtbot: QtBot,
) -> None:
    panel = BackpropPanel()
    qtbot.addWidget(panel)
    view = sample_view()
    panel.set_view(view)
    with qtbot.waitSignal(panel.selection_made) as made:
        panel.show()
    (selected,) = made.args
    backward = backward_of(view)
    assert backward is not None
    asked = np.abs(backward.weight_gradient(1))
    assert asked[selected.unit, selected.source] == asked.max() > 0
    with qtbot.assertNotEmitted(panel.selection_made, wait=1):
        panel.set_view(replace(view))


def test_its_own_selection_follows_the_stage_and_is_never_a_zero(
    qtbot: QtBot,
) -> None:
    panel = shown(qtbot, sample_view())
    chosen: list[Parameter] = []
    panel.selection_made.connect(chosen.append)
    qtbot.waitUntil(lambda: len(chosen) == 1)
    view = sample_view()
    panel.set_view(replace(view, selection=chosen[0]))
    go_to(panel, "delta", 3)
    qtbot.waitUntil(lambda: len(chosen) == 2)
    assert chosen[1].layer == 3
    # Training has made it a zero: its unit is silent now.
    first, (weights, biases), last = view.params
    assert chosen[1].source is not None
    silent = weights.copy(), biases.copy()
    silent[0][chosen[1].source], silent[1][chosen[1].source] = 0, 0
    snapshot = replace(view.snapshot, params=(first, silent, last))
    later = resolve(view.run, snapshot, view.example)
    panel.set_view(replace(later, selection=chosen[1]))
    qtbot.waitUntil(lambda: len(chosen) == 3)
    backward = backward_of(later)
    assert backward is not None
    asked = np.abs(backward.weight_gradient(3))
    assert asked[chosen[2].unit, chosen[2].source or 0] == asked.max() > 0


def test_what_the_user_has_selected_stays_at_each_stage(
    qtbot: QtBot,
) -> None:
    panel = shown(qtbot, sample_view())
    with qtbot.waitSignal(panel.selection_made):
        pass
    panel.set_view(sample_view(selection=Parameter(1, 0, 0)))
    with qtbot.assertNotEmitted(panel.selection_made, wait=1):
        go_to(panel, "delta", 3)


def test_what_is_selected_already_stays_at_the_first_look(qtbot: QtBot) -> None:
    panel = BackpropPanel()
    qtbot.addWidget(panel)
    panel.set_view(sample_view(selection=Unit(1, 4)))
    with qtbot.assertNotEmitted(panel.selection_made, wait=1):
        panel.show()


def test_what_a_softmax_is_told_adds_up_to_nothing(panel: BackpropPanel) -> None:
    go_to(panel, "delta", 3)
    *deltas, total = last_column(panel.page.units)
    assert len(deltas) >= 10
    assert sum(deltas) == pytest.approx(total, abs=1e-9)
    assert total == pytest.approx(0, abs=1e-6)


def test_an_output_that_is_too_small_is_asked_to_rise(panel: BackpropPanel) -> None:
    go_to(panel, "delta", 3)
    sheet = panel.page.units.sheet
    assert sheet is not None
    assert sheet.asks is not None
    assert panel.view is not None
    (risen,) = np.flatnonzero(sheet.asks > 0)
    assert risen == panel.view.example.label


def test_of_an_image_only_the_pixels_that_are_not_0_are_listed(
    panel: BackpropPanel,
) -> None:
    go_to(panel, "input", 0)
    sheet = panel.page.units.sheet
    assert sheet is not None
    assert panel.view is not None
    inputs = panel.view.example.inputs
    assert sheet.count == np.count_nonzero(inputs)
    assert [sheet.selection(row) for row in range(sheet.count)] == [
        Unit(0, int(place)) for place in np.flatnonzero(inputs)
    ]
    assert sheet.name(sheet.count) == f"the other {784 - sheet.count} pixels"
    assert panel.page.top.image.width() <= 112


def test_playing_goes_on_by_itself_and_ends_at_the_last_stage(
    qtbot: QtBot, panel: BackpropPanel
) -> None:
    panel.stepper.go_to(11)
    panel.stepper._timer.setInterval(10)
    QTest.mouseClick(panel.stepper.buttons["play"], LEFT)
    qtbot.waitUntil(lambda: not panel.stepper.is_playing, timeout=5000)
    assert panel.stage == Stage("weights", 1)


def test_a_hidden_panel_does_not_play_on(panel: BackpropPanel) -> None:
    panel.stepper.toggle_playing()
    panel.hide()
    assert not panel.stepper.is_playing


def test_every_stage_of_every_loss_can_be_shown(qtbot: QtBot) -> None:
    views = [
        squared_view(),
        squared_view("softmax"),
        squared_view("tanh"),
        squared_view("identity"),
        squared_view("sigmoid", "cross-entropy"),
    ]
    panel = shown(qtbot, views[0])
    for view in views:
        panel.set_view(view)
        for position in range(14):
            panel.stepper.go_to(position)
            panel.grab()
            assert panel.page.title.text()


@pytest.mark.parametrize(("kind", "layer"), [("layer", 1), ("layer", 3), ("sum", 1)])
def test_the_terms_add_up_to_the_last_printed_digit(
    panel: BackpropPanel, kind: Kind, layer: int
) -> None:
    go_to(panel, kind, layer)
    *terms, total = last_column(panel.page.terms)
    assert len(terms) >= 7
    assert sum(terms) == pytest.approx(total, abs=1e-9)


def test_the_unit_that_is_summed_up_has_that_z(panel: BackpropPanel) -> None:
    go_to(panel, "layer", 1)
    unit = panel.page.units.sheet.marked  # type: ignore[union-attr]
    assert unit is not None
    z = panel.page.units.texts(unit)[1]
    assert printed(z) == last_column(panel.page.terms)[-1]


@pytest.mark.parametrize("view", [sample_view(), squared_view(), squared_view("tanh")])
def test_the_shares_add_up_to_the_cost(qtbot: QtBot, view: View) -> None:
    panel = shown(qtbot, view)
    go_to(panel, "cost", 3)
    *shares, cost = last_column(panel.page.units)
    backward = backward_of(view)
    assert backward is not None
    assert cost == pytest.approx(backward.cost, abs=1e-4)
    assert sum(shares) == pytest.approx(cost, abs=1e-9)


def test_delta_is_the_product_of_its_row(qtbot: QtBot) -> None:
    panel = shown(qtbot, squared_view())
    go_to(panel, "delta", 2)
    sheet = panel.page.units.sheet
    assert sheet is not None
    gradient, slope, delta = (part.values for part in sheet.columns)
    np.testing.assert_allclose(delta, gradient * slope, rtol=1e-6)


def test_arrows_are_minus_the_gradient_of_the_layer(panel: BackpropPanel) -> None:
    go_to(panel, "sum", 2)
    assert panel.view is not None
    backward = backward_of(panel.view)
    assert backward is not None
    assert panel.page.arrows.isVisible()
    np.testing.assert_array_equal(
        panel.page.arrows.requests, -backward.activation_gradients[1]
    )


def test_the_first_images_are_of_the_units_that_matter_most(
    panel: BackpropPanel,
) -> None:
    go_to(panel, "weights", 1)
    assert panel.view is not None
    backward = backward_of(panel.view)
    assert backward is not None
    largest = np.argsort(-np.abs(backward.deltas[0]))[:4]
    assert set(panel.page.images.units) == set(largest.tolist())


def test_a_newer_step_changes_the_numbers(panel: BackpropPanel) -> None:
    go_to(panel, "layer", 1)
    before = panel.page.units.texts(0)
    panel.set_view(sample_view(seed=9))
    assert panel.page.units.texts(0) != before


def test_small_sums_keep_four_decimals_of_their_own_power_of_ten() -> None:
    terms = np.asarray([3e-7, -1e-7, 2e-8], np.float32)
    found = printed_sum(terms, float(terms.sum()), most=2)
    assert found.exponent == -9
    assert found.order == (0, 1)
    assert found.rest == pytest.approx(2e-8)


def test_a_sum_that_is_no_number_is_not_rounded() -> None:
    terms = np.asarray([np.inf, -np.inf, 1.0], np.float32)
    found = printed_sum(terms, float("nan"), bias=0.5)
    assert found.rounding == 0
    assert len(found.order) == 3


def test_printed_factors_give_the_printed_product() -> None:
    rng = np.random.default_rng(0)
    for factors in rng.normal(0, 1, (200, 3)) * 10.0 ** rng.integers(-6, 3, (200, 1)):
        texts, product = product_texts([float(f) for f in factors])
        by_hand = np.prod([parse_number(text) for text in texts])
        assert by_hand == pytest.approx(parse_number(product), rel=6e-4)


def test_a_click_on_a_unit_selects_it(qtbot: QtBot, panel: BackpropPanel) -> None:
    go_to(panel, "layer", 2)
    with qtbot.waitSignal(panel.selection_made) as made:
        click_row(panel.page.units, 3)
    assert made.args == [Unit(2, 3)]


def test_a_click_on_a_term_selects_its_weight(
    qtbot: QtBot, panel: BackpropPanel
) -> None:
    go_to(panel, "sum", 2)
    with qtbot.waitSignal(panel.selection_made) as made:
        click_row(panel.page.terms, 0)
    weight = made.args[0]
    assert weight.layer == 3
    assert weight.source == panel.page.units.sheet.marked  # type: ignore[union-attr]


def test_a_click_on_an_arrow_selects_its_unit(
    qtbot: QtBot, panel: BackpropPanel
) -> None:
    go_to(panel, "sum", 1)
    arrows = panel.page.arrows
    with qtbot.waitSignal(panel.selection_made) as made:
        QTest.mouseClick(arrows, LEFT, pos=arrows.place_of(11).toPoint())
    assert made.args == [Unit(1, 11)]


def test_the_selected_unit_is_the_one_that_is_looked_at(panel: BackpropPanel) -> None:
    go_to(panel, "layer", 2)
    panel.set_view(sample_view(selection=Unit(2, 7)))
    assert panel.page.units.sheet.marked == 7  # type: ignore[union-attr]
    assert panel.page.term_title.text() == "z⁽²⁾₇ of hidden 2 · unit 7"


def test_what_was_looked_at_stays_when_something_else_is_selected(
    panel: BackpropPanel,
) -> None:
    panel.set_view(sample_view(selection=Unit(2, 7)))
    panel.set_view(sample_view(selection=Parameter(1, 5, 300)))
    go_to(panel, "requests", 2)
    assert panel.page.title.text() == "What hidden 2 · unit 7 asks for"
    go_to(panel, "layer", 1)
    assert panel.page.units.sheet.marked == 5  # type: ignore[union-attr]


def test_without_a_run_it_says_so(qtbot: QtBot) -> None:
    panel = shown(qtbot, None)
    assert "Start a run" in panel._stack.reason


def test_a_drawing_is_asked_for_its_class(qtbot: QtBot) -> None:
    view = sample_view()
    drawing = ShownExample(view.example.inputs, None, "drawing")
    panel = shown(qtbot, resolve(view.run, view.snapshot, drawing))
    go_to(panel, "layer", 3)
    assert not panel.page.question.isVisible()
    go_to(panel, "cost", 3)
    assert panel.page.question.isVisible()
    choice = panel.page.question.choice
    with qtbot.waitSignal(panel.example_chosen) as chosen:
        choice.setCurrentIndex(5)
        choice.activated.emit(5)
    example = chosen.args[0]
    assert (example.label, example.origin) == (4, "drawing")
    panel.set_view(resolve(view.run, view.snapshot, example))
    assert panel.page.units.isVisible()


def test_points_in_the_plane_have_tables_of_inputs(glass: GlassMaker) -> None:
    window = glass("xor")
    window.show_workspace("backprop")
    panel = window.panel("backprop")
    panel.stepper.go_first()
    assert panel.page.units.texts(0)[0] == "x1"
    panel.stepper.go_last()
    assert panel.page.units.texts(0)[0] == "x1"
    panel.stepper.go_to(1)
    *terms, z = last_column(panel.page.terms)
    assert sum(terms) == pytest.approx(z, abs=1e-9)


def test_a_click_in_the_window_reaches_the_formula(glass: GlassMaker) -> None:
    window = glass("xor")
    window.show_workspace("backprop")
    panel = window.panel("backprop")
    panel.stepper.go_to(1)
    click_row(panel.page.units, 2)
    assert window.view.selection == Unit(1, 2)
    assert "hidden 1 · unit 2" in window.panel("formula").browser.toPlainText()


def test_it_fits_into_little_room(panel: BackpropPanel) -> None:
    for position in range(14):
        panel.stepper.go_to(position)
        hint = panel.minimumSizeHint()
        assert hint.width() <= 420
        assert hint.height() <= 360


def test_the_rows_are_where_they_are_clicked(panel: BackpropPanel) -> None:
    go_to(panel, "layer", 1)
    first = panel.page.units.row_rect(0)
    assert first.contains(QPoint(5, first.center().y()))
    assert panel.page.units.row_rect(1).top() == first.bottom() + 1


def test_the_unit_that_is_looked_at_is_scrolled_into_sight(qtbot: QtBot) -> None:
    view = sample_view((300,), selection=Unit(1, 250))
    panel = shown(qtbot, view)
    go_to(panel, "layer", 1)
    units = panel.page.units
    assert units.viewport().rect().contains(units.row_rect(250))
    panel.set_view(replace(view, selection=Unit(1, 20)))
    assert units.viewport().rect().contains(units.row_rect(20))
    assert units.row_rect(20).top() >= units.row_rect(0).height()


def test_a_wide_layer_has_an_arrow_for_every_unit(qtbot: QtBot) -> None:
    panel = shown(qtbot, sample_view((900,)))
    go_to(panel, "sum", 1)
    assert len(panel.page.arrows.requests) == 900
    before = panel.page.arrows.grab().toImage()
    panel.set_view(sample_view((900,), seed=5))
    assert panel.page.arrows.grab().toImage() != before


def test_another_example_is_looked_at_from_its_own_class(panel: BackpropPanel) -> None:
    view = sample_view()
    panel.set_view(view)
    go_to(panel, "requests", 3)
    assert panel.page.title.text() == "What output · unit 3 asks for"
    other = ShownExample.of(view.run.dataset.test, 2, "test")
    panel.set_view(resolve(view.run, view.snapshot, other, view.evaluation))
    assert panel.page.title.text() == "What output · unit 2 asks for"


def test_a_two_at_step_0_asks_for_more_of_its_own_output(panel: BackpropPanel) -> None:
    view = squared_view()
    two = ShownExample.of(view.run.dataset.test, 2, "test")
    view = resolve(view.run, view.snapshot, two, view.evaluation)
    backward = backward_of(view)
    assert backward is not None
    requests = -backward.activation_gradients[-1]
    assert np.argmax(requests) == 2
    assert requests[2] > 0
    assert np.all(np.delete(requests, 2) < 0)
    # All requests of the output units, added up, are those of the layer before.
    summed = sum(
        -delta * row
        for delta, row in zip(backward.deltas[-1], view.params[-1][0], strict=True)
    )
    np.testing.assert_allclose(summed, -backward.activation_gradients[-2], rtol=1e-4)
    panel.set_view(view)
    go_to(panel, "weights", 1)
    # Nothing is asked of a weight whose pixel is black.
    gradient = backward.weight_gradient(1)
    assert not np.any(gradient[:, two.inputs == 0])
    assert np.all(np.any(gradient != 0, axis=1))
