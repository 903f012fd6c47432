import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton

from core.experiment.presets import load_preset
from gui import theme
from gui.selection import Selection
from gui.window.text_dialog import TextDialog
from gui.window.workspaces import WORKSPACES, panels_of
from tests.gui.whole_window import Glass, GlassMaker

XOR = load_preset("xor").experiment
PANELS_OF = {w.key: set(panels_of(w.area)) for w in WORKSPACES}
KEYS = list(PANELS_OF)


def open_panels(glass: Glass) -> set[str]:
    return {key for key, dock in glass.window.docks.items() if dock.isVisible()}


def tab_of(glass: Glass, key: str) -> QPoint:
    return glass.window.tabs.tabRect(KEYS.index(key)).center()


# --- workspaces and panels ----------------------------------------------------------


def test_a_click_on_a_tab_shows_its_panels_and_no_others(glass: GlassMaker) -> None:
    window = glass()
    for key in (*KEYS, *reversed(KEYS)):
        QTest.mouseClick(
            window.window.tabs, Qt.MouseButton.LeftButton, pos=tab_of(window, key)
        )
        assert open_panels(window) == PANELS_OF[key]


def test_ctrl_and_a_number_change_the_workspace(glass: GlassMaker) -> None:
    window = glass()
    for number, key in (*enumerate(KEYS, start=1), (1, KEYS[0])):
        digit = Qt.Key(ord(str(number % 10)))
        window.press(digit, Qt.KeyboardModifier.ControlModifier)
        assert open_panels(window) == PANELS_OF[key]
        assert (
            window.window.tabs.tabText(window.window.tabs.currentIndex()).lower() == key
        )


def test_a_panel_opens_in_the_workspace_where_there_is_room(glass: GlassMaker) -> None:
    window = glass()
    dock = window.window.docks["batch"]
    dock.toggleViewAction().trigger()
    QApplication.processEvents()
    assert open_panels(window) == PANELS_OF["train"] | {"batch"}
    assert window.window.dockWidgetArea(dock) != Qt.DockWidgetArea.NoDockWidgetArea
    top = window.window.menuWidget().geometry().bottom()
    assert dock.geometry().top() > top
    assert dock.width() >= dock.minimumSizeHint().width()


def test_each_workspace_remembers_what_is_open_in_it(glass: GlassMaker) -> None:
    window = glass()
    window.window.docks["batch"].toggleViewAction().trigger()
    window.window.docks["curves"].close()
    changed = open_panels(window)
    window.show_workspace("digits")
    assert open_panels(window) == PANELS_OF["digits"]
    window.show_workspace("train")
    assert (
        open_panels(window)
        == changed
        == {
            "experiment",
            "network",
            "weight_images",
            "batch",
        }
    )
    window.window.actions_by_key["restore_layout"].trigger()
    assert open_panels(window) == PANELS_OF["train"]


def test_a_window_without_panels_says_how_to_open_them(glass: GlassMaker) -> None:
    window = glass()
    hint = window.window.centralWidget()
    for key in open_panels(window):
        assert not hint.isVisible()
        window.window.docks[key].close()
        QApplication.processEvents()
    assert hint.isVisible()
    window.window.actions_by_key["restore_layout"].trigger()
    QApplication.processEvents()
    assert not hint.isVisible()


def test_workspace_and_layout_outlive_a_restart(glass: GlassMaker) -> None:
    window = glass(workspace="digits")
    assert open_panels(window) == PANELS_OF["digits"]
    window.window.docks["examples"].close()
    window.window.speed.set_position(2)
    glass.close(window)
    again = glass()
    assert open_panels(again) == {"draw", "network"}
    assert again.window.speed.position == 2


def test_changing_the_workspace_never_makes_the_window_grow(glass: GlassMaker) -> None:
    window = glass(size=(1000, 700), lecture_mode="no")
    for key in ("step", "digits", "train", "step", "train", "digits"):
        window.show_workspace(key)
        QApplication.processEvents()
        assert window.window.size().toTuple() == (1000, 700)


def test_only_what_open_panels_need_is_computed(glass: GlassMaker) -> None:
    window = glass()
    assert window.view.snapshot.gradient is None
    assert window.view.snapshot.batch is None
    window.show_workspace("step")
    window.wait_until(lambda: window.view.snapshot.gradient is not None)
    assert window.view.snapshot.batch is not None
    window.window.docks["batch"].close()
    window.window.docks["nudges"].close()
    QApplication.processEvents()
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    assert window.view.snapshot.gradient is None
    assert window.view.snapshot.batch is None
    window.window.docks["batch"].toggleViewAction().trigger()
    window.wait_until(lambda: window.view.snapshot.batch is not None)
    assert window.step == 1


