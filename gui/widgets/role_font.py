"""The font of a role, which grows and shrinks with the text around it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from gui.style.fonts import role_font
from gui.widgets.outlived import outlived_by


class RoleFont(QObject):
    """Watches the font of a widget, which is as large as a label.

    A font that was set once would keep the size that text had then: after a lecture,
    or another text size, it would stand out or be lost among the others.
    """

    def __init__(
        self, of: QWidget, role: str, owner: QWidget, *, strong: bool = False
    ) -> None:
        """Set it, and set it anew whenever the owner's font changes.

        Args:
            of: what is set in it.
            role: of the text, as in the tokens.
            owner: another widget, whose font counts, and which owns this.
            strong: whether it is set in the heavier weight of the role.
        """
        super().__init__(owner)
        self._of = of
        self._role = role
        self._owner = owner
        self._strong = strong
        owner.installEventFilter(self)
        self._set()

    def _set(self) -> None:
        self._of.setFont(role_font(self._owner.font(), self._role, strong=self._strong))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange and outlived_by(self, self._of):
            self._set()
        return super().eventFilter(watched, event)
