"""Network panels for tests, and what is seen in them."""

import dataclasses

import numpy as np
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from core.arrays import HostParams
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.session.selection import Selection
from gui.session.view_state import View
from tests.gui.support.drawn_elsewhere import wait_until_drawn
from tests.gui.support.sample_views import sample_view


def shown_panel(qtbot: QtBot, view: View | None = None) -> NetworkPanel:
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 640)
    panel.show()
    panel.set_view(view if view is not None else sample_view())
    settle(panel)
    return panel


def settle(panel: NetworkPanel) -> None:
    """Wait until the edges of the newest view are drawn."""
    wait_until_drawn(panel.canvas)


def with_params(view: View, params: HostParams) -> View:
    return dataclasses.replace(
        view, snapshot=dataclasses.replace(view.snapshot, params=params)
    )


def with_selection(view: View, selection: Selection | None) -> View:
    return dataclasses.replace(view, selection=selection)


def unit_point(panel: NetworkPanel, layer: int, unit: int) -> QPoint:
    layout = panel.canvas.layout_shown
    assert layout is not None
    column = layout.columns[layer]
    return QPointF(column.x, column.y_of(unit)).toPoint()


def edge_point(panel: NetworkPanel, chosen: Selection, share: float) -> QPoint:
    layout = panel.canvas.layout_shown
    assert layout is not None
    assert chosen.source is not None
    source, target = layout.gap(chosen.layer)
    x = source.right + share * (target.left - source.right)
    start, end = source.y_of(chosen.source), target.y_of(chosen.unit)
    return QPointF(x, start + share * (end - start)).toPoint()


def pixels_of(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8)
    return data.reshape(image.height(), image.bytesPerLine() // 4, 4)[..., 2::-1].copy()


def canvas_pixels(panel: NetworkPanel) -> np.ndarray:
    settle(panel)
    return pixels_of(panel.canvas.grab().toImage()).astype(int)


def gap_pixels(panel: NetworkPanel, layer: int) -> np.ndarray:
    layout = panel.canvas.layout_shown
    assert layout is not None
    source, target = layout.gap(layer)
    top, bottom = int(layout.stage.y), int(layout.stage.bottom)
    left, right = int(source.right) + 6, int(target.left) - 2
    return canvas_pixels(panel)[top:bottom, left:right]


def one_edge_view(layer: int, unit: int, source: int, value: float) -> View:
    view = sample_view()
    params = [(np.zeros_like(w), np.zeros_like(b)) for w, b in view.params]
    params[layer - 1][0][unit, source] = value
    return with_params(view, tuple(params))
