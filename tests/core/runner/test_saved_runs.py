"""A run that the window saves and opens is the one of `train --checkpoint`."""

from dataclasses import replace
from pathlib import Path

import jax
import numpy as np

from core.checkpoints import contents, file_form
from core.checkpoints.resuming import resumed
from core.cli.main import main
from core.experiment.model import Experiment
from core.files.weights import load_weights
from core.protocol.messages import (
    EditParams,
    Failed,
    Pause,
    Play,
    SetSpeed,
    Start,
    Started,
)
from core.protocol.saving import NO_CURVE, RunTaken, SaveRun
from core.training.run import to_numpy
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter
from tests.core.support.runner_talk import RunnerTalk, small

ADAM = {"training__optimizer": "adam", "training__dropout": 0.2}


def saved(talk: RunnerTalk, path: Path) -> RunTaken:
    """Let the window's run be written to a file."""
    before = len(talk.events)
    talk.runner.post(SaveRun(7))
    taken = talk.wait_for(RunTaken, after=before)
    assert (taken.number, taken.run_id) == (7, talk.run_id)
    tensors = contents.with_curves(taken.tensors, NO_CURVE, NO_CURVE, {})
    contents.write(path, tensors, taken.metadata)
    return taken


def cli(*arguments: object) -> None:
    assert main(["train", *map(str, arguments)]) == 0


def params_after(talk: RunnerTalk, steps: int) -> np.ndarray:
    return flatten(talk.take(steps).params)


def test_what_the_window_saves_the_command_line_takes_on_to_the_bit(
    talk: RunnerTalk, tmp_path: Path
) -> None:
    talk.start(small(**ADAM))
    talk.take(30)
    talk.runner.post(EditParams((Edit(Parameter(1, 0, 1), 0.5),)))
    talk.take(11)
    assert saved(talk, tmp_path / "run").step == 41
    whole = params_after(talk, 29)
    cli("--resume", tmp_path / "run", "--steps", 70, "--out", tmp_path / "w.npz")
    weights = load_weights(tmp_path / "w.npz")
    assert weights.step == 70
    np.testing.assert_array_equal(flatten(weights.params), whole)


def test_what_the_command_line_saves_the_window_takes_on_to_the_bit(
    talk: RunnerTalk, tmp_path: Path
) -> None:
    run, options = tmp_path / "run", ("--preset", "xor")
    options += ("--set", "training.optimizer=adam", "--set", "training.dropout=0.2")
    cli(*options, "--steps", 40, "--checkpoint", run)
    cli(*options, "--steps", 70, "--out", tmp_path / "w.npz")
    started = talk.start(Experiment(), checkpoint=run)
    assert started.experiment.training.optimizer == "adam"
    assert started.so_far is not None
    assert len(started.so_far.losses) == started.so_far.end == talk.step == 40
    whole = flatten(load_weights(tmp_path / "w.npz").params)
    np.testing.assert_array_equal(params_after(talk, 30), whole)


def test_saving_while_it_plays_changes_nothing_of_the_run(
    talk: RunnerTalk, tmp_path: Path
) -> None:
    started = talk.start(small(**ADAM))
    talk.runner.post(SetSpeed(2_000.0))
    talk.runner.post(Play())
    talk.wait_until(lambda: talk.step > 200)
    taken = saved(talk, tmp_path / "run")
    assert talk.playing
    again = resumed(
        file_form.load(tmp_path / "run"), started.dataset, jax.devices("cpu")[0]
    )
    assert again.step == taken.step
    talk.runner.post(Pause())
    talk.wait_until(lambda: not talk.playing and talk.step > taken.step)
    whole = talk.snapshots[-1]
    while again.step < whole.step:
        again.advance(whole.step - again.step)
    np.testing.assert_array_equal(
        flatten(to_numpy(again.params)), flatten(whole.params)
    )


def test_a_file_that_is_no_run_leaves_the_run_that_was_there(
    talk: RunnerTalk, tmp_path: Path
) -> None:
    talk.start()
    (tmp_path / "run").write_bytes(b"something else")
    talk.runner.post(Start(2, Experiment(), checkpoint=tmp_path / "run"))
    assert "no checkpoint" in talk.wait_for(Failed).reason
    assert len(talk.of(Started)) == 1
    assert talk.take(3).run_id == 1


def test_a_run_finds_its_table_where_the_command_says(
    talk: RunnerTalk, tmp_path: Path
) -> None:
    table, run = tmp_path / "people.csv", tmp_path / "run"
    table.write_text("a,b,answer\n" + "1,2,yes\n3,5,no\n2,2,yes\n4,1,no\n" * 5)
    cli("--data", table, "--steps", 5, "--checkpoint", run)
    begun = file_form.load(run).experiment
    data = replace(begun.data, path=str(tmp_path / "new.csv"))
    table.rename(data.path)
    started = talk.start(replace(begun, data=data), checkpoint=run)
    assert started.experiment.data.path == data.path
    assert talk.step == 5
