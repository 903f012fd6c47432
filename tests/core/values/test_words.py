from collections.abc import Iterator

import pytest

from core.values import words
from core.values.counts import counted
from core.values.words import fields_of, plural, speak, tr


@pytest.fixture(autouse=True)
def english_at_the_end() -> Iterator[None]:
    yield
    speak(None)


def spoken(texts: dict[str, str]) -> None:
    speak(lambda source, _count: texts.get(source))


def test_without_a_language_a_text_is_its_english() -> None:
    assert tr("Reading the layers …") == "Reading the layers …"
    assert tr("step {step} of {steps:,}", step=3, steps=1200) == "step 3 of 1,200"
    assert tr("{name!r} is {share:.{digits}f}", name="a", share=0.5, digits=2) == (
        "'a' is 0.50"
    )


def test_braces_are_text_where_nothing_is_put_in() -> None:
    assert tr("{} stays") == "{} stays"
    assert tr("{} stays").format(1) == "1 stays"


def test_what_is_put_in_is_never_read_as_a_format() -> None:
    assert tr("no file {path}", path="{0.__class__}") == "no file {0.__class__}"


def test_a_text_is_said_in_the_language_with_its_arguments_in_another_order() -> None:
    spoken({"step {step} of {steps}": "von {steps} der {step}."})
    assert tr("step {step} of {steps}", step=3, steps=9) == "von 9 der 3."
    assert tr("not translated") == "not translated"


@pytest.mark.parametrize(
    "translation",
    ["Schritt {schritt}", "Schritt {step.__class__}", "Schritt", "Schritt {step", "{}"],
)
def test_a_translation_with_other_fields_is_not_used(translation: str) -> None:
    spoken({"step {step}": translation})
    assert tr("step {step}", step=3) == "step 3"


def test_the_language_is_asked_once_for_each_text() -> None:
    asked = []

    def translate(source: str, _count: int | None) -> str:
        asked.append(source)
        return source.upper()

    speak(translate)
    assert [tr("play"), tr("play"), tr("pause")] == ["PLAY", "PLAY", "PAUSE"]
    assert asked == ["play", "pause"]


def test_english_has_two_forms_and_another_language_as_many_as_it_has() -> None:
    def said(number: float) -> str:
        return plural(number, "{n} step", "{n} steps", n=number)

    assert [said(n) for n in (0, 1, 2, 1.5)] == [
        "0 steps",
        "1 step",
        "2 steps",
        "1.5 steps",
    ]
    forms = {1: "{n} krok", 2: "{n} kroky", 5: "{n} kroków"}
    speak(lambda source, count: forms.get(count or 0) if "step" in source else None)
    assert [said(n) for n in (1, 2, 5, 7)] == [
        "1 krok",
        "2 kroky",
        "5 kroków",
        "7 steps",
    ]


def test_a_counted_noun_is_a_plural() -> None:
    assert counted(1, "epoch") == "1 epoch"
    assert counted(1200, "example") == "1,200 examples"
    assert counted(0.8, "epoch") == "0.8 epochs"
    speak(lambda source, count: {"{n} epochs": "{n} Epochen"}.get(source))
    assert counted(3, "epoch") == "3 Epochen"


def test_fields_are_found_inside_of_formats_too() -> None:
    assert fields_of("{a} {b:.{digits}f} {{c}}") == {"a", "b", "digits"}
    with pytest.raises(ValueError, match="expected"):
        fields_of("{a")


def test_a_language_can_be_changed_back() -> None:
    spoken({"play": "spielen"})
    assert tr("play") == "spielen"
    words.speak(None)
    assert tr("play") == "play"
