"""What a library prints past Python is dropped with its error alone."""

import os
from typing import NoReturn

import pytest

from core.data.table.source import read_frame
from core.platform.native_errors import silent_where_raised
from core.values.errors import DataError
from tests.fuzz.run import CORPUS


def _fail(words: bytes, error: Exception) -> NoReturn:
    os.write(2, words)
    raise error


def test_what_was_printed_before_such_an_error_is_dropped(
    capfd: pytest.CaptureFixture[str],
):
    with pytest.raises(KeyError), silent_where_raised(KeyError):
        _fail(b"thread panicked\n", KeyError())
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_what_was_printed_in_all_other_cases_follows(
    capfd: pytest.CaptureFixture[str],
):
    with silent_where_raised(KeyError):
        os.write(2, b"a warning\n")
    with pytest.raises(ValueError, match="x"), silent_where_raised(KeyError):
        _fail(b"of another error\n", ValueError("x"))
    assert capfd.readouterr().err == "a warning\nof another error\n"


def test_a_panic_over_a_damaged_table_is_one_sentence(
    capfd: pytest.CaptureFixture[str],
):
    with pytest.raises(DataError, match=r"cut off or damaged$"):
        read_frame(CORPUS / "parquet" / "panic-232")
    assert capfd.readouterr().err == ""
