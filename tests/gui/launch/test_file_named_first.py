"""`glassbox FILE`: the window opens what is in it."""

from pathlib import Path

import pytest

import gui.__main__ as program
from core.cli.options import ExperimentOptions
from core.cli.resolved_options import ResolvedOptions
from core.experiment import toml_form
from core.experiment.presets import load_preset
from tests.core.support.changed_runs import changed_run, saved_run
from tests.core.support.cli_answers import Capture, error_line

Shown = list[tuple[ResolvedOptions, Path | None]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """What the window would have been opened with."""
    seen: Shown = []

    def show(
        choice: ResolvedOptions,
        _options: ExperimentOptions,
        *_rest: object,
        checkpoint: Path | None = None,
    ) -> int:
        seen.append((choice, checkpoint))
        return 0

    monkeypatch.setattr(program, "_show", show)
    return seen


def test_a_run_goes_on_and_other_files_are_opened(
    tmp_path: Path, shown: Shown, capsys: Capture
) -> None:
    like = changed_run()
    run = saved_run(like, tmp_path / "run.ckpt")
    file = tmp_path / "xor.toml"
    file.write_text(toml_form.dumps(load_preset("xor").experiment))
    assert program.main([str(run)]) == program.main([str(file)]) == 0
    (first, checkpoint), (second, none) = shown
    assert (first.experiment, checkpoint) == (like.experiment, run)
    assert (second.experiment, none) == (load_preset("xor").experiment, None)
    # What would be another run is refused, as by `train --resume`.
    assert program.main([str(run), "--seed", "3"]) == 2
    assert "--seed would change the run" in error_line(capsys)
    assert program.main([str(tmp_path / "missing.toml")]) == 2
    assert "missing.toml is no command" in error_line(capsys)
    assert len(shown) == 2


def test_a_run_is_opened_with_its_table_where_it_lies_now(
    tmp_path: Path, shown: Shown
) -> None:
    table, run = tmp_path / "people.csv", tmp_path / "run.ckpt"
    table.write_text("a,b,answer\n" + "1,2,yes\n3,5,no\n2,2,yes\n4,1,no\n" * 5)
    command = ["train", "--data", str(table), "--steps", "5"]
    assert program.main([*command, "--checkpoint", str(run)]) == 0
    moved = table.rename(tmp_path / "moved.csv")
    assert program.main([str(run), "--data", str(moved)]) == 0
    assert shown[0][0].experiment.data.path == str(moved)
