"""The line at the end of a section that names what is folded away."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.values.words import tr
from gui.style import tokens
from gui.style.experiment_labels import listed
from gui.style.lengths import grown
from gui.widgets.quiet_button import QuietButton

_AROUND = tokens.space("s")
"""Of the icon and the text, beside what the icon itself takes."""


class Disclosure(QuietButton):
    """Names as many of the folded rows as fit, and counts the others.

    Signals:
        opened_changed: whether the user wants to see them.
    """

    opened_changed = Signal(bool)

    def __init__(self, section: str, parent: QWidget) -> None:
        super().__init__("closed", "", parent)
        self.setObjectName(f"more {section.lower()}")
        self._section = section
        self._names: tuple[str, ...] = ()
        self.opened = False
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Ignored, policy.Fixed)
        self.clicked.connect(self._on_self_clicked)
        self.hide()

    def show_names(self, names: Sequence[str]) -> None:
        """Show what is folded; while it is open, what would be."""
        self._names = tuple(names)
        self.setVisible(bool(names))
        self._name()

    def open(self, *, on: bool) -> None:
        """Show it as the user left it, without a signal."""
        self.opened = on
        self.show_icon("opened" if on else "closed")
        self._name()

    def _name(self) -> None:
        if not self._names:
            return
        every = listed(self._names)
        done = tr("Hide") if self.opened else tr("Show")
        self.setToolTip(f"{done} {every}")
        self.setAccessibleName(f"{self._section}: {done.lower()} {every}")
        self.setText(tr("Fewer") if self.opened else self._fitting())

    def _fitting(self) -> str:
        room = self.width() - self.iconSize().width() - grown(self, _AROUND)
        metrics = self.fontMetrics()
        for count in range(len(self._names), 0, -1):
            left = len(self._names) - count
            named = ", ".join(self._names[:count])
            text = (
                tr("{named} and {left} more", named=named, left=left) if left else named
            )
            text = text[:1].upper() + text[1:]
            if metrics.horizontalAdvance(text) <= room:
                return text
        return tr("{names} more", names=len(self._names))

    def sizeHint(self) -> QSize:
        return QSize(1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name()

    def _on_self_clicked(self) -> None:
        self.open(on=not self.opened)
        self.opened_changed.emit(self.opened)
