"""Edges are drawn by another thread; what is seen meanwhile, and what it says."""

import dataclasses
import subprocess
import sys
import threading
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter
from gui.panels.network_picture import canvas
from gui.panels.network_picture.edges import edge_drawer, edge_picture
from gui.panels.network_picture.edges.edge_picture import EdgePicture
from gui.panels.network_picture.edges.edge_request import DrawnEdges, EdgeRequest
from gui.panels.network_picture.edges.layer_edges import (
    LayerEdgesGeometry,
    LayerEdgesRaster,
)
from gui.panels.network_picture.headline import headline
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.panels.network_picture.scene.layout import Zoom
from gui.panels.network_picture.scene.quantity import Quantity
from gui.panels.network_picture.scene.scene import Scene
from gui.session.view_state import View, resolve
from gui.style import theme
from gui.style.in_force import in_force
from tests.gui.support.network_pictures import (
    edge_point,
    gap_pixels,
    one_edge_view,
    pixels_of,
    settle,
    shown_panel,
    unit_point,
    with_params,
)
from tests.gui.support.sample_views import sample_view


def test_the_main_thread_never_builds_or_draws_edges(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    threads: set[str] = set()
    real = EdgePicture.draw

    def watched(
        self: EdgePicture, request: EdgeRequest, superseded: Callable[[], bool]
    ) -> DrawnEdges | None:
        threads.add(threading.current_thread().name)
        return real(self, request, superseded)

    monkeypatch.setattr(EdgePicture, "draw", watched)
    panel = shown_panel(qtbot)
    panel.resize(700, 500)
    settle(panel)
    assert threads
    assert threading.main_thread().name not in threads


def test_units_are_painted_before_the_first_edges(qtbot: QtBot):
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 640)
    panel.show()
    panel.set_view(sample_view())
    pixels = pixels_of(panel.canvas.grab().toImage())
    at = unit_point(panel, 1, 3)
    plane = theme.colours(dark=theme.is_dark(panel.palette())).plane
    # Zero is the plane, so that a dead unit is an outline only.
    assert (pixels[at.y() - 20 : at.y() + 20, at.x()] != plane).any()
    between = edge_point(panel, Parameter(1, 3, 400), 0.5)
    assert tuple(pixels[between.y(), between.x()]) == plane
    assert (gap_pixels(panel, 1) != plane).mean() > 0.3


