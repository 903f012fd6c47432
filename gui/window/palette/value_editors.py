"""The two editors of a row's value: one to type in, one to choose with."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from core.values.words import tr
from gui.style import icons, theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.window.palette.entry import Change

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAVES = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space)


class TypedValue(QLineEdit):
    """Signals: given, with what was typed; left, when it is not to be changed."""

    given = Signal(object)
    left = Signal()
    takes_all_keys = True
    """No key is the window's while the palette is open."""

    def __init__(self, change: Change, parent: QWidget) -> None:
        super().__init__(change.text, parent)
        self.setObjectName("rowValue")
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        # Before Qt moves the focus by Tab.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _LEAVES:
                self.left.emit()
                return True
            if event.key() in _ENTER:
                self.given.emit(self.text())
                return True
        return super().event(event)


class ChosenValue(QWidget):
    """Arrows and clicks go through the values; only Enter puts one in force.

    Signals:
        given: the value that was chosen.
        left: when it is not to be changed.
    """

    given = Signal(object)
    left = Signal()
    takes_all_keys = True

    def __init__(self, change: Change, parent: QWidget) -> None:
        super().__init__(parent)
        self._options = change.options
        titles = [option.title for option in change.options]
        self._place = titles.index(change.text) if change.text in titles else 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()

    @property
    def title(self) -> str:
        return self._options[self._place].title

    def needed_width(self) -> int:
        """So that no value is cut."""
        metrics = QFontMetrics(self.font())
        widest = max(metrics.horizontalAdvance(o.title) for o in self._options)
        return widest + grown(self, tokens.length("value_editors.around_value"))

    def step(self, by: int) -> None:
        """Go on through the values."""
        self._place = (self._place + by) % len(self._options)
        self._tell()
        self.update()

    def _tell(self) -> None:
        number, all_ = self._place + 1, len(self._options)
        self.setAccessibleName(
            tr("{title}, {number} of {all}", title=self.title, number=number, all=all_)
        )

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event.key())
        return super().event(event)

    def _press(self, key: int) -> bool:
        if key in _LEAVES:
            self.left.emit()
        elif key in _ENTER:
            self.given.emit(self._options[self._place].value)
        elif key in _BACK:
            self.step(-1)
        elif key in _ON:
            self.step(1)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.step(-1 if event.position().x() < self.width() / 3 else 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours, scale = theme.colours_of(self), scale_of(self.font())
        round_ = tokens.radius("small") * scale
        side = grown(self, tokens.length("value_editors.side"))
        top = (self.height() - side) // 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(
                QPen(theme.colour(colours.accent), grown(self, tokens.stroke("line")))
            )
            painter.setBrush(theme.colour(colours.plane))
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, round_, round_)
            edge = grown(self, tokens.space("close"))
            for name, x in (
                ("chevron-left", edge),
                ("chevron-right", self.width() - edge - side),
            ):
                painter.drawPixmap(x, top, icons.pixmap(name, colours.ink2, side))
            painter.setPen(theme.colour(colours.ink1))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.title)


def editor_of(change: Change, parent: QWidget) -> TypedValue | ChosenValue:
    """The editor for what a row can be changed to."""
    return ChosenValue(change, parent) if change.options else TypedValue(change, parent)
