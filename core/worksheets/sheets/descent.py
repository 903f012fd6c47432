"""Steps downhill by hand: one unit, a bowl, a chain, optimisers, surfaces."""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from core.worksheets.chance import Chance
from core.worksheets.hand import (
    blank,
    given,
    look_up,
    rounded,
    shown,
    sigmoid,
    trimmed,
)
from core.worksheets.model import Block, Cell, Diagram, Edge, Node, Table, Task, Text
from core.worksheets.records import record

ROUND: Final = (
    "Round every result to four digits after the point, and go on with the rounded "
    "number."
)
EXACT: Final = "The program rounds nothing on the way: its last digit may be another."
Pair = tuple[Decimal, Decimal]


def by_hand(chance: Chance) -> tuple[Block, ...]:
    x = (chance.decimal("0.50", "0.10", "0.95"), chance.decimal("0.51", "0.10", "0.95"))
    w = (chance.decimal("0.35", "0.10", "0.95"), chance.decimal("0.40", "0.10", "0.95"))
    t = chance.of((Decimal("0.1"), Decimal("0.9")))
    first = Update(x, w, t)
    second = Update(x, first.w, t)
    names: tuple[str, ...] = (
        "z",
        "a",
        "C = ½ (a − t)²",
        "dC/da = a − t",
        "da/dz = a (1 − a)",
        "δ = dC/da · da/dz",
    )
    names += tuple(
        f"dC/dw<sub>{k}</sub> = dC/da · da/dz · x<sub>{k}</sub>" for k in (1, 2)
    )
    names += tuple(f"new w<sub>{k}</sub>" for k in (1, 2))
    columns = zip(names, first.numbers, second.numbers, strict=True)
    node = Node("a")
    inputs = tuple(
        Node(f"x<sub>{k}</sub>", given(value)) for k, value in enumerate(x, 1)
    )
    lines = tuple(Edge(1, k, 0, given(value)) for k, value in enumerate(w))
    return (
        Text(
            f"One sigmoid unit without a bias; its target is {shown(t)}. The rate "
            f"is 1. {ROUND} {EXACT}"
        ),
        Diagram((inputs, (node,)), lines),
        look_up("z|sigmoid", sigmoid, (first.numbers[0], second.numbers[0])),
        Table(
            ("", "step 0", "step 1"),
            tuple((Cell(name), blank(a), blank(b)) for name, a, b in columns),
        ),
        Task(
            "How many new derivatives did the second weight need?",
            "One: dz/dw<sub>2</sub> = x<sub>2</sub>. δ is shared.",
        ),
    )


class Update:
    """One step of one unit, as it is done by hand."""

    def __init__(self, x: Pair, w: Pair, t: Decimal) -> None:
        z = rounded(w[0] * x[0] + w[1] * x[1])
        a = rounded(sigmoid(z))
        rise, slope = a - t, rounded(a * (1 - a))
        gradients = [rounded(rise * slope * value) for value in x]
        self.w = (w[0] - gradients[0], w[1] - gradients[1])
        cost, delta = rounded(rise * rise / 2), rounded(rise * slope)
        self.numbers = (z, a, cost, rise, slope, delta, *gradients, *self.w)


def chain(chance: Chance) -> tuple[Block, ...]:
    w = [
        chance.decimal(own, "-2.0", "2.0") or Decimal("0.5")
        for own in ("1.5", "-2.0", "1.0")
    ]
    b = [chance.decimal(own, "-1.0", "1.0") for own in ("-0.5", "1.0", "-1.0")]
    t, a = Decimal("0.9"), [Decimal(1)]
    z = []
    for weight, bias in zip(w, b, strict=True):
        z.append(rounded(weight * a[-1] + bias))
        a.append(rounded(sigmoid(z[-1])))
    slopes = [rounded(value * (1 - value)) for value in a[1:]]
    deltas = [rounded(2 * (a[3] - t) * slopes[2])]
    for k in (1, 0):
        deltas.insert(0, rounded(deltas[0] * w[k + 1] * slopes[k]))
    gradients = [rounded(d * before) for d, before in zip(deltas, a, strict=False)]
    rows = [
        (
            given(f"unit {k + 1}"),
            *map(given, (a[k], z[k], a[k + 1], slopes[k])),
            *map(blank, (deltas[k], gradients[k], w[k] - gradients[k])),
            blank(b[k] - deltas[k]),
        )
        for k in range(3)
    ]
    nodes = [(Node("x", given(1)),)]
    nodes += [(Node(f"a<sub>{k + 1}</sub>", bias=given(b[k])),) for k in range(3)]
    lines = tuple(
        Edge(k + 1, 0, 0, given(w[k]), is_negative=w[k] < 0) for k in range(3)
    )
    return (
        Text(
            f"A chain of three sigmoid units; x = 1, target {shown(t)}, C = "
            "(a<sub>3</sub> − t)², rate 1. "
            "δ of the last unit is 2 (a<sub>3</sub> − t) · slope; before it, δ = "
            f"δ of the next · its weight · slope. {ROUND} {EXACT}"
        ),
        Diagram(tuple(nodes), lines),
        Table(
            (
                "",
                "a before",
                "z",
                "a",
                "slope a (1 − a)",
                "δ",
                "dC/dw",
                "new w",
                "new b",
            ),
            tuple(reversed(rows)),
        ),
        Task(
            "What is dC/db of each unit?", "δ of the unit: z rises with b one to one."
        ),
        Task(
            "Raise the last weight by 0.01. By about how much does C change?",
            f"0.01 · {shown(gradients[2])} = {shown(gradients[2] / 100)}",
        ),
    )


