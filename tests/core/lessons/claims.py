"""What the texts of lessons lean on, for every seed that was tried.

A text may lean on an inequality that holds for all seeds, never on a digit.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Claim(NamedTuple):
    """Conditions that hold at a step of a scene.

    Attributes:
        scene: place of the lesson's step with the scene.
        at: step of the run.
        holds: conditions.
        seeds: how many seeds it is meant for; 1 where a scene has no chance in it or
            its text names the seed's own.
    """

    scene: int
    at: int
    holds: tuple[str, ...]
    seeds: int = 1


class Compared(NamedTuple):
    """Conditions over the members of a comparison that a scene asks for.

    Attributes:
        scene: place of the lesson's step with the scene.
        kind: of the comparison.
        at: step of every member.
        holds: conditions.
        seeds: how many seeds it is meant for.
    """

    scene: int
    kind: str
    at: int
    holds: tuple[str, ...]
    seeds: int = 5


_OPTIMISERS: Final = ", ".join(f"member({k}, accuracy.test)" for k in range(8))
COMPARED: Final[Mapping[str, tuple[Compared, ...]]] = {
    "optimisers": (
        Compared(
            6,
            "optimizers",
            500,
            # Within ten points of each other.
            (f"min({_OPTIMISERS}) > 0.8", f"max({_OPTIMISERS}) < 0.9"),
        ),
    ),
}


CLAIMS: Final[Mapping[str, tuple[Claim, ...]]] = {
    "first-look": (
        Claim(0, 0, ("accuracy.test > 0.08 and accuracy.test < 0.14",), 5),
        Claim(0, 250, ("accuracy.test > 0.7 and accuracy.test < 0.88",), 5),
        Claim(5, 1875, ("accuracy.test > 0.88 and accuracy.test < 0.93",), 5),
    ),
    "one-unit": (
        Claim(0, 0, ("abs(z(1,0) - 0.379) < 0.0005", "abs(a(1,0) - 0.594) < 0.0005")),
        Claim(5, 54, ("output(3) > 0.5 and output(1) < 0.5 and output(2) < 0.5",)),
        Claim(5, 1000, ("abs(w(1,0,0) - 3.77) < 0.01", "abs(b(1,0) + 5.77) < 0.01")),
        Claim(5, 1000, ("w(1,0,0) = w(1,0,1)",)),
    ),
    "by-hand": (
        Claim(0, 0, ("abs(nudge(1,0,0) + 0.0595) < 0.0001",)),
        Claim(0, 0, ("abs(loss.batch - 0.1218) < 0.0001",)),
        Claim(0, 0, ("abs(delta(1,0) - 0.1191) < 0.0001",)),
        Claim(0, 1, ("abs(w(1,0,0) - 0.2905) < 0.0001",)),
        Claim(0, 1, ("abs(w(1,0,1) - 0.3393) < 0.0001",)),
        Claim(0, 1, ("abs(loss.after - 0.1147) < 0.0001",)),
        Claim(0, 1, ("abs(a(1,0) - 0.5789) < 0.0001",)),
        Claim(0, 71, ("a(1,0) > 0.2",)),
        Claim(0, 72, ("a(1,0) < 0.2",)),
    ),
    "perceptron": (
        Claim(0, 1, ("w(1,0,0) = 0 and w(1,0,1) = -1 and b(1,0) = 1",)),
        Claim(0, 2, ("w(1,0,0) = 3 and w(1,0,1) = 3 and b(1,0) = 0",)),
        Claim(0, 8, ("w(1,0,0) = 3 and w(1,0,1) = 3 and b(1,0) = 0",)),
        Claim(0, 17, ("w(1,0,0) = 3 and w(1,0,1) = 2 and b(1,0) = 1",)),
        Claim(0, 18, ("w(1,0,0) = 3 and w(1,0,1) = 1 and b(1,0) = 2",)),
        Claim(0, 24, ("mistakes = 0",)),
        Claim(6, 367, ("mistakes < 2",)),
        Claim(6, 368, ("mistakes = 2",)),
        Claim(7, 2000, ("mistakes = 0",), 6),
    ),
    "hidden-layers": (
        Claim(0, 0, ("a(1,0) = 2 and a(1,1) = 0", "accuracy.train = 1")),
        Claim(2, 0, ("accuracy.test > 0.6 and accuracy.test < 0.72",)),
        Claim(3, 500, ("accuracy.test < 0.95",), 10),
    ),
    "learning-rate": (
        Claim(0, 1, ("abs(w(1,0,0) - 0.32) < 1e-5 and abs(w(1,0,1) - 0.04) < 1e-5",)),
        Claim(1, 60, ("loss.batch > 3 and loss.batch < 4",)),
        Claim(2, 1, ("abs(w(1,0,0) - 0.96) < 1e-5",)),
        Claim(2, 50, ("loss.batch < 0.01",)),
        Claim(3, 20, ("loss.batch < 5 and w(1,0,0) != 1",)),
        Claim(4, 15, ("loss.batch > 16", "abs(w(1,0,0) - 2) < 1e-4")),
        Claim(7, 300, ("accuracy.test < 0.35",), 5),
    ),
    "dials": (
        Claim(0, 0, ("parameters = 13002",)),
        Claim(3, 1, ("nudges.zero > 6501",)),
        Claim(4, 1, ("abs(nudge(1,5)) > 20 * abs(nudge(1,5,452))",)),
        Claim(5, 1, ("loss.after > 1.9 and loss.after < loss.batch",), 5),
        Claim(6, 0, ("nudge(1,0) > 0.05",)),
        Claim(7, 625, ("accuracy.test > 0.7 and accuracy.test < 0.84",), 5),
    ),
    "hidden-units": (
        Claim(2, 500, ("w(1,0,0) = begin(w(1,0,0))",), 3),
        Claim(6, 1875, ("accuracy.test > 0.84 and accuracy.test < 0.9",), 3),
    ),
    "test-run": (
        Claim(0, 1875, ("accuracy.train > accuracy.test",), 5),
        Claim(0, 1875, ("accuracy.train - accuracy.test < 0.03",), 5),
    ),
    "desired-changes": (
        Claim(0, 100, ("label = 2 and answer = 7 and p(2) < 0.1",)),
        Claim(0, 100, ("request(3,2) > 2 * abs(request(3,7)) and request(3,7) < 0",)),
        Claim(2, 100, ("w(3,2,13) > 0.7 and a(2,13) = 0 and request(3,2,15) > 2",)),
        Claim(3, 100, ("w(3,2,7) < 0 and request(3,2) > 0",)),
        Claim(4, 100, ("request.activation(2,8) > 0.5 and request(2,8) = 0",)),
        Claim(5, 100, ("slope(2,4) = 1 and abs(request(2,4)) > 0.1",)),
        Claim(6, 101, ("nudge(3,2) < 0",)),
        Claim(7, 101, ("request(3,2,4) > 1 and nudge(3,2,4) < -0.2",)),
    ),
    "chain-rule": (
        Claim(0, 0, ("abs(loss.example - 0.3011) < 0.0001",)),
        Claim(0, 0, ("abs(request(3,0,0) - 0.0967) < 0.0001",)),
        Claim(0, 0, ("abs(request(2,0,0) - 0.0434) < 0.0001",)),
        Claim(0, 0, ("abs(request(1,0,0) + 0.0233) < 0.0001",)),
        Claim(0, 0, ("abs(delta(3,0) + 0.2501) < 0.0001 and w(2,0,0) = -2",)),
        Claim(7, 1, ("abs(w(3,0,0) - 1.0967) < 0.0001",)),
        Claim(7, 10, ("loss.example < 0.016",)),
    ),
    "vanishing": (
        Claim(0, 0, ("norm(7) > 1000 * norm(1)",), 5),
        Claim(2, 2000, ("accuracy.test < 0.13",), 3),
        Claim(5, 0, ("norm(7) < 3 * norm(1)",), 3),
        Claim(5, 500, ("accuracy.test > 0.75",), 3),
        Claim(6, 2000, ("accuracy.test > 0.4",), 3),
    ),
    "softmax": (
        Claim(0, 20, ("label = 0 and p(0) > 0.9 and z(1,2) < 0",)),
        Claim(0, 20, ("accuracy.test > 0.94",)),
        Claim(4, 500, ("p(0) > 0.99",)),
    ),
    "mini-batches": (
        Claim(0, 1, ("angle > 20 and angle < 80",), 3),
        Claim(1, 1, ("accuracy.test < 0.3",), 3),
        Claim(2, 625, ("accuracy.test > 0.8",), 3),
        Claim(3, 20000, ("accuracy.test < 0.4",), 3),
        Claim(6, 625, ("angle > 20",), 3),
    ),
    "optimisers": (
        Claim(0, 1, ("w(1,0,1) < -1.4 and w(1,0,0) < -7",)),
        Claim(0, 30, ("loss.batch > 0.01",)),
        Claim(0, 32, ("loss.batch < 0.01",)),
        Claim(1, 25, ("loss.batch < 0.01",)),
        Claim(2, 1, ("abs(w(1,0,0) + 7) < 1e-3 and abs(w(1,0,1) - 0.8) < 1e-3",)),
        Claim(3, 1, ("abs(w(1,0,0) + 7.8) < 1e-3 and abs(w(1,0,1) - 1.6) < 1e-3",)),
        Claim(4, 20, ("change(1,0,0) < 0.3",)),
        Claim(6, 500, ("accuracy.test > 0.78",), 3),
    ),
    "overfitting": (
        Claim(0, 300, ("accuracy.train > 0.97",), 3),
        Claim(1, 40, ("loss.test < 0.8",), 3),
        Claim(1, 1000, ("loss.test > 4 and accuracy.test > 0.7",), 3),
    ),
    "random-labels": (
        Claim(0, 200, ("accuracy.train > 0.99",), 3),
        Claim(1, 100, ("accuracy.train < 0.8",), 3),
        Claim(1, 800, ("accuracy.train > 0.99",), 3),
        Claim(1, 800, ("accuracy.test < 0.14 and loss.test > 4",), 3),
    ),
    "any-function": (
        Claim(0, 0, ("error.largest < 0.01",)),
        Claim(2, 0, ("error.largest > 0.9",)),
        Claim(3, 2000, ("error.largest > 0.3 and error.largest < 0.8",), 3),
        Claim(5, 5000, ("error.largest < 0.3",), 3),
        Claim(6, 2000, ("error.largest > 0.8",), 3),
    ),
    "landscape": (
        Claim(0, 10, ("w(1,0,0) > 0.9 and w(1,0,1) < 1.9",)),
        Claim(4, 500, ("accuracy.test > 0.98",)),
        Claim(5, 1000, ("accuracy.test < 0.8 and dead(1) = 0",)),
        Claim(6, 500, ("accuracy.test < 0.85",)),
    ),
    "activations": (
        Claim(0, 500, ("accuracy.test < 0.8",), 5),
        Claim(3, 400, ("accuracy.test > 0.9",)),
        Claim(5, 50, ("accuracy.test < 0.95",), 5),
        Claim(5, 300, ("accuracy.test >= 0.95",), 5),
    ),
    "losses": (
        Claim(0, 0, ("loss.test > 2.303 and loss.test < 2.7",), 5),
        Claim(2, 10, ("a(1,0) > 0.98",)),
        Claim(2, 84, ("a(1,0) > 0.5",)),
        Claim(2, 86, ("a(1,0) < 0.5",)),
        Claim(3, 9, ("a(1,0) < 0.5",)),
        Claim(4, 300, ("accuracy.test < 0.12",), 3),
        Claim(5, 2000, ("abs(w(1,0,0) - 1.9) < 0.01",)),
    ),
    "one-line": (
        Claim(0, 0, ("mistakes = 2",)),
        Claim(2, 2500, ("mistakes > 60",), 5),
        Claim(3, 1000, ("accuracy.test < 0.6 and loss.test > 0.66",), 5),
    ),
    "features": (
        Claim(0, 0, ("accuracy.test < 0.1",)),
        Claim(0, 30, ("accuracy.test > 0.99",)),
        Claim(1, 500, ("accuracy.test < 0.6",), 5),
        Claim(3, 500, ("accuracy.test > 0.98",), 5),
        Claim(4, 0, ("accuracy.test < 0.9",)),
        Claim(5, 3000, ("loss.test > 0.6 and accuracy.test < 0.83",), 3),
    ),
    "break-it": (
        Claim(0, 200, ("accuracy.test < 0.3 and dead(1) > 8",)),
        Claim(1, 1000, ("accuracy.test < 0.7 and dead(1) + dead(2) > 12",)),
        Claim(2, 1000, ("accuracy.test < 0.8",), 3),
        Claim(3, 1000, ("accuracy.test < 0.8 and w(1,0,0) = w(1,7,0)",), 3),
        Claim(4, 5000, ("accuracy.test < 0.3",), 3),
        Claim(5, 800, ("accuracy.train > 0.99 and accuracy.test < 0.15",), 3),
        Claim(6, 500, ("accuracy.test < 0.13 and norm(7) > 100 * norm(1)",), 3),
    ),
    "capstone": (
        Claim(1, 1689, ("abs(accuracy.validation - 0.9) < 0.015", "epoch = 3"), 3),
        Claim(2, 1689, ("abs(accuracy.validation - 0.875) < 0.01",), 3),
        Claim(5, 1689, ("accuracy.validation > 0.91",), 3),
    ),
    "photos": (Claim(0, 0, ("parameters = 13002",)),),
}
