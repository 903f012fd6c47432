from pathlib import Path

import pytest

from core.platform.user_folders import SETTINGS_FILE
from gui.style.language import choice
from gui.style.language.choice import chosen_language
from gui.style.language.pseudo import LONGER, MIRRORED


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GLASSBOX_LANGUAGE", raising=False)
    monkeypatch.setenv("GLASSBOX_CONFIG", str(tmp_path))


def test_the_command_line_is_before_the_environment_and_that_before_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert chosen_language([]) == "en"
    (tmp_path / SETTINGS_FILE).write_text(f'language = "{MIRRORED}"\n')
    assert chosen_language([]) == MIRRORED
    monkeypatch.setenv("GLASSBOX_LANGUAGE", LONGER)
    assert chosen_language(["--paused"]) == LONGER
    assert chosen_language(["--language", "en"]) == "en"
    assert chosen_language([f"--language={MIRRORED}", "--paused"]) == MIRRORED


@pytest.mark.parametrize(
    "text", ["language = 3", "language = [", 'language = "xx"', ""]
)
def test_settings_that_make_no_sense_are_english(tmp_path: Path, text: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(text)
    assert chosen_language(["--language"]) == "en"


def test_the_system_chooses_among_the_languages_that_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from PySide6.QtCore import QLocale

    monkeypatch.setattr(choice, "translated_languages", lambda: ("de", "pt_BR"))
    wanted = {"de_AT": "de", "pt_BR": "pt_BR", "fr_FR": "en", "en_GB": "en"}
    for name, language in wanted.items():
        monkeypatch.setattr(QLocale, "system", lambda name=name: QLocale(name))
        assert chosen_language([]) == language
