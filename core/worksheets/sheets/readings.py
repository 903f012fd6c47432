"""What trained networks read: counted, and what follows from the counts."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from core.worksheets.chance import Chance
from core.worksheets.hand import blank, given, rounded, shown
from core.worksheets.model import (
    Block,
    Cell,
    Table,
    Task,
    Text,
    Tile,
    Tiles,
)
from core.worksheets.records import record

Rows = tuple[tuple[float, ...], ...]


def hidden_units(chance: Chance) -> tuple[Block, ...]:
    weights = chance.of(_patterns())
    pictures = chance.some(_pictures(), 3)
    z = [_sum(weights, picture) for picture in pictures]
    best = z.index(max(z)) + 1
    tiles = [Tile(weights, Cell("the unit's weights"), has_numbers=True)]
    tiles += [
        Tile(p, blank(f"z = {shown(value)}"))
        for p, value in zip(pictures, z, strict=True)
    ]
    accuracies = [Decimal(v) for v in record("hidden-units")["accuracies"]]
    own = (0, 12, 13, 3)
    units = own if chance.seed == 0 else chance.some(range(16), 4)
    by_need = sorted(units, key=lambda u: accuracies[u])
    return (
        Text(
            "A unit with 25 inputs, without a bias, and three pictures of 5 x 5 "
            "pixels: ink is 1, paper 0. "
            "Compute z = the sum of weight times pixel."
        ),
        Tiles(tuple(tiles)),
        Task(
            "Which of the pictures, counted from the left, does it like best?",
            f"{_said(z, best)}",
        ),
        Text(
            "Four units of the digits network were silenced, one at a time. The "
            "test accuracy without it:"
        ),
        Table(
            ("", *(f"without unit {u}" for u in sorted(units))),
            (
                (
                    Cell("test accuracy"),
                    *(given(f"{shown(accuracies[u])} %") for u in sorted(units)),
                ),
            ),
        ),
        Task(
            "Order the units: the most needed one first.", ", ".join(map(str, by_need))
        ),
        Task(
            "With all units it reads 89.6 %. How many points does the most "
            "needed one bring?",
            f"{shown(Decimal('89.6') - accuracies[by_need[0]])}",
        ),
    )


def _sum(weights: Rows, picture: Rows) -> int:
    pairs = zip(chain(*weights), chain(*picture), strict=True)
    return round(sum(w * x for w, x in pairs))


def _said(z: Sequence[int], best: int) -> str:
    several = [str(k) for k, value in enumerate(z, 1) if value == max(z)]
    return (
        f"Picture {best}"
        if len(several) == 1
        else f"Pictures {' and '.join(several)} alike"
    )


def _pictures() -> tuple[Rows, ...]:
    names = (
        "oo#oo oo#oo oo#oo oo#oo oo#oo",
        "o###o o#o#o o#o#o o#o#o o###o",
        "##### oooo# ooo#o oo#oo o#ooo",
        "ooooo ooooo ##### ooooo ooooo",
        "#oooo o#ooo oo#oo ooo#o oooo#",
        "o#o#o o#o#o o###o ooo#o ooo#o",
    )
    return tuple(
        tuple(tuple(float(c == "#") for c in row) for row in name.split())
        for name in names
    )


def _patterns() -> tuple[Rows, ...]:
    names = (
        "-o+o- -o+o- -o+o- -o+o- -o+o-",
        "ooooo +++++ ooooo ----- ooooo",
        "+oooo o+ooo --+-- ooo+o oooo+",
        "oo-oo oo-oo +++++ oo-oo oo-oo",
        "o+++o o+-+o o+-+o o+-+o o+++o",
    )
    values = {"+": 1.0, "-": -1.0, "o": 0.0}
    return tuple(
        tuple(tuple(values[c] for c in row) for row in name.split()) for name in names
    )


def test_run(chance: Chance) -> tuple[Block, ...]:
    kept = record("test-run")
    # Three of the first ten are misread there.
    begin = 11 if chance.seed == 0 else chance.below(len(kept["labels"]) - 9)
    truth, said = (kept[name][begin : begin + 10] for name in ("labels", "answers"))
    right = sum(a == b for a, b in zip(truth, said, strict=True))
    digit = chance.of((4, 0, 1, 2, 3, 5, 6, 7, 8, 9))
    row = kept["table"][digit]
    total, score = sum(row), kept["right"]
    other = chance.of([k for k in (9, 8, 7, 6, 5, 4, 3, 2, 1, 0) if k != digit])
    cells = tuple(
        blank(n) if k in (digit, other) else given(n) for k, n in enumerate(row)
    )
    wrong = total - row[digit]
    return (
        Text(
            f"Test pictures {begin} to {begin + 9} with what the trained network "
            "answers."
        ),
        Table(
            ("picture", *map(str, range(begin, begin + 10))),
            ((Cell("truth"), *map(given, truth)), (Cell("answer"), *map(given, said))),
        ),
        Task("The score", f"{right} of 10"),
        Text(
            f"What the network answered for all {total} pictures of a {digit}. It "
            f"reads {shown(_percent(row[digit], total))} % of them; "
            "two cells are missing."
        ),
        Table(
            ("answer", *map(str, range(10))),
            ((Cell(f"pictures of a {digit}"), *cells),),
        ),
        Task(
            f"How many {digit}s does it misread?", f"{total} − {row[digit]} = {wrong}"
        ),
        Task(
            f"{score:,} of all {kept['pictures']:,} test pictures are read. How "
            "many per cent, with one digit after the point?",
            f"{shown(_percent(score, kept['pictures']))} %",
        ),
        Task("How many of 77 would be right by guessing?", "About 8"),
    )


def _percent(part: int, whole: int) -> Decimal:
    return rounded(Decimal(100 * part) / whole, 1)


def random_labels(chance: Chance) -> tuple[Block, ...]:
    row = chance.of(record("random-labels")["run"])
    names = ("true", "shuffled")
    lines = tuple(
        (
            Cell(f"{name} labels"),
            *(
                part
                for step in (100, 800)
                for part in (
                    given(row[f"{name}_train_{step}"]),
                    blank(f"{_percent(row[f'{name}_train_{step}'], 500)} %"),
                )
            ),
            given(f"{row[f'{name}_test']} %"),
            given(row[f"{name}_all"]),
        )
        for name in names
    )
    ratio = rounded(Decimal(row["shuffled_all"]) / row["true_all"], 1)
    tests = [rounded(Decimal(row[f"{name}_test"]) * 40, 0) for name in names]
    return (
        Text(
            f"The same network twice (seed {row['seed']}): 500 digits with their "
            "own labels, and with labels of others. "
            "How many of the 500 it has learnt:"
        ),
        Table(
            (
                "",
                "step 100: of 500",
                "per cent",
                "step 800: of 500",
                "per cent",
                "test, step 800",
                "all 500 at step",
            ),
            lines,
        ),
        Task("How many times as many steps do shuffled labels take?", shown(ratio)),
        Task(
            "About how many of 4,000 new pictures does each of them read at step 800?",
            f"{shown(tests[0])} and {shown(tests[1])}",
        ),
        Text("Which of these sentences follow from the table? Yes or no."),
        Table(
            ("sentence", "follows?"),
            (
                (
                    Cell("A training loss of 0 shows that the task was understood."),
                    blank("no"),
                ),
                (Cell("This network can memorise 500 labels."), blank("yes")),
                (
                    Cell("True labels are learnt faster than shuffled ones."),
                    blank("yes"),
                ),
                (Cell("Shuffled labels cannot be learnt."), blank("no")),
            ),
        ),
    )
