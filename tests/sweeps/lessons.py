"""Plays all lessons that ship with Glassbox, over several seeds, without a window.

Run as `python -m tests.sweeps.lessons [--lesson KEY ...] [--seeds N]`: each task must
be reached by what "Show me" does, none may be done before it begins, and what the texts
lean on must hold for every seed. The exit code is 1 where something is wrong.
"""

import argparse
import sys
import time

from tests.core.lessons.plain_network import (
    lesson_keys,
    our_lesson,
    play,
    untrue,
    untrue_of_comparisons,
)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lesson", nargs="*", default=list(lesson_keys()))
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args()
    faults = 0
    for key in options.lesson:
        for seed in (None, *range(1, options.seeds)):
            begun = time.perf_counter()
            wrong = play(our_lesson(key), seed)
            faults += len(wrong)
            seconds = time.perf_counter() - begun
            name = "as written" if seed is None else f"seed {seed}"
            print(f"{key}, {name}: {seconds:.1f} s {'; '.join(wrong) or 'all reached'}")
        false = untrue(key) + untrue_of_comparisons(key)
        faults += len(false)
        print(f"{key}: {'; '.join(false) or 'all claims hold'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
