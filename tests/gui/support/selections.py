"""Selections that a panel makes, handed back to it as the window does."""

import dataclasses

from gui.panels.base import Panel
from gui.session.selection import Selection
from gui.session.view_state import View


def follow(panel: Panel, view: View) -> list[Selection | None]:
    """Show a view, and hand back each selection; returns those that are made."""
    made: list[Selection | None] = []

    def on_selection_made(selection: Selection | None) -> None:
        made.append(selection)
        newest = panel.view
        assert newest is not None
        panel.set_view(dataclasses.replace(newest, selection=selection))

    panel.selection_made.connect(on_selection_made)
    panel.set_view(view)
    return made
