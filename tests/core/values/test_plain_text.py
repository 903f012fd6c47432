import pytest

from core.values.errors import FileError
from core.values.plain_text import LONGEST, plain, shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("net.npz", "net.npz"),
        ("größe 7 ✓.npz", "größe 7 ✓.npz"),
        ("\x1b[31mred\x07\0", "\\x1b[31mred\\x07\\x00"),
        ("a\nb\r", "a\\nb\\r"),
        ("gpj.\u202eexe", "gpj.\\u202eexe"),
        ("\udcff", "\\udcff"),
    ],
)
def test_what_steers_a_terminal_is_made_visible(text: str, seen: str):
    assert plain(text) == seen


def test_a_megabyte_of_name_is_cut_in_its_middle():
    text = plain("a" * 2**20 + "end")
    assert len(text) <= LONGEST
    assert text.startswith("aaa")
    assert text.endswith("end")


@pytest.mark.parametrize(
    "value", [10**5000, "x" * 10**6, [[1]] * 1000], ids=["number", "text", "list"]
)
def test_any_value_is_shown_in_a_few_words(value: object):
    assert 0 < len(shown(value)) <= 101


def test_every_message_for_the_user_is_plain():
    assert str(FileError("a\x1bb: damaged")) == "a\\x1bb: damaged"


def test_escapes_make_no_text_longer_than_asked():
    assert len(plain("\x1b" * 10**6)) <= LONGEST
    assert len(plain("\x1b\u202e" * 50, 20)) <= 20
