"""Colours, sizes of text and narrow windows."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gui.style import theme
from gui.widgets.segmented_control import SegmentedControl
from gui.window.window_settings import WindowSettings
from gui.window.workspaces import WORKSPACES, panels_of
from tests.gui.support.whole_window import Glass, GlassMaker

PANELS_OF = {w.key: set(panels_of(w.area)) for w in WORKSPACES}


def choose_scheme(glass: Glass, name: str) -> None:
    actions = glass.window._scheme_group.actions()
    next(a for a in actions if a.data() == name).trigger()
    QApplication.processEvents()


def test_every_panel_follows_a_change_of_colours_at_once(glass: GlassMaker) -> None:
    window = glass("digits", colours="dark")
    is_dark = True
    for workspace in PANELS_OF:
        window.show_workspace(workspace)
        is_dark = not is_dark
        choose_scheme(window, "dark" if is_dark else "light")
        for key in PANELS_OF[workspace]:
            panel = window.panel(key)
            assert theme.is_dark(panel.palette()) == is_dark
            corner = panel.grab().toImage().pixelColor(1, panel.height() - 2)
            assert (corner.lightness() < 128) == is_dark, key
        plane = window.panel("network").canvas.grab().toImage().pixelColor(3, 3)
        assert (plane.lightness() < 128) == is_dark


def test_the_chosen_segment_is_told_by_its_colour_in_both_schemes(
    glass: GlassMaker,
) -> None:
    window = glass("digits", colours="light")
    for scheme in ("dark", "light"):
        choose_scheme(window, scheme)
        for key in ("network", "weight_images"):
            switch = window.window.docks[key].header.findChild(SegmentedControl)
            chosen, other = (middle_colour(switch, k) for k in range(2))
            assert abs(chosen.lightness() - other.lightness()) > 15


def middle_colour(switch: SegmentedControl, index: int) -> QColor:
    """Of a part of the switch, beside its word."""
    place = switch.button(index).geometry()
    return switch.grab().toImage().pixelColor(place.left() + 5, place.center().y())


def test_lecture_mode_enlarges_every_text_and_takes_it_back(glass: GlassMaker) -> None:
    window = glass("digits", size=(1600, 1000))
    for key in window.window.docks:
        window.window.docks[key].show()
    window.wait_until(lambda: window.view.snapshot.gradient is not None)
    widgets: list[QWidget] = list(window.window.findChildren(QLabel))
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
    assert sum(not w.isVisible() for w in widgets) > 10, "of hidden ones, too"
    after = [w.font().pointSizeF() for w in widgets]
    assert after == pytest.approx([1.5 * size for size in before])
    window.press(Qt.Key.Key_F9)
    QApplication.processEvents()
    assert [w.font().pointSizeF() for w in widgets] == before


def test_what_is_heavier_stays_so_in_another_theme_and_scale(
    glass: GlassMaker,
) -> None:
    window = glass("digits", colours="light")
    table = window.panel("race").racers
    # It is not seen and so no race marks others meanwhile.
    table._mark_lowest(frozenset({"sgd", "adam"}))
    window.show_workspace("train")
    labels = window.window.findChildren(QLabel)
    for label in labels:
        # One that was never shown does not have the weight of the sheet yet.
        label.ensurePolished()
    before = [label.font().weight() for label in labels]
    assert sum(weight > 500 for weight in before) > 5
    choose_scheme(window, "dark")
    assert [label.font().weight() for label in labels] == before
    window.press(Qt.Key.Key_F9)
    assert [label.font().weight() for label in labels] == before


def test_the_titles_of_the_panels_grow_in_lecture_mode(glass: GlassMaker) -> None:
    window = glass()
    before = ink_height(window)
    window.press(Qt.Key.Key_F9)
    QApplication.processEvents()
    assert ink_height(window) > 1.3 * before


def ink_height(glass: Glass) -> int:
    """Rows of pixels that the letters of a panel's title take."""
    image = glass.window.docks["curves"].header._title.grab().toImage()
    grey = np.array(
        [
            [image.pixelColor(x, y).lightness() for x in range(image.width())]
            for y in range(image.height())
        ]
    )
    return int(np.count_nonzero(np.ptp(grey, axis=1) > 100))


