from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded
from core.protocol.side_jobs.landscape import Landscape, LandscapeRequest, PlaneView
from core.values.parameter import Parameter
from gui.panels.landscape.landscape_panel import LandscapePanel
from gui.panels.landscape.texts import gap_text, measure_text, share_text
from gui.session.jobs import JobSlot
from gui.style.theme import landscape_table
from gui.widgets.plots.contour_map import ContourMap
from gui.widgets.plots.field import BANDS, Field, PathLine, contour_picture, upsampled
from gui.widgets.plots.surface_view import SurfaceView, pieces, rotation
from tests.gui.support.sample_views import sample_view
from tests.gui.support.whole_window import Glass, GlassMaker


def bowl(*, is_log: bool = False, n: int = 21) -> Field:
    x = np.linspace(-2, 2, n)
    return Field(x, x, x[None] ** 2 + x[:, None] ** 2, is_log)


def landscape(step: int = 300, side: int = 11, kind: str = "path") -> Landscape:
    x = np.linspace(-1, 1, side)
    losses = (x[None] ** 2 + x[:, None] ** 2).astype(np.float32)
    path = np.asarray([[-1.0, 0.5], [0.0, 0.0]])
    steps = np.asarray([0, step])
    plane = PlaneView(kind, ("a", "b"), steps, path, (0.0, 0.0), (0.7, 0.2), 0.9)  # type: ignore[arg-type]
    return Landscape(step, plane, x, x, losses, 0.25, 200, 1, 1, 0.01)


def test_levels_run_from_the_lowest_to_the_highest_point_on_both_scales():
    for is_log in (False, True):
        field = bowl(is_log=is_log)
        assert field.levels(0.0) == pytest.approx(0)
        assert field.levels(8.0) == pytest.approx(1)
        for height in (0.5, 3.0, 7.9):
            level = float(field.levels(height))
            assert field.height_at_level(level) == pytest.approx(height)
    assert bowl(is_log=True).levels(1.0) > bowl().levels(1.0)


def test_a_gap_in_the_path_is_told_and_no_standstill():
    whole = landscape()
    assert gap_text(whole) == ""
    plane = replace(whole.plane, gap=(0, 4031))
    gap = replace(whole, plane=plane)
    assert "Between the steps 0 and 4,031 the path is not known" in gap_text(gap)
    alone = replace(plane, path_steps=np.asarray([4031]), share=None, shares=None)
    assert share_text(replace(whole, plane=alone)) == ""


def test_a_surface_below_zero_has_a_log_scale_too():
    x = np.linspace(-1, 1, 5)
    field = Field(x, x, x[None] ** 2 - x[:, None] ** 2, is_log=True)
    assert field.levels([-1.0, 1.0]).tolist() == pytest.approx([0, 1])
    assert field.height_at_level(1.0) == pytest.approx(1.0)


def test_heights_that_are_no_numbers_are_counted_and_have_no_colour():
    heights = np.zeros((3, 3))
    heights[0, 0] = np.inf
    field = Field(np.arange(3.0), np.arange(3.0), heights)
    assert field.n_missing == 1
    picture = contour_picture(field, landscape_table(dark=True), 3, 3)
    assert np.argwhere(picture == 0).tolist() == [[2, 0]]


def test_the_level_between_four_points_of_the_grid_is_their_mean():
    field = bowl(n=5)
    expected = field.grid_levels[:2, :2].mean()
    assert field.level_at([[-1.5, -1.5]])[0] == pytest.approx(expected)


def test_a_finer_picture_keeps_the_points_of_the_grid():
    grid = np.random.default_rng(0).random((4, 4))
    np.testing.assert_allclose(upsampled(grid, 10, 7)[::3, ::2], grid)


def test_the_contour_picture_shows_large_y_on_top_and_has_bands():
    x = np.linspace(0, 1, 9)
    rising = Field(x, x, np.repeat(x[:, None], 9, axis=1))
    picture = contour_picture(rising, landscape_table(dark=True), 160, 40)
    green = picture >> 8 & 0xFF
    assert green[2, 20] > green[-3, 20]
    light_lines = np.count_nonzero(np.diff(green[:, 20].astype(int)) > 0)
    assert light_lines >= BANDS - 2


def test_the_nearest_piece_of_a_surface_is_drawn_last():
    corners, _, _ = pieces(np.zeros((5, 5)))
    depth = corners.mean(axis=1) @ rotation(0, 30)[2]
    nearest = corners[np.argmax(depth)].mean(axis=0)
    assert nearest[1] < 0
    np.testing.assert_allclose(
        rotation(40, 25) @ rotation(40, 25).T, np.eye(3), atol=1e-12
    )


def test_a_path_ends_where_it_is_no_number_any_more():
    points = np.asarray([[0.0, 0], [1, 1], [np.inf, 2], [3, 3]])
    np.testing.assert_array_equal(PathLine(points, (1, 2, 3)).finite, points[:2])


def test_a_click_on_the_map_tells_the_coordinates(qtbot: QtBot):
    map_ = ContourMap()
    qtbot.addWidget(map_)
    map_.resize(500, 400)
    map_.show_field(bowl())
    map_.show()
    pixel = map_.to_pixels(np.asarray([[1.0, -0.5]]))[0].round().astype(int)
    with qtbot.waitSignal(map_.place_chosen) as told:
        QTest.mouseClick(map_, Qt.MouseButton.LeftButton, pos=QPoint(*pixel.tolist()))
    assert told.args == pytest.approx([1.0, -0.5], abs=0.02)


