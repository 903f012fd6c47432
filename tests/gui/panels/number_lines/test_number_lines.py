"""Number lines: dragged, typed, held and compared, against hand calculations."""

import math
from dataclasses import replace
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.network.numpy.backprop import backward_pass
from core.network.numpy.number_lines import as_float32
from core.values.parameter import Edit, Parameter, Unit
from gui.panels.number_lines.changes import Edited, Held, changes_of
from gui.panels.number_lines.number_lines_panel import (
    NO_LABEL,
    NOTHING_SELECTED,
    NumberLinesPanel,
)
from gui.panels.number_lines.parameter_probe import ground_of
from gui.panels.number_lines.sensitivity_box import comparison
from gui.session.document import commands
from gui.session.example_backward import backward_of
from gui.session.view_state import ShownExample, View, resolve
from gui.style.number_format import shortest
from gui.style.number_input import parse_number
from tests.gui.support.sample_views import preset_view, sample_view, squared_view
from tests.gui.support.whole_window import GlassMaker

LEFT = Qt.MouseButton.LeftButton
F32 = np.float32


class Desk:
    """A panel, and what left it."""

    def __init__(self, qtbot: QtBot, view: View | None) -> None:
        self.panel = NumberLinesPanel()
        qtbot.addWidget(self.panel)
        self.panel.resize(800, 700)
        self.panel.show()
        self.edits: list[Edit] = []
        self.holds: list[tuple[Unit, object]] = []
        self.panel.edits_made.connect(self._on_edits)
        self.panel.hold_requested.connect(self._on_hold)
        self.panel.set_view(view)
        qtbot.waitExposed(self.panel)

    def _on_edits(self, edits: tuple[Edit, ...]) -> None:
        self.edits += edits
        view = self.panel.view
        assert view is not None
        before = [replace(e, value=e.parameter.value_in(view.params)) for e in edits]
        view.run.interventions.note_originals(before, view.edited)

    def _on_hold(self, unit: Unit, value: object) -> None:
        self.holds.append((unit, value))

    @property
    def symbols(self) -> list[str]:
        return [line.symbol for line in self.panel.stack.lines]

    def value(self, symbol: str) -> float:
        return self.panel.stack.lines[self.symbols.index(symbol)].value

    def factor(self, symbol: str) -> float:
        text = self.panel.stack.lines[self.symbols.index(symbol)].factor
        return parse_number(text.partition(" = ")[2])

    def drag(self, symbol: str, pixels: int, *, clear_holds: bool = True) -> None:
        stack = self.panel.stack
        start = stack.marker(self.symbols.index(symbol)).toPoint()
        QTest.mousePress(stack, LEFT, pos=start)
        QTest.mouseMove(stack, start + QPoint(pixels, 0))
        if clear_holds:
            QTest.mouseRelease(stack, LEFT, pos=start + QPoint(pixels, 0))


def wheel(widget: QWidget, place: QPointF, clicks: int) -> None:
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * clicks),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


@pytest.fixture
def worked(qtbot: QtBot) -> Desk:
    selection = Parameter(1, 0, 0)
    return Desk(qtbot, preset_view("worked-example", selection))


@pytest.fixture
def chain(qtbot: QtBot) -> Desk:
    return Desk(qtbot, preset_view("chain", Parameter(1, 0, 0)))


def test_the_worked_example_stands_on_its_lines(worked: Desk) -> None:
    assert worked.symbols == ["w⁽¹⁾₀,₀", "z⁽¹⁾₀", "a⁽¹⁾₀", "C"]
    z = 0.35 * 0.50 + 0.40 * 0.51
    y = 1 / (1 + math.exp(-z))
    assert worked.value("w⁽¹⁾₀,₀") == pytest.approx(0.35, rel=1e-7)
    assert worked.value("z⁽¹⁾₀") == pytest.approx(z, rel=1e-6)
    assert worked.value("a⁽¹⁾₀") == pytest.approx(y, rel=1e-6)
    assert worked.value("C") == pytest.approx(0.5 * (y - 0.1) ** 2, rel=1e-6)
    assert worked.factor("z⁽¹⁾₀") == pytest.approx(0.50)
    assert worked.factor("a⁽¹⁾₀") == pytest.approx(y * (1 - y), rel=1e-3)
    assert worked.factor("C") == pytest.approx(y - 0.1, rel=1e-3)
    assert worked.panel.now is not None
    assert worked.panel.now.gradient == pytest.approx(
        0.5 * y * (1 - y) * (y - 0.1), rel=1e-6
    )


