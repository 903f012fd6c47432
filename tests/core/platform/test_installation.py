"""What to type for an extra, in a checkout and where the program is installed."""

import shlex
import sys
import tomllib
from pathlib import Path

from core.platform.installation import DISTRIBUTION, command_for_extra

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_an_installed_program_names_its_own_distribution(tmp_path: Path):
    assert PROJECT["name"] == DISTRIBUTION
    assert command_for_extra("cuda", tmp_path) == "pip install 'glassbox-nn[cuda]'"


def test_a_checkout_is_installed_from_its_folder_by_the_python_that_runs():
    assert "cuda" in PROJECT["optional-dependencies"]
    typed = shlex.split(command_for_extra("cuda"))
    assert typed == [sys.executable, "-m", "pip", "install", "-e", f"{ROOT}[cuda]"]


def test_a_folder_with_a_blank_is_quoted(tmp_path: Path):
    root = tmp_path / "my checkout"
    root.mkdir()
    (root / "pyproject.toml").touch()
    assert shlex.split(command_for_extra("cuda", root))[-1] == f"{root}[cuda]"
