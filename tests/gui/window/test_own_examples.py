"""Own examples and given weights in the whole window, with the real runner."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit

from core.experiment.presets import load_preset
from core.values.parameter import Parameter, Unit
from gui.panels.network_picture.readout import readout_lines
from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import GlassMaker

ENTER = Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_worked_example_is_stepped_by_hand_in_every_workspace(
    glass: GlassMaker,
) -> None:
    window = glass("worked-example")
    window.session.select(Parameter(1, 0, 0))

    def line(index: int) -> str:
        return readout_lines(window.view, Unit(1, 0))[index]

    window.wait_until(lambda: line(2).endswith("0.3790"))
    window.window.actions_by_key["step_batch"].trigger()
    window.rest_at(1)
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        assert window.says == ""
    window.wait_until(lambda: line(3).endswith("= 0.5789"))
    window.window.actions_by_key["reset"].trigger()
    window.wait_until(lambda: window.step == 0)
    # The same given weights, whatever the seed.
    window.wait_until(lambda: line(2).endswith("0.3790"))


def test_presets_of_all_kinds_follow_each_other_while_it_plays(
    glass: GlassMaker,
) -> None:
    window = glass("xor", play=True)
    for name in ("worked-example", "digits", "chain", "xor", "worked-example"):
        before = window.run_id
        preset = load_preset(name)
        window.session.document.choose_preset(name, preset.experiment)
        window.wait_for_run(after=before)
        window.wait_until(lambda: window.step > 0)
        assert window.says in ("", f"{preset.lead.title}: {preset.title}")
        target = window.view.target
        assert target is not None
        assert len(target) == window.view.spec.n_outputs


def test_own_examples_are_chosen_written_and_learnt(glass: GlassMaker) -> None:
    window = glass("xor")
    panel = window.panel("experiment")
    box = panel.findChild(QComboBox, "data.name")
    lines = panel.findChild(QPlainTextEdit, "inline lines")
    before = window.run_id
    box.setCurrentIndex(box.findData("inline"))
    box.activated.emit(box.currentIndex())
    window.wait_for_run(after=before)
    assert window.view.run.dataset.class_names == ("no", "yes")
    assert lines.toPlainText().splitlines()[1].endswith("class yes")
    before = window.run_id
    window.focus(lines)
    lines.selectAll()
    for k, line in enumerate(
        ("-2, 0 -> class a", "0, 3 -> class b", "2, 0 -> class a")
    ):
        if k:
            QTest.keyClick(lines, ENTER)
        QTest.keyClicks(lines, line)
    QTest.keyClick(lines, ENTER, CONTROL)
    window.wait_for_run(after=before)
    train = window.view.run.dataset.train
    np.testing.assert_array_equal(train.inputs, [[-2, 0], [0, 3], [2, 0]])
    assert window.view.run.dataset.class_names == ("a", "b")
    assert window.view.spec.n_outputs == 2
    QApplication.processEvents()
    assert window.says == ""