def test_edges_leave_the_cores_to_the_first_step(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(edge_drawer, "FIRST_STEP_SECONDS", 1000)
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.show()
    view = sample_view()
    for at, draws in ((0, 0), (1, 1)):
        snapshot = dataclasses.replace(view.snapshot, step=at, playing=True)
        panel.set_view(dataclasses.replace(view, snapshot=snapshot))
        QApplication.processEvents()  # what is due at once has begun after it
        assert panel.canvas.edge_draws == draws


def test_a_resized_picture_is_stretched_until_its_edges_are_drawn(qtbot: QtBot):
    panel = shown_panel(qtbot, one_edge_view(2, 12, 3, 1.0))
    draws = panel.canvas.edge_draws
    panel.resize(760, 560)
    for settled in (False, True):
        if settled:
            settle(panel)
        assert panel.canvas.is_settled is settled
        pixels = pixels_of(panel.canvas.grab().toImage()).astype(int)
        at = edge_point(panel, Parameter(2, 12, 3), 0.5)
        area = pixels[at.y() - 3 : at.y() + 4, at.x() - 1 : at.x() + 2]
        far = np.abs(
            area.reshape(-1, 3) - np.asarray(theme.colours_of(panel).positive)
        ).sum(axis=1)
        assert far.min() < 60
    assert panel.canvas.edge_draws == draws + 1


def test_a_newer_size_supersedes_the_one_being_built(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    begun, go_on = threading.Event(), threading.Event()
    real = edge_picture.LayerEdgesRaster

    def slow(place: LayerEdgesGeometry) -> LayerEdgesRaster:
        begun.set()
        assert go_on.wait(10)
        return real(place)

    monkeypatch.setattr(edge_picture, "LayerEdgesRaster", slow)
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 640)
    panel.show()
    panel.set_view(sample_view())
    qtbot.waitUntil(begun.is_set)
    panel.resize(700, 500)
    go_on.set()
    settle(panel)
    drawn = panel.canvas._edges.drawn
    assert drawn is not None
    assert drawn.request.layout == panel.canvas.layout_shown
    assert panel.canvas.edge_draws == 2


def test_edges_that_stay_behind_say_of_which_step_they_are(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    view = sample_view(step=300)
    panel = shown_panel(qtbot, view)
    go_on = threading.Event()
    real = EdgePicture.draw

    def slow(
        self: EdgePicture, request: EdgeRequest, superseded: Callable[[], bool]
    ) -> DrawnEdges | None:
        go_on.wait(60)
        return real(self, request, superseded)

    monkeypatch.setattr(EdgePicture, "draw", slow)
    said: list[str] = []
    real_lag = canvas.paint_lag

    def heard(painter: QPainter, scene: Scene, drawn: DrawnEdges) -> None:
        said.append(str(drawn.request.view.snapshot.step))
        real_lag(painter, scene, drawn)

    monkeypatch.setattr(canvas, "paint_lag", heard)
    monkeypatch.setattr(edge_drawer, "BEHIND_SECONDS", 1000)
    before = pixels_of(panel.canvas.grab().toImage())
    for factor in (1.1, 1.2):
        scaled = tuple((w * np.float32(factor), b) for w, b in view.params)
        panel.set_view(with_params(view, scaled))
    panel.canvas.grab()
    assert said == []
    monkeypatch.setattr(edge_drawer, "BEHIND_SECONDS", -1)
    after = pixels_of(panel.canvas.grab().toImage())
    assert set(said) == {"300"}
    assert (after != before).any()
    go_on.set()
    settle(panel)
    said.clear()
    panel.canvas.grab()
    assert said == []


def test_the_headline_answers_for_the_view_that_is_painted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    painted: list[View] = []
    real = canvas.paint_outputs

    def watched(painter: QPainter, scene: Scene) -> None:
        painted.append(scene.view)
        real(painter, scene)

    monkeypatch.setattr(canvas, "paint_outputs", watched)
    view = sample_view()
    panel = shown_panel(qtbot, view)
    panel.canvas._late.setInterval(1_000_000)
    weights, biases = view.params[-1]
    bold = (*view.params[:-1], (weights, biases + 50 * np.eye(10, dtype=np.float32)[1]))
    snapshot = dataclasses.replace(view.snapshot, params=bold)
    panel.set_view(resolve(view.run, snapshot, view.example))
    assert not panel.canvas.is_settled
    said = panel.answer.headline
    assert said.text == headline(painted[-1]) == headline(view)
    settle(panel)
    qtbot.waitUntil(lambda: painted[-1].params is bold)
    assert said.text == headline(painted[-1]) != headline(view)


def test_a_hidden_picture_draws_nothing_and_catches_up_when_shown(qtbot: QtBot):
    view = sample_view()
    panel = shown_panel(qtbot, view)
    draws = panel.canvas.edge_draws
    panel.hide()
    flipped = with_params(view, tuple((-w, b) for w, b in view.params))
    panel.set_view(flipped)
    QApplication.processEvents()
    assert panel.canvas.edge_draws == draws
    panel.show()
    settle(panel)
    drawn = panel.canvas._edges.drawn
    assert drawn is not None
    assert drawn.request.view.params is flipped.params


def test_the_zoom_outlives_a_change_of_the_learning_rate(qtbot: QtBot):
    view = sample_view()
    panel = shown_panel(qtbot, view)
    panel.canvas._set_zoom(Zoom(2.0, -300.0, -200.0))
    panel.set_view(dataclasses.replace(view, run=dataclasses.replace(view.run)))
    assert panel.canvas.zoom.factor == 2.0


def test_the_process_ends_while_edges_are_drawn():
    program = (
        "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from gui.panels.network_picture.network_panel import NetworkPanel\n"
        "from tests.gui.support.sample_views import sample_view\n"
        "app = QApplication([])\n"
        "panel = NetworkPanel(); panel.resize(900, 640); panel.show()\n"
        "panel.set_view(sample_view((128,)))\n"
        "app.processEvents()\n"
        "assert panel.canvas.edge_draws == 1 and not panel.canvas.is_settled\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_at_rest_an_edit_that_is_undone_leaves_no_scale(qtbot: QtBot) -> None:
    layout = shown_panel(qtbot).canvas.layout_shown
    assert layout is not None
    view, picture = sample_view(), EdgePicture()

    def limit(factor: float) -> float:
        params = tuple((w * np.float32(factor), b) for w, b in view.params)
        snapshot = dataclasses.replace(view.snapshot, params=params, playing=False)
        shown = dataclasses.replace(view, snapshot=snapshot)
        request = EdgeRequest(shown, "weights", layout, 1.0, in_force(dark=True))
        edges = picture.draw(request, lambda: False)
        assert edges is not None
        return edges.gaps[0].limit

    before = limit(1)
    assert limit(1000) > 100 * before
    assert limit(1) == before


@pytest.mark.parametrize("quantity", ["weights", "nudges", "signal"])
def test_a_step_at_rest_looks_the_same_whatever_was_before(
    qtbot: QtBot, quantity: Quantity
) -> None:
    panel = shown_panel(qtbot)
    panel.quantity = quantity

    def picture(factor: float, *, playing: bool = False) -> np.ndarray:
        panel.set_view(multiplied(sample_view(), factor, playing=playing))
        settle(panel)
        return pixels_of(panel.canvas.grab().toImage())

    first = picture(1)
    assert (picture(1000) != first).any()
    assert (picture(1) == first).all()
    picture(1000, playing=True)
    picture(1, playing=True)
    assert (picture(1) == first).all()


def multiplied(view: View, factor: float, *, playing: bool) -> View:
    """The view of a network with other weights and biases."""
    params = tuple(
        (w * np.float32(factor), b * np.float32(factor)) for w, b in view.params
    )
    snapshot = dataclasses.replace(view.snapshot, params=params, playing=playing)
    return resolve(view.run, snapshot, view.example, view.evaluation, None)


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_a_bias_that_is_no_number_has_no_arc_and_leaves_the_others_theirs(
    qtbot: QtBot, broken: float
):
    view = sample_view()
    params = [(w, b.copy()) for w, b in view.params]
    params[0][1][:] = 0.0
    params[0][1][4] = 0.5

    def ring(bias: float, unit: int) -> np.ndarray:
        params[0][1][2] = bias
        panel = shown_panel(qtbot, with_params(view, tuple(params)))
        pixels = pixels_of(panel.canvas.grab().toImage())
        at, layout = unit_point(panel, 1, unit), panel.canvas.layout_shown
        assert layout is not None
        # Above the unit, where arcs begin, and to its right, where positive ones go.
        radius = layout.columns[1].radius
        right = round(at.x() + 0.75 * radius), round(at.y() - 0.75 * radius)
        half = max(2, round(0.2 * radius))
        return np.array(
            pixels[right[1] - half : right[1] + half, right[0] - half : right[0] + half]
        )

    np.testing.assert_array_equal(ring(broken, 2), ring(0.0, 2))
    assert (ring(0.5, 2) != ring(0.0, 2)).any()
    np.testing.assert_array_equal(ring(broken, 4), ring(0.5, 4))
