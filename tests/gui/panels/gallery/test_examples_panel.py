import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from core.protocol.messages import Evaluated
from gui.panels.gallery.examples_panel import ALL_RIGHT, NO_RUN, NOT_READ, ExamplesPanel
from gui.panels.gallery.point_table import MARK
from gui.session.view_state import Run, ShownExample, View
from gui.style import theme
from tests.gui.support.sample_points import points_view
from tests.gui.support.sample_views import sample_images, sample_view
from tests.gui.support.table_ink import cell_ends, dressed, header_ends

LEFT = Qt.MouseButton.LeftButton


def large_run(view: View, count: int = 10_000) -> Run:
    split = sample_images(100)
    repeats = count // 100
    test = dataclasses.replace(
        split,
        inputs=np.tile(split.inputs, (repeats, 1)),
        labels=np.tile(split.labels, repeats),
    )
    dataset = dataclasses.replace(view.run.dataset, test=test)
    return dataclasses.replace(view.run, dataset=dataset)


def evaluation(run: Run, wrong: list[int], step: int = 10) -> Evaluated:
    labels = run.dataset.test.labels
    predicted = labels.copy()
    predicted[wrong] = (labels[wrong] + 1) % 10
    confidence = np.linspace(0.2, 1, len(labels), dtype=np.float32)
    return Evaluated(run.run_id, step, 1.0, 0.5, predicted, confidence)


class Driver:
    """Stands in for the session: what the panel chooses comes back as a view."""

    def __init__(self, panel: ExamplesPanel, view: View) -> None:
        self.panel, self.view = panel, view
        self.chosen: list[ShownExample] = []
        panel.example_chosen.connect(self.on_example_chosen)
        self.show(view)

    def show(self, view: View) -> None:
        self.view = view
        self.panel.set_view(view)

    def evaluate(self, wrong: list[int], step: int = 10) -> None:
        read = evaluation(self.view.run, wrong, step)
        self.show(dataclasses.replace(self.view, evaluation=read))

    def on_example_chosen(self, example: ShownExample) -> None:
        self.chosen.append(example)
        self.show(dataclasses.replace(self.view, example=example))

    @property
    def indices(self) -> list[int | None]:
        return [example.index for example in self.chosen]

    def click(self, position: int) -> None:
        grid = self.panel.gallery.grid
        QTest.mouseClick(grid.viewport(), LEFT, pos=grid.tile_rect(position).center())


@pytest.fixture
def panel(qtbot: QtBot) -> ExamplesPanel:
    panel = ExamplesPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 500)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def driver(panel: ExamplesPanel) -> Driver:
    return Driver(panel, sample_view())


@pytest.fixture
def large(panel: ExamplesPanel) -> Driver:
    view = sample_view()
    return Driver(
        panel, dataclasses.replace(view, run=large_run(view), evaluation=None)
    )


def test_a_click_chooses_the_example_as_the_network_receives_it(driver: Driver):
    driver.click(5)
    example = driver.chosen[-1]
    test = driver.view.run.dataset.test
    assert (example.origin, example.index) == ("test", 5)
    assert example.label == test.labels[5]
    assert np.array_equal(example.inputs, test.network_inputs(5))
    assert driver.panel.gallery.grid.current == 5


def test_the_shown_example_is_framed_in_the_colour_of_selection(driver: Driver):
    driver.click(2)
    grid = driver.panel.gallery.grid
    image = grid.viewport().grab().toImage()
    corner = grid.tile_rect(2)
    edge = image.pixelColor(corner.x() + 2, corner.center().y())
    assert edge.getRgb()[:3] == theme.colours_of(grid).selection


def test_arrow_keys_walk_over_rows_and_columns(driver: Driver):
    driver.click(0)
    grid = driver.panel.gallery.grid
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(grid, key)
    across = grid.columns
    assert driver.indices == [0, 1, 1 + across, across, 0]
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert driver.indices[-1] == 59
    assert 59 in grid.visible_range
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert driver.indices[-1] == 59


def test_arrow_keys_in_the_grid_win_over_the_windows_shortcuts(qtbot: QtBot):
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = ExamplesPanel(window)
    window.setCentralWidget(panel)
    action = QAction("Step", window)
    action.setShortcut(QKeySequence("Right"))
    window.addAction(action)
    steps = []
    action.triggered.connect(lambda: steps.append(1))
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    driver = Driver(panel, sample_view())
    driver.click(0)
    panel.gallery.grid.setFocus()
    QTest.keyClick(panel.gallery.grid, Qt.Key.Key_Right)
    assert driver.indices == [0, 1]
    assert not steps


def test_accuracy_is_counted_and_dated(large: Driver):
    large.evaluate(list(range(688)), step=1200)
    assert large.panel.accuracy_label.text() == "9,312 of 10,000 correct, 93.12 %"
    assert large.panel.detail_label.text() == "10,000 shown, as of step 1,200"


def test_only_the_wrong_ones_are_shown_on_demand(large: Driver):
    large.evaluate([3, 77, 5000])
    large.panel.filter_bar.choose_verdict("wrong")
    assert large.panel.gallery.source.order.tolist() == [3, 77, 5000]
    assert large.panel.detail_label.text().startswith("3 shown")
    large.click(1)
    assert large.indices == [77]


