"""One unit: a sum, a line, the perceptron's rule, and what one line cannot do."""

from decimal import Decimal
from typing import Final

from core.worksheets.chance import Chance
from core.worksheets.hand import blank, given, shown
from core.worksheets.model import Block, Cell, Diagram, Edge, Node, Table, Task, Text

CORNERS: Final = ((0, 0), (0, 1), (1, 0), (1, 1))
SIX_POINTS: Final = ((0, -1), (-3, -4), (4, -3), (1, 4), (-2, 1), (-1, -1))
BLUE: Final = frozenset({(0, -1), (4, -3), (1, 4)})
MOST_LOOKS: Final = 200


def a_neuron(chance: Chance) -> tuple[Block, ...]:
    w1, w2 = chance.of((4, 2, 3, 5, 6)), chance.of((4, 3, 5, 2, 6))
    # Above the larger weight, below both together: the unit is an AND.
    low, high = max(w1, w2), w1 + w2
    halves = [Decimal(-k) / 2 for k in range(2 * low + 1, 2 * high)]
    b = Decimal(-6) if (w1, w2) == (4, 4) else chance.of(halves)
    z = {at: w1 * at[0] + w2 * at[1] + b for at in CORNERS}
    rows = tuple(
        (
            given(f"({x1}, {x2})"),
            blank(z[x1, x2]),
            blank("yes" if z[x1, x2] > 0 else "no"),
        )
        for x1, x2 in CORNERS
    )
    return (
        Text(
            "One sigmoid unit with two inputs. Its output is above 0.5 where z is "
            "above 0."
        ),
        _unit(w1, w2, b),
        Table(("(x<sub>1</sub>, x<sub>2</sub>)", "z", "above 0.5?"), rows),
        Task(
            "Where is z = 0? Write the equation of the line.",
            f"{w1} x<sub>1</sub> + {w2} x<sub>2</sub> = {shown(-b)}",
        ),
        Task(
            "Change the bias alone, so that the output is above 0.5 when at least one "
            "of the inputs is 1. Which bias?",
            f"Any between {shown(-min(w1, w2))} and 0, such as "
            f"{shown(-Decimal(min(w1, w2)) / 2)}",
        ),
    )


def _unit(w1: int, w2: int, b: Decimal) -> Diagram:
    inputs = (Node("x<sub>1</sub>"), Node("x<sub>2</sub>"))
    edges = tuple(Edge(1, k, 0, given(w)) for k, w in enumerate((w1, w2)))
    return Diagram((inputs, (Node("a", bias=given(b)),)), edges)


def perceptron(chance: Chance) -> tuple[Block, ...]:
    corrections: list[tuple[Cell, ...]] = []
    while not 3 <= len(corrections) <= 6:
        corrections = _corrections(chance)
    rows = tuple((given(k), *row) for k, row in enumerate(corrections, start=1))
    return (
        Text(
            "A perceptron with two weights and a bias, all 0 at the beginning. It "
            "answers +1 where z = w · x + b is above 0, −1 where it is below, and has "
            "no answer at 0. Where it has not the right one, t · x is added to the "
            "weights and t to the bias. These are the points that it got wrong, in "
            "their order."
        ),
        Table(
            ("", "point x", "t", "z before", "new w", "new b"),
            rows,
        ),
        Task(
            "How do you see that the corrections come to an end?",
            "An epoch without a mistake: nothing changes any more.",
        ),
    )


def _corrections(chance: Chance) -> list[tuple[Cell, ...]]:
    """Passes over the six points, turned or mirrored, until all are right."""
    sign = (chance.of((1, -1)), chance.of((1, -1)))
    is_swapped = chance.of((False, True))
    w, b, looks = (0, 0), 0, 0
    found: list[tuple[Cell, ...]] = []
    right_in_a_row = 0
    # In the lesson's order of the first points; the others are passed by.
    while right_in_a_row < len(SIX_POINTS) and looks < MOST_LOOKS:
        for point in chance.some(SIX_POINTS, len(SIX_POINTS)):
            looks += 1
            t = 1 if point in BLUE else -1
            x = (point[0] * sign[0], point[1] * sign[1])
            x = (x[1], x[0]) if is_swapped else x
            z = w[0] * x[0] + w[1] * x[1] + b
            if z * t > 0:
                right_in_a_row += 1
                continue
            right_in_a_row = 0
            w, b = (w[0] + t * x[0], w[1] + t * x[1]), b + t
            found.append(
                (
                    given(_pair(x)),
                    given(_signed(t)),
                    blank(z),
                    blank(_pair(w)),
                    blank(b),
                )
            )
    return found


