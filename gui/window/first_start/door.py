"""A door of the first sheet: one way to begin, as a large button."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget

from gui.style import icons, theme, tokens
from gui.style.fonts import role_font, scale_of

_GLYPH: Final = tokens.length("door.glyph")
_PAD: Final = tokens.space("l")


class Door(QAbstractButton):
    """An icon, a title, what one will do, and the words of the act."""

    def __init__(
        self, icon: str, title: str, text: str, act: str, parent: QWidget | None = None
    ) -> None:
        """Make it.

        Args:
            icon: a file in assets/icons.
            title: of the door.
            text: one sentence.
            act: what a press does.
            parent: owner.
        """
        super().__init__(parent)
        self._icon = icon
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{text} {act}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._glyph, self._title, self._text, self._act = (
            QLabel(words, self) for words in ("", title, text, act)
        )
        self._text.setWordWrap(True)
        self._text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._act.setForegroundRole(QPalette.ColorRole.Link)
        self._column = QVBoxLayout(self)
        for label in (self._glyph, self._title, self._text):
            self._column.addWidget(label)
        self._column.addStretch(1)
        self._column.addWidget(self._act)
        for label in (self._glyph, self._title, self._text, self._act):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._restyle()

    def show_parts(self, *, text: bool, act: bool) -> None:
        """Leave out what there is no room for; it is still read out."""
        self._text.setVisible(text)
        for label in (self._glyph, self._act):
            label.setVisible(act)

    def sizeHint(self) -> QSize:
        return self._column.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._column.totalMinimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self._column.hasHeightForWidth():  # without its sentence
            return self._column.totalSizeHint().height()
        return self._column.totalHeightForWidth(width)

    def _restyle(self) -> None:
        colours, scale = theme.colours_of(self), scale_of(self.font())
        side = round(_GLYPH * scale)
        self._glyph.setPixmap(icons.pixmap(self._icon, colours.accent, side))
        self._title.setFont(role_font(self.font(), "read", strong=True))
        self._act.setFont(role_font(self.font(), "label", strong=True))
        pad = round(_PAD * scale)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(round(tokens.space("close") * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours, scale = theme.colours_of(self), scale_of(self.font())
        is_chosen = self.hasFocus() or self.underMouse() or self.isDown()
        radius = tokens.radius("card") * scale
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = 2 if self.hasFocus() else 1
            edge = colours.accent if is_chosen else colours.edge
            painter.setPen(QPen(theme.colour(edge), width))
            ground = colours.raised if is_chosen else colours.control
            painter.setBrush(theme.colour(ground))
            half = width / 2
            box = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(box, radius, radius)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_column"):
            self._restyle()
