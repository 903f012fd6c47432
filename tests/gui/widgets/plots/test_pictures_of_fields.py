"""The contour map and the surface draw the field that they were given last."""

import sys

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.widgets.plots.contour_map import ContourMap
from gui.widgets.plots.field import Field
from gui.widgets.plots.surface_view import HEIGHT, SurfaceView
from tests.gui.support.painted_texts import painted_texts

SIDE = np.linspace(-1, 1, 21)
CORNERS = [(x, y, -HEIGHT / 2) for x in (-0.5, 0.5) for y in (-0.5, 0.5)]


def rising(sign: float) -> Field:
    x, _y = np.meshgrid(SIDE, SIDE)
    return Field(SIDE, SIDE, sign * x)


def pixels(image: QImage) -> bytes:
    copy = image.convertToFormat(QImage.Format.Format_RGB32)
    return bytes(copy.constBits())


@pytest.fixture(params=[ContourMap, SurfaceView])
def picture(request: pytest.FixtureRequest, qtbot: QtBot) -> ContourMap | SurfaceView:
    widget: ContourMap | SurfaceView = request.param()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show()
    return widget


def test_a_new_field_at_the_address_of_the_old_one_is_drawn(
    picture: ContourMap | SurfaceView, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is gone leaves its address, and so its id, to what comes after it.
    module = sys.modules[type(picture).__module__]
    monkeypatch.setattr(module, "id", lambda _: 1, raising=False)
    picture.show_field(rising(1))
    before = pixels(picture.grab().toImage())
    picture.show_field(rising(-1))
    assert pixels(picture.grab().toImage()) != before


def test_contours_have_a_pixel_for_each_of_the_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ContourMap, "devicePixelRatioF", lambda _: 2.0)
    widget = ContourMap()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show_field(rising(1))
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    widget.render(image)
    box = widget.plot_area()
    middle = round(2 * box.center().y())
    left, right = round(2 * box.left()) + 4, round(2 * box.right()) - 4
    row = [image.pixel(x, middle) for x in range(left, right)]
    # Dark edges between the bands are one pixel of the screen wide.
    assert min(runs(row)[1:-1]) == 1


def runs(values: list[int]) -> list[int]:
    """How many equal neighbours follow each other, from left to right."""
    starts = [0, *(k for k in range(1, len(values)) if values[k] != values[k - 1])]
    return np.diff([*starts, len(values)]).tolist()


@pytest.mark.parametrize("azimuth", [-150.0, -60.0, 30.0, 120.0])
def test_long_names_of_the_sides_stand_below_the_surface(
    qtbot: QtBot, azimuth: float
) -> None:
    names = ("output · unit 0 · from unit 12", "hidden 1 · unit 4 · from pixel 1")
    x, y = np.meshgrid(SIDE, SIDE)
    widget = SurfaceView()
    qtbot.addWidget(widget)
    widget.resize(600, 400)
    widget.azimuth = azimuth
    widget.show_field(Field(SIDE, SIDE, x + y, labels=names))
    lowest = max(widget.to_pixels(np.asarray(CORNERS))[:, 1])
    places = [one.place for one in painted_texts(widget) if one.text in names]
    assert len(places) == 2
    assert not places[0].intersects(places[1])
    assert all(place.top() >= lowest - 4 for place in places)
