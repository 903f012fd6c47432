"""What the mouse reads off the curves."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from gui.panels.curves.curves_panel import CurvesPanel
from tests.gui.panels.curves.test_curves_panel import (
    centre_of,
    falling,
    plots,
    settle,
    view_of,
)


def test_hover_shows_the_exact_values_of_the_step_under_the_mouse(
    panel: CurvesPanel, qtbot: QtBot
):
    losses = falling(300)
    panel.set_view(view_of(losses))
    settle(panel)
    loss, accuracy = plots(panel)

    spot = centre_of(loss)
    qtbot.mouseMove(loss.viewport(), spot)

    scene = loss.mapToScene(spot)
    step = round(loss._view_box.mapSceneToView(scene).x())
    assert panel._controls.position_text.startswith(f"step {step}\n")
    assert f"batch {losses[step - 1]:.4f}" in panel._loss.legend.text
    for part in (panel._loss, panel._accuracy):
        assert f"(step {step // 100 * 100})" in part.legend.text
    assert loss._crosshair.isVisible()
    assert accuracy._crosshair.isVisible()
    assert accuracy._crosshair.value() == step


def test_a_mouse_that_rests_reads_what_has_come_below_it(
    panel: CurvesPanel, qtbot: QtBot
):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    loss, _ = plots(panel)
    spot = centre_of(loss)
    read: list[float] = []
    qtbot.mouseMove(loss.viewport(), QPoint(2, 2))
    loss.step_hovered.connect(read.append)
    qtbot.mouseMove(loss.viewport(), spot)
    loss.set_steps((0.0, 600.0))
    below = loss._view_box.mapSceneToView(loss.mapToScene(spot)).x()
    assert read[0] < 200 < read[-1]
    assert read[-1] == pytest.approx(below)
    assert loss._crosshair.value() == min(round(below), 300)


def test_crosshair_goes_when_the_mouse_leaves_the_plot(
    panel: CurvesPanel, qtbot: QtBot
):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    loss, _ = plots(panel)
    qtbot.mouseMove(loss.viewport(), QPoint(2, 2))
    qtbot.mouseMove(loss.viewport(), centre_of(loss))
    assert loss._crosshair.isVisible()
    qtbot.mouseMove(loss.viewport(), QPoint(2, 2))
    assert not loss._crosshair.isVisible()
    assert panel._controls.position_text.startswith("step 300\n")


def test_hover_over_merged_steps_says_what_the_point_stands_for(
    panel: CurvesPanel, qtbot: QtBot
):
    losses = np.linspace(1, 2, 3_000_000)
    panel.set_view(view_of(losses))
    settle(panel)
    loss, _ = plots(panel)
    spot = centre_of(loss)

    qtbot.mouseMove(loss.viewport(), spot)

    step = round(loss._view_box.mapSceneToView(loss.mapToScene(spot)).x())
    first = (step - 1) // 4 * 4 + 1
    assert panel._controls.position_text.startswith(f"steps {first:,} to {first + 3:,}")
    low, high = losses[first - 1], losses[first + 2]
    said = f"batch mean {(low + high) / 2:.4f}, {low:.4f} to {high:.4f}"
    assert said in panel._loss.legend.text
