"""The tip at the cursor says the numbers of the view that is painted."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest

from core.values.parameter import Unit
from gui.panels.network_picture.canvas import NetworkCanvas
from gui.widgets.tips.tip_window import hide_tip, tip_shown
from tests.gui.support.whole_window import GlassMaker


def place_of(canvas: NetworkCanvas, unit: Unit) -> QPoint:
    """Some place in the picture that is this unit."""
    for x in range(0, canvas.width(), 4):
        for y in range(0, canvas.height(), 4):
            if canvas._selection_at(QPointF(x, y)) == unit:
                return QPoint(x, y)
    raise AssertionError(f"{unit} is nowhere in the picture")


def told() -> str:
    tip = tip_shown()
    return "" if tip is None else tip.text


def test_the_tip_of_a_held_unit_changes_when_it_is_let_go(glass: GlassMaker) -> None:
    window = glass()
    canvas = window.window.findChild(NetworkCanvas)
    assert canvas is not None
    unit = Unit(1, 1)
    window.session.interventions.hold_activation(unit, 0.0)
    window.wait_until(lambda: canvas.shown is not None and bool(canvas.shown.held))
    window.wait_until(lambda: canvas.is_settled)
    place = canvas.mapTo(window.window, place_of(canvas, unit))
    handle = window.window.windowHandle()
    for beside in (QPoint(1, 0), QPoint()):
        QTest.mouseMove(handle, place + beside)
    window.wait_until(lambda: "held" in told())
    window.session.interventions.hold_activation(unit, None)
    window.wait_until(lambda: told() and "held" not in told())
    readout = canvas.readout()
    assert readout is not None
    assert told().splitlines() == list(readout.lines)
    hide_tip()
