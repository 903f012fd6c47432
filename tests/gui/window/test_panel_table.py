"""Panels are made when they are first looked at, and then they are what they say."""

import subprocess
import sys
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.launch.app import make_panels_ahead
from gui.panels.base import Panel, PanelEntry
from gui.runtime.slow_import import SlowImport
from gui.window.panel_table import PANELS
from gui.window.workspaces import WORKSPACES, panels_of
from tests.gui.support.whole_window import GlassMaker


@pytest.mark.parametrize("entry", PANELS, ids=[entry.key for entry in PANELS])
def test_an_entry_makes_the_panel_of_its_key_and_title(qtbot: QtBot, entry: PanelEntry):
    parent = QWidget()
    qtbot.addWidget(parent)
    panel = entry.make(parent)
    assert panel.entry is entry


def test_importing_the_window_imports_neither_pyqtgraph_nor_panels_that_wait():
    code = "import sys, gui.launch.app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    modules = set(done.stdout.split())
    assert "gui.window.main_window" in modules
    assert not modules & {
        "PIL",
        "jax",
        "pyqtgraph",
        "scipy",
        "gui.panels.drawing.draw_panel",
    }


def test_only_the_panels_of_the_workspace_in_front_are_made(glass: GlassMaker):
    shown = glass()
    train, step = (w for w in WORKSPACES if w.key in ("train", "step"))
    assert set(shown.window.panels) == {"experiment", *panels_of(train.area)}
    shown.show_workspace(step.key)
    assert set(panels_of(step.area)) <= set(shown.window.panels)
    for key in panels_of(step.area):
        assert shown.panel(key).isVisible()
        assert shown.panel(key).view is shown.view
    shown.wait_until(lambda: shown.view.snapshot.batch is not None)


def test_a_panel_opened_from_the_menu_is_made_and_drawn(glass: GlassMaker):
    shown = glass()
    dock = shown.window.docks["nudges"]
    assert dock.widget() is None
    dock.toggleViewAction().trigger()
    assert shown.panel("nudges").isVisible()
    shown.wait_until(lambda: shown.view.snapshot.gradient is not None)


def test_panels_nobody_looks_at_are_made_one_after_the_other(glass: GlassMaker):
    shown = glass()
    nursery = make_panels_ahead(shown.window)
    counts = []
    shown.session.step_batch()

    def is_done() -> bool:
        counts.append(len(shown.window.panels))
        return nursery.is_done

    shown.wait_until(is_done)
    assert set(shown.window.panels) == {entry.key for entry in PANELS}
    assert max(b - a for a, b in pairwise(counts)) == 1
    assert not shown.panel("nudges").isVisible()


def test_all_modules_are_imported_elsewhere_before_a_panel_is_made(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    plain_start, plain_make = SlowImport.start, PanelEntry.make

    def start(slow: SlowImport) -> None:
        done.append(slow._module)
        plain_start(slow)

    def make(entry: PanelEntry, parent: QWidget) -> Panel:
        done.append("made")
        return plain_make(entry, parent)

    shown = glass()
    monkeypatch.setattr(SlowImport, "start", start)
    monkeypatch.setattr(PanelEntry, "make", make)
    make_panels_ahead(shown.window).see_view(shown.view)
    shown.wait_until(lambda: "made" in done)
    before = done[: done.index("made")]
    assert set(before) >= {entry.module for entry in PANELS}
