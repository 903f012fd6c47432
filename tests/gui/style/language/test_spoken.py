import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.values.words import plural, speak, tr
from gui.style.language import spoken
from gui.style.language.spoken import speak_language
from tests.translations.catalogue import write_catalogue
from tests.translations.marked import marked_in

CODE = """
tr("Reading the layers …")
tr("step {step} of {steps}", step=1, steps=2)
plural(n, "{n} step", "{n} steps", n=n)
"""


@pytest.fixture(autouse=True)
def english_at_the_end() -> Iterator[None]:
    yield
    speak_language("en")
    speak(None)


def translated(path: Path, forms: dict[str, list[str]]) -> None:
    """Write translations into a file for translators."""
    tree = ET.parse(path)
    for message in tree.iter("message"):
        texts = forms[str(message.findtext("source"))]
        translation = message.find("translation")
        assert translation is not None
        del translation.attrib["type"]
        for child in list(translation):
            translation.remove(child)
        if len(texts) == 1:
            translation.text = texts[0]
            continue
        for text in texts:
            ET.SubElement(translation, "numerusform").text = text
    tree.write(path, encoding="utf-8", xml_declaration=True)


def test_a_language_made_by_qts_own_tools_is_spoken_with_its_three_plural_forms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "glassbox_pl.ts"
    write_catalogue(path, "pl", marked_in(CODE, "a.py"))
    forms = {
        "Reading the layers …": ["Czytam warstwy …"],
        "step {step} of {steps}": ["krok {step} z {steps}"],
        "{n} steps": ["{n} krok", "{n} kroki", "{n} kroków"],
    }
    translated(path, forms)
    lrelease = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([str(lrelease), str(path)], check=True, capture_output=True)
    monkeypatch.setattr(spoken, "file_of", lambda _: path.with_suffix(".qm"))
    speak_language("pl")
    assert tr("Reading the layers …") == "Czytam warstwy …"
    assert tr("step {step} of {steps}", step=3, steps=9) == "krok 3 z 9"
    said = [plural(n, "{n} step", "{n} steps", n=n) for n in (1, 3, 5, 22)]
    assert said == ["1 krok", "3 kroki", "5 kroków", "22 kroki"]
    assert tr("never seen") == "never seen"
    # What is translated already is kept when texts are collected again.
    write_catalogue(path, "pl", marked_in(f'{CODE}\ntr("A new one")', "a.py"))
    kept = {
        m.findtext("source"): m.find("translation")
        for m in ET.parse(path).iter("message")
    }
    assert kept["Reading the layers …"].text == "Czytam warstwy …"
    assert kept["A new one"].get("type") == "unfinished"


def test_a_file_that_is_damaged_leaves_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.qm"
    path.write_bytes(b"no translations")
    monkeypatch.setattr(spoken, "file_of", lambda _: path)
    speak_language("pl")
    assert tr("Play") == "Play"
