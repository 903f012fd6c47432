"""A theme or maps that are changed while the window is open look as if begun with."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from gui.window.workspaces import WORKSPACES, panels_of
from tests.gui.support.whole_window import Glass, GlassMaker

LOOKED_AT = ("train", "step", "health")
"""They have a network, images, curves, a form, tables and bars between them."""
PANELS = {w.key: panels_of(w.area) for w in WORKSPACES if w.key in LOOKED_AT}
SIZE = QSize(520, 420)
"""Of each panel: a separator may lie a pixel further left."""


def picture(glass: Glass, key: str) -> QImage:
    panel = glass.panel(key)
    panel.resize(SIZE)
    QApplication.processEvents()
    image: QImage = panel.grab().toImage()
    return image


def pictures(glass: Glass) -> dict[tuple[str, str], QImage]:
    """Every panel of these workspaces, once nothing in it changes any more."""
    found = {}
    for workspace, keys in PANELS.items():
        glass.show_workspace(workspace)
        for key in keys:
            seen = [picture(glass, key)]

            def is_calm(seen: list[QImage] = seen, key: str = key) -> bool:
                seen.append(picture(glass, key))
                return len(seen) > 3 and seen[-1] == seen[-2] == seen[-3]

            glass.wait_until(is_calm)
            found[workspace, key] = seen[-1]
    return found


@pytest.mark.parametrize(
    ("setting", "before", "after"),
    [("theme", "light", "dark"), ("colour_maps", "usual", "tritan")],
)
def test_every_panel_looks_after_a_change_as_if_the_window_had_begun_so(
    glass: GlassMaker, setting: str, before: str, after: str
) -> None:
    window = glass("digits", size=(1280, 720))
    preferences = window.window.preferences
    preferences.set_value(setting, after)
    glass.close(window)
    begun_so = glass("digits", size=(1280, 720))
    expected = pictures(begun_so)
    glass.close(begun_so)
    changed = glass("digits", size=(1280, 720))
    changed.window.preferences.set_value(setting, before)
    other = pictures(changed)
    changed.window.preferences.set_value(setting, after)
    now = pictures(changed)
    wrong = [place for place, image in expected.items() if now[place] != image]
    assert wrong == []
    # And the change can be seen: else anything would look the same.
    assert any(other[place] != image for place, image in now.items())
