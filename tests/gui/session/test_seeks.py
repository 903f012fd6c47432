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
