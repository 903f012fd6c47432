import csv
import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QActionGroup, QFontMetrics, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.values.network_spec import flatten
from core.values.parameter import Parameter, Unit
from gui.panels.nudges import row_sorter
from gui.panels.nudges.nudge_delegate import MARGIN, NudgeDelegate
from gui.panels.nudges.nudge_labels import asked_text
from gui.panels.nudges.nudge_model import readable
from gui.panels.nudges.nudge_texts import NO_RUN, WAITING
from gui.panels.nudges.nudges_panel import NudgesPanel
from gui.session.view_state import View
from tests.gui.support.sample_points import points_view
from tests.gui.support.sample_views import sample_view
from tests.gui.support.saved_files import request_of
from tests.gui.support.selections import follow

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(qtbot: QtBot) -> NudgesPanel:
    panel = NudgesPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.show()
    return panel


def later(view: View, seed: int = 8) -> View:
    """The same run a step later, with other values."""
    other = sample_view(seed=seed).snapshot
    snapshot = dataclasses.replace(other, step=view.snapshot.step + 1)
    return dataclasses.replace(view, snapshot=snapshot)


def row_position(panel: NudgesPanel, row: int) -> QPoint:
    return panel.table.visualRect(panel.model.index(row, 0)).center()


def click_head(panel: NudgesPanel, column: int) -> None:
    headers = panel.table.horizontalHeader()
    x = headers.sectionViewportPosition(column) + 12
    QTest.mouseClick(headers.viewport(), LEFT, pos=QPoint(x, headers.height() // 2))


def shown_nudges(panel: NudgesPanel) -> np.ndarray:
    values = panel.model.values
    assert values is not None
    return np.array([values.nudge(i) for i in panel.model.ids.tolist()])


def test_every_parameter_is_listed_largest_nudge_first(panel: NudgesPanel):
    view = sample_view()
    panel.set_view(view)
    assert panel.model.rowCount() == 13_002
    sizes = np.abs(shown_nudges(panel))
    assert (np.diff(sizes) <= 0).all()
    assert sizes[0] == np.abs(flatten(view.snapshot.gradient or ())).max()
    assert panel.status_label.text() == "13,002 of 13,002 parameters"


def test_a_row_says_what_its_parameter_has(panel: NudgesPanel):
    view = sample_view()
    panel.set_view(view)
    panel.filter_bar.text_line.setText("hidden 1 unit 5 pixel 12,7")
    assert panel.model.rowCount() == 1
    gradient, previous = view.snapshot.gradient, view.snapshot.previous_params
    assert gradient is not None
    assert previous is not None
    at = (5, 12 * 28 + 7)
    texts = [panel.model.text(0, column) for column in range(5)]
    assert texts[0] == "hidden 1 · unit 5 · pixel (12, 7)"
    assert read(texts[1]) == pytest.approx(view.params[0][0][at], abs=5e-5)
    assert read(texts[2]) == pytest.approx(-gradient[0][0][at], abs=5e-4)
    change = float(view.params[0][0][at]) - float(previous[0][0][at])
    assert read(texts[4]) == pytest.approx(change, abs=5e-6)
    flat = flatten(gradient)
    assert texts[3] == asked_text(-float(gradient[0][0][at]), float(np.std(flat)))


def read(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-").replace("\N{FIGURE SPACE}", ""))


def test_before_the_first_step_there_is_no_change(panel: NudgesPanel):
    view = sample_view()
    batch = view.snapshot.batch
    assert batch is not None
    waiting = dataclasses.replace(batch, step=1, losses_after=None)
    snapshot = dataclasses.replace(view.snapshot, step=0, batch=waiting)
    panel.set_view(dataclasses.replace(view, snapshot=snapshot))
    assert panel.model.text(0, 4) == "\N{EM DASH}"
    assert panel.figures.text().startswith("Next batch, for step 1: ")
    assert "Change" not in panel.figures.text()


def test_a_step_that_is_not_taken_has_no_change_at_any_step(panel: NudgesPanel):
    view = sample_view()
    batch = view.snapshot.batch
    assert batch is not None
    step = view.snapshot.step
    waiting = dataclasses.replace(batch, step=step + 1, losses_after=None)
    snapshot = dataclasses.replace(
        view.snapshot, batch=waiting, previous_params=view.params
    )
    panel.set_view(dataclasses.replace(view, snapshot=snapshot))
    assert panel.figures.text().startswith(f"Next batch, for step {step + 1}: ")
    assert panel.model.text(0, 4) == "\N{EM DASH}"


def test_who_comes_back_sees_the_largest_nudges_or_the_selected_row(
    panel: NudgesPanel, qtbot: QtBot
):
    view = sample_view()
    panel.set_view(view)
    bar = panel.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 700)
    bar.setValue(700)
    panel.set_view(view)
    assert bar.value() == 700
    panel.hide()
    panel.set_view(later(view))
    panel.show()
    assert bar.value() == 0
    chosen = panel.model.parameter(9000)
    panel.hide()
    panel.set_view(dataclasses.replace(later(view), selection=chosen))
    panel.show()
    panel.set_view(dataclasses.replace(later(view), selection=chosen))
    assert chosen is not None
    row = panel.model.row_of(chosen)
    assert row is not None
    assert panel.table.viewport().rect().contains(row_position(panel, row))


def test_the_tooltip_has_all_digits(panel: NudgesPanel):
    view = sample_view()
    panel.set_view(view)
    index = panel.model.index(0, 1)
    value = f"{flatten(view.params)[panel.model.ids[0]]:.9g}".replace(
        "-", "\N{MINUS SIGN}"
    )
    assert value in panel.model.data(index, Qt.ItemDataRole.ToolTipRole)


def test_what_is_not_zero_is_never_written_as_zero():
    assert readable(3.2e-7, 4) == "3.2\N{MULTIPLICATION SIGN}10⁻⁷"
    assert readable(0.0, 4).strip("\N{FIGURE SPACE}") == "0.0000"


def test_the_line_above_has_the_batch_and_the_rule_of_sgd(panel: NudgesPanel):
    view = sample_view()
    panel.set_view(view)
    batch = view.snapshot.batch
    assert batch is not None
    text = panel.figures.text()
    assert text.startswith("Batch of step 300: ")
    assert f"Mean loss: {batch.loss_before:.4f} " in text
    assert "= 0.01 \N{MULTIPLICATION SIGN} nudge" in text


def test_the_printed_change_is_the_difference_of_the_printed_losses(
    panel: NudgesPanel,
):
    view = sample_view()
    panel.set_view(view)
    figures = {one.name: one.parts for one in panel.figures.figures}
    before, _, after = (text for text, _ in figures["Mean loss"])
    ((change, tone),) = figures["Change"]
    told = read(change.split()[0])
    assert told == pytest.approx(float(after) - float(before), abs=1e-9)
    assert tone == ("right" if told < 0 else "wrong")


@pytest.mark.parametrize("taken", [True, False])
def test_how_many_are_right_is_counted_before_and_after_the_step(
    panel: NudgesPanel, taken: bool
):
    view = sample_view()
    batch = view.snapshot.batch
    assert batch is not None
    wrong = (batch.labels + 1) % 10
    batch = dataclasses.replace(
        batch,
        predicted_before=np.where(np.arange(len(wrong)) < 3, batch.labels, wrong),
        predicted_after=batch.labels if taken else None,
    )
    snapshot = dataclasses.replace(view.snapshot, batch=batch)
    panel.set_view(dataclasses.replace(view, snapshot=snapshot))
    (right,) = [one for one in panel.figures.figures if one.name == "Right"]
    size = len(batch.labels)
    after = str(size) if taken else "\N{EM DASH}"
    assert right.text == f"3 \N{RIGHTWARDS ARROW} {after} of {size}"


def test_what_finds_no_room_in_the_strip_is_left_out_whole_and_can_be_read(
    panel: NudgesPanel,
):
    panel.set_view(sample_view())
    strip = panel.figures
    strip.setMinimumWidth(0)
    everything = strip.figures
    strip.resize(5000, strip.height())
    assert strip.shown() == everything
    strip.resize(400, strip.height())
    assert 0 < len(strip.shown()) < len(everything)
    assert strip.shown()[0] == everything[0]
    assert strip.shown()[-1] == everything[-1]
    strip.resize(150, strip.height())
    assert strip.shown() == everything[:1]
    told = strip.tip_at(strip.rect().toRectF().center())
    assert all(one.text in told for one in everything)


def with_training(view: View, **training: object) -> View:
    """With a batch whose step had these settings."""
    batch = view.snapshot.batch
    assert batch is not None
    settings = dataclasses.replace(batch.training, **training)  # type: ignore[arg-type]
    losses = batch.losses_before + 1 if settings.dropout else None
    batch = dataclasses.replace(batch, training=settings, losses_thinned=losses)
    snapshot = dataclasses.replace(view.snapshot, batch=batch)
    return dataclasses.replace(view, snapshot=snapshot)


def test_the_rule_is_that_of_the_batch_and_not_of_the_settings_since(
    panel: NudgesPanel,
):
    view = sample_view()
    experiment = view.run.experiment.with_values({"training.optimizer": "adam"})
    run = dataclasses.replace(view.run, experiment=experiment)
    panel.set_view(dataclasses.replace(view, run=run))
    assert "= 0.01 \N{MULTIPLICATION SIGN} nudge" in panel.figures.text()


def test_with_dropout_each_loss_says_which_network_it_is_of(panel: NudgesPanel):
    view = with_training(sample_view(), dropout=0.5)
    panel.set_view(view)
    batch = view.snapshot.batch
    assert batch is not None
    text = panel.figures.text()
    assert f"Loss without dropout: {batch.loss_before:.4f} " in text
    assert f"Loss with dropout 0.5: {batch.loss_before + 1:.4f}" in text
    assert "Right without dropout: " in text
    assert "Length of its gradient, with dropout: " in text


def test_with_adam_the_optimiser_is_said_to_have_shaped_the_change(panel: NudgesPanel):
    panel.set_view(with_training(sample_view(), optimizer="adam"))
    assert "computed by Adam" in panel.figures.text()
    assert "\N{MULTIPLICATION SIGN} nudge" not in panel.figures.text()


def test_without_a_run_or_a_gradient_the_panel_says_so(panel: NudgesPanel):
    panel.set_view(sample_view())
    panel.set_view(None)
    assert panel.message_label.isVisible()
    assert panel.message_label.text() == NO_RUN
    view = sample_view()
    snapshot = dataclasses.replace(view.snapshot, gradient=None)
    panel.set_view(dataclasses.replace(view, snapshot=snapshot))
    assert panel.message_label.text() == WAITING
    panel.set_view(view)
    assert not panel.message_label.isVisible()
    assert panel.model.rowCount() == 13_002


def test_the_gradient_and_the_batch_are_needed(panel: NudgesPanel):
    assert panel.needs() == {"gradient", "batch"}


def test_a_diverged_network_is_listed_too(panel: NudgesPanel):
    view = sample_view()
    bad = tuple((w * np.float32(np.nan), b) for w, b in view.params)
    snapshot = dataclasses.replace(view.snapshot, params=bad, gradient=bad)
    panel.set_view(dataclasses.replace(view, snapshot=snapshot))
    panel.table.grab()
    assert panel.model.text(13_001, 3) == "not a number"


def test_large_numbers_are_written_whole(panel: NudgesPanel, qtbot: QtBot):
    view = sample_view()
    wide = tuple((w * np.float32(-1e5), b) for w, b in view.params)
    snapshot = dataclasses.replace(view.snapshot, params=wide, gradient=wide)
    panel.set_view(dataclasses.replace(view, snapshot=snapshot))
    table, metrics = panel.table, panel.table.fontMetrics()

    def has_room() -> bool:
        table.grab()
        first = table.rowAt(0)
        shown = range(first, min(first + 8, panel.model.rowCount()))
        return all(
            metrics.horizontalAdvance(panel.model.text(row, column)) + 2 * MARGIN
            <= table.columnWidth(column)
            for row in shown
            for column in (1, 2, 4)
        )

    qtbot.waitUntil(has_room)


def test_a_click_on_a_head_sorts_and_another_one_turns_round(panel: NudgesPanel):
    panel.set_view(sample_view())
    click_head(panel, 0)
    assert (np.diff(panel.model.ids) == 1).all()
    click_head(panel, 0)
    assert (np.diff(panel.model.ids) == -1).all()
    click_head(panel, 2)
    assert (np.diff(np.abs(shown_nudges(panel))) <= 0).all()


def test_signed_sorting_can_be_chosen(panel: NudgesPanel):
    panel.set_view(sample_view())
    panel.by_size_action.trigger()
    nudges = shown_nudges(panel)
    assert (np.diff(nudges) <= 0).all()
    assert nudges[0] > 0 > nudges[-1]


def test_values_are_live_and_the_order_says_which_step_it_is_of(
    panel: NudgesPanel, qtbot: QtBot
):
    view = sample_view()
    panel.set_view(view)
    first = panel.model.ids[0]
    newer = later(view)
    panel.set_view(newer)
    assert panel.model.ids[0] == first
    assert "order as of step 300" in panel.status_label.text()
    shown = read(panel.model.text(0, 2))
    expected = -flatten(newer.snapshot.gradient or ())[first]
    assert shown == pytest.approx(expected, abs=5e-4)
    qtbot.waitUntil(lambda: "order as of" not in panel.status_label.text())
    sizes = np.abs(shown_nudges(panel))
    assert (np.diff(sizes) <= 0).all()


@pytest.fixture
def eager(panel: NudgesPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order follows each step at once, if it follows at all."""
    monkeypatch.setattr(panel.sorter, "seconds_to_wait", lambda: 0.0)


@pytest.mark.usefixtures("eager")
def test_a_held_order_stays_until_it_is_let_go(panel: NudgesPanel):
    view = sample_view()
    panel.set_view(view)
    panel.hold_action.trigger()
    before = panel.model.ids.copy()
    panel.set_view(later(view))
    assert (panel.model.ids == before).all()
    panel.hold_action.trigger()
    panel.set_view(later(view, 9))
    assert (panel.model.ids != before).any()


@pytest.mark.usefixtures("eager")
def test_rows_are_sorted_anew_after_an_edit_at_the_same_step(panel: NudgesPanel):
    view = sample_view()
    panel.set_view(view)
    first = panel.model.ids[0]
    gradient = later(view).snapshot.gradient
    edited = dataclasses.replace(view.snapshot, gradient=gradient)
    panel.set_view(dataclasses.replace(view, snapshot=edited))
    assert panel.model.ids[0] != first
    assert (np.diff(np.abs(shown_nudges(panel))) <= 0).all()


def test_many_rows_are_sorted_beside_the_window(
    panel: NudgesPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(row_sorter, "AT_ONCE", 100)
    view = sample_view()
    panel.set_view(view)
    assert panel.model.rowCount() == 10_000
    assert "sorting" in panel.status_label.text()
    qtbot.waitUntil(lambda: not panel.sorter.is_busy)
    assert (np.diff(np.abs(shown_nudges(panel))) <= 0).all()
    click_head(panel, 2)
    panel.filter_bar.text_line.setText("unit 5")
    qtbot.waitUntil(lambda: not panel.sorter.is_busy)
    assert panel.model.rowCount() == 819


def choose(group: QActionGroup, text: str) -> None:
    next(action for action in group.actions() if action.text() == text).trigger()


def test_filters_work_together(panel: NudgesPanel):
    panel.set_view(sample_view(selection=Unit(1, 5)))
    choose(panel.filter_bar.layer_group, "hidden 2")
    assert panel.model.rowCount() == 272
    choose(panel.filter_bar.kind_group, "Biases")
    assert panel.model.rowCount() == 16
    choose(panel.filter_bar.sign_group, "Only raise")
    assert (shown_nudges(panel) > 0).all()
    assert 0 < panel.model.rowCount() < 16
    assert panel.filter_bar.menu_button.text() == "Filter (3)"
    panel.filter_bar.clear_action.trigger()
    assert panel.model.rowCount() == 13_002


def test_only_the_selected_unit_follows_the_selection(panel: NudgesPanel):
    view = sample_view(selection=Unit(1, 5))
    panel.set_view(view)
    panel.filter_bar.selected_action.trigger()
    assert panel.model.rowCount() == 785
    panel.set_view(dataclasses.replace(view, selection=Unit(3, 2)))
    assert panel.model.rowCount() == 17
    panel.set_view(dataclasses.replace(view, selection=None))
    assert panel.model.rowCount() == 0


def test_a_text_that_is_not_understood_is_named(panel: NudgesPanel):
    panel.set_view(sample_view())
    panel.filter_bar.text_line.setText("output foo")
    assert panel.model.rowCount() == 170
    assert (
        "Not understood: \N{LEFT DOUBLE QUOTATION MARK}foo" in panel.status_label.text()
    )


def test_a_click_on_a_row_selects_its_parameter(panel: NudgesPanel):
    made = follow(panel, sample_view())
    QTest.mouseClick(panel.table.viewport(), LEFT, pos=row_position(panel, 3))
    expected = panel.model.parameter(3)
    assert made == [expected]
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    expected = panel.model.parameter(4)
    assert made[1:] == [expected]


def test_a_selection_made_elsewhere_scrolls_to_its_row(panel: NudgesPanel):
    view = sample_view()
    made = follow(panel, view)
    chosen = Parameter(1, 5, 12 * 28 + 7)
    panel.set_view(dataclasses.replace(view, selection=chosen))
    row = panel.table.currentIndex().row()
    assert panel.model.parameter(row) == Parameter(1, 5, 12 * 28 + 7)
    assert panel.table.selectionModel().isRowSelected(row)
    visible = panel.table.viewport().rect()
    assert visible.contains(row_position(panel, row))
    assert made == []


def test_the_marked_row_goes_along_when_rows_are_sorted_anew(panel: NudgesPanel):
    chosen = Parameter(2, 4)
    panel.set_view(sample_view(selection=chosen))
    for column in (1, 0, 4, 4):
        click_head(panel, column)
        row = panel.table.currentIndex().row()
        assert panel.model.parameter(row) == chosen


def test_a_selection_that_is_filtered_out_is_named_and_can_be_shown(panel: NudgesPanel):
    view = sample_view()
    panel.set_view(view)
    panel.filter_bar.text_line.setText("output")
    chosen = Parameter(1, 5, 12 * 28 + 7)
    panel.set_view(dataclasses.replace(view, selection=chosen))
    assert panel.notice.isVisible()
    assert "pixel (12, 7)" in panel.notice_label.text()
    panel.notice_button.click()
    assert not panel.notice.isVisible()
    row = panel.table.currentIndex().row()
    assert panel.model.parameter(row) == Parameter(1, 5, 12 * 28 + 7)


def test_rows_of_another_network_do_not_ask_for_the_selection_of_the_last_one(
    panel: NudgesPanel,
):
    panel.set_view(sample_view(selection=Parameter(1, 0, 300)))
    small = points_view()
    snapshot = dataclasses.replace(
        small.snapshot, gradient=small.params, previous_params=small.params
    )
    panel.set_view(dataclasses.replace(small, snapshot=snapshot))
    assert panel.status_label.text() == "22 of 22 parameters"
    assert not panel.notice.isVisible()


def test_a_selected_unit_offers_its_parameters(panel: NudgesPanel):
    panel.set_view(sample_view(selection=Unit(1, 5)))
    assert panel.notice_label.text() == "hidden 1 · unit 5: 785 parameters"
    panel.notice_button.click()
    assert panel.model.rowCount() == 785
    assert not panel.notice.isVisible()


@pytest.mark.usefixtures("eager")
def test_rows_being_collected_are_copied_and_do_not_move(panel: NudgesPanel):
    view = sample_view()
    follow(panel, view)
    viewport = panel.table.viewport()
    QTest.mouseClick(viewport, LEFT, pos=row_position(panel, 1))
    QTest.mouseClick(viewport, LEFT, CONTROL, row_position(panel, 4))
    ids = panel.model.ids[[1, 4]]
    newest = panel.view
    assert newest is not None
    panel.set_view(later(newest))
    assert panel.model.ids[[1, 4]].tolist() == ids.tolist()
    panel.table.setFocus()
    panel.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert [line.split("\t")[0] for line in lines[1:]] == [
        panel.model.text(1, 0),
        panel.model.text(4, 0),
    ]


def test_listed_rows_are_saved_as_csv_as_they_were(panel: NudgesPanel, tmp_path: Path):
    view = sample_view()
    panel.set_view(view)
    path = tmp_path / "nudges.csv"
    request = request_of(panel, panel.save_action.trigger)
    panel.set_view(later(view))
    request.write(path)
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert len(rows) == 13_002
    gradient = view.snapshot.gradient
    assert gradient is not None
    row = next(r for r in rows if r["parameter"] == "hidden 1 · unit 5 · pixel (12, 7)")
    assert (row["layer"], row["unit"], row["input"]) == ("1", "5", str(12 * 28 + 7))
    assert np.float32(row["nudge"]) == -gradient[0][0][5, 12 * 28 + 7]


def test_the_panel_can_be_small(panel: NudgesPanel):
    panel.set_view(sample_view())
    assert panel.minimumSizeHint().width() <= 340
    assert panel.minimumSizeHint().height() <= 260


class Written:
    """Stands in for a painter, and keeps what is written."""

    def __init__(self, panel: NudgesPanel) -> None:
        self.texts: list[str] = []
        self._metrics = panel.table.fontMetrics()

    def fontMetrics(self) -> QFontMetrics:  # noqa: N802
        return self._metrics

    def layoutDirection(self) -> Qt.LayoutDirection:  # noqa: N802
        return Qt.LayoutDirection.LeftToRight

    def setPen(self, _ink: object) -> None:  # noqa: N802
        pass

    def drawText(self, _area: QRectF, _flags: int, text: str) -> None:  # noqa: N802
        self.texts.append(text)


def test_all_names_are_whole_or_all_are_short(panel: NudgesPanel) -> None:
    panel.set_view(sample_view())
    delegate = panel.table.itemDelegate()
    assert isinstance(delegate, NudgeDelegate)
    inks = delegate._inks_of(panel.palette())
    seen = set()
    for width in range(60, 400, 3):
        forms = set()
        for row in range(panel.model.rowCount()):
            whole, short = panel.model.names(row)
            painter, area = Written(panel), QRectF(0, 0, width, 20)
            delegate._paint_name(painter, inks, area, panel.model, row)  # type: ignore[arg-type]
            if whole != short:
                forms.add("".join(painter.texts) == whole)
        assert len(forms) == 1, width
        seen |= forms
    assert seen == {True, False}


def test_rows_of_an_older_order_are_not_said_to_be_in_it(panel: NudgesPanel):
    view = sample_view()
    panel.set_view(view)
    header = panel.table.horizontalHeader()

    def titles() -> str:
        of = range(header.count())
        model, side = panel.table.model(), Qt.Orientation.Horizontal
        return " ".join(str(model.headerData(k, side)) for k in of)

    assert "Nudge \N{DOWNWARDS ARROW}" in titles()
    playing = dataclasses.replace(
        view.snapshot, step=view.snapshot.step + 1, playing=True
    )
    panel.set_view(dataclasses.replace(view, snapshot=playing))
    assert "\N{DOWNWARDS ARROW}" not in titles()
