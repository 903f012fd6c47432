from collections.abc import Iterator
from typing import NamedTuple

import pytest
from pytestqt.qtbot import QtBot

import gui.panels.curves.curve_room  # noqa: F401  # else another thread imports it
from gui.panels.curves.curves_panel import CurvesPanel
from gui.window.panel_header import PanelHeader


class Room(NamedTuple):
    """The panel with its header, each a window."""

    panel: CurvesPanel
    header: PanelHeader


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    panel = CurvesPanel()
    header = PanelHeader("curves", "Curves", panel)
    header.take_parts(panel)
    header.setParent(None)
    for widget in (header, panel):
        qtbot.addWidget(widget)
    yield Room(panel, header)
    panel.hide()


@pytest.fixture
def panel(room: Room) -> CurvesPanel:
    room.header.resize(1280, 40)
    room.panel.resize(1280, 160)
    room.panel.show()
    room.header.show()
    return room.panel
