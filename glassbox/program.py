"""The command `glassbox`: in an installation, or in a checkout."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Final

_INSTALLED: Final = "glassbox._gui"
_CHECKOUT: Final = "gui"


def main() -> int:
    """Run the program; returns its exit code."""
    package = _CHECKOUT if find_spec(_INSTALLED) is None else _INSTALLED
    run: Callable[[], int] = import_module(f"{package}.__main__").main
    return run()
