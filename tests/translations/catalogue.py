"""Files of translations in Qt's form, for Qt Linguist and lrelease."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

from gui.style.language.spoken import CONTEXT
from tests.translations.marked import Marked


def write_catalogue(path: Path, language: str, texts: Iterable[Marked]) -> None:
    """Write all texts; translations that the file has already are kept."""
    known = _known(path) if path.exists() else {}
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source, places in _by_source(texts).items():
        message = ET.SubElement(context, "message")
        for text in places:
            ET.SubElement(
                message, "location", filename=f"../../{text.file}", line=str(text.line)
            )
        ET.SubElement(message, "source").text = source
        one = next((text.one for text in places if text.one), "")
        if one:
            message.set("numerus", "yes")
            ET.SubElement(message, "extracomment").text = f"For one: {one}"
        translation = known.get(source)
        if translation is None:
            translation = ET.Element("translation", type="unfinished")
            if one:
                ET.SubElement(translation, "numerusform")
        message.append(translation)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n',
        encoding="utf-8",
    )


def _by_source(texts: Iterable[Marked]) -> dict[str, list[Marked]]:
    found: dict[str, list[Marked]] = {}
    for text in texts:
        found.setdefault(text.source, []).append(text)
    return found


def _known(path: Path) -> dict[str, ET.Element]:
    found = {}
    for message in ET.parse(path).iter("message"):
        source, translation = message.find("source"), message.find("translation")
        if source is not None and translation is not None:
            found[source.text or ""] = translation
    return found
