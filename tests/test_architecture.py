"""The rules of the whole code base that no single module can hold by itself."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for part in ("core", "gui", "tests") for path in (ROOT / part).rglob("*.py")
)


def modules_after(statement: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds after that statement."""
    code = f"{statement}\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_contracts_between_the_packages_hold() -> None:
    pytest.importorskip("importlinter")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "module", ["gui.window.main_window", "gui.launch.app", "gui.__main__"]
)
def test_the_window_is_there_before_jax(module: str) -> None:
    loaded = modules_after(f"import {module}")
    assert "gui" in loaded
    assert not loaded & {"jax", "jaxlib", "optax"}


def test_the_core_needs_no_window() -> None:
    loaded = modules_after("import core.runner.loop, core.cli.main, core.files.weights")
    assert "jax" in loaded
    assert not loaded & {"gui", "PySide6", "pyqtgraph", "superqt"}


def test_no_file_has_more_than_six_hundred_lines() -> None:
    assert len(SOURCES) > 150
    lengths = {path: len(path.read_text().splitlines()) for path in SOURCES}
    assert not [f"{p}: {n}" for p, n in lengths.items() if n > 600]


def test_nothing_that_is_read_from_a_file_is_ever_executed() -> None:
    words = ("import pickle", "pickle.load", "allow_pickle=True", " eval(", " exec(")
    found = [
        f"{path.name}: {word}"
        for path in SOURCES
        if path != Path(__file__)
        for word in words
        if word in path.read_text()
    ]
    assert not found
