import dataclasses

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.experiment.model import TrainingSettings
from core.protocol.snapshot import BatchRecord
from gui.panels.gallery.batch_panel import (
    NO_BATCH,
    NO_RUN,
    BatchPanel,
    title_text,
)
from gui.panels.gallery.batch_tiles import BatchTiles, batch_order, loss_text
from gui.session.view_state import ShownExample, View
from tests.gui.support.sample_points import points_view
from tests.gui.support.sample_views import sample_view

LEFT = Qt.MouseButton.LeftButton
F32 = np.float32


def record(size: int = 4, step: int = 7, *, taken: bool = True) -> BatchRecord:
    """Labels 0, 1, ... of ten; right before: even places, after: all but place 1."""
    labels = (np.arange(size) % 10).astype(np.int32)
    before = np.asarray([1.0, 3.0, 0.5, 2.0] * size, F32)[:size]
    after = before + np.asarray([-0.25, 0.5, -0.1, -1.0] * size, F32)[:size]
    wrong = (labels + 1) % 10
    read_before = np.where(np.arange(size) % 2 == 0, labels, wrong).astype(np.int32)
    read_after = np.where(np.arange(size) == 1, wrong, labels).astype(np.int32)
    return BatchRecord(
        step=step,
        indices=np.arange(100, 100 + size, dtype=np.int32),
        inputs=np.full((size, 784), 0.5, F32),
        labels=labels,
        losses_before=before,
        predicted_before=read_before,
        losses_after=after if taken else None,
        predicted_after=read_after if taken else None,
    )


def with_batch(view: View, batch: BatchRecord | None, *, playing: bool = False) -> View:
    snapshot = dataclasses.replace(view.snapshot, batch=batch, playing=playing)
    return dataclasses.replace(view, snapshot=snapshot)


@pytest.fixture
def panel(qtbot: QtBot) -> BatchPanel:
    panel = BatchPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 500)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_it_asks_for_the_batch():
    assert BatchPanel.needs(BatchPanel.__new__(BatchPanel)) == {"batch"}


def test_its_title_tells_the_step_and_whether_it_has_been_taken():
    assert title_text(record()) == "Batch of step 7: 4 examples"
    waiting = record(step=1, taken=False)
    assert title_text(waiting) == "Next batch, for step 1: 4 examples"


def test_tiles_carry_guess_loss_and_how_far_the_loss_moved():
    dataset = sample_view().run.dataset
    tiles = BatchTiles.of(dataset, record(), "batch")
    assert tiles.largest_change == 1.0
    assert tiles.tile(0).lines == ("0", "1.00 \N{RIGHTWARDS ARROW} 0.75")
    assert tiles.tile(0).right is True
    assert tiles.tile(1).lines[0] == "2, is 1"
    assert tiles.tile(1).right is False
    changes = [tiles.tile(k).change for k in range(4)]
    assert changes == pytest.approx([-0.25, 0.5, -0.1, -1.0], abs=1e-6)


def test_tiles_before_the_step_have_no_bar():
    dataset = sample_view().run.dataset
    tiles = BatchTiles.of(dataset, record(taken=False), "batch")
    assert tiles.tile(3).change is None
    assert tiles.tile(3).lines[1] == "2.00 \N{RIGHTWARDS ARROW} \N{EM DASH}"


def test_a_loss_that_is_no_number_leaves_the_other_bars_alone():
    batch = record()
    batch.losses_after[0] = np.nan
    tiles = BatchTiles.of(sample_view().run.dataset, batch, "batch")
    assert tiles.tile(0).change is None
    assert tiles.tile(3).change == -1.0


def test_orders_by_loss_and_by_change():
    batch = record()
    assert batch_order(batch, "batch").tolist() == [0, 1, 2, 3]
    assert batch_order(batch, "largest loss").tolist() == [1, 3, 0, 2]
    assert batch_order(batch, "fell most").tolist() == [3, 0, 2, 1]
    assert batch_order(batch, "rose most").tolist() == [1, 2, 0, 3]
    untaken = record(taken=False)
    assert batch_order(untaken, "largest loss").tolist() == [1, 3, 0, 2]
    assert batch_order(untaken, "fell most").tolist() == [0, 1, 2, 3]


def test_a_click_shows_the_training_example_in_the_network(panel: BatchPanel):
    view = with_batch(sample_view(), record())
    chosen: list[ShownExample] = []
    panel.example_chosen.connect(chosen.append)
    panel.set_view(view)
    panel.sorting_box.setCurrentIndex(1)
    grid = panel.gallery.grid
    QTest.mouseClick(grid.viewport(), LEFT, pos=grid.tile_rect(0).center())
    example = chosen[-1]
    assert (example.origin, example.index, example.label) == ("train", 101, 1)
    assert np.array_equal(example.inputs, view.snapshot.batch.inputs[1])
    panel.set_view(dataclasses.replace(view, example=example))
    assert grid.current == 0


