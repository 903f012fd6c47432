"""What is remembered, and a start where nothing can be."""

import os
from pathlib import Path

import platformdirs
import pytest

from gui.window.window_settings import WindowSettings
from tests.gui.support.whole_window import GlassMaker


def test_what_is_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "window.ini"
    WindowSettings(path).set_text("speed", "7")
    settings = WindowSettings(path)
    assert settings.number("speed", 0) == 7
    assert settings.problem == ""


def test_a_file_in_the_place_of_the_folder_is_told_and_does_not_stop_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").write_text("")
    monkeypatch.delenv("GLASSBOX_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(
        platformdirs, "user_config_path", lambda *_: tmp_path / "config" / "glassbox"
    )
    settings = WindowSettings()
    assert str(tmp_path / "config") in settings.problem
    settings.set_text("speed", "7")
    assert settings.number("speed", 0) == 7
    settings.set_layout("train", None)
    assert settings.layout("train") is None


def test_without_a_home_folder_nothing_is_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GLASSBOX_CONFIG")
    monkeypatch.setattr(
        platformdirs, "user_config_path", lambda *_: Path("~/.config/glassbox")
    )

    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)
    settings = WindowSettings()
    assert "no home folder" in settings.problem
    assert settings.folder() == str(Path.cwd())


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert str(tmp_path) in WindowSettings(tmp_path / "window.ini").problem


def test_the_window_says_once_that_nothing_is_remembered(
    glass: GlassMaker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    glass.ini = tmp_path / "file" / "window.ini"
    window = glass()
    assert "Settings are not kept" in window.says
    assert caplog.text.count("Settings are not kept") == 1
    window.session.use_seed(5)
    window.wait_for_run(after=1)
    assert window.says == ""


def test_recent_files_are_listed_without_a_look_at_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = WindowSettings(tmp_path / "window.ini")

    looked_for: list[Path] = []
    real = Path.stat

    def stat(path: Path, **options: bool) -> os.stat_result:
        looked_for.append(path)
        return real(path, **options)

    monkeypatch.setattr(Path, "stat", stat)
    gone, there = Path("/mnt/gone/a.toml"), tmp_path / "b.toml"
    settings.add_recent_file(gone)
    settings.add_recent_file(there)
    settings.add_recent_file(gone)
    assert settings.recent_files() == (gone, there)
    assert looked_for == []
