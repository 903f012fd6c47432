"""What a step of a lesson stands on, where it does not go on from what is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.lessons.actions import Action
from core.lessons.model import LessonStep, Scene


@dataclass(frozen=True, slots=True)
class Ground:
    """What is to be set before a step.

    Attributes:
        place: of the step that is shown, counted from 0.
        scene: to be set first; None goes on from what is there.
        actions: then done, for the tasks of the steps in between.
    """

    place: int
    scene: Scene | None
    actions: tuple[Action, ...] = ()


def ground_of(steps: Sequence[LessonStep], place: int) -> Ground:
    """The last scene at a step or before it, and what the tasks since would have done.

    Where nothing says how such a task is done, it is the ground of the step with the
    scene: from there the reader does them.

    Args:
        steps: of a lesson; the first has a scene.
        place: of the step that is asked for, counted from 0.
    """
    begins = max(k for k in range(place + 1) if steps[k].scene is not None)
    between = [step for step in steps[begins:place] if step.turns]
    scene = steps[begins].scene
    if not all(step.show.actions for step in between):
        return Ground(begins, scene)
    return Ground(place, scene, tuple(a for s in between for a in s.show.actions))
