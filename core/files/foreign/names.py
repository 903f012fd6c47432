"""What the names of tensors say: their order, their module, and their role in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_WRAPPERS: Final = ("module", "_orig_mod", "params", "batch_stats")
"""What DataParallel, torch.compile and Flax put in front of every name."""
_ROLES: Final = {
    "weight": r"weights?|matrix",
    "kernel": r"kernel|coefs?",
    "w": r"[wW]",
    "bias": r"bias(?:es)?|intercepts?|[bB]",
    "scale": r"gamma|scale",
    "shift": r"beta",
    "mean": r"running_mean|moving_mean|mean",
    "variance": r"running_var|moving_variance|variance|var",
}
_PATTERNS: Final = {
    role: re.compile(
        rf"(?P<before>(?:[A-Za-z0-9_]*_)??)(?:{words})(?P<after>_?\d*|_[A-Za-z0-9_]+)"
    )
    for role, words in _ROLES.items()
}
_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class TensorName:
    """A name, read.

    Attributes:
        full: as in the file.
        parent: what its module stands in: "encoder.layers.0".
        module: what tensors of one module share, parent included.
        role: a key of the table above; empty for none of them.
    """

    full: str
    parent: str
    module: str
    role: str


def natural(name: str) -> list[tuple[int, str]]:
    """A sort key that puts "fc10" after "fc2"."""
    parts = re.split(r"([0-9]{1,18})", name)
    return [(int(p), "") if i % 2 else (0, p) for i, p in enumerate(parts)]


def parsed(name: str) -> TensorName:
    """Read a name; wrappers in front are taken off."""
    if len(name) > _LONGEST:
        return TensorName(name, "", name, "")
    pieces = [piece for piece in re.split(r"[./]", name) if piece]
    while len(pieces) > 1 and pieces[0] in _WRAPPERS:
        pieces = pieces[1:]
    last = pieces[-1] if pieces else name
    above = pieces[:-1]
    for role, pattern in _PATTERNS.items():
        match = pattern.fullmatch(last)
        if match is None:
            continue
        rest = (match["before"] + match["after"]).strip("_")
        module = ".".join([*above, rest] if rest else above)
        parent = ".".join(above if rest else above[:-1])
        return TensorName(name, parent, module, role)
    return TensorName(name, ".".join(above), ".".join([*above, last]), "")


def numbers_of(name: str) -> tuple[int, ...]:
    """The whole numbers in a name."""
    return tuple(int(digits) for digits in re.findall(r"[0-9]{1,18}", name))


def say_their_order(names: Iterable[str]) -> bool:
    """Whether names differ in one number only: layers.0, layers.1."""
    shapes = set()
    numbers = set()
    count = 0
    for name in names:
        count += 1
        shapes.add(re.sub(r"[0-9]+", "#", name))
        numbers.add(numbers_of(name))
    return len(shapes) == 1 and len(numbers) == count
