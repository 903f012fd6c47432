"""The proof panel: one click, three passes, and what they show."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.protocol.jobs import (
    PROOF_OF_ALL,
    PROOF_OF_ONE,
    BeginJob,
    EndJob,
    JobAdvanced,
    JobEnded,
)
from core.protocol.side_jobs.proofs import ProofProgress, ProofTask
from core.side_jobs.proofs.proving import prove_in_parts
from core.values.parameter import Parameter, Unit
from gui.panels.proof.proof_panel import NOT_SELECTED, UNPROVED, ProofPanel
from gui.panels.proof.proof_texts import task_of
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style.number_input import parse_number
from gui.widgets.empty_state import EmptyState
from tests.gui.support.sample_views import sample_view, squared_view
from tests.gui.support.whole_window import GlassMaker

LEFT = Qt.MouseButton.LeftButton
WEIGHT = Parameter(2, 3, 4)


class Prover:
    """Does at once what the runner does in its own time."""

    def __init__(self, qtbot: QtBot, view: View | None) -> None:
        self.panel = ProofPanel()
        self.tasks: list[ProofTask] = []
        self.ended: list[int] = []
        qtbot.addWidget(self.panel)
        self.panel.resize(620, 700)
        self.panel.show()
        self.panel.job_requested.connect(self._note)
        self.panel.set_view(view)

    def _note(self, command: BeginJob | EndJob) -> None:
        if isinstance(command, BeginJob):
            assert isinstance(command.request, ProofTask)
            self.tasks.append(command.request)
        else:
            self.ended.append(command.job_id)

    def prove(self) -> None:
        """Answer what was asked."""
        tasks, self.tasks[:] = list(self.tasks), []
        for task in tasks:
            job = PROOF_OF_ALL if task.parameter is None else PROOF_OF_ONE
            for result in prove_in_parts(task):
                self.panel.take_job(JobAdvanced(1, job, result))
            self.panel.take_job(JobEnded(1, job))


@pytest.fixture
def prover(qtbot: QtBot) -> Prover:
    return Prover(qtbot, replace(squared_view(), selection=WEIGHT))


def test_nothing_is_asked_before_the_click(prover: Prover) -> None:
    assert not prover.tasks
    (empty,) = prover.panel.findChildren(EmptyState)
    assert empty.isVisible()
    assert empty.sentence.text() == UNPROVED
    assert not prover.panel.worst.isVisible()


def test_what_stands_there_before_offers_the_proof(prover: Prover) -> None:
    (empty,) = prover.panel.findChildren(EmptyState)
    QTest.mouseClick(empty.button, LEFT)
    assert [task.parameter for task in prover.tasks] == [WEIGHT, None]
    assert not empty.isVisible()
    prover.prove()
    assert prover.panel.worst.isVisible()


def test_one_click_proves_the_selected_weight_and_all_of_them(prover: Prover) -> None:
    QTest.mouseClick(prover.panel.button, LEFT)
    asked = [(task.parameter, task.precision) for task in prover.tasks]
    assert asked == [(Parameter(2, 3, 4), "float64"), (None, "float64")]
    prover.prove()
    panel = prover.panel
    whole = panel.state.whole
    assert whole is not None
    assert (whole.checked, whole.disagreeing) == (13_002, 0)
    close = f"{whole.checked - whole.blurred:,} of 13,002 derivatives agree to 10⁻⁶"
    assert panel.headline.text().startswith(close)
    assert "step 300" in panel.details.text()
    assert panel.worst.rowCount() == 10
    assert panel.histogram.counts()[0].sum() > 1000
    rows = [panel.one.text(row, 2) for row in (1, 2, 3)]
    assert panel.one.text(0, 2) == "float64"
    for text in rows:
        assert parse_number(text) == pytest.approx(parse_number(rows[0]), rel=1e-6)
    assert parse_number(panel.one.text(5, 1)) > parse_number(panel.one.text(5, 2))


def test_a_click_on_one_of_the_worst_selects_it_and_proves_it(prover: Prover) -> None:
    QTest.mouseClick(prover.panel.button, LEFT)
    prover.prove()
    panel = prover.panel
    chosen: list[Selection] = []
    panel.selection_made.connect(chosen.append)
    place = panel.worst.visualItemRect(panel.worst.item(2, 1)).center()
    QTest.mouseClick(panel.worst.viewport(), LEFT, pos=place)
    view = panel.view
    assert view is not None
    assert panel.state.whole is not None
    worst = panel.state.whole.worst[2].parameter
    selection = chosen[-1]
    assert (selection.layer, selection.unit, selection.source) == (
        worst.layer,
        worst.unit,
        worst.source,
    )
    panel.set_view(replace(view, selection=selection))
    assert [task.parameter for task in prover.tasks] == [worst]
    prover.prove()
    assert panel.one.isVisible()
    QTest.keyClick(panel.worst, Qt.Key.Key_Down)
    assert chosen[-1] != selection


def test_another_precision_is_proved_at_once(prover: Prover) -> None:
    QTest.mouseClick(prover.panel.button, LEFT)
    prover.prove()
    QTest.mouseClick(prover.panel.precisions.button(1), LEFT)
    assert [task.precision for task in prover.tasks] == ["float32"]
    prover.prove()
    assert "float32" in prover.panel.details.text()


def test_progress_is_shown_and_can_be_cancelled(prover: Prover) -> None:
    panel = prover.panel
    assert not panel.cancel.isVisible()
    QTest.mouseClick(panel.button, LEFT)
    panel.take_job(JobAdvanced(1, PROOF_OF_ALL, ProofProgress(4000, 13_002)))
    assert panel.progress.value() == 4000
    assert "4,000 of 13,002" in panel.headline.text()
    QTest.mouseClick(panel.cancel, LEFT)
    assert prover.ended == [PROOF_OF_ALL]
    assert not panel.cancel.isVisible()
    prover.prove()
    assert panel.state.whole is None


def test_what_the_runner_cannot_prove_is_said(prover: Prover) -> None:
    QTest.mouseClick(prover.panel.button, LEFT)
    prover.panel.take_job(JobEnded(1, PROOF_OF_ALL, "No room."))
    assert prover.panel.headline.text() == "No room."
    assert not prover.panel.progress.isVisible()


def test_without_a_selected_parameter_all_are_proved(qtbot: QtBot) -> None:
    prover = Prover(qtbot, replace(sample_view(), selection=Unit(1, 2)))
    QTest.mouseClick(prover.panel.button, LEFT)
    assert prover.panel.one_title.text() == NOT_SELECTED
    assert [task.parameter for task in prover.tasks] == [None]


def test_while_it_trains_the_selected_one_is_not_proved_again_and_again(
    prover: Prover,
) -> None:
    panel = prover.panel
    QTest.mouseClick(panel.button, LEFT)
    prover.prove()
    newer = replace(squared_view(), selection=WEIGHT)
    playing = replace(newer.snapshot, playing=True)
    panel.set_view(replace(newer, snapshot=playing))
    assert not prover.tasks
    panel.set_view(newer)
    assert [task.parameter for task in prover.tasks] == [Parameter(2, 3, 4)]


def test_a_task_says_what_is_shown() -> None:
    view = squared_view("softmax", "cross-entropy")
    task = task_of(view, "float32", None)
    assert task is not None
    assert (task.loss, task.label, task.step) == ("cross-entropy", 3, 300)
    assert task.params is view.params


def test_the_runner_proves_for_the_window(glass: GlassMaker) -> None:
    window = glass("xor")
    window.show_workspace("backprop")
    window.session.select(Parameter(1, 0, 1))
    window.window.docks["proof"].raise_()
    panel = window.window.panels["proof"]
    assert isinstance(panel, ProofPanel)
    window.wait_until(panel.isVisible)
    QTest.mouseClick(panel.button, LEFT)
    window.wait_until(lambda: panel.state.whole and panel.state.one)
    assert panel.state.progress is None
    assert " derivatives agree to 10⁻⁶" in panel.headline.text()
    assert panel.one.isVisible()
