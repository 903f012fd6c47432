"""A run that was saved and restored goes on as if nothing had happened, to the bit."""

from dataclasses import replace
from pathlib import Path

import jax
import numpy as np
import pytest

from core.checkpoints import file_form
from core.checkpoints.resuming import differences, resumed
from core.descriptions.optimizers import OPTIMIZERS
from core.experiment.model import Experiment
from core.files.safetensors_form import CHECKPOINT_KEY
from core.files.weights import load_weights
from core.training.run import TrainingRun, to_numpy
from core.values.errors import FileError
from core.values.network_spec import flatten
from tests.core.support.changed_runs import advance, changed_run, saved_run
from tests.core.support.cli_answers import weights_file
from tests.core.support.small_runs import small_dataset, small_run


def watched_run(**training: object) -> TrainingRun:
    """A run with validation data, as early stopping needs them."""
    dataset = small_dataset(160)
    dataset = replace(dataset, validation=dataset.train.rows(range(40)))
    plain = small_run(dataset)
    experiment = Experiment(
        replace(plain.experiment.data, validation_fraction=0.25),
        plain.experiment.network,
        replace(plain.experiment.training, **training),  # type: ignore[arg-type]
    )
    return TrainingRun(experiment, dataset, plain.device)


def again(path: Path, like: TrainingRun) -> TrainingRun:
    return resumed(file_form.load(path), like.dataset, like.device)


def check_equal(one: TrainingRun, other: TrainingRun) -> None:
    assert one.step == other.step
    for a, b in zip(
        jax.tree.leaves(one.newest.state),
        jax.tree.leaves(other.newest.state),
        strict=True,
    ):
        np.testing.assert_array_equal(np.asarray(a), np.asarray(b))
    assert repr(one.newest.watch) == repr(other.newest.watch)  # NaN is not NaN
    assert one.learning_rate == other.learning_rate


