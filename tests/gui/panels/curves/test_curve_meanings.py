"""What the curves are of, whose they are, and which of them are shown."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.experiment.model import Experiment
from core.protocol.messages import Metrics
from gui.panels.curves.curve_data import CurveData
from gui.panels.curves.curve_texts import meaning_marks, what_differs
from gui.panels.curves.curves_panel import CurvesPanel
from gui.session.line_curves import LineCurves
from tests.gui.panels.curves.test_curves_panel import (
    falling,
    settle,
    view_of,
)

EXPERIMENT = Experiment()
F32 = np.float32


def changed(**values: object) -> Experiment:
    named = {key.replace("__", "."): value for key, value in values.items()}
    return EXPERIMENT.with_values(named)


def test_another_loss_is_marked_and_not_joined_to_the_one_before(
    panel: CurvesPanel,
) -> None:
    losses = np.concatenate((falling(250), 0.1 * falling(150)))
    view = view_of(losses)
    line = view.run.metrics.line
    line.note_training(0, EXPERIMENT.training)
    squared = changed(network__output="sigmoid", training__loss="squared-error")
    line.note_training(250, squared.training)
    panel.set_view(replace(view, run=replace(view.run, experiment=squared)))
    settle(panel)
    for curve in (panel._loss._raw, panel._loss._smoothed, panel._loss._test):
        x, y = curve.getData()
        (gap,) = np.flatnonzero(np.isnan(y))
        assert x[gap - 1] <= 250 < x[gap + 1]
    smoothed = panel._loss._smoothed.getData()[1]
    after = smoothed[np.flatnonzero(np.isnan(smoothed))[0] + 1]
    assert after == pytest.approx(losses[250], rel=0.02)
    (mark,) = [mark for mark in panel._loss.plot._changes if mark.isVisible()]
    assert mark.value() == 250.5
    assert mark.label.toPlainText() == "squared error"
    # Shares of right answers are the same quantity before and after.
    assert not np.isnan(panel._accuracy._smoothed.getData()[1]).any()


def test_no_value_of_another_loss_stands_beside_one_of_the_new_loss() -> None:
    log = view_of(falling(200)).run.metrics
    log.line.note_training(0, EXPERIMENT.training)
    data = CurveData(log, 0.0)
    assert data.newest().batch_loss is not None
    # Changed while paused at step 200: its batch was read with the old loss, and
    # the test examples are read again.
    log.line.note_training(200, changed(training__loss="margin").training)
    for half_life in (0.0, 20.0):
        newest = CurveData(log, half_life).newest()
        assert (newest.batch_loss, newest.smoothed_loss) == (None, None)
        assert newest.test_loss == 1.2
        assert newest.smoothed_accuracy is not None
    log.add_batches(Metrics(1, 201, np.full(5, 0.5, F32), np.ones(5, F32)))
    newest = data.newest()
    assert newest.batch_loss is not None
    assert newest.batch_loss.mean == newest.smoothed_loss == 0.5
    assert newest.test_loss == 1.2
    # Before the change everything is of the old loss.
    before = data.at(199)
    assert before.batch_loss is not None
    assert before.smoothed_loss is not None
    assert before.test_loss == 1.1


def test_a_test_reading_of_the_loss_before_is_no_value_of_the_new_one() -> None:
    log = view_of(falling(150)).run.metrics
    log.line.note_training(0, EXPERIMENT.training)
    log.line.note_training(120, changed(training__loss="margin").training)
    point = CurveData(log, 0.0).newest()
    assert point.batch_loss is not None
    assert (point.test_step, point.test_loss, point.test_accuracy) == (100, None, 0.5)


@pytest.mark.parametrize("step", [3, 100, 200, 297])
def test_the_text_of_a_mark_is_whole_wherever_it_stands(
    panel: CurvesPanel,
    step: int,
) -> None:
    panel.resize(520, 260)
    view = view_of(falling(300))
    line = view.run.metrics.line
    line.note_training(0, EXPERIMENT.training)
    squared = changed(network__output="sigmoid", training__loss="squared-error")
    line.note_training(step, squared.training)
    panel.set_view(replace(view, run=replace(view.run, experiment=squared)))
    settle(panel)
    (mark,) = [mark for mark in panel._loss.plot._changes if mark.isVisible()]
    label = mark.label
    place = label.mapRectToScene(label.boundingRect())
    room = panel._loss.plot._view_box.sceneBoundingRect()
    assert room.left() - 1 <= place.left()
    assert place.right() <= room.right() + 1


@pytest.mark.parametrize(
    ("values", "losses", "dropouts"),
    [
        ({"training__dropout": 0.5}, (), (20,)),
        ({"training__batch_size": 7}, (), ()),
        ({"training__l2": 0.1}, (), ()),
        ({"training__learning_rate": 0.7}, (), ()),
        ({"training__optimizer": "adam"}, (), ()),
        ({"training__loss": "margin"}, (20,), ()),
        ({"training__loss": "margin", "training__rho": 0.25}, (20,), ()),
    ],
)
def test_only_what_changes_the_quantity_breaks_a_curve(
    values: dict[str, object], losses: tuple[int, ...], dropouts: tuple[int, ...]
) -> None:
    line = LineCurves()
    line.note_training(0, EXPERIMENT.training)
    line.note_training(20, changed(**values).training)
    assert (line.loss_changes, line.dropout_changes) == (losses, dropouts)
    assert len(meaning_marks(line.meanings)) == len({*losses, *dropouts})
    # Taken back at the same step, it has meant nothing.
    line.note_training(20, EXPERIMENT.training)
    assert meaning_marks(line.meanings) == ()


def test_a_previous_run_says_whose_it_is_and_does_not_rule_the_axis(
    panel: CurvesPanel,
) -> None:
    wild = view_of(falling(300))
    for step in (120, 200):
        wild.run.metrics.tests.add(400 + step, 1e30, 0.1)
    wild = replace(
        wild,
        run=replace(wild.run, experiment=changed(training__learning_rate=90.0)),
    )
    panel.set_view(wild)
    settle(panel)
    panel.set_view(view_of(falling(300), run_id=2))
    settle(panel)
    assert "previous run (learning rate 90)" in panel._loss.legend.text
    assert panel._loss.plot.heights[1] < 5
    legend, part = panel._loss.legend, panel._loss
    index = [entry.curve for entry in legend._entries].index("before")
    for is_seen in (False, True):
        QTest.mouseClick(
            legend, Qt.MouseButton.LeftButton, pos=legend._places[index].center()
        )
        settle(panel)
        assert part._before.isVisible() == is_seen
    # On other data it is another question: not drawn at all.
    other = view_of(falling(300), run_id=3)
    noisy = changed(data__noise=0.25)
    panel.set_view(replace(other, run=replace(other.run, experiment=noisy)))
    settle(panel)
    assert "previous run" not in panel._loss.legend.text
    assert (
        panel._loss._before.getData()[0] is None or not panel._loss._before.isVisible()
    )


def test_a_name_in_the_legend_hides_its_curve_by_click_and_key_and_for_its_run(
    panel: CurvesPanel,
) -> None:
    view = view_of(falling(300))
    panel.set_view(view)
    settle(panel)
    legend, part = panel._loss.legend, panel._loss
    place = legend._places[0].center()
    QTest.mouseClick(legend, Qt.MouseButton.LeftButton, pos=place)
    settle(panel)
    assert not part._raw.isVisible()
    assert part._smoothed.isVisible()

    panel.activateWindow()
    legend.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(legend, key)
    settle(panel)
    assert not part._test.isVisible()
    assert not part._dots.isVisible()
    assert view.run.metrics.hidden == {"loss raw", "loss test"}
    assert panel._accuracy._test.isVisible()

    panel.set_view(view_of(falling(300), run_id=2))
    settle(panel)
    assert part._raw.isVisible()
    assert part._test.isVisible()
    panel.set_view(view)
    settle(panel)
    assert not part._raw.isVisible()
    QTest.mouseClick(legend, Qt.MouseButton.LeftButton, pos=place)
    settle(panel)
    assert part._raw.isVisible()


def test_what_differs_is_named_shortly() -> None:
    old = changed(
        training__learning_rate=0.5, network__hidden=[4, 3], training__batch_size=8
    )
    assert what_differs(old, EXPERIMENT) == (
        "(hidden layers 4-3, learning rate 0.5, \N{HORIZONTAL ELLIPSIS})"
    )
    assert what_differs(EXPERIMENT, EXPERIMENT) == "(the same experiment)"
    # It has another rate only since it ran: its curve is not that of this experiment.
    changes = what_differs(EXPERIMENT, EXPERIMENT, was_changed=True)
    assert changes == "(changed on its way)"


def test_a_run_whose_rate_was_changed_on_its_way_is_not_the_same_experiment(
    panel: CurvesPanel,
) -> None:
    view = view_of(falling(300))
    line = view.run.metrics.line
    line.note_training(0, changed(training__learning_rate=0.5).training)
    line.note_training(200, EXPERIMENT.training)
    panel.set_view(view)
    settle(panel)
    panel.set_view(view_of(falling(300), run_id=2))
    settle(panel)
    assert panel._whose == "(changed on its way)"


def test_with_dropout_the_legend_says_of_which_network_its_losses_are(
    panel: CurvesPanel,
) -> None:
    view = view_of(falling(50))
    line = view.run.metrics.line
    line.note_training(0, EXPERIMENT.training)
    panel.set_view(view)
    settle(panel)
    assert "dropout" not in panel._loss.legend.toolTip()
    line.note_training(20, changed(training__dropout=0.5).training)
    panel.set_view(replace(view, run=replace(view.run)))
    settle(panel)
    assert "without the activations that it drops" in panel._loss.legend.toolTip()


def test_two_changes_one_step_apart_have_their_texts_below_each_other(
    panel: CurvesPanel,
) -> None:
    view = view_of(falling(50))
    line = view.run.metrics.line
    line.note_training(0, EXPERIMENT.training)
    line.note_training(20, changed(training__dropout=0.5).training)
    line.note_training(21, EXPERIMENT.training)
    line.note_training(40, changed(training__dropout=0.3).training)
    panel.set_view(view)
    settle(panel)
    first, second, _ = (m for m in panel._loss.plot._changes if m.isVisible())
    boxes = [
        mark.label.mapRectToScene(mark.label.boundingRect()) for mark in (first, second)
    ]
    assert not boxes[0].intersects(boxes[1])