def test_filters_by_class_and_guess(large: Driver):
    large.evaluate([3, 13, 14])
    large.panel.filter_bar.choose_verdict("wrong")
    large.panel.filter_bar.true_box.setCurrentIndex(1 + 3)
    assert large.panel.gallery.source.order.tolist() == [3, 13]
    large.panel.filter_bar.true_box.setCurrentIndex(0)
    large.panel.filter_bar.guess_box.setCurrentIndex(1 + 5)
    assert large.panel.gallery.source.order.tolist() == [14]


def test_a_filter_that_lets_nothing_through_says_so(large: Driver):
    large.evaluate([])
    large.panel.filter_bar.choose_verdict("wrong")
    assert large.panel.gallery.nothing_text == ALL_RIGHT
    large.show(dataclasses.replace(large.view, evaluation=None))
    assert large.panel.gallery.nothing_text == NOT_READ


def test_next_and_previous_walk_over_what_the_filter_lets_through(large: Driver):
    large.evaluate([3, 77, 5000])
    bar = large.panel.filter_bar
    bar.choose_verdict("wrong")
    large.click(0)
    QTest.mouseClick(bar.next_button, LEFT)
    QTest.mouseClick(bar.next_button, LEFT)
    QTest.mouseClick(bar.previous_button, LEFT)
    assert large.indices == [3, 77, 5000, 77]


def test_next_goes_on_from_an_example_that_has_left_the_list(large: Driver):
    large.evaluate([3, 77, 5000])
    bar = large.panel.filter_bar
    bar.choose_verdict("wrong")
    large.click(1)
    large.evaluate([3, 5000, 6000], step=20)
    assert large.panel.gallery.grid.current is None
    QTest.mouseClick(bar.next_button, LEFT)
    assert large.indices[-1] == 5000


def test_random_picks_one_of_those_shown_and_brings_it_into_sight(large: Driver):
    wrong = list(range(100, 9000, 11))
    large.evaluate(wrong)
    large.panel.filter_bar.choose_verdict("wrong")
    for _ in range(10):
        QTest.mouseClick(large.panel.filter_bar.random_button, LEFT)
        assert large.indices[-1] in wrong
        grid = large.panel.gallery.grid
        assert grid.current in grid.visible_range
    assert len(set(large.indices)) > 1


def test_only_what_is_in_sight_is_asked_for(large: Driver):
    asked = []
    source = large.panel.gallery.source

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(source, name)

        def tile(self, position: int) -> object:
            asked.append(position)
            return source.tile(position)

    grid = large.panel.gallery.grid
    grid.set_source(Counting())
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    grid.viewport().repaint()
    assert 0 < len(asked) < 120
    assert max(asked) == 9999


def test_the_wrong_ones_hold_still_while_others_leave_the_list_above(large: Driver):
    wrong = list(range(0, 10_000, 3))
    large.evaluate(wrong)
    large.panel.filter_bar.choose_verdict("wrong")
    grid = large.panel.gallery.grid
    grid.verticalScrollBar().setValue(200 * grid.tile_rect(0).height() + 7)
    anchor = int(large.panel.gallery.source.order[grid.visible_range.start])
    for gone in range(1, 40):
        large.evaluate(wrong[gone:], step=10 + gone)
        order = large.panel.gallery.source.order
        at = int(np.flatnonzero(order == anchor)[0])
        first = grid.visible_range.start
        assert first <= at < first + grid.columns
        assert grid.tile_rect(at).y() == 0


def test_a_new_evaluation_leaves_the_start_of_the_list_in_sight(large: Driver):
    large.evaluate([50, 60])
    large.panel.filter_bar.choose_verdict("wrong")
    large.evaluate([5, 50, 60], step=20)
    assert large.panel.gallery.grid.visible_range.start == 0


def test_another_learning_rate_leaves_filter_anchor_and_scroll(large: Driver):
    large.evaluate(list(range(0, 10_000, 3)))
    bar, grid = large.panel.filter_bar, large.panel.gallery.grid
    bar.choose_verdict("wrong")
    bar.true_box.setCurrentIndex(4)
    grid.verticalScrollBar().setValue(20 * grid.tile_rect(0).height() + 7)
    chosen, at = bar.example_filter, grid.verticalScrollBar().value()
    run = large.view.run
    faster = run.experiment.with_values({"training.learning_rate": 0.5})
    large.show(
        dataclasses.replace(large.view, run=dataclasses.replace(run, experiment=faster))
    )
    assert bar.example_filter == chosen
    assert grid.verticalScrollBar().value() == at


def test_the_same_evaluation_is_not_filtered_twice(large: Driver):
    source = large.panel.gallery.source
    large.show(dataclasses.replace(large.view))
    assert large.panel.gallery.source is source


def test_before_the_test_set_is_read_images_are_shown_without_marks(driver: Driver):
    driver.show(dataclasses.replace(driver.view, evaluation=None))
    source = driver.panel.gallery.source
    assert source.tile(3).right is None
    assert source.tile(3).lines == ("3",)
    assert driver.panel.accuracy_label.text() == NOT_READ


