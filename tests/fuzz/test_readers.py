"""No changed file gets anything but a sentence for the user out of a reader.

A short run of each; `python -m tests.fuzz --count 100000` is the long one.
"""

from pathlib import Path

import pytest

from tests.fuzz.readers import READERS
from tests.fuzz.run import falls


@pytest.mark.parametrize("name", READERS)
def test_a_changed_file_is_read_or_refused(tmp_path: Path, name: str):
    assert falls(READERS[name], tmp_path, count=300, first=0) == []
