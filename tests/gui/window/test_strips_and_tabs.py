"""What stands across the window, and panels that share a place."""

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.landscape.landscape_panel import LandscapePanel
from gui.style import tokens
from gui.window.panel_header import PanelHeader
from tests.gui.support.whole_window import GlassMaker


def test_the_stages_stand_across_the_window_in_their_workspace_only(
    glass: GlassMaker,
) -> None:
    window = glass("xor", workspace="backprop")
    strip = window.panel("backprop").strip
    assert strip.isVisible()
    assert strip.width() == window.window.width()
    assert strip.height() == tokens.size("stage_strip")
    assert strip.mapTo(window.window, strip.rect().topLeft()).y() == round(
        tokens.size("header")
    )
    window.show_workspace("train")
    assert not strip.isVisible()


def test_a_strip_goes_with_its_panel(glass: GlassMaker) -> None:
    window = glass("xor", workspace="backprop")
    strip = window.panel("backprop").strip
    window.window.docks["backprop"].close()
    assert not strip.isVisible()
    window.window.docks["backprop"].show()
    window.wait_until(strip.isVisible)


@pytest.mark.parametrize(("key", "place"), [("number_lines", 1), ("proof", 2)])
def test_a_switch_brings_a_panel_of_the_same_place_to_the_front(
    glass: GlassMaker, key: str, place: int
) -> None:
    window = glass("xor", workspace="backprop")
    docks = window.window.docks
    window.wait_until(lambda: docks["formula"].header.switch is not None)
    switch = docks["formula"].header.switch
    assert switch is not None
    QTest.mouseClick(switch.button(place), Qt.MouseButton.LeftButton)
    window.wait_until(lambda: docks[key].is_in_sight)
    window.wait_until(lambda: docks[key].header.switch is not None)
    other = docks[key].header.switch
    assert other is not None
    assert other.isVisible()
    assert other.index == place


def test_a_panel_alone_in_its_place_has_its_title(glass: GlassMaker) -> None:
    window = glass("xor", workspace="backprop")
    docks = window.window.docks
    window.wait_until(lambda: docks["formula"].header.switch is not None)
    assert docks["network"].header.switch is None
    for key in ("number_lines", "proof"):
        docks[key].close()
    window.wait_until(lambda: docks["formula"].header.switch is None)


def test_panels_of_one_place_are_a_list_where_their_titles_have_no_room(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    header = PanelHeader("network", "Network", window)
    titles = (("network", "Network"), ("plane", "Plane"), ("proof", "Proof and so on"))
    header.show_tabs(titles)
    switch = header.switch
    assert switch is not None
    header.resize(900, header.height())
    window.show()
    assert not switch.is_list
    least = header.minimumSizeHint().width()
    assert least < switch.full_width()
    header.resize(least, header.height())
    assert switch.is_list
    QApplication.processEvents()
    assert switch.list.isVisible()
    assert not switch.button(0).isVisible()
    assert switch.geometry().right() <= header.rect().right()
    with qtbot.waitSignal(header.tab_chosen) as chosen:
        switch.list.activated.emit(2)
    assert chosen.args == ["proof"]
    header.resize(900, header.height())
    assert not switch.is_list
    assert switch.index == 2


def test_switches_of_a_panel_are_lists_only_where_that_of_the_place_is_one(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    header = PanelHeader("landscape", "Loss landscape", window)
    panel = LandscapePanel()
    qtbot.addWidget(panel)
    header.take_parts(panel)
    header.show_tabs((("network", "Network"), ("landscape", "Loss landscape")))
    window.resize(1000, 200)
    window.show()
    assert header.switch is not None
    switches = header.switch, panel.planes, panel.shapes
    seen = []
    for width in range(header.minimumSizeHint().width(), 900, 30):
        header.resize(width, header.height())
        QApplication.processEvents()
        shown = [s for s in switches if s.isVisible()]
        assert shown[-1].geometry().right() <= header.rect().right()
        assert not any(
            one.geometry().intersects(other.geometry())
            for one, other in combinations(shown, 2)
        )
        seen.append(tuple(s.is_list for s in switches))
    assert seen[0] == (True, True, True)
    assert seen[-1] == (False, False, False)
    assert seen == sorted(seen, reverse=True)
