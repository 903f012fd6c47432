"""Ends the window at random moments, and measures how long each end takes.

`python -m tests.gui.launch.ends [--count N] [--seed S]`: run by hand. Different
presets, large networks among them that are compiled for seconds; the close button,
SIGTERM, SIGHUP and Ctrl+Q. An end is in order when it takes at most two seconds, with
exit code 0, and the window's settings are saved.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

LONGEST_SECONDS: Final = 2.0
LATEST: Final = 6.0
"""Most seconds after the window is shown."""
WAYS: Final = ("close", "SIGTERM", "SIGHUP", "Ctrl+Q")
STARTS: Final = (
    ("--preset", "digits"),
    ("--preset", "xor"),
    ("--preset", "spiral"),
    ("--preset", "vanishing-gradient"),
    ("--set", "network.hidden=[1024, 1024]"),
    ("--set", "network.hidden=[4096, 4096]"),
    ("--set", "network.hidden=[64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64]"),
)
PROGRAM: Final = """
import signal, sys
from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from gui.__main__ import main
import gui.launch.app as app

open_window = app.open_window

def watched(*args):
    window = open_window(*args)
    def obey():
        line = sys.stdin.readline().strip()
        if line == "close":
            window.close()
        elif line:
            QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    window.told = QSocketNotifier(0, QSocketNotifier.Type.Read, window)
    window.told.activated.connect(obey)
    QTimer.singleShot(0, lambda: print("shown", flush=True))
    return window

if hasattr(signal, "SIGHUP"):  # which nohup has ignored in all that it starts
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
app.open_window = watched
sys.exit(main(sys.argv[1:]))
"""


def seconds_to_end(
    start: tuple[str, ...], way: str, wait: float, folder: Path
) -> float:
    """Seconds from the wish to the end of the process.

    Raises:
        AssertionError: another exit code than 0, or settings that are not saved.
    """
    environment = os.environ | {
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "GLASSBOX_CONFIG": str(folder / "config"),
    }
    command = [sys.executable, "-c", PROGRAM, *start]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "shown\n"
        time.sleep(wait)
        begun = time.monotonic()
        if way.startswith("SIG"):
            process.send_signal(signal.Signals[way])
        else:
            process.stdin.write(f"{way}\n")
            process.stdin.flush()
        try:
            code = process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        seconds = time.monotonic() - begun
    assert code == 0, f"exit code {code}"
    assert list((folder / "config").glob("*.ini")), "no settings are saved"
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    late = 0
    for number in range(args.count):
        start, way = chance.choice(STARTS), WAYS[number % len(WAYS)]
        wait = chance.uniform(0, LATEST)
        with tempfile.TemporaryDirectory(prefix="glassbox-") as folder:
            seconds = seconds_to_end(start, way, wait, Path(folder))
        late += seconds > LONGEST_SECONDS
        told = f"{seconds:5.2f} s  {way:8} after {wait:4.1f} s"
        sys.stdout.write(f"{number + 1:3} {told}  {start[1]}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{late} of {args.count} took over {LONGEST_SECONDS:g} s\n")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
