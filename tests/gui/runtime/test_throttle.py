"""While training wants all cores pictures give way, and nothing is lost by it."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.values.parameter import Unit
from gui.panels.base import Panel, PanelEntry
from gui.panels.network_picture.edges import partial_redraw
from gui.panels.network_picture.edges.edge_picture import EdgePicture
from gui.panels.network_picture.edges.edge_request import DrawnEdges, EdgeRequest
from gui.panels.network_picture.edges.partial_redraw import PartialRedraw
from gui.session.view_state import View
from gui.style.in_force import in_force
from gui.widgets.live_label import LiveLabel
from tests.gui.support.network_pictures import settle, shown_panel, with_selection
from tests.gui.support.sample_views import sample_view


def cores_busy(view: View, *, step: int) -> View:
    snapshot = dataclasses.replace(
        view.snapshot, step=step, playing=True, cores_busy=True
    )
    return dataclasses.replace(view, snapshot=snapshot)


def negated(view: View) -> View:
    params = tuple((-w, -b) for w, b in view.params)
    snapshot = dataclasses.replace(view.snapshot, params=params)
    return dataclasses.replace(view, snapshot=snapshot)


def drawn(picture: EdgePicture, request: EdgeRequest) -> DrawnEdges:
    edges = picture.draw(request, lambda: False)
    assert edges is not None
    return edges


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """One part of a picture at a time."""
    monkeypatch.setattr(partial_redraw, "WHOLE_SECONDS", 0.0)
    monkeypatch.setattr(partial_redraw, "TURN_SECONDS", 0.0)


def test_in_a_hurry_the_parts_of_the_edges_are_drawn_in_turn_until_all_are_new(
    qtbot: QtBot, no_time: None
) -> None:
    panel = shown_panel(qtbot)
    layout = panel.canvas.layout_shown
    assert layout is not None
    old, new = sample_view(), negated(sample_view())

    def request(view: View) -> EdgeRequest:
        return EdgeRequest(view, "weights", layout, 1.0, in_force(dark=True))

    whole = drawn(EdgePicture(), request(new)).pixels.copy()
    picture = EdgePicture()
    before = drawn(picture, request(cores_busy(old, step=300))).pixels.copy()
    seen = []
    for step in range(301, 320):
        edges = drawn(picture, request(cores_busy(new, step=step)))
        is_new = (edges.pixels == whole).all(axis=0)
        is_old = (edges.pixels == before).all(axis=0)
        assert (is_new | is_old).all()
        seen.append((is_new & ~is_old).sum())
        assert edges.is_mixed == (edges.steps[0] != edges.steps[1])
        if edges.steps[0] > 300:
            break
    assert len(seen) > 2
    assert all(np.diff(seen) >= 0)
    assert (edges.pixels == whole).all()


def test_all_edges_are_drawn_as_soon_as_the_hurry_is_over(
    qtbot: QtBot, no_time: None
) -> None:
    panel = shown_panel(qtbot, cores_busy(sample_view(), step=300))
    moving = cores_busy(negated(sample_view()), step=301)
    panel.set_view(moving)
    settle(panel)
    edges = panel.canvas._edges.drawn
    assert edges is not None
    assert edges.is_mixed
    still = dataclasses.replace(moving.snapshot, playing=False, cores_busy=False)
    panel.set_view(dataclasses.replace(moving, snapshot=still))
    settle(panel)
    edges = panel.canvas._edges.drawn
    assert edges is not None
    assert edges.steps == (301, 301)


def test_a_picture_that_is_quickly_drawn_is_drawn_as_a_whole() -> None:
    order = PartialRedraw(3)
    order.note_cost([0, 1, 2], 0.9 * partial_redraw.WHOLE_SECONDS)
    assert order.choose() == [0, 1, 2]


def test_each_part_has_its_turn_and_no_more_of_them_than_there_is_time_for() -> None:
    order = PartialRedraw(4)
    for part, share in enumerate((0.9, 0.5, 0.4, 3.0)):
        order.note_cost([part], share * partial_redraw.TURN_SECONDS)
    assert [order.choose() for _ in range(4)] == [[0], [1, 2], [3], [0]]


class Counting(Panel):
    entry = PanelEntry("counting", "Counting", __name__, "Counting")

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[int] = []

    def draw(self, view: View | None) -> None:
        assert view is not None
        self.steps.append(view.snapshot.step)


@pytest.fixture
def counting(qtbot: QtBot) -> Counting:
    panel = Counting()
    qtbot.addWidget(panel)
    panel.set_view(sample_view())
    panel.show()
    return panel


def test_in_a_hurry_a_panel_draws_few_views_but_the_last_one(
    qtbot: QtBot, counting: Counting
) -> None:
    view = sample_view()
    for step in range(301, 401):
        counting.set_view(cores_busy(view, step=step))
    assert len(counting.steps) < 10
    qtbot.waitUntil(lambda: counting.steps[-1] == 400)


def test_what_the_user_changes_is_drawn_at_once_in_any_hurry(
    counting: Counting,
) -> None:
    view = sample_view()
    counting.set_view(cores_busy(view, step=301))
    counting.set_view(cores_busy(view, step=302))
    chosen = with_selection(cores_busy(view, step=303), Unit(1, 2))
    counting.set_view(chosen)
    assert counting.steps[-1] == 303


class Layouts(QObject):
    """Counts how often a widget is asked to lay itself out."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return super().eventFilter(watched, event)


def test_live_figures_do_not_lay_out_their_window_unless_they_grow(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    label = LiveLabel(window)
    QHBoxLayout(window).addWidget(label)
    label.setText("step 1,000")
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    layouts, width = Layouts(window), label.width()
    for step in range(1001, 1011):
        label.setText(f"step {step:,}")
        QApplication.processEvents()
    assert layouts.count == 0
    label.setText("step 1,000,000,000")
    qtbot.waitUntil(lambda: layouts.count > 0)
    assert label.width() > width
    assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
