"""A line that does not fit ends in an ellipsis and is not forgotten."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.widgets.eliding_label import ElidingLabel

LINE = "unit 5 · pixel (12, 7)   weight 0.123456789"


def test_a_line_is_shortened_to_the_width_and_comes_back(qtbot: QtBot):
    label = ElidingLabel()
    qtbot.addWidget(label)
    label.setText(LINE)
    label.resize(80, 20)
    label.show()
    shown = QLabel.text(label)
    assert shown.endswith("…")
    assert LINE.startswith(shown[:-1])
    assert label.fontMetrics().horizontalAdvance(shown) <= 80
    assert label.text() == LINE
    label.resize(label.fontMetrics().horizontalAdvance(LINE) + 1, 20)
    assert QLabel.text(label) == LINE


def test_a_larger_type_shortens_the_line_again(qtbot: QtBot):
    label = ElidingLabel()
    qtbot.addWidget(label)
    label.setText(LINE)
    label.resize(label.fontMetrics().horizontalAdvance(LINE), 20)
    label.show()
    font = label.font()
    font.setPointSizeF(2 * font.pointSizeF())
    label.setFont(font)
    assert QLabel.text(label).endswith("…")


def test_a_long_line_does_not_ask_for_room(qtbot: QtBot):
    label = ElidingLabel()
    qtbot.addWidget(label)
    label.setText(LINE)
    assert label.minimumSizeHint().width() < 40
