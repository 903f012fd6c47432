import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.arrays import FloatArray
from core.values.parameter import Parameter, Unit
from gui.panels.weight_images.weight_images_panel import (
    NO_RUN,
    WAITING,
    WeightImagesPanel,
)
from gui.session.view_state import View
from gui.style import theme
from gui.style.signed_scale import code_colours, codes_of
from tests.gui.support.sample_points import points_view
from tests.gui.support.sample_views import sample_view
from tests.gui.support.selections import follow

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def panel(qtbot: QtBot) -> WeightImagesPanel:
    panel = WeightImagesPanel()
    qtbot.addWidget(panel)
    panel.resize(500, 420)
    panel.show()
    return panel


def cell(panel: WeightImagesPanel, unit: int, source: int) -> QPoint:
    rect = panel.atlas.geometry_shown().cell_rect(unit, source)
    return QPoint(int(rect.center().x()), int(rect.center().y()))


def click(panel: WeightImagesPanel, unit: int, source: int) -> None:
    QTest.mouseClick(panel.atlas.viewport(), LEFT, pos=cell(panel, unit, source))


def colour_at(panel: WeightImagesPanel, unit: int, source: int) -> int:
    image = panel.atlas.viewport().grab().toImage()
    return image.pixelColor(cell(panel, unit, source)).rgb()


def expected_colour(value: float, limit: float, panel: QWidget) -> int:
    code = codes_of(np.array([value], np.float32), limit)[0]
    dark = theme.is_dark(panel.palette())
    return QColor.fromRgb(int(code_colours(dark=dark)[code])).rgb()


def with_weights(view: View, layer: int, weights: FloatArray) -> View:
    params = list(view.params)
    params[layer - 1] = (weights, params[layer - 1][1])
    snapshot = dataclasses.replace(view.snapshot, params=tuple(params))
    return dataclasses.replace(view, snapshot=snapshot)


@pytest.mark.parametrize(
    ("unit", "row", "column"), [(0, 0, 0), (5, 12, 7), (15, 27, 27)]
)
def test_a_pixel_has_the_colour_of_its_weight(
    panel: WeightImagesPanel, unit: int, row: int, column: int
):
    view = sample_view()
    panel.set_view(view)
    source = row * 28 + column
    value = float(view.params[0][0][unit, source])
    shown = colour_at(panel, unit, source)
    assert shown == expected_colour(value, panel.bar.limit, panel)


def test_the_scale_holds_the_largest_weight_and_is_printed(panel: WeightImagesPanel):
    view = sample_view()
    panel.set_view(view)
    largest = np.abs(view.params[0][0]).max()
    assert largest <= panel.bar.limit < 1.6 * largest
    assert "No value is clamped" in panel.bar.toolTip()


def test_a_new_step_changes_the_colours(panel: WeightImagesPanel):
    view = sample_view()
    panel.set_view(view)
    weights = np.zeros_like(view.params[0][0])
    weights[3, 100] = panel.bar.limit
    panel.set_view(with_weights(view, 1, weights))
    assert colour_at(panel, 3, 100) == expected_colour(1, 1, panel)
    assert colour_at(panel, 3, 300) == expected_colour(0, 1, panel)


def test_a_weight_that_is_no_number_has_its_own_colour(panel: WeightImagesPanel):
    view = sample_view()
    weights = view.params[0][0].copy()
    weights[2, 14 * 28 + 14] = np.nan
    panel.set_view(with_weights(view, 1, weights))
    shown = QColor.fromRgb(colour_at(panel, 2, 14 * 28 + 14))
    assert shown == theme.colour(theme.colours_of(panel).not_finite)


def test_nudges_are_shown_as_minus_the_gradient(panel: WeightImagesPanel):
    view = sample_view()
    panel.set_view(view)
    panel.nudges_button.click()
    gradient = view.snapshot.gradient
    assert gradient is not None
    value = -float(gradient[0][0][4, 200])
    shown = colour_at(panel, 4, 200)
    assert shown == expected_colour(value, panel.bar.limit, panel)


def test_later_layers_are_a_matrix_of_units_and_inputs(panel: WeightImagesPanel):
    view = sample_view()
    panel.set_view(view)
    panel.layer_box.setCurrentIndex(1)
    panel.layer_box.activated.emit(1)
    content = panel.atlas.content
    assert content is not None
    assert content.shape is None
    value = float(view.params[1][0][7, 3])
    assert colour_at(panel, 7, 3) == expected_colour(value, panel.bar.limit, panel)


def test_points_are_a_matrix_with_the_names_of_the_inputs(panel: WeightImagesPanel):
    view = points_view()
    panel.set_view(view)
    content = panel.atlas.content
    assert content is not None
    assert content.shape is None
    assert content.input_names == view.run.dataset.input_names != ()


