"""The curves panel, driven by mouse and keys."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPushButton, QSlider
from pytestqt.qtbot import QtBot

import gui.panels.curves.curve_room  # noqa: F401  # else another thread imports it
from core.experiment.model import Experiment
from core.network.numpy.losses.table import LOSSES
from core.protocol.messages import Metrics
from gui.panels.curves.curves_panel import CurvesPanel
from gui.session.metrics_log import MetricsLog
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.contrast import name_colour
from gui.style.fonts import scale_of
from gui.widgets.plots.curve_plot import CurvePlot
from tests.gui.support.sample_views import sample_view
from tests.gui.support.saved_files import request_of, save

STEPS_PER_EPOCH = 50


def view_of(losses: np.ndarray, run_id: int = 1, loss: str = "cross-entropy") -> View:
    view = sample_view()
    log = MetricsLog()
    accuracies = np.linspace(0, 1, len(losses), dtype=np.float32)
    log.add_batches(Metrics(run_id, 1, losses.astype(np.float32), accuracies))
    for step in range(0, len(losses) + 1, 100):
        log.tests.add(step, 1.0 + step / 1000, 0.5)
    experiment = Experiment().with_values({"training.loss": loss})
    run = replace(view.run, run_id=run_id, metrics=log, experiment=experiment)
    snapshot = replace(
        view.snapshot,
        run_id=run_id,
        step=len(losses),
        epoch=len(losses) / STEPS_PER_EPOCH,
        steps_per_epoch=STEPS_PER_EPOCH,
    )
    log.take_snapshot(snapshot)
    return replace(view, run=run, snapshot=snapshot)


def falling(count: int) -> np.ndarray:
    return 2.0 * np.exp(-np.arange(1, count + 1) / 100) + 0.3


def plots(panel: CurvesPanel) -> tuple[CurvePlot, CurvePlot]:
    loss, accuracy = panel.findChildren(CurvePlot)
    return loss, accuracy


def menu_action(panel: CurvesPanel, text: str) -> QAction:
    return next(a for a in panel._menu.actions() if a.text() == text)


def settle(panel: CurvesPanel) -> None:
    for _ in range(3):
        QApplication.processEvents()


def centre_of(plot: CurvePlot, share: float = 0.5) -> QPoint:
    """A place in the plotting area, `share` of the way to its right end."""
    rect = plot._view_box.sceneBoundingRect()
    spot = QPointF(rect.left() + share * rect.width(), rect.center().y())
    return plot.mapFromScene(spot)


def wheel(plot: CurvePlot, position: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(position),
        QPointF(plot.viewport().mapToGlobal(position)),
        QPoint(0, 0),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


def test_without_a_run_it_says_so(panel: CurvesPanel):
    panel.set_view(None)
    assert "as soon as a run" in panel._stack.reason


def test_legend_tells_the_newest_values(panel: CurvesPanel):
    losses = falling(300)
    panel.set_view(view_of(losses))
    settle(panel)
    text = panel._loss.legend.text
    assert f"batch {losses[-1]:.4f}" in text
    assert "test 1.3000" in text
    assert panel._controls.position_text == "step 300\nepoch 6.00"
    assert "test 50.00 %" in panel._accuracy.legend.text


def test_curves_that_come_into_sight_are_drawn_once_in_their_new_size(
    panel: CurvesPanel, monkeypatch: pytest.MonkeyPatch
):
    view = view_of(falling(300))
    panel.set_view(view)
    settle(panel)
    panel.hide()
    more = np.ones(100, np.float32)
    view.run.metrics.add_batches(Metrics(1, 301, more, more))
    panel.set_view(replace(view, snapshot=replace(view.snapshot, step=400)))
    draws: list[int] = []
    real = panel._draw_curves
    monkeypatch.setattr(
        panel, "_draw_curves", lambda data: (draws.append(panel.width()), real(data))
    )
    panel.show()
    panel.resize(900, 300)
    settle(panel)
    assert draws == [900]
    assert panel._controls.position_text.startswith("step 400")


def test_steps_follow_the_newest_until_the_wheel_zooms(panel: CurvesPanel):
    view = view_of(falling(300))
    panel.set_view(view)
    settle(panel)
    loss, accuracy = plots(panel)
    assert loss.steps == accuracy.steps == (0.0, 320.0)

    wheel(loss, centre_of(loss), 3)

    zoomed = loss.steps
    assert zoomed[1] - zoomed[0] < 250
    assert accuracy.steps == pytest.approx(zoomed)
    view.run.metrics.add_batches(
        Metrics(1, 301, np.ones(500, np.float32), np.ones(500, np.float32))
    )
    panel.set_view(view)
    assert loss.steps == zoomed
    assert not panel.findChild(QPushButton).isChecked()


@pytest.fixture
def every_move_counts() -> Iterator[None]:
    """pyqtgraph leaves out what comes within a hundredth of a second."""
    before = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", 0)
    yield
    pg.setConfigOption("mouseRateLimit", before)


@pytest.mark.usefixtures("every_move_counts")
def test_drag_pans_and_double_click_returns(panel: CurvesPanel, qtbot: QtBot):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    loss, _ = plots(panel)
    start = centre_of(loss)
    view = loss.viewport()

    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for shift in (20, 40, 60):
        qtbot.mouseMove(view, start + QPoint(shift, 0))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))

    assert loss.steps[0] < 0
    # Pan leaves the values where they are.
    assert loss.heights[0] < 0 < 2 < loss.heights[1] < 3
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=start)
    assert loss.steps == (0.0, 320.0)
    assert panel.findChild(QPushButton).isChecked()


def test_follow_button_returns_to_the_newest(panel: CurvesPanel, qtbot: QtBot):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    loss, _ = plots(panel)
    wheel(loss, centre_of(loss), 5)
    qtbot.mouseClick(panel.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert loss.steps == (0.0, 320.0)


def test_window_shows_only_the_last_steps(panel: CurvesPanel, qtbot: QtBot):
    panel.set_view(view_of(falling(3000)))
    settle(panel)
    loss, _ = plots(panel)
    box = panel.findChild(QComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert box.currentText() == "last 100"
    low, high = loss.steps
    assert (high - low, high >= 3000) == (100, True)


def test_log_scale_draws_logarithms_of_the_losses(panel: CurvesPanel, qtbot: QtBot):
    losses = falling(200)
    losses[50] = 0.0
    panel.set_view(view_of(losses))
    settle(panel)
    qtbot.mouseClick(panel.findChild(QCheckBox), Qt.MouseButton.LeftButton)
    drawn = panel._loss._raw.getData()[1]
    assert np.nanmax(drawn) == pytest.approx(np.log10(losses.max()), abs=1e-6)
    low, high = plots(panel)[0].heights
    assert np.isfinite([low, high]).all()
    assert low < np.log10(losses.min(where=losses > 0, initial=9)) < high
    ticks = plots(panel)[0]._values.ticks(-1.0, 1.0, 80)
    assert [tick.label for tick in ticks] == ["0.1", "1", "10"]


def test_smoothing_slider_changes_the_average(panel: CurvesPanel, qtbot: QtBot):
    losses = np.tile([1.0, 3.0], 200)
    panel.set_view(view_of(losses))
    settle(panel)
    slider = panel.findChild(QSlider)
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert "train 3.0000" in panel._loss.legend.text
    for _ in range(6):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert panel._controls.half_life == 50
    smoothed = float(panel._loss.legend.text.split("train ")[1].split()[0])
    assert smoothed == pytest.approx(2.0, abs=0.02)


def test_losses_that_are_not_finite_leave_the_axes_whole(panel: CurvesPanel):
    losses = falling(300)
    losses[150:] = np.nan
    losses[149] = np.inf
    panel.set_view(view_of(losses))
    settle(panel)
    low, high = plots(panel)[0].heights
    assert -1 < low < high < 4
    assert panel._warning.isVisible()
    assert "from step 150 on" in panel._warning.text()
    assert "batch nan" in panel._loss.legend.text


def test_new_run_starts_over_and_keeps_the_test_curve_of_the_last(panel: CurvesPanel):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    assert "previous run" not in panel._loss.legend.text

    panel.set_view(view_of(falling(100), run_id=2))
    settle(panel)

    loss, _ = plots(panel)
    assert loss.steps[1] < 150
    assert "previous run" in panel._loss.legend.text
    assert panel._loss._before.getData()[1][0] == 1.0


def test_previous_run_with_another_loss_is_not_compared(panel: CurvesPanel):
    panel.set_view(view_of(falling(300)))
    panel.set_view(view_of(falling(100), run_id=2, loss="squared-error"))
    settle(panel)
    assert "previous run" not in panel._loss.legend.text
    assert plots(panel)[0].accessibleName().startswith("squared error")


def test_at_most_two_points_a_pixel_are_drawn(panel: CurvesPanel):
    panel.set_view(view_of(np.random.default_rng(0).random(150_000)))
    settle(panel)
    loss, _ = plots(panel)
    assert len(panel._loss._raw.getData()[0]) <= 2 * (loss.pixels + 1)
    assert len(panel._loss._raw.getData()[0]) > loss.pixels / 2


def test_only_the_visible_stretch_is_drawn(panel: CurvesPanel):
    panel.set_view(view_of(falling(5000)))
    settle(panel)
    loss, _ = plots(panel)
    wheel(loss, centre_of(loss), 15)
    low, high = loss.steps
    x = panel._loss._raw.getData()[0]
    assert low - 3 <= x.min()
    assert x.max() <= high + 3


def test_ten_million_steps_are_drawn_whole(panel: CurvesPanel):
    losses = falling(10_000_000)
    losses[7_654_321] = 50.0
    view = view_of(losses)
    panel.set_view(view)
    assert panel._loss._raw.getData()[1].max() == 50.0
    assert panel._controls.position_text.startswith("step 10,000,000\n")


def test_csv_of_merged_steps_says_so_in_its_header(panel: CurvesPanel, tmp_path: Path):
    losses = np.linspace(1, 2, 2**20 + 1001)
    view = view_of(losses[:200])
    rest = losses[200:].astype(np.float32)
    view.run.metrics.add_batches(Metrics(1, 201, rest, np.zeros_like(rest)))
    panel.set_view(view)
    path = tmp_path / "curves.csv"

    save(panel, menu_action(panel, "Save curves as CSV…").trigger, path)

    header, *lines = path.read_text().splitlines()
    assert header.startswith("first_step,last_step,batch_loss_mean,batch_loss_min,")
    rows = [line.split(",") for line in lines]
    assert {len(row) for row in rows} == {header.count(",") + 1}
    buckets = np.asarray([row[:5] for row in rows if row[2]], dtype=float)
    assert (buckets[0, 0], buckets[-1, 1]) == (1, len(losses))
    np.testing.assert_array_equal(buckets[1:, 0], buckets[:-1, 1] + 1)
    np.testing.assert_allclose(buckets[:, 3], losses[::2], rtol=1e-6)
    tests = [row for row in rows if not row[2]]
    assert [(row[0], row[-2]) for row in tests] == [
        ("0", "1"),
        ("100", "1.1"),
        ("200", "1.2"),
    ]
    assert rows.index(tests[1]) == 1 + 50


def test_unchanged_view_is_not_drawn_again(panel: CurvesPanel):
    view = view_of(falling(300))
    panel.set_view(view)
    settle(panel)
    drawn = panel._loss._raw.getData()[0]
    panel.set_view(view)
    assert panel._loss._raw.getData()[0] is drawn


def test_a_reading_that_comes_after_the_last_step_is_drawn(panel: CurvesPanel):
    view = view_of(falling(150))
    panel.set_view(view)
    before = panel._loss._test.getData()[0]
    view.run.metrics.tests.add(150, 1.0, 0.9)
    panel.set_view(replace(view, snapshot=replace(view.snapshot)))
    assert list(panel._loss._test.getData()[0]) == [*before, 150]


def test_epochs_are_numbered_above_the_plot(panel: CurvesPanel):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    axis = plots(panel)[0]._epochs
    [(_, lines)] = axis.tickValues(0, 320, 500)
    assert lines[0] == STEPS_PER_EPOCH * 2
    assert axis.tickStrings(lines, 1, 1)[0] == "epoch 2"


@pytest.mark.parametrize(
    ("size", "both", "tabs"),
    [((1280, 200), True, False), ((380, 520), True, False), ((360, 300), False, True)],
)
def test_layout_fits_the_room(
    panel: CurvesPanel, size: tuple[int, int], both: bool, tabs: bool
):
    panel.set_view(view_of(falling(300)))
    panel.resize(*size)
    settle(panel)
    loss, accuracy = plots(panel)
    assert panel.size().toTuple() == size
    assert loss.isVisible()
    assert accuracy.isVisible() == both
    assert panel._head.switch.isVisible() == tabs
    assert loss.height() >= 70


def test_the_switch_brings_the_accuracy_to_the_front(panel: CurvesPanel, qtbot: QtBot):
    panel.set_view(view_of(falling(300)))
    panel.resize(360, 300)
    settle(panel)
    qtbot.mouseClick(panel._head.switch.button(1), Qt.MouseButton.LeftButton)
    loss, accuracy = plots(panel)
    assert (loss.isVisible(), accuracy.isVisible()) == (False, True)
    assert len(panel._accuracy._smoothed.getData()[0]) == 300


def test_csv_holds_every_step(panel: CurvesPanel, tmp_path: Path):
    losses = falling(25_000)
    panel.set_view(view_of(losses))
    path = tmp_path / "curves.csv"

    save(panel, menu_action(panel, "Save curves as CSV…").trigger, path)

    lines = path.read_text().splitlines()
    assert lines[0] == "step,batch_loss,batch_accuracy,test_loss,test_accuracy"
    assert lines[1] == "0,,,1,0.5"
    assert len(lines) == 25_002
    assert lines[101].split(",")[3] == "1.1"
    assert float(lines[-1].split(",")[1]) == pytest.approx(losses[-1], rel=1e-6)


def test_csv_is_of_the_moment_and_can_be_written_again(
    panel: CurvesPanel, tmp_path: Path
):
    view = view_of(falling(30))
    panel.set_view(view)
    ask = menu_action(panel, "Save curves as CSV…").trigger
    request = request_of(panel, ask)
    more = np.ones(5, np.float32)
    view.run.metrics.add_batches(Metrics(1, 31, more, more))
    for name in ("a.csv", "b.csv"):
        request.write(tmp_path / name)
        assert len((tmp_path / name).read_text().splitlines()) == 32


def test_right_click_offers_to_save(panel: CurvesPanel, qtbot: QtBot):
    panel.set_view(view_of(falling(30)))
    texts = [action.text() for action in panel._menu.actions()]
    assert "Save curves as CSV…" in texts


def test_epoch_lines_move_apart_where_the_batch_shrank(panel: CurvesPanel):
    view = view_of(falling(300))
    panel.set_view(view)
    # Half the batch from step 300 on; the next snapshot comes 40 steps later.
    later = replace(view.snapshot, step=340, epoch=6.4, steps_per_epoch=100)
    view.run.metrics.take_snapshot(later)
    panel.set_view(replace(view, snapshot=later))
    epochs = panel._data.epochs
    assert [epochs.step_of(epoch) for epoch in (5, 6, 7, 8)] == [250, 300, 400, 500]
    assert epochs.epoch_of(350) == pytest.approx(6.5)


def test_another_loss_in_the_same_run_is_named_and_leaves_the_view(panel: CurvesPanel):
    view = view_of(falling(400))
    panel.set_view(view)
    settle(panel)
    loss, _ = plots(panel)
    panel._set_follows(False)
    experiment = view.run.experiment.with_values(
        {"network.output": "sigmoid", "training.loss": "squared-error"}
    )
    panel.set_view(replace(view, run=replace(view.run, experiment=experiment)))
    settle(panel)
    assert loss._titles == LOSSES["squared-error"].curve_titles
    assert not panel._follows


def test_the_header_has_the_values_and_one_icon_for_the_controls(
    panel: CurvesPanel, qtbot: QtBot
):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    legends = [part.legend for part in (panel._loss, panel._accuracy)]
    assert all(legend.parentWidget() is panel._head for legend in legends)
    assert not panel._controls.isVisible()
    qtbot.mouseClick(panel._head.options, Qt.MouseButton.LeftButton)
    assert panel._controls.isVisible()
    qtbot.keyClick(panel._controls, Qt.Key.Key_Escape)
    assert not panel._controls.isVisible()


def test_a_legend_that_needs_three_lines_stands_above_its_plot(panel: CurvesPanel):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    panel._head.parentWidget().resize(380, 40)
    panel.resize(380, 520)
    settle(panel)
    legend = panel._accuracy.legend
    assert legend.parentWidget() is panel._content
    assert legend.geometry().bottom() <= panel._accuracy.plot.geometry().top()
    pad = round(tokens.space("panel_pad") * scale_of(legend.font()))
    legend.resize(160, legend.height())
    starts: dict[int, int] = {}
    for k in legend._shown():
        place = legend._places[k]
        starts.setdefault(place.top(), place.left())
    assert len(starts) > 1
    assert set(starts.values()) == {pad}


def test_follow_is_offered_only_while_the_newest_step_is_not_followed(
    panel: CurvesPanel, qtbot: QtBot
):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    assert panel._head.follow.isHidden()
    wheel(plots(panel)[0], centre_of(plots(panel)[0]), 3)
    settle(panel)
    assert not panel._head.follow.isHidden()
    qtbot.mouseClick(panel._head.follow, Qt.MouseButton.LeftButton)
    assert panel._head.follow.isHidden()


def test_each_curve_is_named_beside_its_end_in_its_colour(panel: CurvesPanel):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    plot = plots(panel)[0]
    labels = {item.text(): item for item in plot._ends._items if item.isVisible()}
    assert set(labels) == {"train", "test"}
    colours = theme.colours_of(plot)
    name = name_colour(colours.curve_test, colours)
    assert theme.rgb_of(labels["test"].brush().color()) == name
    end = plot._view_box.mapViewToScene(QPointF(300, plot.heights[0])).x()
    assert labels["test"].pos().x() == pytest.approx(end + 8, abs=1)
    heights = sorted(item.pos().y() for item in labels.values())
    assert heights[1] - heights[0] >= 17


def test_no_name_stands_on_a_curve_that_goes_on_further(panel: CurvesPanel):
    panel.set_view(view_of(falling(300)))
    settle(panel)
    loss = panel._loss
    steps, values = np.arange(301.0), np.full(301, 0.5)
    for line, last in ((loss._smoothed, 120), (loss._test, 100), (loss._before, 300)):
        loss._set_line(line, steps[: last + 1], values[: last + 1])
    loss._name_ends()
    end = loss.plot._view_box.mapViewToScene(QPointF(300, 0)).x()
    labels = [item for item in loss.plot._ends._items if item.isVisible()]
    assert len(labels) == 2
    assert [item.pos().x() for item in labels] == pytest.approx([end + 8] * 2, abs=1)


def test_a_click_on_a_curve_asks_for_that_step(panel: CurvesPanel, qtbot: QtBot):
    panel.set_view(view_of(falling(200)))
    settle(panel)
    loss, _ = plots(panel)
    asked: list[int] = []
    panel.step_requested.connect(asked.append)
    place = centre_of(loss)
    under = loss.getViewBox().mapSceneToView(loss.mapToScene(place)).x()
    qtbot.mouseClick(loss.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [round(under)]
    loss.setFocus()
    QTest.keyClick(loss, Qt.Key.Key_Home)
    QTest.keyClick(loss, Qt.Key.Key_Return)
    assert asked[1:] == [0]
    assert "go to this step" in loss.toolTip()
