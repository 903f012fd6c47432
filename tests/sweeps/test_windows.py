"""In no window is a text cut, a panel squeezed, or something on top of another."""

from dataclasses import astuple
from itertools import combinations, product

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.window.workspaces import WORKSPACES
from tests.gui.conftest import glass  # noqa: F401
from tests.gui.support.whole_window import GlassMaker
from tests.sweeps.unreadable_texts import unreadable_texts
from tests.sweeps.window_cases import COLOURS, MODES, SIZES, pairwise
from tests.sweeps.window_faults import find_faults
from tests.sweeps.window_stage import WindowStage

PRESETS = ("digits", "spiral", "approximation")
"""Images, points with a deep network, and a function of one number."""


def test_each_two_values_of_two_properties_meet() -> None:
    values = (PRESETS, [one.key for one in WORKSPACES], SIZES, COLOURS, MODES)
    cases = [astuple(case) for case in pairwise(PRESETS)]
    for first, second in combinations(range(len(values)), 2):
        met = {(case[first], case[second]) for case in cases}
        assert met == set(product(values[first], values[second]))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("preset", PRESETS)
def test_everything_in_the_window_can_be_read(
    glass: GlassMaker,  # noqa: F811
    preset: str,
) -> None:
    stage = WindowStage(glass(preset).window)
    assert stage.has_run()
    cases = [case for case in pairwise(PRESETS) if case.preset == preset]
    faults = {str(case): stage.faults_of(case) for case in cases}
    assert not {case: found for case, found in faults.items() if found}


def test_a_cut_text_and_a_squeezed_panel_are_found(glass: GlassMaker) -> None:  # noqa: F811
    window = glass().window
    title = QLabel("a title that has no room", window.docks["curves"].widget())
    title.setGeometry(0, 0, 20, 20)
    title.show()
    found = "; ".join(find_faults(window, (1280, 700)))
    assert "'a title that has no room' needs" in found
    assert "the window has 1280x800" in found
    window.docks["network"].setMinimumSize(2000, 100)
    assert any("lie right of" in one for one in find_faults(window, (1280, 800)))


class PaintedLine(QWidget):
    """Paints each text at its own left end, in as much room as it is given."""

    def __init__(self, *texts: tuple[int, int, str]) -> None:
        super().__init__()
        self._texts = texts
        self.resize(400, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            for left, width, text in self._texts:
                box = QRect(left, 0, width, 20)
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft, text)


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        ([(0, 20, "longer than its room")], "wide and has 20"),
        ([(390, 100, "at the edge")], "beyond a side"),
        ([(0, 100, "0.123456"), (10, 100, "0.5")], "is painted over '0.5'"),
        ([(0, 100, "16"), (60, 100, "16")], ""),
    ],
)
def test_a_painted_text_that_cannot_be_read_is_found(
    qtbot: QtBot, texts: list[tuple[int, int, str]], fault: str
) -> None:
    line = PaintedLine(*texts)
    qtbot.addWidget(line)
    line.show()
    found = list(unreadable_texts(line))
    assert bool(found) == bool(fault)
    assert fault in "; ".join(found)


@pytest.mark.parametrize(("gap", "is_found"), [(1, True), (12, False)])
def test_two_numbers_that_read_as_one_are_found(
    qtbot: QtBot, gap: int, is_found: bool
) -> None:
    line = PaintedLine()
    second = line.fontMetrics().horizontalAdvance("16") + gap
    line = PaintedLine((0, 100, "16"), (second, 100, "16"))
    qtbot.addWidget(line)
    line.show()
    assert any("apart" in one for one in unreadable_texts(line)) == is_found