def test_the_arrow_keys_and_the_mouse_turn_the_surface(qtbot: QtBot):
    surface = SurfaceView()
    qtbot.addWidget(surface)
    surface.resize(400, 300)
    surface.show_field(bowl())
    surface.show()
    before = surface.azimuth, surface.elevation
    QTest.keyClick(surface, Qt.Key.Key_Right)
    QTest.keyClick(surface, Qt.Key.Key_Up)
    assert surface.azimuth > before[0]
    assert surface.elevation > before[1]
    turned = surface.grab().toImage()
    QTest.mouseDClick(surface, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert (surface.azimuth, surface.elevation) == before
    assert surface.grab().toImage() != turned


@pytest.mark.parametrize("size", [(700, 300), (300, 500), (900, 700)])
def test_the_whole_box_of_a_surface_fits_its_widget(
    qtbot: QtBot, size: tuple[int, int]
):
    surface = SurfaceView()
    qtbot.addWidget(surface)
    surface.resize(*size)
    corners = np.stack(np.meshgrid(*[[-0.5, 0.5]] * 2, [-0.31, 0.31]), -1)
    for _ in range(12):
        surface.turn(30, 5)
        pixels = surface.to_pixels(corners.reshape(-1, 3))
        assert (pixels >= 0).all()
        assert (pixels <= size).all()
        np.testing.assert_allclose(pixels.mean(axis=0), np.asarray(size) / 2)


def test_only_news_of_the_newest_job_counts():
    slot = JobSlot()
    (first,) = slot.begin(LandscapeRequest())
    ended, second = slot.begin(LandscapeRequest("random"))
    assert isinstance(first, BeginJob)
    assert isinstance(second, BeginJob)
    assert ended == EndJob(first.job_id)
    assert not slot.accepts(JobEnded(1, first.job_id))
    assert slot.accepts(JobEnded(1, second.job_id))
    assert not slot.is_busy


@pytest.fixture
def panel(qtbot: QtBot) -> LandscapePanel:
    panel = LandscapePanel()
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.commands = []  # type: ignore[attr-defined]
    panel.job_requested.connect(panel.commands.append)  # type: ignore[attr-defined]
    panel.show()
    return panel


def begun(panel: LandscapePanel) -> list[BeginJob]:
    return [c for c in panel.commands if isinstance(c, BeginJob)]  # type: ignore[attr-defined]


def test_the_panel_asks_once_and_draws_what_comes(panel: LandscapePanel):
    view = sample_view()
    panel.set_view(view)
    panel.set_view(view)
    (command,) = begun(panel)
    assert command.request == LandscapeRequest(finest=81)
    panel.take_job(JobAdvanced(1, command.job_id, landscape()))
    assert panel.map.field is not None
    assert "90.0 % of the path's variance" in panel.share.text()
    assert "mean of all 200 training examples, with" in panel.measure.text()
    drawn = measure_text(landscape(), 1000)
    assert "mean of 200 training examples, drawn once, with" in drawn
    first, newest = panel.map.paths[0].ends
    shown = panel.landscape
    assert first == f"step {shown.plane.path_steps[0]}"
    assert newest.startswith(f"step {shown.step}, loss ")
    assert panel.map.field.unit == "loss, nats"


def test_a_stale_landscape_is_not_drawn(panel: LandscapePanel):
    panel.set_view(sample_view())
    (old,) = begun(panel)
    QTest.mouseClick(panel.planes.button(1), Qt.MouseButton.LeftButton)
    assert begun(panel)[-1].request.kind == "random"
    panel.take_job(JobAdvanced(1, old.job_id, landscape()))
    assert panel.landscape is None


def test_two_weights_that_were_selected_span_the_plane(panel: LandscapePanel):
    panel.planes.choose(2)
    panel.set_view(sample_view(selection=Parameter(1, 3, 300)))
    panel.set_view(sample_view(selection=Parameter(2, 7)))
    weights = begun(panel)[-1].request.weights
    assert weights is not None
    assert [(w.layer, w.unit, w.source) for w in weights] == [(2, 7, None), (1, 3, 300)]


def test_zoom_and_new_directions_ask_anew(panel: LandscapePanel):
    panel.set_view(sample_view())
    QTest.mouseClick(panel.nearer, Qt.MouseButton.LeftButton)
    assert begun(panel)[-1].request.zoom == pytest.approx(1.25)
    QTest.mouseClick(panel.planes.button(1), Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.shuffle, Qt.MouseButton.LeftButton)
    assert begun(panel)[-1].request == LandscapeRequest("random", seed=1, finest=81)


def test_a_hidden_panel_ends_its_job(panel: LandscapePanel):
    panel.set_view(sample_view())
    panel.hide()
    assert panel.commands[-1] == EndJob(begun(panel)[-1].job_id)  # type: ignore[attr-defined]


def test_the_log_scale_is_on_demand(panel: LandscapePanel):
    panel.set_view(sample_view())
    panel.take_job(JobAdvanced(1, begun(panel)[-1].job_id, landscape()))
    assert panel.map.field is not None
    assert not panel.map.field.is_log
    QTest.mouseClick(panel.log_box, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert panel.map.field.is_log


@pytest.fixture
def opened(glass: GlassMaker) -> Glass:
    return glass("xor", workspace="landscape")


def test_the_window_draws_the_landscape_of_its_network(opened: Glass):
    panel = opened.panel("landscape")
    opened.wait_until(lambda: "not moved" in panel.share.text())
    # One after the other, for a fast runner notes only where its chunks begin.
    for step in range(1, 13):
        opened.session.take_steps(1)
        opened.rest_at(step)
    opened.wait_until(lambda: panel.landscape and panel.landscape.step == 12)
    opened.wait_until(lambda: panel.landscape.is_finest)
    assert len(panel.landscape.x) == 81
    assert len(panel.map.paths[0].points) > 10
    QTest.mouseClick(panel.shapes.button(1), Qt.MouseButton.LeftButton)
    assert panel.surface.isVisible()
