"""Reading in processes that are ended where a reading does not end.

A library that loops for ever or crashes takes its process with it. The program reads
such files in a process of their own, too, and says that they are damaged.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Final, TypeVar

LONGEST_SECONDS: Final = 4.0
"""Until a reading is taken for endless. The program waits longer."""

Found = TypeVar("Found")


def in_processes(
    tried: Callable[[int], list[Found]], seeds: Sequence[int]
) -> list[Found]:
    """What `tried` finds for each seed; a seed that ends its process finds nothing."""
    found: list[Found] = []
    done = 0
    while done < len(seeds):
        mine, others = multiprocessing.get_context("fork").Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(
            target=_tell, args=(tried, seeds[done:], others)
        )
        child.start()
        others.close()
        with mine:
            done += _heard(mine, len(seeds) - done, found)
        child.kill()
        child.join()
        # The one that it did not survive, which the program refuses.
        done += 1
    return found


def made_apart(make: Callable[[], Sequence[bytes]]) -> Sequence[bytes]:
    """What is made in another process.

    A library that has begun threads here would wait for them for ever in a fork.
    """
    mine, others = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(
        target=lambda: others.send(list(make()))
    )
    child.start()
    with mine:
        made: Sequence[bytes] = mine.recv()
    child.join()
    return made


def _tell(
    tried: Callable[[int], list[Found]], seeds: Sequence[int], to: Connection
) -> None:
    for seed in seeds:
        to.send(tried(seed))


def _heard(child: Connection, count: int, found: list[Found]) -> int:
    """How many seeds the child got through of `count`."""
    for k in range(count):
        if not child.poll(LONGEST_SECONDS):
            return k
        try:
            found += child.recv()
        except EOFError:
            return k
    return count
