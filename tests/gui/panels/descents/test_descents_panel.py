"""The panel that sets all examples against a batch, in the real window and alone."""

import dataclasses
import math

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded
from core.protocol.side_jobs.descents import (
    AngleRequest,
    DescentProgress,
    DescentRequest,
    DescentResult,
    GradientAngle,
)
from gui.panels.descents.descent_picture import DescentPicture
from gui.panels.descents.descents_panel import DescentsPanel
from gui.panels.descents.gradient_arrows import GradientArrows
from gui.session.view_state import View
from tests.gui.support.sample_views import sample_view
from tests.gui.support.whole_window import GlassMaker

LEFT = Qt.MouseButton.LeftButton
Sent = list[BeginJob | EndJob]
COMPARED = GradientAngle(300, 200, 32, 0.5, 1.5, 0.5, 0.01)


@pytest.fixture
def panel(qtbot: QtBot) -> DescentsPanel:
    panel = DescentsPanel()
    qtbot.addWidget(panel)
    panel.resize(560, 380)
    panel.show()
    return panel


@pytest.fixture
def sent(panel: DescentsPanel) -> list[BeginJob | EndJob]:
    commands: list[BeginJob | EndJob] = []
    panel.job_requested.connect(commands.append)
    panel.set_view(sample_view())
    return commands


def begun(sent: Sent, kind: type) -> BeginJob:
    found = [c for c in sent if isinstance(c, BeginJob) and isinstance(c.request, kind)]
    return found[-1]


def result(steps: int = 3, wished: int = 3) -> DescentResult:
    along = np.linspace(0, 1, steps + 1)
    return DescentResult(
        300,
        np.stack([along, 0 * along], axis=1),
        np.stack([1.2 * along, 0.3 * np.sin(9 * along)], axis=1),
        (0.9, 0.08),
        np.linspace(2, 1, steps + 1),
        0.9,
        200,
        32,
        1.5,
        0.02,
        wished,
    )


def at_step(step: int, *, playing: bool = False) -> View:
    view = sample_view()
    snapshot = dataclasses.replace(view.snapshot, step=step, playing=playing)
    return dataclasses.replace(view, snapshot=snapshot)


@pytest.mark.parametrize("steps", [0, 1, 3])
@pytest.mark.parametrize("value", [math.nan, math.inf, 1e308])
def test_paths_of_any_points_are_drawn_and_described(
    qtbot: QtBot, steps: int, value: float
):
    picture = DescentPicture()
    qtbot.addWidget(picture)
    picture.resize(300, 200)
    points = np.full((steps, 2), value)
    picture.show_result(dataclasses.replace(result(), full=points, batch=points))
    picture.grab()
    paths = picture.described().parts
    assert len(paths) == 2
    assert all(("ends at" in path.value) == (steps > 0) for path in paths)


def test_angle_and_lengths_are_drawn_true(panel: DescentsPanel, sent: Sent):
    job = begun(sent, AngleRequest)
    panel.take_job(JobAdvanced(1, job.job_id, COMPARED))
    assert "60\N{DEGREE SIGN}" in panel.compared_label.text()
    assert "3.0 times as long" in panel.compared_label.text()
    ends = panel.arrows.ends()
    assert ends is not None
    full, batch = ends[1] - ends[0], ends[2] - ends[0]
    lengths = [math.hypot(way.x(), way.y()) for way in (full, batch)]
    assert lengths[1] / lengths[0] == pytest.approx(3, rel=1e-6)
    assert math.degrees(math.atan2(-batch.y(), batch.x())) == pytest.approx(60)
    panel.arrows.grab()


def test_a_new_step_is_compared_when_it_rests_and_not_at_each_step_of_play(
    panel: DescentsPanel, sent: Sent
):
    job = begun(sent, AngleRequest)
    panel.set_view(at_step(301, playing=True))
    assert len(sent) == 1
    panel.take_job(JobAdvanced(1, job.job_id, COMPARED))
    panel.take_job(JobEnded(1, job.job_id))
    assert len(sent) == 1
    panel.set_view(at_step(302))
    assert len(sent) == 2


