"""The answer as a headline, and the way to other examples."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.network.numpy.forward import Trace
from core.values.network_spec import NetworkSpec
from gui.panels.network_picture.headline import called, headline
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.session.example_steps import neighbour, random_example
from gui.session.view_state import ShownExample, View
from tests.gui.support.sample_views import sample_view


def with_outputs(outputs: list[float], activation: str, names: tuple[str, ...]) -> View:
    """A view whose network says this of its example."""
    view = sample_view()
    values = np.array(outputs, np.float32)
    spec = NetworkSpec((784, len(outputs)), (activation,))
    z = np.log(values) if activation == "softmax" else values - 0.5
    trace = Trace(spec, view.example.inputs, (z.astype(np.float32),), (values,))
    classes = names if names[0] != "y" else ()
    dataset = replace(
        view.run.dataset, class_names=classes, output_names=names[-len(outputs) :]
    )
    run = replace(view.run, dataset=dataset, spec=spec)
    return replace(view, run=run, trace=trace)


def labelled(view: View, label: int | None) -> View:
    return replace(view, example=replace(view.example, label=label))


@pytest.mark.parametrize(
    ("outputs", "activation", "names", "label", "said"),
    [
        (
            [0.05, 0.83, 0.12],
            "softmax",
            ("0", "4", "9"),
            1,
            "reads a 4, 83.0 %; next 9",
        ),
        (
            [0.05, 0.83, 0.12],
            "softmax",
            ("0", "8", "9"),
            2,
            "reads an 8, 83.0 %; next 9; it is a 9",
        ),
        ([0.25], "sigmoid", ("teal", "rose"), None, "reads teal, 75.0 %"),
        ([0.75], "sigmoid", ("teal", "rose"), 0, "reads rose, 75.0 %; it is teal"),
        ([0.1, 0.8], "sigmoid", ("a", "b"), 1, "reads b, 0.800"),
        ([0.5, 0.25], "identity", ("y", "v"), None, "y = 0.500, v = 0.250"),
        ([np.nan, 0.5], "identity", ("a", "b"), 0, "no answer"),
    ],
)
def test_the_headline_says_the_answer_the_next_and_the_truth(
    outputs: list[float],
    activation: str,
    names: tuple[str, ...],
    label: int | None,
    said: str,
):
    assert headline(labelled(with_outputs(outputs, activation, names), label)) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [("4", "a 4"), ("8", "an 8"), ("11", "an 11"), ("80", "an 80"), ("teal", "teal")],
)
def test_digits_have_an_article(name: str, said: str):
    assert called(name) == said


def test_examples_follow_each_other_round_and_round():
    view = sample_view()
    test, train = view.run.dataset.test, view.run.dataset.train
    last = replace(view, example=ShownExample.of(test, len(test) - 1, "test"))
    assert neighbour(last, 1).index == 0
    first = replace(view, example=ShownExample.of(train, 0, "train"))
    before = neighbour(first, -1)
    assert (before.origin, before.index) == ("train", len(train) - 1)
    np.testing.assert_array_equal(before.inputs, train.network_inputs(len(train) - 1))
    drawn = replace(view, example=ShownExample(view.example.inputs, origin="drawing"))
    assert (neighbour(drawn, 1).origin, neighbour(drawn, 1).index) == ("test", 0)


def test_a_random_example_is_another_one():
    view = sample_view()
    view = replace(view, example=ShownExample.of(view.run.dataset.test, 1, "test"))
    random = np.random.default_rng(2)
    found = {random_example(view, random).index for _ in range(60)}
    assert 1 not in found
    assert len(found) > 1


def test_the_buttons_choose_another_example(qtbot: QtBot):
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    view = sample_view()
    view = replace(view, example=ShownExample.of(view.run.dataset.test, 0, "test"))
    panel.set_view(view)
    chosen: list[ShownExample] = []
    panel.example_chosen.connect(chosen.append)
    panel.answer.next.click()
    panel.answer.previous.click()
    panel.answer.random.click()
    count = len(view.run.dataset.test)
    assert [example.index for example in chosen[:2]] == [1, count - 1]
    assert chosen[2].index != 0
    assert panel.answer.headline.text == headline(view)
