"""Ctrl+C, and the system's signals, before a command runs and while it begins."""

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.cli import interruption
from core.cli.error_boundary import error_boundary
from core.cli.interruption import Interruption, interruptible
from core.values.errors import FileError
from tests.core.support.cli_answers import Capture, error_line

INTERRUPTED_IMPORT = """
import os, runpy, signal, sys

kind = getattr(signal, sys.argv[2])

class Finder:
    def find_spec(self, name, *_rest):
        if name == "core.cli.parser":
            os.kill(os.getpid(), kind)

sys.meta_path.insert(0, Finder())
sys.argv = [sys.argv[1], "presets"]
runpy.run_module(sys.argv[0], run_name="__main__")
"""


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
SIGNALS = [signal.SIGINT, signal.SIGTERM]


@POSIX
@pytest.mark.parametrize("package", ["core", "gui"])
@pytest.mark.parametrize("kind", SIGNALS)
def test_a_signal_among_the_imports_ends_without_a_traceback(
    package: str, kind: signal.Signals
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_IMPORT, package, kind.name],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr) == (128 + kind, "", "")


INTERRUPTED_START = """
import gc, os, signal, sys
from core.cli.main import main

where, kind = sys.argv[1], getattr(signal, sys.argv[2])

def end():
    os.kill(os.getpid(), kind)
    for _ in range(100):
        pass  # Python looks for signals between two of these

class Finder:
    def find_spec(self, name, *_rest):
        if name != "core.training.run":
            return
        sys.meta_path.remove(self)
        if where == "callback":
            gc.callbacks.append(called)
            gc.collect()
        elif where == "library":
            try:
                end()
            except KeyboardInterrupt:
                raise ImportError("numpy is broken") from None
        elif where == "dropped":
            try:
                end()
            except BaseException:
                pass
        else:
            end()

def called(phase, _info):
    gc.callbacks.remove(called)
    end()

sys.meta_path.insert(0, Finder())
sys.exit(main(["train", "--preset", "circle", "--steps", "200", *sys.argv[3:]]))
"""
"""Sends itself a signal while a module is imported that is needed before training."""


@POSIX
@pytest.mark.parametrize("where", ["callback", "library", "dropped", "import"])
@pytest.mark.parametrize("kind", SIGNALS)
def test_a_signal_at_the_start_of_a_training_is_never_lost(
    where: str, kind: signal.Signals, tmp_path: Path
) -> None:
    """Once it was dropped in a callback of JAX, and the whole run was trained."""
    out = tmp_path / "w.npz"
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_START, where, kind.name, "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == "glassbox: error: interrupted\n"
    assert (done.returncode, done.stdout) == (128 + kind, "")
    assert not out.exists()


@POSIX
def test_a_request_that_is_dropped_in_a_callback_is_made_again() -> None:
    asked = Interruption()

    def called(_phase: str, _info: dict[str, int]) -> None:
        gc.callbacks.remove(called)
        os.kill(os.getpid(), signal.SIGINT)

    def work() -> None:
        with asked.heard():
            # Not before: garbage may be collected at any moment.
            gc.callbacks.append(called)
            gc.collect()
            assert asked.is_asked
            for _ in range(60_000):
                time.sleep(0.001)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert asked.exit_code == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@POSIX
def test_an_ignored_signal_stays_ignored() -> None:
    """As under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interruptible() as asked:
            os.kill(os.getpid(), signal.SIGHUP)
        assert not asked.is_asked
    finally:
        signal.signal(signal.SIGHUP, before)


@POSIX
def test_what_could_not_be_written_is_still_said_after_an_interruption(
    capsys: Capture,
) -> None:
    def job() -> int:
        with interruptible() as asked, asked.held():
            os.kill(os.getpid(), signal.SIGTERM)
            raise FileError("w.npz: the disk is full")

    assert error_boundary(job) == 1
    assert "the disk is full" in error_line(capsys)
    assert interruption._PRESENT == []
