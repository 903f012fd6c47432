"""Colours, sizes of text and narrow windows."""

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from gui.style import theme
from gui.window.workspaces import WORKSPACES, panels_of
from tests.gui.support.whole_window import Glass, GlassMaker

PANELS_OF = {w.key: set(panels_of(w.area)) for w in WORKSPACES}


def choose_scheme(glass: Glass, name: str) -> None:
    actions = glass.window._scheme_group.actions()
    next(a for a in actions if a.data() == name).trigger()
    QApplication.processEvents()


def test_every_panel_follows_a_change_of_colours_at_once(glass: GlassMaker) -> None:
    window = glass("digits", colours="dark")
    for workspace in PANELS_OF:
        window.show_workspace(workspace)
        for scheme, is_dark in (("light", False), ("dark", True)):
            choose_scheme(window, scheme)
            for key in PANELS_OF[workspace]:
                panel = window.panel(key)
                assert theme.is_dark(panel.palette()) == is_dark
                corner = panel.grab().toImage().pixelColor(1, 1)
                assert (corner.lightness() < 128) == is_dark, (key, scheme)
            plane = window.panel("network").canvas.grab().toImage().pixelColor(3, 3)
            assert (plane.lightness() < 128) == is_dark


def test_the_chosen_segment_is_told_by_its_colour_in_both_schemes(
    glass: GlassMaker,
) -> None:
    window = glass("digits", colours="light")
    for scheme in ("dark", "light"):
        choose_scheme(window, scheme)
        palette = window.window.palette()
        for key in ("network", "weight_images"):
            chosen, other = window.panel(key).findChildren(QPushButton)[:2]
            assert middle_colour(chosen) == palette.color(QPalette.ColorRole.Highlight)
            assert middle_colour(other) == palette.color(QPalette.ColorRole.Button)


def middle_colour(button: QPushButton) -> QColor:
    return button.grab().toImage().pixelColor(6, button.height() // 2)


def test_lecture_mode_enlarges_every_text_and_takes_it_back(glass: GlassMaker) -> None:
    window = glass("digits", size=(1600, 1000))
    for key in window.window.docks:
        window.window.docks[key].show()
    window.wait_until(lambda: window.view.snapshot.gradient is not None)
    widgets = [w for w in window.window.findChildren(QLabel) if w.isVisible()]
    widgets += [
        window.panel("nudges").table,
        window.panel("nudges").table.horizontalHeader(),
    ]
    widgets += [window.panel("weight_images").atlas, window.panel("examples").gallery]
    widgets += list(window.window.docks.values())
    before = [w.font().pointSizeF() for w in widgets]
    assert min(before) >= 10
    window.press(Qt.Key.Key_F9)
    QApplication.processEvents()
    after = [w.font().pointSizeF() for w in widgets]
    assert after == pytest.approx([1.5 * size for size in before])
    window.press(Qt.Key.Key_F9)
    QApplication.processEvents()
    assert [w.font().pointSizeF() for w in widgets] == before


def test_the_titles_of_the_panels_grow_in_lecture_mode(glass: GlassMaker) -> None:
    window = glass()
    before = ink_height(window)
    window.press(Qt.Key.Key_F9)
    QApplication.processEvents()
    assert ink_height(window) > 1.3 * before


def ink_height(glass: Glass) -> int:
    """Rows of pixels that the letters of a panel's title take."""
    dock = glass.window.docks["curves"]
    image = dock.grab(QRect(0, 0, 40, dock.widget().y())).toImage()
    grey = np.array(
        [
            [image.pixelColor(x, y).lightness() for x in range(image.width())]
            for y in range(image.height())
        ]
    )
    return int(np.count_nonzero(np.ptp(grey, axis=1) > 100))


def test_a_narrow_window_has_buttons_without_words(glass: GlassMaker) -> None:
    window = glass(size=(1280, 800))
    window.show_workspace("step")
    bar, tabs = window.window.transport, window.window.tabs
    assert bar.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    window.window.resize(780, 700)
    QApplication.processEvents()
    assert bar.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    right = tabs.mapTo(window.window, tabs.rect().topRight()).x()
    assert right < window.window.width()
    window.window.resize(1280, 800)
    QApplication.processEvents()
    assert bar.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
