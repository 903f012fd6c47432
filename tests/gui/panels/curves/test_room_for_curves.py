"""However long its legends are, a plot keeps its height."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from core.protocol.messages import Metrics
from gui.panels.curves.curves_panel import CurvesPanel
from gui.style.fonts import scale_of
from tests.gui.panels.curves.conftest import Room
from tests.gui.panels.curves.test_curves_panel import falling, plots, settle, view_of
from tests.gui.support.painted_texts import painted_texts

LONG = ("mean 12,345.6789, 1,234.5678 to 98,765.4321", "12,345.6789")
TESTED = "12,345.6789 (step 123,400)"
BEFORE = "(learning rate 0.0031, batch size 128, \N{HORIZONTAL ELLIPSIS})"
LEFT = "at step 1,200, 3,400, 5,600"
LOSSES = (*LONG, TESTED, BEFORE, LEFT, "12,345.6789")
ACCURACIES = ("99.99 %", "99.99 % (step 123,400)", BEFORE, LEFT, "99.99 %")
FLOOR = 90


def open_in(
    room: Room, width: int, height: int, *, is_long: bool = True
) -> CurvesPanel:
    panel, header = room
    header.resize(width, 40)
    panel.resize(width, height)
    for widget in (panel, header):
        widget.show()
    panel.set_view(view_of(falling(300)))
    settle(panel)
    if is_long:
        for part, values in ((panel._loss, LOSSES), (panel._accuracy, ACCURACIES)):
            part.legend.show_values(*values)
    settle(panel)
    return panel


def heights(panel: CurvesPanel) -> list[float]:
    return [
        plot.getViewBox().sceneBoundingRect().height()
        for plot in plots(panel)
        if plot.isVisible()
    ]


@pytest.mark.parametrize("width", [500, 660, 760, 1010])
@pytest.mark.parametrize("height", [130, 158, 200, 430])
def test_the_longest_legends_leave_a_plot_its_height(
    room: Room, width: int, height: int
) -> None:
    panel = open_in(room, width, height)
    assert heights(panel)
    assert min(heights(panel)) >= FLOOR * min(1.0, scale_of(panel.font()))


def test_with_a_note_above_the_plot_it_keeps_its_height_too(
    room: Room,
) -> None:
    panel = open_in(room, 660, 158)
    view = view_of(falling(300), run_id=2)
    half = np.full(200, 0.5, np.float32)
    view.run.metrics.add_batches(Metrics(2, 301, half, half, range(400, 501, 100)))
    experiment = view.run.experiment.with_values(
        {
            "network.output": "step",
            "training.loss": "perceptron",
            "training.batch_size": 1,
        }
    )
    panel.set_view(replace(view, run=replace(view.run, experiment=experiment)))
    settle(panel)
    panel._loss.legend.show_values(*LOSSES)
    settle(panel)
    shown = [label for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any(label.text().startswith("Misclassified") for label in shown)
    assert min(heights(panel)) >= FLOOR * min(1.0, scale_of(panel.font()))


def test_short_legends_leave_both_plots_in_sight(room: Room) -> None:
    panel = open_in(room, 760, 158, is_long=False)
    assert len(heights(panel)) == 2
    assert panel._loss.legend.brevity == 0


def test_a_brief_legend_names_every_curve_and_keeps_its_values_for_readers(
    room: Room,
) -> None:
    panel = open_in(room, 660, 158)
    legend = panel._loss.legend
    legend.show_values(*LOSSES)
    assert legend.brevity > 0
    shown = " ".join(one.text for one in painted_texts(legend))
    for name in ("batch", "train", "test", "previous run", "branch left", "validation"):
        assert name in shown
    assert LONG[0] not in shown
    assert TESTED in shown
    assert LONG[0] in legend.text


def test_two_lines_beside_a_title_stay_clear_of_both_edges(
    room: Room,
) -> None:
    panel = open_in(room, 760, 158, is_long=False)
    legend = panel._loss.legend
    legend.show_values("2.3456", "2.3456", "2.3456 (step 1,200)", None, None, "2.3456")
    settle(panel)
    rows = {round(one.place.top()) for one in painted_texts(legend)}
    assert len(rows) == 2
    header = room.header
    assert legend.window() is header
    above = legend.mapTo(header, legend.rect().topLeft()).y()
    below = header.height() - above - legend.height()
    assert min(above, below) >= 4
