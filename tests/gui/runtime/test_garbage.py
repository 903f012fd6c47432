"""Cyclic garbage is collected on the main thread and nowhere else."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.runtime.garbage import (
    LONGEST_MILLISECONDS,
    LOOK_MILLISECONDS,
    GarbageCollection,
)


class Knot:
    """Refers to itself, and notes the thread that deletes it."""

    deleted_by: str = ""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        Knot.deleted_by = threading.current_thread().name


@pytest.fixture
def collection() -> Iterator[GarbageCollection]:
    gc.enable()
    parent = QObject()
    found = GarbageCollection(parent)
    found.start()
    yield found
    found.stop()
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    assert gc.isenabled()


def test_another_thread_leaves_the_garbage_to_the_main_thread(
    qtbot: QtBot, collection: GarbageCollection
):
    collection.settle()
    knot = weakref.ref(Knot())
    kept: list[list[int]] = []

    def make_many_objects() -> None:
        kept.extend([] for _ in range(50_000))

    busy = threading.Thread(target=make_many_objects, name="busy")
    busy.start()
    busy.join()
    assert knot() is not None
    qtbot.waitUntil(lambda: knot() is None, timeout=5000)
    assert Knot.deleted_by == threading.main_thread().name


def test_what_was_there_when_it_settles_is_not_searched_again(
    collection: GarbageCollection,
):
    before = gc.get_freeze_count()
    collection.settle()
    settled = gc.get_freeze_count()
    late = [[] for _ in range(1000)]
    collection.settle()
    assert settled > before
    # Some of what is left out may be gone meanwhile; nothing new may be added.
    assert gc.get_freeze_count() < settled + len(late)


def test_nothing_is_searched_for_before_it_settles(collection: GarbageCollection):
    early = weakref.ref(Knot())
    kept = [[] for _ in range(50_000)]
    collection.look()
    assert early() is not None
    collection.settle()
    late = weakref.ref(Knot())
    kept.extend([] for _ in range(50_000))
    collection.look()
    assert late() is None


def test_it_looks_seldom_while_nothing_is_made_and_often_again_after_that(
    qtbot: QtBot, collection: GarbageCollection
):
    collection.settle()
    timer = collection._timer
    for _ in range(10):
        collection._on_timer_timeout()
    assert timer.interval() == LONGEST_MILLISECONDS
    collection.wake()
    assert timer.interval() == LOOK_MILLISECONDS
    collection._on_timer_timeout()
    collection._on_timer_timeout()
    assert timer.interval() > LOOK_MILLISECONDS
    kept = [[] for _ in range(600)]
    collection._on_timer_timeout()
    assert len(kept) == 600
    assert timer.interval() == LOOK_MILLISECONDS