class Bowl:
    """C = k1 (w1 - m1)² + k2 (w2 - m2)²."""

    def __init__(self, k: tuple[int, int], m: tuple[int, int]) -> None:
        self.k, self.m = k, m

    def slopes(self, w: Pair) -> Pair:
        return (2 * self.k[0] * (w[0] - self.m[0]), 2 * self.k[1] * (w[1] - self.m[1]))

    def step(self, w: Pair, rate: Decimal) -> Pair:
        slopes = self.slopes(w)
        return (rounded(w[0] - rate * slopes[0]), rounded(w[1] - rate * slopes[1]))

    @property
    def formula(self) -> str:
        parts = [
            f"{_factor(k)}(w<sub>{i}</sub> − {m})²"
            for i, (k, m) in enumerate(zip(self.k, self.m, strict=True), 1)
        ]
        return f"C = {' + '.join(parts)}"


def _factor(k: int) -> str:
    return "" if k == 1 else f"{k} "


def _bowl(chance: Chance) -> Bowl:
    steep = chance.of((16, 20, 25, 10, 8))
    return Bowl(
        (steep, chance.of((1, 2))), (chance.of((1, 2, 3)), chance.of((2, 1, 3, 4)))
    )


def learning_rate(chance: Chance) -> tuple[Block, ...]:
    bowl, start = _bowl(chance), (Decimal(0), Decimal(0))
    slow, fast = Decimal("0.01"), trimmed(rounded(Decimal("0.96") / bowl.k[0], 3))
    once = bowl.step(start, slow)
    twice = bowl.step(once, slow)
    far = bowl.step(start, fast)
    border = trimmed(Decimal(1) / bowl.k[0])
    rates = [slow, Decimal("0.03"), fast, border, trimmed(border + Decimal("0.0075"))]
    factors = [trimmed(1 - 2 * rate * bowl.k[0]) for rate in rates]
    moves = (
        (slow, "after one step", once),
        (slow, "after two steps", twice),
        (fast, "after one step", far),
    )
    return (
        Text(
            f"A loss with two dials: {bowl.formula}. Its slopes are "
            f"{2 * bowl.k[0]} (w<sub>1</sub> − {bowl.m[0]}) and "
            f"{2 * bowl.k[1]} (w<sub>2</sub> − {bowl.m[1]}). Both dials begin at "
            "0. Four digits after the point."
        ),
        Table(
            ("", "for w<sub>1</sub>", "for w<sub>2</sub>"),
            (
                (
                    Cell("slopes at (0, 0)"),
                    *(blank(trimmed(s)) for s in bowl.slopes(start)),
                ),
                *(
                    (
                        Cell(f"rate {shown(rate)}, {when}"),
                        *(blank(trimmed(v)) for v in w),
                    )
                    for rate, when, w in moves
                ),
            ),
        ),
        Text(
            f"A step changes the distance of w<sub>1</sub> from {bowl.m[0]} by the "
            f"factor 1 − rate · {2 * bowl.k[0]}."
        ),
        Table(
            ("rate", *map(shown, rates)),
            (
                (Cell("factor"), *map(blank, factors)),
                (Cell("comes nearer?"), *(blank(_nearer(f)) for f in factors)),
            ),
        ),
        Task(
            "From which rate on does it grow without end?",
            f"Above 2 / {2 * bowl.k[0]} = {shown(border)}",
        ),
    )


def _nearer(factor: Decimal) -> str:
    size = abs(factor)
    return "yes" if size < 1 else "stays" if size == 1 else "no"


