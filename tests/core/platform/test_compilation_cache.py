"""Compiled programs are kept where that is possible, and otherwise nothing is said."""

from pathlib import Path

import jax
import pytest

from core.platform.compilation_cache import use_compilation_cache


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What is set in JAX."""
    found: dict[str, object] = {}
    monkeypatch.setattr(jax.config, "update", found.__setitem__)
    monkeypatch.delenv("JAX_COMPILATION_CACHE_DIR", raising=False)
    return found


def test_they_are_kept_in_the_cache_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, object]
):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path / "cache"))
    use_compilation_cache()
    assert chosen["jax_compilation_cache_dir"] == str(tmp_path / "cache" / "compiled")


def test_a_file_in_the_place_of_the_folder_is_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, object]
):
    (tmp_path / "cache").write_text("")
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path / "cache"))
    use_compilation_cache()
    assert chosen == {}