def test_a_narrow_window_keeps_the_word_of_the_chosen_tab_alone(
    glass: GlassMaker,
) -> None:
    window = glass(size=(1280, 800))
    window.show_workspace("step")
    tabs = window.window.tabs
    widest = tabs.tabRect(1).width()
    assert tabs.tabRect(0).width() > 60
    window.window.resize(780, 700)
    QApplication.processEvents()
    assert tabs.tabRect(1).width() == widest
    assert tabs.tabRect(0).width() < 60
    right = tabs.mapTo(window.window, tabs.tabRect(9).topRight()).x()
    assert right < window.window.width()


def test_a_narrow_player_keeps_the_transport_and_a_timeline_to_drag(
    glass: GlassMaker,
) -> None:
    window = glass(size=(1280, 800))
    player = window.window.player
    assert player.button("reset").isVisible()
    assert player.figures.pace.isVisible()
    window.window.resize(780, 700)
    QApplication.processEvents()
    assert not player.figures.pace.isVisible()
    for key in ("toggle_playing", "step_back", "step_batch", "step_epoch"):
        button = player.button(key)
        right = button.mapTo(window.window, button.rect().topRight()).x()
        assert button.isVisible()
        assert right < window.window.width()
    assert player.timeline.slider.width() > 160


def test_figures_of_any_length_leave_the_window_as_wide_as_it_is(
    glass: GlassMaker,
) -> None:
    window = glass(size=(1280, 720))
    figures = window.window.player.figures
    widths = figures.width(), window.window.minimumSizeHint().width()
    figures.loss.value.setText("1234567.0000")
    figures._speed.setText("99,999 steps/s · CUDA:0")
    QApplication.processEvents()
    assert window.window.width() == 1280
    assert window.window.minimumSizeHint().width() == widths[1]
    right = figures.mapTo(window.window, figures.rect().topRight()).x()
    assert right <= 1280


def test_the_player_goes_on_top_and_is_there_in_every_workspace_and_next_time(
    glass: GlassMaker,
) -> None:
    window = glass()
    bar, action = window.window.player_bar, window.window.actions_by_key
    top, bottom = Qt.ToolBarArea.TopToolBarArea, Qt.ToolBarArea.BottomToolBarArea
    assert window.window.toolBarArea(bar) == bottom
    window.show_workspace("step")
    action["player_on_top"].trigger()
    assert window.window.toolBarArea(bar) == top
    window.show_workspace("train")
    assert window.window.toolBarArea(bar) == top
    assert bar.isVisible()
    glass.close(window)
    again = glass()
    assert again.window.toolBarArea(again.window.player_bar) == top


def test_the_menus_are_behind_the_mark_and_in_a_bar_for_who_wants_it(
    glass: GlassMaker,
) -> None:
    window = glass()
    bar = window.window.menu_bar
    menus = [action.text() for action in bar.actions()]
    assert [a.text() for a in window.window.header.mark.menu().actions()] == menus
    assert not bar.isVisible()
    window.window.actions_by_key["menu_bar"].trigger()
    assert bar.isVisible()


def test_whoever_knows_the_window_with_its_menus_keeps_them(
    glass: GlassMaker,
) -> None:
    first = glass()
    geometry = first.window.saveGeometry()
    glass.close(first)
    assert not glass().window.menu_bar.isVisible()
    glass.close(glass.open_ones[0])
    glass.ini = glass.ini.with_name("older.ini")
    WindowSettings(glass.ini).set_blob("geometry", geometry)
    assert glass().window.menu_bar.isVisible()


def test_a_panel_fills_the_window_and_esc_brings_the_others_back(
    glass: GlassMaker,
) -> None:
    window = glass()
    docks = window.window.docks
    before = window.layout_at_rest()
    header = docks["network"].header
    QTest.mouseDClick(header._title, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert [key for key, dock in docks.items() if dock.isVisible()] == ["network"]
    assert docks["network"].width() > 0.95 * window.window.width()
    window.press(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert window.layout_at_rest() == before


def test_a_workspace_left_while_a_panel_fills_it_keeps_its_panels(
    glass: GlassMaker,
) -> None:
    window = glass()
    docks = window.window.docks
    docks["curves"].header.fill.click()
    window.show_workspace("step")
    assert not docks["curves"].isVisible()
    window.show_workspace("train")
    shown = {key for key, dock in docks.items() if dock.isVisible()}
    assert shown == PANELS_OF["train"]
