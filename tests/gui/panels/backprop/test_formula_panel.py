"""The formula of the selected thing: its numbers multiply out and are proved."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.values.parameter import Parameter, Unit
from gui.panels.backprop.formula_page import (
    Colours,
    Following,
    Formula,
    FormulaLine,
    Heading,
    Table,
    to_html,
)
from gui.panels.backprop.formula_panel import HELD, NOTHING_SELECTED, FormulaPanel
from gui.panels.backprop.formula_texts import _difference, chain_rule, page_of
from gui.panels.backprop.forward_backward import ForwardBackward, chosen_units
from gui.session.example_backward import backward_of
from gui.session.selection import Selection
from gui.session.view_state import ShownExample, View, resolve
from gui.style import theme
from gui.style.number_format import MINUS
from gui.style.number_input import parse_number
from tests.gui.support.sample_views import sample_view, squared_view

WEIGHT = Parameter(2, 3, 4)


def shown(qtbot: QtBot, view: View | None) -> FormulaPanel:
    panel = FormulaPanel()
    qtbot.addWidget(panel)
    panel.resize(560, 600)
    panel.show()
    panel.set_view(view)
    return panel


def with_selection(view: View, selection: Selection) -> View:
    return replace(view, selection=selection)


def tables(panel: FormulaPanel) -> list[Table]:
    return [block for block in panel.page if isinstance(block, Table)]


@pytest.mark.parametrize(
    "view",
    [
        sample_view(),
        squared_view(),
        squared_view("softmax"),
        squared_view("tanh"),
        squared_view("sigmoid", "cross-entropy"),
    ],
)
@pytest.mark.parametrize(
    "selection",
    [
        Parameter(1, 6, 15 * 28 + 8),
        WEIGHT,
        Parameter(3, 3, 4),
        Parameter(1, 6),
        Parameter(3, 3),
    ],
)
def test_the_printed_factors_give_the_printed_gradient(
    view: View, selection: Selection
) -> None:
    backward = backward_of(view)
    assert backward is not None
    passes = ForwardBackward(view, backward, chosen_units(view, backward, {}))
    result, *factors = [
        p for p in chain_rule(passes, backward, selection).parts if p.number
    ]
    by_hand = math.prod(parse_number(part.number) for part in factors)
    assert by_hand == pytest.approx(parse_number(result.number), rel=6e-4, abs=1e-30)
    wanted = backward.gradient_of(selection.layer, selection.unit, selection.source)
    assert parse_number(result.number) == pytest.approx(wanted, rel=6e-4, abs=1e-30)


def test_the_ways_on_add_up(qtbot: QtBot) -> None:
    panel = shown(qtbot, with_selection(squared_view(), WEIGHT))
    rows = tables(panel)[0].rows
    *passes, total = [float(row[-1].replace(MINUS, "-")) for row in rows]
    assert len(passes) >= 5
    assert sum(passes) == pytest.approx(total, abs=1e-9)


def test_a_unit_shows_its_sum_and_its_activation(qtbot: QtBot) -> None:
    panel = shown(qtbot, with_selection(squared_view(), Unit(1, 2)))
    table = tables(panel)[0]
    *terms, z = [float(row[-1].replace(MINUS, "-")) for row in table.rows]
    assert sum(terms) == pytest.approx(z, abs=1e-9)
    text = panel.browser.toPlainText()
    assert "the other 780" in text
    assert "sigmoid(" in text


def test_what_follows_is_printed_as_a_product_that_comes_out(qtbot: QtBot) -> None:
    view = sample_view(selection=Parameter(3, 3, 4))
    panel = shown(qtbot, view)
    (row,) = [block for block in panel.page if isinstance(block, Following)]
    parts = dict(row.parts)
    backward = backward_of(view)
    assert backward is not None
    nudge = -backward.gradient_of(3, 3, 4)
    assert nudge != 0
    assert parse_number(parts["this example's request"]) == pytest.approx(
        nudge, rel=1e-3
    )
    assert parts["so:"] == ("raise it" if nudge > 0 else "lower it")
    (name,) = [name for name in parts if name.startswith("learning rate")]
    by_hand = parse_number(name.split()[2]) * parse_number(
        parts["this example's request"]
    )
    assert parse_number(parts[name]) == pytest.approx(by_hand, rel=6e-4)


def following(panel: FormulaPanel) -> list[tuple[str, str]]:
    (row,) = [block for block in panel.page if isinstance(block, Following)]
    return list(row.parts)


def test_what_follows_has_the_learning_rate_of_the_step_to_come(qtbot: QtBot) -> None:
    view = sample_view(selection=Parameter(3, 3, 4))
    snapshot = replace(view.snapshot, learning_rate=0.25, next_learning_rate=0.1)
    panel = shown(qtbot, replace(view, snapshot=snapshot))
    assert following(panel)[-1][0] == "learning rate 0.1000 times request"


def test_the_change_of_another_optimiser_is_no_product(qtbot: QtBot) -> None:
    view = sample_view(selection=Parameter(3, 3, 4))
    adam = view.run.experiment.with_values({"training.optimizer": "adam"})
    panel = shown(qtbot, replace(view, run=replace(view.run, experiment=adam)))
    assert following(panel)[-1] == ("its change:", "by the rule of Adam, see Step")
    assert "times request" not in panel.browser.toPlainText()


def test_the_numbers_of_the_answer_are_large_and_in_the_colours_of_their_signs(
    qtbot: QtBot,
) -> None:
    panel = shown(qtbot, sample_view(selection=WEIGHT))
    answer = next(b for b in panel.page if isinstance(b, Formula) and b.is_answer)
    tones = {1: "positive_text", -1: "negative_text"}
    for part in answer.parts:
        if not part.number or parse_number(part.number) == 0:
            continue
        cursor = panel.browser.document().find(part.number)
        assert not cursor.isNull()
        form = cursor.charFormat()
        assert form.fontPointSize() >= 1.6 * panel.browser.font().pointSizeF()
        sign = 1 if parse_number(part.number) > 0 else -1
        wanted = theme.colours_of(panel).named(tones[sign])
        assert theme.rgb_of(form.foreground().color()) == wanted


def test_the_proof_stands_below(qtbot: QtBot) -> None:
    panel = shown(qtbot, with_selection(squared_view(), WEIGHT))
    proof = dict(tables(panel)[-1].rows)
    error = next(text for name, text in proof.items() if "relative error" in name)
    assert parse_number(error) < 1e-5
    assert any("central difference" in name for name in proof)


def test_the_nudge_of_the_batch_is_there_when_the_snapshot_has_it(
    qtbot: QtBot,
) -> None:
    view = sample_view(selection=WEIGHT)
    panel = shown(qtbot, view)
    assert len(tables(panel)[1].rows) == 2
    batch = parse_number(tables(panel)[1].rows[1][1])
    assert view.nudges is not None
    assert batch == pytest.approx(float(view.nudges[1][0][3, 4]), rel=1e-3)
    without = replace(view, snapshot=replace(view.snapshot, gradient=None))
    panel.set_view(without)
    assert len(tables(panel)[1].rows) == 1


def test_it_asks_for_the_gradient(qtbot: QtBot) -> None:
    assert shown(qtbot, None).needs() == {"gradient"}


def test_selected_text_holds_the_numbers_and_says_so(qtbot: QtBot) -> None:
    panel = shown(qtbot, sample_view(selection=WEIGHT))
    before = panel.page
    panel.browser.selectAll()
    panel.set_view(replace(sample_view(selection=WEIGHT, seed=8)))
    panel.browser.selectAll()
    newer = sample_view(selection=WEIGHT, seed=9)
    panel.set_view(replace(newer, example=panel.view.example))  # type: ignore[union-attr]
    assert panel.held_label.text() == HELD
    held = panel.page
    assert held != before
    cursor = panel.browser.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    panel.browser.setTextCursor(cursor)
    assert panel.held_label.text() == ""
    assert panel.page != held


def test_all_of_it_can_be_copied(qtbot: QtBot) -> None:
    panel = shown(qtbot, sample_view(selection=WEIGHT))
    QTest.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert "∂C/∂w⁽²⁾₃,₄ = ∂z⁽²⁾₃/∂w⁽²⁾₃,₄ · ∂a⁽²⁾₃/∂z⁽²⁾₃ · ∂C/∂a⁽²⁾₃" in text
    assert "central difference" in text


def test_it_says_what_to_select(qtbot: QtBot) -> None:
    panel = shown(qtbot, sample_view())
    assert panel._stack.reason == NOTHING_SELECTED


def test_a_drawing_without_a_class_has_no_way_back(qtbot: QtBot) -> None:
    view = sample_view()
    drawing = ShownExample(view.example.inputs, None, "drawing")
    panel = shown(qtbot, resolve(view.run, view.snapshot, drawing, selection=WEIGHT))
    assert not [block for block in panel.page if isinstance(block, Formula)]
    assert isinstance(panel.page[-1], FormulaLine)


def test_an_input_has_only_its_value(qtbot: QtBot) -> None:
    panel = shown(qtbot, sample_view(selection=Unit(0, 300)))
    assert panel.page[0] == Heading("pixel (10, 20)")
    assert len(panel.page) == 3


@pytest.mark.parametrize("z", [16.0, 17.0, 18.0, 20.0])
def test_a_saturated_output_minus_its_target_is_printed_so_that_it_comes_out(
    z: float,
) -> None:
    lacking = 1 / (1 + math.exp(z))
    part = _difference(Unit(1, 0), float(np.float32(1 - lacking)), 1.0, -lacking)
    first, _, target = part.number.split(" ")
    assert float(first) - float(target) == pytest.approx(-lacking, rel=1e-3)


def test_an_index_is_written_low_and_signs_keep_away_from_numbers() -> None:
    view = with_selection(sample_view(), WEIGHT)
    backward = backward_of(view)
    passes = ForwardBackward(view, backward, chosen_units(view, backward, {}))
    colours: Colours = {
        "ink": "#010101",
        "faint": "#020202",
        "positive": "#030303",
        "negative": "#040404",
        "chrome": "#050505",
    }
    html = to_html(page_of(passes, WEIGHT, None), colours, 10.0)
    assert "<sub>3,4</sub></span> =&nbsp;" in html
    signs = re.findall(r"<td ([^>]*)>([=·])</td>", html)
    larger = [style for style, _ in signs if "font-weight:600" in style]
    assert len(larger) >= 2
    assert all("padding-left:12px;padding-right:12px" in style for style in larger)
