from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from core.experiment.memory import MOST_FRAMES, ROOM_FOR_STATES
from core.history.history import History
from core.history.key_frames import KeyFrames
from core.probes.batch import batch_after
from core.training.run import TrainingRun, to_numpy
from core.training.run_state import RunState, state_bytes
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter
from tests.core.support.small_runs import small_dataset, small_run

WEIGHT = Parameter(1, 2, 3)


def flat(run: TrainingRun) -> np.ndarray:
    return flatten(to_numpy(run.params))


def take(run: TrainingRun, steps: int) -> None:
    while steps:
        steps -= len(run.advance(steps).losses)


def full_state(run: TrainingRun) -> list[bytes]:
    import jax

    return [np.asarray(leaf).tobytes() for leaf in jax.tree.leaves(run._now.state)]


def always(place: RunState) -> Callable[[], RunState]:
    return lambda: place


class Place:
    def __init__(self, step: int) -> None:
        self.step = step


def test_any_earlier_step_comes_back_bit_for_bit() -> None:
    run = small_run(optimizer="adam")
    run._history.frames._frame_bytes = 10**6
    seen = {0: full_state(run)}
    for _ in range(60):
        take(run, 1)
        seen[run.step] = full_state(run)
    for step in (60, 59, 0, 1, 33, 11, 12, 32, 60):
        run.go_to(step)
        assert run.step == step
        assert full_state(run) == seen[step]
        assert run.end == 60


@pytest.mark.parametrize("frame_bytes", [0, 10_000, 10**7])
def test_journeys_cross_epochs_settings_edits_and_freezing(frame_bytes: int) -> None:
    run = small_run(small_dataset(403), optimizer="momentum")
    run._history = History(always(run._now), state_bytes, frame_bytes)
    training = run.experiment.training
    script: dict[int, Callable[[], None]] = {
        13: lambda: run.edit_params((Edit(WEIGHT, 0.5),)),
        40: lambda: run.change_training(replace(training, learning_rate=0.02)),
        55: lambda: run.set_frozen(frozenset({WEIGHT})),
        70: lambda: run.change_training(replace(training, optimizer="adam")),
        90: lambda: run.change_training(
            replace(training, optimizer="adam", batch_size=7)
        ),
        91: lambda: run.set_frozen(frozenset()),
    }
    seen = {}
    while run.step < 150:
        if run.step in script:
            script[run.step]()
        told = (run.experiment.training, run.frozen, dict(run.edited), run.epoch)
        seen[run.step] = (full_state(run), told)
        stop = min((s for s in script if s > run.step), default=150)
        take(run, min(5, stop - run.step))
    for step in sorted(seen, key=lambda step: (step * 7) % 31):
        run.go_to(step)
        told = (run.experiment.training, run.frozen, dict(run.edited), run.epoch)
        assert (full_state(run), told) == seen[step]


def test_going_on_from_an_earlier_step_gives_the_steps_of_a_run_that_never_left() -> (
    None
):
    run, straight = small_run(optimizer="adam"), small_run(optimizer="adam")
    take(run, 90)
    run.go_to(37)
    take(run, 20)
    take(straight, 57)
    assert full_state(run) == full_state(straight)
    assert (run.end, run.branches, run.take_turns()) == (90, (), ())
    take(run, 43)
    take(straight, 43)
    assert full_state(run) == full_state(straight)
    assert (run.step, run.end, run.branches, run.take_turns()) == (100, 100, (), ())


def test_the_future_is_in_reach_until_something_differs() -> None:
    run = small_run()
    take(run, 50)
    last = flat(run)
    run.go_to(20)
    assert (run.step, run.end) == (20, 50)
    run.go_to(50)
    np.testing.assert_array_equal(flat(run), last)
    run.go_to(20)
    assert run.advance(100).is_known
    assert (run.step, run.end) == (50, 50)
    assert not run.advance(1).is_known
    run.go_to(20)
    run.edit_params((Edit(WEIGHT, 0.5),))
    assert run.end == 20
    run.go_to(50)
    assert run.step == 20


