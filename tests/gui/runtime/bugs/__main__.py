"""Shows each bug in a process of its own: `python -m tests.gui.runtime.bugs [NAME …]`.

A process that crashes shows that its bug is there.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

import PySide6

NAMES = sorted(p.stem for p in Path(__file__).parent.glob("[a-z]*.py"))


def main(names: list[str]) -> None:
    print(f"Python {platform.python_version()}, PySide6 {PySide6.__version__}")
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_NUM_THREADS"}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    for name in names:
        command = [sys.executable, "-m", f"{__package__}.{name}"]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        said = done.stdout.strip().replace("\n", "\n    ")
        if done.returncode:
            said += f"    it ended with {done.returncode}: the bug is there"
        print(f"{name}\n    {said.strip()}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or NAMES)
