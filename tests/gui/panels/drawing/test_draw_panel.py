import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.data.normalise import normalise
from core.network.numpy.forward import forward_trace
from gui.panels.drawing.draw_panel import NO_IMAGES, NO_RUN, DrawPanel, averaged
from gui.session.view_state import ShownExample, View, resolve
from gui.style import tokens
from tests.gui.support.sample_points import points_view
from tests.gui.support.sample_views import sample_view

LEFT = Qt.MouseButton.LeftButton


class Driver:
    """Stands in for the session: what the panel chooses comes back as a view."""

    def __init__(self, panel: DrawPanel, view: View) -> None:
        self.panel, self.view = panel, view
        self.chosen: list[ShownExample] = []
        panel.example_chosen.connect(self.on_example_chosen)
        panel.set_view(view)

    def on_example_chosen(self, example: ShownExample) -> None:
        self.chosen.append(example)
        self.view = resolve(self.view.run, self.view.snapshot, example)
        self.panel.set_view(self.view)


@pytest.fixture
def panel(qtbot: QtBot) -> DrawPanel:
    panel = DrawPanel()
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def driver(panel: DrawPanel) -> Driver:
    return Driver(panel, sample_view())


def on_pad(panel: DrawPanel, x: float, y: float) -> QPoint:
    pad = panel.pad
    side = min(pad.width(), pad.height())
    left, top = (pad.width() - side) / 2, (pad.height() - side) / 2
    return QPoint(round(left + x * side), round(top + y * side))


def draw_one(panel: DrawPanel, x: float = 0.25) -> None:
    QTest.mousePress(panel.pad, LEFT, pos=on_pad(panel, x, 0.2))
    for k in range(1, 9):
        QTest.mouseMove(panel.pad, on_pad(panel, x, 0.2 + 0.06 * k))
    QTest.mouseRelease(panel.pad, LEFT, pos=on_pad(panel, x, 0.7))


def settle(driver: Driver, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not driver.panel._frame.isActive())


def test_the_last_example_sent_is_the_finished_drawing_normalised(
    driver: Driver, qtbot: QtBot
):
    draw_one(driver.panel)
    settle(driver, qtbot)
    last = driver.chosen[-1]
    expected = normalise(driver.panel.pad.pixels)
    assert np.array_equal(last.inputs, expected.ravel())
    assert np.array_equal(driver.panel.received.values, expected)
    assert (last.label, last.origin, last.index) == (None, "drawing", None)
    assert last.inputs.dtype == np.float32


def test_the_first_ink_is_sent_at_once(driver: Driver):
    QTest.mousePress(driver.panel.pad, LEFT, pos=on_pad(driver.panel, 0.5, 0.5))
    assert len(driver.chosen) == 1
    assert driver.chosen[0].inputs.any()


def test_many_moves_within_a_frame_send_one_example_more(driver: Driver, qtbot: QtBot):
    driver.panel._frame_milliseconds = lambda: 200
    draw_one(driver.panel)
    assert len(driver.chosen) == 1
    settle(driver, qtbot)
    assert len(driver.chosen) == 2


def test_the_reading_shows_the_networks_output_for_the_drawing(
    driver: Driver, qtbot: QtBot
):
    draw_one(driver.panel)
    settle(driver, qtbot)
    reading = driver.panel.reading
    assert np.array_equal(reading.values, driver.view.trace.output)
    assert reading.winner == driver.view.trace.predicted


def test_the_reading_follows_new_weights_under_the_same_drawing(
    driver: Driver, qtbot: QtBot
):
    draw_one(driver.panel)
    settle(driver, qtbot)
    before = driver.panel.reading.values.copy()
    later = sample_view(seed=5)
    driver.panel.set_view(resolve(later.run, later.snapshot, driver.chosen[-1]))
    assert not np.array_equal(driver.panel.reading.values, before)


def test_switching_normalisation_off_sends_the_pad_averaged(
    driver: Driver, qtbot: QtBot
):
    draw_one(driver.panel)
    settle(driver, qtbot)
    QTest.mouseClick(driver.panel.averaged, LEFT)
    assert not driver.panel.normalised.isChecked()
    inputs = driver.chosen[-1].inputs.reshape(28, 28)
    assert np.array_equal(inputs, averaged(driver.panel.pad.pixels))
    assert inputs[:, :14].sum() > inputs[:, 14:].sum()


def test_averaging_takes_the_mean_of_each_square():
    pixels = np.zeros((280, 280), np.uint8)
    pixels[30:40, 50:55] = 255
    image = averaged(pixels)
    assert image[3, 5] == np.float32(0.5)
    assert np.count_nonzero(image) == 1


def test_clearing_sends_a_black_image(driver: Driver, qtbot: QtBot):
    draw_one(driver.panel)
    settle(driver, qtbot)
    QTest.mouseClick(driver.panel.tools.clear_button, LEFT)
    assert not driver.chosen[-1].inputs.any()
    assert driver.panel.pad.is_empty
    # Nothing is drawn, so nothing is recognised.
    assert driver.panel.reading.values is None


