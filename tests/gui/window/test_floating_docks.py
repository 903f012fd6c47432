"""A dock that floats was put there by the user, and stays."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from core.lessons.library import lesson_of
from tests.gui.support.whole_window import Glass, GlassMaker

AT = QRect(40, 60, 420, 300)


def press_f9(glass: Glass) -> None:
    glass.press(Qt.Key.Key_F9)


def enlarge_text(glass: Glass) -> None:
    glass.window.preferences.set_value("font_scale", 150)


def open_lesson(glass: Glass) -> None:
    glass.window.lessons.open(lesson_of("one-unit"))
    session = glass.window.lessons.session
    glass.wait_until(lambda: session.values is not None)


def narrow(glass: Glass) -> None:
    glass.window.resize(860, 720)


def floating(glass: Glass) -> Glass:
    dock = glass.window.docks["curves"]
    dock.setFloating(True)
    dock.setGeometry(AT)
    QApplication.processEvents()
    return glass


@pytest.mark.parametrize("change", [press_f9, enlarge_text, open_lesson, narrow])
def test_a_floating_dock_stays_where_it_is(
    glass: GlassMaker, change: Callable[[Glass], None]
) -> None:
    window = floating(glass(size=(1280, 720)))
    change(window)
    window.layout_at_rest()
    dock = window.window.docks["curves"]
    assert dock.isVisible()
    assert dock.isFloating()
    assert dock.geometry() == AT


def test_a_dock_put_back_in_a_lecture_is_in_the_window_after_it(
    glass: GlassMaker,
) -> None:
    window = floating(glass(size=(1280, 720)))
    press_f9(window)
    dock = window.window.docks["curves"]
    dock.setFloating(False)
    QApplication.processEvents()
    press_f9(window)
    window.layout_at_rest()
    assert not dock.isFloating()