def _pair(values: tuple[int, int]) -> str:
    return f"({shown(values[0])}, {shown(values[1])})"


def _signed(value: int) -> str:
    return f"+{value}" if value > 0 else shown(value)


def one_line(chance: Chance) -> tuple[Block, ...]:
    side = chance.of((1, 2, 3))
    same = chance.of((True, False))
    blue, orange = _diagonal(side, same=same), _diagonal(side, same=not same)
    names = " and ".join(_pair(p) for p in blue), " and ".join(_pair(p) for p in orange)
    rows = tuple(
        (given(_pair(p)), given(colour), *_inequality(p, above=colour == "blue"))
        for colour, points in (("blue", blue), ("orange", orange))
        for p in points
    )
    lines = chance.some(_lines(side), 3)
    counted = tuple(
        (
            given(f"w = ({shown(w1)}, {shown(w2)}), b = {shown(b)}"),
            *_answers((w1, w2, b), blue, orange),
        )
        for w1, w2, b in lines
    )
    corners = (*blue, *orange)
    return (
        Text(
            f"Blue points at {names[0]}, orange ones at {names[1]}. One unit "
            "answers blue "
            "where z = w<sub>1</sub> x<sub>1</sub> + w<sub>2</sub> x<sub>2</sub> "
            "+ b is above 0, "
            "else orange. Write what each point asks for."
        ),
        Table(("point", "colour", "z", "&gt; 0 or ≤ 0"), rows),
        Task(
            "Add the two conditions of blue, and the two of orange. What do they "
            "say of b?",
            "Blue: 2b &gt; 0. Orange: 2b ≤ 0. Both at once cannot be: no line does it.",
            lines=2,
        ),
        Text("Three lines. Compute z at each point, and count how many are right."),
        Table(("line", *(_pair(p) for p in corners), "right"), counted),
        Task(
            "Is there a line that gets 4? Name two more that get 3.",
            f"None gets 4. For instance {'; '.join(_three_right(side, blue, orange))}.",
            lines=2,
        ),
    )


def _three_right(side: int, *points: tuple[tuple[int, int], ...]) -> list[str]:
    every = [(a, b, c) for a in (1, -1) for b in (1, -1) for c in (side, -side)]
    good = [line for line in every if _answers(line, *points)[-1].text == "3 of 4"]
    return [f"w = {_pair(line[:2])}, b = {shown(line[2])}" for line in good]


def _diagonal(side: int, *, same: bool) -> tuple[tuple[int, int], ...]:
    other = side if same else -side
    return ((side, other), (-side, -other))


def _inequality(point: tuple[int, int], *, above: bool) -> tuple[Cell, Cell]:
    signs = [
        f"{'+' if x > 0 else '−'} {_times(x)}w<sub>{k}</sub>"
        for k, x in enumerate(point, 1)
    ]
    return blank(f"b {' '.join(signs)}"), blank("&gt; 0" if above else "≤ 0")


def _times(factor: int) -> str:
    return "" if abs(factor) == 1 else f"{abs(factor)} "


def _lines(side: int) -> tuple[tuple[int, int, int], ...]:
    found = [
        (1, 1, -side),
        (1, 1, side),
        (1, -1, -side),
        (-1, 1, side),
        (1, 0, 0),
        (2, 1, -2 * side),
    ]
    return (*found, (0, 1, 0), (-1, -1, -side), (1, 2, side))


def _answers(
    line: tuple[int, int, int],
    blue: tuple[tuple[int, int], ...],
    orange: tuple[tuple[int, int], ...],
) -> tuple[Cell, ...]:
    w1, w2, b = line
    z = [w1 * x1 + w2 * x2 + b for x1, x2 in (*blue, *orange)]
    right = sum(value > 0 for value in z[:2]) + sum(value <= 0 for value in z[2:])
    return (*(blank(value) for value in z), blank(f"{right} of 4"))


