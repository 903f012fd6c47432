import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter, Unit
from gui.panels.network_picture.network_panel import NOTHING_YET, NetworkPanel
from gui.panels.network_picture.scene.layout import Zoom
from gui.style import theme
from tests.gui.support.network_pictures import (
    canvas_pixels,
    edge_point,
    gap_pixels,
    one_edge_view,
    settle,
    shown_panel,
    unit_point,
    with_params,
    with_selection,
)
from tests.gui.support.sample_views import sample_view


def test_without_a_run_the_panel_says_so(qtbot: QtBot):
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_view(None)
    assert NOTHING_YET in [
        label.text() for label in panel.findChildren(type(panel._stack._reason))
    ]


@pytest.mark.parametrize(
    ("value", "sign"),
    [
        (1.0, theme.colours(dark=False).positive),
        (-1.0, theme.colours(dark=False).negative),
    ],
)
def test_an_edge_is_drawn_from_unit_to_unit_in_its_sign(
    qtbot: QtBot, value: float, sign: tuple[int, int, int]
):
    panel = shown_panel(qtbot, one_edge_view(2, 12, 3, value))
    pixels = canvas_pixels(panel)
    for share in (0.3, 0.5, 0.7):
        at = edge_point(panel, Parameter(2, 12, 3), share)
        area = pixels[at.y() - 1 : at.y() + 2, at.x() - 1 : at.x() + 2].reshape(-1, 3)
        assert np.abs(area - np.asarray(sign)).sum(axis=1).min() < 60
        other = edge_point(panel, Parameter(2, 3, 12), share + 0.1)
        plane = theme.colours(dark=theme.is_dark(panel.palette())).plane
        assert tuple(pixels[other.y(), other.x()]) == plane


def test_new_weights_change_the_picture_and_the_same_ones_draw_nothing(qtbot: QtBot):
    view = sample_view()
    panel = shown_panel(qtbot, view)
    before, draws = gap_pixels(panel, 1), panel.canvas.edge_draws
    panel.set_view(dataclasses.replace(view))
    np.testing.assert_array_equal(gap_pixels(panel, 1), before)
    assert panel.canvas.edge_draws == draws
    flipped = tuple((-w, b) for w, b in view.params)
    panel.set_view(with_params(view, flipped))
    assert (gap_pixels(panel, 1) != before).mean() > 0.2
    assert panel.canvas.edge_draws == draws + 1


def test_views_that_come_between_two_frames_are_drawn_once(qtbot: QtBot):
    view = sample_view()
    panel = shown_panel(qtbot, view)
    draws = panel.canvas.edge_draws
    for factor in (1.1, 1.2, 1.3):
        scaled = tuple((w * np.float32(factor), b) for w, b in view.params)
        panel.set_view(with_params(view, scaled))
    settle(panel)
    assert panel.canvas.edge_draws == draws + 1


@pytest.mark.parametrize(("layer", "unit"), [(1, 0), (1, 15), (2, 7), (3, 9)])
def test_clicking_a_unit_selects_it(qtbot: QtBot, layer: int, unit: int):
    panel = shown_panel(qtbot)
    with qtbot.waitSignal(panel.selection_made) as caught:
        QTest.mouseClick(
            panel.canvas,
            Qt.MouseButton.LeftButton,
            pos=unit_point(panel, layer, unit),
        )
    assert caught.args == [Unit(layer, unit)]


def test_clicking_a_pixel_of_the_image_selects_that_input(qtbot: QtBot):
    panel = shown_panel(qtbot)
    layout = panel.canvas.layout_shown
    assert layout is not None
    assert layout.image is not None
    cell = layout.image.width / 28
    at = QPointF(layout.image.x + 5.5 * cell, layout.image.y + 20.5 * cell).toPoint()
    with qtbot.waitSignal(panel.selection_made) as caught:
        QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert caught.args == [Unit(0, 20 * 28 + 5)]


def test_clicking_an_edge_selects_that_weight(qtbot: QtBot):
    panel = shown_panel(qtbot, one_edge_view(3, 2, 14, 0.7))
    chosen = Parameter(3, 2, 14)
    with qtbot.waitSignal(panel.selection_made) as caught:
        QTest.mouseClick(
            panel.canvas,
            Qt.MouseButton.LeftButton,
            pos=edge_point(panel, chosen, 0.4),
        )
    assert caught.args == [chosen]


def test_clicking_the_ring_of_a_unit_selects_its_bias(qtbot: QtBot):
    panel = shown_panel(qtbot)
    layout = panel.canvas.layout_shown
    assert layout is not None
    at = unit_point(panel, 2, 4) + QPoint(0, -round(layout.columns[2].radius))
    with qtbot.waitSignal(panel.selection_made) as caught:
        QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert caught.args == [Parameter(2, 4)]


def test_clicking_nothing_clears_the_selection(qtbot: QtBot):
    panel = shown_panel(qtbot, with_selection(sample_view(), Unit(1, 3)))
    with qtbot.waitSignal(panel.selection_made) as caught:
        QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(3, 60))
    assert caught.args == [None]


def test_escape_clears_the_selection_and_arrows_move_it(qtbot: QtBot):
    panel = shown_panel(qtbot, with_selection(sample_view(), Unit(1, 3)))
    made: list[object] = []
    panel.selection_made.connect(made.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Escape):
        QTest.keyClick(panel.canvas, key)
    assert made == [Unit(1, 4), Unit(2, 3), Unit(0, 171), None]


