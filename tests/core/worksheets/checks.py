"""Each sheet computed anew from what is printed on it."""

import math
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise

import numpy as np

from core.worksheets.model import Diagram, Sheet, Table, Tiles
from tests.core.worksheets.reading import (
    answers,
    biases,
    half_up,
    heads,
    number,
    numbers,
    of_kind,
    tables,
    texts,
    weights,
)

F = Fraction


def _table_of(head: tuple[str, ...], row: list[str]) -> dict[Fraction, Fraction]:
    """A printed table of a function."""
    pairs = zip(head[1:], row[1:], strict=True)
    return {number(place): number(value) for place, value in pairs}


def _sigmoid(z: Fraction, digits: int) -> Fraction:
    return half_up(1 / (1 + math.exp(-float(z))), digits)


def first_look(sheet: Sheet) -> None:
    first, second = (int(n) for n in numbers(texts(sheet)[1])[2:4])
    asked = [numbers(answer)[-1] for answer in answers(sheet)[:4]]
    assert asked == [784, first + second, first * second, 784 * first]
    (diagram,) = of_kind(sheet, Diagram)
    names = {int(row[0]): row[1] for row in tables(sheet)[0]}
    signs = {e.value.text: e.is_negative for e in diagram.edges if e.value.text}
    said = {names[int(mark)]: negative for mark, negative in signs.items()}
    assert said == {"positive weight": False, "negative weight": True}


def one_unit(sheet: Sheet) -> None:
    (diagram,) = of_kind(sheet, Diagram)
    w, (b,) = weights(diagram), biases(diagram, 1)
    for corner, z, side in tables(sheet)[0]:
        x = numbers(corner)
        assert number(z) == w[1, 0, 0] * x[0] + w[1, 0, 1] * x[1] + b
        assert side == ("yes" if number(z) > 0 else "no")
    line, other = answers(sheet)
    assert numbers(line) == [w[1, 0, 0], w[1, 0, 1], -b]
    low, high, example = numbers(other)
    assert low < example < high
    outputs = [
        x1 * w[1, 0, 0] + x2 * w[1, 0, 1] + example > 0
        for x1 in (0, 1)
        for x2 in (0, 1)
    ]
    assert outputs == [False, True, True, True]


def perceptron(sheet: Sheet) -> None:
    w, b = np.zeros(2, int), 0
    for _, point, t, z, new, bias in tables(sheet)[0]:
        x, target = (
            np.array([int(n) for n in numbers(point)]),
            int(number(t.lstrip("+"))),
        )
        assert number(z) == int(w @ x) + b
        # It was a mistake.
        assert target * (int(w @ x) + b) <= 0
        w, b = w + target * x, b + target
        assert [int(n) for n in numbers(new)] == w.tolist()
        assert number(bias) == b


def one_line(sheet: Sheet) -> None:
    conditions, lines = tables(sheet)
    for point, colour, z, sign in conditions:
        assert sign == ("&gt; 0" if colour == "blue" else "≤ 0")
        parts = re.findall(r"([+−]) (\d )?w<sub>(\d)</sub>", z)
        found = [(1 if s == "+" else -1) * int(n or 1) for s, n, _ in parts]
        assert found == [int(n) for n in numbers(point)]
    colours = {point: colour for point, colour, *_ in conditions}
    corners = heads(sheet)[1][1:-1]
    for line, *z, right in lines:
        w1, w2, b = numbers(line)
        places = [numbers(corner) for corner in corners]
        values = [w1 * x1 + w2 * x2 + b for x1, x2 in places]
        assert [number(value) for value in z] == values
        good = [
            (v > 0) == (colours[c] == "blue")
            for v, c in zip(values, corners, strict=True)
        ]
        assert int(right[0]) == sum(good)


def hidden_layers(sheet: Sheet) -> None:
    (diagram,) = of_kind(sheet, Diagram)
    w, (bias,) = weights(diagram), biases(diagram, 2)
    for corner, *found, answer in tables(sheet)[0]:
        x = numbers(corner)
        z = [sum(w[1, k, j] * x[j] for j in (0, 1)) for k in (0, 1)]
        a = [max(value, F(0)) for value in z]
        out = sum(w[2, 0, k] * a[k] for k in (0, 1)) + bias
        assert [number(value) for value in found] == [*z, *a, out]
        assert answer == ("blue" if out > 0 else "orange")
        assert answer == ("blue" if x[0] == x[1] else "orange")


