"""What is told of a run in a file before it is opened."""

from pathlib import Path

from core.cli.main import main
from core.files.run_file import run_in


def test_the_step_of_a_run_is_its_own(tmp_path: Path) -> None:
    """Not that of the weights, which counts what those had before it."""
    weights, checkpoint = tmp_path / "w.npz", tmp_path / "run.ckpt"
    begun = ["train", "--preset", "xor", "--steps", "7", "--out", str(weights)]
    assert main(begun) == 0
    on = ["train", "--open", str(weights), "--steps", "5"]
    assert main([*on, "--checkpoint", str(checkpoint)]) == 0
    run = run_in(checkpoint)
    assert run is not None
    assert run.step == 5
