"""Branches that a run has left, and the way back to them."""

from dataclasses import replace
from typing import NamedTuple

import jax
import numpy as np
import pytest

from core.experiment.memory import MOST_FRAMES
from core.history.history import History
from core.history.key_frames import KeyFrames
from core.probes.batch import gradient_at
from core.protocol.branch import KEPT_BRANCHES, Branch, Turn
from core.training.run import TrainingRun, to_numpy
from core.training.run_state import state_bytes
from core.values.errors import ExperimentError
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter
from tests.core.support.small_runs import small_run

WEIGHT = Parameter(1, 2, 3)


class Told(NamedTuple):
    state: list[bytes]
    settings: object
    frozen: object
    edited: object
    gradient: bytes


def told(run: TrainingRun) -> Told:
    leaves = jax.tree.leaves(run.newest.state)
    return Told(
        [np.asarray(leaf).tobytes() for leaf in leaves],
        run.experiment,
        run.frozen,
        dict(run.edited),
        flatten(gradient_at(run, run.before_last_step())).tobytes(),
    )


def take(run: TrainingRun, steps: int) -> None:
    while steps:
        steps -= len(run.advance(steps).losses)


def make_run(frame_bytes: int = 10**7) -> TrainingRun:
    run = small_run(optimizer="adam")
    begin = run.newest
    run._history = History(lambda: begin, state_bytes, frame_bytes)
    return run


@pytest.mark.parametrize("frame_bytes", [0, 10_000, 10**7])
def test_a_branch_that_was_left_comes_back_bit_for_bit(frame_bytes: int) -> None:
    run = make_run(frame_bytes)
    training = run.experiment.training
    take(run, 30)
    run.change_training(replace(training, learning_rate=0.02))
    take(run, 30)
    run.edit_params((Edit(WEIGHT, 0.5),))
    old = told(run)
    run.go_to(25)
    run.set_frozen(frozenset({WEIGHT}))
    take(run, 20)
    new = told(run)
    assert run.branches == (Branch(1, 25, 60),)
    run.go_to_branch(1)
    assert (run.step, run.end) == (60, 60)
    assert told(run) == old
    assert run.branches == (Branch(2, 25, 45),)
    run.go_to_branch(2)
    assert told(run) == new
    assert run.take_turns() == (
        Turn(25, 60, 1),
        Turn(25, 45, 2, 1),
        Turn(25, 60, 3, 2),
    )


def test_branches_of_branches_come_back_whatever_the_order() -> None:
    run = make_run(20_000)
    take(run, 50)
    ends = {0: told(run)}
    for number, (step, value) in enumerate([(40, 0.1), (45, 0.2), (10, 0.3)], start=1):
        run.go_to(step)
        run.edit_params((Edit(WEIGHT, value),))
        take(run, 12)
        ends[number] = told(run)
    # By what runs there: lines 0, 1, 2 are left as 1, 2, 3.
    assert run.branches == (Branch(1, 10, 50), Branch(2, 10, 52), Branch(3, 10, 57))
    lines = {1: 0, 2: 1, 3: 2}
    present = 3
    for number in (2, 1, 4, 3, 5, 6):
        run.go_to_branch(number)
        newest = max(branch.number for branch in run.branches)
        lines[newest], present = present, lines[number]
        assert told(run) == ends[present]
    assert {branch.number for branch in run.branches} <= set(lines)


def test_steps_that_are_taken_again_as_they_were_leave_no_branch() -> None:
    run = make_run()
    take(run, 20)
    old = told(run)
    run.go_to(10)
    for count in (5, 4):
        take(run, count)
        assert (run.branches, run.take_turns(), run.end) == ((), (), 20)
    run.go_to(20)
    assert told(run) == old


def test_a_branch_is_left_where_a_change_that_lay_ahead_is_not_made_again() -> None:
    run, straight = make_run(), make_run()
    take(run, 20)
    run.edit_params((Edit(WEIGHT, 1.5),))
    take(run, 10)
    old = told(run)
    run.go_to(10)
    take(run, 9)
    assert (run.step, run.end, run.branches) == (19, 30, ())
    take(run, 1)
    assert run.take_turns() == (Turn(19, 30, 1),)
    assert (run.end, run.branches) == (20, (Branch(1, 20, 30),))
    take(run, 15)
    take(straight, 35)
    assert told(run) == told(straight)
    run.go_to_branch(1)
    assert told(run) == old


