"""Selection, example, and what the whole window says."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from core.values.parameter import Parameter, Unit
from gui.window.text_dialog import TextDialog
from tests.gui.support.whole_window import Glass, GlassMaker


def test_an_edge_selected_anywhere_is_selected_everywhere(glass: GlassMaker) -> None:
    window = glass("digits")
    for key in ("nudges", "weight_images"):
        window.window.docks[key].show()
    nudges, images = window.panel("nudges"), window.panel("weight_images")
    window.wait_until(lambda: len(nudges.model.ids) == 13_002)
    chosen = Parameter(1, 5, 12 * 28 + 7)
    window.panel("network").canvas.selection_clicked.emit(chosen)
    row = nudges.table.currentIndex().row()
    assert nudges.model.parameter(row) == chosen
    assert (images.atlas._unit, images.atlas._source) == (5, 12 * 28 + 7)
    nudges.table.selectRow(nudges.model.row_of(Parameter(1, 6, 3)))
    assert window.view.selection == Parameter(1, 6, 3)
    assert (images.atlas._unit, images.atlas._source) == (6, 3)
    images.atlas.selection_clicked.emit(Parameter(1, 2, 40))
    assert window.view.selection == Parameter(1, 2, 40)
    row = nudges.table.currentIndex().row()
    assert nudges.model.parameter(row) == Parameter(1, 2, 40)


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


def read_at(window: Glass) -> int | None:
    evaluation = window.view.evaluation
    return None if evaluation is None else evaluation.step


def test_the_player_gives_the_figures_of_the_view(glass: GlassMaker) -> None:
    window = glass()
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    window.wait_until(lambda: read_at(window) == 1)
    texts = window.status_texts
    evaluation = window.view.evaluation
    assert evaluation is not None
    assert window.window.player.timeline.field.text() == "1"
    assert {"test loss", f"{evaluation.test_loss:.4f}"} <= set(texts)
    accuracy = f"{100 * evaluation.test_accuracy:.2f} %"
    assert {"test accuracy", accuracy} <= set(texts)
    assert f"paused · {window.view.run.device.upper()}" in texts


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
    window.panel("weight_images").atlas.unit_opened.emit(Unit(1, 3))
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
