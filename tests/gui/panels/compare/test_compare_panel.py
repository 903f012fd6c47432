from dataclasses import fields, replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded
from core.protocol.side_jobs.compare import Comparison, MemberCurves
from core.side_jobs.compare.variants import VARIATIONS
from gui.panels.compare.compare_panel import (
    AGAIN,
    KINDS,
    MOST_BY_ITSELF,
    OF_ANOTHER,
    START,
    STOP,
    ComparePanel,
    series_of,
)
from gui.panels.compare.member_plot import ROOM
from gui.panels.compare.member_table import BAR, LOWEST, WORDS, words_of
from gui.style import theme
from gui.style.experiment_names import short_name
from gui.style.number_format import short
from tests.gui.support.sample_views import sample_view
from tests.gui.support.table_ink import cell_ends, dressed, header_ends
from tests.gui.support.whole_window import GlassMaker


def member(name: str, scale: float = 1.0, diverged_at: int | None = None):
    steps = np.arange(0, 50, 10)
    falling = scale * np.exp(-steps / 20)
    nothing = np.full(5, np.nan)
    up = np.linspace(0.1, 0.9, 5)
    return MemberCurves(
        name, steps, falling, falling + 0.1, up, up, nothing, diverged_at
    )


def comparison(*members: MemberCurves) -> Comparison:
    return Comparison(
        members or (member("a"), member("b", 2.0)), 40, 100, 200, 60, 500, 60
    )


@pytest.fixture
def panel(qtbot: QtBot) -> ComparePanel:
    panel = ComparePanel()
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.commands = []  # type: ignore[attr-defined]
    panel.job_requested.connect(panel.commands.append)  # type: ignore[attr-defined]
    panel.show()
    panel.set_view(sample_view())
    return panel


def begin(panel: ComparePanel) -> BeginJob:
    if panel.button.text() == STOP:
        QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    command = panel.commands[-1]  # type: ignore[attr-defined]
    assert isinstance(command, BeginJob)
    return command


def test_the_button_begins_and_stops_a_comparison(panel: ComparePanel):
    panel.choose("learning-rate")
    command = begin(panel)
    assert len(command.request.members) == 5
    assert panel.button.text() == STOP
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert panel.commands[-1] == EndJob(command.job_id)  # type: ignore[attr-defined]
    assert panel.button.text() == START


def test_curves_and_table_show_each_member(panel: ComparePanel):
    command = begin(panel)
    panel.take_job(JobAdvanced(1, command.job_id, comparison()))
    assert panel.table.rowCount() == 2
    assert panel.table.item(1, 0).text() == "b"
    assert panel.table.item(0, 1).text() == f"{np.exp(-2):.4f}"
    assert panel.table.item(0, 3).text() == f"{np.exp(-2) + 0.1:.4f} at 40"
    assert panel.table.isColumnHidden(6)
    assert panel.progress.value() == 40
    assert panel.plot.steps == (0.0, 100.0)
    panel.take_job(JobEnded(1, command.job_id))
    assert panel.button.text() == AGAIN


def test_one_that_diverges_is_named_and_does_not_flatten_the_others(
    panel: ComparePanel,
):
    steps = np.arange(0, 50, 10)
    high = np.asarray([1.0, 1e3, 1e9, 1e20, 1e30])
    nothing = np.full(5, np.nan)
    wild = MemberCurves("wild", steps, high, high, high, high, nothing, 43)
    command = begin(panel)
    panel.take_job(JobAdvanced(1, command.job_id, comparison(member("a"), wild)))
    assert panel.table.item(1, WORDS).text() == "diverged at step 43"
    assert panel.plot.heights[1] <= 1.2 * ROOM
    assert panel.plot.beyond == f"above: wild up to {short(1e30)}"
    panel.take_job(JobAdvanced(1, command.job_id, comparison(member("a"))))
    assert panel.plot.beyond == ""


def test_the_names_of_flat_curves_stay_off_the_numbers_below(panel: ComparePanel):
    command = begin(panel)
    flat = [replace(member(f"run {k}"), train_loss=np.zeros(5)) for k in range(4)]
    panel.take_job(JobAdvanced(1, command.job_id, comparison(*flat)))
    box = panel.plot.plotItem.vb.sceneBoundingRect()
    names = [
        item.sceneBoundingRect()
        for item in panel.plot.scene().items()
        if isinstance(item, QGraphicsSimpleTextItem) and item.text().startswith("run")
    ]
    assert len(names) == 4
    assert max(name.bottom() for name in names) <= box.bottom() + 1


def test_a_comparison_that_makes_no_sense_is_explained(panel: ComparePanel):
    panel.choose("labels")
    view = sample_view()
    assert view is not None
    if panel.button.text() == STOP:
        QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    panel._experiment = load_preset("worked-example").experiment
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert "no classes" in panel.problem.text()


def test_each_kind_has_its_question_measure_and_steps(panel: ComparePanel):
    for key in KINDS:
        panel.choose(key)
        assert panel.measure == VARIATIONS[key].measure
        assert panel.steps.value() == VARIATIONS[key].steps
        assert panel.question.text() == VARIATIONS[key].question


def test_the_window_compares_on_its_runner(glass: GlassMaker):
    opened = glass("overfitting", workspace="compare")
    panel = opened.panel("compare")
    assert panel.kind == "regularisation"
    opened.wait_until(lambda: panel.button.text() == STOP)
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    panel.steps.setValue(20)
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    opened.wait_until(lambda: panel.comparison and panel.comparison.step == 20)
    assert len(panel.comparison.members) == 4
    opened.wait_until(lambda: panel.button.text() == AGAIN)


