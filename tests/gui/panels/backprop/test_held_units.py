"""A held activation stands nowhere as what its function makes of z."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter, Unit
from gui.panels.backprop.backprop_panel import BackpropPanel
from gui.panels.backprop.formula_panel import FormulaPanel
from gui.panels.backprop.stages import Stage, stages_of
from gui.panels.network_picture.readout import readout_of
from gui.panels.number_lines.line_stack import LineStack
from gui.panels.number_lines.number_lines_panel import NumberLinesPanel
from gui.session.selection import Selection
from gui.session.view_state import View, resolve
from tests.gui.support.sample_views import sample_view


def held_view(*, of_parameter: bool = False) -> tuple[View, Unit]:
    """A view whose unit with the largest z in layer 2 is held at 0."""
    free = sample_view()
    z = free.trace.pre_activations[1]
    unit = Unit(2, int(np.argmax(z)))
    assert z[unit.unit] > 0.1
    selection: Selection = unit
    if of_parameter:
        selection = Parameter(2, unit.unit, 0)
    held = {unit: 0.0}
    return (
        resolve(free.run, free.snapshot, free.example, None, selection, held),
        unit,
    )


def test_the_readout_says_held_and_not_the_function() -> None:
    view, unit = held_view()
    said = readout_of(view, unit)
    assert any("= 0.0000 (held, not relu(" in line for line in said.lines)
    assert not any(") = 0.0000" in line for line in said.lines)
    assert said.numbers[0].endswith("a 0.0000 (held)")


def test_the_formula_says_held_and_not_the_function(qtbot: QtBot) -> None:
    panel = FormulaPanel()
    qtbot.addWidget(panel)
    panel.show()
    view, _unit = held_view()
    panel.set_view(view)
    text = panel.browser.toPlainText()
    assert "held" in text
    assert "relu(" not in text.partition("backward")[0]


@pytest.mark.parametrize("stage", [Stage("layer", 2), Stage("delta", 2)])
def test_the_tables_of_the_way_name_it_held(qtbot: QtBot, stage: Stage) -> None:
    panel = BackpropPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 800)
    panel.show()
    view, unit = held_view()
    panel.set_view(view)
    panel.stepper.go_to(stages_of(view.spec).index(stage))
    sheet = panel.page.units.sheet
    assert sheet is not None
    said = [sheet.name(row) for row in range(sheet.count)]
    assert [row for row, name in enumerate(said) if "(held)" in name] == [unit.unit]


def test_the_number_line_says_that_it_is_not_the_function(qtbot: QtBot) -> None:
    panel = NumberLinesPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 600)
    panel.show()
    view, unit = held_view(of_parameter=True)
    panel.set_view(view)
    (stack,) = panel.findChildren(LineStack)[:1]
    (line,) = [line for line in stack.lines if line.unit == unit]
    assert line.name.startswith("activation, not relu(")
