"""PySide6 does not read the source of what is imported after it."""

import builtins
import importlib
import linecache
import sys
from pathlib import Path

import pytest

from gui.runtime.plain_imports import leave_imports_plain


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch) -> None:
    """With PySide6's own way of importing, as it is before the window is made."""
    monkeypatch.setattr(builtins, "__import__", builtins.__feature_import__)  # type: ignore[attr-defined]


def import_new(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Path:
    """Import a module as a statement would; returns its file."""
    file = folder / f"{name}.py"
    file.write_text("NUMBER = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    builtins.__import__(name, {"__name__": "importer"})
    assert sys.modules.pop(name).NUMBER == 1
    return file


@pytest.mark.usefixtures("hooked")
def test_the_text_of_a_module_that_is_imported_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with_hook = import_new(tmp_path, monkeypatch, "glassbox_with_hook")
    assert str(with_hook) in linecache.cache, "the hook is what it was"
    leave_imports_plain()
    without = import_new(tmp_path, monkeypatch, "glassbox_without_hook")
    assert str(without) not in linecache.cache


@pytest.mark.usefixtures("hooked")
def test_taking_the_hook_away_again_changes_nothing():
    leave_imports_plain()
    plain = builtins.__import__
    leave_imports_plain()
    assert builtins.__import__ is plain