def features(sheet: Sheet) -> None:
    r = numbers(texts(sheet)[0].split("z = ")[1])[0]
    for point, first, second, z, side in tables(sheet)[0]:
        x = numbers(point)
        assert [number(first), number(second)] == [x[0] ** 2, x[1] ** 2]
        assert number(z) == r - x[0] ** 2 - x[1] ** 2
        assert side == (
            "on the line"
            if number(z) == 0
            else "inside"
            if number(z) > 0
            else "outside"
        )


def activations(sheet: Sheet) -> None:
    places = [numbers(name)[0] for name in heads(sheet)[0][1:]]
    rows = {row[0]: row[1:] for row in tables(sheet)[0]}
    slopes = [row[1:] for row in tables(sheet)[0] if row[0] == "its slope"]
    s, t = ([number(v) for v in rows[name]] for name in ("sigmoid", "tanh"))
    assert s == [half_up(1 / (1 + math.exp(-z)), 3) for z in map(float, places)]
    assert t == [half_up(math.tanh(z), 3) for z in map(float, places)]
    assert [number(v) for v in slopes[0]] == [half_up(a * (1 - a), 3) for a in s]
    assert [number(v) for v in slopes[1]] == [half_up(1 - a * a, 3) for a in t]
    assert [number(v) for v in rows["ReLU"]] == [max(z, F(0)) for z in places]
    assert slopes[2] == ["0", "0 or 1", "1"]
    first, second = np.array([int(n) for n in numbers(texts(sheet)[1])]).reshape(
        2, 2, 2
    )
    product = [int(n) for n in numbers(answers(sheet)[0])]
    assert product == (second @ first).ravel().tolist()


def softmax(sheet: Sheet) -> None:
    powers, first, second, logs = tables(sheet)
    e = _table_of(heads(sheet)[0], powers[0])
    minus_log = _table_of(heads(sheet)[3], logs[0])
    costs = []
    for rows in (first, second):
        printed = [e[number(row[1])] for row in rows[:-1]]
        assert [number(row[2]) for row in rows[:-1]] == printed
        assert number(rows[-1][2]) == sum(printed)
        shares = [half_up(power / sum(printed), 3) for power in printed]
        assert [number(row[3]) for row in rows[:-1]] == shares
        costs.append(minus_log[shares[0]])
    assert all(half_up(math.exp(z), 3) == value for z, value in e.items())
    assert all(half_up(-math.log(p), 3) == value for p, value in minus_log.items())
    assert numbers(answers(sheet)[0]) == costs


def losses(sheet: Sheet) -> None:
    printed, table, film = tables(sheet)
    minus_log = _table_of(heads(sheet)[0], printed[0])
    p = [number(name) for name in heads(sheet)[1][1:]]
    assert [number(v) for v in table[0][1:]] == [minus_log[value] for value in p]
    assert [number(v) for v in table[1][1:]] == [(1 - value) ** 2 for value in p]
    a = numbers(texts(sheet)[1])[0]
    slope, plain, ratio, cost = (numbers(answer)[0] for answer in answers(sheet))
    assert (slope, plain) == (half_up(a * a * (1 - a), 4), a)
    assert ratio == half_up(a / slope, 0)
    digit = int(numbers(texts(sheet)[2])[0])
    outputs = [number(v) for v in film[0][1:]]
    terms = [(o - (k == digit)) ** 2 for k, o in enumerate(outputs)]
    assert [number(v) for v in film[1][1:]] == terms
    assert cost == sum(terms)


def by_hand(sheet: Sheet) -> None:
    (diagram,) = of_kind(sheet, Diagram)
    x = [number(node.value.text) for node in diagram.layers[0] if node.value]
    found = weights(diagram)
    w = [found[1, 0, 0], found[1, 0, 1]]
    t = numbers(texts(sheet)[0])[0]
    sigmoid = _table_of(heads(sheet)[0], tables(sheet)[0][0])
    rows = tables(sheet)[1]
    for step in (1, 2):
        z, a, cost, rise, slope, delta, *rest = (number(row[step]) for row in rows)
        assert z == half_up(w[0] * x[0] + w[1] * x[1], 4)
        assert a == sigmoid[z] == _sigmoid(z, 4)
        assert cost == half_up((a - t) ** 2 / 2, 4)
        assert rise == a - t
        assert slope == half_up(a * (1 - a), 4)
        assert delta == half_up(rise * slope, 4)
        gradients = [half_up(rise * slope * value, 4) for value in x]
        w = [weight - g for weight, g in zip(w, gradients, strict=True)]
        assert rest == [*gradients, *w]


