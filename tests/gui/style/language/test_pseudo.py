import re

import pytest

from core.values.words import fields_of
from gui.style.language.pseudo import LONGER, MIRRORED, PSEUDO, in_pseudo


def test_the_longer_language_has_forty_per_cent_more_letters() -> None:
    for source in ("Play", "Reading the layers …", "a much longer sentence. " * 4):
        grown = len(in_pseudo(LONGER, source)) / len(source)
        assert 1.4 <= grown <= 1.4 + 10 / len(source)
    assert in_pseudo(LONGER, "Step") == "[Šţéþ]"
    assert in_pseudo(LONGER, "One step") == "[Öñé šţéþ öñé]"


@pytest.mark.parametrize("language", PSEUDO)
def test_what_is_put_in_typed_or_marked_up_stays(language: str) -> None:
    source = (
        "<b>{name!r:>{width}}</b> &amp; %n of %(default)s, see `glassbox info` {{x}}"
    )
    said = in_pseudo(language, source)
    assert fields_of(said) == {"name", "width"}
    for part in ("<b>", "</b>", "&amp;", "%n", "%(default)s", "`glassbox info`", "{{"):
        assert part in said
    assert said.format(name="a", width=3)


@pytest.mark.parametrize("language", PSEUDO)
def test_no_plain_letter_is_left(language: str) -> None:
    said = in_pseudo(language, "The quick brown fox jumps over THE LAZY DOG, Vexing")
    assert not re.search("[A-Za-z]", said)


def test_the_mirrored_language_runs_from_right_to_left() -> None:
    said = in_pseudo(MIRRORED, "Play all")
    assert all("\u05d0" <= letter <= "\u05ea" for letter in said if letter != " ")


def test_nothing_stays_nothing() -> None:
    assert [in_pseudo(language, " ") for language in PSEUDO] == [" ", " "]
