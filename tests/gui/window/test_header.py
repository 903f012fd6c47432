"""The tabs of the workspaces fit beside the mark and the buttons of the header."""

import pytest
from pytestqt.qtbot import QtBot

from gui.style import tokens
from gui.window.workspace_tabs import WorkspaceTabs


@pytest.mark.parametrize("scale", [1, tokens.SCALE_OF_LECTURES])
def test_less_room_takes_the_words_first_and_then_what_is_between_icons(
    qtbot: QtBot, scale: float
):
    tabs = WorkspaceTabs()
    qtbot.addWidget(tabs)
    font = tabs.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    tabs.setFont(font)
    widths = []
    for words in ("all", "chosen", "none"):
        tabs.show_words(words)
        most = 0
        for index in range(tabs.count()):
            tabs.setCurrentIndex(index)
            hints = [tabs.tabSizeHint(k).width() for k in range(tabs.count())]
            most = max(most, sum(hints))
        assert most == tabs.width_with(words)
        widths.append(most)
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] <= 360 * scale
