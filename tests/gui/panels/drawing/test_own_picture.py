"""An own picture in the place of the pad."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.data.own_picture.picture import OwnPicture
from core.data.own_picture.reading import receive, shrunk
from core.data.scaling import InputScaling
from gui.panels.drawing.draw_panel import DrawPanel
from gui.session.view_state import ShownExample, View, resolve
from gui.window.own_pictures import pixels_of
from tests.core.data.own_picture.drawn import of_grey, seven
from tests.gui.panels.drawing.test_draw_panel import Driver
from tests.gui.support.sample_views import sample_view

LEFT = Qt.MouseButton.LeftButton
PAPER = of_grey(1 - seven())


@pytest.fixture
def driver(qtbot: QtBot) -> Driver:
    panel = DrawPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 700)
    panel.show()
    qtbot.waitExposed(panel)
    return Driver(panel, sample_view())


def show(driver: Driver, qtbot: QtBot, picture: OwnPicture) -> None:
    driver.panel.show_picture(picture)
    wait_read(driver, qtbot)


def wait_read(driver: Driver, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: driver.panel._reader.is_idle)


def test_a_picture_is_received_by_its_steps_which_are_said(
    driver: Driver, qtbot: QtBot
):
    show(driver, qtbot, PAPER)
    expected = receive(PAPER)
    assert np.array_equal(driver.chosen[-1].inputs, expected.image.ravel())
    sheet = driver.panel.sheet
    assert sheet.isVisible()
    assert not driver.panel.pad.isVisible()
    assert (
        sheet.title.text() == "Pasted picture, 140 \N{MULTIPLICATION SIGN} 140 pixels"
    )
    said = [
        (sheet.switches[k].isChecked(), sheet._said[k].text()) for k in sheet.switches
    ]
    assert said == [(step.is_on, step.text) for step in expected.steps]
    assert driver.panel.reading.winner == driver.view.trace.predicted
    whole = shrunk(PAPER, (28, 28), coloured=False)
    assert np.array_equal(driver.panel.averaged.image.values, whole)
    assert driver.panel.averaged.text() == "as it is"


def test_a_step_that_is_switched_off_is_not_taken(driver: Driver, qtbot: QtBot):
    show(driver, qtbot, PAPER)
    QTest.keyClick(driver.panel.sheet.switches["crop"], Qt.Key.Key_Space)
    wait_read(driver, qtbot)
    expected = receive(PAPER, choices={"crop": False})
    assert np.array_equal(driver.chosen[-1].inputs, expected.image.ravel())
    assert list(driver.panel.sheet.switches) == [step.key for step in expected.steps]
    # As it is: white paper, which this network takes for ink.
    QTest.mouseClick(driver.panel.averaged, LEFT)
    whole = shrunk(PAPER, (28, 28), coloured=False)
    assert np.array_equal(driver.chosen[-1].inputs, whole.ravel())


def test_a_picture_without_ink_says_so_and_is_no_digit(driver: Driver, qtbot: QtBot):
    show(driver, qtbot, of_grey(np.ones((50, 40), np.float32)))
    assert driver.panel.sheet.problem.text().startswith("No ink found")
    assert driver.panel.reading.values is None
    assert not driver.panel.show_button.isVisible()


def test_a_picture_gives_way_to_the_pad(driver: Driver, qtbot: QtBot):
    show(driver, qtbot, PAPER)
    QTest.mouseClick(driver.panel.sheet.close_button, LEFT)
    assert driver.panel.pad.isVisible()
    assert not driver.panel.sheet.isVisible()
    assert driver.panel.tools.isEnabled()
    assert driver.panel.reading.values is None
    assert driver.panel.normalised.text() == "normalised"


def coloured_view() -> View:
    """A run on coloured images of 4 x 7 pixels, scaled to -1 to 1."""
    view = sample_view()
    run = view.run
    rng = np.random.default_rng(0)
    inputs = (rng.integers(0, 256, (20, 84)) / 127.5 - 1).astype(np.float32)
    dataset = run.dataset
    split = replace(dataset.train, inputs=inputs, labels=dataset.train.labels[:20])
    dataset = replace(
        dataset,
        train=split,
        test=split,
        image_shape=(4, 7),
        channels=3,
        scaled=InputScaling((127.5,), (127.5,)),
    )
    spec = replace(view.spec, layer_sizes=(84, *view.spec.layer_sizes[1:]))
    weights = np.zeros((spec.layer_sizes[1], 84), np.float32)
    params = ((weights, view.params[0][1]), *view.params[1:])
    run = replace(run, dataset=dataset, spec=spec)
    snapshot = replace(view.snapshot, params=params)
    return resolve(run, snapshot, ShownExample.of(split, 0, "test"))


def test_the_pad_has_the_shape_and_the_scaling_of_the_data(
    driver: Driver, qtbot: QtBot
):
    driver.view = coloured_view()
    driver.panel.set_view(driver.view)
    assert driver.panel.pad.pixels.shape == (160, 280)
    middle = driver.panel.pad.rect().center()
    QTest.mousePress(driver.panel.pad, LEFT, pos=middle)
    QTest.mouseRelease(driver.panel.pad, LEFT, pos=middle)
    received = driver.chosen[-1].inputs.reshape(4, 7, 3)
    assert (received.min(), received.max()) == (-1, pytest.approx(1, abs=0.1))
    assert (received == received[..., :1]).all(), "white ink in all colours"
    red = np.zeros((8, 14, 4), np.uint8)
    red[..., 0] = red[..., 3] = 255
    show(driver, qtbot, OwnPicture(red, (14, 8)))
    QTest.mouseClick(driver.panel.averaged, LEFT)
    received = driver.chosen[-1].inputs.reshape(4, 7, 3)
    assert (received == [1, -1, -1]).all()


def test_a_picture_of_the_clipboard_keeps_its_colours_and_its_opacity():
    image = QImage(3, 2, QImage.Format.Format_ARGB32)
    image.fill(QColor(10, 20, 30, 40))
    image.setPixelColor(2, 1, QColor(200, 100, 50, 255))
    pixels = pixels_of(image)
    assert pixels.shape == (2, 3, 4)
    assert pixels[0, 0].tolist() == [10, 20, 30, 40]
    assert pixels[1, 2].tolist() == [200, 100, 50, 255]
