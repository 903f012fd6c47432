"""Examples and initial weights that are written in the experiment, in its form."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.experiment.inline import InlineExamples
from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from gui.panels.experiment_form.inline_text import (
    UnreadableLineError,
    text_of,
    values_of_text,
)
from gui.session.document.dependent_edits import with_dependent_edits
from tests.gui.support.experiment_forms import Form

CLASSED = InlineExamples(((0.0, 1.0), (1.0, 0.0)), labels=(1, 0))


@pytest.fixture
def own(qtbot: QtBot) -> Form:
    return Form(qtbot, load_preset("worked-example").experiment)


def write(own: Form, text: str, qtbot: QtBot) -> list[Experiment]:
    lines = own.panel.findChild(QWidget, "inline lines")
    lines.setFocus()
    lines.selectAll()
    qtbot.keyClicks(lines, text)
    qtbot.keyClick(lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return own.announced


def test_a_line_is_an_example_and_reads_back_as_it_was() -> None:
    examples = load_preset("worked-example").experiment.data.inline_examples
    assert examples is not None
    assert text_of(examples) == "0.5, 0.51 → 0.1"
    for given in (examples, CLASSED, InlineExamples(((1 / 3,),), ((1e-7, 2.0),))):
        values = values_of_text(text_of(given), given)
        experiment = Experiment().with_values(
            {
                "data.name": "inline",
                **values,
                "training.loss": "squared-error",
            }
        )
        assert experiment.data.inputs == given.inputs
        assert experiment.data.targets == given.targets
        assert experiment.data.labels == given.labels


def test_classes_keep_their_order_and_new_ones_follow() -> None:
    values = values_of_text("1 2 -> class new\n3 4 -> class 1\n5 6 -> class 0", CLASSED)
    assert values["data.class_names"] == ["0", "1", "new"]
    assert values["data.labels"] == [2, 1, 0]


def test_classes_without_an_example_go_if_two_are_left() -> None:
    values = values_of_text("1 2 -> class a\n3 4 -> class b", CLASSED)
    assert values["data.class_names"] == ["a", "b"]
    values = values_of_text("1 2 -> class 1", CLASSED)
    assert values["data.class_names"] == ["0", "1"]
    assert values["data.labels"] == [1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "write one per line"),
        ("1, 2", "line 1: an example has one arrow"),
        ("1, 2 -> 3\n\n1, x -> 2", "line 3: x is not a number"),
        ("1 ->", "line 1: there are no numbers"),
        ("1 -> 2\n1 -> class a", "some lines end with a class"),
    ],
)
def test_a_line_that_is_no_example_is_named(text: str, words: str) -> None:
    with pytest.raises(UnreadableLineError, match=words):
        values_of_text(text, CLASSED)


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("0,5", ((0.5,), (0, 5))),
        ("13,002", ((13_002,), (13, 2))),
        ("1,5,2", ((1, 5, 2),)),
        ("-1,25", ((-1.25,), (-1, 25))),
    ],
)
def test_numbers_that_are_suggested_can_be_typed_where_commas_keep_them_apart(
    word: str, ways: tuple[tuple[float, ...], ...]
) -> None:
    with pytest.raises(UnreadableLineError) as refused:
        values_of_text(f"{word} -> 1", CLASSED)
    told = str(refused.value)
    assert "13,002 " not in told.removeprefix(f"line 1: {word} ")
    told_ways = told.partition("write ")[2].partition(" for ")[0].split(", or ")
    for written, numbers in zip(told_ways, ways, strict=True):
        values = values_of_text(f"{written} -> 1", CLASSED)
        assert values["data.inputs"] == (numbers,)


@pytest.mark.parametrize("word", ["x", "nan", "1;;y"])
def test_no_example_of_a_number_among_others_has_a_comma(word: str) -> None:
    with pytest.raises(UnreadableLineError) as refused:
        values_of_text(f"{word} -> 1", CLASSED)
    numbers = str(refused.value).partition("such as ")[2].partition(";")[0]
    for number in numbers.split(" or "):
        values_of_text(f"{number}, 2 -> 1", CLASSED)


def test_test_examples_go_when_they_no_longer_fit() -> None:
    given = InlineExamples(
        ((1.0,),), ((2.0,),), test_inputs=((3.0,),), test_targets=((4.0,),)
    )
    assert "data.test_inputs" not in values_of_text("5 -> 6", given)
    assert values_of_text("5, 6 -> 7", given)["data.test_inputs"] is None


def test_written_examples_act_on_ctrl_enter(own: Form, qtbot: QtBot) -> None:
    announced = write(own, "1, 2 -> 0.5", qtbot)
    assert [e.data.inputs for e in announced] == [((1.0, 2.0),)]
    assert announced[0].data.targets == ((0.5,),)
    # Two inputs as before: the given weights still fit.
    assert announced[0].network.initial_weights is not None
    assert "Starts with the weights 0.35, 0.4" in own.texts()


def test_a_wrong_line_is_told_and_changes_nothing(own: Form, qtbot: QtBot) -> None:
    assert write(own, "1, 2 - 0.5", qtbot) == []
    assert "line 1: an example has one arrow" in own.texts()


def test_a_wrong_line_is_told_until_it_is_mended(own: Form, qtbot: QtBot) -> None:
    write(own, "1, 2 - 0.5", qtbot)
    own.document.edit({"training.learning_rate": 0.25})
    assert "line 1: an example has one arrow" in own.texts()
    write(own, "1, 2 -> 0.5", qtbot)
    assert "an example has one arrow" not in own.texts()


def test_what_is_being_typed_is_in_force_before_a_training_step(
    own: Form, qtbot: QtBot
) -> None:
    lines = own.panel.findChild(QWidget, "inline lines")
    lines.setFocus()
    lines.selectAll()
    qtbot.keyClicks(lines, "3, 4 -> 0.5")
    assert own.announced == []
    assert own.document.finish_typing()
    assert own.last.data.inputs == ((3.0, 4.0),)


def test_a_wrong_line_that_is_being_typed_refuses_a_training_step(
    own: Form, qtbot: QtBot
) -> None:
    lines = own.panel.findChild(QWidget, "inline lines")
    lines.setFocus()
    lines.selectAll()
    qtbot.keyClicks(lines, "3, 4 - 0.5")
    assert not own.document.finish_typing()
    assert "line 1: an example has one arrow" in own.texts()
    assert own.announced == []


def test_given_weights_go_when_the_layers_change(own: Form, qtbot: QtBot) -> None:
    announced = write(own, "1, 2, 3 -> 0.5", qtbot)
    assert announced[0].network.initial_weights is None
    assert "Starts with" not in own.texts()


def test_given_weights_can_be_drawn_instead(own: Form, qtbot: QtBot) -> None:
    button = own.panel.findChild(QWidget, "draw weights")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert own.announced[0].network.initial_weights is None
    assert not button.isVisible()


def test_other_data_take_the_place_of_own_examples_and_back() -> None:
    own = load_preset("worked-example").experiment
    values = with_dependent_edits({"data.name": "digits"}, own)
    other = own.with_values(values)
    assert other.data.inputs is None
    assert other.network.initial_weights is None
    noisy = Experiment().with_values({"data.noise": 0.5})
    back = noisy.with_values(with_dependent_edits({"data.name": "inline"}, noisy))
    assert back.data.shape.n_examples == 4
    assert back.data.noise == 0
