"""The ways to write each digit, as pen strokes through a few knots.

A skeleton is text, so that a shape can be read and corrected at a glance. Knots are
"x,y" in percent of the digit's height, x to the right and y down; a smooth curve runs
through them. A knot with "!" is a sharp corner; "/" lifts the pen. `share` says how
often a style is drawn relative to the others of its digit.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skeleton:
    """One way to write one digit.

    Attributes:
        digit: which digit, 0 to 9.
        name: in words, unique within the digit.
        share: how often it is drawn, relative to the digit's other styles.
        strokes: the knots, as described in the module.
    """

    digit: int
    name: str
    share: float
    strokes: str


_ZEROS = (
    Skeleton(0, "round", 4, "46,2 18,14 4,50 16,86 44,98 72,84 84,48 70,14 44,2"),
    Skeleton(0, "narrow", 3, "36,2 12,20 4,54 12,86 32,98 52,82 60,46 52,14 32,2"),
    Skeleton(0, "overlapping", 3, "60,8 34,4 8,34 8,74 36,98 68,78 74,34 52,6 26,12"),
    Skeleton(0, "wide", 1, "60,4 22,14 2,48 18,84 58,96 98,80 114,44 92,12 54,4"),
    Skeleton(0, "open top", 1, "36,6 10,30 6,66 28,96 60,90 78,58 74,22 52,2 40,10"),
    Skeleton(
        0,
        "with an entry hook",
        1,
        "30,10 50,16 74,4 48,2 14,20 4,60 22,94 52,94 76,66 76,28 58,6",
    ),
    Skeleton(
        0,
        "slashed",
        0.2,
        "46,2 18,14 6,50 16,86 44,98 72,84 84,48 70,14 44,2 / 78,8 12,94",
    ),
)

_ONES = (
    Skeleton(1, "plain", 10, "10,0 10,34 10,68 10,100"),
    Skeleton(1, "bowed", 2, "12,0 8,34 8,68 14,100"),
    Skeleton(1, "with a hook", 0.8, "0,22 14,12 24,0! 24,50 24,100"),
    Skeleton(1, "with a small hook", 0.8, "6,14 16,6 20,0! 19,50 18,100"),
    Skeleton(1, "with a foot", 0.3, "30,0 30,50 30,98! / 4,98 30,99 56,98"),
    Skeleton(1, "hook and foot", 0.7, "10,22 22,12 32,0! 32,50 32,98 / 4,99 32,99 60,97"),
)

_TWOS = (
    Skeleton(2, "plain", 4, "4,24 16,6 40,0 62,12 62,36 40,64 4,97! 38,96 76,97"),
    Skeleton(2, "swan", 2, "2,16 24,2 52,2 66,20 54,48 26,78 2,98! 40,92 80,96"),
    Skeleton(
        2,
        "looped",
        4,
        "6,18 26,2 54,4 64,26 50,60 26,88 8,96 2,84 18,76 42,86 64,96 86,92",
    ),
    Skeleton(
        2,
        "small loop",
        3,
        "6,20 22,4 46,2 60,18 54,46 32,78 12,96 4,92 14,84 36,90 58,98 82,90",
    ),
    Skeleton(2, "zed", 2, "2,8 30,4 64,4 58,28 34,62 4,97! 40,95 76,95"),
    Skeleton(2, "curled top", 1, "24,28 8,28 10,8 38,0 62,16 54,44 4,96! 40,93 84,99"),
    Skeleton(2, "flat wide", 1, "2,36 20,14 52,8 66,26 48,58 4,92! 50,86 110,90"),
    Skeleton(2, "round bottom", 1, "4,20 28,0 56,12 56,38 30,70 12,94 36,96 74,90"),
)

_THREES = (
    Skeleton(
        3,
        "round",
        5,
        "6,12 26,0 54,6 56,28 30,46! 58,54 66,78 40,98 4,90",
    ),
    Skeleton(
        3,
        "smooth waist",
        3,
        "4,10 30,0 58,12 48,36 26,46 50,52 66,74 44,98 4,92",
    ),
    Skeleton(
        3,
        "looped waist",
        2,
        "6,12 30,0 58,10 52,34 26,48 22,44 34,44 60,58 60,84 30,100 2,88",
    ),
    Skeleton(3, "flat top", 1.5, "4,4 30,4 62,2! 46,22 28,42! 56,50 64,76 40,98 4,92"),
    Skeleton(3, "big belly", 2, "14,8 36,0 54,10 48,28 28,38! 62,46 72,72 46,98 2,94"),
    Skeleton(3, "big head", 1, "2,16 30,0 66,12 60,42 26,58! 56,64 62,84 36,100 8,96"),
    Skeleton(3, "open", 2, "10,4 42,2 62,14 30,44! 58,52 64,74 44,94 10,98"),
    Skeleton(3, "long waist", 1, "8,10 32,0 58,12 46,34 14,48! 50,50 66,72 46,98 6,92"),
)

_FOURS = (
    Skeleton(4, "open", 4, "8,4 4,32 4,54! 30,54 64,48 / 56,2 54,50 52,100"),
    Skeleton(4, "open round", 3, "12,2 4,34 12,56 34,58 62,44 / 62,4 58,50 54,100"),
    Skeleton(4, "open in one", 2, "10,6 2,40 20,56 46,46 60,14 66,2! 58,50 54,100"),
    Skeleton(4, "open, long bar", 2, "16,2 10,28 2,54! 40,54 84,48 / 56,8 52,54 48,100"),
    Skeleton(4, "closed", 2, "52,0 26,32 2,64! 40,64 74,62 / 52,0 52,50 52,100"),
    Skeleton(4, "closed in one", 1, "54,100 56,50 58,2! 30,30 2,60! 36,62 80,58"),
    Skeleton(4, "nearly closed", 2, "40,2 22,30 2,52! 30,56 62,50 / 58,4 54,50 46,100"),
    Skeleton(4, "low bar", 1.5, "14,6 8,40 4,66! 40,66 76,62 / 58,20 56,60 54,100"),
    Skeleton(4, "short stem", 1, "18,2 8,30 2,58! 40,58 90,50 / 66,18 60,58 56,88"),
    Skeleton(4, "wide", 1, "10,22 4,44 2,64! 50,64 100,56 / 84,0 76,50 66,100"),
    Skeleton(4, "looped", 1, "20,0 8,36 6,52 30,50 62,38 66,30 60,56 46,100"),
)

_FIVES = (
    Skeleton(5, "two strokes", 4, "16,4 14,24 10,42! 42,40 60,62 44,92 4,94 / 16,4 40,4 70,2"),
    Skeleton(5, "one stroke", 3, "68,2 42,4 18,6! 12,42! 44,38 62,62 44,92 2,96"),
    Skeleton(5, "slanting", 3, "92,2 64,6 38,8! 24,44! 54,44 60,68 40,92 0,98"),
    Skeleton(5, "ess", 2, "66,4 36,2 14,20 28,42 54,56 58,80 34,98 2,92"),
    Skeleton(5, "big belly", 2, "62,2 40,3 22,4! 14,34! 52,30 72,58 52,92 4,94"),
    Skeleton(5, "small belly", 1, "76,4 48,6 22,8! 16,54! 42,52 52,72 36,96 0,92"),
    Skeleton(5, "detached bar", 1.5, "14,14 12,30 10,44! 40,44 54,66 38,94 2,92 / 22,6 50,6 80,0"),
    Skeleton(5, "curled", 1, "80,6 48,10 22,10! 20,46! 54,46 60,74 34,98 6,88 14,76"),
    Skeleton(5, "long bar", 1.5, "100,0 60,8 24,12! 16,46! 40,46 46,68 32,92 0,100"),
)

_SIXES = (
    Skeleton(6, "curved", 4, "46,0 20,24 4,62 16,94 44,96 58,74 42,54 18,62 8,78"),
    Skeleton(6, "straight", 3, "52,0 30,28 8,62 10,90 36,98 56,80 46,60 24,62 10,80"),
    Skeleton(6, "hooked top", 2, "62,8 44,0 16,28 4,66 20,96 50,92 60,70 40,54 10,70"),
    Skeleton(6, "large bowl", 3, "34,0 12,30 4,66 22,98 58,92 72,64 48,44 20,56 8,76"),
    Skeleton(6, "spiral", 2, "30,0 8,40 8,82 38,98 66,80 60,58 38,60 26,78 34,92"),
    Skeleton(6, "small bowl", 2, "44,0 20,30 4,68 14,96 40,98 48,82 34,70 14,78"),
    Skeleton(6, "upright", 1.5, "14,0 6,36 4,72 20,98 48,94 58,72 40,56 10,68"),
    Skeleton(6, "wide bowl", 1, "38,0 12,34 4,72 30,98 80,92 92,66 60,54 26,70 14,88"),
    Skeleton(6, "open bowl", 1, "40,0 14,32 4,70 22,98 50,90 60,66 50,56 34,62"),
)

_SEVENS = (
    Skeleton(7, "plain", 5, "2,8 30,6 62,4! 44,46 30,100"),
    Skeleton(7, "upright", 2, "2,6 28,4 56,4! 54,50 50,100"),
    Skeleton(7, "with a serif", 3, "4,24 6,6! 34,6 66,4! 46,48 34,100"),
    Skeleton(7, "round", 3, "2,14 24,2 52,4 58,26 44,60 34,100"),
    Skeleton(7, "crossed", 2, "2,6 34,5 70,4! 46,50 28,100 / 18,52 46,50 72,48"),
    Skeleton(7, "crossed, serif", 1, "4,20 8,4! 40,6 72,4! 50,50 34,100 / 22,56 76,48"),
    Skeleton(7, "wavy", 2, "2,18 14,4 36,12 66,4! 48,40 36,100"),
    Skeleton(7, "bent", 2, "2,6 40,6 74,6! 44,36 34,66 32,100"),
    Skeleton(7, "long bar", 1.5, "0,14 50,8 92,4! 70,40 56,100"),
    Skeleton(7, "bowed down", 1, "2,10 36,4 60,2! 58,40 46,74 26,100"),
)

_EIGHTS = (
    Skeleton(
        8,
        "ess loop",
        5,
        "56,12 32,0 10,16 24,42 52,62 56,86 28,100 4,84 18,58 46,40 58,14",
    ),
    Skeleton(
        8,
        "ess loop, tail",
        2,
        "48,18 34,4 12,10 16,34 46,58 50,84 24,100 4,82 20,56 50,30 68,2",
    ),
    Skeleton(
        8,
        "two rings",
        2,
        "30,0 8,18 30,46 54,20 30,0 / 30,46 4,72 30,100 58,74 30,46",
    ),
    Skeleton(
        8,
        "from the waist",
        2,
        "30,48 8,28 30,0 54,22 32,48 4,74 28,100 58,76 30,48",
    ),
    Skeleton(
        8,
        "large head",
        2,
        "66,16 36,0 6,22 22,50 44,66 44,90 26,100 12,86 26,62 56,44 68,18",
    ),
    Skeleton(
        8,
        "large belly",
        2,
        "50,10 34,0 18,12 26,34 58,58 60,88 28,100 2,82 14,56 42,34 52,10",
    ),
    Skeleton(
        8,
        "open head",
        1.5,
        "62,10 34,4 10,14 22,40 46,62 46,88 24,100 6,84 22,58 52,34 66,18",
    ),
    Skeleton(
        8,
        "slanting",
        1.5,
        "84,14 58,0 34,14 40,40 48,66 30,96 6,94 12,70 48,44 80,22 84,8",
    ),
)

_NINES = (
    Skeleton(9, "straight", 4, "56,12 32,0 6,20 14,46 42,42 56,12! 54,54 50,100"),
    Skeleton(9, "one curve", 4, "54,20 36,2 8,16 8,42 34,46 54,20 54,54 44,100"),
    Skeleton(9, "curved tail", 2, "54,14 30,0 6,24 20,48 46,36 56,10! 56,56 40,92 10,96"),
    Skeleton(9, "slanting", 3, "60,14 36,2 8,24 10,46 34,44 60,14! 46,54 26,100"),
    Skeleton(9, "small head", 2, "48,8 28,0 8,14 14,34 36,30 48,8! 48,54 46,100"),
    Skeleton(9, "open head", 1.5, "50,6 22,6 4,28 16,48 42,40 54,14 / 56,4 54,50 48,100"),
    Skeleton(9, "big head", 2, "62,20 36,0 4,24 14,56 48,48 62,20! 58,60 54,100"),
    Skeleton(9, "looped", 1, "60,10 32,2 6,24 20,46 48,32 62,4 52,50 36,100"),
    Skeleton(9, "ring and stem", 1, "34,2 6,20 26,46 56,22 34,2 / 58,6 54,54 46,100"),
)

SKELETONS: tuple[Skeleton, ...] = (
    *_ZEROS,
    *_ONES,
    *_TWOS,
    *_THREES,
    *_FOURS,
    *_FIVES,
    *_SIXES,
    *_SEVENS,
    *_EIGHTS,
    *_NINES,
)
