"""The names that expressions may use: their arguments, and how values are printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from core.protocol.snapshot import Need

Kind = Literal["index", "key", "word", "measure"]
Form = Literal["number", "count", "share", "loss", "flag"]

THINGS: Final = ("unit", "weight", "bias", "parameter")
"""What can be selected."""
SURFACES: Final = ("valley", "saddle", "beale", "rosenbrock", "own")
"""On which optimisers can race; own is a formula that was typed."""
WORDS_OF: Final[Mapping[str, tuple[str, ...]]] = {"selected": THINGS, "raced": SURFACES}
"""What a name takes in the place of a word."""
MEASURES: Final[Mapping[str, str]] = {
    "loss.train": "train_loss",
    "loss.test": "test_loss",
    "accuracy.train": "train_accuracy",
    "accuracy.test": "test_accuracy",
    "error.largest": "largest_error",
}
"""What is read of a member of a comparison: a field of MemberCurves."""


@dataclass(frozen=True, slots=True)
class Name:
    """A value of the network or of the window.

    Attributes:
        arguments: their kinds, for each number of arguments that is allowed.
        form: how it is printed; a flag is only for conditions.
        needs: what the snapshot must have for it.
    """

    arguments: tuple[tuple[Kind, ...], ...] = ((),)
    form: Form = "number"
    needs: frozenset[Need] = frozenset()


_ONE: Final[tuple[Kind, ...]] = ("index",)
_UNIT: Final[tuple[Kind, ...]] = ("index", "index")
_WEIGHT: Final[tuple[Kind, ...]] = ("index", "index", "index")
_KEY: Final[tuple[Kind, ...]] = ("key",)
_GRADIENT: Final[frozenset[Need]] = frozenset({"gradient"})
_BATCH: Final[frozenset[Need]] = frozenset({"batch"})
_HEALTH: Final[frozenset[Need]] = frozenset({"health"})
_ANY_PARAMETER: Final = ((), _UNIT, _WEIGHT)
_SELECTIONS: Final[tuple[tuple[Kind, ...], ...]] = (
    ("word",),
    ("word", "index"),
    ("word", "index", "index"),
    ("word", "index", "index", "index"),
)

NAMES: Final[Mapping[str, Name]] = {
    "step": Name(form="count"),
    "epoch": Name(),
    "rate": Name(),
    "parameters": Name(form="count"),
    "layers": Name(form="count"),
    "examples.train": Name(form="count"),
    "examples.test": Name(form="count"),
    "units": Name((_ONE,), "count"),
    "loss.batch": Name(form="loss", needs=_BATCH),
    "loss.after": Name(form="loss", needs=_BATCH),
    "loss.now": Name(form="loss", needs=_BATCH),
    "loss.test": Name(form="loss"),
    "loss.validation": Name(form="loss"),
    "loss.example": Name(form="loss"),
    "accuracy.train": Name(form="share"),
    "accuracy.test": Name(form="share"),
    "accuracy.validation": Name(form="share"),
    "mistakes": Name(form="count"),
    "error.largest": Name(),
    "w": Name((_WEIGHT,)),
    "b": Name((_UNIT,)),
    "z": Name((_UNIT,)),
    "a": Name((_UNIT,)),
    "p": Name((_ONE,), "share"),
    "p.largest": Name(form="share"),
    "answer": Name(form="count"),
    "label": Name(form="count"),
    "output": Name((_ONE, _UNIT)),
    "slope": Name((_UNIT,)),
    "delta": Name((_UNIT,)),
    "request": Name((_UNIT, _WEIGHT)),
    "request.activation": Name((_UNIT,)),
    "nudge": Name((_UNIT, _WEIGHT), needs=_GRADIENT),
    "change": Name((_UNIT, _WEIGHT), needs=_GRADIENT),
    "nudges.zero": Name(form="count", needs=_GRADIENT),
    "norm": Name((_ONE,), needs=_HEALTH),
    "dead": Name((_ONE,), "count", _HEALTH),
    "saturated": Name((_ONE,), "count", _HEALTH),
    "selected.value": Name(),
    "selected.nudge": Name(needs=_GRADIENT),
    "selected.request": Name(),
    "setting": Name((_KEY,)),
    # What the user has done since the step of the lesson began.
    "set": Name((_KEY,), "flag"),
    "selected": Name(_SELECTIONS, "flag"),
    "edited": Name(_ANY_PARAMETER, "flag"),
    "silenced": Name(((), _ONE, _UNIT), "flag"),
    "visited": Name((_ONE,), "flag"),
    "reads": Name((_ONE,), "flag"),
    "drawn": Name(form="flag"),
    "compared": Name(form="flag"),
    "raced": Name(((), ("word",)), "flag"),
    "descended": Name(form="flag"),
    "diverged": Name(form="flag"),
    "stopped": Name(form="flag"),
    # Of side jobs; a dash until the window knows them.
    "angle": Name(),
    "member": Name((("index", "measure"),)),
}
BY_HAND: Final = frozenset(
    ("selected.value", "selected.nudge", "selected.request", "member")
)
"""What is not known until the reader selects or trains something."""
STILL: Final = BY_HAND | {
    "step",
    "epoch",
    "parameters",
    "layers",
    "units",
    "examples.train",
    "examples.test",
    "setting",
    "set",
    "selected",
    "edited",
    "silenced",
    "visited",
    "drawn",
    "compared",
    "raced",
    "descended",
}
"""What training on does not turn, besides the count of steps."""
FUNCTIONS: Final[Mapping[str, tuple[int, int]]] = {
    "abs": (1, 1),
    "min": (2, 9),
    "max": (2, 9),
}
"""Least and most arguments."""
TIMES: Final = ("at", "begin")
WORDS: Final = ("and", "or", "not")