SETTINGS = {
    **{name: {"optimizer": name} for name in OPTIMIZERS},
    "dropout": {"dropout": 0.4, "optimizer": "adam"},
    "plateau": {"schedule": "plateau", "schedule_patience": 1, "learning_rate": 2.0},
    "warmup and cosine": {"schedule": "cosine", "warmup_steps": 7},
    "early stopping": {"early_stopping": 2, "learning_rate": 3.0},
    "penalties": {"l1": 0.01, "l2": 0.02},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_resumed_equals_uninterrupted_to_the_bit(tmp_path: Path, name: str) -> None:
    rng = np.random.default_rng(0)
    whole = watched_run(**SETTINGS[name])
    moments = sorted(int(step) for step in rng.integers(1, 90, 3))
    run = watched_run(**SETTINGS[name])
    for moment in moments:
        run = again(saved_run(advance(run, moment), tmp_path / "c"), run)
    check_equal(advance(run, 100), advance(whole, 100))
    assert run.is_over == whole.is_over
    if whole.is_over:
        run.go_to_best()
        whole.go_to_best()
        check_equal(run, whole)


def test_edits_freezings_and_other_settings_are_part_of_it(tmp_path: Path) -> None:
    whole = changed_run()
    run = again(saved_run(whole, tmp_path / "c"), whole)
    assert run.experiment == whole.experiment
    assert run.frozen == whole.frozen
    assert dict(run.edited) == dict(whole.edited)
    check_equal(advance(run, 80), advance(whole, 80))


def test_earlier_steps_stay_within_reach_after_a_resume(tmp_path: Path) -> None:
    whole = changed_run()
    run = again(saved_run(whole, tmp_path / "c"), whole)
    for step in (0, 25, 31, 49, 50):
        run.go_to(step)
        whole.go_to(step)
        check_equal(run, whole)
    assert run.end == whole.end == 50


def test_a_step_that_was_gone_back_to_keeps_those_after_it(tmp_path: Path) -> None:
    whole = advance(small_run(), 60)
    whole.go_to(33)
    run = again(saved_run(whole, tmp_path / "c"), whole)
    assert (run.step, run.end) == (33, 60)
    run.go_to(60)
    whole.go_to(60)
    check_equal(run, whole)


def test_weights_that_were_given_are_kept(tmp_path: Path) -> None:
    given = to_numpy(advance(small_run(), 5).params)
    like = small_run()
    begin = TrainingRun(like.experiment, like.dataset, like.device, given)
    run = again(saved_run(advance(begin, 12), tmp_path / "c"), begin)
    run.go_to(0)
    np.testing.assert_array_equal(flatten(to_numpy(run.params)), flatten(given))


def test_a_checkpoint_is_a_weights_file_too(tmp_path: Path) -> None:
    run = advance(small_run(optimizer="adam"), 9)
    weights = load_weights(saved_run(run, tmp_path / "c.safetensors"))
    assert (weights.step, weights.spec) == (9, run.spec)
    np.testing.assert_array_equal(
        flatten(weights.params), flatten(to_numpy(run.params))
    )


def test_other_examples_are_refused(tmp_path: Path) -> None:
    run = advance(small_run(), 5)
    path = saved_run(run, tmp_path / "c")
    with pytest.raises(FileError, match="not those that the run was trained on"):
        resumed(file_form.load(path), small_dataset(102), run.device)


def test_what_the_last_digits_depend_on_is_named(tmp_path: Path) -> None:
    run = advance(small_run(), 5)
    checkpoint = file_form.load(saved_run(run, tmp_path / "c"))
    assert differences(checkpoint, run.device) == ()
    older = replace(checkpoint, made_by={**checkpoint.made_by, "jaxlib": "0.1"})
    (told,) = differences(older, run.device)
    assert told.startswith("jaxlib ")
    assert told.endswith(", not 0.1")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"step": 5', '"step": 6', "its steps do not go together"),
        ('"end": 5', '"end": 4', "its steps do not go together"),
        ('"n_changes": 0', '"n_changes": 7', "n_changes"),
        ('"format": 1', '"format": 9', "newer Glassbox"),
        ('"now"', '"nov"', "a state is missing"),
        ("sgd", "sgx", "experiment"),
    ],
)
def test_a_damaged_checkpoint_says_what_is_wrong(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = saved_run(advance(small_run(), 5), tmp_path / "c")
    text = path.read_bytes()
    head = text[8 : 8 + int.from_bytes(text[:8], "little")].decode()
    assert CHECKPOINT_KEY in head
    before, key, after = head.partition(CHECKPOINT_KEY)
    quoted_old, quoted_new = (t.replace('"', '\\"') for t in (old, new))
    assert quoted_old in after
    changed = (before + key + after.replace(quoted_old, quoted_new, 1)).encode()
    path.write_bytes(
        len(changed).to_bytes(8, "little") + changed + text[8 + len(head.encode()) :]
    )
    with pytest.raises(FileError, match=said):
        again(path, small_run())


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.ckpt"
    path.write_text("no safetensors")
    with pytest.raises(FileError, match="damaged, or no checkpoint"):
        file_form.load(path)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.csv", "a,b\n1,2\n", "a table of values (CSV)"),
        ("a.ckpt", "a,b\n1,2\n3,4\n", "a table as text"),
        ("a.toml", '# mine\n[data]\nname = "xor"\n', "an experiment (TOML)"),
    ],
)
def test_another_kind_of_file_is_called_what_it_is(
    name: str, text: str, what: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(FileError) as refused:
        file_form.load(path)
    assert f"{path}: this is {what}" in str(refused.value)
    assert "a checkpoint is written by" in str(refused.value)
    assert "header" not in str(refused.value)


@pytest.mark.parametrize("name", ["w.npz", "w.safetensors"])
def test_a_file_of_weights_alone_says_how_it_opens(name: str, tmp_path: Path) -> None:
    path = weights_file(tmp_path / name)
    with pytest.raises(FileError) as refused:
        file_form.load(path)
    assert "holds the weights of a network and not its run" in str(refused.value)
    assert f"--open {path} begins a new run" in str(refused.value)