@pytest.mark.parametrize("workspace", KEYS)
def test_the_keys_steer_the_training_right_after_a_change_of_workspace(
    glass: GlassMaker, workspace: str
) -> None:
    window = glass("digits")
    for key in PANELS_OF:
        window.show_workspace(key)
    window.show_workspace(workspace)
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    for key in PANELS_OF[workspace]:
        window.window.docks[key].close()
        window.press(Qt.Key.Key_Right)
    window.rest_at(1 + len(PANELS_OF[workspace]))


def test_every_panel_shows_the_same_step(glass: GlassMaker) -> None:
    window = glass("digits")
    for key in window.window.docks:
        window.window.docks[key].show()
    window.session.take_steps(5)
    window.rest_at(5)
    window.wait_until(lambda: window.view.snapshot.batch is not None)
    views = {id(window.panel(key).view) for key in window.window.docks}
    assert views == {id(window.view)}
    assert "step 5" in texts_of(window)
    assert "Batch of step 5" in window.panel("batch").title_label.text()
    assert "Batch of step 5" in window.panel("nudges").batch_label.text()


def texts_of(glass: Glass) -> list[str]:
    labels = glass.window.status_bar.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


# --- keys where the focus is --------------------------------------------------------


def test_typing_in_a_text_field_does_not_steer_the_training(glass: GlassMaker) -> None:
    window = glass("digits", workspace="step")
    window.wait_until(lambda: window.view.snapshot.gradient is not None)
    line = window.panel("nudges").filter_bar.text_line
    window.focus(line)
    speed = window.window.speed.position
    window.type("row 1 + n-r")
    window.press(Qt.Key.Key_Left)
    window.press(Qt.Key.Key_Right)
    assert line.text() == "row 1 + n-r"
    assert (window.run_id, window.step) == (1, 0)
    assert window.window.speed.position == speed
    assert not window.session.playing


def test_typing_in_a_number_field_does_not_steer_the_training(
    glass: GlassMaker,
) -> None:
    window = glass()
    form = window.window.experiment_panel
    field = next(
        box for box in form.findChildren(QLabel) if "Learning" in box.text()
    ).buddy()
    window.focus(field)
    window.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.type("5e-2")
    window.press(Qt.Key.Key_Left)
    window.press(Qt.Key.Key_Right)
    window.press(Qt.Key.Key_Return)
    wanted = XOR.with_values({"training.learning_rate": 0.05})
    window.wait_until(lambda: window.view.run.experiment == wanted)
    assert (window.run_id, window.step) == (1, 0)


def test_arrows_walk_through_the_network_picture_while_it_has_the_focus(
    glass: GlassMaker,
) -> None:
    window = glass()
    canvas = window.panel("network").canvas
    window.focus(canvas)
    window.session.select(Selection(1, 3))
    window.press(Qt.Key.Key_Down)
    assert window.view.selection == Selection(1, 4)
    window.press(Qt.Key.Key_Right)
    assert window.view.selection is not None
    assert window.view.selection.layer == 2
    window.press(Qt.Key.Key_Right)
    QTest.qWait(50)
    assert window.step == 0
    window.press(Qt.Key.Key_Escape)
    assert window.view.selection is None
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)


def test_arrows_walk_through_the_weight_images_while_they_have_the_focus(
    glass: GlassMaker,
) -> None:
    window = glass("digits")
    window.session.select(Selection(1, 3))
    window.focus(window.panel("weight_images").atlas)
    window.press(Qt.Key.Key_Right)
    assert window.view.selection == Selection(1, 4)
    assert window.step == 0


def test_up_and_down_walk_through_the_nudges_and_right_steps(glass: GlassMaker) -> None:
    window = glass("digits", workspace="step")
    window.wait_until(lambda: window.view.snapshot.gradient is not None)
    table = window.panel("nudges").table
    window.wait_until(lambda: len(window.panel("nudges").model.ids) == 13_002)
    window.focus(table)
    window.press(Qt.Key.Key_Down)
    first = window.view.selection
    assert first is not None
    window.press(Qt.Key.Key_Down)
    assert window.view.selection not in (None, first)
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)


def test_space_presses_a_button_that_tab_has_reached(glass: GlassMaker) -> None:
    window = glass()
    nudges = window.panel("network").findChildren(QPushButton)[1]
    window.focus(nudges)
    window.press(Qt.Key.Key_Space)
    assert window.panel("network").quantity == "nudges"
    assert not window.session.playing


def test_space_plays_after_a_click_on_a_button(glass: GlassMaker) -> None:
    window = glass()
    for button in window.panel("curves").findChildren(QPushButton):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    window.press(Qt.Key.Key_Space)
    assert window.session.playing


def test_letters_in_a_choice_reset_instead_of_choosing(glass: GlassMaker) -> None:
    window = glass()
    box = window.window.experiment_panel.findChildren(QComboBox)[1]
    window.focus(box)
    chosen = box.currentIndex()
    window.press(Qt.Key.Key_R)
    window.wait_for_run(after=1)
    assert box.currentIndex() == chosen