def test_hovering_reads_live_numbers(qtbot: QtBot):
    view = sample_view()
    panel = shown_panel(qtbot, view)
    QTest.mouseMove(panel.canvas, unit_point(panel, 2, 5))
    before = panel.canvas.readout()
    assert before is not None
    assert before.name == "Hidden 2 · 5"
    shifted = tuple((w, b + np.float32(0.5)) for w, b in view.params)
    panel.set_view(with_params(view, shifted))
    settle(panel)
    assert panel.canvas.readout() != before


def test_a_selected_unit_dims_the_other_edges(qtbot: QtBot):
    view = sample_view()
    panel = shown_panel(qtbot, view)
    plane = np.asarray(theme.colours(dark=theme.is_dark(panel.palette())).plane)
    whole = np.abs(gap_pixels(panel, 3) - plane).mean()
    panel.set_view(with_selection(view, Unit(3, 4)))
    alone = np.abs(gap_pixels(panel, 3) - plane).mean()
    assert 0 < alone < 0.6 * whole
    other = np.abs(gap_pixels(panel, 2) - plane).mean()
    assert 0 < other < 0.4 * whole


def test_the_switch_changes_what_is_drawn_and_what_is_needed(qtbot: QtBot):
    panel = shown_panel(qtbot)
    weights = gap_pixels(panel, 2)
    assert panel.needs() == frozenset()
    buttons = {b.text(): b for b in panel.findChildren(QPushButton)}
    with qtbot.waitSignal(panel.needs_changed):
        QTest.mouseClick(buttons["Nudges"], Qt.MouseButton.LeftButton)
    assert panel.needs() == frozenset({"gradient"})
    assert panel.quantity == "nudges"
    nudges = gap_pixels(panel, 2)
    assert (nudges != weights).mean() > 0.2
    panel.quantity = "signal"
    assert buttons["Signal"].isChecked()
    assert panel.needs() == frozenset()
    assert (gap_pixels(panel, 2) != nudges).mean() > 0.2


def test_no_signal_flows_from_a_silent_unit(qtbot: QtBot):
    view = one_edge_view(2, 12, 3, 1.0)
    silent = dataclasses.replace(
        view.trace,
        activations=(np.zeros(16, np.float32), *view.trace.activations[1:]),
    )
    panel = shown_panel(qtbot, dataclasses.replace(view, trace=silent))
    panel.quantity = "signal"
    plane = theme.colours(dark=theme.is_dark(panel.palette())).plane
    assert (gap_pixels(panel, 2) == plane).all()


def test_the_wheel_zooms_about_the_cursor_and_a_double_click_undoes_it(qtbot: QtBot):
    panel = shown_panel(qtbot)
    plane = theme.colours(dark=theme.is_dark(panel.palette())).plane
    at = unit_point(panel, 2, 5)
    event = QWheelEvent(
        QPointF(at),
        panel.canvas.mapToGlobal(QPointF(at)),
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(panel.canvas, event)
    assert panel.canvas.zoom.factor == pytest.approx(1.2**4)
    moved = unit_point(panel, 2, 5) - at
    assert moved.manhattanLength() <= 2
    settle(panel)
    assert (gap_pixels(panel, 2) != plane).mean() > 0.1
    QTest.mouseDClick(panel.canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 60))
    assert panel.canvas.zoom == Zoom()


def test_dragging_pans_a_zoomed_picture_and_selects_nothing(qtbot: QtBot):
    panel = shown_panel(qtbot)
    panel.canvas._set_zoom(Zoom(2.0, -300.0, -200.0))
    made: list[object] = []
    panel.selection_made.connect(made.append)
    start = QPoint(400, 300)
    QTest.mousePress(panel.canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(panel.canvas, start + QPoint(30, 10))
    QTest.mouseMove(panel.canvas, start + QPoint(60, 20))
    QTest.mouseRelease(
        panel.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 20)
    )
    assert panel.canvas.zoom == Zoom(2.0, -240.0, -180.0)
    assert made == []


@pytest.mark.parametrize("hidden", [(), (1,), (128,), (300, 40), (16,) * 5])
@pytest.mark.parametrize("size", [(360, 300), (1200, 800)])
def test_any_network_is_drawn_at_any_size(
    qtbot: QtBot, hidden: tuple[int, ...], size: tuple[int, int]
):
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    panel.set_view(sample_view(hidden))
    plane = theme.colours(dark=theme.is_dark(panel.palette())).plane
    for layer in range(1, len(hidden) + 2):
        assert (gap_pixels(panel, layer) != plane).mean() > 0.02


def test_values_that_are_no_numbers_are_left_out_and_counted(qtbot: QtBot):
    view = sample_view()
    weights = view.params[0][0].copy()
    weights[0, :3] = [np.nan, np.inf, -np.inf]
    panel = shown_panel(
        qtbot, with_params(view, ((weights, view.params[0][1]), *view.params[1:]))
    )
    drawn = panel.canvas._edges.drawn
    assert drawn is not None
    assert drawn.gaps[0].non_finite == 3
    plane = theme.colours(dark=theme.is_dark(panel.palette())).plane
    assert (gap_pixels(panel, 1) != plane).mean() > 0.3


def test_a_dark_palette_gives_a_dark_plane(qtbot: QtBot):
    panel = shown_panel(qtbot)
    palette = QPalette(panel.palette())
    palette.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.black)
    palette.setColor(QPalette.ColorRole.WindowText, Qt.GlobalColor.white)
    panel.setPalette(palette)
    pixels = canvas_pixels(panel)
    assert tuple(pixels[-2, 2]) == theme.colours(dark=True).plane
