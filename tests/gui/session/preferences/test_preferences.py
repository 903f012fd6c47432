"""The settings: what they may be, how they are kept, and a file that is broken."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.session.preferences.model import SETTINGS, Preferences, setting_of
from gui.session.preferences.store import PreferenceStore


def test_every_setting_comes_with_a_value_that_it_offers() -> None:
    usual = Preferences()
    assert all(s.is_possible(usual.value(s.key)) for s in SETTINGS)
    titles = [s.title for s in SETTINGS]
    assert len(set(titles)) == len(titles)


def test_a_value_that_is_not_offered_is_refused_with_those_that_are() -> None:
    offered = r"cannot be 'pink' \(choose from system, dark"
    with pytest.raises(ValueError, match=offered):
        Preferences().with_value("theme", "pink")
    # True is 1 in Python, and no number of a unit.
    assert not setting_of("first_unit").is_possible(True)


def test_settings_are_there_again_at_the_next_start(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "deep" / "settings.toml"
    store = PreferenceStore(path)
    with qtbot.waitSignal(store.changed) as told:
        store.set_value("colour_maps", "protan")
    assert told.args == [Preferences(), Preferences(colour_maps="protan")]
    store.use(store.now.with_shortcut("reset", "Ctrl+R", usual="R"))
    again = PreferenceStore(path)
    assert again.now == store.now
    assert again.now.shortcut("reset", "R") == "Ctrl+R"
    assert [p.name for p in path.parent.iterdir()] == ["settings.toml"]


def test_the_usual_key_is_no_setting() -> None:
    changed = Preferences().with_shortcut("reset", "Ctrl+R", usual="R")
    assert changed.with_shortcut("reset", "R", usual="R") == Preferences()


def test_a_broken_file_is_told_and_kept_and_what_is_good_of_it_is_taken(
    tmp_path: Path,
) -> None:
    path = tmp_path / "settings.toml"
    text = 'theme = "dark"\nframes = "many"\nnew_thing = 3\n'
    path.write_text(text)
    store = PreferenceStore(path)
    assert store.now == Preferences(theme="dark")
    assert "frames cannot be 'many'" in store.problem
    assert "settings-broken-1.toml" in store.problem
    assert (tmp_path / "settings-broken-1.toml").read_text() == text
    # What another version of the program has set stays.
    assert "new_thing = 3" in path.read_text()
    path.write_bytes(b"\xff not TOML")
    assert PreferenceStore(path).now == Preferences()
    assert (tmp_path / "settings-broken-2.toml").read_bytes() == b"\xff not TOML"


def test_where_nothing_can_be_written_it_is_said_and_the_setting_holds(
    tmp_path: Path, qtbot: QtBot
) -> None:
    store = PreferenceStore(tmp_path / "file" / "settings.toml")
    (tmp_path / "file").write_text("in the way")
    with qtbot.waitSignal(store.failed) as told:
        store.set_value("theme", "light")
    assert "Settings are not kept" in told.args[0]
    assert store.now.theme == "light"


def test_the_theme_of_earlier_versions_is_taken_over_once(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    store = PreferenceStore(path, earlier_theme="dark")
    assert store.now.theme == "dark"
    store.set_value("theme", "system")
    assert PreferenceStore(path, earlier_theme="dark").now.theme == "system"
