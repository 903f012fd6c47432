"""Names that come from a file are shown as they are, wherever they stand."""

import json
import unicodedata
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from core.values.parameter import Unit
from gui.session.view_state import ShownExample
from gui.widgets.plain_text import tip
from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import GlassMaker

NAMES = (
    "<b>x</b>",
    "<img src='file:///no.png'>",
    "a" * 1_000_000,
    "\x1b[2Jescape \x00 nul",
    "R&D",
)
LONGEST = 3_000


def hostile_file(folder: Path) -> Path:
    path = folder / "<b>own & odd.toml"
    rows = [[float(k % 5), float(k // 5)] for k in range(25)]
    names = ", ".join(json.dumps(name) for name in NAMES)
    path.write_text(
        f"[data]\nname = 'inline'\ninputs = {rows}\n"
        f"labels = {[k % 5 for k in range(25)]}\nclass_names = [{names}]\n"
        "[network]\nhidden = [4]\n[training]\nbatch_size = 5\n",
        encoding="utf-8",
    )
    return path


def is_visible(text: str) -> bool:
    return all(unicodedata.category(c) != "Cc" or c in "\n\t" for c in text)


def test_class_names_of_a_file_are_plain_text_in_every_room(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = glass("xor")
    before = window.run_id
    window.drop(hostile_file(tmp_path))
    window.wait_for_run(after=before)
    dataset = window.view.run.dataset
    assert dataset.class_names[0] == NAMES[0]
    window.session.show_example(ShownExample.of(dataset.train, 1, "train"))
    for unit in range(5):
        window.session.select(Unit(2, unit))
        for workspace in WORKSPACES if unit == 0 else ():
            window.show_workspace(workspace.key)
        seen = window.window.findChildren(QWidget)
        for label in (w for w in seen if isinstance(w, QLabel) and w.isVisible()):
            assert label.textFormat() == Qt.TextFormat.PlainText, label.text()[:80]
            assert len(label.text()) < LONGEST
            assert is_visible(label.text()), label.text()
        for widget in seen:
            told = widget.toolTip()
            assert len(told) < LONGEST
            assert is_visible(told)
            assert "<b>x" not in told
            assert "<img" not in told
        assert len(window.window.windowTitle()) < LONGEST


def test_a_tooltip_shows_tags_as_they_are() -> None:
    assert tip("unit 7 (sneaker)") == "unit 7 (sneaker)"
    assert "&lt;b&gt;x&lt;/b&gt;" in tip("output · unit 0 (<b>x</b>)")
