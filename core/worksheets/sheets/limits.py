"""Where networks fail, and how large they become."""

from decimal import Decimal
from itertools import pairwise
from typing import Final

from core.worksheets.chance import Chance
from core.worksheets.hand import MINUS, blank, given, rounded, shown, sum_of, trimmed
from core.worksheets.model import (
    Block,
    Cell,
    Curve,
    Curves,
    Table,
    Task,
    Text,
)
from core.worksheets.records import record

PATIENTS: Final = (
    (
        "loss at 2.30, accuracy 10 %",
        "rate too large, units dead",
        "smaller rate, reset",
    ),
    ("half-way good, many units dead", "rate a little too large", "smaller rate, tanh"),
    ("saturated from the first step", "first weights too large", "Glorot, LeCun or He"),
    ("all units of a layer alike", "all weights began at 0", "weights by chance"),
    (
        "loss leaps, batch of 1",
        "rate too large for one picture",
        "smaller rate, larger batch",
    ),
    ("training 100 %, test like guessing", "labels are shuffled", "true labels"),
    ("norms fall from layer to layer", "gradient vanishes", "ReLU or tanh, or Adam"),
)
OWN_GAPS: Final = ((0, 1), (2, 2), (4, 1), (5, 1), (3, 2), (6, 0))


def vanishing(chance: Chance) -> tuple[Block, ...]:
    row = chance.of(record("vanishing")["run"])
    norms = [Decimal(v) for v in row["norms"]]
    ratios = [rounded(b / a, 1) for a, b in pairwise(norms)]
    weight, layers = (
        chance.of((Decimal("0.5"), Decimal("0.4"), Decimal("0.8"))),
        chance.of((5, 4, 6)),
    )
    factor = Decimal("0.25") * weight
    begin, end = chance.of(
        (
            (Decimal("0.5"), Decimal("-0.2")),
            (Decimal("0.3"), Decimal("-0.3")),
            (Decimal("0.1"), Decimal("0.9")),
        )
    )
    slope = Decimal("0.00001")
    steps = abs(end - begin) / slope
    return (
        Text(
            f"A sigmoid's slope is at most 0.25. With weights of {shown(weight)}, "
            f"each layer multiplies the gradient by at most 0.25 · {shown(weight)}."
        ),
        Task("The factor of one layer", shown(trimmed(factor))),
        Task(
            f"Of {layers} layers (three digits that are not 0)",
            f"{shown(trimmed(factor))}<sup>{layers}</sup> = "
            f"{_scientific(factor**layers)}",
        ),
        Text(
            "The gradient norms of seven layers, six of them with sigmoids, "
            f"before the first step (seed {row['seed']}). By what is each larger "
            "than that of the layer before it?"
        ),
        Table(
            ("layer", *map(str, range(1, 8))),
            (
                (Cell("norm"), *(given(f"{v:f}") for v in norms)),
                (Cell("ratio"), Cell(), *map(blank, ratios)),
            ),
        ),
        Task(
            "The last norm over the first, to a whole number",
            shown(rounded(norms[-1] / norms[0], 0)),
        ),
        Task(
            f"A weight of {shown(begin)} ought to be {shown(end)}; its slope is "
            "0.00001 in size, the rate 1. How many steps?",
            f"{shown(abs(end - begin))} / 0.00001 = {shown(trimmed(steps))}",
        ),
    )


def _scientific(value: Decimal) -> str:
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa} · 10<sup>{MINUS}{abs(int(exponent))}</sup>"


