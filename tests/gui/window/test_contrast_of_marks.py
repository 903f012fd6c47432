"""Marks are at least 3 to 1 on what they stand on, measured on rendered pixels.

Left out, as decoration: the faint curve of single batches, which repeats what the
strong one of their mean says, and the dotted lines of epochs, whose numbers are written
at their ends.
"""

from typing import Final

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QScrollBar,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from core.values.parameter import Unit
from gui.panels.curves.curve_legend import CurveLegend
from gui.panels.playground.class_legend import ClassLegend
from gui.style import theme
from gui.style.colours import region_table
from gui.style.contrast import contrast
from gui.widgets.focus.focus_ring import FocusRing
from tests.gui.support.contrast import Pixels, box_in, cut, rendered
from tests.gui.support.whole_window import GlassMaker

LEAST: Final = 3.0
CLOSE: Final = 24
"""Largest difference of a channel between a mark's colour and its purest pixel."""

THIN: Final = 64
"""The same of a mark of thin slanting strokes, which no pixel has pure."""


def ground_of(pixels: Pixels) -> theme.Rgb:
    found, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_counts=True)
    red, green, blue = found[np.argmax(counts)].tolist()
    return red, green, blue


def purest(pixels: Pixels, colour: theme.Rgb, close: int = CLOSE) -> theme.Rgb:
    """The pixel that is most like a colour, which must be there."""
    flat = pixels.reshape(-1, 3).astype(int)
    far = np.abs(flat - np.array(colour)).max(axis=1)
    assert far.min() <= close, f"nothing is painted in {colour}"
    red, green, blue = flat[np.argmin(far)].tolist()
    return red, green, blue


def measured(pixels: Pixels, colour: theme.Rgb, close: int = CLOSE) -> float:
    return contrast(purest(pixels, colour, close), ground_of(pixels))


@pytest.mark.parametrize("theme_name", ["dark", "light"])
def test_marks_of_pictures_are_seen_on_their_ground(
    glass: GlassMaker, theme_name: str
) -> None:
    window = glass("digits", colours=theme_name)
    window.session.take_steps(40)
    window.rest_at(40)
    colours = theme.colours(dark=theme_name == "dark")
    window.show_workspace("train")
    window.session.select(Unit(1, 3))
    network = window.panel("network").canvas
    window.wait_until(lambda: network.is_settled)
    QApplication.processEvents()
    picture, curves = rendered(network), rendered(window.panel("curves"))
    found = {
        "ring of the selection": measured(picture, colours.selection),
        "training curve": measured(curves, colours.curve_train),
        "test curve": measured(curves, colours.curve_test),
    }
    window.show_workspace("step")
    window.window.docks["nudges"].raise_()
    table = window.panel("nudges").table
    window.wait_until(lambda: table.isVisible() and table.model().rowCount() > 9)
    QApplication.processEvents()
    bars = rendered(table.viewport())
    found["bar of a nudge"] = measured(bars, colours.positive)
    knob = rendered(window.window.player.timeline)
    found["knob"] = measured(knob, colours.ink1)
    found["what is done of the timeline"] = measured(knob, colours.accent)
    assert {name: v for name, v in found.items() if v < LEAST} == {}


@pytest.mark.parametrize("theme_name", ["dark", "light"])
def test_marks_of_controls_are_seen_on_their_ground(
    glass: GlassMaker, theme_name: str
) -> None:
    window = glass("digits", colours=theme_name)
    colours = theme.colours(dark=theme_name == "dark")
    sheet = QWidget(window.window)
    sheet.setAutoFillBackground(True)
    column = QVBoxLayout(sheet)
    off, on = QCheckBox(sheet), QCheckBox(sheet)
    on.setChecked(True)
    slider = QSlider(Qt.Orientation.Horizontal, sheet)
    slider.setRange(0, 10)
    slider.setValue(5)
    for widget in (off, on, slider):
        column.addWidget(widget)
    sheet.resize(240, 160)
    sheet.show()
    FocusRing(sheet)
    QApplication.processEvents()
    whole = rendered(sheet)
    boxes = {one: cut(whole, box_in(one, sheet)) for one in (off, on, slider)}
    found = {
        "focus ring": measured(whole, colours.accent),
        "outline of a check box": measured(boxes[off], colours.ink3),
        "ground of a check": measured(boxes[on], colours.accent),
        "check": contrast(
            purest(boxes[on], colours.on_accent), purest(boxes[on], colours.accent)
        ),
        "knob": measured(boxes[slider], colours.ink1),
        "knob on its groove": contrast(
            purest(boxes[slider], colours.ink1), purest(boxes[slider], colours.pressed)
        ),
        "filled groove": measured(boxes[slider], colours.accent),
    }
    assert {name: v for name, v in found.items() if v < LEAST} == {}
    sheet.deleteLater()


