"""A point of the test curve is of exactly the step that it names."""

import random
from pathlib import Path

import jax
import pytest

from core.cli.main import main
from core.data.load import load_dataset
from core.experiment import toml_form
from core.protocol.messages import Evaluated, Pause, Play, Step
from core.runner import evaluations
from core.runner.pace import Pace
from core.training.evaluate import evaluate
from core.training.run import TrainingRun
from tests.core.support.cli_answers import Capture, strict_json
from tests.core.support.runner_talk import RunnerTalk, small

EXPERIMENT = small(
    data__name="spiral", data__validation_fraction=0.2, network__hidden=(16, 16)
)
POINTS = 25


def test_readings_at_full_speed_are_those_of_a_headless_run_to_the_last_digit(
    talk: RunnerTalk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: Capture,
) -> None:
    monkeypatch.setattr(evaluations, "pause_after", lambda _seconds, *, first: 0.0)
    talk.start(EXPERIMENT)
    talk.runner.post(Play())
    talk.wait_until(lambda: len(talk.of(Evaluated)) > POINTS)
    talk.runner.post(Pause())
    talk.wait_until(lambda: not talk.playing and not talk.newest.playing)
    told = {event.step: event for event in talk.of(Evaluated)}
    assert len(told) > POINTS // 2
    run = TrainingRun(EXPERIMENT, load_dataset(EXPERIMENT.data), jax.devices("cpu")[0])
    assert run.validation_examples is not None
    for step, event in sorted(told.items()):
        while run.step < step:
            run.advance(step - run.step)
        test = evaluate(run.program, run.params, run.test_examples)
        validation = evaluate(run.program, run.params, run.validation_examples)
        assert (event.test_loss, event.test_accuracy) == (test.loss, test.accuracy)
        assert event.validation_loss == validation.loss
    own = tmp_path / "spiral.toml"
    own.write_text(toml_form.dumps(EXPERIMENT))
    for step in random.Random(5).sample(sorted(told), 3):
        capsys.readouterr()
        arguments = ["train", "--experiment", str(own), "--steps", str(step)]
        assert main([*arguments, "--json", "-"]) == 0
        report = strict_json(capsys.readouterr().out)
        event = told[step]
        assert report["test_loss"] == event.test_loss
        assert report["test_accuracy"] == event.test_accuracy
        assert report["validation_loss"] == event.validation_loss


def test_a_number_of_steps_has_readings_at_the_same_steps_each_time(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []
    for most in (1, 200):  # steps of a chunk, on a slow machine and on a fast one
        monkeypatch.setattr(Pace, "fitting_steps", most)
        before = len(talk.events)
        talk.start(EXPERIMENT)
        talk.runner.post(Step(400))
        talk.wait_until(lambda: talk.step == 400 and not talk.playing)
        seen = before
        talk.wait_until(
            lambda seen=seen: talk.of(Evaluated, after=seen)[-1].step == 400
        )
        read.append([event.step for event in talk.of(Evaluated, after=before)])
    assert read[0] == read[1]
    assert len(read[0]) > 10
