"""A text in a tool bar is as high as its lines, whatever it was before."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.fitted_text import FittedText


def test_a_text_is_as_high_as_its_lines_after_others_were_longer(
    qtbot: QtBot,
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    text = FittedText(window)
    text.resize(300, 10)
    window.resize(300, 200)
    window.show()
    text.say("A line")
    line = text.height()
    text.say("A text of several lines " * 5)
    assert text.height() > 2 * line
    text.say("A line")
    assert text.height() == line
    text.say("A text that is as wide as two of these lines are in a narrow bar")
    assert text.height() > line
    text.resize(900, text.height())
    assert text.height() == line


def test_a_text_follows_the_size_of_its_letters_both_ways(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    text = FittedText(window)
    text.resize(600, 10)
    window.show()
    text.say("A hint that fits")
    usual, line = window.font(), text.height()
    large = window.font()
    large.setPointSizeF(2 * usual.pointSizeF())
    window.setFont(large)
    assert text.height() > 1.5 * line
    window.setFont(usual)
    assert text.height() == line