def learning_rate(sheet: Sheet) -> None:
    k1, m1, k2, m2 = _bowl(texts(sheet)[0])
    slopes, *moves = tables(sheet)[0]
    assert [number(v) for v in slopes[1:]] == [-2 * k1 * m1, -2 * k2 * m2]
    for row in moves:
        rate, place = numbers(row[0])[0], [F(0), F(0)]
        for _ in range(2 if "two" in row[0] else 1):
            place = [
                half_up(v - rate * 2 * k * (v - m), 4)
                for v, k, m in zip(place, (k1, k2), (m1, m2), strict=True)
            ]
        assert [number(v) for v in row[1:]] == place
    factors, nearer = tables(sheet)[1]
    for name, factor, word in zip(
        heads(sheet)[1][1:], factors[1:], nearer[1:], strict=True
    ):
        assert number(factor) == 1 - number(name) * 2 * k1
        size = abs(number(factor))
        assert word == ("yes" if size < 1 else "stays" if size == 1 else "no")
    assert numbers(answers(sheet)[0])[-1] == F(1) / k1


def _bowl(text: str) -> tuple[Fraction, ...]:
    """The factors and the places of C = k1 (w1 − m1)² + k2 (w2 − m2)²."""
    found = re.findall(r"(\d+ )?\(w<sub>\d</sub> − (\d+)\)²", text)
    return tuple(F(n or 1) for pair in found for n in (pair[0].strip(), pair[1]))


def landscape(sheet: Sheet) -> None:
    k1, m1, k2, m2 = _bowl(texts(sheet)[0])
    for name, cost in zip(heads(sheet)[0][1:], tables(sheet)[0][0][1:], strict=True):
        w1, w2 = numbers(name)
        assert number(cost) == k1 * (w1 - m1) ** 2 + k2 * (w2 - m2) ** 2
    slopes, contour, orders = answers(sheet)
    assert numbers(slopes) == [-2 * k1 * m1, -2 * k2 * m2]
    level, *_, height = numbers(contour)
    assert level == k1 * m1**2
    assert abs(height**2 * k2 - level) < F(1, 10)
    units, copies = numbers(orders)
    assert copies == math.factorial(int(units))


def desired_changes(sheet: Sheet) -> None:
    label = numbers(texts(sheet)[0])[2]
    shares, asked = tables(sheet)
    p = [number(v) for v in shares[0][1:]]
    wishes = [(k == label) - value for k, value in enumerate(p)]
    assert [number(v) for v in shares[1][1:]] == wishes
    assert abs(sum(wishes)) < F(1, 100)
    for _, a, w, weight, unit in asked:
        assert number(weight) == half_up(wishes[int(label)] * number(a), 3)
        assert number(unit) == half_up(wishes[int(label)] * number(w), 3)


def chain_rule(sheet: Sheet) -> None:
    (diagram,) = of_kind(sheet, Diagram)
    w = [weights(diagram)[layer, 0, 0] for layer in (1, 2, 3)]
    b = [biases(diagram, layer)[0] for layer in (1, 2, 3)]
    rows = {row[0]: [number(v) for v in row[1:]] for row in tables(sheet)[0]}
    before, delta = F(1), None
    for k in range(3):
        row = rows[f"unit {k + 1}"]
        z = half_up(w[k] * before + b[k], 4)
        assert row[:3] == [before, z, _sigmoid(z, 4)]
        assert row[3] == half_up(row[2] * (1 - row[2]), 4)
        before = row[2]
    t = numbers(texts(sheet)[0])[1]
    for k in (2, 1, 0):
        a, _, out, slope, printed, gradient, new_w, new_b = rows[f"unit {k + 1}"]
        above = 2 * (out - t) if delta is None else delta * w[k + 1]
        delta = half_up(above * slope, 4)
        assert printed == delta
        assert gradient == half_up(delta * a, 4)
        assert (new_w, new_b) == (w[k] - gradient, b[k] - delta)
    factor, slope, change = numbers(answers(sheet)[1])
    assert (factor * slope, slope) == (change, rows["unit 3"][5])