def test_an_edit_and_its_undo_leave_the_kind_that_was_chosen(panel: ComparePanel):
    kind, variation = next((k, v) for k, v in VARIATIONS.items() if v.presets)
    experiment = load_preset(variation.presets[0]).experiment
    view = sample_view()

    def show(shown: Experiment) -> None:
        panel.set_view(replace(view, run=replace(view.run, experiment=shown)))

    show(experiment)
    assert panel.kind == kind
    panel.choose("learning-rate")
    show(experiment.with_values({"training.learning_rate": 0.25}))
    show(experiment)
    assert panel.kind == "learning-rate"


def test_a_member_without_any_reading_is_named_and_the_others_are_drawn(
    panel: ComparePanel,
):
    none = np.zeros(0)
    wild = MemberCurves("wild", none.astype(np.int64), *[none] * 5, 0)
    command = begin(panel)
    panel.take_job(JobAdvanced(0, command.job_id, comparison(wild, member("a"))))
    panel.grab()
    assert panel.table.item(0, WORDS).text() == "diverged at step 0"
    assert panel.table.item(1, 1).text() == f"{np.exp(-2):.4f}"


def test_results_say_whose_they_are_and_of_how_many_examples(panel: ComparePanel):
    assert not panel.whose.isVisible()
    command = begin(panel)
    view = sample_view()
    panel.take_job(JobAdvanced(1, command.job_id, comparison()))
    text = panel.whose.text()
    name = short_name(view.run.experiment)
    read = "read on the first 200 of 500 training and all 60 test examples"
    assert text == f"{name} \N{MIDDLE DOT} {read}"
    other = view.run.experiment.with_values({"training.learning_rate": 0.25})
    panel.set_view(replace(view, run=replace(view.run, experiment=other)))
    assert panel.whose.text() == f"{OF_ANOTHER} {text}"
    # Its job goes on, still under its own name.
    panel.take_job(JobAdvanced(1, command.job_id, comparison()))
    assert panel.whose.text() == f"{OF_ANOTHER} {text}"
    panel.set_view(view)
    assert panel.whose.text() == text


def test_optimisers_are_named_with_the_rate_that_each_is_given(panel: ComparePanel):
    panel.choose("optimizers")
    for member in begin(panel).request.members:
        training = member.experiment.training
        assert member.name.endswith(f" {training.learning_rate:g}")


def test_a_first_look_trains_by_itself_and_only_once(panel: ComparePanel):
    begun = [c for c in panel.commands if isinstance(c, BeginJob)]  # type: ignore[attr-defined]
    assert [command.request.steps for command in begun] == [500]
    assert panel.button.text() == STOP
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    panel.set_view(sample_view())
    assert panel.button.text() == START
    assert panel.empty.button.isVisible()
    QTest.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert panel.button.text() == STOP
    assert not panel.empty.button.isVisible()


def test_what_would_take_long_waits_to_be_asked(qtbot: QtBot):
    panel = ComparePanel()
    qtbot.addWidget(panel)
    commands: list[object] = []
    panel.job_requested.connect(commands.append)
    panel.show()
    view = sample_view()
    assert view is not None
    spec = replace(view.spec, layer_sizes=(MOST_BY_ITSELF, *view.spec.layer_sizes[1:]))
    panel.set_view(replace(view, run=replace(view.run, spec=spec)))
    assert panel.view is not None
    assert panel.view.spec.parameter_count > MOST_BY_ITSELF
    assert commands == []
    assert panel.empty.button.isVisible()


def test_the_best_member_is_named_by_the_measure_that_is_shown(panel: ComparePanel):
    command = begin(panel)
    panel.take_job(JobAdvanced(1, command.job_id, comparison()))
    words = [panel.table.item(row, WORDS).text() for row in range(2)]
    assert words == [LOWEST, ""]
    assert panel.plot.names == ["a", "b"]


def test_before_the_first_step_no_member_is_the_best() -> None:
    members = tuple(
        replace(
            member,
            **{
                name: values[:1]
                for name in (f.name for f in fields(member))
                if isinstance(values := getattr(member, name), np.ndarray)
            },
            diverged_at=None,
        )
        for member in comparison().members
    )
    assert all(member.steps.tolist() == [0] for member in members)
    assert words_of(members, "test_loss") == ["", ""]


def test_an_optimiser_keeps_its_place_among_the_series(panel: ComparePanel):
    panel.choose("optimizers")
    members = begin(panel).request.members
    places = series_of("optimizers", members)
    names = [member.experiment.training.optimizer for member in members]
    assert places == tuple(theme.series_of(name) for name in names)
    assert len(set(places)) == len(places)


def test_headers_end_where_their_numbers_do_and_no_two_columns_touch(
    panel: ComparePanel,
):
    dressed(panel)
    panel.resize(1000, 500)
    command = begin(panel)
    panel.take_job(JobAdvanced(1, command.job_id, comparison()))
    QApplication.processEvents()
    for column in range(1, WORDS):
        if panel.table.isColumnHidden(column):
            continue
        first, end = cell_ends(panel.table, 0, column)
        assert abs(header_ends(panel.table, column)[1] - end) <= 1
        assert first - cell_ends(panel.table, 0, column - 1)[1] >= 10
    bars = header_ends(panel.table, BAR)[0]
    assert abs(cell_ends(panel.table, 0, BAR)[0] - bars) <= 1


@pytest.mark.parametrize("height", [300, 400, 500, 620])
def test_no_row_of_the_table_is_cut(panel: ComparePanel, height: int):
    panel.resize(900, height)
    command = begin(panel)
    members = [member(f"m{k}", 1 + k) for k in range(8)]
    panel.take_job(JobAdvanced(1, command.job_id, comparison(*members)))
    QApplication.processEvents()
    bottoms = np.cumsum([panel.table.rowHeight(row) for row in range(8)])
    assert panel.table.viewport().height() in bottoms
