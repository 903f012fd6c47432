"""Networks that read digits: their parts, dials, and what pictures request."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from core.worksheets.chance import Chance
from core.worksheets.hand import MINUS, blank, given, rounded, shown, sum_of
from core.worksheets.model import (
    Block,
    Cell,
    Diagram,
    Edge,
    Node,
    Table,
    Task,
    Text,
)
from core.worksheets.records import record

SIZES: Final = ((16, 16), (20, 12), (24, 10), (30, 20), (18, 14), (12, 12), (25, 15))
Record = Mapping[str, Any]


def first_look(chance: Chance) -> tuple[Block, ...]:
    first, second = chance.of(SIZES)
    names = (
        "pixel",
        "positive weight",
        "negative weight",
        "bias",
        "activation",
        "probability",
    )
    order = chance.some(range(6), 6)
    mark = {names[place]: given(number) for number, place in enumerate(order, 1)}
    return (
        Text(
            "A part of a network that reads digits. A full line is blue on the "
            "screen, a dashed one "
            "orange. What do the numbers point at?"
        ),
        _marked(mark),
        Table(
            ("number", "name"),
            tuple(
                (given(number), blank(names[place]))
                for number, place in enumerate(order, 1)
            ),
        ),
        Text(
            f"The pictures have 28 x 28 pixels; there are hidden layers of {first} "
            f"and {second} units, and "
            "ten answers. Every unit is connected with every one of the layer before."
        ),
        Task("How many pixels go in?", "28 · 28 = 784"),
        Task(
            "How many hidden units are there?", f"{first} + {second} = {first + second}"
        ),
        Task(
            "How many lines are there between the two hidden layers?",
            f"{first} · {second} = {first * second}",
        ),
        Task(
            "How many lines go into the first hidden layer?",
            f"784 · {first} = {784 * first:,}",
        ),
        Task(
            "Nobody has trained it. How many of 4,000 pictures does it read by "
            "guessing?",
            "About 400: one in ten",
        ),
    )


def _marked(mark: Mapping[str, Cell]) -> Diagram:
    empty = Cell()
    inputs = (Node("", mark["pixel"]), Node(""), Node(""))
    hidden = (Node("", mark["activation"]), Node("", bias=mark["bias"]), Node(""))
    outputs = (Node("", mark["probability"]), Node(""))
    signs = (1, -1, 1, -1, 1, 1, -1, -1, 1)
    lines = [
        Edge(1, j, k, empty, is_negative=signs[3 * k + j] < 0)
        for k in range(3)
        for j in range(3)
    ]
    lines += [
        Edge(2, j, k, empty, is_negative=signs[2 * j + k] < 0)
        for k in range(2)
        for j in range(3)
    ]
    lines[0] = Edge(1, 0, 0, mark["positive weight"])
    lines[8] = Edge(1, 2, 2, mark["negative weight"], is_negative=True)
    return Diagram((inputs, hidden, outputs), tuple(lines))


def dials(chance: Chance) -> tuple[Block, ...]:
    more = ((784, 30, 10), (784, 12, 10), (784, 10, 10, 10))
    sizes: tuple[tuple[int, ...], ...] = ((784, 20, 10), (2, 8, 2), (784, 16, 16, 10))
    if chance.seed:
        small = ((2, 4, 2), (3, 5, 2), (4, 6, 3), (2, 6, 3))
        sizes = (chance.of(more), chance.of(small), (784, *chance.of(SIZES), 10))
    counts = tuple(
        (given("-".join(map(str, s))), blank(_counted(s)), blank(_dials(s)))
        for s in sizes
    )
    kept = record("dials")
    rows = kept["dial"]
    own = [rows[0], rows[6], rows[12]]
    chosen = own if chance.seed == 0 else chance.some(rows, 3)
    cost = chance.of(kept["cost"])
    label, outputs = cost["label"], [Decimal(o) for o in cost["outputs"]]
    terms = [(o - (k == label)) ** 2 for k, o in enumerate(outputs)]
    return (
        Text("Every weight and every bias is a dial. How many are there?"),
        Table(("network", "weights and biases of each layer", "dials"), counts),
        Text(
            f"An untrained network sees a {label}. Its ten outputs, and the "
            "squares of what they differ by "
            "from 0, or from 1 for the true digit:"
        ),
        Table(
            ("digit", *map(str, range(10))),
            (
                (Cell("output"), *map(given, outputs)),
                (Cell("square"), *map(blank, terms)),
            ),
        ),
        Task("The cost of this picture", shown(sum_of(terms))),
        Text(
            "Three dials of the network 784-16-16-10 at its first step. The rate "
            "is 0.1: new value = value + 0.1 · nudge."
        ),
        Table(("dial", "value", "nudge", "new value"), tuple(map(_dial, chosen))),
        Task(
            "Two nudges are 3.2 and 0.1. Which dial lowers the cost more, and "
            "how many times?",
            "The first: 32 times as much for the same small turn.",
        ),
    )


def _pairs(sizes: Sequence[int]) -> list[tuple[int, int]]:
    return list(pairwise(sizes))


def _counted(sizes: Sequence[int]) -> str:
    return " + ".join(f"{a * b + b:,}" for a, b in _pairs(sizes))


def _dials(sizes: Sequence[int]) -> int:
    return sum(a * b + b for a, b in _pairs(sizes))


def _dial(row: Record) -> tuple[Cell, ...]:
    layer = "output" if row["layer"] == 3 else f"hidden {row['layer']}"
    source = "bias" if row["source"] < 0 else f"weight from {row['source']}"
    value, nudge = Decimal(row["value"]), Decimal(row["nudge"])
    new = value + nudge / 10
    return (
        Cell(f"{layer}, unit {row['unit']}, {source}"),
        given(value),
        given(nudge),
        blank(new),
    )


def desired_changes(chance: Chance) -> tuple[Block, ...]:
    row = chance.of(record("desired-changes")["example"])
    label, shares = row["label"], [Decimal(p) for p in row["shares"]]
    wishes = [(k == label) - p for k, p in enumerate(shares)]
    wish = wishes[label]
    a, w = ([Decimal(v) for v in row[name]] for name in ("activations", "weights"))
    asks = tuple(
        (
            given(f"unit {unit}"),
            given(value),
            given(weight),
            blank(rounded(wish * value, 3)),
            blank(rounded(wish * weight, 3)),
        )
        for unit, value, weight in zip(row["units"], a, w, strict=True)
    )
    nodes = tuple(
        Node(f"unit {u}", given(v)) for u, v in zip(row["units"], a, strict=True)
    )
    lines = tuple(Edge(1, k, 0, given(v), is_negative=v < 0) for k, v in enumerate(w))
    return (
        Text(
            f"The digits network after {record('desired-changes')['step']} steps "
            f"sees test picture {row['number']}, a {label}. With softmax and "
            "cross-entropy each output requests 1 − p for the true digit, else "
            f"{MINUS}p."
        ),
        Table(
            ("digit", *map(str, range(10))),
            ((Cell("p"), *map(given, shares)), (Cell("request"), *map(blank, wishes))),
        ),
        Task(
            "What do the ten requests add up to, but for rounding?",
            "0: the shares add up to 1, and so do the targets.",
        ),
        Text(
            f"Output {label} has 16 units before it; here are five. It requests "
            "(its request · activation) of a weight, and "
            "(its request · weight) of a unit. Three digits after the point."
        ),
        Diagram((nodes, (Node(f"output {label}"),)), lines),
        Table(
            (
                "from",
                "activation",
                "weight",
                "asked of the weight",
                "asked of the unit",
            ),
            asks,
        ),
        Task(
            "Which weight is asked for most, and why?",
            f"That from unit {row['units'][a.index(max(a))]}: its unit is the "
            "brightest.",
        ),
    )


def mini_batches(chance: Chance) -> tuple[Block, ...]:
    examples = chance.of((20_000, 10_000, 40_000, 16_000, 60_000))
    rows = tuple(
        (given(size), blank(examples // size), blank(20 * size))
        for size in (examples, 1000, 128, 32, 8, 1)
    )
    requests = record("mini-batches")["requests"]
    begin = 0 if chance.seed == 0 else chance.below(len(requests) - 4)
    five = [rounded(v, 2) for v in requests[begin : begin + 5]]
    mean = sum_of(five) / 5
    return (
        Text(
            f"{examples:,} examples are read once, in batches. How many whole "
            "batches are that, and how many "
            "examples do 20 steps read?"
        ),
        Table(
            ("batch", f"steps for {examples:,} examples", "examples for 20 steps"), rows
        ),
        Text(
            f"Pictures {begin + 1} to {begin + 5} of the first batch request these "
            "changes of one bias "
            "(hidden 1, unit 5). Three digits after the point."
        ),
        Table(
            ("picture", *(str(begin + k + 1) for k in range(5)), "mean"),
            ((Cell("request"), *map(given, five), blank(rounded(mean, 3))),),
        ),
        Task(
            "By how much does the bias change at rate 0.1, if these five are the "
            "batch?",
            f"0.1 · {shown(rounded(mean, 3))} = {shown(rounded(mean, 3) / 10)}",
        ),
        Task(
            "Do all five want the same way? What does the batch do with those "
            "that do not?",
            _opinions(five),
            lines=2,
        ),
    )


def _opinions(five: Sequence[Decimal]) -> str:
    up, down = sum(v > 0 for v in five), sum(v < 0 for v in five)
    idle = 5 - up - down
    return f"{up} up, {down} down, {idle} ask for nothing: the mean decides for all."
