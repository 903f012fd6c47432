"""The main job from the first look to the exported weights, on a real screen."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QToolButton,
    QWidget,
)

from core.files.weights import load_weights
from core.values.network_spec import flatten
from gui.session.selection import Selection
from tests.gui.support.whole_window import Glass, GlassMaker

pytestmark = pytest.mark.real_window
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def real_screen(qapp: QApplication) -> None:
    if qapp.platformName() in ("offscreen", "minimal"):
        pytest.skip("needs a display")


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, LEFT, pos=at or widget.rect().center())


def tool_button(glass: Glass, key: str) -> QToolButton:
    return glass.window.player.button(key)


def seen(glass: Glass, widget: QWidget) -> np.ndarray:
    """Grey levels of a widget as they stand on the screen, not as it would paint."""
    corner = widget.mapToGlobal(QPoint(0, 0))
    area = QRect(corner, widget.size())
    pixels = widget.screen().grabWindow(0, area.x(), area.y(), *widget.size().toTuple())
    image = pixels.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width()].copy()


def draw_a_one(pad: QWidget) -> None:
    middle = pad.rect().center()
    reach = min(pad.width(), pad.height()) // 4
    QTest.mousePress(pad, LEFT, pos=middle - QPoint(0, reach))
    for y in range(-reach, reach, 6):
        QTest.mouseMove(pad, middle + QPoint(0, y), delay=2)
    QTest.mouseRelease(pad, LEFT, pos=middle + QPoint(0, reach))


def answer_file_dialog(glass: Glass, path: Path) -> QTimer:
    """Type the path into the next file dialog that opens, and press Return."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and dialog.isActiveWindow():
            timer.stop()
            line = dialog.findChild(QLineEdit)
            assert line is not None
            line.clear()
            QTest.keyClicks(line, str(path))
            QTest.keyClick(line, Qt.Key.Key_Return)

    timer = QTimer(glass.window)
    timer.timeout.connect(look)
    timer.start(30)
    return timer


def differ(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two pictures of a panel, of any two sizes, are not the same."""
    return one.shape != other.shape or bool(np.any(one != other))


@pytest.mark.parametrize("name", ["digits.npz", "digits.safetensors"])
def test_watch_step_draw_and_export(
    glass: GlassMaker, tmp_path: Path, name: str
) -> None:
    window = glass("digits", size=(1500, 900), play=True)
    network = window.panel("network").canvas
    window.wait_until(lambda: window.step > 3)
    for _ in range(3):  # training moves the picture
        look = seen(window, network)
        window.wait_until(lambda before=look: differ(before, seen(window, network)))

    click(tool_button(window, "toggle_playing"))
    window.wait_until(lambda: not window.view.snapshot.playing)
    paused_at = window.step
    click(tool_button(window, "step_batch"))
    window.rest_at(paused_at + 1)

    tabs = window.window.tabs
    index = next(k for k in range(tabs.count()) if tabs.tabText(k) == "Digits")
    click(tabs, tabs.tabRect(index).center())
    pad, bars = window.panel("draw").pad, window.panel("draw").reading
    window.wait_until(pad.isVisible)
    no_bars = seen(window, bars)
    draw_a_one(pad)
    window.wait_until(lambda: window.view.example.origin == "drawing")
    window.wait_until(lambda: differ(no_bars, seen(window, bars)))
    window.wait_until(lambda: seen(window, pad).max() > 200)
    guess = window.view.trace.output
    assert guess.sum() == pytest.approx(1, abs=1e-5)
    click(tool_button(window, "step_batch"))
    window.rest_at(paused_at + 2)
    assert np.any(window.view.trace.output != guess), "the drawing is read again"

    path = tmp_path / name
    answer_file_dialog(window, path)
    window.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    window.wait_until(path.exists)
    np.testing.assert_array_equal(
        flatten(load_weights(path).params), flatten(window.view.params)
    )


def test_a_click_on_a_unit_selects_it_in_every_panel(glass: GlassMaker) -> None:
    window = glass("digits", size=(1500, 900))
    canvas = window.panel("network").canvas
    window.wait_until(lambda: canvas.is_settled)
    found: list[Selection] = []
    canvas.selection_clicked.connect(found.append)
    for x in range(0, canvas.width(), 6):
        click(canvas, QPoint(x, canvas.height() // 2))
        if found and isinstance(found[-1], Selection) and found[-1].layer == 1:
            break
    assert window.view.selection == found[-1]
    assert window.panel("weight_images").atlas._unit == found[-1].unit


def test_a_unit_shows_its_values_under_the_mouse(glass: GlassMaker) -> None:
    window = glass(size=(1500, 900))
    canvas = window.panel("network").canvas
    window.layout_at_rest()
    before = seen(window, canvas)
    for x in range(canvas.width() // 4, canvas.width(), 12):
        QTest.mouseMove(canvas, QPoint(x, canvas.height() // 2))
        if np.any(seen(window, canvas) != before):
            return
    pytest.fail("nothing in the picture answers the mouse")
