"""Tables by default settings, against scikit-learn."""

from pathlib import Path

import pytest

from tests.benchmarks.tables import measure, tables, written


@pytest.mark.peers
@pytest.mark.parametrize("name", ["iris", "diabetes"])
def test_tables_are_learned_as_well_as_by_scikit_learn(name: str, tmp_path: Path):
    """The whole table of figures: python -m tests.benchmarks.tables."""
    scores = measure(written(tmp_path, name, *tables()[name]), splits=10)
    assert scores.difference > -1
