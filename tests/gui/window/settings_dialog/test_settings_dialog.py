"""The dialog of the settings: what is chosen acts at once and is remembered."""

import tomllib

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.style import tokens
from gui.style.fonts import scale_of
from gui.window.actions import ACTIONS
from gui.window.help_texts import shortcuts_text
from gui.window.settings_dialog.dialog import KEYS_PAGE, SettingsDialog
from tests.gui.support.whole_window import Glass, GlassMaker


def open_dialog(glass: Glass) -> SettingsDialog:
    glass.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = glass.window.findChildren(SettingsDialog)
    return dialog


def close_dialog(dialog: SettingsDialog) -> None:
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def choose(dialog: SettingsDialog, key: str, value: object) -> None:
    """What the list does when one of its entries is chosen."""
    box = dialog.rows[key].box
    assert box is not None
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    QApplication.processEvents()


def rate_in_the_form(glass: Glass) -> str:
    row = glass.panel("experiment")._training.fields._rows["training.learning_rate"]
    text: str = row.editor.lineEdit().text()
    return text


def test_each_setting_acts_at_once_and_is_there_after_a_start(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.session.document.edit({"training.learning_rate": 0.25})
    dialog = open_dialog(window)
    for key, value in (
        ("theme", "light"),
        ("colour_maps", "tritan"),
        ("frames", 5),
        ("decimal_sign", "comma"),
        ("device", "cpu"),
    ):
        choose(dialog, key, value)
    assert not window.window.look.is_dark
    assert tokens.maps_in_force() == "tritan"
    assert window.panel("network").least_seconds == 0.2
    assert rate_in_the_form(window) == "0,25"
    assert window.session.device == "cpu"
    kept = tomllib.loads(glass.ini.with_name("settings.toml").read_text())
    assert (kept["theme"], kept["frames"]) == ("light", 5)
    close_dialog(dialog)
    glass.close(window)
    tokens.use_maps(tokens.USUAL_MAPS)
    again = glass()
    assert tokens.maps_in_force() == "tritan"
    assert again.session.device == "cpu"
    assert again.panel("network").least_seconds == 0.2


def test_larger_text_and_pictures_fit_the_window_and_come_back(
    glass: GlassMaker,
) -> None:
    window = glass(size=(1280, 720))
    panel, size = window.panel("network"), window.window.size()
    layout = window.layout_at_rest()
    window.window.preferences.set_value("font_scale", 125)
    window.window.preferences.set_value("picture_scale", 125)
    QApplication.processEvents()
    assert scale_of(window.window.player.font()) == 1.25
    assert abs(scale_of(panel.canvas.font()) - 1.25 * 1.25) < 0.02
    assert window.window.size() == size
    window.window.preferences.set_value("font_scale", 100)
    window.window.preferences.set_value("picture_scale", 100)
    QApplication.processEvents()
    assert scale_of(panel.canvas.font()) == 1
    assert window.layout_at_rest() == layout


def test_a_key_is_changed_and_named_everywhere_and_given_back(
    glass: GlassMaker,
) -> None:
    window = glass()
    dialog = open_dialog(window)
    dialog.show_page(KEYS_PAGE)
    page = dialog.keys
    page.table.selectRow([spec.key for spec in ACTIONS].index("reset"))
    page.begin_change()
    QTest.keyClick(page._field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    actions = window.window.actions_by_key
    assert actions["reset"].shortcut() == QKeySequence("Ctrl+J")
    assert "(Ctrl+J)" in actions["reset"].toolTip()
    assert "Ctrl+J" in shortcuts_text(actions)
    entries = window.window.command_palette._contents.entries()
    assert next(e for e in entries if e.key == "reset").keys == "Ctrl+J"
    page.all_back.click()
    assert actions["reset"].shortcut() == QKeySequence("R")
    assert window.window.preferences.now.shortcuts == ()
    # The key of the palette is another one now: it closes by that one, too.
    page.table.selectRow([spec.key for spec in ACTIONS].index("find"))
    page.begin_change()
    QTest.keyClick(page._field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    close_dialog(dialog)
    palette = window.window.command_palette
    window.window.actions_by_key["find"].trigger()
    QTest.keyClick(palette.line, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert not palette.isVisible()


def test_a_key_that_is_taken_is_told_and_only_then_taken_over(
    glass: GlassMaker,
) -> None:
    window = glass()
    dialog = open_dialog(window)
    dialog.show_page(KEYS_PAGE)
    page = dialog.keys
    page.table.selectRow([spec.key for spec in ACTIONS].index("reset"))
    page.begin_change()
    QTest.keyClick(page._field, Qt.Key.Key_N)
    assert page.says.text().startswith("N is the key of New seed")
    assert window.window.preferences.now.shortcuts == ()
    page.take.click()
    assert dict(window.window.preferences.now.shortcuts) == {
        "new_seed": "",
        "reset": "N",
    }
    page.begin_change()
    # Tab would leave the field with "Press the keys" still written below it.
    QTest.keyClick(page._field, Qt.Key.Key_Tab)
    assert "Tab cannot be taken" in page.says.text()
    assert dialog.focusWidget() is page.table
    page.begin_change()
    QTest.keyClick(page._field, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert "cannot be taken" in page.says.text()
    close_dialog(dialog)


def test_a_key_that_panels_use_themselves_is_told_with_their_names(
    glass: GlassMaker,
) -> None:
    window = glass()
    dialog = open_dialog(window)
    dialog.show_page(KEYS_PAGE)
    page = dialog.keys
    page.table.selectRow([spec.key for spec in ACTIONS].index("step_epoch"))
    page.begin_change()
    QTest.keyClick(page._field, Qt.Key.Key_Down)
    said = page.says.text()
    for place in ("in the network", "in weight images", "in number lines"):
        assert place in said
    assert window.window.preferences.now.shortcuts == ()
    page.take.click()
    assert dict(window.window.preferences.now.shortcuts) == {"step_epoch": "Down"}
    close_dialog(dialog)


def test_a_search_among_the_keys_chooses_a_row_or_leaves_nothing_to_change(
    glass: GlassMaker,
) -> None:
    window = glass()
    dialog = open_dialog(window)
    dialog.show_page(KEYS_PAGE)
    page = dialog.keys
    page.search.setText("full screen")
    row = page.table.currentRow()
    assert not page.table.isRowHidden(row)
    assert page.table.selectionModel().isRowSelected(row)
    assert page.change.isEnabled()
    page.search.setText("no such action")
    assert not page.change.isEnabled()
    assert not page.none.isEnabled()
    close_dialog(dialog)
