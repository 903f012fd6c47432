from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from core.experiment.model import DataSettings
from gui.panels.playground.description import answer_text
from gui.panels.playground.plane_panel import NO_POINTS, PlanePanel
from gui.session.example_point import point_of
from gui.session.plane_points import point_radius
from gui.session.view_state import ShownExample, View
from gui.style import theme, tokens
from gui.style.colours import region_table
from gui.style.contrast import contrast
from tests.gui.support.network_pictures import pixels_of
from tests.gui.support.plane_views import half_planes, plane_view, shown_panel
from tests.gui.support.sample_views import sample_view


def colours_at(panel: PlanePanel, *points: tuple[float, float]) -> list[list[int]]:
    pixels = pixels_of(panel.canvas.grab().toImage())
    places = [panel.canvas.place_of(point) for point in points]
    return [pixels[round(at.y()), round(at.x())].tolist() for at in places]


def chosen_by_click(
    panel: PlanePanel, qtbot: QtBot, point: tuple[float, float]
) -> ShownExample:
    at = panel.canvas.place_of(point).toPoint()
    with qtbot.waitSignal(panel.example_chosen) as chosen:
        QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=at)
    example = chosen.args[0]
    assert isinstance(example, ShownExample)
    return example


def test_the_plane_is_coloured_by_the_networks_answer(qtbot: QtBot):
    panel = shown_panel(qtbot, plane_view(hidden=(), params=half_planes()))
    left, right = colours_at(panel, (-5.6, 5.6), (5.6, -5.6))
    assert left[1] > left[0] + 20  # teal
    assert right[0] > right[1] + 20  # rose


def test_images_get_a_sentence_instead_of_a_plane(qtbot: QtBot):
    panel = PlanePanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_view(sample_view())
    assert panel._stack.reason == NO_POINTS


def test_a_click_on_a_point_shows_it_in_the_network(qtbot: QtBot):
    view = plane_view()
    panel = shown_panel(qtbot, view)
    space = view.run.dataset.space
    assert space is not None
    x1, x2 = space.train[17].tolist()
    example = chosen_by_click(panel, qtbot, (x1, x2))
    assert (example.origin, example.index) == ("train", 17)
    assert example.label == view.run.dataset.train.labels[17]


def test_a_click_between_points_shows_a_point_without_a_class(qtbot: QtBot):
    data = DataSettings("circle", features=("x1", "x1^2"))
    panel = shown_panel(qtbot, plane_view(data))
    example = chosen_by_click(panel, qtbot, (5.5, -5.5))
    assert example.label is None
    assert example.point is not None
    np.testing.assert_allclose(example.point, (5.5, -5.5), atol=0.03)
    x1 = example.point[0]
    np.testing.assert_allclose(example.inputs, [x1, x1**2], rtol=1e-5)


def test_arrow_keys_move_the_shown_point_by_a_tenth(qtbot: QtBot):
    view = plane_view()
    panel = shown_panel(qtbot, view)
    space = view.run.dataset.space
    assert space is not None
    panel.canvas.setFocus()
    with qtbot.waitSignal(panel.example_chosen) as chosen:
        QTest.keyClick(panel.canvas, Qt.Key.Key_Right)
    wanted = space.test[0] + np.array([0.1, 0], np.float32)
    np.testing.assert_allclose(chosen.args[0].point, wanted, atol=1e-5)


def test_test_points_appear_when_they_are_asked_for(qtbot: QtBot):
    view = plane_view(DataSettings("gaussians"))
    panel = shown_panel(qtbot, view)
    before = pixels_of(panel.canvas.grab().toImage())
    box = next(b for b in panel.findChildren(QCheckBox) if "Test" in b.text())
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPointF(8, 8).toPoint())
    assert box.isChecked()
    after = pixels_of(panel.canvas.grab().toImage())
    assert (before != after).any(axis=2).sum() > 200


def test_the_readout_says_what_the_network_answers_under_the_mouse(qtbot: QtBot):
    panel = shown_panel(qtbot, plane_view(hidden=(), params=half_planes()))
    QTest.mouseMove(panel.canvas, panel.canvas.place_of((-3.0, 2.0)).toPoint())
    assert "teal" in panel._readout.text()
    QTest.mouseMove(panel.canvas, panel.canvas.place_of((3.0, 2.0)).toPoint())
    assert "rose  1.000" in panel._readout.text().replace("\N{FIGURE SPACE}", " ")


def newer_point(view: View) -> tuple[float, ...]:
    point = point_of(view.run.dataset, view.example)
    assert point is not None
    return point


def test_the_readout_is_of_the_picture_until_a_newer_one_is_painted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    view = plane_view(hidden=(), params=half_planes())
    panel = shown_panel(qtbot, view)
    qtbot.waitUntil(lambda: panel.canvas.picture is not None)
    QTest.mouseMove(panel.canvas, panel.canvas.place_of((-3.0, 2.0)).toPoint())
    assert "teal" in panel._readout.text()
    turned = tuple((-weights, biases) for weights, biases in view.params)
    newer = replace(view, snapshot=replace(view.snapshot, params=turned))
    with monkeypatch.context() as busy:
        busy.setattr(panel.canvas, "want_of", lambda *_: None)
        panel.set_view(newer)
        assert panel.canvas.shown is view
        assert "teal" in panel._readout.text()
        # Off the picture it is the shown example's, as it stands beside the network.
        QTest.mouseMove(panel.canvas, QPoint(1, 1))
        assert panel._readout.text() == answer_text(newer, newer_point(newer))
        QTest.mouseMove(panel.canvas, panel.canvas.place_of((-3.0, 2.0)).toPoint())
    panel.canvas.ask_if_seen()
    qtbot.waitUntil(lambda: panel.canvas.shown is newer)
    assert "rose" in panel._readout.text()


