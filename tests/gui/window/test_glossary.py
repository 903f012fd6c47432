"""The glossary of the help menu."""

import re
from pathlib import Path

from gui.window.glossary import glossary
from gui.window.text_dialog import TextDialog
from tests.gui.support.whole_window import GlassMaker

ROOT = Path(__file__).parents[3]


def test_every_word_is_in_the_glossary_of_the_project() -> None:
    text = (ROOT / "CONTEXT.md").read_text("utf-8")
    words = set(re.findall(r"\*\*([^*]+)\*\*", text))
    assert {word for word, _ in glossary()} <= words
    assert len(glossary()) > 20


def test_the_help_menu_shows_it(glass: GlassMaker) -> None:
    window = glass()
    window.window.actions_by_key["glossary"].trigger()
    (dialog,) = window.window.findChildren(TextDialog)
    text = dialog.text.toPlainText()
    assert all(word in text and means in text for word, means in glossary())
    dialog.close()
