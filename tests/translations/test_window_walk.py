"""What the window says in another language is in that language."""

import json
import os
import re
import subprocess
import sys

from tests.translations.marked import ROOT
from tests.translations.plain_words import plain_words

DATA = re.compile(
    r"teal|rose|lime|sand|purple"  # classes of the points that are drawn
    r"|RMSProp|momentum|identity"  # names that an experiment's file has too
    r"|Rosenbrock|Beale"  # surfaces by their mathematicians
)


def test_no_text_of_the_window_bypasses_translation() -> None:
    environment = dict(os.environ, PYTHONPATH=str(ROOT), QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(
        [sys.executable, "-m", "tests.translations.window_walk"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    plain = [text for text in found if plain_words(DATA.sub("", text))]
    assert not plain, "\n".join(plain)


def test_plain_words_are_told_from_made_ones_names_and_symbols() -> None:
    assert plain_words("[Ŕéàđíñĝ ţĥé ļàýéŕš öñé] 3.5 z₁ Ctrl+K MNIST <b>x</b>") == []
    assert plain_words("[Ŕéàđíñĝ the ļàýéŕš öñé]") == ["the"]
    assert plain_words("see `glassbox info` and data.path, --set, docs/a.md") == [
        "see",
        "and",
    ]
