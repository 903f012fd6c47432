"""What is told while data are loaded is in the language that is spoken."""

import numpy as np
import pytest

from core.data import load as loading
from core.data.load import load_dataset
from core.experiment.model import DataSettings


def test_every_text_of_loading_is_translated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: set[str] = set()

    def spoken(text: str, **values: object) -> str:
        made.add(told := f"<{text.format(**values)}>")
        return told

    monkeypatch.setattr(loading, "tr", spoken)
    heard: list[str] = []

    def progress(text: str, _done: int, _total: int) -> None:
        heard.append(text)

    load_dataset(DataSettings(name="digits", noise=0.1), progress=progress)
    assert np.unique(heard).tolist()
    assert set(heard) <= made