def test_every_factor_of_the_chain_is_shown_and_they_multiply_out(chain: Desk) -> None:
    assert chain.symbols == [
        *("w⁽¹⁾₀,₀", "z⁽¹⁾₀", "a⁽¹⁾₀"),
        *("w⁽²⁾₀,₀", "b⁽²⁾₀", "z⁽²⁾₀", "a⁽²⁾₀"),
        *("w⁽³⁾₀,₀", "b⁽³⁾₀", "z⁽³⁾₀", "a⁽³⁾₀", "C"),
    ]
    names = ("z⁽¹⁾₀", "a⁽¹⁾₀", "w⁽²⁾₀,₀", "a⁽²⁾₀", "w⁽³⁾₀,₀", "a⁽³⁾₀", "C")
    product = math.prod(chain.factor(name) for name in names)
    view = chain.panel.view
    assert view is not None
    backward = backward_of(view)
    assert backward is not None
    assert product == pytest.approx(backward.gradient_of(1, 0, 0), rel=2e-3)


def test_the_lines_agree_with_the_backward_pass_for_digits(qtbot: QtBot) -> None:
    selection = Parameter(2, 3, 4)
    desk = Desk(qtbot, replace(squared_view(), selection=selection))
    view = desk.panel.view
    assert view is not None
    backward = backward_of(view)
    assert backward is not None
    assert desk.symbols == ["w⁽²⁾₃,₄", "z⁽²⁾₃", "a⁽²⁾₃", "output", "C"]
    assert desk.value("z⁽²⁾₃") == pytest.approx(
        float(backward.pre_activations[1][3]), rel=1e-5
    )
    assert desk.value("C") == pytest.approx(backward.cost, rel=1e-5)
    assert desk.panel.now is not None
    assert desk.panel.now.gradient == pytest.approx(
        backward.gradient_of(2, 3, 4), rel=1e-4
    )
    assert desk.factor("C") == pytest.approx(
        float(backward.activation_gradients[1][3]), rel=1e-3
    )


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_the_curve_is_the_cost_of_the_whole_network(layer: int) -> None:
    view = squared_view("softmax", "cross-entropy")
    where = Parameter(layer, 3, 5 if layer > 1 else 300)
    ground = ground_of(view, where)
    values = np.array([-1.5, 0.2, 2.0])
    for value, cost in zip(values, ground.costs(values), strict=True):
        params = [[w.astype(np.float64), b.astype(np.float64)] for w, b in view.params]
        params[layer - 1][0][where.unit, cast("int", where.source)] = value
        whole = backward_pass(
            view.spec,
            "cross-entropy",
            tuple((w, b) for w, b in params),
            view.example.inputs,
            cast("np.ndarray", view.target),
        )
        assert cost == pytest.approx(whole.cost, rel=1e-5)
        assert ground.reading(value).cost == pytest.approx(whole.cost, rel=1e-5)


def test_dragging_w_moves_z_a_and_c_at_once_and_edits_the_run(worked: Desk) -> None:
    worked.drag("w⁽¹⁾₀,₀", 60, clear_holds=False)
    w = worked.value("w⁽¹⁾₀,₀")
    assert w > 0.5
    z = w * 0.50 + 0.40 * 0.51
    y = 1 / (1 + math.exp(-z))
    assert worked.value("z⁽¹⁾₀") == pytest.approx(z, rel=1e-6)
    assert worked.value("C") == pytest.approx(0.5 * (y - 0.1) ** 2, rel=1e-6)
    line = worked.panel.stack.lines[0]
    assert line.start == pytest.approx(0.35)
    stack = worked.panel.stack
    QTest.mouseRelease(stack, LEFT, pos=stack.marker(0).toPoint())
    assert worked.edits[-1].parameter == Parameter(1, 0, 0)
    assert worked.edits[-1].value == pytest.approx(w, abs=0.02)


def test_a_hand_that_rests_has_sent_its_last_value(qtbot: QtBot, worked: Desk) -> None:
    worked.drag("w⁽¹⁾₀,₀", 20, clear_holds=False)
    stack = worked.panel.stack
    for pixels in (3, 6, 9):
        QTest.mouseMove(stack, stack.marker(0).toPoint() + QPoint(pixels, 0))
    shown = worked.value("w⁽¹⁾₀,₀")
    qtbot.waitUntil(lambda: worked.edits[-1].value == as_float32(shown))
    assert len(worked.edits) < 4


