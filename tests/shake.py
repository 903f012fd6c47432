"""Threads of the tests out of step, to find what only holds when they are in it.

A test that passes because one thread is faster than another fails on somebody's
machine one day, and often it is the program that relies on it. With

    python -m pytest -p tests.shake tests/gui

commands, news and work beside the window are held up by chance, each test by a chance
of its own that is the same in each run; `SHAKE=2` shakes in another way. It is no part
of `make test`, which it makes three times as long.
"""

import os
import random
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Final

import pytest

from core.runner.channel import Channel
from core.runner.thread import Runner
from gui.runtime.threads import Threads
from gui.session.session import Session

LONGEST_SECONDS: Final = 0.03
INTERVALS: Final = (1e-5, 1e-3, 0.005, 0.02)
"""Seconds until Python looks whether another thread wants to run."""


@pytest.fixture(autouse=True)
def out_of_step(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Each test has one side that is slow: the window, the runner, or work beside."""
    name = f"{os.environ.get('SHAKE', '1')} {request.node.nodeid}"
    chance = random.Random(zlib.crc32(name.encode()))
    before = sys.getswitchinterval()
    sys.setswitchinterval(chance.choice(INTERVALS))
    places: tuple[tuple[type, str], ...] = (
        (Runner, "post"),
        (Runner, "take_command"),
        (Channel, "post"),
        (Channel, "publish"),
        (Session, "receive"),
        (Threads, "submit"),
    )
    for owner, method in places:
        share = chance.choice((0.0, 0.05, 0.5))
        held_up = _held_up(getattr(owner, method), chance, share)
        monkeypatch.setattr(owner, method, held_up)
    submit, slow = Threads.submit, chance.choice((0.0, 0.5))

    def submit_slow_work(threads: Threads, job: Callable[[], Any]) -> Any:
        return submit(threads, _held_up(job, chance, slow))

    monkeypatch.setattr(Threads, "submit", submit_slow_work)
    yield
    sys.setswitchinterval(before)


def _held_up(
    call: Callable[..., Any], chance: random.Random, share: float
) -> Callable[..., Any]:
    @wraps(call)
    def held_up(*arguments: Any, **named: Any) -> Any:
        result = call(*arguments, **named)
        if chance.random() < share:
            time.sleep(chance.random() * LONGEST_SECONDS)
        return result

    return held_up