def test_two_thousand_units_are_scrolled_to(panel: WeightImagesPanel):
    view = sample_view(hidden=(2048,))
    made = follow(panel, view)
    panel.set_view(dataclasses.replace(view, selection=Unit(1, 2047)))
    value = float(view.params[0][0][2047, 400])
    QTest.mouseClick(panel.atlas.viewport(), LEFT, pos=cell(panel, 2047, 400))
    assert made == [Parameter(1, 2047, 400)]
    panel.set_view(dataclasses.replace(view, selection=Unit(1, 2047)))
    shown = colour_at(panel, 2047, 400)
    assert shown == expected_colour(value, panel.bar.limit, panel)


def test_without_a_run_the_panel_says_so(panel: WeightImagesPanel):
    panel.set_view(sample_view())
    panel.set_view(None)
    assert panel.atlas.content is None
    assert panel.atlas.message == NO_RUN


def test_without_a_gradient_the_nudges_are_announced(panel: WeightImagesPanel):
    view = sample_view()
    snapshot = dataclasses.replace(view.snapshot, gradient=None)
    panel.set_view(dataclasses.replace(view, snapshot=snapshot))
    panel.nudges_button.click()
    assert panel.atlas.message == WAITING
    panel.set_view(view)
    assert panel.atlas.content is not None


def test_a_smaller_network_takes_the_place_of_a_larger_one(panel: WeightImagesPanel):
    panel.set_view(sample_view(hidden=(16, 16), selection=Unit(2, 3)))
    smaller = sample_view(hidden=(4,))
    run = dataclasses.replace(smaller.run, run_id=2)
    panel.set_view(dataclasses.replace(smaller, run=run))
    content = panel.atlas.content
    assert content is not None
    assert content.values.shape in ((4, 784), (10, 4))
    assert panel.layer_box.count() == 2


def test_the_gradient_is_needed_for_the_nudges_only(
    panel: WeightImagesPanel, qtbot: QtBot
):
    panel.set_view(sample_view())
    assert panel.needs() == frozenset()
    with qtbot.waitSignal(panel.needs_changed):
        panel.nudges_button.click()
    assert panel.needs() == {"gradient"}
    with qtbot.waitSignal(panel.needs_changed):
        panel.weights_button.click()
    assert panel.needs() == frozenset()


def test_the_gradient_is_needed_while_a_unit_is_open(
    panel: WeightImagesPanel, qtbot: QtBot
):
    panel.set_view(sample_view())
    with qtbot.waitSignal(panel.needs_changed):
        panel.atlas.unit_opened.emit(Unit(1, 3))
    assert panel.needs() == {"gradient"}
    with qtbot.waitSignal(panel.needs_changed):
        panel.window_of_unit.close()
    assert panel.needs() == frozenset()


def test_the_open_unit_hides_and_comes_back_with_the_panel(panel: WeightImagesPanel):
    panel.set_view(sample_view())
    panel.atlas.unit_opened.emit(Unit(1, 3))
    panel.hide()
    assert not panel.window_of_unit.isVisible()
    panel.show()
    assert panel.window_of_unit.isVisible()
    panel.window_of_unit.close()


def test_a_click_selects_the_unit_and_another_one_the_weight(panel: WeightImagesPanel):
    made = follow(panel, sample_view())
    click(panel, 6, 10 * 28 + 20)
    click(panel, 6, 10 * 28 + 20)
    assert made == [Unit(1, 6), Parameter(1, 6, 10 * 28 + 20)]


def test_shift_and_a_click_select_the_weight_at_once(panel: WeightImagesPanel):
    made = follow(panel, sample_view())
    QTest.mouseClick(panel.atlas.viewport(), LEFT, SHIFT, cell(panel, 2, 400))
    assert made == [Parameter(1, 2, 400)]


def test_a_click_on_a_large_pixel_selects_the_weight(panel: WeightImagesPanel):
    made = follow(panel, sample_view())
    for _ in range(12):
        panel.larger_button.click()
    assert min(panel.atlas.geometry_shown().cell_size) >= 12
    click(panel, 0, 2 * 28 + 2)
    assert made == [Parameter(1, 0, 2 * 28 + 2)]


def test_arrow_keys_walk_from_unit_to_unit(panel: WeightImagesPanel):
    made = follow(panel, sample_view())
    click(panel, 0, 300)
    columns = panel.atlas.geometry_shown().grid.columns
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(panel.atlas, key)
    units = [selection.unit for selection in made if selection is not None]
    assert units == [0, 1, 1 + columns, columns, 0]


def test_home_and_end_go_to_the_first_and_the_last_unit(panel: WeightImagesPanel):
    made = follow(panel, sample_view())
    QTest.keyClick(panel.atlas, Qt.Key.Key_End)
    QTest.keyClick(panel.atlas, Qt.Key.Key_Home)
    assert made == [Unit(1, 15), Unit(1, 0)]


