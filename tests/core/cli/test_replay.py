"""`glassbox replay`: a run is made again from its file alone."""

from pathlib import Path

from core.checkpoints import file_form, resuming
from core.cli.main import main
from core.data.load import load_dataset
from core.platform.devices import choose_device
from core.training.saved_run import differing
from core.values.parameter import Edit, Parameter
from tests.core.support.changed_runs import advance, changed_run, saved_run
from tests.core.support.cli_answers import Capture, strict_json


def test_the_log_of_changes_makes_the_run_again_to_the_bit(tmp_path: Path) -> None:
    run = changed_run()
    checkpoint = file_form.load(saved_run(run, tmp_path / "run"))
    made = resuming.made_again(checkpoint, run.dataset, run.device)
    assert made.step == 50
    assert differing(made.newest, checkpoint.run.now) == ()
    # It has learned nothing of the states in the file.
    assert advance(made, 60).step == 60
    assert differing(made.newest, checkpoint.run.now) != ()


def test_replay_lists_what_was_changed_and_compares(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "run"
    options = ("--preset", "xor", "--steps", "30")
    assert main(["train", *options, "--checkpoint", str(path)]) == 0
    checkpoint = file_form.load(path)
    dataset = load_dataset(checkpoint.experiment.data)
    run = resuming.resumed(checkpoint, dataset, choose_device("auto"))
    run.edit_params((Edit(Parameter(1, 0, 1), 0.5),))
    saved_run(advance(run, 45), path)
    capsys.readouterr()
    assert main(["replay", str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "step 30: 1 parameter edited",
        "45 steps made again: the same to the bit",
    ]
    # A step that never was so.
    text = path.read_bytes().replace(b'"step\\": 30', b'"step\\": 29')
    path.write_bytes(text)
    assert main(["replay", str(path), "--json", "-"]) == 1
    report = strict_json(capsys.readouterr().out)
    assert report["same"] is False
    assert "params[0][0]" in report["differs_in"]


def test_what_is_made_again_is_read_and_never_written(
    tmp_path: Path, capsys: Capture
) -> None:
    assert main(["replay", str(tmp_path / "none")]) == 1
    err = capsys.readouterr().err
    assert "cannot be read" in err
    assert "written" not in err
