"""Another run begins: nothing that was known or kept of the last one outlives it."""

import gc
import weakref
from functools import partial

import pytest

from core.protocol.messages import ChangeTraining, Command, Pause, Play, SetNeeds, Start
from core.protocol.saving import SaveRun
from core.runner import loop
from core.runner.chunks_in_flight import ChunksInFlight
from core.runner.left_runs import LeftRuns
from core.runner.loading import LoadedRun
from core.training.run import TrainingRun
from tests.core.support.runner_talk import RunnerTalk, small


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[weakref.ref[object]]:
    """Every run that was begun, and its data, and nothing else that keeps them."""
    begun: list[weakref.ref[object]] = []
    load = loop.load_run

    def noting(*given: object) -> LoadedRun:
        loaded: LoadedRun = load(*given)  # type: ignore[arg-type]
        begun.extend((weakref.ref(loaded.run), weakref.ref(loaded.run.dataset)))
        return loaded

    monkeypatch.setattr(loop, "load_run", noting)
    monkeypatch.setattr(loop, "LeftRuns", partial(LeftRuns, lambda: 0))
    return begun


def test_a_run_that_is_left_and_not_kept_takes_no_memory(
    runs: list[weakref.ref[object]], talk: RunnerTalk
) -> None:
    talk.runner.post(SetNeeds(frozenset({"health", "batch", "gradient", "requests"})))
    talk.start()
    talk.take(5)
    talk.runner.post(SaveRun(1))
    # Panels that read the run are closed, so that nothing is read of the next one.
    talk.runner.post(SetNeeds(frozenset()))
    talk.start(small(data__name="circle", network__hidden=[3]))
    talk.take(2)
    talk.events.clear()
    talk.news.clear()
    del talk.snapshots[:-1]
    gc.collect()
    first_run, first_data, second_run, second_data = runs
    assert (first_run(), first_data()) == (None, None)
    assert second_run() is not None
    assert second_data() is not None


@pytest.mark.parametrize(
    "change",
    [
        Start(2, small(network__hidden=[50]), play=True),
        Start(2, small(data__name="circle"), play=True),
        ChangeTraining(small(training__batch_size=3).training),
        ChangeTraining(small(training__optimizer="adam").training),
    ],
    ids=["network", "data", "batch size", "optimiser"],
)
def test_the_first_step_of_other_cost_is_taken_alone(
    change: Command, talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # At full speed a chunk has hundreds of steps; of larger ones those take seconds.
    chunks: list[tuple[object, int]] = []
    begin = ChunksInFlight.begin

    def noting(
        flight: ChunksInFlight, run_id: int, run: TrainingRun, wanted: int
    ) -> int:
        count = begin(flight, run_id, run, wanted)
        chunks.append(((run_id, run.program_key), count))
        return count

    monkeypatch.setattr(ChunksInFlight, "begin", noting)
    talk.start()
    talk.runner.post(Play())
    talk.wait_until(lambda: chunks and chunks[-1][1] > 20)
    before = chunks[-1][0]
    talk.runner.post(change)
    talk.wait_until(lambda: chunks[-1][0] != before)
    talk.runner.post(Pause())
    first = next(count for key, count in chunks if key != before)
    assert first == 1
