"""What stands before a command is obeyed with what stands after it, or refused."""

from pathlib import Path

import pytest

from gui.__main__ import main
from gui.launch.command_line import command_line

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("words", "key", "values"),
    [
        (["--set", "a=1", "train", "--set", "b=2"], "set", ["a=1", "b=2"]),
        (["--set", "a=1", "--set", "b=2", "train"], "set", ["a=1", "b=2"]),
        (["train", "--set", "a=1"], "set", ["a=1"]),
        (["--data", "a", "train", "--data", "b"], "data", [Path("a"), Path("b")]),
        (["--seed", "3", "train"], "seed", 3),
        (["--seed", "3", "train", "--seed", "4"], "seed", 4),
    ],
)
def test_options_of_the_experiment_count_on_both_sides(
    words: list[str], key: str, values: object
) -> None:
    assert getattr(command_line().parse(words), key) == values


def test_a_run_obeys_both_sides(capsys: Capture) -> None:
    command = ["--set", "network.hidden=[3]", "train", "--preset", "xor"]
    assert main([*command, "--steps", "1", "--set", "training.batch_size=8"]) == 0
    assert "2-3-2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["own.csv", "train"], "own.csv stands before `train`"),
        (["own.csv", "info", "w.npz"], "write it after the command"),
        (["--seed", "3", "own.csv", "train"], "by --data, --experiment or --open"),
        (["--paused", "train"], "--paused is for the window alone"),
        (["--kiosk", "train"], "--kiosk is for the window alone"),
        (["--lesson", "first-look", "train"], "--lesson is for the window alone"),
        (["--lesson=first-look", "info", "w.npz"], "--lesson is for the window alone"),
        (["--steps", "5", "train"], "--steps stands before `train`; write it after"),
        (["--json=-", "info", "w.npz"], "--json stands before `info`; write it after"),
        (["--seed", "3", "evaluate", "w.npz"], "--seed cannot be used"),
        (["--data", "own.csv", "train", "--data", "own.csv"], "one file can be read"),
    ],
)
def test_what_a_command_would_never_see_is_refused(
    words: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.csv").write_text("a,b\n1,2\n")
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert says in err


def test_what_belongs_to_the_whole_program_stands_anywhere(capsys: Capture) -> None:
    assert main(["--debug", "--language", "en", "presets"]) == 0
    assert "xor" in capsys.readouterr().out
    # A value is no command, whatever it is called.
    args = command_line().parse(["--lesson", "info", "--paused"])
    assert (args.command, args.lesson) == (None, "info")
