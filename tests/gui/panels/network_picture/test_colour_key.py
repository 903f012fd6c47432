"""The words of the colours stand apart from the number beside them."""

import dataclasses

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF, QPainter
from pytestqt.qtbot import QtBot

from gui.panels.network_picture.painters import scale_painter, static_layer
from gui.panels.network_picture.scene.scene import Scene
from gui.style import tokens
from tests.gui.support.network_pictures import settle, shown_panel
from tests.gui.support.sample_views import preset_view


def test_no_width_brings_the_word_lower_up_to_the_number(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[Scene] = []
    paint = scale_painter.paint_limits

    def spy(painter: QPainter, scene: Scene) -> None:
        painted.append(scene)
        paint(painter, scene)

    monkeypatch.setattr(static_layer, "paint_limits", spy)
    view = preset_view("worked-example", None)
    gradient = tuple(
        (np.full_like(w, 0.0617), np.zeros_like(b)) for w, b in view.params
    )
    snapshot = dataclasses.replace(
        view.snapshot, gradient=gradient, step=1, previous_params=view.params
    )
    panel = shown_panel(qtbot, dataclasses.replace(view, snapshot=snapshot))
    panel.quantity = "nudges"
    beside = 0
    for width in range(420, 860, 20):
        panel.resize(width, 340)
        settle(panel)
        panel.canvas.grab()
        scene = painted[-1]
        metrics = QFontMetricsF(scene.font)
        (scale,) = scene.gap_scales
        room = scale_painter._room_of_limit(scene, scale, metrics)
        texts = scale_painter._limit_texts(scale)
        text = scale_painter.first_fitting(texts, metrics, room)
        key = scale_painter._key_rooms(scene, metrics)[0]
        end = scale_painter.key_end(scene, key, metrics)
        if end is None or not text:
            continue
        beside += 1
        left, right = scale_painter.gap_room(scene, scale.layer)
        begin = (left + right - metrics.horizontalAdvance(text)) / 2
        assert begin - end >= tokens.space("l") * scene.scale - 1, width
    assert beside > 10
