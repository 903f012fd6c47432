"""The lessons that ship with Glassbox: what they say is so, what they ask can be done.

Those that take no time; `python -m tests.sweeps.lessons` plays all, over several seeds.
"""

import pytest

from core.lessons.expressions.nodes import reads_of
from core.side_jobs.compare.variants import VARIATIONS, variation_for
from tests.core.lessons.claims import CLAIMS
from tests.core.lessons.plain_network import (
    lesson_keys,
    our_lesson,
    play,
    untrue,
)

CHEAP = ("one-unit", "by-hand")


@pytest.mark.parametrize("key", CHEAP)
def test_every_task_is_reached_by_what_show_me_does(key: str):
    assert play(our_lesson(key)) == []


@pytest.mark.parametrize("key", CHEAP)
def test_what_the_texts_lean_on_is_so(key: str):
    assert untrue(key) == []


@pytest.mark.parametrize("key", lesson_keys())
def test_a_step_is_short_and_has_something_to_do_or_to_answer(key: str):
    lesson = our_lesson(key)

    assert 5 <= len(lesson.steps) <= 9
    for step in lesson.steps:
        words = " ".join(step.text.parts).split()
        assert len(words) <= 70, step.title
        assert step.question is not None or step.turns, step.title
    assert lesson.steps[-1].turns, "a lesson ends in something the reader does"


@pytest.mark.parametrize("key", lesson_keys())
def test_a_text_over_a_comparison_knows_how_many_members_it_has(key: str) -> None:
    for step in our_lesson(key).steps:
        read = {
            int(found.arguments[0])
            for expression in step.expressions
            for found in reads_of(expression)
            if found.name == "member"
        }
        if read:
            assert step.scene is not None
            kind = variation_for(step.scene.origin)
            assert kind is not None
            members = VARIATIONS[kind].members(step.scene.experiment)
            assert max(read) < len(members), step.title
            if kind == "optimizers":  # from the lowest to the highest of all
                assert read == set(range(len(members)))


def test_every_lesson_has_claims():
    assert set(CLAIMS) == set(lesson_keys())
