"""A run on a table that lies elsewhere by now: `--data` says where."""

from pathlib import Path

import pytest

from core.checkpoints import file_form
from core.cli.main import main
from tests.core.support.cli_answers import Capture, error_line


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A checkpoint whose table has been moved to `moved.csv`."""
    rows = [f"{k % 7},{k % 3},{'yes' if k % 2 else 'no'}\n" for k in range(40)]
    table, path = tmp_path / "people.csv", tmp_path / "run.ckpt"
    table.write_text("a,b,answer\n" + "".join(rows))
    command = ["train", "--data", str(table), "--steps", "20"]
    assert main([*command, "--checkpoint", str(path)]) == 0
    table.rename(tmp_path / "moved.csv")
    return path


def test_a_moved_table_is_replayed_and_resumed(run: Path, capsys: Capture) -> None:
    table = run.with_name("moved.csv")
    capsys.readouterr()
    assert main(["replay", str(run), "--data", str(table)]) == 0
    assert "20 steps made again: the same to the bit" in capsys.readouterr().out
    command = ["train", "--resume", str(run), "--steps", "30"]
    assert main([*command, "--data", str(table)]) == 0
    # It is known from then on.
    assert file_form.load(run).experiment.data.path == str(table)
    assert main(["replay", str(run)]) == 0


def test_a_table_is_found_in_the_folder_that_is_named(
    run: Path, capsys: Capture
) -> None:
    folder = run.with_name("elsewhere")
    folder.mkdir()
    run.with_name("moved.csv").rename(folder / "people.csv")
    capsys.readouterr()
    assert main(["replay", str(run), "--data", str(folder)]) == 0
    assert "the same to the bit" in capsys.readouterr().out


def test_other_contents_and_no_table_are_refused(run: Path, capsys: Capture) -> None:
    table, resumed = run.with_name("moved.csv"), ["train", "--resume", str(run)]
    resumed += ["--steps", "30"]
    table.write_text(table.read_text().replace("6,", "7,"))
    for command in (["replay", str(run)], resumed):
        capsys.readouterr()
        assert main([*command, "--data", str(table)]) == 1
        told = error_line(capsys)
        assert "are not those that the run was trained on" in told
        assert "is another one" in told
        assert "hash" not in told
        assert main(command) == 1
        said = error_line(capsys)
        assert "people.csv: cannot be read" in said
        assert "--data FILE says where it is now" in said


def test_a_table_with_other_columns_is_called_another_file(
    run: Path, capsys: Capture
) -> None:
    other = run.with_name("other.csv")
    lines = run.with_name("moved.csv").read_text().splitlines()
    more = (f"{k * k % 11 if k else 'more'},{line}" for k, line in enumerate(lines))
    other.write_text("\n".join(more) + "\n")
    capsys.readouterr()
    assert main(["replay", str(run), "--data", str(other)]) == 1
    said = error_line(capsys)
    assert "other.csv: holds other data than were read at first: " in said
    assert "it has changed, or is another file" in said


def test_data_that_the_run_does_not_read_are_told(
    tmp_path: Path, capsys: Capture
) -> None:
    run, table = tmp_path / "xor.ckpt", tmp_path / "people.csv"
    table.write_text("a,b\n1,2\n")
    command = ["train", "--preset", "xor", "--steps", "5"]
    assert main([*command, "--checkpoint", str(run)]) == 0
    assert main(["replay", str(run), "--data", str(table)]) == 0
    assert "--data has no effect: the data of the run in" in capsys.readouterr().err
