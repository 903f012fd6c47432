"""Every test has cache and config folders of its own; no thread may be left behind."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil
import pytest
from hypothesis import HealthCheck, settings

from gui.runtime.freed_memory import give_back

MOST_BYTES: Final = 1_800_000_000
"""Above, a process of the tests forgets what JAX has compiled."""

# No example is judged by the time that it takes: the machine may be busy. The same
# examples each time, so that a change is judged by itself and not by their luck;
# --hypothesis-profile=search draws others.
settings.register_profile(
    "same",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "search",
    deadline=None,
    max_examples=2_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same")


def _use_compilations_of_these_tests() -> None:
    """What a test compiled is there for those after it and the programs they start.

    Each worker has a folder of its own: JAX does not write into it atomically.
    """
    name = "JAX_COMPILATION_CACHE_DIR"
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ[name] = str(Path(os.environ[name], worker))
    elif "GLASSBOX_TESTS_COMPILED" in os.environ:
        os.environ[name] = os.environ["GLASSBOX_TESTS_COMPILED"]
    else:
        os.environ[name] = tempfile.mkdtemp(prefix="glassbox-tests-compiled-")
        atexit.register(shutil.rmtree, os.environ[name], ignore_errors=True)
    os.environ["JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS"] = "0"


_use_compilations_of_these_tests()


@pytest.fixture(autouse=True, scope="module")
def what_stays_is_never_searched() -> None:
    """What was imported and compiled is millions of objects after some hundred tests.

    The window searches for garbage at the start of each run, which would take most of
    the time of a test.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="module")
def compiled_code_is_bounded() -> Iterator[None]:
    """What JAX has compiled for thousands of tests would fill the memory.

    What is compiled again is read from the folder of these tests.
    """
    yield
    jax = sys.modules.get("jax")
    if jax is not None and psutil.Process().memory_info().rss > MOST_BYTES:
        jax.clear_caches()
        gc.unfreeze()
        gc.collect()
        give_back()


@pytest.fixture(autouse=True)
def own_folders(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("GLASSBOX_CONFIG", str(folder / "config"))
    monkeypatch.setenv("GLASSBOX_CACHE", str(folder / "cache"))
    monkeypatch.setenv("GLASSBOX_STATE", str(folder / "state"))
    monkeypatch.delenv("GLASSBOX_DATA", raising=False)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [
        thread.name
        for thread in threading.enumerate()
        if thread not in before and thread.name.startswith("glassbox")
    ]
    assert not left, f"threads left running: {left}"
