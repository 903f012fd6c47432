"""The run in the window is kept for when the program does not end well."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.experiment.presets import load_preset
from core.files.run_file import RunInFile, run_in
from gui.window.kept_runs import left_runs
from gui.window.kept_runs.left_runs import LeftRun, collect, left_folder, own_folder
from gui.window.kept_runs.run_keeper import RunKeeper
from tests.gui.support.whole_window import Glass, GlassMaker


@pytest.fixture(autouse=True)
def own_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GLASSBOX_STATE", str(tmp_path / "state"))


def lock_as_killed(path: Path) -> None:
    """The lock of a program that has ended without a word."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    text = f"{dead.pid}\nglassbox\n{socket.gethostname()}\n\n\n"
    path.with_suffix(".lock").write_text(text)


def step_to(window: Glass, step: int) -> None:
    window.session.take_steps(step - window.step)
    window.rest_at(step)


def looked(window: Glass, keeper: RunKeeper) -> int:
    """The step in the file after a look; −1 without one."""
    keeper.look()
    window.wait_until(lambda: keeper.worker.is_idle and keeper._asked is None)
    run = run_in(keeper.path) if keeper.path.exists() else None
    return -1 if run is None else run.step


def test_a_run_is_kept_as_far_as_it_was_and_offered_to_who_comes_next(
    glass: GlassMaker,
) -> None:
    window = glass()
    keeper = RunKeeper(window.window)
    assert looked(window, keeper) == -1  # nothing that a seed does not bring back
    step_to(window, 12)
    assert looked(window, keeper) == 12
    written = keeper.path.stat().st_mtime_ns
    assert looked(window, keeper) == 12
    assert keeper.path.stat().st_mtime_ns == written
    step_to(window, 20)
    window.session.step_back()
    window.wait_until(lambda: window.step == 19)
    # From here the last step would be lost.
    assert looked(window, keeper) == 12
    window.session.step_forward()
    window.wait_until(lambda: window.step == 20)
    assert looked(window, keeper) == 20
    assert collect() == ()  # its program lives

    step_to(window, 21)
    keeper._lock.unlock()  # type: ignore[union-attr]
    lock_as_killed(keeper.path)
    keeper.deleteLater()
    after = RunKeeper(window.window)
    window.session.use_seed(9)
    window.wait_until(lambda: "up to step 20 was kept" in window.says)
    kept = left_folder() / "xor-step-20.safetensors"
    assert window.window.settings.recent_files()[0] == kept
    folder = window.window.settings.folder()
    window.window.message_bar._offer_button.click()
    window.wait_until(lambda: window.step == 20)
    assert window.window.windowTitle() == "xor-step-20.safetensors - Glassbox"
    assert window.window.settings.folder() == folder

    step_to(window, 23)
    after.end()
    assert [path.name for path in own_folder().glob("*.lock")] == []
    run = run_in(after.path)
    assert run is not None
    assert run.step == 23
    RunKeeper(window.window)
    window.session.use_seed(10)
    window.wait_until(lambda: "up to step 23, was kept" in window.says)
    # Whoever reads slowly does not press what was below it.
    assert not window.window.message_bar._leave.isActive()
    last = left_folder() / "xor-step-23.safetensors"
    assert window.window.settings.recent_files()[0] == last
    assert kept.exists()


def left(step: int, name: str, age: float) -> Path:
    """A file as a dead program leaves it."""
    path = own_folder() / f"{name}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(str(step).encode())
    lock_as_killed(path)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_the_newest_runs_that_were_left_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    xor = load_preset("xor").experiment
    monkeypatch.setattr(
        "core.files.run_file.run_in",
        lambda path: RunInFile(xor, int(path.read_bytes())),
    )
    for number in range(left_runs.MOST):
        left(number, f"a{number}", age=100 - number)
    newest = [f"xor-step-{n}.safetensors" for n in reversed(range(left_runs.MOST))]
    assert [run.path.name for run in collect()] == newest
    left(4, "b", age=0)
    again = left_folder() / "xor-step-4-2.safetensors"
    assert collect() == (LeftRun(again, 4, was_closed=False),)
    names = {path.name for path in left_folder().iterdir()}
    assert names == {again.name, *newest[:-1]}


def test_of_two_programs_of_one_moment_one_takes_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    xor = load_preset("xor").experiment
    monkeypatch.setattr("core.files.run_file.run_in", lambda _: RunInFile(xor, step=7))
    left(7, "d", age=0)
    seen: list[tuple[LeftRun, ...]] = []
    take_over = left_runs._taken_over

    def while_another_begins(path: Path) -> LeftRun | None:
        seen.append(collect())
        return take_over(path)

    monkeypatch.setattr(left_runs, "_taken_over", while_another_begins)
    path = left_folder() / "xor-step-7.safetensors"
    assert collect() == (LeftRun(path, 7, was_closed=False),)
    assert seen == [()]


def test_a_damaged_file_is_put_aside_and_not_offered() -> None:
    path = left(0, "c", age=0)
    assert collect() == ()
    assert not path.exists()
    assert (left_folder() / "unreadable.safetensors").exists()


def test_the_own_run_is_kept_while_a_lesson_is_open(glass: GlassMaker) -> None:
    """A program that ends in a lesson has lost nothing of the run that waits."""
    window = glass()
    keeper = RunKeeper(window.window)
    step_to(window, 12)
    own = window.run_id
    lessons = window.window.lessons
    lessons.open_key("softmax")
    window.wait_until(lambda: window.run_id != own and not lessons.session.is_setting)
    window.session.take_steps(3)
    window.wait_until(lambda: not window.session.playing)
    keeper.end()
    run = run_in(keeper.path)
    assert run is not None
    assert (run.step, run.experiment.data.name) == (12, "xor")
    lessons.close()
    window.wait_until(lambda: window.run_id == own)
    step_to(window, 15)
    assert looked(window, keeper) == 15
