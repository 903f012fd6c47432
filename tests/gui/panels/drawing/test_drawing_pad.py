import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAction,
    QInputDevice,
    QKeyEvent,
    QKeySequence,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from gui.panels.drawing.drawing_pad import (
    BRUSH_STEP,
    LARGEST_BRUSH,
    SMALLEST_BRUSH,
    DrawingPad,
)
from gui.panels.drawing.ink_canvas import SIDE
from gui.panels.drawing.pad_tools import PadTools

LEFT = Qt.MouseButton.LeftButton
RIGHT = Qt.MouseButton.RightButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def pad(qtbot: QtBot) -> DrawingPad:
    pad = DrawingPad()
    qtbot.addWidget(pad)
    pad.resize(SIDE, SIDE)
    pad.show()
    qtbot.waitExposed(pad)
    return pad


def drag(
    pad: DrawingPad, *points: tuple[int, int], button: Qt.MouseButton = LEFT
) -> None:
    QTest.mousePress(pad, button, pos=QPoint(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(pad, QPoint(*point))
    QTest.mouseRelease(pad, button, pos=QPoint(*points[-1]))


def send_tablet(
    pad: DrawingPad,
    kind: QEvent.Type,
    at: QPointF,
    pressure: float,
    pen: QPointingDevice,
):
    held = LEFT if kind != QEvent.Type.TabletRelease else Qt.MouseButton.NoButton
    event = QTabletEvent(
        kind,
        pen,
        at,
        pad.mapToGlobal(at),
        pressure,
        0,
        0,
        0,
        0,
        0,
        Qt.KeyboardModifier.NoModifier,
        LEFT,
        held,
    )
    QApplication.sendEvent(pad, event)


def pen_of(kind: QPointingDevice.PointerType) -> QPointingDevice:
    capability = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
    return QPointingDevice(
        "pen", 77, QInputDevice.DeviceType.Stylus, kind, capability, 1, 1
    )


def tablet_stroke(pad: DrawingPad, pressure: float, pen: QPointingDevice) -> None:
    send_tablet(pad, QEvent.Type.TabletPress, QPointF(60, 140), pressure, pen)
    send_tablet(pad, QEvent.Type.TabletMove, QPointF(220, 140), pressure, pen)
    send_tablet(pad, QEvent.Type.TabletRelease, QPointF(220, 140), 0, pen)


def test_dragging_the_mouse_draws_where_it_goes(pad: DrawingPad):
    drag(pad, (60, 70), (200, 70))
    assert pad.pixels[70, 130] == 255
    assert pad.pixels[200, 130] == 0


def test_positions_scale_with_the_pad(pad: DrawingPad):
    pad.resize(560, 700)
    drag(pad, (280, 350))
    assert pad.pixels[140, 140] == 255
    assert pad.pixels[140, 175] == 0


def test_moving_without_a_button_draws_nothing(pad: DrawingPad):
    QTest.mouseMove(pad, QPoint(50, 50))
    QTest.mouseMove(pad, QPoint(200, 200))
    assert pad.is_empty


def test_every_move_of_a_stroke_is_announced(pad: DrawingPad, qtbot: QtBot):
    changes = []
    pad.ink_changed.connect(lambda: changes.append(1))
    with qtbot.waitSignal(pad.stroke_finished):
        drag(pad, (60, 70), (100, 70), (200, 70))
    assert len(changes) >= 3


def test_the_right_button_erases(pad: DrawingPad):
    drag(pad, (60, 70), (200, 70))
    drag(pad, (130, 70), (131, 70), button=RIGHT)
    assert pad.pixels[70, 130] == 0
    assert pad.pixels[70, 70] == 255


def test_the_eraser_toggle_makes_the_left_button_erase(pad: DrawingPad):
    drag(pad, (130, 70))
    pad.set_erasing(True)
    drag(pad, (130, 70))
    assert pad.pixels[70, 130] == 0


def test_keys_undo_redo_and_clear_to_the_pixel(pad: DrawingPad):
    drag(pad, (60, 70), (200, 70))
    first = pad.pixels.copy()
    drag(pad, (60, 170), (200, 170))
    second = pad.pixels.copy()
    QTest.keyClick(pad, Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(pad.pixels, first)
    QTest.keyClick(pad, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert np.array_equal(pad.pixels, second)
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.is_empty
    QTest.keyClick(pad, Qt.Key.Key_Z, CONTROL)
    assert np.array_equal(pad.pixels, second)


def test_brackets_change_the_brush_between_its_limits(pad: DrawingPad):
    size = pad.brush_size
    QTest.keyClick(pad, Qt.Key.Key_BracketRight)
    assert pad.brush_size == size + BRUSH_STEP
    for _ in range(40):
        QTest.keyClick(pad, Qt.Key.Key_BracketLeft)
    assert pad.brush_size == SMALLEST_BRUSH
    for _ in range(40):
        QTest.keyClick(pad, Qt.Key.Key_BracketRight)
    assert pad.brush_size == LARGEST_BRUSH


def test_a_larger_brush_draws_thicker(pad: DrawingPad):
    pad.set_brush_size(10)
    drag(pad, (140, 60))
    thin = int((pad.pixels > 0).sum())
    pad.clear()
    pad.set_brush_size(40)
    drag(pad, (140, 60))
    assert (pad.pixels > 0).sum() > 4 * thin


def test_the_pads_keys_win_over_the_windows_shortcuts(qtbot: QtBot):
    window = QMainWindow()
    qtbot.addWidget(window)
    pad = DrawingPad(window)
    window.setCentralWidget(pad)
    action = QAction("Step back", window)
    action.setShortcut(QKeySequence("Ctrl+Z"))
    window.addAction(action)
    taken = []
    action.triggered.connect(lambda: taken.append(1))
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    drag(pad, (60, 70))
    pad.setFocus()
    QTest.keyClick(pad, Qt.Key.Key_Z, CONTROL)
    assert not taken
    assert pad.is_empty


def test_a_pen_pressed_harder_draws_thicker(pad: DrawingPad):
    pen = pen_of(QPointingDevice.PointerType.Pen)
    tablet_stroke(pad, 0.1, pen)
    light = int((pad.pixels[:, 140] > 0).sum())
    pad.clear()
    tablet_stroke(pad, 1.0, pen)
    assert (pad.pixels[:, 140] > 0).sum() > 1.5 * light > 0


def test_the_eraser_end_of_a_pen_erases(pad: DrawingPad):
    drag(pad, (60, 140), (220, 140))
    pad.set_brush_size(LARGEST_BRUSH)
    tablet_stroke(pad, 1.0, pen_of(QPointingDevice.PointerType.Eraser))
    assert pad.pixels[140, 140] == 0


def test_a_finger_draws_and_a_second_finger_rests(pad: DrawingPad):
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(60, 70), pad).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(200, 70), pad).press(
        1, QPoint(140, 250), pad
    ).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(200, 70), pad).release(
        1, QPoint(140, 250), pad
    ).commit()
    assert pad.pixels[70, 130] == 255
    assert not pad.pixels[200:].any()
    pad.undo()
    assert pad.is_empty


def test_the_hint_shows_on_an_empty_pad_only(pad: DrawingPad):
    pad.set_hint("Draw a digit here")
    empty = pad.grab().toImage()
    middle = {empty.pixelColor(x, 140).rgb() for x in range(40, 240)}
    assert len(middle) > 1
    drag(pad, (20, 20))
    drawn = pad.grab().toImage()
    assert len({drawn.pixelColor(x, 140).rgb() for x in range(40, 240)}) == 1


def test_tools_follow_the_pad_and_act_on_it(pad: DrawingPad, qtbot: QtBot):
    tools = PadTools(pad)
    qtbot.addWidget(tools)
    tools.show()
    assert not tools.undo_button.isEnabled()
    assert not tools.clear_button.isEnabled()
    drag(pad, (60, 70))
    QTest.mouseClick(tools.undo_button, LEFT)
    assert pad.is_empty
    assert tools.redo_button.isEnabled()
    QTest.mouseClick(tools.redo_button, LEFT)
    QTest.mouseClick(tools.clear_button, LEFT)
    assert pad.is_empty
    QTest.mouseClick(tools.eraser_button, LEFT)
    assert pad.is_erasing
    tools.brush_slider.setValue(40)
    assert pad.brush_size == 40
    pad.set_brush_size(12)
    assert tools.brush_slider.value() == 12


def lead_by_tab(pad: DrawingPad, qtbot: QtBot) -> None:
    pad.activateWindow()
    pad.clearFocus()
    pad.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(pad.hasFocus)


def test_keys_draw_where_tab_has_led_to_the_pad(pad: DrawingPad, qtbot: QtBot):
    lead_by_tab(pad, qtbot)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right):
        QTest.keyClick(pad, key)
    assert pad.is_empty
    QTest.keyClick(pad, Qt.Key.Key_Space)
    QTest.keyClick(pad, Qt.Key.Key_Down, SHIFT)
    assert "pen down at column 16, row 18" in pad.described().value
    QTest.keyClick(pad, Qt.Key.Key_Space)
    drawn = pad.pixels.copy()
    rows, columns = np.nonzero(drawn == 255)
    # Two pixels of ten, and half a brush around: a stroke that goes down.
    assert np.ptp(rows) > np.ptp(columns) + 30
    QTest.keyClick(pad, Qt.Key.Key_Left)
    assert np.array_equal(pad.pixels, drawn)
    assert "pen up at column 15, row 18" in pad.described().value
    QTest.keyClick(pad, Qt.Key.Key_Z, CONTROL)
    assert pad.is_empty


def test_the_pen_of_the_keys_is_seen_and_lifted_when_the_focus_goes(
    pad: DrawingPad, qtbot: QtBot
) -> None:
    finished = []
    pad.stroke_finished.connect(lambda: finished.append(True))
    lead_by_tab(pad, qtbot)
    before = pad.grab().toImage()
    QTest.keyClick(pad, Qt.Key.Key_Up, SHIFT)
    assert pad.grab().toImage() != before
    QTest.keyClick(pad, Qt.Key.Key_Space)
    assert finished == []
    pad.clearFocus()
    assert finished == [True]


def test_after_the_mouse_arrows_and_space_are_the_windows(
    pad: DrawingPad, qtbot: QtBot
) -> None:
    lead_by_tab(pad, qtbot)
    space = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier
    )
    assert pad.keeps_key(space)
    drag(pad, (100, 100), (120, 120))
    assert not pad.keeps_key(space)