def mini_batches(sheet: Sheet) -> None:
    sizes, asked = tables(sheet)
    examples = numbers(texts(sheet)[0])[0]
    for size, steps, read in sizes:
        assert number(steps) == examples // number(size)
        assert number(read) == 20 * number(size)
    *five, mean = (number(v) for v in asked[0][1:])
    assert mean == half_up(sum(five) / 5, 3)
    assert numbers(answers(sheet)[0])[-1] == mean / 10


def optimisers(sheet: Sheet) -> None:
    x, y = numbers(texts(sheet)[0].split("begin at")[1])[:2]
    slope = np.array([x / 10, 2 * y], object)
    assert numbers(answers(sheet)[0]) == slope.tolist()
    place, keep = np.array([x, y], object), F(9, 10)
    first = place - F(1, 10) * slope
    later = keep * slope + np.array([first[0] / 10, 2 * first[1]], object)
    sign = np.array([1 if s > 0 else -1 for s in slope], object)
    wanted = [
        place - F(1, 2) * slope,
        first,
        first - F(1, 10) * later,
        place - sign,
        place - F(1, 5) * sign,
    ]
    for row, right in zip(tables(sheet)[0], wanted, strict=True):
        assert [number(v) for v in row[2:]] == [half_up(v, 3) for v in right]


def dials(sheet: Sheet) -> None:
    counts, film, three = tables(sheet)
    for name, parts, total in counts:
        sizes = [int(n) for n in name.split("-")]
        layers = [(n_in + 1) * n_out for n_in, n_out in pairwise(sizes)]
        assert numbers(parts) == layers
        assert number(total) == sum(layers)
    digit = int(numbers(texts(sheet)[1])[0])
    terms = [(number(v) - (k == digit)) ** 2 for k, v in enumerate(film[0][1:])]
    assert [number(v) for v in film[1][1:]] == terms
    assert number(answers(sheet)[0]) == sum(terms)
    for _, value, nudge, new in three:
        assert number(new) == number(value) + number(nudge) / 10


def hidden_units(sheet: Sheet) -> None:
    unit, *pictures = of_kind(sheet, Tiles)[0].tiles
    z = [int(np.sum(np.array(unit.rows) * np.array(p.rows))) for p in pictures]
    assert [numbers(p.caption.text)[0] for p in pictures] == z
    best = [int(n) - 1 for n in numbers(answers(sheet)[0])]
    assert best == [k for k, value in enumerate(z) if value == max(z)]
    found = dict(zip(heads(sheet)[0][1:], tables(sheet)[0][0][1:], strict=True))
    rates = {int(numbers(name)[0]): number(value) for name, value in found.items()}
    order = [int(n) for n in numbers(answers(sheet)[1])]
    assert [rates[unit] for unit in order] == sorted(rates.values())
    assert number(answers(sheet)[2]) == F("89.6") - rates[order[0]]


def test_run(sheet: Sheet) -> None:
    (truth, said), (row,) = tables(sheet)
    right = sum(a == b for a, b in zip(truth[1:], said[1:], strict=True))
    assert numbers(answers(sheet)[0]) == [right, 10]
    total, digit, rate = numbers(texts(sheet)[1])[:3]
    cells = [int(v) for v in row[1:]]
    assert sum(cells) == total
    # The missing cells follow from the rate, and from the sum.
    assert half_up(F(100 * cells[int(digit)]) / total, 1) == rate
    assert half_up(rate * total / 100, 0) == cells[int(digit)]
    assert numbers(answers(sheet)[1])[-1] == total - cells[int(digit)]
    assert number(answers(sheet)[2]) == half_up(F(358500, 4000), 1)


def random_labels(sheet: Sheet) -> None:
    rows, sentences = tables(sheet)
    for _, early, first, late, last, *_ in rows:
        assert number(first) == half_up(number(early) / 5, 1)
        assert number(last) == half_up(number(late) / 5, 1)
    assert number(answers(sheet)[0]) == half_up(
        number(rows[1][6]) / number(rows[0][6]), 1
    )
    read = [half_up(number(row[5]) * 40, 0) for row in rows]
    assert numbers(answers(sheet)[1]) == read
    assert [row[1] for row in sentences] == ["no", "yes", "yes", "no"]