def test_a_test_example_of_the_same_number_is_not_framed(panel: BatchPanel):
    view = with_batch(sample_view(), record())
    example = ShownExample(view.example.inputs, 1, "test", 101)
    panel.set_view(dataclasses.replace(view, example=example))
    assert panel.gallery.grid.current is None


@pytest.mark.parametrize("size", [1, 3, 2500])
def test_batches_of_any_size_are_shown_whole(panel: BatchPanel, size: int):
    panel.set_view(with_batch(sample_view(), record(size)))
    grid = panel.gallery.grid
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_End)
    grid.set_current(size - 1)
    grid.scroll_to(size - 1)
    assert size - 1 in grid.visible_range
    assert grid.tile_rect(size - 1).bottom() <= grid.viewport().height()
    assert not grid.grab().isNull()


def test_a_step_by_hand_is_shown_at_once(panel: BatchPanel):
    panel.set_view(with_batch(sample_view(), record(step=7)))
    panel.set_view(with_batch(sample_view(), record(step=8)))
    assert panel.title_label.text().startswith("Batch of step 8")


def test_while_playing_batches_change_three_times_a_second_at_most(
    panel: BatchPanel, qtbot: QtBot
):
    base = sample_view()
    panel.set_view(with_batch(base, record(step=1), playing=True))
    titles = []
    for step in range(2, 9):
        panel.set_view(with_batch(base, record(step=step), playing=True))
        titles.append(panel.title_label.text())
    assert set(titles) == {"Batch of step 1: 4 examples"}
    qtbot.waitUntil(lambda: "step 8:" in panel.title_label.text(), timeout=2000)
    assert panel.gallery.source.batch.step == 8


def test_a_new_run_is_shown_at_once_even_while_playing(panel: BatchPanel):
    base = sample_view()
    panel.set_view(with_batch(base, record(step=90), playing=True))
    run = dataclasses.replace(base.run, run_id=2)
    panel.set_view(
        with_batch(dataclasses.replace(base, run=run), record(step=1), playing=True)
    )
    assert panel.title_label.text() == "Batch of step 1: 4 examples"


def test_points_are_listed_with_their_losses(panel: BatchPanel):
    view = points_view()
    panel.set_view(view)
    chosen: list[ShownExample] = []
    panel.example_chosen.connect(chosen.append)
    table = panel.gallery.table
    model = table.model()
    assert model.rowCount() == 10
    titles = [model.headerData(k, Qt.Orientation.Horizontal) for k in range(6)]
    assert titles[3:] == ["loss before", "predicted after", "loss after"]
    assert model.index(0, 3).data().strip() == "0.2000"
    assert model.index(0, 5).data().strip() == "0.1000"
    QTest.mouseClick(
        table.viewport(), LEFT, pos=table.visualRect(model.index(3, 0)).center()
    )
    assert (chosen[-1].origin, chosen[-1].index) == ("train", 3)


def test_without_run_or_batch_the_panel_says_why(panel: BatchPanel):
    panel.set_view(None)
    assert panel._layout.reason == NO_RUN
    panel.set_view(with_batch(sample_view(), None))
    assert panel._layout.reason == NO_BATCH
    assert panel.title_label.text() == ""
    panel.set_view(sample_view())
    assert panel._layout.reason == ""


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        (2.304, "2.30"),
        (0.01, "0.01"),
        (0.0099, "0.010"),
        (0.0034, "0.003"),
        (0.00044, "<0.001"),
        (0.0, "0.00"),
    ],
)
def test_a_small_loss_is_not_printed_as_none(loss: float, said: str) -> None:
    assert loss_text(loss) == said


def test_with_dropout_it_says_of_which_network_the_losses_are(
    panel: BatchPanel,
) -> None:
    batch = record()
    thinned = dataclasses.replace(
        batch,
        training=TrainingSettings(dropout=0.5),
        losses_thinned=batch.losses_before + F32(1),
    )
    panel.set_view(with_batch(sample_view(), thinned))
    assert panel.dropout_label.isVisible()
    assert "without dropout: mean loss 1.6250" in panel.dropout_label.text()
    assert "with dropout 0.5 it is 2.6250" in panel.dropout_label.text()
    assert panel.gallery.source is not None
    tip = panel.gallery.source.tooltip(0)
    assert "in its step, with dropout 0.5: loss 2" in tip
    panel.set_view(with_batch(sample_view(), batch))
    assert not panel.dropout_label.isVisible()
