"""A refused text is marked, and the reason can be read, by a screen reader too."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gui.panels.experiment_form.editors import WholeBox
from gui.widgets.focus.fields import is_number_field
from gui.widgets.refusal import REFUSED, RefusalNote
from tests.gui.support.whole_window import Glass, GlassMaker

NO_NUMBER = "1,5"
HINT = "write 1.5"


def number_fields(glass: Glass) -> list[Any]:
    return [
        widget
        for widget in glass.window.findChildren(QWidget)
        if is_number_field(widget) and widget.isVisible() and widget.isEnabled()
    ]


def enter(glass: Glass, field: QWidget, text: str) -> None:
    glass.focus(field)
    glass.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    glass.press(Qt.Key.Key_Delete)
    glass.type(text)
    glass.press(Qt.Key.Key_Return)


def forget_reason(glass: Glass, field: QWidget) -> None:
    """The reasons take no room of the form any more, for which rows are folded."""
    glass.focus(field)
    glass.press(Qt.Key.Key_Escape)


def reasons(glass: Glass) -> list[QLabel]:
    labels = glass.window.findChildren(QLabel)
    return [label for label in labels if label.isVisible() and HINT in label.text()]


@pytest.mark.parametrize(
    ("workspace", "fewest"),
    [("train", 8), ("batch", 2), ("race", 3), ("backprop", 1)],
)
def test_each_number_field_says_beside_it_what_it_refuses(
    glass: GlassMaker, workspace: str, fewest: int
) -> None:
    # High enough that no row of the form has to be folded away for a reason.
    window = glass(workspace=workspace, size=(1280, 1600))
    fields = number_fields(window)
    assert len(fields) >= fewest
    for field in fields:
        right = field.text().partition(" ")[0]  # without its unit
        right = right.replace("\N{MINUS SIGN}", "-")  # which no key has
        enter(window, field, NO_NUMBER)
        name = field.accessibleName() or field.objectName()
        assert HINT in field.accessibleDescription(), name
        assert field.property(REFUSED), name
        (reason,) = reasons(window)
        field_place = QRect(field.mapToGlobal(QPoint(0, 0)), field.size())
        place = QRect(reason.mapToGlobal(QPoint(0, 0)), reason.size())
        assert not place.intersects(field_place), name
        assert place.width() > 40
        assert place.height() > 10
        enter(window, field, right)
        assert reasons(window) == [], name
        assert field.accessibleDescription() == "", name


def test_a_refused_step_stays_to_be_mended_until_it_is_left(glass: GlassMaker) -> None:
    window = glass()
    field = window.window.player.timeline.field
    enter(window, field, NO_NUMBER)
    assert field.hasFocus()
    assert field.text() == NO_NUMBER
    window.type("0")
    assert reasons(window) == []
    assert not field.property(REFUSED)
    assert field.accessibleDescription() == ""


def test_the_reason_stays_for_one_step_of_tab(glass: GlassMaker) -> None:
    window = glass()
    field = window.window.player.timeline.field
    window.focus(field)
    window.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.type(NO_NUMBER)
    window.press(Qt.Key.Key_Tab)
    assert not field.hasFocus()
    assert field.text() == "0"
    (reason,) = reasons(window)
    assert isinstance(reason, RefusalNote)
    after = QApplication.focusWidget()
    assert after is not None
    window.press(Qt.Key.Key_Tab)
    assert reasons(window) == []


@pytest.mark.parametrize("text", ["1/2", "5%", "-1/2", "1 000", "2x"])
def test_no_character_of_what_is_no_number_is_dropped(
    glass: GlassMaker, text: str
) -> None:
    window = glass(workspace="backprop")
    experiment = window.session.document.experiment
    for field in number_fields(window):
        enter(window, field, text)
        name = field.accessibleName() or field.objectName()
        assert field.text() == text, name
        assert field.property(REFUSED), name
        assert field.accessibleDescription().startswith(text), name
        window.press(Qt.Key.Key_Escape)
        assert not field.property(REFUSED), name
    assert window.session.document.experiment == experiment
    assert not window.session.playing


@pytest.mark.parametrize("workspace", ["train", "race"])
def test_a_number_field_that_is_left_shows_the_value_in_force(
    glass: GlassMaker, workspace: str
) -> None:
    window = glass(workspace=workspace, size=(1280, 2000))
    experiment = window.session.document.experiment
    for field in number_fields(window):
        name = field.accessibleName() or field.objectName()
        before = field.text()
        enter(window, field, NO_NUMBER)
        assert field.text().startswith(NO_NUMBER), name
        window.press(Qt.Key.Key_Tab)
        assert not field.hasFocus()
        assert field.text() == before, name
        forget_reason(window, field)
    assert window.session.document.experiment == experiment


@pytest.mark.parametrize("way", ["Tab", "a click", "a workspace", "a hidden panel"])
def test_however_a_field_is_left_what_runs_is_back_and_the_reason_stays(
    glass: GlassMaker, way: str
) -> None:
    window = glass(workspace="train")
    form = window.panel("experiment")
    field: Any = form.findChild(QWidget, "training.learning_rate")
    before = field.text()
    enter(window, field, "5000")
    assert field.text() == "5000"
    if way == "Tab":
        window.press(Qt.Key.Key_Tab)
    elif way == "a click":
        QTest.mouseClick(window.panel("network").canvas, Qt.MouseButton.LeftButton)
    elif way == "a workspace":
        window.show_workspace("landscape")
        window.show_workspace("train")
    else:
        form.hide()
        form.show()
    assert field.text() == before
    assert "5000" in field.accessibleDescription()
    texts = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    assert any("5000" in text for text in texts)
    enter(window, field, before)
    assert field.accessibleDescription() == ""


def test_play_takes_over_what_is_being_typed_and_waits_for_what_is_refused(
    glass: GlassMaker,
) -> None:
    window = glass(workspace="train")
    form, session = window.panel("experiment"), window.session
    field: Any = form.findChild(QWidget, "training.learning_rate")
    window.focus(field)
    window.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.type("5000")
    session.step_batch()
    assert field.property(REFUSED)
    assert field.text() == "5000"
    window.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.type("0.25")
    session.step_batch()
    window.rest_at(1)
    assert window.view.run.experiment.training.learning_rate == 0.25


def test_no_reason_stays_over_another_field(glass: GlassMaker) -> None:
    """Whatever takes the mark away from a field takes its note away too."""
    window = glass(workspace="train")
    boxes = window.window.findChildren(WholeBox)
    name = "Units of hidden layer 1"
    units = next(box for box in boxes if box.accessibleName() == name)
    enter(window, units, "")
    notes = window.window.findChildren(RefusalNote)
    assert [note.isVisible() for note in notes] == [True]
    window.session.document.edit({"training.learning_rate": 0.02})
    QApplication.processEvents()
    assert not units.property(REFUSED) or notes[0].isVisible()
    rate = next(
        field for field in number_fields(window) if "earning" in field.accessibleName()
    )
    enter(window, rate, "0.03")
    QApplication.processEvents()
    assert not units.property(REFUSED)
    assert [note.isVisible() for note in notes] == [False]