def test_an_edit_in_the_past_begins_a_branch() -> None:
    run = small_run()
    take(run, 50)
    run.edit_params((Edit(WEIGHT, 9.0),))
    run.go_to(20)
    assert not run.edited
    run.edit_params((Edit(WEIGHT, 0.5),))
    assert run.end == 20
    take(run, 5)
    run.go_to(20)
    assert run.edited == {WEIGHT: 20}
    run.go_to(19)
    assert not run.edited


def test_the_last_batch_is_known_after_a_journey() -> None:
    run = small_run()
    take(run, 24)
    expected = batch_after(run, run.before_last_step())
    take(run, 30)
    run.go_to(24)
    record = batch_after(run, run.before_last_step())
    assert record.step == 24
    np.testing.assert_array_equal(record.indices, expected.indices)
    np.testing.assert_array_equal(record.losses_before, expected.losses_before)
    np.testing.assert_array_equal(record.losses_after, expected.losses_after)


@pytest.mark.parametrize("size", [52_008, 156_028, 23_000_000, 70_000_000, 10**9])
@pytest.mark.parametrize(("chunk", "steps"), [(1, 20_000), (256, 110_000)])
def test_key_frames_keep_within_their_room_however_long_the_run(
    size: int, chunk: int, steps: int
) -> None:
    frames: KeyFrames[Place] = KeyFrames(lambda: Place(0), lambda _: size)
    widest = 0
    for step in range(0, steps, chunk):
        frames.offer(Place(step), 0)
        assert frames.bytes <= ROOM_FOR_STATES
        assert len(frames) <= MOST_FRAMES
    last = step
    assert frames.nearest(0).step == 0
    reached = [frames.nearest(s).step for s in range(0, last, 997)]
    widest = max(s - r for s, r in zip(range(0, last, 997), reached, strict=True))
    if size < 10**6:
        assert widest < 512
    assert widest <= 2 * max(frames.spacing, chunk) or len(frames) <= 1


def test_a_run_without_room_for_frames_starts_its_journeys_anew() -> None:
    run = small_run(optimizer="adam")
    assert len(run._history.frames) == 0
    take(run, 9)
    ninth = full_state(run)
    take(run, 30)
    run.go_to(9)
    assert full_state(run) == ninth
    assert run._history.frames.bytes == 0


def test_a_journey_starts_from_the_nearest_frame_or_the_trail_of_the_last_one() -> None:
    frames: KeyFrames[Place] = KeyFrames(lambda: Place(0), lambda _: 100, 10_000)
    for step in range(0, 1000, 10):
        frames.offer(Place(step), 0)
    spacing = frames.spacing
    assert spacing > 10
    target = frames.nearest(999).step - 1
    nearest = frames.nearest(target)
    assert target - nearest.step < 2 * spacing
    frames.leave_trail([Place(target - 2)], [0])
    assert frames.nearest(target).step == max(target - 2, nearest.step)
    assert frames.bytes <= 10_000
    frames.set_aside(500, 0)
    assert frames.nearest(999).step <= 500


@pytest.mark.parametrize(
    "training",
    [
        {"dropout": 0.3, "schedule": "cosine", "schedule_steps": 50},
        {"schedule": "plateau", "schedule_patience": 0, "learning_rate": 2.0},
    ],
)
def test_chance_and_schedules_repeat_themselves(training: dict[str, object]) -> None:
    run = small_run(optimizer="nesterov", **training)
    run._history = History(always(run._now), state_bytes, 20_000)
    seen = {}
    while run.step < 80:
        take(run, 1)
        seen[run.step] = (full_state(run), run.learning_rate, run._now.watch)
    for step in (79, 11, 45, 44, 80, 12):
        run.go_to(step)
        assert (full_state(run), run.learning_rate, run._now.watch) == seen[step]
    run.go_to(30)
    take(run, 25)
    assert (full_state(run), run.learning_rate, run._now.watch) == seen[55]