def photos(chance: Chance) -> tuple[Block, ...]:
    sides = (28, 200, 1000)
    if chance.seed:
        sides = (28, chance.of((100, 150, 250, 300)), chance.of((400, 500, 800)))
    rows = tuple(_photo(side) for side in sides)
    side = sides[1]
    colour = 3 * side * side
    many = colour * colour + colour
    return (
        Text(
            "A square picture, and a first layer with as many units as the "
            "picture has pixels. Each number takes "
            "4 bytes; a GB is 10<sup>9</sup> bytes. GB with three digits that are "
            "not 0."
        ),
        Table(("side", "inputs", "parameters of the layer", "GB"), rows),
        Task(
            f"The side {side} in colour: three numbers to a pixel, and as many "
            "units. How many parameters?",
            f"({colour:,})² + {colour:,} = {many:,}",
        ),
        Task(
            "How many times as many are that as in grey, about?",
            "9 times: both sides of the layer grew by 3.",
        ),
        Task(
            "Adam keeps two more numbers for each parameter, and there is the "
            "gradient. How many GB in all, in grey?",
            f"4 · {_gb(side)} = {_three(Decimal(_gb(side).replace(',', '')) * 4)}",
        ),
        Task(
            "A patch of 5 x 5 pixels with a bias, the same at every place, 16 "
            "kinds of it: how many parameters?",
            "16 · (25 + 1) = 416",
        ),
    )


def _photo(side: int) -> tuple[Cell, ...]:
    n = side * side
    return (given(side), blank(n), blank(n * n + n), blank(_gb(side)))


def _gb(side: int) -> str:
    n = side * side
    return _three(Decimal(4 * (n * n + n)) / 10**9)


def _three(value: Decimal) -> str:
    return f"{trimmed(rounded(value, 2 - value.adjusted())):,f}"


def break_it(chance: Chance) -> tuple[Block, ...]:
    open_cells = set(chance.some([*OWN_GAPS, *_other_cells()], len(OWN_GAPS)))
    rows = tuple(
        (
            given(k + 1),
            *(
                blank(t) if (k, c) in open_cells else given(t)
                for c, t in enumerate(patient)
            ),
        )
        for k, patient in enumerate(PATIENTS)
    )
    kept = record("break-it")
    names = {
        "flat": "dead units: rate too large",
        "turns": "overfitting",
        "leaps": "batch of 1, rate too large",
    }
    order = chance.some(tuple(names), 3)
    curves = tuple(Curve(blank(names[k]), tuple(map(float, kept[k]))) for k in order)
    return (
        Text(
            "Seven patients. Fill in what is missing: the sign, the cause or the cure."
        ),
        Table(("", "sign", "cause", "cure"), rows),
        Text(
            "Three test losses. Write under each what it shows: "
            f"{'; '.join(names.values())}."
        ),
        Curves(curves),
    )


def _other_cells() -> list[tuple[int, int]]:
    every = ((k, c) for k in range(len(PATIENTS)) for c in range(3))
    return [cell for cell in every if cell not in OWN_GAPS]


def capstone(chance: Chance) -> tuple[Block, ...]:
    gain = chance.of((Decimal("0.4"), Decimal("0.6"), Decimal("1.8")))
    own = (Decimal("89.0"), Decimal("90.2"), Decimal("90.2"))
    runs = (
        own
        if chance.seed == 0
        else tuple(chance.decimal("89.0", "88.6", "90.4") for _ in range(3))
    )
    spread, mean = max(runs) - min(runs), rounded(sum_of(runs) / 3, 1)
    verdict = (
        "Nothing: it is smaller than the spread."
        if gain <= spread
        else "It is larger than the spread: worth two more seeds."
    )
    line = tuple(Cell() for _ in range(5))
    return (
        Text(
            "Your log: one change for each run, and what you think it will do, "
            "before you train."
        ),
        Table(
            ("", "change", "better, worse, same?", "validation", "seeds"),
            (
                (Cell("base line"), Cell("as it comes"), Cell(), Cell(), Cell("0")),
                *((Cell(str(k)), *line[1:]) for k in range(1, 8)),
            ),
        ),
        Text(
            "One network with three seeds: "
            f"{', '.join(f'{shown(v)} %' for v in runs)} on the validation data."
        ),
        Task(
            "The spread between the best and the worst seed, and the mean",
            f"{shown(spread)} points, {shown(mean)} %",
        ),
        Task(f"Another run gains {shown(gain)} points. What do you say?", verdict),
        Task(
            "Handed in once: validation and test of your best network. Why is "
            "the test often a little lower?",
            "You chose by the validation data, not by the test data.",
            lines=2,
        ),
        Task(
            "Your three sentences: what are dials, what is the loss, what does a "
            "step do?",
            "In your own words.",
            lines=4,
        ),
    )
