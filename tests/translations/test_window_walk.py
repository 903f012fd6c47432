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
    ]
)
"""Classes of points that are drawn, and names that files and books have too."""
NOT_YET = (
    "Learning rates",
    "Long valley",
    "Optimisers",
    "Own formula",
    "Saddle",
    "The same initial weights and batches, each optimiser with its own learning rate",
    "True and shuffled labels",
    "Weight decay",
    "Width of one hidden layer",
    "reduce on plateau",
)
"""Titles in core that go into files too."""
NOT_YET_WORDS = frozenset(
    [
        "autodiff",
        "class",
        "constant",
        "cosine",
        "delta",
        "difference",
        "end",
        "explicit",
        "exponential",
        "input",
        "inputs",
        "normalised",
        "output",
        "parameter",
        "requests",
        "rounding",
        "slope",
        "step",
        "steps",
        "unit",
        "wheel",
        "zeros",
        "faster",
        "slower",
        "is",
        "test",
        "weights",
        "Weights",
        "examples",
        "parameters",
    ]
)
"""Single words that are keys as well."""


def texts_of_presets() -> Iterator[str]:
    """They stand in files, as data."""
    for preset in map(load_preset, preset_names()):
        lead = preset.lead
        yield from (preset.name, preset.title, lead.title, lead.group)
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
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    data = {*NOT_YET, *texts_of_presets()}
    known = DATA | NOT_YET_WORDS
    plain = [t for t in found if t not in data and not known >= {*plain_words(t)}]
    assert not plain, "\n".join(plain)


def test_plain_words_are_told_from_made_ones_names_and_symbols() -> None:
    assert plain_words("[Ŕéàđíñĝ ţĥé ļàýéŕš öñé] 3.5 z₁ Ctrl+K MNIST <b>x</b>") == []
    assert plain_words("[Ŕéàđíñĝ the ļàýéŕš öñé]") == ["the"]
    assert plain_words("see `glassbox info` and data.path, --set, docs/a.md") == [
        "see",
        "and",
    ]
