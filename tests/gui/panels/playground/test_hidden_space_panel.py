import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.experiment.model import DataSettings
from core.network.numpy.forward import forward_trace
from gui.panels.playground.hidden_canvas import HiddenCanvas
from gui.panels.playground.hidden_points import (
    MOST_POINTS,
    HiddenPoints,
    HiddenRequest,
    Turn,
    spanned,
)
from gui.panels.playground.hidden_space_panel import HiddenSpacePanel
from gui.session.view_state import View
from tests.gui.support.drawn_elsewhere import wait_until_drawn
from tests.gui.support.network_pictures import pixels_of
from tests.gui.support.plane_views import plane_view
from tests.gui.support.sample_views import sample_view


def shown_panel(qtbot: QtBot, view: View) -> HiddenSpacePanel:
    panel = HiddenSpacePanel()
    qtbot.addWidget(panel)
    panel.resize(420, 340)
    panel.show()
    panel.set_view(view)
    wait_until_drawn(panel.canvas)
    return panel


def test_the_points_lie_where_the_last_hidden_layer_puts_them(qtbot: QtBot):
    view = plane_view(hidden=(4, 3))
    panel = shown_panel(qtbot, view)
    points = panel.canvas.points
    assert points is not None
    assert (points.request.layer, points.request.units) == (2, (0, 1))
    example = view.run.dataset.test.network_inputs(7)
    trace = forward_trace(view.spec, view.params, example)
    np.testing.assert_allclose(points.places[7], trace.layer(2)[:2], rtol=1e-5)


def test_other_layers_and_units_can_be_chosen_and_a_third_axis(qtbot: QtBot):
    view = plane_view(hidden=(4, 3))
    panel = shown_panel(qtbot, view)
    panel.layer_box.setCurrentIndex(1)
    panel.layer_box.activated.emit(1)
    panel.unit_boxes[0].setCurrentIndex(3)
    panel.unit_boxes[2].setCurrentIndex(3)
    panel.unit_boxes[2].activated.emit(3)
    wait_until_drawn(panel.canvas)
    points = panel.canvas.points
    assert points is not None
    assert (points.request.layer, points.request.units) == (1, (3, 1, 2))
    assert points.places.shape == (500, 3)


def test_dragging_turns_three_axes(qtbot: QtBot):
    panel = shown_panel(qtbot, plane_view(hidden=(4, 3)))
    panel.unit_boxes[2].setCurrentIndex(3)
    panel.unit_boxes[2].activated.emit(3)
    wait_until_drawn(panel.canvas)
    before = pixels_of(panel.canvas.grab().toImage())
    canvas, middle = panel.canvas, QPoint(150, 100)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(60, 20))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 20))
    assert abs(canvas.turn.around - (Turn().around + 0.6)) < 1e-9
    assert (pixels_of(canvas.grab().toImage()) != before).any()


def test_a_turn_keeps_lengths():
    points = np.random.default_rng(0).normal(size=(20, 3))
    seen = Turn(1.1, -0.4).look(points)
    np.testing.assert_allclose(
        np.linalg.norm(seen, axis=1), np.linalg.norm(points, axis=1), rtol=1e-12
    )


def test_the_widest_units_are_those_that_differ_most(qtbot: QtBot):
    weights = np.array([[0.1, 0], [0, 0], [0, 9], [2, 0]], np.float32)
    zeros = np.zeros(4, np.float32)
    out = np.zeros((2, 4), np.float32)
    params = ((weights, zeros), (out, np.zeros(2, np.float32)))
    panel = shown_panel(qtbot, plane_view(hidden=(4,), params=params))
    QTest.mouseClick(panel.widest, Qt.MouseButton.LeftButton)
    assert set(panel.units) == {2, 3}


def test_images_are_shown_by_a_sample_of_the_test_set(qtbot: QtBot):
    panel = shown_panel(qtbot, sample_view())
    points = panel.canvas.points
    assert points is not None
    assert len(points.places) == 60 <= MOST_POINTS
    assert points.request.layer == 2


def test_data_without_classes_get_a_sentence(qtbot: QtBot):
    view = plane_view(
        DataSettings("plane"), (3,), output="identity", loss="squared-error"
    )
    panel = shown_panel(qtbot, view)
    assert "has no classes" in panel._stack.reason


def test_axes_of_units_that_are_all_equal_or_no_numbers_have_a_width():
    low, high = spanned(np.full((5, 2), np.nan, np.float32))
    assert (high > low).all()
    low, high = spanned(np.ones((5, 2), np.float32))
    assert (high > low).all()


def test_the_range_that_is_printed_is_that_of_the_values(qtbot: QtBot):
    canvas = HiddenCanvas()
    qtbot.addWidget(canvas)
    values = np.array([[0.0, 0.25], [1.0, 0.5], [0.25, 0.75]], np.float32)
    right, up = "\N{RIGHTWARDS ARROW}", "\N{UPWARDS ARROW}"
    assert range_of(canvas, values) == f"{right} a: 0 to 1, {up} b: 0.25 to 0.75"
    values[1] = np.nan
    text = range_of(canvas, values)
    assert "a: 0 to 0.25" in text
    assert text.endswith("; 1 not finite")


def range_of(canvas: HiddenCanvas, values: np.ndarray) -> str:
    view = sample_view()
    request = HiddenRequest(
        view.spec, view.params, values, np.zeros(3, np.int32), 1, (0, 1), ("a", "b")
    )
    canvas.points = HiddenPoints(request, values)
    canvas.resize(300, 200)
    assert not canvas.grab().isNull()
    return canvas.range_text


def test_units_have_the_numbers_that_they_have_elsewhere(qtbot: QtBot):
    panel = shown_panel(qtbot, sample_view())
    assert panel.unit_boxes[0].itemText(0) == "0"
    panel.layer_box.setCurrentIndex(3)
    panel.layer_box.activated.emit(3)
    assert panel.unit_boxes[0].itemText(2) == sample_view().run.dataset.output_names[2]
