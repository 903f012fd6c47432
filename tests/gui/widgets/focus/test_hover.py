"""A picture forgets the mouse where Qt does not tell it that the mouse has left."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.gui.support.whole_window import Glass, GlassMaker


def open_menu(widget: QWidget) -> None:
    """A right click, as Qt tells it."""
    middle = widget.rect().center()
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, middle, widget.mapToGlobal(middle))
    QApplication.sendEvent(widget, event)


def point_at_curves(window: Glass) -> tuple[QWidget, Any]:
    panel = window.panel("curves")
    window.wait_until(lambda: panel._is_built)
    plot = panel._loss.plot
    plot.step_hovered.emit(0.0)
    return plot, lambda: panel._hovered


def point_at_network(window: Glass) -> tuple[QWidget, Any]:
    canvas = window.panel("network").canvas
    column = canvas.layout_shown.columns[1]
    at = QPointF(column.x, column.y_of(0)).toPoint()
    QTest.mouseMove(canvas, at - QPoint(1, 1))
    QTest.mouseMove(canvas, at)
    return canvas, lambda: canvas.hovered


def point_at_plane(window: Glass) -> tuple[QWidget, Any]:
    panel = window.panel("plane")
    panel.canvas.point_hovered.emit((0.5, 0.5))
    return panel.canvas, lambda: panel._hovered


def point_at_line(window: Glass) -> tuple[QWidget, Any]:
    panel = window.panel("plane")
    panel.line.x_hovered.emit(0.5)
    return panel.line, lambda: panel._hovered


CASES = [
    ("xor", "train", point_at_curves),
    ("xor", "train", point_at_network),
    ("xor", "playground", point_at_plane),
    ("approximation", "playground", point_at_line),
]


@pytest.mark.parametrize(("preset", "workspace", "point_at"), CASES)
@pytest.mark.parametrize("by", ["menu", "other workspace"])
def test_a_readout_at_the_mouse_ends_with_a_menu_and_with_the_workspace(
    glass: GlassMaker,
    monkeypatch: pytest.MonkeyPatch,
    preset: str,
    workspace: str,
    point_at: Any,
    by: str,
) -> None:
    # Which menu opens does not matter, and there is no screen for it.
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)
    window = glass(preset, workspace=workspace)
    widget, hovered = point_at(window)
    assert hovered() is not None
    if by == "menu":
        open_menu(widget)
    else:
        window.show_workspace("race")
    assert hovered() is None
