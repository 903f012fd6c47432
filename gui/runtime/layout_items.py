"""Layouts inside layouts, without what PySide keeps of them.

`addLayout` makes a Python object of every item of the layout that is added, and does
not hear when Qt deletes the item, as it does with the widget in it. Whatever Qt puts at
that address next is then taken for the item: a style comes back as one.
"""

import shiboken6
from PySide6.QtWidgets import QBoxLayout, QLayout


def nest(layout: QBoxLayout, inner: QLayout, stretch: int = 0) -> None:
    """Add a layout to a layout, with all that is in it."""
    layout.addLayout(inner, stretch)
    _forget_items(inner)


def _forget_items(layout: QLayout) -> None:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if isinstance(item, QLayout):
            _forget_items(item)
        elif item is not None:
            shiboken6.Shiboken.invalidate(item)
