"""Giving changed files to a reader and noting what gets through."""

import time
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from core.values.errors import GlassboxError
from tests.fuzz.mutations import mutated
from tests.fuzz.processes import in_processes, made_apart
from tests.fuzz.readers import READERS, Reader

LONGEST_SECONDS: Final = 2.0
CORPUS: Final = Path(__file__).parent / "corpus"


class Fall(NamedTuple):
    """A file that a reader does not survive; `seed` makes it again."""

    seed: int
    what: str


def kept(name: str) -> list[bytes]:
    """The files that a reader once did not survive."""
    return [path.read_bytes() for path in sorted((CORPUS / name).glob("*"))]


def falls(
    name: str, folder: Path, *, count: int, first: int, timed: bool = False
) -> list[Fall]:
    """What gets through of that many changed files, the first one of seed `first`.

    Args:
        name: of the reader.
        folder: for its files.
        count: how many.
        first: seed of the first.
        timed: note also those that take longer than LONGEST_SECONDS.
    """
    reader = READERS[name]
    make = partial(reader.corpus, folder)
    is_apart = timed and reader.is_stopped
    corpus = [*(made_apart(make) if is_apart else make()), *kept(name)]
    path = folder / f"changed{reader.suffix}"

    def tried(seed: int) -> list[Fall]:
        path.write_bytes(mutated(seed, corpus))
        return list(_fallen(reader, path, seed, timed=timed))

    seeds = range(first, first + count)
    if is_apart:
        return in_processes(tried, seeds)
    return [fall for seed in seeds for fall in tried(seed)]


def _fallen(reader: Reader, path: Path, seed: int, *, timed: bool) -> Iterator[Fall]:
    begun = time.perf_counter()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader.read(path)
    except GlassboxError:
        pass
    except Exception as error:  # noqa: BLE001
        yield Fall(seed, f"{type(error).__name__}: {str(error)[:200]}")
    seconds = time.perf_counter() - begun
    if timed and seconds > LONGEST_SECONDS:
        yield Fall(seed, f"{seconds:.1f} s")
