"""Curves: activation functions, softmax, losses, and any function by steps."""

from decimal import Decimal
from itertools import pairwise
from typing import Final

from core.worksheets.chance import Chance
from core.worksheets.hand import (
    blank,
    given,
    look_up,
    minus_log,
    rounded,
    shown,
    sigmoid,
    sum_of,
    tanh,
    trimmed,
)
from core.worksheets.model import Block, Cell, Diagram, Edge, Node, Table, Task, Text

ONE: Final = Decimal(1)


def activations(chance: Chance) -> tuple[Block, ...]:
    z = chance.of((Decimal(2), Decimal(1), Decimal("1.5"), Decimal("0.5"), Decimal(3)))
    places = (-z, Decimal(0), z)
    s = [rounded(sigmoid(value), 3) for value in places]
    s[2] = ONE - s[0]
    t = [rounded(tanh(value), 3) for value in places]
    first, second = _matrix(chance, (2, 1, 0, 1)), _matrix(chance, (1, 3, 2, -1))
    product = tuple(
        sum(second[2 * i + k] * first[2 * k + j] for k in (0, 1))
        for i in (0, 1)
        for j in (0, 1)
    )
    return (
        Text(
            "Slopes by the activation itself: a (1 − a) for the sigmoid, 1 − a² "
            "for tanh. "
            "A table of curves that are symmetric needs only one half. Round to "
            "three digits."
        ),
        Table(
            ("", *(f"z = {shown(trimmed(value))}" for value in places)),
            (
                (Cell("sigmoid"), given(s[0]), blank(s[1]), blank(s[2])),
                (Cell("its slope"), *(blank(rounded(a * (1 - a), 3)) for a in s)),
                (Cell("tanh"), given(t[0]), blank(t[1]), blank(t[2])),
                (Cell("its slope"), *(blank(rounded(1 - a * a, 3)) for a in t)),
                (
                    Cell("ReLU"),
                    *(blank(trimmed(max(value, Decimal(0)))) for value in places),
                ),
                (Cell("its slope"), blank(0), given("0 or 1"), blank(1)),
            ),
        ),
        Text(
            "Two layers without a bend: h = A x, then y = B h. Rows of A: "
            f"{_rows(first)}. Rows of B: {_rows(second)}."
        ),
        Task(
            "Which one matrix does the same as both layers? Write its rows.",
            _rows(product),
            lines=2,
        ),
    )