def test_weights_that_were_edited_at_a_step_are_compared_anew(
    panel: DescentsPanel, sent: Sent
) -> None:
    assert panel.view is not None
    for number, view in enumerate((panel.view, sample_view(seed=9)), start=1):
        panel.set_view(view)
        assert len(sent) == number
        panel.take_job(JobEnded(1, begun(sent, AngleRequest).job_id))
        panel.set_view(dataclasses.replace(view, selection=None))
        assert len(sent) == number


def test_a_walk_is_begun_followed_and_drawn(panel: DescentsPanel, sent: Sent):
    panel.steps_box.setValue(3)
    QTest.mouseClick(panel.walk_button, LEFT)
    job = begun(sent, DescentRequest)
    assert job.request == DescentRequest(3)
    assert panel.progress.isVisible()
    assert not panel.walk_button.isEnabled()
    panel.take_job(JobAdvanced(1, job.job_id, DescentProgress(2, 5)))
    assert (panel.progress.value(), panel.progress.maximum()) == (2, 5)
    panel.take_job(JobAdvanced(1, job.job_id, result()))
    panel.take_job(JobEnded(1, job.job_id))
    assert not panel.progress.isVisible()
    assert panel.walk_button.isEnabled()
    assert "after 600 examples" in panel.result_label.text()
    places = panel.picture.places(result().full)
    assert places[0].x() < places[-1].x()
    assert "90 %" in panel.picture.axes_text()
    panel.picture.grab()


def test_cancel_gives_the_walk_up(panel: DescentsPanel, sent: Sent):
    QTest.mouseClick(panel.walk_button, LEFT)
    job = begun(sent, DescentRequest)
    QTest.mouseClick(panel.cancel_button, LEFT)
    assert sent[-1] == EndJob(job.job_id)
    assert panel.walk_button.isEnabled()
    panel.take_job(JobAdvanced(1, job.job_id, result()))
    assert panel.picture.result is None


def test_flat_paths_are_stretched_and_it_is_said(panel: DescentsPanel, sent: Sent):
    flat = dataclasses.replace(result(), batch=result().batch * [1, 0.01])
    panel.picture.show_result(flat)
    assert panel.picture.stretch() > 10
    assert "times as large" in panel.picture.axes_text()
    panel.picture.show_result(result())
    assert panel.picture.stretch() == 1
    assert "times as large" not in panel.picture.axes_text()


def test_fewer_steps_than_wished_are_explained(panel: DescentsPanel, sent: Sent):
    QTest.mouseClick(panel.walk_button, LEFT)
    job = begun(sent, DescentRequest)
    panel.take_job(JobAdvanced(1, job.job_id, result(3, 20)))
    assert "more would not fit" in panel.result_label.text()


def test_news_of_another_run_is_not_heard(panel: DescentsPanel, sent: Sent):
    job = begun(sent, AngleRequest)
    panel.take_job(JobAdvanced(9, job.job_id, COMPARED))
    assert panel.arrows.ends() is None


def test_the_runner_compares_and_walks_in_the_window(glass: GlassMaker):
    shown = glass()
    shown.show_workspace("batch")
    panel = shown.panel("walks")
    shown.session.step_batch()
    shown.wait_until(lambda: panel.compared_label.text().startswith("Step 1:"))
    panel.steps_box.setValue(5)
    QTest.mouseClick(panel.walk_button, LEFT)
    shown.wait_until(lambda: panel.picture.result is not None)
    assert panel.picture.result.steps == 5
    assert panel.picture.result.start == 1
    assert shown.step == 1


@pytest.mark.parametrize("width", [110, 130, 170, 240, 420])
@pytest.mark.parametrize("degrees", [3, 33, 91, 150])
def test_names_of_the_arrows_lie_over_no_other_and_are_whole(
    qtbot: QtBot, width: int, degrees: float
) -> None:
    arrows = GradientArrows()
    qtbot.addWidget(arrows)
    arrows.resize(width, 150)
    cosine = math.cos(math.radians(degrees))
    arrows.show_compared(GradientAngle(3, 20_000, 32, 0.642, 0.931, cosine, 0.1))
    boxes = arrows.name_boxes()
    assert len(boxes) == 2
    one, other = boxes
    assert not one.adjusted(0, 2, 0, -2).intersects(other.adjusted(0, 2, 0, -2))
    room = QRectF(arrows.rect())
    assert all(room.contains(box.adjusted(0, 2, 0, -2)) for box in boxes)
