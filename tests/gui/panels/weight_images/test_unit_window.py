import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter, Unit
from gui.panels.weight_images.unit_numbers import unit_numbers
from gui.panels.weight_images.unit_window import UnitWindow
from gui.session.selection import Selection
from gui.session.view_state import View
from tests.gui.support.sample_points import points_view
from tests.gui.support.sample_views import sample_view

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> UnitWindow:
    window = UnitWindow()
    qtbot.addWidget(window)
    window.set_view(sample_view())
    window.show_unit(Unit(1, 5))
    window.show()
    return window


def selections(window: UnitWindow) -> list[Selection]:
    made: list[Selection] = []
    window.selection_made.connect(made.append)
    return made


@pytest.mark.parametrize(("layer", "unit"), [(1, 5), (2, 3), (3, 9)])
def test_the_terms_and_the_bias_add_up_to_z(layer: int, unit: int):
    numbers = unit_numbers(sample_view(), Unit(layer, unit))
    total = np.sum(numbers.products, dtype=np.float64) + numbers.bias
    assert total == pytest.approx(numbers.pre_activation, abs=1e-5)


def test_each_picture_has_a_scale_of_its_own(window: UnitWindow):
    view = sample_view()
    gradient = view.snapshot.gradient
    assert gradient is not None
    for titled, values in (
        (window.weights, view.params[0][0][5]),
        (window.nudges, gradient[0][0][5]),
    ):
        largest = np.abs(values).max()
        assert largest <= titled.bar.limit < 1.6 * largest


def test_the_heading_names_the_unit_and_the_numbers_are_those_of_the_example(
    window: UnitWindow,
):
    view = sample_view()
    assert window.heading.text() == "hidden 1 · unit 5"
    bias = float(view.params[0][1][5])
    assert f"{abs(bias):.4f}" in window.bias_label.text()
    z = float(view.trace.pre_activations[0][5])
    assert f"{abs(z):.4f}" in window.sum_label.text()
    assert "example 3 of the test set" in window.sum_label.text()


def test_next_and_previous_stop_at_the_ends(window: UnitWindow):
    made = selections(window)
    window.show_unit(Unit(1, 14))
    window.next_button.click()
    assert window.unit == Unit(1, 15)
    assert not window.next_button.isEnabled()
    window.next_button.click()
    QTest.keyClick(window, Qt.Key.Key_Left)
    assert made == [Unit(1, 15), Unit(1, 14)]


def test_a_click_on_a_cell_selects_its_weight(window: UnitWindow):
    made = selections(window)
    picture = window.weights.picture
    pos = picture.cell_rect(12 * 28 + 7).center().toPoint()
    QTest.mouseClick(picture, LEFT, pos=pos)
    assert made == [Parameter(1, 5, 12 * 28 + 7)]


def test_pointing_at_one_picture_points_at_all_and_reads_the_values(window: UnitWindow):
    view = sample_view()
    picture = window.nudges.picture
    QTest.mouseMove(picture, picture.cell_rect(12 * 28 + 7).center().toPoint())
    assert window.weights.picture.hovered == 12 * 28 + 7
    weight = f"{view.params[0][0][5, 12 * 28 + 7]:.9g}".replace("-", "\N{MINUS SIGN}")
    assert f"pixel (12, 7) · weight {weight} · nudge" in window.readout.text()


def test_a_cell_pointed_at_that_the_next_network_lacks_is_let_go(window: UnitWindow):
    picture = window.weights.picture
    QTest.mouseMove(picture, picture.cell_rect(12 * 28 + 7).center().toPoint())
    window.show_unit(Unit(1, 0))
    window.set_view(points_view())
    assert picture.hovered is None
    assert window.readout.text().startswith("Point at a cell")


def test_the_terms_are_shown_on_demand(window: UnitWindow):
    assert not window.terms.isVisible()
    window.terms_box.setChecked(True)
    assert window.terms.isVisible()
    largest = np.abs(unit_numbers(sample_view(), Unit(1, 5)).products).max()
    assert largest <= window.terms.bar.limit < 1.6 * largest


def test_it_follows_the_selection(window: UnitWindow):
    view = sample_view()
    window.set_view(dataclasses.replace(view, selection=Unit(2, 7)))
    assert window.unit == Unit(2, 7)


def test_it_stays_where_it_is_while_the_selection_does(window: UnitWindow):
    view = sample_view(selection=Unit(1, 2))
    window.set_view(view)
    window.show_unit(Unit(1, 9))
    window.set_view(dataclasses.replace(view))
    assert window.unit == Unit(1, 9)


def test_it_closes_when_its_unit_is_gone(window: UnitWindow):
    window.show_unit(Unit(1, 12))
    smaller = sample_view(hidden=(4,))
    window.set_view(smaller)
    assert not window.isVisible()


def test_without_a_gradient_it_waits_for_the_nudges(window: UnitWindow):
    view = sample_view()
    snapshot = dataclasses.replace(view.snapshot, gradient=None)
    window.set_view(dataclasses.replace(view, snapshot=snapshot))
    assert "nudge" not in window.bias_label.text()
    window.set_view(view)
    assert "nudge" in window.bias_label.text()


def test_a_unit_that_reads_two_numbers_has_two_cells(window: UnitWindow):
    view: View = points_view()
    window.show_unit(Unit(1, 0))
    window.set_view(view)
    picture = window.weights.picture
    assert picture.cell_rect(0).width() > 40
    QTest.mouseMove(picture, picture.cell_rect(1).center().toPoint())
    assert window.readout.text().startswith(view.run.dataset.input_names[1])