def test_a_pad_whose_strokes_are_all_undone_shows_no_figures(
    driver: Driver, qtbot: QtBot
):
    draw_one(driver.panel)
    settle(driver, qtbot)
    assert driver.panel.reading.values is not None
    QTest.mouseClick(driver.panel.tools.undo_button, LEFT)
    settle(driver, qtbot)
    assert driver.panel.pad.is_empty
    assert driver.panel.reading.values is None


def test_an_untouched_pad_sends_nothing_and_shows_no_figures(driver: Driver):
    QTest.mouseClick(driver.panel.averaged, LEFT)
    assert driver.chosen == []
    assert driver.panel.reading.values is None
    assert not driver.panel.show_button.isVisible()


def test_another_example_empties_the_reading_and_offers_the_drawing_again(
    driver: Driver, qtbot: QtBot
):
    draw_one(driver.panel)
    settle(driver, qtbot)
    drawn = driver.chosen[-1].inputs
    driver.panel.set_view(sample_view())
    assert driver.panel.reading.values is None
    assert driver.panel.show_button.isVisible()
    QTest.mouseClick(driver.panel.show_button, LEFT)
    assert np.array_equal(driver.chosen[-1].inputs, drawn)
    assert not driver.panel.show_button.isVisible()


def test_points_in_the_plane_cannot_be_drawn(panel: DrawPanel):
    panel.set_view(points_view())
    assert panel._layout.reason == NO_IMAGES


def test_without_a_run_the_panel_says_so(panel: DrawPanel):
    panel.set_view(None)
    assert panel._layout.reason == NO_RUN
    panel.set_view(sample_view())
    assert panel._layout.reason == ""


@pytest.mark.parametrize("size", [(290, 260), (360, 300), (300, 480), (900, 600)])
@pytest.mark.parametrize("other_example", [False, True])
def test_nothing_overlaps_or_is_cut_at_any_size(
    driver: Driver, qtbot: QtBot, size: tuple[int, int], other_example: bool
):
    panel = driver.panel
    panel.resize(*size)
    draw_one(panel)
    settle(driver, qtbot)
    if other_example:
        panel.set_view(sample_view())
    QApplication.processEvents()
    parts = [panel.tools, panel.pad, panel.averaged, panel.normalised]
    parts += [panel.show_button] if other_example else []
    for k, part in enumerate(parts):
        assert panel.rect().contains(part.geometry())
        for other in parts[k + 1 :]:
            assert not part.geometry().intersects(other.geometry())
    assert min(panel.pad.width(), panel.pad.height()) >= 80


def test_the_other_image_is_read_too_by_the_same_weights(driver: Driver, qtbot: QtBot):
    draw_one(driver.panel)
    settle(driver, qtbot)
    inputs = averaged(driver.panel.pad.pixels).ravel()
    expected = forward_trace(driver.view.spec, driver.view.params, inputs)
    other = driver.panel.averaged.reading
    np.testing.assert_array_equal(other.values, expected.output)
    assert not np.array_equal(other.values, driver.panel.reading.values)
    name = str(expected.predicted)
    share = f"{100 * float(expected.output[expected.predicted]):.1f}"
    assert other.parts[:2] == ("reads", name)
    assert other.parts[2].startswith(share)
    assert f"{name}: " in other.tip_at(QPointF())


def test_an_output_that_is_no_number_is_no_answer(driver: Driver):
    reading = driver.panel.reading
    reading.set_values(np.full(10, np.nan, np.float32), 3)
    assert reading.winner is None
    assert reading.parts == ("no answer", "", "")


def test_an_image_is_chosen_by_the_keyboard_and_stays_chosen(driver: Driver):
    QTest.keyClick(driver.panel.averaged, Qt.Key.Key_Space)
    QTest.keyClick(driver.panel.averaged, Qt.Key.Key_Space)
    assert driver.panel.averaged.isChecked()
    assert not driver.panel.normalised.isChecked()


def test_as_many_values_as_classes_are_required_and_others_empty_the_reading(
    driver: Driver,
):
    reading = driver.panel.reading
    with pytest.raises(ValueError, match="10 classes"):
        reading.set_values(np.zeros(4, np.float32))
    reading.set_values(np.zeros(10, np.float32), 1)
    reading.set_classes(("x", "y"), "softmax")
    assert reading.values is None


@pytest.mark.parametrize("size", [(340, 610), (396, 690), (500, 890)])
def test_all_of_it_starts_at_one_line_and_words_stand_at_their_image(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    panel = DrawPanel()
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    panel.set_view(sample_view())
    QApplication.sendPostedEvents()
    received = panel.averaged
    caption = next(
        label for label in received.findChildren(QLabel) if label.text() == "as drawn"
    )
    zero = QPoint(0, 0)
    heading = panel.findChild(QLabel, "heading")
    assert heading is not None
    widgets = (panel.pad, heading, caption, received.image, received.reading)
    lefts = {widget.mapTo(panel, zero).x() for widget in widgets}
    assert len(lefts) == 1
    assert received.image.square.topLeft() == zero
    gap = tokens.space("s")
    square = received.image.square.translated(received.image.pos())
    assert 0 <= square.top() - caption.geometry().bottom() - 1 <= gap
    assert 0 <= received.reading.y() - square.bottom() - 1 <= gap + 1
