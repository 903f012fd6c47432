"""Files as accidents and enemies make them: sound ones with some bytes changed."""

import random
from collections.abc import Iterator, Sequence
from typing import Final

_TOKENS: Final = (
    b"[" * 40, b"{" * 40, b"9" * 400, b"9" * 5000, b"1e400", b"-1", b"0x" + b"f" * 9000,
    b"inf", b"nan", b"''", b'"', b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff",
    b"[[1,2],[3]]", b"a.b.c.d", b"1979-13-01", b"\xef\xbb\xbf", b"\n", b"=", b"true",
)  # fmt: skip


def mutated(seed: int, corpus: Sequence[bytes]) -> bytes:
    """One of the files with one to eight changes; the same for the same seed."""
    chance = random.Random(seed)
    data = bytearray(chance.choice(corpus))
    for _ in range(chance.randint(1, 8)):
        _change(data, chance, corpus)
    return bytes(data)


def all_mutated(count: int, corpus: Sequence[bytes], first: int) -> Iterator[bytes]:
    return (mutated(seed, corpus) for seed in range(first, first + count))


def _change(data: bytearray, chance: random.Random, corpus: Sequence[bytes]) -> None:
    start = chance.randint(0, len(data))
    stop = min(len(data), start + chance.choice((1, 1, 1, 4, 16, 256)))
    kind = chance.randrange(7)
    if kind == 0 and data:  # a bit
        data[start % len(data)] ^= 1 << chance.randrange(8)
    elif kind == 1:
        data[start:stop] = chance.randbytes(stop - start)
    elif kind == 2:
        del data[start:stop]
    elif kind == 3:
        data[start:start] = data[start:stop] * chance.choice((1, 2, 50))
    elif kind == 4:
        data[start:stop] = chance.choice(_TOKENS)
    elif kind == 5:  # cut off
        del data[start:]
    else:
        other = chance.choice(corpus)
        begin = chance.randint(0, len(other))
        data[start:stop] = other[begin : begin + stop - start]
