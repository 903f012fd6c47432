"""The panel of requests, driven by mouse and keys."""

import csv
import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.data.load import load_dataset
from core.experiment.presets import load_preset
from core.platform.devices import choose_device
from core.training.run import TrainingRun
from core.values.parameter import Unit
from gui.panels.requests.grid_painter import MARGIN
from gui.panels.requests.request_grid import RequestGrid
from gui.panels.requests.request_texts import NO_RUN, WAITING
from gui.panels.requests.requests_panel import CHOICES, RequestsPanel
from gui.session.example_backward import backward_of
from gui.session.selection import Selection
from gui.session.view_state import ShownExample, View, resolve
from gui.style import theme
from gui.style.fonts import label_font
from gui.style.number_format import general
from tests.gui.support.network_pictures import pixels_of
from tests.gui.support.request_views import plane_dataset, trained, view_of
from tests.gui.support.saved_files import save

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def digits() -> View:
    return view_of(trained())


@pytest.fixture
def panel(qtbot: QtBot) -> RequestsPanel:
    panel = RequestsPanel()
    qtbot.addWidget(panel)
    panel.resize(1000, 420)
    panel.show()
    return panel


def follow(panel: RequestsPanel, view: View) -> tuple[list[Selection], list]:
    """Show the view, and act as the window does on what the user chooses."""
    chosen: list[Selection] = []
    examples: list[ShownExample] = []

    def on_selection_made(selection: Selection) -> None:
        chosen.append(selection)
        assert panel.view is not None
        panel.set_view(dataclasses.replace(panel.view, selection=selection))

    panel.selection_made.connect(on_selection_made)
    panel.example_chosen.connect(examples.append)
    panel.set_view(view)
    return chosen, examples


def cell_point(grid: RequestGrid, row: int, column: int) -> QPoint:
    geometry = grid.geometry_now()
    return QPoint(
        geometry.cell_left(column) + geometry.cell // 2,
        geometry.row_top(row) + geometry.row // 2,
    )


def choose(panel: RequestsPanel, choice: str) -> None:
    button = panel.choice.button(CHOICES.index(choice))
    QTest.mouseClick(button, LEFT)


def test_a_click_on_a_cell_selects_the_parameter_everywhere(
    panel: RequestsPanel, digits: View
):
    chosen, examples = follow(panel, digits)
    QTest.mouseClick(panel.grid.viewport(), LEFT, pos=cell_point(panel.grid, 3, 2))
    assert panel.grid.table is not None
    assert chosen == [panel.grid.table.rows.parameter(3)]
    assert panel.grid.current_row == 3
    assert examples == []


def test_an_example_of_data_without_classes_keeps_its_target(
    panel: RequestsPanel,
) -> None:
    experiment = load_preset("worked-example").experiment
    dataset = load_dataset(experiment.data)
    view = view_of(TrainingRun(experiment, dataset, choose_device("cpu")))
    _, examples = follow(panel, view)
    geometry = panel.grid.geometry_now()
    place = QPoint(geometry.cell_left(0) + 5, 5)
    QTest.mouseClick(panel.grid.viewport(), LEFT, pos=place)
    shown = resolve(view.run, view.snapshot, examples[-1])
    assert dataset.train.targets is not None
    np.testing.assert_array_equal(shown.target, dataset.train.targets[0])
    backward = backward_of(shown)
    assert backward is not None
    assert view.snapshot.batch is not None
    assert backward.cost == pytest.approx(view.snapshot.batch.losses_before[0])


def test_a_click_on_a_header_shows_that_example(panel: RequestsPanel, digits: View):
    _, examples = follow(panel, digits)
    at = QPoint(cell_point(panel.grid, 0, 4).x(), 12)
    QTest.mouseClick(panel.grid.viewport(), LEFT, pos=at)
    batch = digits.snapshot.batch
    assert batch is not None
    assert [example.index for example in examples] == [int(batch.indices[4])]
    np.testing.assert_array_equal(examples[0].inputs, batch.inputs[4])


def test_arrow_keys_go_through_rows_and_examples(panel: RequestsPanel, digits: View):
    chosen, examples = follow(panel, digits)
    panel.grid.setFocus()
    keys = Qt.Key
    for key in (keys.Key_Down, keys.Key_Down, keys.Key_Right, keys.Key_End):
        QTest.keyClick(panel.grid, key)
    rows = panel.grid.table.rows if panel.grid.table else None
    assert rows is not None
    assert chosen == [rows.parameter(k) for k in (0, 1, len(rows) - 1)]
    assert len(examples) == 1
    assert panel.grid.verticalScrollBar().value() > 200
    QTest.keyClick(panel.grid, keys.Key_Home)
    assert panel.grid.verticalScrollBar().value() == 0


def test_the_selected_unit_lists_the_weights_into_it(
    panel: RequestsPanel, digits: View
):
    follow(panel, dataclasses.replace(digits, selection=Unit(2, 7)))
    choose(panel, "unit")
    table = panel.grid.table
    assert table is not None
    assert set(table.rows.unit) == {7}
    assert set(table.rows.layer) == {2}
    assert "All 17 of 17 parameters into hidden 2 · unit 7" in panel.rows_label.text()
    panel.set_view(dataclasses.replace(digits, selection=Unit(3, 1)))
    table = panel.grid.table
    assert table is not None
    assert set(table.rows.layer) == {3}


def test_another_sample_lists_other_parameters(panel: RequestsPanel, digits: View):
    follow(panel, digits)
    choose(panel, "sample")
    first = panel.grid.table
    panel.redraw_action.trigger()
    second = panel.grid.table
    assert first is not None
    assert second is not None
    assert not np.array_equal(first.rows.source, second.rows.source)


