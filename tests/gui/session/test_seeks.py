"""What is done while the run goes to another step is done to that step."""

from functools import partial

import numpy as np
from PySide6.QtCore import Qt

from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter
from tests.gui.support.whole_window import Glass, GlassMaker

WEIGHT = Parameter(1, 2, 1)
CONTROL = Qt.KeyboardModifier.ControlModifier


def train(glass: Glass, steps: int) -> None:
    end = glass.step + steps
    glass.session.take_steps(steps)
    glass.rest_at(end)
    glass.wait_until(lambda: glass.view.snapshot.end == end)


def edit(glass: Glass, value: float) -> None:
    glass.session.interventions.edit_params((Edit(WEIGHT, value),))


def weights(glass: Glass) -> np.ndarray:
    return flatten(glass.view.params).copy()


def is_at(glass: Glass, step: int) -> bool:
    return glass.view.snapshot.step == step and glass.session.seek_target is None


def test_an_edit_that_follows_a_seek_at_once_can_be_undone(glass: GlassMaker) -> None:
    window = glass()
    train(window, 20)
    at_20 = weights(window)
    train(window, 40)
    window.session.go_to_step(20)
    edit(window, 0.5)
    window.wait_until(lambda: window.view.edited)
    assert window.view.edited == {WEIGHT: 20}
    assert window.step == 20
    undo = window.window.actions_by_key["undo"]
    assert "change of hidden 1" in undo.text()
    undo.trigger()
    window.wait_until(lambda: not window.view.edited)
    np.testing.assert_array_equal(weights(window), at_20)
    window.wait_until(lambda: window.view.snapshot.end == 60)


def test_what_is_asked_after_such_an_edit_is_done_after_it(glass: GlassMaker) -> None:
    window = glass()
    train(window, 60)
    window.session.go_to_step(20)
    edit(window, 0.5)
    window.session.step_batch()
    window.session.take_steps(2)
    window.wait_until(lambda: window.view.edited and is_at(window, 23))
    assert window.view.edited == {WEIGHT: 20}
    assert window.view.snapshot.end == 23


def test_keys_after_such_an_edit_go_from_its_step(glass: GlassMaker) -> None:
    window = glass()
    train(window, 60)
    window.session.go_to_step(20)
    edit(window, 0.5)
    window.session.step_back()
    window.session.step_back()
    window.wait_until(partial(is_at, window, 18))
    window.session.step_forward()
    window.session.step_forward()
    window.wait_until(lambda: window.view.edited and is_at(window, 20))
    assert window.view.edited == {WEIGHT: 20}
    assert window.view.snapshot.end == 20


def test_undo_after_a_seek_does_not_take_back_what_lies_ahead(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 40)
    edit(window, 0.5)
    window.wait_until(lambda: window.view.edited)
    train(window, 20)
    last = weights(window)
    window.session.go_to_step(30)
    window.window.actions_by_key["undo"].trigger()
    window.wait_until(partial(is_at, window, 30))
    assert window.view.snapshot.end == 60
    window.session.go_to_step(60)
    window.wait_until(partial(is_at, window, 60))
    assert window.view.edited == {WEIGHT: 40}
    np.testing.assert_array_equal(weights(window), last)


def test_an_edit_after_a_step_that_follows_a_seek_is_made_on_that_line(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 60)
    window.session.go_to_step(20)
    window.session.step_batch()
    edit(window, 0.5)
    window.wait_until(lambda: window.view.edited)
    (step,) = window.view.edited.values()
    # The step may be shown before the edit is made, or it is made at once.
    assert step in (20, 21)
    assert "change of hidden 1" in window.window.actions_by_key["undo"].text()


def test_what_waits_is_dropped_with_its_run(glass: GlassMaker) -> None:
    window = glass()
    train(window, 60)
    window.session.go_to_step(20)
    edit(window, 0.5)
    window.session.use_seed(7)
    window.wait_until(lambda: window.view.run.experiment.training.seed == 7)
    train(window, 3)
    assert not window.view.edited


def test_each_of_quick_keys_goes_from_what_the_keys_before_it_asked_for(
    glass: GlassMaker,
) -> None:
    window = glass()
    # From step 0, where there is nothing before what is shown.
    window.press(Qt.Key.Key_Right)
    window.press(Qt.Key.Key_Left)
    window.wait_until(lambda: is_at(window, 0) and window.view.snapshot.end == 1)
    window.press(Qt.Key.Key_End, CONTROL)
    window.wait_until(partial(is_at, window, 1))
    for key, modifier in (
        (Qt.Key.Key_Right, None),
        (Qt.Key.Key_Right, None),
        (Qt.Key.Key_Right, None),
        (Qt.Key.Key_Left, None),
        (Qt.Key.Key_Left, None),
        (Qt.Key.Key_Right, CONTROL),
        (Qt.Key.Key_Left, None),
    ):
        window.press(key, *(() if modifier is None else (modifier,)))
    window.wait_until(lambda: is_at(window, 2) and window.view.snapshot.end == 4)
    window.press(Qt.Key.Key_Left)
    window.press(Qt.Key.Key_End, CONTROL)
    window.wait_until(partial(is_at, window, 4))
    assert window.view.snapshot.end == 4


def test_a_step_and_back_while_it_plays_leads_to_one_before_the_last(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.session.set_speed(20.0)
    window.press(Qt.Key.Key_Space)
    window.wait_until(lambda: window.step > 2)
    window.press(Qt.Key.Key_Right)
    window.press(Qt.Key.Key_Left)
    window.wait_until(lambda: window.view.snapshot.is_past)
    assert window.step == window.view.snapshot.end - 1
    assert not window.session.playing


def test_play_right_after_a_seek_or_a_step_plays(glass: GlassMaker) -> None:
    window = glass()
    window.session.set_speed(20.0)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        window.press(Qt.Key.Key_Space)
        window.wait_until(lambda: window.step > 2 and window.session.playing)
        window.press(key)
        window.press(Qt.Key.Key_Space)
        shown = window.step
        window.wait_until(lambda s=shown: window.step > s + 3)  # type: ignore[misc]
        window.press(Qt.Key.Key_Space)
        window.wait_until(lambda: not window.view.snapshot.playing)


def test_an_edit_and_a_rate_after_a_step_come_after_it(glass: GlassMaker) -> None:
    window = glass()
    train(window, 3)
    window.session.step_batch()
    edit(window, 0.5)
    window.wait_until(lambda: window.view.edited)
    assert window.view.edited == {WEIGHT: 4}
    window.session.step_batch()
    window.session.document.edit({"training.learning_rate": 0.25})
    window.wait_until(lambda: window.view.run.experiment.training.learning_rate == 0.25)
    window.wait_until(partial(is_at, window, 5))
    notes = window.view.run.metrics.line
    assert [step for step, _ in notes.trainings][-1] == 5