def test_a_wrong_tile_names_the_guess_and_the_true_class(driver: Driver):
    driver.evaluate([3])
    assert driver.panel.gallery.source.tile(3).lines[0] == "4, is 3"
    assert driver.panel.gallery.source.tile(3).right is False
    assert driver.panel.gallery.source.tile(4).right is True
    assert "true class 3" in driver.panel.gallery.source.tooltip(3)


def test_points_are_listed_with_their_coordinates(panel: ExamplesPanel):
    driver = Driver(panel, points_view())
    table = panel.gallery.table
    assert panel.gallery.currentWidget() is table
    model = table.model()
    headers = [
        model.headerData(k, Qt.Orientation.Horizontal)
        for k in range(model.columnCount())
    ]
    assert headers == ["x1", "x2", "class", "predicted", "output"]
    assert model.rowCount() == 40
    assert table.currentIndex().row() == 2
    inputs = driver.view.run.dataset.test.inputs[7]
    shown = (
        model.index(7, 0)
        .data()
        .strip("\N{FIGURE SPACE}")
        .replace("\N{MINUS SIGN}", "-")
    )
    assert float(shown) == pytest.approx(float(inputs[0]), abs=5e-4)
    assert driver.chosen == []


def test_no_head_of_a_list_is_cut_in_a_narrow_panel(panel: ExamplesPanel) -> None:
    names = ("colour = blue", "colour = bluish green")
    view = points_view()
    dataset = dataclasses.replace(view.run.dataset, input_names=names)
    run = dataclasses.replace(view.run, dataset=dataset)
    for width, shares in ((320, False), (1200, True)):
        panel.resize(width, 400)
        Driver(panel, dataclasses.replace(view, run=run))
        header = panel.gallery.table.horizontalHeader()
        assert header.model().headerData(1, Qt.Orientation.Horizontal) == names[1]
        for k in range(header.count()):
            assert header.sectionSize(k) >= header.sectionSizeHint(k)
        uneven = abs(header.sectionSize(0) - header.sectionSize(1))
        assert (uneven <= 1) is shares


def test_a_click_or_an_arrow_in_the_list_chooses_a_point(panel: ExamplesPanel):
    driver = Driver(panel, points_view())
    table = panel.gallery.table
    middle = table.visualRect(table.model().index(4, 1)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=middle)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert driver.indices == [4, 5]


def test_new_evaluations_of_points_choose_nothing(panel: ExamplesPanel):
    driver = Driver(panel, points_view())
    panel.filter_bar.choose_verdict("wrong")
    read = driver.view.evaluation
    driver.show(
        dataclasses.replace(
            driver.view,
            evaluation=dataclasses.replace(read, predicted=1 - read.predicted),
        )
    )
    assert panel.gallery.source.order.size == 30
    assert driver.chosen == []


def test_without_a_run_the_panel_says_so(panel: ExamplesPanel):
    panel.set_view(None)
    assert panel._layout.reason == NO_RUN


def test_another_run_offers_its_own_classes(driver: Driver):
    driver.panel.filter_bar.true_box.setCurrentIndex(4)
    driver.show(points_view())
    box = driver.panel.filter_bar.true_box
    assert [box.itemText(k) for k in range(box.count())] == [
        "is any",
        "is teal",
        "is rose",
    ]
    assert driver.panel.gallery.source.order.size == 40


def test_the_tooltip_position_follows_the_pointer(driver: Driver):
    grid = driver.panel.gallery.grid
    assert grid.position_at(grid.tile_rect(6).center()) == 6
    assert grid.position_at(QPoint(-5, -5)) is None


def test_heads_end_where_their_columns_do_and_a_mark_is_beside_its_class(
    panel: ExamplesPanel,
) -> None:
    dressed(panel)
    panel.resize(900, 400)
    Driver(panel, points_view())
    QApplication.processEvents()
    table = panel.gallery.table
    for column in range(table.model().columnCount()):
        end = cell_ends(table, 0, column)[1]
        assert abs(header_ends(table, column)[1] - end) <= 2
    said = 3
    place = table.visualRect(table.model().index(0, said))
    first, end = cell_ends(table, 0, said)
    class_width = table.fontMetrics().horizontalAdvance("teal")
    assert place.right() - end <= 9
    assert end - first <= class_width + MARK + 8


@pytest.mark.parametrize("height", [190, 260, 333, 420])
def test_tiles_are_seen_whole_wherever_the_bar_is(driver: Driver, height: int):
    panel = driver.panel
    panel.resize(600, height)
    QApplication.sendPostedEvents()
    grid = panel.gallery.grid
    bar = grid.verticalScrollBar()
    assert bar.maximum() > 0
    for value in (0, 1, bar.maximum() // 3, bar.maximum() - 5, bar.maximum()):
        bar.setValue(value)
        rects = [grid.tile_rect(position) for position in grid.visible_range]
        assert rects
        whole = grid.viewport().rect()
        assert all(whole.contains(rect) for rect in rects)
    assert grid.visible_range.stop == grid.count