def test_a_dragged_weight_of_the_chain_further_on_is_edited_too(chain: Desk) -> None:
    chain.drag("w⁽³⁾₀,₀", -50)
    assert chain.edits[-1].parameter == Parameter(3, 0, 0)
    assert chain.edits[-1].value < 1.0
    chain.drag("b⁽²⁾₀", 30)
    assert chain.edits[-1].parameter == Parameter(2, 0)


def test_a_dragged_activation_is_held_and_a_double_click_lets_go(chain: Desk) -> None:
    chain.drag("a⁽²⁾₀", 20)
    unit, value = chain.holds[-1]
    assert unit == Unit(2, 0)
    view = chain.panel.view
    assert view is not None
    held = {Unit(2, 0): cast("float", value)}
    now = resolve(
        view.run, view.snapshot, view.example, selection=view.selection, held=held
    )
    chain.panel.set_view(now)
    line = chain.panel.stack.lines[chain.symbols.index("a⁽²⁾₀")]
    assert line.is_held
    assert line.value == pytest.approx(cast("float", value), rel=1e-6)
    assert chain.panel.now is not None
    assert chain.panel.now.gradient == 0
    row = chain.symbols.index("a⁽²⁾₀")
    place = chain.panel.stack.marker(row).toPoint()
    QTest.mouseDClick(chain.panel.stack, LEFT, pos=place)
    assert chain.holds[-1] == (Unit(2, 0), None)


def test_the_curve_can_be_dragged_and_its_range_changed(worked: Desk) -> None:
    curve = worked.panel.curve
    assert worked.panel.now is not None
    start = curve.place(worked.panel.now.value, worked.panel.now.cost)
    QTest.mousePress(curve, LEFT, pos=start.toPoint())
    QTest.mouseMove(curve, start.toPoint() + QPoint(30, 0))
    QTest.mouseRelease(curve, LEFT, pos=start.toPoint() + QPoint(30, 0))
    assert worked.edits[-1].value > 0.4
    wide = worked.panel.stack.lines[0]
    wheel(curve, start, 1)
    narrow = worked.panel.stack.lines[0]
    assert narrow.high - narrow.low == pytest.approx((wide.high - wide.low) / 2)
    QTest.mouseClick(worked.panel.bar.wider, LEFT)
    again = worked.panel.stack.lines[0]
    assert again.high - again.low == pytest.approx(wide.high - wide.low)


