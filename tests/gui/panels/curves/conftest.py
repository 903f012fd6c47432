from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

import gui.panels.curves.curve_room  # noqa: F401  # else another thread imports it
from gui.panels.curves.curves_panel import CurvesPanel
from gui.window.panel_header import PanelHeader


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[CurvesPanel]:
    panel = CurvesPanel()
    header = PanelHeader("curves", "Curves", panel)
    header.take_parts(panel)
    header.setParent(None)
    for widget in (header, panel):
        qtbot.addWidget(widget)
    header.resize(1280, 40)
    panel.resize(1280, 160)
    panel.show()
    header.show()
    yield panel
    panel.hide()
