"""The sheet of a lesson and a seed."""

from collections.abc import Callable, Mapping
from typing import Final

from core.lessons.folders import shipped_folder
from core.lessons.model import Lesson
from core.worksheets.chance import Chance
from core.worksheets.model import Block, Sheet
from core.worksheets.sheets import (
    descent,
    digits,
    functions,
    limits,
    one_unit,
    readings,
)

MOST_SEED: Final = 2**31 - 1
_LESSONS: Final = (
    ("first-look", digits.first_look),
    ("one-unit", one_unit.a_neuron),
    ("perceptron", one_unit.perceptron),
    ("one-line", one_unit.one_line),
    ("hidden-layers", one_unit.hidden_layer),
    ("features", one_unit.features),
    ("activations", functions.activations),
    ("softmax", functions.softmax),
    ("losses", functions.losses),
    ("by-hand", descent.by_hand),
    ("learning-rate", descent.learning_rate),
    ("desired-changes", digits.desired_changes),
    ("chain-rule", descent.chain),
    ("mini-batches", digits.mini_batches),
    ("optimisers", descent.optimisers),
    ("dials", digits.dials),
    ("hidden-units", readings.hidden_units),
    ("test-run", readings.test_run),
    ("random-labels", readings.random_labels),
    ("overfitting", descent.overfitting),
    ("vanishing", limits.vanishing),
    ("any-function", functions.any_function),
    ("landscape", descent.landscape),
    ("photos", limits.photos),
    ("break-it", limits.break_it),
    ("capstone", limits.capstone),
)
SHEETS: Final[Mapping[str, Callable[[Chance], tuple[Block, ...]]]] = dict(_LESSONS)


def has_own_sheet(lesson: Lesson) -> bool:
    """Whether it ships with Glassbox, with a sheet that was written for it."""
    return lesson.key in SHEETS and lesson.folder.parent == shipped_folder()


def lesson_sheet(key: str, title: str, seed: int) -> Sheet:
    """The sheet that belongs to a lesson that ships with Glassbox."""
    return Sheet(key, title, seed, SHEETS[key](Chance(key, seed)))
