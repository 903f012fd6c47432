"""How many examples a text speaks of is how many its scene has."""

import re

import pytest

from core.lessons.expressions.nodes import reads_of
from core.lessons.model import LessonStep, Scene
from core.lessons.tasks import step_to_stop_at
from tests.core.lessons.plain_network import dataset_of, lesson_keys, our_lesson

SMALL = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
TENS = {"fifty": 50, "hundred": 100}
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?:(?:{'|'.join(SMALL)}) )?hundred|fifty)"
COUNTED = re.compile(
    rf"\b({NUMBER}) (?:(?:noisy|new|training|test) )?(points|pictures|digits)\b",
    re.IGNORECASE,
)
OF_ANOTHER_KIND = {
    ("optimisers", "10 points"),  # of a hundred
    ("optimisers", "30 points"),
    ("softmax", "2 points"),
    ("softmax", "15 points"),
    ("mini-batches", "400,000 pictures"),  # 20 steps of all
}
AFTER = re.compile(r"\b(?:After|By step) ([\d,]+)(?: rough)?(?: steps)?\b")


def value_of(text: str) -> int:
    words = text.lower().replace(",", "").split()
    if words[0].isdigit():
        return int(words[0])
    return SMALL.get(words[0], 1) * TENS[words[-1]]


def texts_of(step: LessonStep) -> list[str]:
    return [step.title, *(part for text in step.texts for part in text.parts)]


def undone(step: LessonStep) -> list[bool]:
    return [False] * len(step.turns)


def steps_with_scenes(key: str) -> list[tuple[LessonStep, Scene]]:
    """A step without a scene goes on from the one before."""
    found: list[tuple[LessonStep, Scene]] = []
    for step in our_lesson(key).steps:
        scene = step.scene or found[-1][1]
        found.append((step, scene))
    return found


@pytest.mark.parametrize("key", lesson_keys())
def test_a_number_of_examples_is_that_of_the_scene(key: str) -> None:
    for step, scene in steps_with_scenes(key):
        data = dataset_of(scene.experiment.data)
        known = {len(data.train), len(data.test), scene.experiment.training.batch_size}
        for text in texts_of(step):
            for found in COUNTED.finditer(text):
                if (key, found[0]) not in OF_ANOTHER_KIND:
                    assert value_of(found[1]) in known, f"{step.title}: {found[0]}"


@pytest.mark.parametrize("key", lesson_keys())
def test_a_question_of_a_later_step_is_told_at_that_step(key: str) -> None:
    for step, scene in steps_with_scenes(key):
        if step.question is None or not step.turns:
            continue
        asked = AFTER.search(" ".join(step.question.ask.parts))
        reads = {read.name for read in reads_of(step.turns[0].until)}
        if asked is None or "descended" in reads:  # steps of another job
            continue
        length = len(dataset_of(scene.experiment.data).train)
        per_epoch = -(-length // scene.experiment.training.batch_size)
        stop = step_to_stop_at(step.turns, undone(step), scene.step, per_epoch)
        assert stop == value_of(asked[1]), step.title


@pytest.mark.parametrize("key", lesson_keys())
def test_a_question_of_epochs_is_told_at_their_end(key: str) -> None:
    epochs = re.compile(rf"[Aa]fter ({'|'.join(SMALL)}|\d+) epochs?\b")
    for step, scene in steps_with_scenes(key):
        if step.question is None or not step.turns:
            continue
        asked = epochs.search(" ".join(step.question.ask.parts))
        if asked is None:
            continue
        number = SMALL.get(asked[1]) or int(asked[1])
        length = len(dataset_of(scene.experiment.data).train)
        per_epoch = -(-length // scene.experiment.training.batch_size)
        stop = step_to_stop_at(step.turns, undone(step), scene.step, per_epoch)
        assert stop == number * per_epoch, step.title