def line_view(weights: float = 1.0) -> View:
    """A network without hidden layers: y = weights * x, where the target is y = x."""
    data = DataSettings("formula", formula="x", n_points=60)
    params = ((np.array([[weights]], np.float32), np.zeros(1, np.float32)),)
    return plane_view(data, (), params, output="identity", loss="squared-error")


def test_functions_of_one_number_are_drawn_as_curves_with_the_largest_error(
    qtbot: QtBot,
):
    panel = shown_panel(qtbot, line_view(1.5))
    assert panel.line.isVisible()
    assert not panel.canvas.isVisible()
    qtbot.waitUntil(lambda: panel.line.answers is not None)
    assert panel.line.largest_error is not None
    error, x = panel.line.largest_error
    assert abs(error - 0.5 * abs(x)) < 1e-5
    assert abs(x) > 5.9
    assert "largest error 2.99 at x =" in panel._line_error.text()


def rows_of_the_curve(panel: PlanePanel) -> np.ndarray:
    """Rows of pixels below the legend that are in the colour of the network."""
    line = panel.line
    colour = theme.colour(theme.colours_of(line).selection)
    wanted = np.array([colour.red(), colour.green(), colour.blue()])
    apart = np.abs(pixels_of(line.grab().toImage())[..., :3].astype(int) - wanted)
    rows = np.flatnonzero((apart.max(axis=2) < 8).any(axis=1))
    return rows[rows > line.axes.area.y() + 8 + line.fontMetrics().height()]


def test_where_the_network_has_no_finite_answer_there_is_no_curve(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, line_view(1.5))
    qtbot.waitUntil(lambda: panel.line.answers is not None)
    assert len(rows_of_the_curve(panel)) > 20
    panel = shown_panel(qtbot, line_view(np.nan))
    qtbot.waitUntil(lambda: panel.line.answers is not None)
    assert panel.line.error_text.startswith("no finite answer")
    assert "no answer" in panel._readout.text()
    assert len(rows_of_the_curve(panel)) == 0


def test_a_click_on_the_line_shows_what_the_network_answers_there(qtbot: QtBot):
    panel = shown_panel(qtbot, line_view())
    area = panel.line.axes.area
    at = QPointF(area.x() + 0.75 * area.width(), area.center().y()).toPoint()
    with qtbot.waitSignal(panel.example_chosen) as chosen:
        QTest.mouseClick(panel.line, Qt.MouseButton.LeftButton, pos=at)
    np.testing.assert_allclose(chosen.args[0].inputs, [3.0], atol=0.05)


def test_numbers_over_the_plane_have_a_signed_scale_that_holds_the_targets(
    qtbot: QtBot,
):
    data = DataSettings("plane")
    weights = np.array([[0.1, 0.0]], np.float32)
    params = ((weights, np.zeros(1, np.float32)),)
    view = plane_view(data, (), params, output="identity", loss="squared-error")
    panel = shown_panel(qtbot, view)
    assert panel._scale.isVisible()
    # Targets reach (6 + 6) / 10 in the corners, and the scale the next round number.
    assert panel._scale.limit == 1.5
    left, right = colours_at(panel, (-5.9, 5.9), (5.9, 5.9))
    assert left[0] > left[2]
    assert right[2] > right[0]


def test_points_grow_with_the_plane_and_with_the_type():
    sides = [2 * point_radius(side, 1.0) for side in (200, 540, 900)]
    assert sides == [8, 12, 16]
    assert 2 * point_radius(200, 1.5) == 12


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("maps", [tokens.USUAL_MAPS, "deutan", "protan", "tritan"])
def test_a_point_is_seen_on_the_ground_of_its_own_class(dark: bool, maps: str):
    tokens.use_maps(maps)
    try:
        ink = theme.colours(dark=dark).ink1
        grounds = region_table(dark=dark)[:, -1].tolist()
    finally:
        tokens.use_maps(tokens.USUAL_MAPS)
    channels = [(g >> 16 & 255, g >> 8 & 255, g & 255) for g in grounds]
    assert min(contrast(ink, ground) for ground in channels) > 3


def test_the_casing_of_a_point_is_ink_around_its_colour(qtbot: QtBot):
    view = plane_view(hidden=(), params=half_planes())
    panel = shown_panel(qtbot, view)
    space = view.run.dataset.space
    assert space is not None
    colours = theme.colours_of(panel)
    pixels = pixels_of(panel.canvas.grab().toImage())[..., :3].astype(int)
    ink = np.abs(pixels - np.array(colours.ink1)).max(axis=-1) < 60
    cased = 0
    for point in space.train.tolist():
        at = panel.canvas.place_of(tuple(point))
        x, y = round(at.x()), round(at.y())
        cased += bool(ink[y - 5 : y + 6, x - 5 : x + 6].any())
    # Some lie wholly under others.
    assert cased > 0.95 * len(space.train)