def overfitting(sheet: Sheet) -> None:
    losses = {
        number(row[0].removeprefix("L2 ")): (number(row[1]), number(row[2]))
        for row in tables(sheet)[0]
    }
    gaps = {penalty: test - train for penalty, (train, test) in losses.items()}
    assert max(gaps, key=lambda penalty: gaps[penalty]) == 0
    penalty, decay = answers(sheet)[2:]
    factor, squares, result = numbers(penalty.removeprefix("½ · "))
    asked = numbers(sheet.blocks[5].ask)  # type: ignore[union-attr]
    assert squares == asked[0] ** 2 + asked[1] ** 2
    assert factor == asked[-1]
    assert result == factor * squares / 2
    w, rate, l2, again, end = numbers(decay)
    assert w == again
    assert end == w - rate * l2 * w


def vanishing(sheet: Sheet) -> None:
    weight = numbers(texts(sheet)[0])[1]
    one, several, ratio, steps = answers(sheet)
    factor = weight / 4
    assert number(one) == factor
    base, power = (
        several.split("<sup>")[0],
        int(several.split("<sup>")[1].split("<")[0]),
    )
    mantissa = numbers(several.split("=")[1])[0]
    exponent = int(number(several.split("<sup>")[2].split("<")[0]))
    assert number(base) == factor
    assert math.isclose(
        float(mantissa) * 10.0**exponent, float(factor) ** power, rel_tol=2e-3
    )
    norms, ratios = tables(sheet)[0]
    found = [number(v) for v in norms[1:]]
    wanted = [half_up(b / a, 1) for a, b in pairwise(found)]
    assert [number(v) for v in ratios[2:]] == wanted
    assert number(ratio) == half_up(found[-1] / found[0], 0)
    way, slope, count = numbers(steps)
    assert count == way / slope


def any_function(sheet: Sheet) -> None:
    units, outputs = tables(sheet)
    steps = [(number(place), number(v)) for *_, v, place in units]
    for _, w, b, _, place in units:
        assert number(place) == -number(b) / number(w)
    for name, value in zip(heads(sheet)[1][1:], outputs[0][1:], strict=True):
        x = number(name)
        # The steep sigmoids themselves, not the steps that they are taken for.
        total = sum(
            float(v) / (1 + math.exp(-20 * float(x - place))) for place, v in steps
        )
        assert abs(float(number(value)) - total) < 0.001


def photos(sheet: Sheet) -> None:
    for side, inputs, parameters, size in tables(sheet)[0]:
        n = number(side) ** 2
        assert number(inputs) == n
        assert number(parameters) == n * n + n
        exact = 4 * (n * n + n) / F(10) ** 9
        assert abs(number(size) / exact - 1) < F(1, 200)
    colour, *_, many = numbers(answers(sheet)[0])
    side = number(tables(sheet)[0][1][0])
    assert colour == 3 * side**2
    assert many == colour**2 + colour
    four, each, total = numbers(answers(sheet)[2])
    assert abs(four * each / total - 1) < F(1, 100)


def break_it(sheet: Sheet) -> None:
    (table,) = of_kind(sheet, Table)
    missing = [sum(cell.left_out for cell in row) for row in table.rows]
    assert sum(missing) == 6
    # Something is left of each patient to know it by.
    assert max(missing) < 3


def capstone(sheet: Sheet) -> None:
    runs = numbers(texts(sheet)[1])
    spread, mean = numbers(answers(sheet)[0])
    assert spread == max(runs) - min(runs)
    assert mean == half_up(sum(runs) / 3, 1)
    gain = numbers(sheet.blocks[4].ask)[0]  # type: ignore[union-attr]
    assert ("Nothing" in answers(sheet)[1]) == (gain <= spread)


CHECKS: Mapping[str, Callable[[Sheet], None]] = {
    name.replace("_", "-"): check
    for name, check in list(globals().items())
    if callable(check)
    and getattr(check, "__module__", "") == __name__
    and name[0].islower()
}
