"""What the window says in another language is in that language."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from core.experiment.presets import load_preset, preset_names
from tests.translations.marked import ROOT
from tests.translations.plain_words import plain_words

DATA = frozenset(
    [
        "teal",
        "rose",
        "lime",
        "sand",
        "purple",
        "RMSProp",
        "momentum",
        "identity",
        "Rosenbrock",
        "Beale",
        "delta",
    ]
)
"""Classes of points that are drawn, names that books have too, and the letter
of a symbol."""


def texts_of_presets() -> Iterator[str]:
    """They stand in files, as data."""
    for preset in map(load_preset, preset_names()):
        lead = preset.lead
        yield from (preset.name, preset.title, lead.title, lead.group)
        yield from preset.title.split(": ")
        yield f"{lead.title} ({preset.name})"


def test_no_text_of_the_window_bypasses_translation() -> None:
    environment = dict(os.environ, PYTHONPATH=str(ROOT), QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(
        [sys.executable, "-m", "tests.translations.window_walk"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=480,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    data = {*texts_of_presets()}
    plain = [t for t in found if t not in data and not {*plain_words(t)} <= DATA]
    assert not plain, "\n".join(plain)


def test_plain_words_are_told_from_made_ones_names_and_symbols() -> None:
    assert plain_words("[Ŕéàđíñĝ ţĥé ļàýéŕš öñé] 3.5 z₁ Ctrl+K MNIST <b>x</b>") == []
    assert plain_words("[Ŕéàđíñĝ the ļàýéŕš öñé]") == ["the"]
    assert plain_words("see `glassbox info` and data.path, --set, docs/a.md") == [
        "see",
        "and",
    ]
