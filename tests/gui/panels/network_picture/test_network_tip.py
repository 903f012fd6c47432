"""The tip at the cursor says the numbers of the view that is painted."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from core.values.parameter import Unit
from gui.panels.network_picture.canvas import NetworkCanvas
from tests.gui.support.whole_window import GlassMaker


def place_of(canvas: NetworkCanvas, unit: Unit) -> QPoint:
    """Some place in the picture that is this unit."""
    for x in range(0, canvas.width(), 4):
        for y in range(0, canvas.height(), 4):
            if canvas._selection_at(QPointF(x, y)) == unit:
                return QPoint(x, y)
    raise AssertionError(f"{unit} is nowhere in the picture")


def test_the_tip_of_a_held_unit_changes_when_it_is_let_go(glass: GlassMaker) -> None:
    window = glass()
    canvas = window.window.findChild(NetworkCanvas)
    assert canvas is not None
    unit = Unit(1, 1)
    window.session.interventions.hold_activation(unit, 0.0)
    window.wait_until(lambda: canvas.shown is not None and bool(canvas.shown.held))
    window.wait_until(lambda: canvas.is_settled)
    place = place_of(canvas, unit)
    QTest.mouseMove(canvas, place)
    window.wait_until(lambda: canvas.hovered == unit)
    on_screen = canvas.mapToGlobal(place)
    QApplication.sendEvent(
        canvas, QHelpEvent(QHelpEvent.Type.ToolTip, place, on_screen)
    )
    assert "held" in QToolTip.text()
    window.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.wait_until(lambda: "held" not in QToolTip.text())
    readout = canvas.readout()
    assert QToolTip.isVisible()
    assert readout is not None
    assert readout.lines[0] in QToolTip.text()
    QToolTip.hideText()
