"""PySide keeps no items of layouts, which Qt deletes without its knowing."""

import gc

import shiboken6
from PySide6.QtWidgets import QApplication, QWidgetItem
from superqt import QFlowLayout

from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import GlassMaker


def test_no_item_of_a_layout_is_known_to_python(glass: GlassMaker) -> None:
    window = glass("digits")
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
    QApplication.processEvents()
    known = [item for item in gc.get_objects() if type(item) is QWidgetItem]
    for item in filter(shiboken6.isValid, known):
        # This one is written in Python and takes its items back itself.
        assert isinstance(item.widget().parentWidget().layout(), QFlowLayout)
