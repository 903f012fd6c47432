"""Saving the tables and the curves of panels from the File menu."""

from pathlib import Path

import polars
import pytest
from PySide6.QtWidgets import QLineEdit, QMenu

from gui.window import file_saver
from tests.gui.support.whole_window import GlassMaker


def test_the_curves_of_a_run_are_saved_as_parquet(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = glass()
    window.session.take_steps(12)
    window.rest_at(12)
    path = tmp_path / "curves.parquet"

    class Chosen:
        @staticmethod
        def getSaveFileName(*_: object) -> tuple[str, str]:  # noqa: N802
            return str(path), "Parquet (*.parquet)"

    monkeypatch.setattr(file_saver, "QFileDialog", Chosen)
    window.window.actions_by_key["save_table"].trigger()
    window.wait_until(path.exists)
    read = polars.read_parquet(path)
    assert read["step"].to_list()[-1] == 12
    assert read["batch_loss"].null_count() <= 1
    menu = QMenu()
    offered = window.window.tables.actions_of(window.panel("curves"), menu)
    assert [action.text() for action in offered] == ["Save curves as a table…"]
    assert window.window.tables.actions_of(window.panel("network"), menu) == []


def test_a_form_with_the_focus_leaves_the_curves_beside_it_to_be_saved(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = glass(workspace="train")
    window.session.take_steps(3)
    window.rest_at(3)
    asked: list[str] = []
    saver = window.window.saver
    monkeypatch.setattr(saver, "ask_and_save", lambda one: asked.append(one.what))
    fields = window.panel("experiment").findChildren(QLineEdit)
    window.focus(next(field for field in fields if field.isVisible()))
    window.window.actions_by_key["save_table"].trigger()
    assert asked == ["Curves"]
