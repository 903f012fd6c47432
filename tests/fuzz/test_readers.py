"""No changed file gets anything but a sentence for the user out of a reader.

A short run of each; `python -m tests.fuzz --count 100000` is the long one.
"""

from pathlib import Path

import pytest

from core.values.errors import GlassboxError
from tests.fuzz.readers import READERS
from tests.fuzz.run import CORPUS, falls, kept


@pytest.mark.parametrize("name", READERS)
def test_a_changed_file_is_read_or_refused(tmp_path: Path, name: str):
    assert falls(name, tmp_path, count=120, first=0) == []


@pytest.mark.parametrize("name", [p.name for p in sorted(CORPUS.iterdir())])
def test_a_file_that_once_got_through_is_refused(tmp_path: Path, name: str):
    for number, content in enumerate(kept(name)):
        path = tmp_path / f"{number}{READERS[name].suffix}"
        path.write_bytes(content)
        with pytest.raises(GlassboxError):
            READERS[name].read(path)