def test_narrow_cells_show_more_examples(panel: RequestsPanel, digits: View):
    panel.resize(700, 400)
    follow(panel, digits)
    before = panel.grid.geometry_now().whole_columns
    QTest.mouseClick(panel.cells_choice.button(1), LEFT)
    assert panel.grid.geometry_now().whole_columns > before


def test_cells_are_blue_where_an_example_asks_to_raise(
    panel: RequestsPanel, digits: View
):
    follow(panel, digits)
    QTest.mouseClick(panel.cells_choice.button(1), LEFT)
    table = panel.grid.table
    assert table is not None
    pixels = pixels_of(panel.grid.viewport().grab().toImage()).astype(int)
    for row in range(5):
        for column in range(len(table.cells[0])):
            at = cell_point(panel.grid, row, column)
            red, _, blue = pixels[at.y(), at.x()]
            value = table.cells[row, column]
            if abs(value) > 0.1 * np.abs(table.cells).max():
                assert (blue > red) == (value > 0)


def test_a_tool_tip_says_the_value_in_full(panel: RequestsPanel, digits: View):
    follow(panel, digits)
    table = panel.grid.table
    assert table is not None
    tip = panel.grid.tip_at(QPointF(cell_point(panel.grid, 1, 1)))
    assert f"{table.cells[1, 1]:.9g}".replace("-", "\N{MINUS SIGN}") in tip


def test_copied_rows_add_up(panel: RequestsPanel, digits: View):
    follow(panel, digits)
    panel.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t"))
    assert len(rows) == 300
    cells = [float(v) for k, v in rows[0].items() if k.startswith("example")]
    assert len(cells) == 16
    assert np.mean(cells) == pytest.approx(float(rows[0]["mean"]), rel=1e-7)
    change = float(rows[0]["learning rate"]) * float(rows[0]["mean"])
    assert change == pytest.approx(float(rows[0]["change"]), rel=1e-4)


def test_csv_is_written_whole(panel: RequestsPanel, digits: View, tmp_path: Path):
    follow(panel, digits)
    path = tmp_path / "requests.csv"
    save(panel, panel.save_action.trigger, path)
    assert len(path.read_text().splitlines()) == 301


def test_points_of_the_plane_have_heads_too(panel: RequestsPanel):
    view = view_of(trained(dataset=plane_dataset()))
    follow(panel, view)
    header = panel.grid.viewport().grab().toImage()
    geometry = panel.grid.geometry_now()
    pixels = pixels_of(header)[3:30, geometry.name : geometry.cells_right]
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 5


def test_before_a_run_and_before_a_batch_it_says_what_is_missing(
    panel: RequestsPanel, digits: View
):
    panel.set_view(None)
    assert panel._layout.reason == NO_RUN
    snapshot = dataclasses.replace(digits.snapshot, requests=None)
    panel.set_view(dataclasses.replace(digits, snapshot=snapshot))
    assert panel._layout.reason == WAITING


def test_before_the_first_step_the_change_is_not_there_yet(panel: RequestsPanel):
    view = view_of(trained(steps=0, dataset=plane_dataset()))
    follow(panel, view)
    assert panel.figures.text().startswith("Next batch, for step 1")
    assert panel.grid.printed(0).change == ""
    assert panel.grid.printed(0).applied


@pytest.mark.parametrize("height", [230, 300, 333, 420])
def test_rows_are_seen_whole_with_one_precision(
    panel: RequestsPanel, digits: View, height: int
):
    panel.resize(1000, height)
    panel.set_view(digits)
    grid = panel.grid
    for start in (0, 7, 150, grid.verticalScrollBar().maximum()):
        grid.verticalScrollBar().setValue(start)
        geometry = grid.geometry_now()
        shown = geometry.shown_rows()
        bottom = geometry.row_top(shown.stop)
        assert bottom <= geometry.height < bottom + geometry.row
        rows = [grid.printed(row) for row in shown]
        assert len({row.digits for row in rows}) == 1
        assert len({len(row.change.partition(".")[2]) for row in rows}) == 1


def test_a_change_that_is_the_rate_times_the_mean_is_one_column(
    panel: RequestsPanel, digits: View
):
    panel.set_view(digits)
    rate = general(digits.run.experiment.training.learning_rate, 6)
    titles = [column.title for column in panel.grid.columns]
    assert titles == ["mean", f"\N{MULTIPLICATION SIGN} {rate} = change"]


def test_pictures_of_examples_grow_with_the_text(panel: RequestsPanel, digits: View):
    panel.set_view(digits)
    sizes = []
    for scale in (1.0, 1.5):
        panel.grid.setFont(theme.figures_font(label_font(scale)))
        image = panel.grid.viewport().grab().toImage()
        geometry = panel.grid.geometry_now()
        left = geometry.cell_left(0)
        ground = image.pixelColor(left + 1, 1)
        inked = [
            y
            for y in range(geometry.header // 2)
            if any(
                image.pixelColor(x, y) != ground
                for x in range(left + 3, left + geometry.cell - 3)
            )
        ]
        sizes.append(len(inked))
    assert sizes[1] > 1.3 * sizes[0]


@pytest.mark.parametrize("width", [1600, 1200, 700])
def test_no_name_of_a_parameter_is_cut(panel: RequestsPanel, digits: View, width: int):
    panel.resize(width, 420)
    panel.set_view(digits)
    choose(panel, "sample")
    grid = panel.grid
    geometry = grid.geometry_now()
    metrics = QFontMetrics(grid.font())
    room = geometry.name - geometry.pad - MARGIN
    end = Qt.TextElideMode.ElideRight
    assert [metrics.elidedText(name, end, room) for name in grid.names] == [*grid.names]
