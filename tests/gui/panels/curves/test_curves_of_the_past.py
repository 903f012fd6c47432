"""What stands beside the present line: the previous run, branches that were left."""

from dataclasses import replace

import numpy as np
import pytest

import gui.panels.curves.curve_room  # noqa: F401  # else another thread imports it
from core.protocol.branch import Turn
from core.values.parameter import Edit, Parameter
from gui.panels.curves.curves_panel import CurvesPanel
from tests.gui.panels.curves.test_curves_panel import falling, plots, settle, view_of
from tests.gui.support.whole_window import GlassMaker


def test_where_the_previous_run_was_measured_seldom_its_points_are_marked(
    panel: CurvesPanel,
) -> None:
    panel.set_view(view_of(falling(500)))
    panel.set_view(view_of(falling(300), run_id=2))
    panel._on_redraw_timeout()
    dots = panel._loss._before_dots
    np.testing.assert_array_equal(dots.getData()[0], np.arange(0, 401, 100))
    assert dots.isVisible()


def test_the_legend_says_over_how_many_steps_the_curve_of_training_is_smoothed(
    panel: CurvesPanel,
) -> None:
    panel.set_view(view_of(falling(50)))
    assert "as one 20 steps later" in panel._loss.legend.toolTip()
    panel._on_controls_half_life_changed(5)
    assert "as one 5 steps later" in panel._accuracy.legend.toolTip()
    panel._on_controls_half_life_changed(0)
    assert "the value of each batch" in panel._loss.legend.toolTip()


def test_a_curve_of_one_step_can_be_seen(panel: CurvesPanel) -> None:
    view = view_of(falling(1))
    loss = float(falling(1)[0])
    view.run.metrics.turn(Turn(0, 1, 1))
    panel.set_view(view)
    panel._on_redraw_timeout()
    x, y = panel._loss._abandoned.getData()
    left, right = x[np.isfinite(y)]
    assert left < 1 < right
    assert y[np.isfinite(y)].tolist() == pytest.approx([loss, loss])


def test_a_branch_of_one_step_is_drawn_from_the_step_where_it_parts(
    panel: CurvesPanel,
) -> None:
    view = view_of(falling(50))
    view.run.metrics.turn(Turn(49, 50, 1))
    panel.set_view(view)
    panel._on_redraw_timeout()
    x, y = panel._loss._abandoned.getData()
    np.testing.assert_array_equal(x[np.isfinite(y)], [49, 50])


@pytest.mark.parametrize(
    ("factor", "start", "is_told"),
    [(1.0, 0.9, False), (1e22, 0.9, True), (2.0, 0.9, True), (1e22, 0.0, False)],
)
def test_a_loss_that_has_grown_beyond_its_start_is_told(
    panel: CurvesPanel, factor: float, start: float, is_told: bool
) -> None:
    """A perceptron may begin without a loss, which no rate would have kept."""
    losses = falling(60) / falling(60)[-1] * factor
    view = view_of(losses)
    view.run.metrics.tests.add(0, start, 0.1)
    panel.set_view(view)
    settle(panel)
    assert panel._warning.isVisible() == is_told
    if is_told:
        said = panel._warning.text()
        assert "Over twice the first loss, 0.9000" in said
    panel.set_view(view_of(falling(60)[:19] * 1e9, run_id=2))
    settle(panel)
    assert not panel._warning.isVisible()


def test_at_a_healthy_step_later_ones_are_said_to_diverge_and_from_which_on(
    panel: CurvesPanel,
) -> None:
    losses = np.concatenate((np.full(400, 0.5), np.full(200, 1e6)))
    for step, told in ((200, "Later steps diverge, from step 401 on"), (500, "Over")):
        view = view_of(losses, run_id=step)
        view.run.metrics.tests.add(0, 0.9, 0.1)
        snapshot = replace(view.snapshot, step=step, end=600)
        panel.set_view(replace(view, snapshot=snapshot))
        settle(panel)
        assert panel._warning.text().startswith(told)


def test_what_is_wrong_takes_no_height_from_the_plots(panel: CurvesPanel) -> None:
    heights = []
    for run, factor in ((1, 1.0), (2, 3.0)):
        panel.forget_previous()
        view = view_of(falling(60) / falling(60)[-1] * factor, run_id=run)
        view.run.metrics.tests.add(0, 0.9, 0.1)
        panel.set_view(view)
        settle(panel)
        heights.append([plot.height() for plot in plots(panel)])
    assert heights[0] == heights[1]
    note = panel._warning
    loss = plots(panel)[0]
    assert note.isVisible()
    corner = note.mapTo(panel, note.rect().topLeft())
    area = loss.area.translated(loss.mapTo(panel, loss.rect().topLeft()))
    assert area.contains(corner)


def test_a_reading_that_replaces_the_one_of_its_step_moves_its_point(
    panel: CurvesPanel,
) -> None:
    view = view_of(falling(100))
    panel.set_view(view)
    panel._on_redraw_timeout()
    assert panel._loss._dots.getData()[1][-1] == pytest.approx(1.1)
    # A weight was edited: the same step, and as many readings as before.
    view.run.metrics.tests.add(100, 0.7, 0.5)
    panel.set_view(replace(view))
    panel._on_redraw_timeout()
    assert panel._loss._dots.getData()[1][-1] == pytest.approx(0.7)
    assert "test 0.7000" in panel._loss.legend.text


def test_the_point_is_where_the_bar_and_the_legend_say_after_undo_and_redo(
    glass: GlassMaker,
) -> None:
    window = glass("worked-example", workspace="train")
    curves = window.panel("curves")

    def read() -> float:
        evaluation = window.view.evaluation
        if evaluation is None or evaluation.step != 1:
            return -1.0
        return evaluation.test_loss

    def drawn() -> float:
        _, heights = curves._loss._dots.getData()
        return float(heights[-1]) if len(heights) else -2.0

    window.session.document.edit({"training.learning_rate": 0.25})
    window.session.take_steps(1)
    window.rest_at(1)
    window.wait_until(lambda: abs(drawn() - read()) < 1e-6)
    window.show_workspace("backprop")
    window.session.interventions.edit_params((Edit(Parameter(1, 0, 1), 2.0),))
    window.wait_until(lambda: window.view.edited)
    for key in ("undo", "redo"):
        window.window.actions_by_key[key].trigger()
        is_edited = key == "redo"
        window.wait_until(lambda wanted=is_edited: bool(window.view.edited) == wanted)
    window.show_workspace("train")

    window.wait_until(lambda: abs(drawn() - read()) < 1e-6)
    assert f"{read():.4f}" in curves._loss.legend.text
