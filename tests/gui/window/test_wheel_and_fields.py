"""What fields do with the wheel, Enter, Esc and keys they have no use for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from core.values.parameter import Parameter
from gui.panels.number_lines.line_stack import LineStack
from gui.widgets.focus.fields import is_number_field
from gui.window.panel_table import PANELS
from tests.gui.support.whole_window import Glass, GlassMaker

CONTROL = Qt.KeyboardModifier.ControlModifier


def fields(window: QWidget) -> Iterator[QWidget]:
    kinds = (QAbstractSpinBox, QComboBox, QAbstractSlider, QLineEdit, LineStack)
    for widget in window.findChildren(QWidget):
        if isinstance(widget, kinds) and not isinstance(widget, QScrollBar):
            yield widget


def turn(widget: QWidget, notches: int = 1) -> None:
    """The wheel over a widget."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def value_of(widget: QWidget) -> object:
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    if isinstance(widget, QAbstractSlider):
        return widget.value()
    if isinstance(widget, QAbstractSpinBox | QLineEdit):
        return widget.text()
    return None


def test_no_field_of_any_panel_is_turned_by_the_wheel_without_the_focus(
    glass: GlassMaker,
) -> None:
    window = glass("digits")
    for entry in PANELS:
        window.panel(entry.key)
    QApplication.processEvents()
    found = list(fields(window.window))
    assert len(found) > 60
    window.window.setFocus()
    edits: list[object] = []
    window.panel("number_lines").edits_made.connect(edits.append)
    for field in found:
        before = value_of(field)
        for notches in (1, -1):
            turn(field, notches)
            assert value_of(field) == before, field.accessibleName()
            assert not field.hasFocus()
        assert field.focusPolicy() != Qt.FocusPolicy.WheelFocus
    assert edits == []


def test_the_wheel_over_a_weight_moves_it_only_with_the_focus(
    glass: GlassMaker,
) -> None:
    window = glass("worked-example")
    panel = window.panel("number_lines")
    window.window.docks["number_lines"].show()
    window.session.select(Parameter(1, 0, 0))
    window.wait_until(lambda: panel.bar.field.isVisible())
    before = window.view.params[0][0].copy()
    stepped: list[float] = []
    panel.bar.field.stepped.connect(stepped.append)
    turn(panel.bar.field)
    assert stepped == []
    window.focus(panel.bar.field)
    turn(panel.bar.field)
    window.wait_until(lambda: (window.view.params[0][0] != before).any())


@pytest.fixture
def typing(glass: GlassMaker) -> Glass:
    """A window in which the learning rate is about to be typed."""
    window = glass()
    window.focus(rate(window))
    return window


def rate(window: Glass) -> QAbstractSpinBox:
    field = window.panel("experiment").findChild(QWidget, "training.learning_rate")
    assert isinstance(field, QAbstractSpinBox)
    assert is_number_field(field)
    return field


def test_after_a_number_and_enter_the_keys_steer_the_training(typing: Glass) -> None:
    typing.press(Qt.Key.Key_A, CONTROL)
    typing.type("0.25")
    typing.press(Qt.Key.Key_Return)
    assert not rate(typing).hasFocus()
    typing.wait_until(lambda: typing.view.run.experiment.training.learning_rate == 0.25)
    typing.press(Qt.Key.Key_R)
    typing.wait_for_run(after=typing.run_id)
    typing.press(Qt.Key.Key_Space)
    assert typing.session.playing


def test_escape_brings_the_value_back_and_leaves(typing: Glass) -> None:
    before = rate(typing).text()
    typing.press(Qt.Key.Key_A, CONTROL)
    typing.type("77")
    assert rate(typing).text() == "77"
    typing.press(Qt.Key.Key_Escape)
    assert rate(typing).text() == before
    assert not rate(typing).hasFocus()
    assert typing.run_id == 1


@pytest.mark.parametrize("refused", ["1e30", "5%"])
def test_escape_takes_a_refused_value_back_to_that_in_force(
    typing: Glass, refused: str
) -> None:
    before = rate(typing).text()
    typing.press(Qt.Key.Key_A, CONTROL)
    typing.type(refused)
    typing.press(Qt.Key.Key_Return)
    assert rate(typing).text() == refused
    typing.press(Qt.Key.Key_Escape)
    assert rate(typing).text() == before
    assert rate(typing).accessibleDescription() == ""
    assert typing.session.document.draft.problems == {}
    assert typing.session.document.draft.pending == {}


def test_escape_brings_a_whole_number_back(glass: GlassMaker) -> None:
    window = glass()
    field = window.window.player.timeline.field
    window.session.take_steps(3)
    window.rest_at(3)
    window.focus(field)
    window.press(Qt.Key.Key_A, CONTROL)
    window.type("1")
    window.press(Qt.Key.Key_Escape)
    assert field.text() == "3"
    assert not field.hasFocus()
    assert window.step == 3


def test_tab_goes_on_from_the_field_that_was_left(typing: Glass) -> None:
    typing.press(Qt.Key.Key_Tab)
    following = QApplication.focusWidget()
    typing.focus(rate(typing))
    typing.press(Qt.Key.Key_Escape)
    typing.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is following


def test_letters_stay_in_a_number_field_and_do_not_steer_the_training(
    typing: Glass,
) -> None:
    runs: list[object] = []
    typing.session.document.situation_changed.connect(runs.append)
    typing.press(Qt.Key.Key_A, CONTROL)
    typing.type("infnanrxyz#")
    assert rate(typing).text() == "infnanrxyz#"
    assert runs == []  # R would reset, N take another seed


def test_a_shortcut_that_no_typing_needs_works_in_a_text_field(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = glass("digits", workspace="step")
    asked: list[object] = []
    monkeypatch.setattr(window.window.saver, "ask_and_save", asked.append)
    window.focus(window.panel("nudges").filter_bar.text_line)
    window.press(Qt.Key.Key_E, CONTROL)
    assert len(asked) == 1
    window.type("n")
    assert window.panel("nudges").filter_bar.text_line.text() == "n"
    assert window.run_id == 1


def test_arrows_turn_a_surface_and_do_not_step(glass: GlassMaker) -> None:
    window = glass("xor", workspace="race")
    panel = window.panel("race")
    panel._pictures.setCurrentIndex(panel._pictures.indexOf(panel.surface))
    view = panel.surface
    window.focus(view)
    azimuth = view.azimuth
    steps: list[bool] = []
    window.window.actions_by_key["step_batch"].triggered.connect(steps.append)
    window.press(Qt.Key.Key_Right)
    assert view.azimuth != azimuth
    assert steps == []
