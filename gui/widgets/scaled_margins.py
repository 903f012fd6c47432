"""Margins and spaces that grow with the text, as all that is in line with them does."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLayout, QWidget

from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.outlived import outlived_by

Margins = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels at 100 %."""


class ScaledMargins(QObject):
    """Watches the font of a widget."""

    def __init__(
        self,
        of: QLayout | QWidget,
        margins: Margins,
        owner: QWidget,
        *,
        keeps_width: bool = False,
    ) -> None:
        """Set them, and set them anew whenever the font changes.

        Args:
            of: what has the margins.
            margins: at 100 %.
            owner: whose font counts, and which owns this.
            keeps_width: whether the right one gives what the left one takes: a picture
                between them stays as wide as it was.
        """
        super().__init__(owner)
        self._of = of
        self._margins = margins
        self._owner = owner
        self._keeps_width = keeps_width
        owner.installEventFilter(self)
        self._set()

    def _set(self) -> None:
        scale = scale_of(self._owner.font())
        left, top, right, bottom = (round(m * scale) for m in self._margins)
        if self._keeps_width:
            right = max(0, self._margins[0] + self._margins[2] - left)
        self._of.setContentsMargins(left, top, right, bottom)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange and outlived_by(self, self._of):
            self._set()
        return super().eventFilter(watched, event)


class ScaledSpacing(QObject):
    """Watches the font of a widget, for the space between what a layout holds."""

    def __init__(self, of: QLayout, space: int, owner: QWidget) -> None:
        super().__init__(owner)
        self._of = of
        self._space = space
        self._owner = owner
        owner.installEventFilter(self)
        self._set()

    def _set(self) -> None:
        self._of.setSpacing(grown(self._owner, self._space))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange and outlived_by(self, self._of):
            self._set()
        return super().eventFilter(watched, event)
