"""What stands where there is nothing yet: what will be here, and the act for it."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of

GLYPH: Final = tokens.length("empty_state.glyph")


class EmptyState(QWidget):
    """An icon, a sentence, a line below it, and one button.

    Signals:
        act_requested: the button was pressed.
    """

    act_requested = Signal()

    def __init__(self, icon: str, act: str, parent: QWidget | None = None) -> None:
        """Make it.

        Args:
            icon: a file in assets/icons.
            act: the words of the button.
            parent: owner.
        """
        super().__init__(parent)
        self._icon = icon
        self._glyph = QLabel(self)
        self.sentence = self._line()
        self.sentence.setObjectName("sentence")
        self.remark = self._line()
        self.remark.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.button = QPushButton(act, self)
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self.act_requested)
        column = QVBoxLayout(self)
        column.setSpacing(tokens.space("s"))
        column.addStretch(1)
        column.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addWidget(self.remark)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._restyle()

    def say(self, sentence: str, remark: str, *, can_act: bool) -> None:
        """Change the words, and whether the act is offered."""
        self.sentence.setText(sentence)
        self.remark.setText(remark)
        self.button.setVisible(can_act)
        self._give_way()

    def _line(self) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return label

    def _restyle(self) -> None:
        side = GLYPH * scale_of(self.font())
        ink = theme.colours_of(self).ink3
        self._glyph.setPixmap(icons.pixmap(self._icon, ink, side))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Where there is little room, the act before the remark and the icon."""
        column = self.layout()
        assert column is not None
        for part in (self._glyph, self.remark):
            part.show()
        for part in (self._glyph, self.remark):
            if column.totalHeightForWidth(self.width()) > self.height():
                part.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "button"):
            self._restyle()
