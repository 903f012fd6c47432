"""A scale factor with which nothing can be laid out is left out."""

import os

import pytest

from gui.runtime.display_scale import drop_odd_scale


@pytest.mark.parametrize("text", ["nan", "inf", "0", "-2", "1e9", "two"])
def test_an_odd_factor_is_told_and_not_used(
    text: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setenv("QT_SCALE_FACTOR", text)
    drop_odd_scale()
    assert "QT_SCALE_FACTOR" not in os.environ
    assert f"QT_SCALE_FACTOR={text} is no scale factor" in caplog.text


@pytest.mark.parametrize("text", ["1", "1.25", "2"])
def test_a_usual_factor_stays(text: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QT_SCALE_FACTOR", text)
    drop_odd_scale()
    assert os.environ["QT_SCALE_FACTOR"] == text
