"""The line beside the title: what it reads, and what gives way where room is short."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter, Unit
from gui.panels.network_picture.painters.text_metrics import title_font
from gui.panels.network_picture.readout import nudged_step, readout_of
from gui.style.number_format import plain
from gui.window.panel_header import PanelHeader
from tests.gui.support.network_pictures import (
    canvas_pixels,
    shown_panel,
    unit_point,
    with_selection,
)
from tests.gui.support.sample_views import sample_view
from tests.gui.support.whole_window import GlassMaker


def test_a_selected_unit_is_read_with_its_numbers(qtbot: QtBot) -> None:
    view = with_selection(sample_view(), Unit(2, 3))
    panel = shown_panel(qtbot, view)
    z = plain(float(view.trace.pre_activations[1][3]))
    a = plain(float(view.trace.activations[1][3]))
    b = plain(float(view.params[1][1][3]))
    assert panel.readout.text == f"Hidden 2 · 3 z {z} → a {a}, b {b}"


def test_what_is_pointed_at_is_read_in_place_of_the_selection(qtbot: QtBot) -> None:
    panel = shown_panel(qtbot, with_selection(sample_view(), Unit(2, 3)))
    QTest.mouseMove(panel.canvas, unit_point(panel, 1, 5))
    assert panel.readout.text.startswith("Hidden 1 · 5")


def test_a_weight_is_read_with_its_signal_and_its_nudge() -> None:
    view = sample_view()
    numbers = readout_of(view, Parameter(2, 5, 3)).numbers
    assert numbers[0] == f"w {plain(float(view.params[1][0][5, 3]))}"
    assert numbers[1].startswith("w·a ")
    assert numbers[2].startswith("nudge of step "), "not what the shown example asks"


def test_the_nudge_names_the_step_that_it_is_of() -> None:
    """After an edit it is that of the step to come, beside the same weight."""
    window = sample_view().snapshot
    bare = replace(window, batch=None)
    step = bare.step
    taken = replace(bare, previous_params=sample_view(seed=9).snapshot.params)
    assert nudged_step(taken) == step
    assert nudged_step(replace(bare, previous_params=bare.params)) == step + 1
    assert nudged_step(replace(bare, previous_params=None)) == step + 1
    assert window.batch is not None
    assert nudged_step(window) == window.batch.step


@pytest.mark.parametrize("left_out", [1, 2])
def test_where_room_is_short_whole_numbers_give_way(
    qtbot: QtBot, left_out: int
) -> None:
    view = with_selection(sample_view(), Parameter(2, 5, 3))
    panel = shown_panel(qtbot, view)
    line = panel.readout
    readout = readout_of(view, Parameter(2, 5, 3))
    kept = ", ".join(readout.numbers[:-left_out])
    strong, plainly = QFontMetricsF(title_font(line.font())), line.fontMetrics()
    width = strong.horizontalAdvance(readout.name) + plainly.horizontalAdvance(kept)
    line.resize(int(width) + 10, line.height())
    assert line.text == f"{readout.name} {kept}"


def test_nothing_is_written_over_the_picture_of_a_selected_unit(qtbot: QtBot) -> None:
    view = sample_view()
    panel = shown_panel(qtbot, view)
    layout = panel.canvas.layout_shown
    assert layout is not None
    left, right = round(layout.bars.x), round(layout.bars.right)
    before = canvas_pixels(panel)[:, left + 4 : right]
    panel.set_view(with_selection(view, Unit(2, 3)))
    assert (canvas_pixels(panel)[:, left + 4 : right] == before).all()


def test_the_line_takes_the_room_of_the_panels_header(glass: GlassMaker) -> None:
    window = glass()
    window.session.select(Unit(1, 3))
    line = window.panel("network").readout
    header = line.parentWidget()
    assert isinstance(header, PanelHeader)
    tools = header.width() - line.mapTo(header, line.rect().topRight()).x()
    assert tools < 0.4 * header.width()
    assert line.text.startswith("Hidden 1 · 3 z ")