@pytest.mark.parametrize("theme_name", ["dark", "light"])
def test_marks_of_points_and_classes_are_seen(
    glass: GlassMaker, theme_name: str
) -> None:
    window = glass("xor", colours=theme_name)
    window.session.take_steps(20)
    window.rest_at(20)
    colours = theme.colours(dark=theme_name == "dark")
    window.show_workspace("playground")
    plane, hidden = window.panel("plane"), window.panel("hidden_space")
    window.wait_until(lambda: plane.canvas.picture and hidden.canvas.points)
    QApplication.processEvents()
    legends = [one for one in plane.findChildren(ClassLegend) if one.isVisible()]
    pixels = rendered(hidden.canvas)
    found = {}
    for label, rgb in enumerate(colours.classes[:2], start=1):
        found[f"point {label} of the hidden space"] = measured(pixels, rgb)
        for legend in legends:
            found[f"mark {label} of the legend"] = measured(rendered(legend), rgb)
    square = cut(rendered(plane.canvas), plane.canvas.square)
    inked = purest(square, colours.ink1)
    grounds = [
        (ground >> 16 & 255, ground >> 8 & 255, ground & 255)
        for ground in region_table(dark=theme_name == "dark")[:2, -1].tolist()
    ]
    for label, ground in enumerate(grounds, start=1):
        found[f"casing of a point on class {label}"] = contrast(inked, ground)
    assert legends
    assert {name: v for name, v in found.items() if v < LEAST} == {}


@pytest.mark.parametrize("theme_name", ["dark", "light"])
def test_marks_of_units_examples_and_layers_are_seen(
    glass: GlassMaker, theme_name: str
) -> None:
    window = glass("digits", colours=theme_name)
    window.session.take_steps(40)
    window.rest_at(40)
    colours = theme.colours(dark=theme_name == "dark")
    found = {}
    window.show_workspace("health")
    health, network = window.panel("health"), window.panel("network").canvas
    window.wait_until(lambda: network.is_settled and window.view.snapshot.health)
    QApplication.processEvents()
    # A dead unit's cross has the plane under it.
    found["cross of a dead unit"] = contrast(colours.warning, colours.plane)
    circles = rendered(network)
    found["outline of a unit"] = measured(circles, colours.ink3)
    lines = rendered(health.curves)
    for place, rgb in enumerate(colours.series[:2], start=1):
        found[f"series {place} of the health"] = measured(lines, rgb)
    window.show_workspace("digits")
    window.window.docks["examples"].raise_()
    grid = window.panel("examples").gallery.grid
    window.wait_until(grid.isVisible)
    QApplication.processEvents()
    tiles = rendered(grid.viewport())
    found["tick of an example"] = measured(tiles, colours.right, THIN)
    found["cross of an example"] = measured(tiles, colours.wrong, THIN)
    window.show_workspace("train")
    curves = window.panel("curves")
    for legend in [one for one in curves.findChildren(CurveLegend) if one.isVisible()]:
        dash = rendered(legend)
        found["dash of the training curve"] = measured(dash, colours.curve_train)
        found["dash of the test curve"] = measured(dash, colours.curve_test)
    assert {name: v for name, v in found.items() if v < LEAST} == {}


@pytest.mark.parametrize("theme_name", ["dark", "light"])
def test_the_thumb_of_a_scroll_bar_is_seen(glass: GlassMaker, theme_name: str) -> None:
    window = glass("xor", colours=theme_name)
    colours = theme.colours(dark=theme_name == "dark")
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        bar = QScrollBar(Qt.Orientation.Vertical, window.window)
        bar.setAutoFillBackground(True)
        bar.setBackgroundRole(role)
        bar.setRange(0, 10)
        # Not under the mouse, which would make it stronger.
        bar.setGeometry(200, 200, bar.sizeHint().width(), 200)
        bar.show()
        QApplication.processEvents()
        assert measured(rendered(bar), colours.ink3, THIN) >= LEAST
        bar.deleteLater()