def test_a_typed_value_is_exact(worked: Desk) -> None:
    field = worked.panel.bar.field
    assert field.text() == "0.35"
    field.selectAll()
    QTest.keyClicks(field, "-1.25e-3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert worked.edits == [Edit(Parameter(1, 0, 0), as_float32(-1.25e-3))]
    assert worked.value("w⁽¹⁾₀,₀") == as_float32(-1.25e-3)


def test_nonsense_is_not_sent(worked: Desk) -> None:
    field = worked.panel.bar.field
    field.selectAll()
    QTest.keyClicks(field, "much")
    assert field.text() == "much"
    QTest.keyClick(field, Qt.Key.Key_Return)
    field.selectAll()
    QTest.keyClicks(field, "1e-+")
    QTest.keyClick(field, Qt.Key.Key_Return)
    field.selectAll()
    QTest.keyClicks(field, "1e99")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not worked.edits


def test_keys_and_wheel_take_small_steps(worked: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(worked.panel.bar.field, Qt.Key.Key_Up)
    assert worked.edits[-1].value == pytest.approx(0.36, rel=1e-6)
    QTest.keyClick(worked.panel.stack, Qt.Key.Key_Left)
    assert worked.edits[-1].value == pytest.approx(0.35, rel=1e-6)
    n_edits = len(worked.edits)
    wheel(worked.panel.stack, worked.panel.stack.marker(0), -2)
    assert len(worked.edits) == n_edits, "it has not the focus"
    worked.panel.activateWindow()
    qtbot.waitActive(worked.panel)
    worked.panel.stack.setFocus()
    wheel(worked.panel.stack, worked.panel.stack.marker(0), -2)
    assert worked.edits[-1].value == pytest.approx(0.33, rel=1e-6)


def test_a_float32_is_written_so_that_it_reads_back() -> None:
    for value in (0.1, 1 / 3, -2.5e-9, 0.0, 123456.7, 1e20):
        assert as_float32(parse_number(shortest(value))) == as_float32(value)


def test_a_unit_is_held_ablated_and_let_go(qtbot: QtBot) -> None:
    desk = Desk(qtbot, sample_view(selection=Unit(1, 2)))
    asked: list[tuple[Unit, bool]] = []
    desk.panel.ablation_requested.connect(lambda *what: asked.append(what))
    QTest.mouseClick(desk.panel.bar.ablate, LEFT)
    assert asked == [(Unit(1, 2), True)]
    QTest.mouseClick(desk.panel.bar.zero, LEFT)
    assert desk.holds == [(Unit(1, 2), 0.0)]
    assert not desk.panel.bar.freeze.isVisible()


def test_an_input_can_be_held_too(qtbot: QtBot) -> None:
    desk = Desk(qtbot, sample_view(selection=Unit(0, 300)))
    QTest.mouseClick(desk.panel.bar.zero, LEFT)
    assert desk.holds == [(Unit(0, 300), 0.0)]
    assert not desk.symbols


def test_freezing_asks_for_all_that_is_frozen(worked: Desk) -> None:
    asked: list[frozenset[Parameter]] = []
    worked.panel.freeze_requested.connect(asked.append)
    view = worked.panel.view
    assert view is not None
    other = frozenset({Parameter(1, 0, 1)})
    worked.panel.set_view(replace(view, snapshot=replace(view.snapshot, frozen=other)))
    QTest.mouseClick(worked.panel.bar.freeze, LEFT)
    assert asked == [other | {Parameter(1, 0, 0)}]


def test_each_change_is_listed_with_a_way_back(worked: Desk) -> None:
    field = worked.panel.bar.field
    field.selectAll()
    QTest.keyClicks(field, "2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    view = worked.panel.view
    assert view is not None
    where = Parameter(1, 0, 0)
    weights = view.params[0][0].copy()
    weights[0, 0] = 2
    snapshot = replace(
        view.snapshot, params=((weights, view.params[0][1]),), edited={where: 0}
    )
    worked.panel.set_view(replace(view, snapshot=snapshot))
    (button,) = [b for b in worked.panel.changes.buttons if b.isVisible()]
    assert "= 2.00" in button.text()
    QTest.mouseClick(button, LEFT)
    assert worked.edits[-1] == Edit(where, as_float32(0.35))
    worked.panel.set_view(replace(view, snapshot=replace(snapshot, params=view.params)))
    assert not worked.panel.changes.isVisible()


def test_held_and_edited_come_in_one_list() -> None:
    view = preset_view("chain", None)
    snapshot = replace(view.snapshot, edited={Parameter(1, 0): 0})
    held = {Unit(1, 0): 0.5}
    view = resolve(view.run, snapshot, view.example, held=held)
    found = changes_of(view)
    assert found == (Held(Unit(1, 0), 0.5), Edited(Parameter(1, 0), None))


def test_two_weights_are_compared_under_the_same_wiggle(worked: Desk) -> None:
    QTest.mouseClick(worked.panel.bar.pin, LEFT)
    box = worked.panel.sensitivity
    view = worked.panel.view
    assert view is not None
    assert "Select another" in box.comparison_label.text()
    worked.panel.set_view(replace(view, selection=Parameter(1, 0, 1)))
    assert box.comparison_label.text() == (
        "This one is 1.02 times as sensitive as the pinned one."
    )
    box.field.selectAll()
    QTest.keyClicks(box.field, "0.5")
    QTest.keyClick(box.field, Qt.Key.Key_Return)

    def cost(w1: float, w2: float) -> float:
        y = 1 / (1 + math.exp(-(0.50 * w1 + 0.51 * w2)))
        return 0.5 * (y - 0.1) ** 2

    true = [cost(0.35, 0.90) - cost(0.35, 0.40), cost(0.85, 0.40) - cost(0.35, 0.40)]
    for column in (0, 1):
        slope = parse_number(box.text(0, column).lstrip("+"))
        predicted = parse_number(box.text(1, column).lstrip("+"))
        assert predicted == pytest.approx(slope * 0.5, rel=1e-3)
        found = parse_number(box.text(2, column).lstrip("+"))
        assert found == pytest.approx(true[column], rel=1e-3)
    QTest.mouseClick(box.unpin, LEFT)
    assert not box.isVisible()


def test_thirty_two_times_as_sensitive_is_said_so() -> None:
    assert comparison(3.2, -0.1) == (
        "This one is 32 times as sensitive as the pinned one."
    )
    assert comparison(0.1, 3.2).startswith("The pinned one is 32 times")
    assert comparison(0, 0).startswith("Neither parameter")


def what_is_dragged(chain: Desk, part: str) -> tuple[QWidget, QPoint]:
    """A part of the panel, and where the mouse takes hold of it."""
    dragged: QWidget = getattr(chain.panel, part)
    if part == "stack":
        place = chain.panel.stack.marker(chain.symbols.index("w⁽³⁾₀,₀")).toPoint()
        return dragged, place
    return dragged, dragged.rect().center()


@pytest.mark.parametrize("part", ["stack", "curve"])
def test_what_is_dragged_when_another_run_begins_is_let_go(
    chain: Desk, part: str
) -> None:
    panel = chain.panel
    panel.set_view(preset_view("chain", Parameter(3, 0, 0)))
    dragged, place = what_is_dragged(chain, part)
    QTest.mousePress(dragged, LEFT, pos=place)
    QTest.mouseMove(dragged, place + QPoint(20, 0))
    assert chain.edits
    shorter = preset_view("worked-example", None)
    other = replace(shorter.run, run_id=shorter.run.run_id + 1)
    panel.set_view(replace(shorter, run=other))
    chain.edits.clear()
    QTest.mouseMove(dragged, place + QPoint(30, 0))
    QTest.mouseRelease(dragged, LEFT, pos=place + QPoint(30, 0))
    assert chain.edits == []


@pytest.mark.parametrize("part", ["stack", "curve"])
def test_a_panel_that_is_held_back_changes_nothing_in_the_run_after_its_own(
    chain: Desk, part: str
) -> None:
    panel = chain.panel
    panel.set_view(preset_view("chain", Parameter(3, 0, 0)))
    dragged, place = what_is_dragged(chain, part)
    shorter = preset_view("worked-example", Parameter(1, 0, 0))
    other = replace(shorter.run, run_id=shorter.run.run_id + 1)
    panel.suspend_drawing()
    panel.set_view(replace(shorter, run=other))
    chain.edits.clear()
    QTest.mousePress(dragged, LEFT, pos=place)
    QTest.mouseMove(dragged, place + QPoint(30, 0))
    QTest.mouseRelease(dragged, LEFT, pos=place + QPoint(30, 0))
    assert chain.edits == []


def test_it_says_what_is_missing(qtbot: QtBot) -> None:
    desk = Desk(qtbot, sample_view())
    assert desk.panel._stack.reason == NOTHING_SELECTED
    view = sample_view(selection=Unit(1, 2))
    drawing = ShownExample(view.example.inputs, None, "drawing")
    desk.panel.set_view(
        resolve(view.run, view.snapshot, drawing, selection=view.selection)
    )
    assert desk.panel._stack.reason == NO_LABEL


def test_what_is_typed_reaches_the_run_and_undo_takes_it_back(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine more than a second passes between the two keys.
    monkeypatch.setattr(commands, "SAME_EDIT_SECONDS", 60.0)
    window = glass("chain")
    window.show_workspace("backprop")
    window.session.select(Parameter(2, 0, 0))
    window.window.docks["number_lines"].raise_()
    panel = window.window.panels["number_lines"]
    assert isinstance(panel, NumberLinesPanel)
    window.wait_until(panel.isVisible)
    field = panel.bar.field
    field.selectAll()
    QTest.keyClicks(field, "3.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    window.wait_until(lambda: window.view.params[1][0][0, 0] == 3.5)
    assert panel.stack.lines[0].value == 3.5
    assert panel.changes.isVisible()
    window.focus(panel.stack)
    window.press(Qt.Key.Key_Right)
    window.wait_until(lambda: window.view.params[1][0][0, 0] > 3.5)
    assert window.step == 0
    window.session.document.undo_stack.undo()
    window.wait_until(lambda: window.view.params[1][0][0, 0] == -2)
    assert not panel.changes.isVisible()


def test_empty_ground_gives_the_keys_back_that_a_number_line_has_taken(
    glass: GlassMaker,
) -> None:
    window = glass("chain")
    window.show_workspace("backprop")
    window.session.select(Parameter(2, 0, 0))
    window.window.docks["number_lines"].raise_()
    stack = window.window.panels["number_lines"].stack
    window.wait_until(lambda: stack.isVisible() and stack.lines)
    window.focus(stack)
    empty = QPoint(2, int(stack.marker(0).y()))
    QTest.mouseClick(stack, LEFT, pos=empty)
    assert QApplication.focusWidget() is window.window
    weights = window.view.params[1][0].copy()
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    assert not np.array_equal(window.view.params[1][0], weights)
