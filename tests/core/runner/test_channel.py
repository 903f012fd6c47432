"""Events and snapshots come out in the order in which they came about."""

import random

import numpy as np

from core.protocol.messages import Metrics, PlayingChanged, Progress
from core.protocol.snapshot import Snapshot
from core.runner.channel import Channel, News


def snapshot(step: int) -> Snapshot:
    return Snapshot(1, step, 10, ())


def metrics(step: int) -> Metrics:
    return Metrics(1, step, np.zeros(1, np.float32), np.zeros(1, np.float32))


def test_events_and_a_snapshot_come_out_as_they_were_put_in() -> None:
    channel = Channel()
    first, seen, last = PlayingChanged(1, True), snapshot(3), PlayingChanged(1, False)
    channel.post(first)
    channel.publish(seen)
    channel.post(last)
    assert channel.take() == [first, seen, last]
    assert channel.take() == []


def test_a_newer_snapshot_stands_behind_the_events_that_came_before_it() -> None:
    channel = Channel()
    channel.publish(snapshot(1))
    told = PlayingChanged(1, False)
    channel.post(told)
    assert not channel.has_room
    newer = snapshot(2)
    channel.publish(newer)
    assert channel.take() == [told, newer]
    assert channel.has_room


def test_no_event_is_lost_and_no_order_broken_however_it_is_looked_at() -> None:
    chance = random.Random(3)
    channel = Channel()
    put: list[News] = []
    taken: list[News] = []
    for number in range(3000):
        if chance.random() < 0.4:
            put.append(snapshot(number))
            channel.publish(put[-1])
        else:
            put.append(Progress(1, "", number, 0))
            channel.post(put[-1])
        if chance.random() < 0.2:
            taken += channel.take()
    taken += channel.take()
    places = [put.index(news) for news in taken]
    assert places == sorted(set(places))
    events = [news for news in put if isinstance(news, Progress)]
    assert [news for news in taken if isinstance(news, Progress)] == events
    assert [n for n in put if isinstance(n, Snapshot)][-1] in taken


def test_it_wakes_once_until_its_news_is_taken() -> None:
    channel = Channel()
    woken: list[int] = []
    channel.wake_by(lambda: woken.append(1))
    for step in range(5):
        channel.publish(snapshot(step))
        channel.post(PlayingChanged(1, True))
    assert len(woken) == 1
    channel.take()
    channel.post(PlayingChanged(1, False))
    assert len(woken) == 2


def test_numbers_of_steps_wait_for_the_snapshot_that_follows_them() -> None:
    channel = Channel()
    woken: list[int] = []
    channel.wake_by(lambda: woken.append(1))
    numbers, seen = metrics(1), snapshot(1)
    channel.post(numbers)
    assert woken == []
    channel.publish(seen)
    assert woken == [1]
    assert channel.take() == [numbers, seen]