# --- selection and example ----------------------------------------------------------


def test_an_edge_selected_anywhere_is_selected_everywhere(glass: GlassMaker) -> None:
    window = glass("digits")
    for key in ("nudges", "weight_images"):
        window.window.docks[key].show()
    nudges, images = window.panel("nudges"), window.panel("weight_images")
    window.wait_until(lambda: len(nudges.model.ids) == 13_002)
    chosen = Selection.of_weight(1, 5, 12 * 28 + 7)
    window.panel("network").canvas.thing_clicked.emit(chosen)
    row = nudges.table.currentIndex().row()
    assert nudges.model.parameter(row) == 5 * 784 + 12 * 28 + 7
    assert (images.atlas._unit, images.atlas._source) == (5, 12 * 28 + 7)
    nudges.table.selectRow(nudges.model.row_of(6 * 784 + 3))
    assert window.view.selection == Selection.of_weight(1, 6, 3)
    assert (images.atlas._unit, images.atlas._source) == (6, 3)
    images.atlas.weight_clicked.emit(2, 40)
    assert window.view.selection == Selection.of_weight(1, 2, 40)
    assert nudges.model.parameter(nudges.table.currentIndex().row()) == 2 * 784 + 40


def test_an_example_chosen_in_the_gallery_goes_through_the_network(
    glass: GlassMaker,
) -> None:
    window = glass("digits", workspace="digits")
    gallery = window.panel("examples").gallery
    gallery.position_chosen.emit(7)
    assert (window.view.example.origin, window.view.example.index) == ("test", 7)


def test_a_stroke_on_the_pad_is_read_while_it_trains(glass: GlassMaker) -> None:
    window = glass("digits", workspace="digits", play=True)
    pad = window.panel("draw").pad
    window.wait_until(lambda: window.step > 2 and pad.isVisible())
    middle = pad.rect().center()
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 40))
    for y in range(-40, 41, 10):
        QTest.mouseMove(pad, middle + QPoint(0, y))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 40))
    window.wait_until(lambda: window.view.example.origin == "drawing")
    assert window.view.example.inputs.max() > 0.5
    shown = window.step
    window.wait_until(lambda: window.step > shown)
    assert window.view.example.origin == "drawing"


# --- looks --------------------------------------------------------------------------


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


# --- what the window says -----------------------------------------------------------


def test_the_status_bar_gives_the_figures_of_the_view(glass: GlassMaker) -> None:
    window = glass()
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    window.wait_until(lambda: window.view.evaluation.step == 1)
    texts = texts_of(window)
    evaluation = window.view.evaluation
    assert evaluation is not None
    assert "step 1" in texts
    assert f"test loss {evaluation.test_loss:.4f}" in texts
    assert f"test accuracy {evaluation.test_accuracy:.2%}" in texts
    assert "paused" in texts
    assert window.view.run.device in texts


def test_help_names_the_device_and_every_shortcut(glass: GlassMaker) -> None:
    window = glass()
    for key, words in (
        ("about", ("Glassbox", window.view.run.device)),
        ("shortcuts", ("Space", "F9", "Ctrl+E")),
    ):
        window.window.actions_by_key[key].trigger()
        box = window.window.findChild(TextDialog)
        assert all(word in box.text.toPlainText() for word in words)
        assert box.height() <= box.screen().availableSize().height()
        QTest.keyClick(box, Qt.Key.Key_Escape)
        window.wait_until(lambda: window.window.findChild(TextDialog) is None)


def test_full_screen_is_left_by_the_same_key(glass: GlassMaker) -> None:
    window = glass()
    window.press(Qt.Key.Key_F11)
    window.wait_until(window.window.isFullScreen)
    window.press(Qt.Key.Key_F11)
    window.wait_until(lambda: not window.window.isFullScreen())


def test_the_unit_window_knows_the_transport_keys(glass: GlassMaker) -> None:
    window = glass("digits")
    window.panel("weight_images").atlas.unit_opened.emit(3)
    large = window.panel("weight_images").window_of_unit
    window.wait_until(large.isActiveWindow)
    QTest.keyClick(large, Qt.Key.Key_Space)
    assert window.session.playing
    QTest.keyClick(large, Qt.Key.Key_Space)
    assert not window.session.playing
    QTest.keyClick(large, Qt.Key.Key_Right)
    assert window.view.selection is not None
    assert window.view.selection.unit == 4


def test_an_error_can_be_closed_and_its_details_copied(glass: GlassMaker) -> None:
    window = glass()
    bar = window.window.message_bar
    bar.show_error("It broke.", details="line 1")
    buttons = {b.text(): b for b in bar.findChildren(QPushButton) if b.isVisible()}
    QTest.mouseClick(buttons["Copy details"], Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "It broke.\n\nline 1"
    QTest.mouseClick(buttons["Close"], Qt.MouseButton.LeftButton)
    assert window.says == ""
