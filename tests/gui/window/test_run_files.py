"""File > Save run, and opening it again."""

from pathlib import Path

import numpy as np

from core.checkpoints import file_form
from core.protocol.messages import Failed
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter
from gui.window.file_actions import OPENABLE
from gui.window.run_files import RUN_KINDS
from tests.gui.support.whole_window import GlassMaker


def test_a_saved_run_opens_as_it_was_and_goes_on_with_the_same_steps(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window, path = glass(), tmp_path / "mine.ckpt"
    session, main = window.session, window.window
    session.take_steps(12)
    window.rest_at(12)
    session.interventions.edit_params((Edit(Parameter(1, 0, 1), 0.75),))
    session.take_steps(20)
    window.rest_at(32)
    main.saves.runs.save(path)
    window.wait_until(lambda: "Run up to step 32 saved" in window.says)
    assert main.windowTitle() == "mine.ckpt - Glassbox"
    assert main.settings.recent_files()[0] == path
    losses = window.view.run.metrics.batch_losses.buckets().means
    tests = window.view.run.metrics.tests.rows
    np.testing.assert_array_equal(file_form.load(path).losses, np.float32(losses))
    session.take_steps(15)
    window.rest_at(47)
    whole = flatten(window.view.params)

    session.use_seed(9)
    window.wait_for_run(after=1)
    assert main.windowTitle() == "Glassbox"
    window.drop(path)
    window.wait_for_run(after=2)
    assert (window.step, session.playing) == (32, False)
    assert main.windowTitle() == "mine.ckpt - Glassbox"
    again = window.view.run.metrics
    np.testing.assert_array_equal(again.batch_losses.buckets().means, losses)
    assert set(tests[0]) <= set(again.tests.steps)
    assert window.view.edited == {Parameter(1, 0, 1): 12}
    session.take_steps(15)
    window.rest_at(47)
    np.testing.assert_array_equal(flatten(window.view.params), whole)
    session.go_to_step(12)
    window.wait_until(lambda: window.step == 12)
    session.reset()
    window.wait_for_run(after=3)
    assert (window.step, main.windowTitle()) == (0, "Glassbox")


def test_a_run_that_is_saved_in_its_past_says_that_it_has_its_later_steps(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass()
    window.session.take_steps(20)
    window.rest_at(20)
    window.session.go_to_step(8)
    window.wait_until(lambda: window.step == 8)
    window.window.saves.runs.save(tmp_path / "past.ckpt")
    said = "Run at step 8, with its later steps up to 20, saved"
    window.wait_until(lambda: said in window.says)
    assert file_form.load(tmp_path / "past.ckpt").losses.shape == (20,)


def test_each_name_that_a_run_may_get_is_offered_again_for_opening() -> None:
    assert [kind.ending for kind in RUN_KINDS] == [".safetensors", ".ckpt"]
    for kind in RUN_KINDS:
        assert f"*{kind.ending} " in OPENABLE


def test_a_run_that_cannot_be_taken_is_said_not_to_be_saved(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass()
    runs = window.window.saves.runs
    runs._waiting[0] = tmp_path / "mine.safetensors"
    window.session.failed.emit(Failed(window.run_id, "The memory is full."))
    told = "Run not saved as mine.safetensors. The memory is full."
    window.wait_until(lambda: window.says == told)
    assert runs.unwritten == []
