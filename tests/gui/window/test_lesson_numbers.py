"""The numbers of an open lesson follow the user's notation at once."""

from PySide6.QtWidgets import QApplication

from core.lessons.library import lesson_of
from tests.gui.support.whole_window import GlassMaker


def test_an_open_lesson_is_written_anew_with_another_decimal_sign(
    glass: GlassMaker,
) -> None:
    window = glass()
    lessons = window.window.lessons
    lessons.open(lesson_of("one-unit"))
    window.wait_until(lambda: lessons.session.values is not None)
    panel = lessons.panel
    assert panel is not None
    window.wait_until(lambda: "0.3500" in panel.page.text.text())
    assert "0.50 and 0.51" in panel.page.text.text()
    window.window.preferences.set_value("decimal_sign", "comma")
    QApplication.processEvents()
    assert "0,50 and 0,51" in panel.page.text.text()
    assert "0,3500" in panel.page.text.text()
    window.window.preferences.set_value("decimal_sign", "point")
    QApplication.processEvents()
    assert "0.50 and 0.51" in panel.page.text.text()
