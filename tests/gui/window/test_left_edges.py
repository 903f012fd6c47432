"""Everything in a panel begins where its title does, whatever the size of the text."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from gui.style import tokens
from tests.gui.support.whole_window import GlassMaker

FIRST: dict[str, dict[str, Callable[[Any], Any]]] = {
    "train": {"network": lambda panel: panel.answer.headline},
    "step": {"batch": lambda panel: panel.gallery},
    "health": {"health": lambda panel: panel.choice},
    "digits": {"draw": lambda panel: panel.pad, "examples": lambda p: p.gallery},
    "compare": {"compare": lambda panel: panel.whose},
}
"""What stands first in panels of workspaces."""


@pytest.mark.parametrize(
    ("mode", "scale"), [("no", 1.0), ("yes", tokens.SCALE_OF_LECTURES)]
)
def test_what_stands_first_in_a_panel_begins_where_its_title_does(
    glass: GlassMaker, mode: str, scale: float
) -> None:
    made = glass("digits", size=(1600, 1000), lecture_mode=mode)
    pad = round(tokens.space("panel_pad") * scale)
    made.session.take_steps(2)
    made.rest_at(2)
    for workspace, firsts in FIRST.items():
        made.show_workspace(workspace)
        for key, first in firsts.items():
            panel = made.panel(key)
            made.window.docks[key].raise_()
            made.wait_until(lambda p=panel: p.isVisible())
            made.wait_until(lambda f=first, p=panel: f(p).isVisible())
            made.layout_at_rest()
            place = first(panel).mapTo(panel, first(panel).rect().topLeft())
            assert place.x() == pad, (workspace, key)
    made.show_workspace("step")
    label: QLabel = made.panel("nudges").status_label
    assert label.contentsMargins().left() == pad
    made.show_workspace("batch")
    made.layout_at_rest()
    label = made.panel("requests").rows_label
    assert label.mapTo(made.panel("requests"), label.rect().topLeft()).x() == pad
