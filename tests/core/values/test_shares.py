"""Shares as text, and those that part examples in two."""

from core.values.shares import fractions_that_part


def test_each_fraction_that_is_advised_leaves_something_on_both_sides() -> None:
    assert fractions_that_part(1) is None
    assert fractions_that_part(2) == ("0.5", "0.5")
    assert fractions_that_part(400) == ("0.0025", "0.9975")
    for count in (*range(2, 500), 3750, 60_000, 99_999):
        for text in fractions_that_part(count) or ():
            assert 0 < round(float(text) * count) < count