def test_an_edit_that_is_taken_back_has_the_later_steps_ahead_again() -> None:
    run = make_run()
    take(run, 20)
    run.edit_params((Edit(WEIGHT, 1.5),))
    take(run, 10)
    old = told(run)
    run.go_to(20)
    assert WEIGHT.value_in(to_numpy(run.params)) == 1.5
    run.go_to(12)
    before = WEIGHT.value_in(to_numpy(run.params))
    run.edit_params((Edit(WEIGHT, 0.5),))
    assert run.end == 12
    run.edit_params((Edit(WEIGHT, float(before)),))
    assert (run.step, run.end, run.branches) == (12, 30, ())
    assert run.take_turns() == (Turn(12, 30, 1), Turn(12, 12, 0, 1))
    run.go_to(20)
    assert WEIGHT.value_in(to_numpy(run.params)) == 1.5
    run.go_to(30)
    assert told(run) == old


def test_an_edit_at_the_end_of_a_branch_is_not_lost_with_its_repetition() -> None:
    run = make_run()
    take(run, 20)
    run.edit_params((Edit(WEIGHT, 1.5),))
    old = told(run)
    run.go_to(10)
    take(run, 30)
    (branch,) = run.branches
    assert (branch.start, branch.end) == (20, 20)
    run.go_to_branch(branch.number)
    assert told(run) == old


def test_the_oldest_of_too_many_branches_is_forgotten_and_asking_for_it_says_so() -> (
    None
):
    run = make_run()
    take(run, 5)
    for value in range(KEPT_BRANCHES + 1):
        run.go_to(2)
        run.edit_params((Edit(WEIGHT, 0.1 + value),))
        take(run, 3)
    assert [b.number for b in run.branches] == list(range(2, KEPT_BRANCHES + 2))
    state = told(run)
    with pytest.raises(ExperimentError, match="no longer kept"):
        run.go_to_branch(1)
    assert told(run) == state


class Place:
    def __init__(self, step: int) -> None:
        self.step = step


def test_frames_of_branches_take_only_what_the_present_line_leaves_free() -> None:
    frames: KeyFrames[Place] = KeyFrames(lambda: Place(0), lambda _: 100, 4_000)
    for step in range(20):
        frames.offer(Place(step), 0)
    frames.set_aside(4, 1)
    assert len(frames) == 5
    assert frames.bytes == 2_000
    for step in range(5, 30):
        frames.offer(Place(step), 0)
        assert frames.bytes <= 3_000
    assert len(frames) == 30
    assert frames.spacing == 1
    frames.bring_back(1, 29)
    assert len(frames) == 30


def test_of_the_frames_set_aside_the_last_ones_stay_longest() -> None:
    frames: KeyFrames[Place] = KeyFrames(lambda: Place(0), lambda _: 1)
    for number in range(1, 4):
        for step in range(1, MOST_FRAMES - 1):
            frames.offer(Place(step), 0)
        frames.set_aside(0, number)
    assert frames.bytes <= MOST_FRAMES
    frames.bring_back(1, 0)
    assert frames.nearest(10**9).step == MOST_FRAMES - 2


@pytest.mark.parametrize("step", [0, 10])
def test_an_edit_is_taken_back_after_more_steps_by_going_back_to_it(step: int) -> None:
    run = make_run()
    take(run, step)
    unedited, before = told(run), run.params[0][0][2, 3]
    run.edit_params((Edit(WEIGHT, 0.5),))
    edited = told(run)
    take(run, 15)
    later = told(run)
    run.go_to(step)
    assert told(run) == edited
    run.edit_params((Edit(WEIGHT, float(before)),))
    assert told(run) == unedited
    (left,) = run.branches
    assert (left.start, left.end) == (step, step + 15)
    # Made again, it has the steps ahead that it led to.
    run.edit_params((Edit(WEIGHT, 0.5),))
    assert told(run) == edited
    assert (run.end, run.branches) == (step + 15, ())
    run.go_to(run.end)
    assert told(run) == later
