import jax
import numpy as np
import pytest

from core.data.load import load_dataset
from core.descriptions.optimizers import OPTIMIZERS
from core.experiment.presets import load_preset
from core.protocol.jobs import BeginJob, JobAdvanced, JobEnded
from core.protocol.side_jobs.compare import (
    CompareRequest,
    Comparison,
    Member,
    MemberCurves,
)
from core.side_jobs.compare.compute import compare_in_parts, reading_steps
from core.side_jobs.compare.variants import VARIATIONS, variation_for
from core.side_jobs.context import JobContext
from core.training.evaluate import evaluate
from core.training.run import TrainingRun
from core.values.errors import GlassboxError
from tests.core.support.runner_talk import RunnerTalk, small


def compared(members: tuple[Member, ...], steps: int) -> Comparison:
    parts = compare_in_parts(
        CompareRequest(members, steps), JobContext(jax.devices()[0])
    )
    results = [result for result in parts if result]
    assert results[-1].step == steps
    return results[-1]


def by_name(comparison: Comparison) -> dict[str, MemberCurves]:
    return {member.name: member for member in comparison.members}


def test_a_member_is_trained_exactly_as_the_run_of_the_window_is():
    import jax

    experiment = small()
    (curves,) = compared((Member("a", experiment),), 60).members
    run = TrainingRun(experiment, load_dataset(experiment.data), jax.devices()[0])
    while run.step < 60:
        run.advance(60 - run.step)
    expected = evaluate(run.program, run.params, run.test_examples)
    assert curves.steps[-1] == 60
    assert curves.test_loss[-1] == pytest.approx(expected.loss, rel=1e-5)
    assert curves.test_accuracy[-1] == pytest.approx(expected.accuracy)


def test_the_experiments_own_optimiser_keeps_its_rate():
    own = small(training__optimizer="adam", training__learning_rate=0.03)
    rates = {
        member.experiment.training.optimizer: (
            member.name,
            member.experiment.training.learning_rate,
        )
        for member in VARIATIONS["optimizers"].members(own)
    }
    assert rates["adam"] == ("Adam 0.03", 0.03)
    others = {name: rate for name, (_, rate) in rates.items() if name != "adam"}
    # As the form and the command line choose it with another optimiser.
    assert others == {name: OPTIMIZERS[name].sensible_rate for name in others}
    assert others["sgd"] > 10 * others["rmsprop"]


def test_all_members_are_read_at_the_same_steps_and_start_alike():
    members = VARIATIONS["optimizers"].members(small())
    comparison = compared(members, 20)
    first = comparison.members[0]
    for member in comparison.members:
        np.testing.assert_array_equal(member.steps, first.steps)
        assert member.train_loss[0] == first.train_loss[0]
        assert member.train_loss[-1] != first.train_loss[0]
    assert len({member.train_loss[-1] for member in comparison.members}) >= 7


def test_readings_begin_at_0_end_at_the_last_step_and_are_denser_at_first():
    steps = reading_steps(1000)
    assert (steps[0], steps[-1]) == (0, 1000)
    gaps = np.diff(steps)
    assert gaps.min() > 0
    assert gaps[:10].sum() < gaps[-10:].sum()
    assert reading_steps(2) == (0, 1, 2)


def test_a_member_that_diverges_says_at_which_step_and_the_others_go_on():
    experiment = small(training__loss="squared-error", network__output="identity")
    members = tuple(
        Member(name, experiment.with_values({"training.learning_rate": rate}))
        for name, rate in (("calm", 0.01), ("wild", 500.0))
    )
    comparison = by_name(compared(members, 40))
    assert comparison["wild"].diverged_at is not None
    assert comparison["wild"].diverged_at <= 20
    assert comparison["calm"].diverged_at is None
    assert comparison["calm"].train_loss[-1] < comparison["calm"].train_loss[0]


def test_real_valued_targets_are_compared_by_their_largest_error():
    experiment = load_preset("worked-example").experiment
    members = (Member("a", experiment),)
    (curves,) = compared(members, 5).members
    assert curves.largest_error[0] == pytest.approx(0.4936, abs=1e-3)
    assert np.isnan(curves.train_accuracy).all()
    with pytest.raises(GlassboxError, match="no classes"):
        VARIATIONS["labels"].members(experiment)


def test_each_preset_of_a_comparison_leads_to_it():
    assert variation_for("random-labels") == "labels"
    assert variation_for("xor") is None
    assert variation_for(None) is None


def test_too_little_weight_decay_overfits_and_more_of_it_cures():
    experiment = load_preset("overfitting").experiment
    comparison = by_name(
        compared(VARIATIONS["regularisation"].members(experiment), 300)
    )
    plain, cured = comparison["no penalty"], comparison["L2 0.03"]
    assert plain.train_loss[-1] < 0.1
    assert plain.test_loss[-1] > 2 * plain.test_loss.min()
    assert cured.test_loss[-1] < 0.5 * plain.test_loss[-1]
    assert cured.test_loss[-1] < 1.3 * cured.test_loss.min()


def test_the_runner_trains_a_comparison_beside_its_run(talk: RunnerTalk):
    talk.start()
    members = (Member("a", small()), Member("b", small(training__seed=3)))
    talk.runner.post(BeginJob(4, CompareRequest(members, 30)))
    talk.take(10)
    talk.start()  # a new run does not end the comparison
    talk.wait_for(JobEnded)
    result = talk.of(JobAdvanced)[-1].result
    assert isinstance(result, Comparison)
    assert result.step == 30


@pytest.mark.parametrize("preset", ["random-labels", "learning-rate"])
def test_a_preset_that_compares_can_be_varied(preset: str):
    members = VARIATIONS[variation_for(preset) or ""].members(
        load_preset(preset).experiment
    )
    assert len({member.experiment for member in members}) == len(members) >= 2


def test_shuffled_labels_are_learnt_by_heart_too_only_later():
    wide = {"data.train_fraction": 0.08, "network.hidden": (64, 64)}
    training = {"training.optimizer": "adam", "training.learning_rate": 0.01}
    experiment = small(data__name="circle").with_values({**wide, **training})
    curves = by_name(compared(VARIATIONS["labels"].members(experiment), 1200))
    when = {}
    for name, member in curves.items():
        assert member.train_accuracy.max() >= 0.95
        when[name] = member.steps[np.argmax(member.train_accuracy >= 0.95)]
    assert 2 * when["true labels"] < when["shuffled labels"]


def test_more_units_come_nearer_to_the_function():
    experiment = load_preset("approximation").experiment
    members = VARIATIONS["width"].members(experiment)
    names = [member.name for member in members]
    assert (names[0], names[-1]) == ("1 unit", "1000 units")
    chosen = tuple(member for member in members if member.name in (names[0], names[4]))
    one, hundred = compared(chosen, 800).members
    assert hundred.largest_error[-1] < 0.8 * one.largest_error[-1]
    assert hundred.test_loss[-1] < 0.2 * one.test_loss[-1]