def _matrix(chance: Chance, own: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(chance.of((value, 0, 1, -1, 2, 3, -2)) for value in own)


def _rows(matrix: tuple[int, ...]) -> str:
    pairs = (matrix[:2], matrix[2:])
    return ", ".join(f"({shown(a)}, {shown(b)})" for a, b in pairs)


def softmax(chance: Chance) -> tuple[Block, ...]:
    half = Decimal("0.5")
    own = (Decimal(2), Decimal(1), Decimal(0))
    z = own if chance.seed == 0 else chance.some([half * k for k in range(-2, 7)], 3)
    both = (z, tuple(value * half for value in z))
    tables = [_shares(scores) for scores in both]
    logs = [Decimal(rows[0][3].text) for rows in tables]
    needed = {value for scores in both for value in scores}
    return (
        Text(
            "Scores z become shares: e<sup>z</sup> divided by the sum of all "
            "e<sup>z</sup>. "
            "Take e<sup>z</sup> from the table, and round to three digits."
        ),
        look_up("z|e<sup>z</sup>", Decimal.exp, needed, 3),
        *(
            Table(
                ("class", "z", "e<sup>z</sup>", "share"),
                rows,
                "Sum of e<sup>z</sup>: see the last row",
            )
            for rows in map(_with_sum, tables)
        ),
        look_up("p|−ln p", minus_log, logs, 3, (0, 1)),
        Task(
            "The first class is the true one. What does cross-entropy cost, −ln "
            "of its share, in both cases?",
            " and ".join(shown(rounded(minus_log(p), 3)) for p in logs),
        ),
        Task(
            "All scores were halved. Which of the two answers is surer?",
            "The first: larger scores are further apart, and e to the difference "
            "is the ratio of the shares.",
        ),
    )


def _shares(z: tuple[Decimal, ...]) -> tuple[tuple[Cell, ...], ...]:
    powers = [rounded(value.exp(), 3) for value in z]
    total = sum_of(powers)
    return tuple(
        (
            given(f"class {k}"),
            given(trimmed(value)),
            blank(power),
            blank(rounded(power / total, 3)),
        )
        for k, (value, power) in enumerate(zip(z, powers, strict=True))
    )


def _with_sum(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    total = sum_of(Decimal(row[2].text) for row in rows)
    return (*rows, (given("sum"), Cell(), blank(total), given("1")))


def losses(chance: Chance) -> tuple[Block, ...]:
    own = tuple(Decimal(p) for p in ("0.9", "0.5", "0.1", "0.01"))
    more = [Decimal(k) / 20 for k in range(1, 20)]
    drawn = chance.some(more, 3)
    p = own if chance.seed == 0 else (*sorted(drawn, reverse=True), Decimal("0.01"))
    a = chance.decimal("0.9933", "0.9500", "0.9970")
    slope = rounded(a * a * (1 - a))
    target, outputs = _film(chance)
    terms = [(o - (k == target)) ** 2 for k, o in enumerate(outputs)]
    return (
        Text("What a share p for the true class costs. Take −ln p from the table."),
        look_up("p|−ln p", minus_log, p, 3, (0, 1)),
        Table(
            ("p", *(shown(trimmed(value)) for value in p)),
            (
                (Cell("−ln p"), *(blank(rounded(minus_log(value), 3)) for value in p)),
                (Cell("(1 − p)²"), *(blank(trimmed((1 - value) ** 2)) for value in p)),
            ),
        ),
        Text(
            f"A sigmoid unit says a = {shown(a)}, and should say 0: it is surely "
            "wrong. What does "
            "it hear, dC/dz? Round to four digits at the end."
        ),
        Task("Half squared error: (a − t) · a (1 − a)", shown(slope)),
        Task("Cross-entropy: a − t", shown(a)),
        Task(
            "How many times more does the unit hear with cross-entropy? (a whole "
            "number)",
            shown(rounded(a / slope, 0)),
        ),
        Text(
            f"The cost of one picture of a {target}, as in the films: the squared "
            "differences of "
            "ten outputs from 0, or from 1 for the true digit, added."
        ),
        Table(
            ("digit", *map(str, range(10))),
            (
                (Cell("output"), *map(given, outputs)),
                (Cell("(a − t)²"), *map(blank, terms)),
            ),
        ),
        Task("The cost", shown(sum_of(terms))),
    )


def _film(chance: Chance) -> tuple[int, tuple[Decimal, ...]]:
    own = (
        "0.43",
        "0.28",
        "0.19",
        "0.88",
        "0.72",
        "0.01",
        "0.64",
        "0.86",
        "0.99",
        "0.63",
    )
    return chance.of((3, 0, 1, 2, 4, 5, 6, 7, 8, 9)), tuple(
        chance.decimal(value, "0.01", "0.99") for value in own
    )


def any_function(chance: Chance) -> tuple[Block, ...]:
    w = 20
    edges = (-4, -2, 1, 3)
    if chance.seed:
        first = -5 + chance.below(2)
        gaps = [1 + chance.below(2) for _ in range(3)]
        edges = (
            first,
            first + gaps[0],
            first + gaps[0] + gaps[1] + 1,
            first + sum(gaps) + 1,
        )
    tall, low = (
        chance.of((ONE, Decimal(2), Decimal("1.5"))),
        chance.of((Decimal("-0.5"), Decimal(-1), Decimal("0.5"))),
    )
    heights = (tall, -tall, low, -low)
    names = [f"a<sub>{k}</sub>" for k in range(1, 5)]
    rows = tuple(
        (given(name), given(w), given(-w * edge), given(trimmed(v)), blank(edge))
        for name, edge, v in zip(names, edges, heights, strict=True)
    )
    places = _places(edges)
    values = [
        sum_of(v for edge, v in zip(edges, heights, strict=True) if x > edge)
        for x in places
    ]
    hidden = tuple(
        Node(name, bias=given(-w * edge))
        for name, edge in zip(names, edges, strict=True)
    )
    lines = tuple(Edge(1, 0, k, given(w)) for k in range(4)) + tuple(
        Edge(2, k, 0, given(trimmed(v)), is_negative=v < 0)
        for k, v in enumerate(heights)
    )
    return (
        Text(
            "One input, four steep sigmoid units, one output: the sum of "
            "activation times "
            "outgoing weight. Take each unit as a step: 0 where z is below 0, else 1."
        ),
        Diagram(((Node("x"),), hidden, (Node("y"),)), lines),
        Table(("unit", "w", "b", "outgoing weight", "its step is at x ="), rows),
        Table(
            ("x", *(shown(trimmed(x)) for x in places)),
            ((Cell("output"), *(blank(trimmed(v)) for v in values)),),
        ),
        Task(
            "Two more units are to add a bump of height 1 from x = 6 to x = 7. "
            "Which weights "
            f"and biases (w = {w}), and which outgoing weights?",
            f"b = {shown(-w * 6)} and {shown(-w * 7)}; outgoing 1 and {shown(-1)}.",
        ),
    )


def _places(edges: tuple[int, ...]) -> tuple[Decimal, ...]:
    """Before, inside and after the bumps, never on a step."""
    inside = [Decimal(a + b) / 2 for a, b in pairwise(edges)]
    return (Decimal(edges[0] - 1), *inside, Decimal(edges[-1] + 2))