def landscape(chance: Chance) -> tuple[Block, ...]:
    bowl = _bowl(chance)
    m1, m2 = bowl.m
    places = ((0, 0), (m1, 0), (0, m2), (m1, m2))
    costs = [bowl.k[0] * (a - m1) ** 2 + bowl.k[1] * (b - m2) ** 2 for a, b in places]
    units = chance.of((3, 4, 5))
    slopes = bowl.slopes((Decimal(0), Decimal(0)))
    return (
        Text(f"A loss with two dials: {bowl.formula}."),
        Table(
            ("(w<sub>1</sub>, w<sub>2</sub>)", *(f"({a}, {b})" for a, b in places)),
            ((Cell("C"), *map(blank, costs)),),
        ),
        Task(
            f"The slopes at (0, 0): {2 * bowl.k[0]} (w<sub>1</sub> − {m1}) and "
            f"{2 * bowl.k[1]} (w<sub>2</sub> − {m2})",
            f"{shown(slopes[0])} and {shown(slopes[1])}",
        ),
        Task(
            f"Draw the contour through (0, {m2}), with its four outermost points.",
            f"C = {costs[2]} there: an ellipse around ({m1}, {m2}), through (0, "
            f"{m2}), ({2 * m1}, {m2}) and "
            f"({m1}, {m2} ± {shown(_width(costs[2], bowl.k[1]))})",
            lines=6,
        ),
        Task(
            f"A hidden layer has {units} units. In how many orders can they "
            "stand, all with the same loss?",
            f"{units}! = {math.factorial(units)}",
        ),
    )


def _width(cost: int, k: int) -> Decimal:
    return trimmed(rounded((Decimal(cost) / k).sqrt(), 2))


def optimisers(chance: Chance) -> tuple[Block, ...]:
    x = chance.decimal("-8", "-9", "-5")
    y = chance.decimal("1.8", "1.0", "2.4")
    sgd, slow = Decimal("0.5"), Decimal("0.1")
    slopes = (x / 10, 2 * y)
    first = (x - slow * slopes[0], y - slow * slopes[1])
    later = (first[0] / 10, 2 * first[1])
    kept = tuple(Decimal("0.9") * a + b for a, b in zip(slopes, later, strict=True))
    second = tuple(rounded(a - slow * v, 3) for a, v in zip(first, kept, strict=True))
    rows = (
        (
            "SGD, rate 0.5",
            "place − rate · slope",
            (x - sgd * slopes[0], y - sgd * slopes[1]),
        ),
        ("momentum, rate 0.1", "v = slope; place − rate · v", first),
        ("momentum, second step", "v = 0.9 v + new slope; place − rate · v", second),
        ("AdaGrad, rate 1", "place − rate · slope / |slope|", (x + 1, y - 1)),
        (
            "Adam, rate 0.2",
            "place − rate · slope / |slope|",
            (x + Decimal("0.2"), y - Decimal("0.2")),
        ),
    )
    return (
        Text(
            "The valley C = x²/20 + y², with the slopes x/10 and 2y. All begin at "
            f"({shown(x)}, {shown(y)}). "
            "Three digits after the point."
        ),
        Task(
            "The slopes at the beginning",
            f"{shown(trimmed(slopes[0]))} and {shown(trimmed(slopes[1]))}",
        ),
        Table(
            ("", "rule", "new x", "new y"),
            tuple(
                (Cell(name), Cell(rule), *(blank(trimmed(v)) for v in place))
                for name, rule, place in rows
            ),
        ),
        Task(
            "Why do AdaGrad and Adam move equally far in both at their first step?",
            "Each slope is divided by its own size: only the sign is left.",
        ),
    )


def overfitting(chance: Chance) -> tuple[Block, ...]:
    penalty, rate = (
        chance.of((Decimal("0.03"), Decimal("0.01"), Decimal("0.02"))),
        Decimal("0.1"),
    )
    w = chance.some((1, -2, 3, -1, 2, 4), 2)
    one = chance.of((2, 3, 4, 5))
    squares = sum(v * v for v in w)
    decayed = one - rate * penalty * one
    return (
        Text(
            "One network on the same 50 points, of which some have a wrong label, "
            "after 1,000 "
            "steps with four penalties. What was measured:"
        ),
        Table(
            ("", "train loss", "test loss", "test accuracy"),
            tuple(map(_run, record(chance.key)["run"])),
        ),
        Task(
            "Which of them overfits most? How do you see it?",
            "The one without a penalty: its train loss is nearly 0, and its test "
            "loss the largest.",
            lines=2,
        ),
        Task(
            "Which penalty was too large? How do you see it?",
            "0.3: the train loss is as large as the test loss, both near ln 2 = "
            "0.69; it says one colour everywhere.",
            lines=2,
        ),
        Text("Weight decay adds ½ · L2 · the sum of the squared weights to the loss."),
        Task(
            f"Weights {shown(w[0])} and {shown(w[1])}, L2 {shown(penalty)}: the "
            "penalty",
            f"½ · {shown(penalty)} · {squares} = "
            f"{shown(trimmed(penalty * squares / 2))}",
        ),
        Task(
            f"A weight of {one}, rate {shown(rate)}, L2 {shown(penalty)}, and no "
            "other slope: the weight after one step",
            f"{one} − {shown(rate)} · {shown(penalty)} · {one} = "
            f"{shown(trimmed(decayed))}",
        ),
    )


def _run(row: Mapping[str, str]) -> tuple[Cell, ...]:
    numbers = (row["train"], row["test"], f"{row['accuracy']} %")
    return (Cell(f"L2 {row['penalty']}"), *map(Cell, numbers))
