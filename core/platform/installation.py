"""How this copy of the program came here, and what to type to add an extra to it."""

import shlex
import sys
from pathlib import Path
from typing import Final

DISTRIBUTION: Final = "glassbox-nn"
"""The name for pip: `glassbox` there is another author's program."""
_ROOT: Final = Path(__file__).resolve().parents[2]


def command_for_extra(name: str, root: Path = _ROOT) -> str:
    """What adds an optional part, in the environment at hand.

    Args:
        name: of the extra in pyproject.toml.
        root: the folder that `core` is in: a checkout, or a library folder.
    """
    if not (root / "pyproject.toml").is_file():
        return f"pip install '{DISTRIBUTION}[{name}]'"
    python = shlex.quote(sys.executable)
    return f"{python} -m pip install -e {shlex.quote(f'{root}[{name}]')}"
