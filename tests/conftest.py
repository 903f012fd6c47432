"""Every test has cache and config folders of its own; no thread may be left behind."""

import threading
from collections.abc import Iterator

import pytest


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
