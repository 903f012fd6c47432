"""The curves of a plot are told apart without their colours."""

from itertools import combinations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.panels.curves import curve_texts
from gui.panels.curves.metric_plot import MetricPlot


def test_no_two_curves_differ_by_their_colour_alone(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    entries = curve_texts.LOSS_ENTRIES
    plot = MetricPlot(("loss", "loss"), entries, parent=parent).plot
    strokes = []
    for line, _, strength in plot._lines:
        pen = line.opts["pen"]
        strokes.append((pen.style(), tuple(pen.dashPattern()), pen.widthF(), strength))
    assert len(strokes) == len(entries)
    assert all(one != other for one, other in combinations(strokes, 2))