def test_shift_and_arrows_walk_from_weight_to_weight(panel: WeightImagesPanel):
    made = follow(panel, sample_view(selection=Parameter(1, 3, 28)))
    QTest.keyClick(panel.atlas, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(panel.atlas, Qt.Key.Key_Up, SHIFT)
    assert made == [Parameter(1, 3, 29), Parameter(1, 3, 1)]


def test_escape_selects_nothing(panel: WeightImagesPanel):
    made = follow(panel, sample_view(selection=Unit(1, 3)))
    QTest.keyClick(panel.atlas, Qt.Key.Key_Escape)
    assert made == [None]


def test_enter_and_a_double_click_open_the_unit(panel: WeightImagesPanel):
    follow(panel, sample_view(selection=Unit(1, 3)))
    QTest.keyClick(panel.atlas, Qt.Key.Key_Return)
    assert panel.window_of_unit.unit == Unit(1, 3)
    panel.window_of_unit.close()
    QTest.mouseDClick(panel.atlas.viewport(), LEFT, pos=cell(panel, 9, 300))
    assert panel.window_of_unit.isVisible()
    assert panel.window_of_unit.unit == Unit(1, 9)
    panel.window_of_unit.close()


def test_the_number_beside_a_matrix_row_selects_the_unit(panel: WeightImagesPanel):
    made = follow(panel, sample_view(selection=Unit(2, 0)))
    rect = panel.atlas.geometry_shown().tile_rect(5)
    pos = QPoint(6, int(rect.center().y()))
    QTest.mouseClick(panel.atlas.viewport(), LEFT, pos=pos)
    assert made == [Unit(2, 5)]


def test_a_selection_made_elsewhere_turns_to_its_layer(panel: WeightImagesPanel):
    view = sample_view()
    panel.set_view(view)
    panel.set_view(dataclasses.replace(view, selection=Unit(3, 9)))
    assert panel.layer_box.currentText() == "output"
    content = panel.atlas.content
    assert content is not None
    assert content.values.shape == (10, 16)


def test_a_layer_chosen_by_hand_stays_until_something_else_is_selected(
    panel: WeightImagesPanel,
):
    view = sample_view(selection=Unit(1, 2))
    panel.set_view(view)
    panel.layer_box.setCurrentIndex(1)
    panel.layer_box.activated.emit(1)
    panel.set_view(dataclasses.replace(view))
    assert panel.layer_box.currentIndex() == 1


def test_the_value_under_the_mouse_follows_the_training(panel: WeightImagesPanel):
    view = sample_view()
    panel.set_view(view)
    QTest.mouseMove(panel.atlas.viewport(), cell(panel, 5, 12 * 28 + 7))
    value = f"{view.params[0][0][5, 12 * 28 + 7]:.9g}".replace("-", "\N{MINUS SIGN}")
    assert panel.readout.text() == f"hidden 1 · unit 5 · pixel (12, 7) · weight {value}"
    weights = view.params[0][0] + np.float32(1)
    panel.set_view(with_weights(view, 1, weights))
    assert f"{weights[5, 12 * 28 + 7]:.9g}" in panel.readout.text()


def test_the_panel_can_be_small(panel: WeightImagesPanel):
    assert panel.minimumSizeHint().width() <= 340
    assert panel.minimumSizeHint().height() <= 240


@pytest.mark.parametrize("shows", ["weights", "nudges"])
def test_a_step_at_rest_looks_the_same_whatever_was_before(
    panel: WeightImagesPanel, shows: str
) -> None:
    panel.set_view(sample_view())
    panel.nudges_button.setChecked(shows == "nudges")
    panel.window_of_unit.terms_box.setChecked(True)
    panel.window_of_unit.show_unit(Unit(1, 3))
    panel.window_of_unit.show()

    def limits(factor: float, *, playing: bool = False) -> list[float]:
        panel.set_view(multiplied(sample_view(), factor, playing=playing))
        pictures = panel.window_of_unit._pictures()
        return [bar.limit for bar in (panel.bar, *(p.bar for p in pictures))]

    first = limits(1)
    assert all(
        large > 100 * small for large, small in zip(limits(1000), first, strict=True)
    )
    assert limits(1) == first
    limits(1000, playing=True)
    assert limits(1, playing=True) != first
    assert limits(1) == first


def test_the_colours_of_a_step_that_playing_ends_at_are_those_of_rest(
    panel: WeightImagesPanel,
) -> None:
    view = sample_view()
    panel.set_view(view)
    first = panel.bar.limit
    panel.set_view(multiplied(view, 1000, playing=True))
    last = multiplied(view, 1, playing=True)
    panel.set_view(last)
    assert panel.bar.limit > first
    snapshot = dataclasses.replace(last.snapshot, playing=False)
    panel.set_view(dataclasses.replace(last, snapshot=snapshot))
    assert panel.bar.limit == first


def multiplied(view: View, factor: float, *, playing: bool) -> View:
    """The view with other weights and another gradient."""
    params, gradient = (
        tuple((w * np.float32(factor), b * np.float32(factor)) for w, b in values)
        for values in (view.params, view.snapshot.gradient or ())
    )
    snapshot = dataclasses.replace(
        view.snapshot, params=params, gradient=gradient, playing=playing
    )
    return dataclasses.replace(view, snapshot=snapshot)
