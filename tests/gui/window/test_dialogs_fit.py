"""Every dialog fits its screen at any size of text, its buttons in sight."""

from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox

from tests.gui.support.whole_window import GlassMaker

KEYS: Final = (
    "settings",
    "shortcuts",
    "glossary",
    "messages",
    "about",
    "save_picture",
    "save_film",
)


@pytest.mark.parametrize("key", KEYS)
def test_a_dialog_fits_its_screen_in_the_largest_text(
    glass: GlassMaker, key: str
) -> None:
    window = glass("xor")
    window.session.step_batch()  # a film has more than one picture
    window.rest_at(1)
    window.window.preferences.set_value("font_scale", 150)
    window.press(Qt.Key.Key_F9)
    QApplication.processEvents()
    window.window.actions_by_key[key].trigger()
    dialog = next(d for d in window.window.findChildren(QDialog) if d.isVisible())
    QApplication.processEvents()
    # Of a small laptop; larger texts are for larger screens.
    assert dialog.height() <= 720
    assert dialog.width() <= 1280
    rows = dialog.findChildren(QDialogButtonBox)
    buttons = [b for row in rows for b in row.buttons() if b.isVisible()]
    assert buttons
    for button in buttons:
        assert not button.visibleRegion().isEmpty()
    dialog.close()


def test_open_settings_grow_with_the_text(glass: GlassMaker) -> None:
    window = glass("xor")
    window.window.dialogs.open_settings()
    dialog = next(d for d in window.window.findChildren(QDialog) if d.isVisible())
    table = dialog.keys.table.verticalHeader()
    before = table.defaultSectionSize()
    window.window.preferences.set_value("font_scale", 150)
    QApplication.processEvents()
    assert table.defaultSectionSize() == round(1.5 * before)
    dialog.close()
