"""The form is never cut at the right, with a scroll bar or without."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.support.whole_window import GlassMaker


def test_beside_its_scroll_bar_nothing_of_the_form_is_cut(glass: GlassMaker) -> None:
    window = glass("digits", size=(1280, 660))
    panel = window.panel("experiment")
    QApplication.processEvents()
    assert panel._scroll.verticalScrollBar().isVisible()
    right = panel._scroll.viewport().width()
    for widget in panel._form.findChildren(QWidget):
        if widget.isVisible():
            end = widget.mapTo(panel._form, QPoint(widget.width(), 0)).x()
            assert end <= right, widget.objectName()


def test_the_form_asks_for_one_width_with_and_without_its_scroll_bar(
    glass: GlassMaker,
) -> None:
    window = glass("digits", size=(1280, 660))
    panel = window.panel("experiment")
    QApplication.processEvents()
    bar = panel._scroll.verticalScrollBar()
    assert bar.isVisible()
    scrolled = panel.minimumSizeHint().width()
    window.window.resize(1280, 1200)
    QApplication.processEvents()
    assert not bar.isVisible()
    assert panel.minimumSizeHint().width() == scrolled == panel.width()