def hidden_layer(chance: Chance) -> tuple[Block, ...]:
    c, d = chance.of((1, 2, 3)), chance.of((1, 2, 3))
    # Between the oranges, which give 0, and the blues, which give 2 c d.
    e = chance.of(range(1, 2 * c * d))
    rows = tuple(_corner(x, c, d, e) for x in ((1, 1), (-1, -1), (-1, 1), (1, -1)))
    inputs = (Node("x<sub>1</sub>"), Node("x<sub>2</sub>"))
    hidden = (
        Node("a<sub>1</sub>", bias=given(0)),
        Node("a<sub>2</sub>", bias=given(0)),
    )
    weights = (
        (1, 0, 0, c),
        (1, 1, 0, c),
        (1, 0, 1, -c),
        (1, 1, 1, -c),
        (2, 0, 0, d),
        (2, 1, 0, d),
    )
    edges = tuple(
        Edge(layer, j, k, given(w), is_negative=w < 0) for layer, j, k, w in weights
    )
    return (
        Text(
            "Two hidden units with ReLU (z where z is above 0, else 0) and one "
            "output: it says "
            "blue where its z is above 0."
        ),
        Diagram((inputs, hidden, (Node("z", bias=given(-e)),)), edges),
        Table(
            (
                "(x<sub>1</sub>, x<sub>2</sub>)",
                "z<sub>1</sub>",
                "z<sub>2</sub>",
                "a<sub>1</sub>",
                "a<sub>2</sub>",
                "z of blue",
                "answer",
            ),
            rows,
        ),
        Task(
            "Draw the four points by their a<sub>1</sub> and a<sub>2</sub>. Which "
            "line parts "
            "blue from orange there?",
            f"{_times(d)}a<sub>1</sub> + {_times(d)}a<sub>2</sub> = {e}; both "
            "orange points are at (0, 0).",
            lines=3,
        ),
    )


def _corner(x: tuple[int, int], c: int, d: int, e: int) -> tuple[Cell, ...]:
    z = (c * sum(x), -c * sum(x))
    a = tuple(max(value, 0) for value in z)
    out = d * sum(a) - e
    return (
        given(_pair(x)),
        *map(blank, (*z, *a, out)),
        blank("blue" if out > 0 else "orange"),
    )


def features(chance: Chance) -> tuple[Block, ...]:
    r = chance.of((9, 4, 16, 5, 10))
    own = ((1, 1), (2, 0), (0, 3), (3, 1), (-2, -2))
    points = own if chance.seed == 0 else chance.some(_grid(), len(own))
    rows = tuple(_squares(p, r) for p in points)
    return (
        Text(
            "The network gets x<sub>1</sub>² and x<sub>2</sub>² as its inputs, "
            "and has one unit: "
            f"z = {r} − x<sub>1</sub>² − x<sub>2</sub>². Above 0 it says “inside”, "
            "below 0 “outside”."
        ),
        Table(
            (
                "(x<sub>1</sub>, x<sub>2</sub>)",
                "x<sub>1</sub>²",
                "x<sub>2</sub>²",
                "z",
                "side",
            ),
            rows,
        ),
        Task(
            "Which curve is z = 0 in the plane of x<sub>1</sub> and "
            "x<sub>2</sub>? And in that of the squares?",
            f"A circle around (0, 0) with the radius √{r}; a straight line: u + v "
            f"= {r}.",
            lines=2,
        ),
        Task(
            "xor: blue in two opposite quarters. Which one product of inputs is "
            "enough, and what is the rule?",
            "x<sub>1</sub> · x<sub>2</sub>: it is above 0 in one pair of "
            "quarters, below 0 in the other.",
        ),
    )


def _grid() -> tuple[tuple[int, int], ...]:
    return tuple((a, b) for a in range(-4, 5) for b in range(-4, 5) if a or b)


def _squares(point: tuple[int, int], r: int) -> tuple[Cell, ...]:
    first, second = point[0] ** 2, point[1] ** 2
    z = r - first - second
    side = "on the line" if z == 0 else "inside" if z > 0 else "outside"
    return (given(_pair(point)), *map(blank, (first, second, z)), blank(side))
