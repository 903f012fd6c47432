"""What the description of a run's folder shows works as it stands."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import glassbox

TEXT = Path(__file__).parents[2] / "docs" / "run-format.md"


def test_the_twenty_lines_write_a_run_that_is_read(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT.read_text(encoding="utf-8"), re.S)
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    run = glassbox.open(tmp_path / "my-run")
    assert run.steps == tuple(range(0, 101, 10))
    losses = run.metrics["loss"]
    assert losses[0] == pytest.approx(0.6931, abs=1e-4)
    assert losses[-1] < 0.1
    assert run.weights(100)[0][0].shape == (1, 2)
    assert not run.has_ended
